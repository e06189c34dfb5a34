use super::{
    edit::{Edit, Edits, Patch},
    encode::{self, ITEM_END, SEQUENCE_END, UNDEFINED},
    original::Original,
};
use crate::dicom::{Coding, Kind, Reading, Row, RowId, Rows, Tag, Vr};
use std::io::{self, Write};

/// Edits turned into bytes: the data set that a reading is of, with the edits made. What no edit touches is copied as
/// it is, in the order and coding that it has; lengths of sequences and items that hold edits are mended. What the
/// reading could not make sense of, and what follows its last element, is left out.
pub struct Splice<'a> {
    rows: &'a Rows,
    edits: &'a Edits,
    coding: Coding,
    /// The first row of the data set.
    first: RowId,
    /// Bytes of the original, where known: what a value claims beyond them is not there.
    available: u64,
    /// Of each container, bytes of its value.
    content: Vec<u64>,
}

/// An open sequence, item or encapsulated value.
struct Open {
    end: RowId,
    delimiter: Option<Tag>,
    /// Of what it holds.
    coding: Coding,
}

impl<'a> Splice<'a> {
    /// `available`: bytes of the original, as [`Original::length`] tells them.
    pub fn new(reading: &'a Reading, edits: &'a Edits, available: Option<u64>) -> Self {
        let rows = &reading.rows;
        let mut splice = Self {
            rows,
            edits,
            coding: reading.syntax.coding,
            first: rows.data_set(),
            available: available.unwrap_or(u64::MAX),
            content: Vec::new(),
        };
        splice.measure();
        splice
    }

    /// Sums up from the last row to the first: what is inside of a container follows it.
    fn measure(&mut self) {
        self.content = vec![0; self.rows.len()];
        for id in (self.first..self.rows.len()).rev() {
            let Some(row) = self.rows.get(id) else { continue };
            if matches!(self.edits.get(id), Some(Edit::Remove)) {
                continue;
            }
            let length = self.length(id, row);
            let delimiter = if self.is_delimited(id, row) { 8 } else { 0 };
            let total = u64::from(row.header).saturating_add(length).saturating_add(delimiter);
            if let Some(content) = self.rows.parent(id).and_then(|parent| self.content.get_mut(parent)) {
                *content = content.saturating_add(total);
            }
        }
    }

    /// Bytes of the row's value as it will be, without delimiters.
    fn length(&self, id: RowId, row: &Row) -> u64 {
        match self.edits.get(id) {
            Some(Edit::Value(value)) => value.len() as u64,
            Some(Edit::Spool(spool)) => spool.length().into(),
            Some(Edit::Cut(length)) => self.present(row).min(u64::from(*length)),
            _ if row.kind.is_container() => self.content.get(id).copied().unwrap_or(0),
            _ => self.even(row),
        }
    }

    /// Bytes of a value that are there.
    fn present(&self, row: &Row) -> u64 {
        u64::from(row.length).min(self.available.saturating_sub(row.offset))
    }

    /// The same; with one more where the value was cut off after an odd number of bytes.
    fn even(&self, row: &Row) -> u64 {
        let present = self.present(row);
        if present < u64::from(row.length) { present.next_multiple_of(2) } else { present }
    }

    /// Whether it ends by a delimiter.
    fn is_delimited(&self, id: RowId, row: &Row) -> bool {
        let kept = !matches!(self.edits.get(id), Some(Edit::Value(_) | Edit::Spool(_)));
        let long = self.content.get(id).is_some_and(|&content| content >= u64::from(UNDEFINED));
        row.kind.is_container() && kept && (row.length == UNDEFINED || long)
    }

    /// Bytes of the whole data set, by what was measured.
    #[cfg(test)]
    pub fn size(&self) -> u64 {
        let inserts: u64 = self.edits.inserts().iter().map(|(_, bytes)| bytes.len() as u64).sum();
        let top = self.rows.children(None).filter(|&(id, _)| id >= self.first);
        let own =
            top.filter(|&(id, _)| !matches!(self.edits.get(id), Some(Edit::Remove))).map(|(id, row)| {
                let delimiter = if self.is_delimited(id, row) { 8 } else { 0 };
                u64::from(row.header) + self.length(id, row) + delimiter
            });
        inserts + own.sum::<u64>()
    }

    /// Writes the data set. Memory does not grow with its size.
    pub fn write(&self, original: &mut Original, out: &mut dyn Write) -> io::Result<()> {
        let mut run = Run { original, out, range: 0..0, literal: Vec::new() };
        let mut stack: Vec<Open> = Vec::new();
        let mut inserts = self.edits.inserts().iter().peekable();
        let mut id = self.first;
        loop {
            while let Some(open) = stack.pop_if(|open| open.end <= id) {
                let coding = stack.last().map_or(self.coding, |level| level.coding);
                self.close(&open, coding, &mut run)?;
            }
            let Some(row) = self.rows.get(id) else { break };
            if stack.is_empty() {
                while let Some((_, bytes)) = inserts.next_if(|(tag, _)| *tag < row.tag) {
                    run.literal(bytes)?;
                }
            }
            let coding = stack.last().map_or(self.coding, |level| level.coding);
            id = self.row(id, row, coding, &mut stack, &mut run)?;
        }
        for (_, bytes) in inserts {
            run.literal(bytes)?;
        }
        run.flush()
    }

    /// Writes one row; returns the next one.
    fn row(
        &self,
        id: RowId,
        row: &Row,
        coding: Coding,
        stack: &mut Vec<Open>,
        run: &mut Run<'_>,
    ) -> io::Result<RowId> {
        let mut head = Vec::with_capacity(12);
        let mut header = |length| encode::header(&mut head, coding, row.explicit, row.tag, row.vr, length);
        let short = |length: u64| u32::try_from(length).unwrap_or(UNDEFINED - 1);
        match self.edits.get(id) {
            Some(Edit::Remove) => {}
            Some(Edit::Value(value)) => {
                header(short(value.len() as u64));
                run.literal(&head)?;
                run.literal(value)?;
            }
            Some(Edit::Spool(spool)) => {
                encode::header(&mut head, coding, row.explicit, row.tag, spool.vr(), spool.length());
                run.literal(&head)?;
                run.flush()?;
                spool.copy(run.out)?;
            }
            Some(Edit::Cut(_)) => {
                let length = self.length(id, row);
                header(short(length));
                run.literal(&head)?;
                run.copy(row.offset, length)?;
            }
            Some(edit @ (Edit::Patch(_) | Edit::Mask(_) | Edit::Fill(_))) => {
                header(short(self.even(row)));
                run.literal(&head)?;
                let present = self.present(row);
                match edit {
                    Edit::Patch(patches) => run.patched(row.offset, present, patches)?,
                    Edit::Mask(mask) => {
                        run.changed(row.offset, present, |at, bytes| masked(mask, at, bytes))?
                    }
                    Edit::Fill(fill) => {
                        run.changed(row.offset, present, |at, bytes| fill.apply(at, bytes))?
                    }
                    _ => {}
                }
                run.literal(&[0][..(self.even(row) - present) as usize])?;
            }
            None if row.kind.is_container() => {
                let delimited = self.is_delimited(id, row);
                header(if delimited { UNDEFINED } else { short(self.length(id, row)) });
                run.literal(&head)?;
                let end = if row.kind == Kind::Item { ITEM_END } else { SEQUENCE_END };
                let coding =
                    if row.kind == Kind::Item { coding } else { self.coding_inside(id, row, coding) };
                stack.push(Open { end: self.rows.end(id), delimiter: delimited.then_some(end), coding });
                return Ok(id + 1);
            }
            None if self.present(row) < u64::from(row.length) => {
                let (present, even) = (self.present(row), self.even(row));
                header(short(even));
                run.literal(&head)?;
                run.copy(row.offset, present)?;
                run.literal(&[0][..(even - present) as usize])?;
            }
            None => {
                let start = row.offset.saturating_sub(row.header.into());
                run.copy(start, u64::from(row.header) + u64::from(row.length))?;
            }
        }
        Ok(self.rows.end(id))
    }

    fn close(&self, open: &Open, outside: Coding, run: &mut Run<'_>) -> io::Result<()> {
        let Some(tag) = open.delimiter else { return Ok(()) };
        let mut bytes = Vec::with_capacity(8);
        // An item's delimiter is in the coding of its sequence's items, a sequence's too.
        let coding = if tag == ITEM_END { outside } else { open.coding };
        encode::header(&mut bytes, coding, false, tag, Vr::UN, 0);
        run.literal(&bytes)
    }

    /// Items of an `UN` are implicit little endian (PS3.5 section 6.2.2), but for writers that did not know.
    fn coding_inside(&self, id: RowId, row: &Row, own: Coding) -> Coding {
        if row.vr != Vr::UN || !own.explicit || row.kind != Kind::Sequence {
            return own;
        }
        let item = self.rows.get(id + 1).filter(|item| item.kind == Kind::Item);
        let first =
            item.and_then(|_| self.rows.get(id + 2)).filter(|_| self.rows.parent(id + 2) == Some(id + 1));
        match first {
            Some(first) if first.explicit => own,
            _ => Coding::IMPLICIT,
        }
    }
}

fn masked(mask: &[u8], at: u64, bytes: &mut [u8]) {
    for (byte, mask) in
        bytes.iter_mut().zip(mask.iter().cycle().skip((at % mask.len().max(1) as u64) as usize))
    {
        *byte &= mask;
    }
}

/// Output that copies neighbouring ranges of the original in one go.
struct Run<'a> {
    original: &'a mut Original,
    out: &'a mut dyn Write,
    range: std::ops::Range<u64>,
    literal: Vec<u8>,
}

impl Run<'_> {
    fn copy(&mut self, offset: u64, length: u64) -> io::Result<()> {
        if offset == self.range.end && self.literal.is_empty() {
            self.range.end += length;
            return Ok(());
        }
        self.flush()?;
        self.range = offset..offset + length;
        Ok(())
    }

    fn literal(&mut self, bytes: &[u8]) -> io::Result<()> {
        if bytes.is_empty() {
            return Ok(());
        }
        self.flush_range()?;
        self.literal.extend_from_slice(bytes);
        if self.literal.len() > 1 << 16 { self.flush() } else { Ok(()) }
    }

    fn patched(&mut self, start: u64, length: u64, patches: &[Patch]) -> io::Result<()> {
        let mut at = 0;
        for Patch { offset, bytes } in patches {
            let (offset, end) = (*offset, offset.saturating_add(bytes.len() as u64));
            if offset < at || end > length {
                return Err(io::ErrorKind::InvalidInput.into());
            }
            self.copy(start + at, offset - at)?;
            self.literal(bytes)?;
            at = end;
        }
        self.copy(start + at, length - at)
    }

    /// Copies what `change` makes of the pieces, of which it is told where in the value they begin.
    fn changed(&mut self, start: u64, length: u64, change: impl Fn(u64, &mut [u8])) -> io::Result<()> {
        self.flush()?;
        let (out, mut at) = (&mut *self.out, 0);
        self.original.copy(start, length, |bytes| {
            change(at, bytes);
            at += bytes.len() as u64;
            out.write_all(bytes)
        })
    }

    fn flush(&mut self) -> io::Result<()> {
        self.flush_range()?;
        self.out.write_all(&self.literal)?;
        self.literal.clear();
        Ok(())
    }

    fn flush_range(&mut self) -> io::Result<()> {
        let range = std::mem::replace(&mut self.range, 0..0);
        if range.is_empty() {
            return Ok(());
        }
        let out = &mut *self.out;
        self.original.copy(range.start, range.end - range.start, |bytes| out.write_all(bytes))
    }
}
