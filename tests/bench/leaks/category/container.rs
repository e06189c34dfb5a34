//! What surrounds the data set, and what the data set should not hold.
use super::super::{
    garden::{Garden, at, in_charset, kind},
    host,
    plant::Spot,
    rehearsal, wrap,
};
use dcmleak::demo::encode::{DataSet, FileBuilder, Syntax};

pub fn grow(garden: &mut Garden) {
    let say = garden.words.container.say.clone();
    for _ in 0..2 {
        for [place, what, template] in &say {
            plant(garden, place, what, template);
        }
    }
}

fn plant(garden: &mut Garden, place: &str, what: &str, template: &str) {
    let person = garden.person_for(template);
    let (known, kind) = kind(what);
    let text = garden.fill(template, &person);
    let modality = garden.modality();
    let ground = garden.ground(&person, known, &modality);
    let set = in_charset(ground, &person, &(text.clone() + &person.pn())).sorted();
    let syntax = if garden.rng.below(4) == 0 { Syntax::ImplicitLe } else { Syntax::ExplicitLe };
    let file = |set: DataSet| FileBuilder::new(host::sop_class(&modality), syntax).data(set);
    let padded = |text: &[u8]| [text.to_vec(), vec![b' '; text.len() % 2]].concat();
    let here = |name: &'static str, file: FileBuilder| (vec![Spot::Place(name)], file);
    let tag = |tag: u32, file: FileBuilder| (vec![Spot::At(at(tag))], file);
    let (spots, built) = match place {
        "preamble" => here("preamble", file(set).preamble(text.as_bytes())),
        "preamble utf16" => here("preamble", file(set).preamble(wrap::utf16(&text, false))),
        "preamble mz" => {
            here("preamble", file(set).preamble(b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0\xb8".to_vec()))
        }
        "preamble elf" => here(
            "preamble",
            file(set).preamble(b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x02\0\x3e\0".to_vec()),
        ),
        "preamble tiff" => here("preamble", file(set).preamble(b"II*\0\x10\0\0\0".to_vec())),
        "preamble bigtiff" => here("preamble", file(set).preamble(b"MM\0+\0\x08\0\0".to_vec())),
        "preamble zip" => here("preamble", file(set).preamble(b"PK\x03\x04\x14\0\x08\0\x08\0".to_vec())),
        "preamble script" => {
            here("preamble", file(set).preamble(b"#!/bin/sh\nexec tail -c +400 $0\n".to_vec()))
        }
        "preamble pdf" => here("preamble", file(set).preamble(b"%PDF-1.7\n1 0 obj\n".to_vec())),
        "preamble macho" => {
            here("preamble", file(set).preamble(b"\xcf\xfa\xed\xfe\x07\0\0\x01\x03\0\0\0".to_vec()))
        }
        "ae 0016" | "ae 0017" | "ae 0018" => {
            let element = 0x0002_0000 | u32::from_str_radix(&place[3..], 16).unwrap();
            let title: String = text.chars().take(16).collect();
            tag(element, file(set).meta(DataSet::new().ae(element, title)))
        }
        "private information" => tag(
            0x0002_0102,
            file(set).meta(DataSet::new().ui(0x0002_0100, "2.999.8").ob(0x0002_0102, text.as_bytes())),
        ),
        "implementation" => {
            let title: String = text.chars().take(16).collect();
            tag(0x0002_0013, file(set).meta(DataSet::new().sh(0x0002_0013, title)))
        }
        "trailer" => here("trailer", file(set).trailer(padded(text.as_bytes()))),
        "trailer utf16" => here("trailer", file(set).trailer(wrap::utf16(&text, false))),
        "trailer xml" => here("trailer", file(set).trailer(format!("<log>{text}</log>"))),
        "trailer base64" => here("trailer", file(set).trailer(wrap::base64(text.as_bytes(), false))),
        "trailer zip" => here("trailer", file(set).trailer(super::document::zip(garden))),
        "trailer pdf" => here("trailer", file(set).trailer(wrap::pdf::Pdf::new("", false).bytes(""))),
        "trailer jpeg" => here("trailer", file(set).trailer(wrap::stream::jpeg(&[]))),
        "trailer dicom" => {
            let other = host::file(DataSet::new().pn(0x0010_0010, person.pn()), Syntax::ExplicitLe);
            here("trailer", file(set).trailer(other))
        }
        "padding" => tag(0xFFFC_FFFC, file(set.ob(0xFFFC_FFFC, text.as_bytes()))),
        "padding utf16" => tag(0xFFFC_FFFC, file(set.ob(0xFFFC_FFFC, wrap::utf16(&text, false)))),
        // After the pixels, where readers that stop there do not look.
        "disorder" => tag(0x0010_1001, file(set.without(&[0x0010_1001]).pn(0x0010_1001, &text))),
        "disorder id" => tag(0x0010_1000, file(set.lo(0x0010_1000, &text))),
        "disorder phone" => tag(0x0010_2154, file(set.sh(0x0010_2154, &text))),
        "duplicate" => tag(0x0010_0010, file(set.pn(0x0010_0010, &text).sorted())),
        "duplicate id" => tag(0x0010_0020, file(set.lo(0x0010_0020, &text).sorted())),
        "duplicate birth" => tag(0x0010_0030, file(set.da(0x0010_0030, &text).sorted())),
        "duplicate late" => tag(0x0010_0010, file(set.pn(0x0010_0010, &text))),
        "after padding" => tag(0x0010_1005, file(set.ob(0xFFFC_FFFC, [0; 8]).pn(0x0010_1005, &text))),
        "group length" => {
            tag(0x0010_0000, file(DataSet::new().ul(0x0010_0000, &[99_999_999]).join(set).sorted()))
        }
        "item disorder" => {
            let item = DataSet::new().lo(0x0040_1001, "A1").pn(0x0010_0010, &text);
            let spots = vec![Spot::At(format!("(0040,0275)[0].{}", at(0x0010_0010)))];
            (spots, file(set.seq(0x0040_0275, vec![item]).sorted()))
        }
        other => rehearsal::forms::built(other, &text, set, file),
    };
    let bytes = built.to_bytes();
    let files = vec![super::super::plant::Planted { path: "IM0001".to_owned(), bytes }];
    garden.put(format!("{place}: {template}"), kind, text, spots, files, 0);
}
