//! Graphics: annotations, overlays, curves, labels of what was drawn.
use super::super::{
    garden::{Garden, at, in_charset, kind},
    rehearsal,
};
use dcmleak::demo::encode::DataSet;

pub fn grow(garden: &mut Garden) {
    let say = garden.words.graphic.say.clone();
    for _ in 0..garden.words.rounds.0 {
        for [place, what, template] in &say {
            plant(garden, place, what, template);
        }
    }
}

fn plant(garden: &mut Garden, place: &str, what: &str, template: &str) {
    let person = garden.person_for(template);
    let (known, kind) = kind(what);
    let text = garden.fill(template, &person);
    let (modality, extra, at) = drawn(place, &text);
    let ground = garden.ground(&person, known, modality);
    let set = in_charset(ground, &person, &(text.clone() + &person.pn())).join(extra);
    garden.set(format!("{place}: {template}"), kind, text, &at, set);
}

fn drawn<'a>(place: &'a str, text: &str) -> (&'a str, DataSet, String) {
    let (name, group) = place
        .rsplit_once(' ')
        .filter(|(_, g)| g.len() == 4 && u32::from_str_radix(g, 16).is_ok())
        .unwrap_or((place, ""));
    let group =
        u32::from_str_radix(group, 16).unwrap_or(if name.starts_with("curve") { 0x5000 } else { 0x6000 });
    let base = group << 16;
    let new = DataSet::new;
    let plane = new()
        .us(base | 0x10, &[64])
        .us(base | 0x11, &[64])
        .cs(base | 0x40, "G")
        .ss(base | 0x50, &[1, 1])
        .us(base | 0x100, &[1])
        .us(base | 0x102, &[0]);
    let curve =
        new().us(base | 0x05, &[1]).us(base | 0x10, &[4]).cs(base | 0x20, "ECG").us(base | 0x103, &[0]);
    match name {
        "text" | "text2" => {
            let object = |text: &str| {
                new()
                    .st(0x0070_0006, text)
                    .cs(0x0070_0010, "N")
                    .fl(0x0070_0014, &[4.0, 4.0])
                    .cs(0x0070_0015, "Y")
            };
            let layer = |objects| new().cs(0x0070_0002, "LAYER1").seq(0x0070_0008, objects);
            match name {
                "text" => (
                    "PR",
                    new().seq(0x0070_0001, vec![layer(vec![object(text)])]),
                    "(0070,0001)[0].(0070,0008)[0].(0070,0006)".to_owned(),
                ),
                _ => (
                    "PR",
                    new().seq_undefined(
                        0x0070_0001,
                        vec![layer(vec![object("R")]), layer(vec![object("L4"), object(text)])],
                    ),
                    "(0070,0001)[1].(0070,0008)[1].(0070,0006)".to_owned(),
                ),
            }
        }
        "compound" => {
            let object = new().cs(0x0070_0294, "RANGELINE").st(0x0070_0006, text).seq(0x0070_0209, vec![]);
            (
                "PR",
                new().seq(0x0070_0001, vec![new().seq(0x0070_0209, vec![object])]),
                "(0070,0001)[0].(0070,0209)[0].(0070,0006)".to_owned(),
            )
        }
        "label" => ("CT", plane.lo(base | 0x1500, text), at(base | 0x1500)),
        "description" => ("CT", plane.lo(base | 0x22, text), at(base | 0x22)),
        "comments" => ("CR", plane.lt(base | 0x4000, text), at(base | 0x4000)),
        "plane" => {
            // A frame of lines, as of a table of words.
            let words: Vec<u16> = (0..256).map(|n| if n % 16 < 8 { 0x5a3c } else { 0 }).collect();
            ("CR", plane.ow(base | 0x3000, words), at(base | 0x3000))
        }
        "curve label" => ("NM", curve.lo(base | 0x2500, text), at(base | 0x2500)),
        "curve description" => ("NM", curve.lo(base | 0x22, text), at(base | 0x22)),
        "curve text" => ("US", curve.raw(base | 0x3000, b"OW", text.as_bytes()), at(base | 0x3000)),
        "content description" => ("PR", new().lo(0x0070_0081, text), at(0x0070_0081)),
        "content creator" => ("PR", new().pn(0x0070_0084, text), at(0x0070_0084)),
        "content label" => ("PR", new().cs(0x0070_0080, text), at(0x0070_0080)),
        "roi" => (
            "RTSTRUCT",
            new().seq(0x3006_0020, vec![new().is(0x3006_0022, "1").lo(0x3006_0026, text)]),
            "(3006,0020)[0].(3006,0026)".to_owned(),
        ),
        "roi description" => (
            "RTSTRUCT",
            new().seq(
                0x3006_0020,
                vec![new().is(0x3006_0022, "1").lo(0x3006_0026, "PTV").st(0x3006_0028, text)],
            ),
            "(3006,0020)[0].(3006,0028)".to_owned(),
        ),
        "structure label" => ("RTSTRUCT", new().sh(0x3006_0002, text), at(0x3006_0002)),
        "waveform" => (
            "ECG",
            new().seq(0x0040_B020, vec![new().st(0x0070_0006, text)]),
            "(0040,B020)[0].(0070,0006)".to_owned(),
        ),
        "segment" => (
            "SEG",
            new().seq(0x0062_0002, vec![new().us(0x0062_0004, &[1]).lo(0x0062_0005, text)]),
            "(0062,0002)[0].(0062,0005)".to_owned(),
        ),
        "segment description" => (
            "SEG",
            new().seq(
                0x0062_0002,
                vec![new().us(0x0062_0004, &[1]).lo(0x0062_0005, "liver").st(0x0062_0006, text)],
            ),
            "(0062,0002)[0].(0062,0006)".to_owned(),
        ),
        "layer" => (
            "PR",
            new().seq(0x0070_0060, vec![new().cs(0x0070_0002, "L1").lo(0x0070_0068, text)]),
            "(0070,0060)[0].(0070,0068)".to_owned(),
        ),
        _ => rehearsal::forms::drawn(place, text),
    }
}
