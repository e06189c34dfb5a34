//! How much of a value is kept, and what values say of the elements behind them.

use super::{
    super::{
        Tag,
        charset::Charset,
        error::Within,
        header::{Header, ITEM},
        share,
    },
    Flow, NONE, Parser,
    stack::Creator,
};
use std::io;

/// Private creators remembered at once; real files have a few dozen.
const MOST_CREATORS: usize = 1024;
/// Bytes by which a value is judged before it is read.
const LOOK: usize = 64;
const CHARACTER_SET: Tag = Tag(0x0008, 0x0005);

impl Parser<'_> {
    /// Keeps what the limits allow of a value, and skips the rest.
    pub(super) fn value(&mut self, header: Header, row: u32) -> io::Result<Flow> {
        let keep = self.head(&header)?;
        let kept_at = self.rows.arena.len();
        let kept = self.source.read_into(keep.into(), &mut self.rows.arena)?;
        if let Some(row) = self.rows.rows.get_mut(row as usize) {
            row.kept_at = kept_at as u32;
            row.kept = kept as u32;
        }
        let rest = u64::from(header.length) - kept;
        if kept < keep.into() || (rest > 0 && self.rest(&header, row, rest)? < rest) {
            return Ok(self.ended(Within::Value(header.tag)));
        }
        self.learn(header.tag, row);
        Ok(Flow::On)
    }

    /// Skips what is left of a value but for its end, which is kept; returns how much there was.
    fn rest(&mut self, header: &Header, row: u32, rest: u64) -> io::Result<u64> {
        let tail = u64::from(self.tail(header)).min(rest);
        let skipped = self.source.skip(rest - tail)?;
        if tail == 0 || skipped < rest - tail {
            return Ok(skipped);
        }
        let at = self.rows.arena.len();
        let kept = self.source.read_into(tail, &mut self.rows.arena)?;
        self.rows.tails.push((row, at as u32, kept as u32));
        Ok(skipped + kept)
    }

    /// Bytes of a value's beginning to keep.
    fn head(&mut self, header: &Header) -> io::Result<u32> {
        let mut most = share::head(header, &self.limits);
        if header.tag == ITEM && header.length > most {
            most = most.max(self.jpeg_header(header.length)?);
        } else if header.tag.0 == 0x7fe0 && self.stack.len() > 1 && header.length <= share::ICON {
            most = header.length;
        } else if header.tag.0 == 0x7fe0 && header.length > 0 {
            // Pixels are not text; where they begin as such, they are looked at.
            let bytes = self.source.peek(LOOK.min(header.length as usize))?;
            if bytes.iter().all(|b| b.is_ascii_graphic() || b.is_ascii_whitespace()) {
                most = self.limits.head_bytes;
            }
        }
        Ok(header.length.min(most).min(self.room()))
    }

    fn jpeg_header(&mut self, length: u32) -> io::Result<u32> {
        let most = length.min(self.limits.header_bytes) as usize;
        let mut look = LOOK.min(most);
        loop {
            let bytes = self.source.peek(look)?;
            let short = bytes.len() < look;
            match share::jpeg_header(bytes) {
                Ok(end) => return Ok(end.min(most) as u32),
                Err(_) if look >= most || short => return Ok(most as u32),
                // Twice as far each time: segments may be tiny.
                Err(more) => look = more.max(2 * look).min(most),
            }
        }
    }

    /// Bytes of a value's end to keep, of which the beginning is kept.
    fn tail(&mut self, header: &Header) -> u32 {
        let most = share::tail(header, &self.limits).min(self.room());
        if header.tag.0 != 0x7fe0 || self.computed >= share::MOST_COMPUTED {
            return most;
        }
        self.computed += 1;
        let level = self.top().row;
        let first = if level == NONE { 0 } else { level as usize + 1 };
        match share::pixel_bytes(&self.rows, first, header.tag) {
            // One byte makes the length even.
            Some(size) => match u64::from(header.length).saturating_sub(size) {
                0 | 1 => 0,
                surplus => surplus.min(self.limits.blob_tail_bytes.min(self.room()).into()) as u32,
            },
            None => most,
        }
    }

    fn room(&self) -> u32 {
        let room = self.limits.arena_bytes.saturating_sub(self.rows.arena.len());
        room.max(64).try_into().unwrap_or(u32::MAX)
    }

    /// What an element says of those that follow: their character set, or who owns a private block.
    fn learn(&mut self, tag: Tag, row: u32) {
        if tag == CHARACTER_SET && self.rows.charsets.len() < u16::MAX.into() {
            let charset = Charset::parse(self.rows.bytes(row as usize));
            let known = self.rows.charsets.iter().position(|known| *known == charset);
            let index = known.unwrap_or_else(|| {
                self.rows.charsets.push(charset);
                self.rows.charsets.len() - 1
            });
            self.top_mut().charset = index as u16;
        } else if tag.0 % 2 == 1 && (0x10..=0xff).contains(&tag.1) && self.creators.len() < MOST_CREATORS {
            self.creators.push(Creator { level: self.stack.len(), group: tag.0, block: tag.1, row });
        }
    }
}
