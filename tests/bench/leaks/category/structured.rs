//! Content items of structured reports.
use super::super::garden::{Garden, at, in_charset, kind};
use dcmleak::demo::encode::DataSet;

fn concept(code: &str, scheme: &str, meaning: &str) -> DataSet {
    let scheme = if scheme.starts_with("99") { "99LOCAL" } else { scheme };
    let item = DataSet::new().sh(0x0008_0100, code).sh(0x0008_0102, scheme).lo(0x0008_0104, meaning);
    DataSet::new().seq(0x0040_A043, vec![item])
}

fn item(kind: &str, concept: DataSet) -> DataSet {
    DataSet::new().cs(0x0040_A010, "CONTAINS").cs(0x0040_A040, kind).join(concept)
}

pub fn grow(garden: &mut Garden) {
    let say = garden.words.structured.say.clone();
    for depth in 0..2 {
        for entry in &say {
            plant(garden, entry, depth);
        }
    }
}

fn plant(
    garden: &mut Garden,
    [value_type, code, scheme, meaning, what, template]: &[String; 6],
    depth: usize,
) {
    let person = garden.person_for(template);
    let (known, kind) = kind(what);
    let text = garden.fill(template, &person);
    let ground = garden.ground(&person, known, "SR");
    let set = in_charset(ground, &person, &(text.clone() + &person.pn()));
    let concept_of = concept(code, scheme, meaning);
    let (tag, vr, value_type) = match value_type.as_str() {
        "PNAME" => (0x0040_A123, b"PN", "PNAME"),
        "DATE" => (0x0040_A121, b"DA", "DATE"),
        "DATETIME" => (0x0040_A120, b"DT", "DATETIME"),
        _ => (0x0040_A160, b"UT", "TEXT"),
    };
    let leaf = item(value_type, concept_of).text(tag, vr, &text);
    let harmless = item("TEXT", concept("121071", "DCM", "Finding")).ut(0x0040_A160, "No focal lesion.");
    let number = item("NUM", concept("112031", "DCM", "Attenuation Coefficient"));
    let (tree, place) = if depth == 0 {
        (vec![harmless, number, leaf], format!("(0040,A730)[2].{}", at(tag)))
    } else {
        let inner =
            item("CONTAINER", concept("121070", "DCM", "Findings")).seq(0x0040_A730, vec![number, leaf]);
        let outer = item("CONTAINER", concept("121078", "DCM", "Impressions"))
            .seq(0x0040_A730, vec![harmless, inner]);
        (vec![outer], format!("(0040,A730)[0].(0040,A730)[1].(0040,A730)[1].{}", at(tag)))
    };
    let set = set
        .cs(0x0040_A040, "CONTAINER")
        .join(concept("126000", "DCM", "Imaging Measurement Report"))
        .cs(0x0040_A050, "SEPARATE")
        .seq(0x0040_A730, tree);
    garden.set(format!("{value_type} {meaning}: {template}"), kind, text, &place, set);
}
