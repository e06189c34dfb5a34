//! Text in blobs: in other encodings, in markup, in vendors' headers, amid binary numbers.
use super::super::{
    garden::{Garden, at, kind},
    rng::Rng,
    wrap,
};
use dcmleak::demo::encode::DataSet;

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
    let bytes = wrapped(form, &text, &mut garden.rng);
    let tags =
        garden.half.of([0x0029_1010, 0x0045_1021, 0x7FE1_1013], [0x0027_1033, 0x0061_1002, 0x0099_10F0]);
    let creator = garden.half.of("EXAMPLE VENDOR 1.0", "SAMPLE MEDICAL BLOCK");
    let tag = match form {
        "csa1" | "csa2" | "phoenix" => 0x0029_1010,
        _ => tags[turn % 3],
    };
    let creator = if tag == 0x0029_1010 && form.starts_with("csa") { "SIEMENS CSA HEADER" } else { creator };
    let vr = [b"OB", b"UN", b"OB", b"OW", b"UN"][turn % 5];
    let modality = garden.modality();
    let ground = garden.ground(&person, known, &modality);
    let set = ground.join(DataSet::new().lo(tag & 0xffff_0000 | 0x10, creator).raw(tag, vr, bytes));
    garden.set(format!("{form}: {}", template.escape_debug()), kind, text, &at(tag), set);
}

/// The text in that form.
pub fn wrapped(form: &str, text: &str, rng: &mut Rng) -> Vec<u8> {
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
        other => panic!("no form is called {other}"),
    }
}
