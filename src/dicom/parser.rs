use super::{
    Coding, Kind, Limits, ReadError, Row, Rows, Tag, Vr,
    charset::Charset,
    error::Within,
    header::{Header, ITEM, ITEM_DELIMITER, LONGEST, SEQUENCE_DELIMITER, is_known_vr, tag},
    share::{self, is_binary},
    source::Source,
};
use std::{io, time::Instant};

const NONE: u32 = u32::MAX;
const UNBOUNDED: u64 = u64::MAX;
/// Private creators remembered at once; real files have a few dozen.
const MOST_CREATORS: usize = 1024;
/// Bytes by which a value is judged before it is read.
const LOOK: usize = 64;
const CHARACTER_SET: Tag = Tag(0x0008, 0x0005);

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

/// An open data set, item, sequence or encapsulated value.
#[derive(Clone, Copy)]
struct Open {
    row: u32,
    kind: Kind,
    /// Position where it ends; [`UNBOUNDED`] where a delimiter ends it.
    end: u64,
    coding: Coding,
    charset: u16,
    /// Items or fragments so far.
    count: u32,
}

struct Creator {
    level: usize,
    group: u16,
    block: u16,
    row: u32,
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

    /// Keeps what the limits allow of a value, and skips the rest.
    fn value(&mut self, header: Header, row: u32) -> io::Result<Flow> {
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

    fn push(&mut self, header: Header) -> u32 {
        let id = self.rows.rows.len() as u32;
        let depth = (self.stack.len() - 1) as u16;
        let offset = self.source.position();
        let level = self.top_mut();
        let (parent, charset) = (level.row, level.charset);
        let is_part = header.tag == ITEM;
        let mut link = NONE;
        let mut kind = Kind::Element;
        if is_part {
            link = level.count;
            level.count += 1;
            kind = if level.kind == Kind::Encapsulated { Kind::Fragment } else { Kind::Item };
        } else if header.tag.0 % 2 == 1 && header.tag.1 > 0xff {
            link = self.creator(header.tag);
        }
        self.rows.rows.push(Row {
            tag: header.tag,
            vr: header.vr,
            kind,
            depth,
            header: header.size,
            explicit: header.explicit,
            offset,
            length: header.length,
            end: id + 1,
            parent,
            link,
            charset,
            kept_at: 0,
            kept: 0,
        });
        id
    }

    fn creator(&self, tag: Tag) -> u32 {
        let level = self.stack.len();
        let own = self.creators.iter().rev().take_while(|creator| creator.level == level);
        let found = own.filter(|creator| creator.group == tag.0).find(|creator| creator.block == tag.1 >> 8);
        found.map_or(NONE, |creator| creator.row)
    }

    fn open(&mut self, row: u32, kind: Kind, end: u64, coding: Coding) {
        if let Some(row) = self.rows.rows.get_mut(row as usize) {
            row.kind = kind;
        }
        let charset = self.top().charset;
        self.stack.push(Open { row, kind, end, coding, charset, count: 0 });
    }

    fn close(&mut self) {
        let end = self.rows.rows.len() as u32;
        let level = self.stack.len();
        while self.creators.last().is_some_and(|creator| creator.level == level) {
            self.creators.pop();
        }
        if let Some(open) = self.stack.pop()
            && let Some(row) = self.rows.rows.get_mut(open.row as usize)
        {
            row.end = end;
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

    fn tag_of(&self, row: u32) -> Tag {
        self.rows.get(row as usize).map_or(ITEM, |row| row.tag)
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

    fn top(&self) -> &Open {
        &self.stack[self.stack.len() - 1]
    }

    fn top_mut(&mut self) -> &mut Open {
        let last = self.stack.len() - 1;
        &mut self.stack[last]
    }
}
