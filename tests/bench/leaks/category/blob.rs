//! Text in blobs: in other encodings, in markup, in vendors' headers, amid binary numbers.
use super::super::{
    garden::{Garden, at, kind},
    rehearsal,
    rng::Rng,
    wrap,
};
use dcmleak::demo::encode::{Charset, DataSet};

pub fn grow(garden: &mut Garden) {
    let forms = garden.words.blob.clone().into_iter().map(|form| (form, ""));
    let known = garden.words.known.clone().into_iter().map(|form| (form, "known "));
    let all: Vec<_> = forms.chain(known).collect();
    let mut turn = 0;
    for (form, prefix) in &all {
        for [what, template] in &form.say {
            turn += 1;
            plant(garden, &form.form, &format!("{prefix}{what}"), template, turn);
        }
    }
}

fn plant(garden: &mut Garden, form: &str, what: &str, template: &str, turn: usize) {
    let person = garden.person_for(template);
    let (known, kind) = kind(what);
    let text = garden.fill(template, &person);
    let bytes = wrapped(form, &text, person.charset_for(&text), &mut garden.rng);
    let tags = &garden.words.blob_tags;
    let creator = garden.words.blob_creator.clone();
    let tag = match form {
        "csa1" | "csa2" | "phoenix" => 0x0029_1010,
        _ => super::super::garden::tag(&tags[turn % tags.len()]),
    };
    let creator =
        if tag == 0x0029_1010 && form.starts_with("csa") { "SIEMENS CSA HEADER".to_owned() } else { creator };
    let vr = [b"OB", b"UN", b"OB", b"OW", b"UN"][turn % 5];
    let modality = garden.modality();
    let ground = rehearsal::forms::declared(form, garden.ground(&person, known, &modality), &person, &text);
    let set = ground.join(DataSet::new().lo(tag & 0xffff_0000 | 0x10, creator).raw(tag, vr, bytes));
    garden.set(format!("{form}: {}", template.escape_debug()), kind, text, &at(tag), set);
}

/// The text in that form; `charset` is the one that its writer would take.
pub fn wrapped(form: &str, text: &str, charset: Charset, rng: &mut Rng) -> Vec<u8> {
    match form {
        "bytes" => wrap::amid(text.as_bytes(), rng),
        "text" => text.as_bytes().to_vec(),
        "utf16le" => wrap::amid(&wrap::utf16(text, false), rng),
        "utf16be" => wrap::amid(&wrap::utf16(text, true), rng),
        "utf16bom" => [b"\xff\xfe".to_vec(), wrap::utf16(text, false)].concat(),
        "utf16 odd" => [b"\x01".to_vec(), wrap::utf16(text, false)].concat(),
        "base64" => wrap::base64(text.as_bytes(), false).into_bytes(),
        "base64mime" => wrap::base64(text.as_bytes(), true).into_bytes(),
        "base64url" => wrap::base64(text.as_bytes(), false)
            .replace('+', "-")
            .replace('/', "_")
            .trim_end_matches('=')
            .into(),
        "base64 in xml" => {
            format!("<?xml version=\"1.0\"?><d><blob>{}</blob></d>", wrap::base64(text.as_bytes(), false))
                .into_bytes()
        }
        "xml" => format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{text}\n").into_bytes(),
        "xml utf16" => [
            b"\xff\xfe".to_vec(),
            wrap::utf16(&format!("<?xml version=\"1.0\" encoding=\"UTF-16\"?>{text}"), false),
        ]
        .concat(),
        "json" => text.as_bytes().to_vec(),
        "csa1" | "csa2" => {
            let (name, value) = text.split_once('=').unwrap();
            wrap::csa_around(name, value, form == "csa2")
        }
        "phoenix" => wrap::phoenix(text),
        other => rehearsal::forms::blob(other, text, charset, rng),
    }
}
