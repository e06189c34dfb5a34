//! Sentences that say who the patient is, in any element of text, in many languages.
use super::super::{
    garden::{Garden, at, in_charset, tag},
    plant::Kind,
};
use dcmleak::demo::encode::DataSet;

/// Characters that a value of the VR may have.
fn capacity(vr: &str) -> usize {
    match vr {
        "SH" => 16,
        "LO" => 64,
        "ST" => 1024,
        _ => 10240,
    }
}

pub fn grow(garden: &mut Garden) {
    let say = garden.words.say.clone();
    let mut turn = 0;
    for (lang, kinds) in &say {
        for (kind, templates) in kinds {
            for template in templates {
                sentence(garden, (lang, kind), template, turn);
                turn += 1;
            }
        }
    }
}

fn sentence(garden: &mut Garden, (lang, kind): (&str, &str), template: &str, turn: usize) {
    let person = garden.speaker(lang);
    let text = garden.fill(template, &person);
    let disguise = format!("{lang} {kind}: {template}");
    let kind = Kind::parse(kind);
    let host = garden.host();
    if turn % 5 == 4 {
        let (hex, vr, creator) = garden.words.foreign[turn / 5 % garden.words.foreign.len()].clone();
        let tag = tag(&hex);
        let set = in_charset(host, &person, &text);
        let bytes = person.charset_for(&text).encode(&text);
        let mut extra = match vr.as_str() {
            // What is in UN has no character set of its own: that of the data set.
            "UN" => DataSet::new().un(tag, bytes),
            "LO" if text.chars().count() > 64 => DataSet::new().ut(tag, &text),
            _ => DataSet::new().text(tag, &vr.as_bytes().try_into().unwrap(), &text),
        };
        if !creator.is_empty() {
            extra = extra.lo(tag & 0xffff_0000 | (tag >> 8 & 0xff), &creator);
        }
        return garden.set(disguise, kind, text, &at(tag), set.replace(extra));
    }
    let fitting: Vec<_> = garden
        .words
        .carriers
        .iter()
        .filter(|(_, vr)| text.chars().count() <= capacity(vr))
        .cloned()
        .collect();
    let (hex, vr) = fitting[turn % fitting.len()].clone();
    let extra = DataSet::new().text(tag(&hex), &vr.as_bytes().try_into().unwrap(), &text);
    if turn % 7 == 3 {
        // In an item of a sequence.
        let set = in_charset(host, &person, &text).seq(0x0040_0275, vec![extra]);
        let place = format!("(0040,0275)[0].{}", at(tag(&hex)));
        return garden.set(disguise, kind, text, &place, set);
    }
    let set = in_charset(host, &person, &text).replace(extra);
    garden.set(disguise, kind, text, &at(tag(&hex)), set);
}
