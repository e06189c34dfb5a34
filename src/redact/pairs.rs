use super::{Edit, Edits};
use crate::dicom::{Location, Reading, Row, RowId, Rows};

/// The rows of a copy beside those of its original.
#[derive(Debug, Default)]
pub(super) struct Pairs {
    /// By row of the copy: the original's; sorted.
    rows: Vec<(RowId, RowId)>,
}

impl Pairs {
    /// Walks both and compares what no edit is of: attributes, VRs, structure, and the values as far as readings hold
    /// them. The error is where the copy is not as it should be, in the original or, where it has more, in the copy.
    pub fn of(original: &Reading, edits: &Edits, copy: &Reading) -> Result<Self, Location> {
        let mut pairs = Self::default();
        let (mine, theirs) = (&original.rows, &copy.rows);
        let mut other = theirs.data_set();
        let mut id = mine.data_set();
        while let Some(row) = mine.get(id) {
            other = after_inserts(theirs, edits, other);
            let edit = edits.get(id);
            if matches!(edit, Some(Edit::Remove)) {
                id = mine.end(id);
                continue;
            }
            let found = theirs.get(other).filter(|found| is_alike(row, found));
            let Some(found) =
                found.filter(|found| edit.is_some() || is_same(mine, id, row, theirs, other, found))
            else {
                return Err(mine.location(id));
            };
            pairs.rows.push((other, id));
            let inside = edit.is_none() && row.kind.is_container() && found.kind.is_container();
            (id, other) = if inside { (id + 1, other + 1) } else { (mine.end(id), theirs.end(other)) };
        }
        match after_inserts(theirs, edits, other) {
            end if end == theirs.len() => Ok(pairs),
            more => Err(theirs.location(more)),
        }
    }

    /// The original of a row of the copy.
    pub fn original(&self, copy: RowId) -> Option<RowId> {
        let at = self.rows.binary_search_by_key(&copy, |&(row, _)| row).ok()?;
        self.rows.get(at).map(|&(_, row)| row)
    }
}

/// The row after those that were put in and stand at `id`.
fn after_inserts(rows: &Rows, edits: &Edits, mut id: RowId) -> RowId {
    let is_insert = |row: &Row| row.depth == 0 && edits.inserts().iter().any(|(tag, _)| *tag == row.tag);
    while rows.get(id).is_some_and(is_insert) {
        id = rows.end(id);
    }
    id
}

fn is_alike(row: &Row, found: &Row) -> bool {
    row.tag == found.tag && row.depth == found.depth
}

/// Whether a row that no edit is of is the same. A value that was cut off by the end of the file is shorter.
fn is_same(mine: &Rows, id: RowId, row: &Row, theirs: &Rows, other: RowId, found: &Row) -> bool {
    let same = row.vr == found.vr && row.explicit == found.explicit;
    if row.kind.is_container() || found.kind.is_container() {
        return same && (row.kind == found.kind || mine.children(Some(id)).next().is_none());
    }
    let cut_off = found.length < row.length && id + 1 == mine.len();
    let length = row.length == found.length || cut_off;
    let (a, b) = (mine.bytes(id), theirs.bytes(other));
    let shared = a.len().min(b.len());
    same && length
        && (cut_off || a.len() == b.len())
        && a[..shared] == b[..shared]
        && (cut_off || mine.tail(id) == theirs.tail(other))
}
