use super::super::super::gather::Gather;
use super::filter;
use super::font::{Font, Lookup};
use super::object::{Dict, Lexer, Object, Token, is_space};
use memchr::memmem;
use std::{cell::RefCell, collections::HashMap, rc::Rc};

const MOST_OBJECTS: usize = 100_000;
/// References followed from one to the next.
const MOST_STEPS: usize = 16;
const MOST_FONTS: usize = 1000;

/// An object with its number, and its stream as it stands in the file.
#[derive(Debug)]
pub(super) struct Entry<'b> {
    pub object: Object,
    pub raw: Option<&'b [u8]>,
}

/// The objects of a document in the order of the file, those of object streams last.
#[derive(Debug, Default)]
pub(super) struct Body<'b> {
    pub entries: Vec<Entry<'b>>,
    /// The latest object of each number.
    pub index: HashMap<u32, usize>,
    pub is_encrypted: bool,
    fonts: RefCell<HashMap<u32, Rc<Font>>>,
    /// A font of each name that any resources give.
    named: HashMap<String, Object>,
}

impl<'b> Body<'b> {
    pub fn read(bytes: &'b [u8], gather: &mut Gather<'_, '_>) -> Self {
        let mut body = Self::default();
        body.scan(bytes);
        body.trailers(bytes);
        if !body.is_encrypted {
            body.unpack(gather);
        }
        for entry in &body.entries {
            let dict = entry.object.dict();
            let fonts = dict.and_then(|dict| dict.get("Font")).and_then(Object::dict);
            let inner = || dict?.get("Resources")?.dict()?.get("Font")?.dict();
            for (name, font) in fonts.or_else(inner).into_iter().flat_map(|fonts| &fonts.0).take(MOST_FONTS) {
                body.named.entry(name.clone()).or_insert_with(|| font.clone());
            }
        }
        body
    }

    fn push(&mut self, number: u32, object: Object, raw: Option<&'b [u8]>) {
        if self.entries.len() < MOST_OBJECTS {
            self.index.insert(number, self.entries.len());
            self.entries.push(Entry { object, raw });
        }
    }

    /// Finds `N G obj …` wherever it stands.
    fn scan(&mut self, bytes: &'b [u8]) {
        let mut from = 0;
        while let Some(found) = bytes.get(from..).and_then(|rest| memmem::find(rest, b"obj")) {
            let at = from + found;
            from = at + 3;
            let Some(number) = number_before(bytes, at) else { continue };
            let mut lexer = Lexer::new(bytes, at + 3);
            let Some(object) = lexer.object() else { continue };
            let end = lexer.at;
            let raw = (lexer.next() == Some(Token::Word(b"stream"))).then(|| {
                let start = lexer.at + usize::from(bytes.get(lexer.at) == Some(&b'\r'));
                let start = start + usize::from(bytes.get(start) == Some(&b'\n'));
                let length = object.dict().and_then(|dict| dict.number("Length"));
                let stop = stream_end(bytes, start, length);
                from = stop;
                bytes.get(start..stop).unwrap_or_default()
            });
            from = from.max(end.min(bytes.len()));
            self.push(number, object, raw);
            if self.entries.len() >= MOST_OBJECTS {
                break;
            }
        }
    }

    fn trailers(&mut self, bytes: &[u8]) {
        let streams =
            self.entries.iter().filter(|entry| entry.raw.is_some()).filter_map(|entry| entry.object.dict());
        let mut encrypted = streams
            .filter(|dict| dict.name("Type") == Some("XRef"))
            .any(|dict| dict.get("Encrypt").is_some());
        for at in memmem::find_iter(bytes, b"trailer").take(64) {
            let dict = Lexer::new(bytes, at + 7).object();
            encrypted |=
                dict.as_ref().and_then(Object::dict).is_some_and(|dict| dict.get("Encrypt").is_some());
        }
        self.is_encrypted = encrypted;
    }

    /// Objects of object streams (section 7.5.7).
    fn unpack(&mut self, gather: &mut Gather<'_, '_>) {
        let packed: Vec<usize> = (0..self.entries.len())
            .filter(|&at| {
                self.entries.get(at).and_then(|entry| entry.object.dict()).and_then(|dict| dict.name("Type"))
                    == Some("ObjStm")
            })
            .collect();
        for at in packed {
            let Some(entry) = self.entries.get(at) else { continue };
            let Some(content) = self.content(entry, gather) else { continue };
            let dict = entry.object.dict();
            let number = |key| dict.and_then(|dict: &Dict| dict.number(key)).unwrap_or(0.0) as usize;
            let (count, first) = (number("N").min(MOST_OBJECTS), number("First"));
            let mut header = Lexer::new(&content, 0);
            let mut objects = Vec::new();
            for _ in 0..count {
                let (Some(Token::Number(number)), Some(Token::Number(offset))) =
                    (header.next(), header.next())
                else {
                    break;
                };
                let at = first.saturating_add(offset as usize);
                if let Some(object) = Lexer::new(&content, at).object() {
                    objects.push((number as u32, object));
                }
                if objects.len() + self.entries.len() > MOST_OBJECTS || !gather.spend(16) {
                    break;
                }
            }
            for (number, object) in objects {
                self.push(number, object, None);
            }
        }
    }

    /// A stream's content, decoded and paid for.
    pub fn content(&self, entry: &Entry<'_>, gather: &mut Gather<'_, '_>) -> Option<Vec<u8>> {
        if gather.work_left() < filter::MOST / 8 {
            return None;
        }
        let content = filter::decoded(entry.object.dict()?, entry.raw?)?;
        gather.spend(content.len().min(gather.work_left()));
        Some(content)
    }

    pub fn resolve<'o>(&'o self, object: &'o Object) -> &'o Object {
        let mut object = object;
        for _ in 0..MOST_STEPS {
            let Object::Reference(number) = object else { return object };
            match self.index.get(number).and_then(|&at| self.entries.get(at)) {
                Some(entry) => object = &entry.object,
                None => return &Object::Null,
            }
        }
        &Object::Null
    }

    /// An entry of a page, or of the nodes above it.
    pub fn inherited<'o>(&'o self, page: &'o Dict, key: &str) -> Option<&'o Dict> {
        let mut dict = page;
        for _ in 0..MOST_STEPS {
            if let Some(found) = dict.get(key).and_then(|object| self.resolve(object).dict()) {
                return Some(found);
            }
            dict = self.resolve(dict.get("Parent")?).dict()?;
        }
        None
    }

    pub fn any_font(&self, name: &str) -> Option<&Object> {
        self.named.get(name)
    }

    pub fn read_font(&self, object: &Object) -> Option<Rc<Font>> {
        let number = if let Object::Reference(number) = object { Some(*number) } else { None };
        if let Some(font) = number.and_then(|number| self.fonts.borrow().get(&number).cloned()) {
            return Some(font);
        }
        let font = Rc::new(Font::read(self.resolve(object).dict()?, self));
        if let Some(number) = number {
            self.fonts.borrow_mut().insert(number, Rc::clone(&font));
        }
        Some(font)
    }
}

impl Lookup for Body<'_> {
    fn resolve<'o>(&'o self, object: &'o Object) -> &'o Object {
        Self::resolve(self, object)
    }

    fn stream(&self, object: &Object) -> Option<Vec<u8>> {
        let Object::Reference(number) = object else { return None };
        let entry = self.index.get(number).and_then(|&at| self.entries.get(at))?;
        filter::decoded(entry.object.dict()?, entry.raw?)
    }
}

/// The object number in front of `obj`: `12 0 obj`.
fn number_before(bytes: &[u8], at: usize) -> Option<u32> {
    let back = |mut at: usize, is: fn(u8) -> bool| {
        let end = at;
        while at > 0 && end - at < 12 && bytes.get(at - 1).is_some_and(|&b| is(b)) {
            at -= 1;
        }
        at
    };
    let digit = |b: u8| b.is_ascii_digit();
    let generation_end = back(at, is_space);
    let generation = back(generation_end, digit);
    let number_end = back(generation, is_space);
    let number = back(number_end, digit);
    let fits = generation < generation_end && number_end < generation && number < number_end;
    let text = fits.then(|| bytes.get(number..number_end)).flatten()?;
    std::str::from_utf8(text).ok()?.parse().ok()
}

/// Where a stream's data end: after its length, if `endstream` follows there, else at the next one.
fn stream_end(bytes: &[u8], start: usize, length: Option<f64>) -> usize {
    let length = length.filter(|&length| length >= 0.0).map(|length| length as usize);
    if let Some(end) = length.and_then(|length| start.checked_add(length)).filter(|&end| end <= bytes.len()) {
        let after = bytes.get(end..(end + 12).min(bytes.len())).unwrap_or_default();
        let space = after.iter().take_while(|&&b| is_space(b)).count();
        if after.get(space..).is_some_and(|rest| rest.starts_with(b"endst")) {
            return end;
        }
    }
    let rest = bytes.get(start..).unwrap_or_default();
    memmem::find(rest, b"endstream").map_or(bytes.len(), |found| start + found)
}
