//! UIDs that say when, whose or by which machine.
use super::super::{
    garden::{Garden, at, in_charset, kind, tag},
    host,
    plant::{Planted, Spot},
};
use dcmleak::demo::encode::{DataSet, Syntax};

pub fn grow(garden: &mut Garden) {
    let say = garden.words.uid.say.clone();
    for _ in 0..3 {
        for [hex, what, template] in &say {
            plant(garden, hex, what, template);
        }
    }
}

fn plant(garden: &mut Garden, hex: &str, what: &str, template: &str) {
    let person = garden.person_for(template);
    let (known, kind) = kind(what);
    let uid: String = garden.fill(template, &person).chars().take(64).collect();
    let modality = garden.modality();
    let ground = garden.ground(&person, known, &modality);
    let set = in_charset(ground, &person, &person.pn());
    let tag = tag(hex);
    let (set, place, meta) = match tag {
        0x0008_1155 => {
            let item = DataSet::new().ui(0x0008_1150, host::sop_class("CT")).ui(tag, &uid);
            (set.seq(0x0008_1140, vec![item]), format!("(0008,1140)[0].{}", at(tag)), None)
        }
        0x0002_0003 => (set, at(tag), Some(DataSet::new().ui(tag, &uid))),
        _ => (set.replace(DataSet::new().ui(tag, &uid)), at(tag), None),
    };
    let builder = host::builder(set, Syntax::ExplicitLe);
    let builder = if let Some(meta) = meta { builder.meta(meta) } else { builder };
    let files = vec![Planted { path: "IM0001".to_owned(), bytes: builder.to_bytes() }];
    garden.put(template, kind, uid, vec![Spot::At(place)], files, 0);
}
