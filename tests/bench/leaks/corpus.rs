//! Real files with a leak spliced in, and real files that are de-identified; only where `DCMLEAK_CORPUS` says where they lie.
use super::{
    clean::Clean,
    garden::{Garden, at, kind, tag},
    half::Half,
    plant::{Category, Kind, Planted, Spot},
};
use dcmleak::{
    demo::encode::{DataSet, FileBuilder, Syntax},
    dicom::{Limits, Reader, Reading, Status, Tag},
};
use std::path::{Path, PathBuf};

/// The most bytes that a file may have.
const MOST: usize = 300_000;

pub fn root() -> Option<PathBuf> {
    std::env::var_os("DCMLEAK_CORPUS").map(PathBuf::from)
}

/// The files that the index or their own header calls de-identified, and that are: looked at one by one.
pub fn clean(root: &Path) -> Vec<Clean> {
    let list = include_str!("data/corpus_clean.txt");
    let read = |path: &str| {
        let bytes = std::fs::read(root.join(path)).ok()?;
        Some(Clean { path: format!("real/{path}"), style: "real".to_owned(), bytes })
    };
    list.lines().filter_map(read).collect()
}

/// Adds plants in real files to the garden.
pub fn grow(garden: &mut Garden, root: &Path) {
    let mut reader = Reader::new(Limits::default());
    let hosts = hosts(root, garden.half);
    let say = &garden.words.real.say.clone();
    for (turn, path) in hosts.iter().enumerate() {
        let Ok(bytes) = std::fs::read(path) else { continue };
        if bytes.len() > MOST {
            continue;
        }
        let reading = reader.read_bytes(&bytes);
        let Some(syntax) = syntax(&reading) else { continue };
        let name = path.strip_prefix(root).unwrap_or(path).display().to_string();
        plant(garden, &say[turn % say.len()], &Host { bytes, reading, syntax, name });
    }
}

struct Host {
    bytes: Vec<u8>,
    reading: Reading,
    syntax: Syntax,
    name: String,
}

/// Some files of the index, without the malformed ones: every other one, and for the last two parts every third.
fn hosts(root: &Path, half: Half) -> Vec<PathBuf> {
    let index = std::fs::read_to_string(root.join("INDEX.csv")).unwrap_or_default();
    let mut rows = csv::Reader::from_reader(index.as_bytes());
    let heads = rows.headers().unwrap().clone();
    let column = |name: &str| heads.iter().position(|head| head == name).unwrap_or(0);
    let (path, features) = (column("path"), column("features"));
    let fitting = rows.records().flatten().filter(|row| {
        !row[features].contains("MALFORMED")
            && !row[features].contains("DICOMDIR")
            && !row[path].contains("dicomdirtests")
    });
    let (step, first) = match half {
        Half::Developing => (2, 0),
        Half::Practice => (2, 1),
        Half::Rehearsal => (3, 1),
        Half::Judging => (3, 2),
    };
    let mine = fitting.enumerate().filter(|(n, _)| n % step == first);
    mine.map(|(_, row)| root.join(&row[path])).collect()
}

/// The layout of a file that can be spliced.
fn syntax(reading: &Reading) -> Option<Syntax> {
    let sound = reading.status == Status::Ok && reading.trailer.is_none();
    // Group lengths would be wrong afterwards, which is another leak.
    let plain = reading.rows.children(None).all(|(_, row)| row.tag.0 <= 2 || row.tag.1 != 0);
    // Some are laid out otherwise than their transfer syntax says.
    let implicit = reading.syntax.uid.as_deref() == Some("1.2.840.10008.1.2");
    let true_to_it = reading.rows.children(None).all(|(_, row)| row.tag.0 <= 2 || row.explicit != implicit);
    match reading.syntax.uid.as_deref() {
        _ if !sound || !plain || !true_to_it => None,
        Some("1.2.840.10008.1.2") => Some(Syntax::ImplicitLe),
        Some("1.2.840.10008.1.2.2") => Some(Syntax::ExplicitBe),
        None | Some("1.2.840.10008.1.2.1.99") => None,
        Some(_) => Some(Syntax::ExplicitLe),
    }
}

impl Host {
    /// The file with this one element at the top level instead of what was there.
    fn with(&self, tag: u32, element: DataSet) -> Vec<u8> {
        let key = Tag((tag >> 16) as u16, tag as u16);
        let start = |row: &dcmleak::dicom::Row| (row.offset - u64::from(row.header)) as usize;
        let top: Vec<_> = self.reading.rows.children(None).filter(|(_, row)| row.tag.0 > 2).collect();
        let end = self.bytes.len();
        let first = top.iter().find(|(_, row)| row.tag >= key).map_or(end, |(_, row)| start(row));
        let next = top.iter().find(|(_, row)| row.tag > key).map_or(end, |(_, row)| start(row));
        let new = FileBuilder::new("1.2", self.syntax).no_preamble().no_meta().data(element).to_bytes();
        [&self.bytes[..first], &new, &self.bytes[next..]].concat()
    }

    fn again(&self, bytes: Vec<u8>) -> Self {
        let reading = Reader::new(Limits::default()).read_bytes(&bytes);
        Self { bytes, reading, syntax: self.syntax, name: self.name.clone() }
    }
}

fn plant(garden: &mut Garden, [place, what, template]: &[String; 3], host: &Host) {
    let person = garden.speaker("en");
    let (known, kind) = kind(what);
    let text = garden.fill(template, &person);
    let mut host = host.again(host.bytes.clone());
    if known {
        for (tag, vr, value) in [
            (0x0010_0010, b"PN", person.pn()),
            (0x0010_0020, b"LO", person.id.clone()),
            (0x0010_0030, b"DA", person.born.dicom()),
        ] {
            host = host.again(host.with(tag, DataSet::new().text(tag, vr, value)));
        }
    }
    let (category, spot, bytes, path) = spliced(place, &text, &host, kind);
    garden.category = category;
    let files = vec![Planted { path, bytes }];
    garden.put(format!("real {}, {place}: {template}", host.name), kind, text, vec![spot], files, 0);
}

fn spliced(place: &str, text: &str, host: &Host, kind: Kind) -> (Category, Spot, Vec<u8>, String) {
    let plain = "IM0001".to_owned();
    let at_tag = |tag: u32| Spot::At(at(tag));
    match place {
        "preamble" if host.bytes.get(128..132) == Some(b"DICM") => {
            let mut bytes = host.bytes.clone();
            let head = &text.as_bytes()[..text.len().min(128)];
            bytes[..128].fill(0);
            bytes[..head.len()].copy_from_slice(head);
            (Category::Container, Spot::Place("preamble"), bytes, plain)
        }
        "trailer" => {
            let padding = vec![0; text.len() % 2];
            let bytes = [host.bytes.clone(), text.as_bytes().to_vec(), padding].concat();
            (Category::Container, Spot::Place("trailer"), bytes, plain)
        }
        "path" => (
            Category::Path,
            Spot::Place("path"),
            host.bytes.clone(),
            format!("{}/IM0001", text.replace('/', "_")),
        ),
        "item" => {
            let item = DataSet::new().lo(0x0040_1001, "P1").lo(0x0032_1060, text);
            let bytes = host.with(0x0040_0275, DataSet::new().seq(0x0040_0275, vec![item]));
            (Category::Text, Spot::At("(0040,0275)[0].(0032,1060)".to_owned()), bytes, plain)
        }
        "private" => {
            let creator =
                host.again(host.with(0x0077_0010, DataSet::new().lo(0x0077_0010, "EXAMPLE NOTES 4")));
            let bytes = creator.with(0x0077_1001, DataSet::new().lo(0x0077_1001, text));
            (Category::Private, at_tag(0x0077_1001), bytes, plain)
        }
        "blob" => {
            let creator =
                host.again(host.with(0x0077_0010, DataSet::new().lo(0x0077_0010, "EXAMPLE NOTES 4")));
            let wide = super::wrap::utf16(text, false);
            let bytes = creator.with(0x0077_1002, DataSet::new().ob(0x0077_1002, wide));
            (Category::Blob, at_tag(0x0077_1002), bytes, plain)
        }
        "claim" => {
            let claimed = host.again(host.with(0x0012_0062, DataSet::new().cs(0x0012_0062, "YES")));
            let bytes = claimed.with(0x0010_0010, DataSet::new().pn(0x0010_0010, text));
            (Category::Claim, at_tag(0x0012_0062), bytes, plain)
        }
        "uid" => {
            let bytes = host.with(0x0020_0052, DataSet::new().ui(0x0020_0052, text));
            (Category::Uid, at_tag(0x0020_0052), bytes, plain)
        }
        element => {
            let (hex, vr) = element.split_once(' ').unwrap_or(("00204000", "LT"));
            let tag = tag(hex);
            let bytes = host.with(tag, DataSet::new().text(tag, &vr.as_bytes().try_into().unwrap(), text));
            let crossed = matches!(tag, 0x0008_103E | 0x0018_1030) && kind == Kind::Name;
            let category = if tag >> 16 >= 0x6000 {
                Category::Graphic
            } else if crossed {
                Category::Cross
            } else {
                Category::Text
            };
            (category, at_tag(tag), bytes, plain)
        }
    }
}
