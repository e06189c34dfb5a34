//! Names of files and folders, and the records of a DICOMDIR.
use super::super::{
    garden::{Garden, at, in_charset, kind, tag},
    host,
    plant::{Planted, Spot},
};
use dcmleak::demo::encode::{DataSet, Syntax};

pub fn grow(garden: &mut Garden) {
    let say = garden.words.path.say.clone();
    for _ in 0..2 {
        for [template, what] in &say {
            plant(garden, template, what);
        }
    }
    let records = garden.words.path.records.clone();
    for entry in &records {
        record(garden, entry);
    }
}

fn plant(garden: &mut Garden, template: &str, what: &str) {
    let mut person = garden.person_for(template);
    person.phone = person.phone.replace('/', "-");
    let (known, kind) = kind(what);
    let path = garden.fill(template, &person);
    // What no file system would take in a name.
    let path = path.replace([':', '"', '*', '?'], "_");
    let modality = garden.modality();
    let ground = garden.ground(&person, known, &modality);
    let syntax = garden.syntax();
    let bytes = host::file(in_charset(ground, &person, &person.pn()), syntax);
    let files = vec![Planted { path: path.clone(), bytes }];
    garden.put(template, kind, path, vec![Spot::Place("path")], files, 0);
}

/// A directory (PS3.3 Annex F) of a patient, a study, a series and an image.
fn record(garden: &mut Garden, [level, hex, vr, what, template]: &[String; 5]) {
    let person = garden.person_for(template);
    let (known, kind) = kind(what);
    let text = garden.fill(template, &person);
    let charset = person.charset_for(&(text.clone() + &person.pn()));
    let tag = tag(hex);
    let mut records = Vec::new();
    for (number, name) in ["PATIENT", "STUDY", "SERIES", "IMAGE"].into_iter().enumerate() {
        let mut set = DataSet::new()
            .ul(0x0004_1400, &[0])
            .us(0x0004_1410, &[0xffff])
            .ul(0x0004_1420, &[0])
            .cs(0x0004_1430, name);
        set = set.charset(charset);
        set = match (name, known) {
            ("PATIENT", true) => set.pn(0x0010_0010, person.pn()).lo(0x0010_0020, &person.id),
            ("PATIENT", false) => set.pn(0x0010_0010, "ANONYMOUS").lo(0x0010_0020, "000000"),
            ("SERIES", _) => set.cs(0x0008_0060, "CT").is(0x0020_0011, "1"),
            ("IMAGE", _) => set.cs(0x0004_1500, "IMAGES\\IM0001").is(0x0020_0013, (number + 1).to_string()),
            _ => set,
        };
        if name == level {
            set = set.replace(DataSet::new().text(tag, &vr.as_bytes().try_into().unwrap(), &text));
        }
        records.push(set.sorted());
    }
    let index = ["PATIENT", "STUDY", "SERIES", "IMAGE"].iter().position(|name| name == level).unwrap();
    let set = DataSet::new()
        .ui(0x0008_0016, "1.2.840.10008.1.3.10")
        .cs(0x0004_1130, "EXPORT")
        .ul(0x0004_1200, &[0])
        .ul(0x0004_1202, &[0])
        .us(0x0004_1212, &[0])
        .seq(0x0004_1220, records);
    let bytes = host::file(set.without(&[0x0008_0016]), Syntax::ExplicitLe);
    let spots = vec![Spot::At(format!("(0004,1220)[{index}].{}", at(tag)))];
    garden.put(
        format!("DICOMDIR {level}: {template}"),
        kind,
        text,
        spots,
        vec![Planted { path: "DICOMDIR".to_owned(), bytes }],
        0,
    );
}
