//! The walk through a stream of elements.

mod stack;
mod value;

use super::{
    Coding, Kind, Limits, ReadError, Row, Rows, Tag, Vr,
    charset::Charset,
    error::Within,
    header::{Header, ITEM, ITEM_DELIMITER, LONGEST, SEQUENCE_DELIMITER, is_known_vr, tag},
    share::is_binary,
    source::Source,
};
use stack::{Creator, Open};
use std::{io, time::Instant};

const NONE: u32 = u32::MAX;
const UNBOUNDED: u64 = u64::MAX;

/// Elements of one stream into [`Rows`], with a stack of its own in place of recursion.
///
/// It goes on where that is sound: past a sequence of known length that is damaged inside, past a missing
/// delimiter, past lengths that disagree. The first thing that was wrong is kept in [`Parser::error`].
pub(super) struct Parser<'s> {
    pub source: Source<'s>,
    pub rows: Rows,
    pub error: Option<ReadError>,
    limits: Limits,
    deadline: Instant,
    stack: Vec<Open>,
    creators: Vec<Creator>,
    last_top: Option<Tag>,
    /// Pixel data whose size was computed.
    computed: u32,
}

#[derive(PartialEq, Eq)]
enum Flow {
    On,
    Stop,
}

/// Which part of a file is read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// Group 0002, up to the first element of another group.
    Meta,
    DataSet,
}

impl<'s> Parser<'s> {
    pub fn new(source: Source<'s>, limits: Limits) -> Self {
        let rows = Rows { charsets: vec![Charset::DEFAULT], ..Rows::default() };
        let deadline = Instant::now() + limits.time;
        Self {
            source,
            rows,
            error: None,
            limits,
            deadline,
            stack: Vec::new(),
            creators: Vec::new(),
            last_top: None,
            computed: 0,
        }
    }

    /// Reads one part to its end, or to where it cannot be read further.
    pub fn run(&mut self, part: Part, coding: Coding) {
        let open = Open { row: NONE, kind: Kind::Item, end: UNBOUNDED, coding, charset: 0, count: 0 };
        self.stack = vec![open];
        self.creators.clear();
        self.last_top = None;
        while !self.at_limit() {
            match self.step(part) {
                Ok(Flow::On) => {}
                Ok(Flow::Stop) => break,
                Err(error) => {
                    self.note_io(&error);
                    break;
                }
            }
        }
        while self.stack.len() > 1 {
            self.close();
        }
    }

    fn step(&mut self, part: Part) -> io::Result<Flow> {
        while self.stack.len() > 1 && self.source.position() >= self.top().end {
            self.close();
        }
        match self.top().kind {
            Kind::Sequence => self.item(),
            Kind::Encapsulated => self.fragment(),
            _ => self.element(part),
        }
    }

    fn element(&mut self, part: Part) -> io::Result<Flow> {
        let coding = self.top().coding;
        let bytes = self.source.peek(LONGEST)?;
        let (length, tag, header) = (bytes.len(), tag(bytes, coding), Header::parse(bytes, coding));
        if length == 0 || (length < 8 && self.stack.len() > 1) {
            return Ok(self.ended(Within::Header));
        }
        match tag {
            Some(tag) if part == Part::Meta && tag.0 != 2 => return Ok(Flow::Stop),
            Some(ITEM_DELIMITER) => {
                self.source.consume(8);
                return Ok(self.delimited(1));
            }
            Some(SEQUENCE_DELIMITER) => {
                self.source.consume(8);
                return Ok(self.delimited(2));
            }
            Some(ITEM) if self.stack.len() > 1 => {
                self.note(ReadError::NotAnElement { offset: self.source.position() });
                self.close();
                return Ok(Flow::On);
            }
            _ => {}
        }
        match header {
            Some(header) if self.is_credible(&header) => self.enter(header),
            _ => self.lost(),
        }
    }

    /// Whether a header is one, and not the beginning of something else. Between elements of an item there is
    /// no doubt; after the last element of the data set anything may follow.
    fn is_credible(&self, header: &Header) -> bool {
        if header.tag.0 == 0 || header.tag.0 == 0xfffe {
            return false;
        }
        if self.stack.len() > 1 {
            return true;
        }
        let fits = header.is_undefined()
            || self
                .source
                .remaining()
                .is_none_or(|left| u64::from(header.length) + u64::from(header.size) <= left);
        // Half of all beginnings of a trailer would pass for a private group's.
        let ended = self.last_top >= Some(Tag(0x7fe0, 0));
        let private = header.tag.0 % 2 == 1 && (fits || !ended);
        let in_order = self.last_top < Some(header.tag);
        // An attribute of a later edition, say.
        let unheard = fits && in_order && !ended;
        let known = private || unheard || super::dictionary::vr(header.tag).is_some();
        if header.explicit && header.vr != Vr::UN {
            fits || (in_order && known)
        } else {
            known && (fits || in_order)
        }
    }

    fn enter(&mut self, header: Header) -> io::Result<Flow> {
        let start = self.source.position();
        self.source.consume(header.size.into());
        let row = self.push(header);
        if self.stack.len() == 1 {
            self.last_top = self.last_top.max(Some(header.tag));
        }
        if header.is_undefined() {
            return self.enter_undefined(header, row, start);
        }
        let position = self.source.position();
        let end = position + u64::from(header.length);
        if let Some(remaining) = self.source.remaining().filter(|&left| left < header.length.into()) {
            let Header { tag, length, .. } = header;
            self.note(ReadError::LengthBeyondEnd { tag, offset: start, length, remaining });
        } else if end > self.top().end {
            self.note(ReadError::LengthBeyondItem { tag: header.tag, offset: start });
        }
        if let Some(coding) = self.items_ahead(&header)? {
            if self.stack.len() <= self.limits.depth.into() {
                self.open(row, Kind::Sequence, end, coding);
                return Ok(Flow::On);
            }
            self.note(ReadError::TooDeep { offset: start, limit: self.limits.depth });
        }
        self.value(header, row)
    }

    fn enter_undefined(&mut self, header: Header, row: u32, start: u64) -> io::Result<Flow> {
        if self.stack.len() > self.limits.depth.into() {
            self.note(ReadError::TooDeep { offset: start, limit: self.limits.depth });
            return Ok(Flow::Stop);
        }
        // `UN` of undefined length is a sequence that its writer did not know (PS3.5 section 6.2.2).
        if (is_binary(header.vr) && header.vr != Vr::UN) || header.tag.0 == 0x7fe0 {
            self.open(row, Kind::Encapsulated, UNBOUNDED, self.top().coding);
        } else {
            let coding = self.items_coding(&header)?;
            self.open(row, Kind::Sequence, UNBOUNDED, coding);
        }
        Ok(Flow::On)
    }

    /// The coding of the items that make up the value ahead, or `None` if the value is not items.
    fn items_ahead(&mut self, header: &Header) -> io::Result<Option<Coding>> {
        if !matches!(header.vr, Vr::SQ | Vr::UN) || (header.vr == Vr::UN && header.length < 8) {
            return Ok(None);
        }
        if header.length == 0 {
            return Ok(Some(self.top().coding));
        }
        let coding = self.items_coding(header)?;
        let bytes = self.source.peek(8)?;
        let Some(length) = bytes.get(4..8).and_then(|b| b.try_into().ok()).map(|b| coding.u32(b)) else {
            return Ok(None);
        };
        let fits = header.vr == Vr::SQ || length == Row::UNDEFINED || length <= header.length - 8;
        Ok((tag(bytes, coding) == Some(ITEM) && fits).then_some(coding))
    }

    /// Items of an `UN` are implicit little endian (PS3.5 section 6.2.2), but for writers that did not know.
    fn items_coding(&mut self, header: &Header) -> io::Result<Coding> {
        let own = self.top().coding;
        if header.vr != Vr::UN || !own.explicit {
            return Ok(own);
        }
        let explicit = self.source.peek(16)?.get(12..14).is_some_and(is_known_vr);
        Ok(if explicit { own } else { Coding::IMPLICIT })
    }

    fn item(&mut self) -> io::Result<Flow> {
        let level = *self.top();
        let bytes = self.source.peek(8)?;
        let Some(header) = Header::parse(bytes, Coding { explicit: false, ..level.coding }) else {
            let within = Within::Sequence(self.tag_of(level.row));
            return Ok(self.ended(within));
        };
        let offset = self.source.position();
        match header.tag {
            ITEM => {
                self.source.consume(8);
                let row = self.push(header);
                let end =
                    if header.is_undefined() { UNBOUNDED } else { offset + 8 + u64::from(header.length) };
                if end != UNBOUNDED && end > level.end {
                    self.note(ReadError::LengthBeyondItem { tag: ITEM, offset });
                }
                self.open(row, Kind::Item, end, level.coding);
                Ok(Flow::On)
            }
            SEQUENCE_DELIMITER => {
                self.source.consume(8);
                self.close();
                Ok(Flow::On)
            }
            ITEM_DELIMITER => {
                self.note(ReadError::StrayDelimiter { offset });
                self.source.consume(8);
                Ok(Flow::On)
            }
            tag => {
                self.note(ReadError::NotAnItem { tag, offset });
                self.leave(level)
            }
        }
    }

    fn fragment(&mut self) -> io::Result<Flow> {
        let level = *self.top();
        let bytes = self.source.peek(8)?;
        let Some(header) = Header::parse(bytes, Coding { explicit: false, ..level.coding }) else {
            let within = Within::Sequence(self.tag_of(level.row));
            return Ok(self.ended(within));
        };
        let offset = self.source.position();
        match header.tag {
            ITEM if header.is_undefined() => {
                self.note(ReadError::UndefinedFragment { offset });
                Ok(Flow::Stop)
            }
            ITEM => {
                self.source.consume(8);
                let row = self.push(header);
                if let Some(remaining) = self.source.remaining().filter(|&left| left < header.length.into()) {
                    self.note(ReadError::LengthBeyondEnd {
                        tag: ITEM,
                        offset,
                        length: header.length,
                        remaining,
                    });
                }
                self.value(header, row)
            }
            SEQUENCE_DELIMITER => {
                self.source.consume(8);
                self.close();
                Ok(Flow::On)
            }
            tag => {
                self.note(ReadError::NotAnItem { tag, offset });
                self.leave(level)
            }
        }
    }

    /// A delimiter between elements: 1 ends an item, 2 its sequence too.
    fn delimited(&mut self, levels: usize) -> Flow {
        if self.stack.len() <= levels {
            self.note(ReadError::StrayDelimiter { offset: self.source.position() });
        } else {
            (0..levels).for_each(|_| self.close());
        }
        Flow::On
    }

    /// Leaves a sequence in which no item follows: by its length, or as if it had been delimited.
    fn leave(&mut self, level: Open) -> io::Result<Flow> {
        if level.end != UNBOUNDED {
            self.source.skip(level.end - self.source.position())?;
        } else {
            self.close();
        }
        Ok(Flow::On)
    }

    /// No element where one should be: goes on after the innermost item or sequence of known length.
    fn lost(&mut self) -> io::Result<Flow> {
        let offset = self.source.position();
        let length = self.source.remaining().unwrap_or(u64::MAX);
        let known = self
            .stack
            .iter()
            .rposition(|open| open.end > offset && open.end - offset <= length && open.end != UNBOUNDED);
        match known {
            Some(level) => {
                self.note(ReadError::NotAnElement { offset });
                while self.stack.len() > level + 1 {
                    self.close();
                }
                self.source.skip(self.top().end - offset)?;
                Ok(Flow::On)
            }
            None => {
                // After the pixel data it is a trailer, not damage.
                if self.stack.len() > 1 || self.last_top < Some(Tag(0x7fe0, 0)) {
                    self.note(ReadError::NotAnElement { offset });
                }
                Ok(Flow::Stop)
            }
        }
    }

    /// The end of the stream: fine between elements of the data set, an error elsewhere.
    fn ended(&mut self, what: Within) -> Flow {
        let offset = self.source.position();
        if self.source.at_limit() {
            self.note(ReadError::InflatesTooFar { limit: self.limits.inflated_bytes });
        } else if self.stack.len() > 1 || what != Within::Header {
            self.note(ReadError::Truncated { offset, what });
        }
        Flow::Stop
    }

    fn at_limit(&mut self) -> bool {
        let rows = self.rows.rows.len();
        let offset = self.source.position();
        if rows >= self.limits.rows {
            self.note(ReadError::TooManyRows { offset, limit: self.limits.rows });
            return true;
        }
        if rows % 1024 == 1023 && Instant::now() > self.deadline {
            self.note(ReadError::TooSlow { offset, limit: self.limits.time });
            return true;
        }
        false
    }

    pub fn note(&mut self, error: ReadError) {
        self.error.get_or_insert(error);
    }

    fn note_io(&mut self, error: &io::Error) {
        let offset = self.source.position();
        self.note(match error.kind() {
            io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData => ReadError::Inflate { offset },
            kind => ReadError::Io { offset, kind },
        });
    }
}
