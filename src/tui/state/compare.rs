use super::Opened;
use crate::dicom::{Kind, Row, RowId, Rows, Tag, value};
use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

/// Two files side by side: what one has and the other has not, or has otherwise.
#[derive(Debug)]
pub struct Comparison {
    pub left: Arc<Opened>,
    pub right: Arc<Opened>,
    lines: Vec<Pair>,
    /// Whether what is the same is shown, too.
    pub all: bool,
    pub top: usize,
}

/// An element of both files, or of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pair {
    pub depth: u16,
    pub left: Option<RowId>,
    pub right: Option<RowId>,
    pub verdict: Verdict,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Same,
    /// As long, and the same where it was read; it was not read whole.
    Alike,
    Other,
    /// The same itself, and something in it is not.
    Inside,
    OnlyLeft,
    OnlyRight,
}

impl Comparison {
    /// Takes time linear in the elements of both, but for sorting what is out of order.
    pub fn new(left: Arc<Opened>, right: Arc<Opened>) -> Self {
        let lines = pairs(&left.reading.rows, &right.reading.rows);
        Self { left, right, lines, all: false, top: 0 }
    }

    /// The lines that are shown.
    pub fn lines(&self) -> impl Iterator<Item = &Pair> {
        self.lines.iter().filter(|pair| self.all || pair.verdict != Verdict::Same)
    }

    pub fn count(&self, verdict: Verdict) -> usize {
        self.lines.iter().filter(|pair| pair.verdict == verdict).count()
    }
}

fn pairs(left: &Rows, right: &Rows) -> Vec<Pair> {
    let mut lines = Vec::new();
    // What is still to be laid out, the last first.
    let mut waiting = children(left, right, None, None, 0);
    while let Some((l, r, depth)) = waiting.pop() {
        let verdict = match (l.and_then(|id| left.get(id)), r.and_then(|id| right.get(id))) {
            (Some(_), None) => Verdict::OnlyLeft,
            (None, Some(_)) => Verdict::OnlyRight,
            (None, None) => continue,
            (Some(a), Some(b)) => compare((left, l.unwrap_or(0), a), (right, r.unwrap_or(0), b)),
        };
        lines.push(Pair { depth, left: l, right: r, verdict });
        if l.is_some() && r.is_some() {
            waiting.extend(children(left, right, l, r, depth.saturating_add(1)));
        }
    }
    tell_holders(&mut lines);
    lines
}

type Waiting = (Option<RowId>, Option<RowId>, u16);

/// What two holders hold, paired by tag, items by their number; the last first.
fn children(left: &Rows, right: &Rows, l: Option<RowId>, r: Option<RowId>, depth: u16) -> Vec<Waiting> {
    let mut paired: BTreeMap<(Tag, u32), (Option<RowId>, Option<RowId>)> = BTreeMap::new();
    let mut seen: HashMap<Tag, u32> = HashMap::new();
    let key = |seen: &mut HashMap<Tag, u32>, tag: Tag| {
        let number = seen.entry(tag).or_default();
        *number += 1;
        (tag, *number)
    };
    for (id, row) in left.children(l) {
        paired.entry(key(&mut seen, row.tag)).or_default().0 = Some(id);
    }
    seen.clear();
    for (id, row) in right.children(r) {
        paired.entry(key(&mut seen, row.tag)).or_default().1 = Some(id);
    }
    paired.into_values().rev().map(|(l, r)| (l, r, depth)).collect()
}

fn compare((left, l, a): (&Rows, RowId, &Row), (right, r, b): (&Rows, RowId, &Row)) -> Verdict {
    if a.kind != b.kind {
        return Verdict::Other;
    }
    if !matches!(a.kind, Kind::Element | Kind::Fragment) {
        return Verdict::Same;
    }
    let typed = |row: &Row| value::is_text(row.vr) || value::is_number(row.vr);
    let same = match (typed(a) && typed(b), a.is_whole() && b.is_whole()) {
        (true, true) => left.display(l) == right.display(r),
        (_, _) => a.length == b.length && left.bytes(l) == right.bytes(r) && left.tail(l) == right.tail(r),
    };
    match (same, a.is_whole() && b.is_whole()) {
        (false, _) => Verdict::Other,
        (true, true) => Verdict::Same,
        (true, false) => Verdict::Alike,
    }
}

/// Has holders say that something in them differs.
fn tell_holders(lines: &mut [Pair]) {
    let mut differs: Vec<bool> = Vec::new();
    for pair in lines.iter_mut().rev() {
        let depth = usize::from(pair.depth);
        let inside = differs.get(depth + 1).copied().unwrap_or(false);
        differs.resize(depth + 1, false);
        if pair.verdict == Verdict::Same && inside {
            pair.verdict = Verdict::Inside;
        }
        if let Some(flag) = differs.get_mut(depth) {
            *flag |= pair.verdict != Verdict::Same;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        demo::encode::{DataSet, FileBuilder, Syntax},
        dicom::{Limits, Reader},
    };

    fn rows(set: DataSet, syntax: Syntax) -> Rows {
        let bytes = FileBuilder::new("1.2.840.10008.5.1.4.1.1.7", syntax).data(set).to_bytes();
        Reader::new(Limits::default()).read_bytes(&bytes).rows
    }

    fn verdicts(left: &Rows, right: &Rows) -> Vec<(String, Verdict)> {
        let name = |pair: &Pair| match (pair.left, pair.right) {
            (Some(id), _) => left.location(id).to_string(),
            (None, Some(id)) => right.location(id).to_string(),
            (None, None) => String::new(),
        };
        let all = pairs(left, right);
        let own = all.iter().filter(|pair| !name(pair).starts_with("(0002"));
        own.map(|pair| (name(pair), pair.verdict)).collect()
    }

    fn item(name: &str) -> DataSet {
        DataSet::new().lo(0x0010_0020, "1").pn(0x0010_0010, name).sorted()
    }

    #[test]
    fn elements_are_paired_by_tag_and_items_by_number() {
        let left = DataSet::new()
            .cs(0x0008_0060, "CT")
            .pn(0x0010_0010, "Example^Erika")
            .seq(0x0010_1002, vec![item("Example^Erika"), item("Example^Max")]);
        let right = DataSet::new()
            .cs(0x0008_0060, "CT")
            .lo(0x0010_0020, "7")
            .seq(0x0010_1002, vec![item("Example^Erika"), item("Sample^Max")]);
        let (left, right) = (rows(left, Syntax::ExplicitLe), rows(right, Syntax::ExplicitLe));
        let found: Vec<(String, Verdict)> =
            verdicts(&left, &right).into_iter().filter(|(_, verdict)| *verdict != Verdict::Same).collect();
        let expected = [
            ("(0010,0010)", Verdict::OnlyLeft),
            ("(0010,0020)", Verdict::OnlyRight),
            ("(0010,1002)", Verdict::Inside),
            ("(0010,1002)[1]", Verdict::Inside),
            ("(0010,1002)[1].(0010,0010)", Verdict::Other),
        ];
        assert_eq!(found, expected.map(|(at, verdict)| (at.to_owned(), verdict)));
        assert!(verdicts(&left, &left).iter().all(|(_, verdict)| *verdict == Verdict::Same));
    }

    #[test]
    fn the_byte_order_is_no_difference() {
        let set = || DataSet::new().us(0x0028_0010, &[512]).pn(0x0010_0010, "Example^Erika").sorted();
        let found = verdicts(&rows(set(), Syntax::ExplicitLe), &rows(set(), Syntax::ExplicitBe));
        assert!(!found.is_empty() && found.iter().all(|(_, verdict)| *verdict == Verdict::Same), "{found:?}");
    }
}
