//! Private elements of known and unknown creators.
use super::super::{
    garden::{Garden, at, in_charset, kind, tag},
    rehearsal,
};
use dcmleak::demo::encode::DataSet;

pub fn grow(garden: &mut Garden) {
    let say = garden.words.private.say.clone();
    for round in 0..2 {
        for entry in &say {
            plant(garden, entry, round);
        }
    }
}

fn plant(garden: &mut Garden, [creator, hex, vr, what, template]: &[String; 5], round: usize) {
    let person = garden.person_for(template);
    let (known, kind) = kind(what);
    let text = garden.fill(template, &person);
    let modality = garden.modality();
    let ground = garden.ground(&person, known, &modality);
    let set = in_charset(ground, &person, &(text.clone() + &person.pn()));
    // In another block than the first one in the second round.
    let (block, offset) = if round == 0 { (0x10, 0) } else { (0x12, 0x200) };
    let tag = tag(hex) + offset;
    let mut place = at(tag);
    let mut extra = DataSet::new();
    if !creator.is_empty() {
        extra = extra.lo(tag & 0xffff_0000 | block, creator);
    }
    let parts: Vec<&str> = vr.split(':').collect();
    extra = match parts[..] {
        ["SQ", inner, vr] => {
            let inner = super::super::garden::tag(inner);
            place = format!("{place}[0].{}", at(inner));
            extra.seq(tag, vec![DataSet::new().text(inner, &vr.as_bytes().try_into().unwrap(), &text)])
        }
        [_, _, _] => {
            let charset = person.charset_for(&(text.clone() + &person.pn()));
            let (set, inside) = rehearsal::forms::private(vr, tag, &text, charset);
            place = inside;
            extra.join(set)
        }
        ["UN"] => extra.un(tag, person.charset_for(&(text.clone() + &person.pn())).encode(&text)),
        _ => extra.text(tag, &vr.as_bytes().try_into().unwrap(), &text),
    };
    garden.set(format!("{creator} {vr}: {template}"), kind, text, &place, set.join(extra));
}
