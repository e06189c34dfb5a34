//! Claims of having been de-identified that the file itself contradicts.
use super::super::{
    garden::{Garden, at, in_charset, kind, tag},
    plant::Kind,
};
use dcmleak::demo::encode::DataSet;

pub fn grow(garden: &mut Garden) {
    let say = garden.words.claim.say.clone();
    for _ in 0..3 {
        for [claim, hex, vr, what, template] in &say {
            plant(garden, claim, (hex, vr), what, template);
        }
    }
}

fn plant(garden: &mut Garden, claim: &str, (hex, vr): (&str, &str), what: &str, template: &str) {
    let person = garden.person_for(template);
    let (known, _) = kind(what);
    let text = garden.fill(template, &person);
    let ground = if known {
        let m = garden.modality();
        garden.named(&person, &m)
    } else {
        garden.host()
    };
    let set = in_charset(ground, &person, &(text.clone() + &person.pn()));
    let claim = tag(claim);
    let value = if claim == 0x0028_0301 { "NO" } else { "YES" };
    let mut extra = DataSet::new().cs(claim, value);
    if claim == 0x0012_0062 {
        extra = extra.lo(0x0012_0063, "Basic Application Confidentiality Profile");
    }
    let value: &[u8; 2] = &vr.as_bytes().try_into().unwrap();
    let set = set.replace(extra).replace(DataSet::new().text(tag(hex), value, &text));
    garden.set(
        format!("{} contradicted by {}: {template}", at(claim), at(tag(hex))),
        Kind::Claim,
        text,
        &at(claim),
        set,
    );
}
