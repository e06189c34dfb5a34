use super::{Coding, Location, Step, Tag, Vr, charset::Charset};

/// Index of a row in [`Rows`].
pub type RowId = usize;

const NONE: u32 = u32::MAX;

/// What a row stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// An element with a value.
    Element,
    /// An element whose value is items: `SQ`, or what turned out to be one.
    Sequence,
    /// An item of a sequence.
    Item,
    /// An element whose value is fragments: encapsulated pixel data (PS3.5 annex A.4).
    Encapsulated,
    /// One fragment; the first is the basic offset table.
    Fragment,
}

impl Kind {
    /// Whether its value is other rows.
    pub fn is_container(self) -> bool {
        matches!(self, Self::Sequence | Self::Item | Self::Encapsulated)
    }
}

/// One element, item or fragment.
#[derive(Debug, Clone, Copy)]
pub struct Row {
    pub tag: Tag,
    pub vr: Vr,
    pub kind: Kind,
    /// Levels above it; 0 for the data set's own elements.
    pub depth: u16,
    /// Bytes of the header, in front of `offset`.
    pub header: u8,
    /// Whether the header stated the VR.
    pub explicit: bool,
    /// Offset of the value, in bytes from the beginning of the file, or of the inflated data set.
    pub offset: u64,
    /// Length as declared, in bytes; `u32::MAX` is "undefined".
    pub length: u32,
    /// The row after this one and all that it holds.
    pub(super) end: u32,
    pub(super) parent: u32,
    /// Of an item or fragment: its number from 0. Of a private element: the row of its creator.
    pub(super) link: u32,
    pub(super) charset: u16,
    pub(super) kept_at: u32,
    pub(super) kept: u32,
}

impl Row {
    pub const UNDEFINED: u32 = u32::MAX;

    pub fn is_private(&self) -> bool {
        self.tag.0 % 2 == 1
    }

    /// Whether it names the owner of a block of private elements: (gggg,0010-00FF), PS3.5 section 7.8.1.
    pub fn is_private_creator(&self) -> bool {
        self.is_private() && (0x10..=0xff).contains(&self.tag.1)
    }

    /// Whether all bytes of the value are held.
    pub fn is_whole(&self) -> bool {
        self.kept == self.length
    }
}

/// A file's elements as one flat table in file order, over one arena of value bytes. A row's children follow
/// it; [`Rows::end`] is where they stop, so that skipping a subtree is one step.
#[derive(Debug, Default)]
pub struct Rows {
    pub(super) rows: Vec<Row>,
    pub(super) arena: Vec<u8>,
    pub(super) charsets: Vec<Charset>,
    pub(super) big_endian: bool,
    /// Ends of values: row, where they are kept, and how long; by row.
    pub(super) tails: Vec<(u32, u32, u32)>,
}

impl Rows {
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    pub fn get(&self, id: RowId) -> Option<&Row> {
        self.rows.get(id)
    }

    pub fn iter(&self) -> impl Iterator<Item = (RowId, &Row)> {
        self.rows.iter().enumerate()
    }

    /// The row after `id` and all that it holds.
    pub fn end(&self, id: RowId) -> RowId {
        self.rows.get(id).map_or(id + 1, |row| (row.end as RowId).max(id + 1))
    }

    pub fn parent(&self, id: RowId) -> Option<RowId> {
        self.rows.get(id).and_then(|row| (row.parent != NONE).then_some(row.parent as RowId))
    }

    /// Children of `parent`, or the top-level rows: meta information first, then the data set.
    pub fn children(&self, parent: Option<RowId>) -> impl Iterator<Item = (RowId, &Row)> {
        let (mut next, end) = match parent {
            Some(id) => (id + 1, self.end(id)),
            None => (0, self.rows.len()),
        };
        std::iter::from_fn(move || {
            if next >= end {
                return None;
            }
            let id = next;
            next = self.end(id);
            self.rows.get(id).map(|row| (id, row))
        })
    }

    /// The bytes held of a value: all of it where [`Row::is_whole`], its beginning otherwise.
    pub fn bytes(&self, id: RowId) -> &[u8] {
        self.rows.get(id).map_or(&[], |row| {
            let start = row.kept_at as usize;
            self.arena.get(start..start + row.kept as usize).unwrap_or_default()
        })
    }

    /// The last bytes of a value of which not all is held: of native pixel data, those beyond the pixels.
    pub fn tail(&self, id: RowId) -> &[u8] {
        let found = self.tails.binary_search_by_key(&(id as u32), |&(row, ..)| row);
        let tail = found.ok().and_then(|at| self.tails.get(at));
        tail.map_or(&[], |&(_, at, length)| {
            self.arena.get(at as usize..at as usize + length as usize).unwrap_or_default()
        })
    }

    pub fn charset(&self, id: RowId) -> &Charset {
        let index = self.rows.get(id).map_or(0, |row| row.charset as usize);
        self.charsets.get(index).unwrap_or(&Charset::DEFAULT)
    }

    /// The creator of a private element's block; `None` where no element names one.
    pub fn creator(&self, id: RowId) -> Option<RowId> {
        let row = self.rows.get(id)?;
        (row.is_private() && row.kind != Kind::Item && row.link != NONE).then_some(row.link as RowId)
    }

    /// The number of an item or fragment in the element that holds it, from 0.
    pub fn number(&self, id: RowId) -> Option<u32> {
        let row = self.rows.get(id)?;
        matches!(row.kind, Kind::Item | Kind::Fragment).then_some(row.link)
    }

    /// How numbers in values are written.
    pub fn value_coding(&self) -> Coding {
        if self.big_endian { Coding::EXPLICIT_BIG } else { Coding::EXPLICIT }
    }

    /// The first element `tag` among the children of `parent`, or at the top.
    pub fn find_in(&self, parent: Option<RowId>, tag: Tag) -> Option<RowId> {
        self.children(parent).find(|(_, row)| row.tag == tag).map(|(id, _)| id)
    }

    /// The first element `tag` of the data set or the meta information, outside of sequences.
    pub fn find(&self, tag: Tag) -> Option<RowId> {
        self.find_in(None, tag)
    }

    /// Whether the row belongs to the file meta information: group 0002 at the top.
    pub fn is_meta(&self, id: RowId) -> bool {
        self.rows.get(id).is_some_and(|row| row.depth == 0 && row.tag.0 == 2)
    }

    /// The first row of the data set; [`Rows::len`] where there is none.
    pub fn data_set(&self) -> RowId {
        let first = self.iter().find(|&(id, row)| row.depth == 0 && !self.is_meta(id));
        first.map_or(self.len(), |(id, _)| id)
    }

    /// Where the row is. Of an item: the sequence, with the item's number.
    pub fn location(&self, id: RowId) -> Location {
        let mut steps = Vec::new();
        let mut item = None;
        let mut at = Some(id);
        while let Some(id) = at {
            match self.number(id) {
                Some(number) => item = Some(number),
                None => steps.extend(self.get(id).map(|row| Step { tag: row.tag, item: item.take() })),
            }
            at = self.parent(id);
        }
        steps.reverse();
        Location(steps)
    }

    /// Bytes of memory that the table holds.
    pub fn memory(&self) -> usize {
        self.rows.capacity() * size_of::<Row>() + self.arena.capacity()
    }

    pub(super) fn shrink(&mut self) {
        self.rows.shrink_to_fit();
        self.arena.shrink_to_fit();
        self.tails.shrink_to_fit();
    }
}
