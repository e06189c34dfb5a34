//! PDF (ISO 32000-1), read for its text.
//!
//! Objects are found where they stand, without the cross-reference table: what an update left behind is in the file
//! as well, and of a long document only the beginning may be held. Streams are decoded to a limit. Crates that
//! do more need the whole file, or have no limit on what they decode.

mod body;
mod filter;
mod font;
mod object;
mod page;

use super::super::gather::{Gather, Lines};
use super::super::{blob, markup, stream};
use body::{Body, Entry};
use object::{Dict, Object};
use page::Shown;
use std::rc::Rc;

/// Streams read without a page that names them.
const MOST_LOOSE: usize = 256;
const MOST_PAGES: usize = 2000;

/// What was made of a document.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in super::super) struct Outcome {
    /// Its strings and streams are ciphered.
    pub is_encrypted: bool,
    /// Letters and digits that its pages show.
    pub letters: usize,
    /// Codes that no font of it explains.
    pub unknown: usize,
    /// Pages that show images and no text.
    pub pictures: usize,
}

impl Outcome {
    /// Whether what a person would read in it was read.
    pub fn is_understood(self) -> bool {
        !self.is_encrypted && self.letters > 0 && self.unknown * 5 <= self.letters && self.pictures == 0
    }
}

/// Says everything that a document holds: pages, information, annotations, fields, names, attachments, metadata.
pub(in super::super) fn read(bytes: &[u8], gather: &mut Gather<'_, '_>) -> Outcome {
    let body = Body::read(bytes, gather);
    let mut outcome = Outcome { is_encrypted: body.is_encrypted, ..Outcome::default() };
    if body.is_encrypted {
        return outcome;
    }
    strings(&body, gather);
    let shown = pages(&body, gather, &mut outcome);
    let mut loose = 0;
    for (at, entry) in body.entries.iter().enumerate() {
        let Some(raw) = entry.raw.filter(|_| !shown.contains(&at)) else { continue };
        let Object::Dict(dict) = &entry.object else { continue };
        match kind(dict) {
            Stream::Image => image(dict, raw, gather),
            Stream::Metadata => {
                if let Some(xml) = body.content(entry, gather) {
                    let text = String::from_utf8_lossy(&xml);
                    markup::xml(text.trim_matches(['\u{feff}', ' ', '\n', '\r']), gather);
                }
            }
            Stream::File => {
                if let Some(file) = body.content(entry, gather) {
                    gather.deeper(0, |gather| blob::look(&file, "an attachment of a PDF", gather));
                }
            }
            Stream::Content if loose < MOST_LOOSE => {
                loose += 1;
                let resources =
                    dict.get("Resources").map(|object| body.resolve(object)).and_then(Object::dict);
                let Some(content) = body.content(entry, gather).filter(|content| is_content(content)) else {
                    continue;
                };
                let mut shown = Shown::default();
                page::read(&content, &mut |name| body.font(resources, name), &mut shown);
                count(&shown, &mut outcome);
                gather.say("text in a PDF", &shown.text);
            }
            _ => {}
        }
    }
    outcome
}

/// The pages' text; which streams that took.
fn pages(body: &Body<'_>, gather: &mut Gather<'_, '_>, outcome: &mut Outcome) -> Vec<usize> {
    let mut taken = Vec::new();
    let pages = body.entries.iter().filter_map(|entry| entry.object.dict());
    for dict in pages.filter(|dict| dict.name("Type") == Some("Page")).take(MOST_PAGES) {
        let Some(contents) = dict.get("Contents") else { continue };
        let resources = body.inherited(dict, "Resources");
        let mut content = Vec::new();
        let contents = match contents {
            Object::Reference(_) => match body.resolve(contents) {
                Object::Array(items) => items.as_slice(),
                _ => std::slice::from_ref(contents),
            },
            other => other.each(),
        };
        for part in contents.iter().take(1024) {
            let Object::Reference(number) = part else { continue };
            let Some(&at) = body.index.get(number) else { continue };
            let Some(entry) = body.entries.get(at) else { continue };
            content.extend(body.content(entry, gather).unwrap_or_default());
            content.push(b'\n');
            taken.push(at);
        }
        let mut shown = Shown::default();
        page::read(&content, &mut |name| body.font(resources, name), &mut shown);
        let is_image = |name: &String| {
            let objects = body.resolve(resources?.get("XObject")?).dict()?;
            Some(body.resolve(objects.get(name)?).dict()?.name("Subtype") == Some("Image"))
        };
        let images = shown.images + shown.painted.iter().filter(|name| is_image(name) == Some(true)).count();
        if count(&shown, outcome) == 0 && images > 0 {
            outcome.pictures += 1;
        }
        gather.say("text in a PDF", &shown.text);
    }
    taken.sort_unstable();
    taken
}

fn count(shown: &Shown, outcome: &mut Outcome) -> usize {
    let letters = shown.text.chars().filter(|c| c.is_alphanumeric()).count();
    outcome.letters += letters;
    outcome.unknown += shown.unknown;
    letters
}

#[derive(Debug, PartialEq, Eq)]
enum Stream {
    Content,
    Image,
    Metadata,
    File,
    /// Fonts, profiles, tables: of the document, not of what it says.
    Part,
}

fn kind(dict: &Dict) -> Stream {
    match (dict.name("Type"), dict.name("Subtype")) {
        (_, Some("Image")) => Stream::Image,
        (Some("Metadata"), _) => Stream::Metadata,
        (Some("EmbeddedFile"), _) => Stream::File,
        (Some("XRef" | "ObjStm" | "CMap"), _) => Stream::Part,
        (_, Some("Type1C" | "CIDFontType0C" | "OpenType")) => Stream::Part,
        _ if dict.get("Length1").is_some() || dict.get("FunctionType").is_some() => Stream::Part,
        _ if dict.get("Alternate").is_some() || dict.get("ShadingType").is_some() => Stream::Part,
        _ => Stream::Content,
    }
}

/// Whether a stream shows text.
fn is_content(bytes: &[u8]) -> bool {
    memchr::memmem::find(bytes, b"BT").is_some() && memchr::memmem::find(bytes, b"T").is_some()
}

fn image(dict: &Dict, raw: &[u8], gather: &mut Gather<'_, '_>) {
    let filters = dict.get("Filter").map_or(&[][..], Object::each);
    match filters.last() {
        Some(Object::Name(name)) if name == "DCTDecode" => drop(stream::jpeg(raw, gather)),
        Some(Object::Name(name)) if name == "JPXDecode" => {
            let _ = stream::boxes(raw, gather).or_else(|| stream::codestream(raw, gather));
        }
        _ => {}
    }
}

/// Keys whose strings are of the machinery.
const SILENT: [&str; 16] = [
    "ID", "O", "U", "OE", "UE", "Perms", "DA", "Lang", "Registry", "Ordering", "Panose", "CharSet", "Cert",
    "Style", "CheckSum", "Params",
];

/// Says the strings of all dictionaries, each with its key: information, annotations, fields, outlines, file names.
fn strings(body: &Body<'_>, gather: &mut Gather<'_, '_>) {
    let mut lines = Lines::new("the information of a PDF");
    let mut open: Vec<(&str, &Object)> = Vec::new();
    for Entry { object, .. } in &body.entries {
        open.push(("", object));
        while let Some((key, object)) = open.pop() {
            match object {
                Object::Dict(dict) => {
                    let field = field(dict);
                    if let Some((name, value)) = &field {
                        lines.value(name, value);
                    }
                    let said =
                        |key: &str| SILENT.contains(&key) || (field.is_some() && matches!(key, "T" | "V"));
                    open.extend(
                        dict.0.iter().filter(|(key, _)| !said(key)).map(|(key, value)| (key.as_str(), value)),
                    );
                }
                Object::Array(items) => open.extend(items.iter().map(|item| (key, item))),
                Object::Text(text) if !matches!(key, "Differences" | "CIDSystemInfo") => {
                    let text = text_of(text);
                    let text = text.strip_prefix("D:").unwrap_or(&text);
                    if text.chars().any(char::is_control) && !super::super::runs::reads(text) {
                        continue;
                    }
                    match key {
                        // What wrote the document, not who.
                        "Producer" | "Creator" => lines.line(text),
                        key => lines.value(key, text),
                    }
                }
                _ => {}
            }
        }
    }
    lines.say(gather);
}

/// Name and value of a form's field.
fn field(dict: &Dict) -> Option<(String, String)> {
    match (dict.get("T"), dict.get("V")) {
        (Some(Object::Text(name)), Some(Object::Text(value))) => Some((text_of(name), text_of(value))),
        _ => None,
    }
}

/// A text string (section 7.9.2.2): UTF-16 or UTF-8 by its mark, else Latin-1 for PDFDocEncoding.
fn text_of(bytes: &[u8]) -> String {
    match bytes {
        [0xfe, 0xff, rest @ ..] => encoding_rs::UTF_16BE.decode_without_bom_handling(rest).0.into_owned(),
        [0xff, 0xfe, rest @ ..] => encoding_rs::UTF_16LE.decode_without_bom_handling(rest).0.into_owned(),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(),
    }
}

impl Body<'_> {
    /// The font that resources name so; where they do not, one that others name so.
    fn font(&self, resources: Option<&Dict>, name: &str) -> Option<Rc<font::Font>> {
        let fonts = resources.and_then(|dict| dict.get("Font")).map(|fonts| self.resolve(fonts));
        let own = fonts.and_then(Object::dict).and_then(|fonts| fonts.get(name));
        self.read_font(own.or_else(|| self.any_font(name))?)
    }
}

#[cfg(test)]
mod tests;
