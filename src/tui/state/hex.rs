use super::{Line, Model, Opened};
use crate::{
    dicom::{Kind, RowId, Tag, dictionary, value},
    leak::Place,
};
use std::{ops::Range, path::PathBuf, sync::Arc};

/// The bytes of a file around an element, read as far as they are in sight.
#[derive(Debug)]
pub struct Hex {
    pub opened: Arc<Opened>,
    pub name: String,
    /// Where the element's header begins, and where its value is, as offsets in the file.
    pub header: u64,
    pub value: Range<u64>,
    /// Bytes of the file, as far as is known.
    pub size: u64,
    /// The first byte that is to be seen.
    pub top: u64,
    /// What was read: the first byte's offset, and the bytes.
    pub window: (u64, Arc<[u8]>),
    /// What was asked for last.
    asked: Option<u64>,
    pub error: Option<String>,
}

/// A part of a file, as it was read.
#[derive(Debug, Clone)]
pub struct Peeked {
    pub path: PathBuf,
    pub from: u64,
    pub size: u64,
    pub bytes: Result<Arc<[u8]>, String>,
}

/// What may be seen of a byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// Of an element's header.
    Header,
    /// Of a value that tells nothing of anybody.
    Plain,
    /// To be masked.
    Masked,
}

impl Hex {
    /// Bytes that are read at once.
    pub const WINDOW: u64 = 64 << 10;
    /// Read from a multiple of it.
    const PAGE: u64 = 4096;

    /// Around the line under the cursor; an error where its bytes are not those of the file.
    pub fn of(model: &Model) -> Result<Self, &'static str> {
        let tags = model.tags.as_ref().ok_or("no file is open")?;
        let opened = Arc::clone(&tags.opened);
        let (reading, at) = (&opened.reading, tags.tree.cursor);
        let (name, header, value) = match opened.line(at) {
            Some(Line::Row(id)) => {
                let row = reading.rows.get(id).ok_or("no element")?;
                if reading.syntax.deflated && !reading.rows.is_meta(id) {
                    return Err(
                        "the data set is deflated: its elements have no bytes of their own in the file",
                    );
                }
                let name =
                    format!("{} {}", reading.rows.location(id), dictionary::keyword(row.tag).unwrap_or(""));
                (name, row.offset - u64::from(row.header), row.offset..end(&opened, id))
            }
            Some(Line::Preamble) => ("preamble".to_owned(), 0, 0..128),
            Some(Line::Trailer) => {
                let offset = reading.trailer.as_ref().map_or(0, |trailer| trailer.offset);
                let length = reading.trailer.as_ref().map_or(0, |trailer| trailer.length);
                ("trailer".to_owned(), offset, offset..offset + length)
            }
            Some(Line::Part(Place::Pixels) | Line::Path | Line::Part(_)) | None => {
                ("file".to_owned(), 0, 0..0)
            }
        };
        let empty = (0, Arc::from([]));
        let size = value.end;
        Ok(Self { opened, name, header, value, size, top: header, window: empty, asked: None, error: None })
    }

    /// What is to be read so that `length` bytes from the top are seen; `None` where all is there or asked for.
    pub fn wanted(&mut self, length: u64) -> Option<u64> {
        let (from, bytes) = &self.window;
        let held = *from..from + bytes.len() as u64;
        let end = (self.top + length).min(self.size.max(self.value.end));
        if self.error.is_some() || (held.start <= self.top && end <= held.end && !held.is_empty()) {
            return None;
        }
        let start = self.top.saturating_sub(Self::WINDOW / 4) / Self::PAGE * Self::PAGE;
        if self.asked == Some(start) {
            return None;
        }
        self.asked = Some(start);
        Some(start)
    }

    pub fn take(&mut self, peeked: Peeked) {
        if peeked.path != self.opened.path {
            return;
        }
        self.size = peeked.size;
        match peeked.bytes {
            Ok(bytes) => self.window = (peeked.from, bytes),
            Err(why) => self.error = Some(why),
        }
    }

    pub fn byte(&self, at: u64) -> Option<u8> {
        let (from, bytes) = &self.window;
        bytes.get(usize::try_from(at.checked_sub(*from)?).ok()?).copied()
    }

    /// What may be seen of the byte at an offset.
    pub fn sort(&self, at: u64) -> Sort {
        let rows = &self.opened.reading.rows;
        let deflated = self.opened.reading.syntax.deflated;
        let starts = |id: RowId| {
            let row = rows.get(id).filter(|_| !deflated || rows.is_meta(id));
            row.map_or(u64::MAX, |row| row.offset - u64::from(row.header))
        };
        let (mut low, mut high) = (0, rows.len());
        while low < high {
            let middle = low.midpoint(high);
            if starts(middle) <= at { low = middle + 1 } else { high = middle }
        }
        let Some((id, row)) = low.checked_sub(1).and_then(|id| Some((id, rows.get(id)?))) else {
            // `DICM` after the preamble.
            return if (128..132).contains(&at) { Sort::Header } else { Sort::Masked };
        };
        let typed = value::is_text(row.vr) || value::is_number(row.vr);
        let plain = (typed && self.opened.is_plain(self.opened.at_row(id))) || row.tag == Tag(0x7fe0, 0x0010);
        match at {
            at if at < row.offset => Sort::Header,
            at if row.kind == Kind::Element && plain && at < row.offset + u64::from(row.length) => {
                Sort::Plain
            }
            _ if row.kind == Kind::Fragment => Sort::Plain,
            _ => Sort::Masked,
        }
    }
}

/// Bytes of a line in a view of that width: a power of two.
pub fn per_line(width: u16) -> u64 {
    [16, 8, 4].into_iter().find(|per| 12 + 4 * per <= u64::from(width)).unwrap_or(2)
}

/// Where an element ends.
fn end(opened: &Opened, id: RowId) -> u64 {
    let rows = &opened.reading.rows;
    let Some(row) = rows.get(id) else { return 0 };
    if row.length != u32::MAX {
        return row.offset + u64::from(row.length);
    }
    // Of undefined length: as far as what it holds.
    let last = rows.end(id).checked_sub(1).filter(|&last| last > id).and_then(|last| rows.get(last));
    last.map_or(row.offset, |last| last.offset + if last.length == u32::MAX { 0 } else { last.length.into() })
}
