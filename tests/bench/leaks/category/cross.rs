//! What a patient's own attributes say, found again without any cue: in the same file, in a sibling of it.
use super::super::{
    garden::{Garden, at, in_charset, tag},
    host::{self, Study},
    person::Person,
    plant::{Kind, Planted, Spot},
    wrap,
};
use dcmleak::demo::encode::{DataSet, Syntax};

pub fn grow(garden: &mut Garden) {
    let say = garden.words.cross.say.clone();
    for _ in 0..2 {
        for entry in &say {
            plant(garden, entry);
        }
    }
}

fn plant(garden: &mut Garden, [link, place, langs, what, template]: &[String; 5]) {
    let person = loop {
        let person = if langs == "*" {
            garden.person_for(template)
        } else {
            let langs: Vec<String> = langs.split(' ').map(str::to_owned).collect();
            let lang = garden.rng.word(&langs);
            Person { romanised: template.contains(":latin"), ..garden.speaker(&lang) }
        };
        // Nobody can tell a family name of three letters from chance.
        if template.contains("given") || person.family.latin.chars().count() > 4 {
            break person;
        }
    };
    let kind = Kind::parse(what);
    let text = garden.fill(template, &person);
    let study = Study::new(&mut garden.rng);
    let modality = garden.modality();
    let source = host::named(&person, &modality, &study, &garden.words, &mut garden.rng);
    let same = link == "same";
    let target = match link.as_str() {
        "same" => source.clone(),
        "study" => host::scrubbed(&modality, &study, &garden.words, &mut garden.rng),
        _ => {
            let other = Study::new(&mut garden.rng);
            host::scrubbed(&modality, &other, &garden.words, &mut garden.rng)
        }
    };
    let target =
        if link == "patient" { target.replace(DataSet::new().lo(0x0010_0020, &person.id)) } else { target };
    let target = in_charset(target, &person, &(text.clone() + &person.pn()));
    let (spot, bytes, path) = hidden(garden, place, &text, target, &person);
    let mut files = vec![Planted { path, bytes }];
    if !same {
        // Before it, or after it: the order of reading must not matter.
        let name = if garden.rng.below(2) == 0 { "a0000" } else { "z0000" };
        files.push(Planted { path: name.to_owned(), bytes: host::file(source, Syntax::ExplicitLe) });
    }
    garden.put(format!("{link}, {place}: {template}"), kind, text, vec![spot], files, 0);
}

fn hidden(
    garden: &mut Garden,
    place: &str,
    text: &str,
    set: DataSet,
    person: &Person,
) -> (Spot, Vec<u8>, String) {
    let plain = "m0001".to_owned();
    let private = 0x0033_1001;
    let block = DataSet::new().lo(0x0033_0010, garden.words.block_creator.clone());
    let syntax = garden.syntax();
    let in_block = |extra: DataSet| {
        (
            Spot::At(at(private)),
            host::file(set.clone().join(block.clone()).join(extra), syntax),
            plain.clone(),
        )
    };
    let explicit = |set: DataSet| host::builder(set, Syntax::ExplicitLe);
    match place {
        "private LO" => in_block(DataSet::new().lo(private, text)),
        "private UT" => in_block(DataSet::new().ut(private, text)),
        "un" => in_block(
            DataSet::new().un(private, person.charset_for(&(text.to_owned() + &person.pn())).encode(text)),
        ),
        "utf16" => {
            in_block(DataSet::new().ob(private, wrap::amid(&wrap::utf16(text, false), &mut garden.rng)))
        }
        "bytes" => in_block(DataSet::new().ob(private, wrap::amid(text.as_bytes(), &mut garden.rng))),
        "base64" => in_block(DataSet::new().ob(private, wrap::base64(text.as_bytes(), false))),
        "file" => (Spot::Place("path"), host::file(set, syntax), text.to_owned()),
        "folder" => (Spot::Place("path"), host::file(set, syntax), format!("{text}/m0001")),
        "preamble" => (Spot::Place("preamble"), explicit(set).preamble(text.as_bytes()).to_bytes(), plain),
        "trailer" => (Spot::Place("trailer"), explicit(set).trailer(text.as_bytes()).to_bytes(), plain),
        "uid" => {
            let tag = 0x0020_0052;
            (Spot::At(at(tag)), host::file(set.replace(DataSet::new().ui(tag, text)), syntax), plain)
        }
        "icon com" => {
            let (set, syntax, place) = super::stream::compressed("icon com", text, set);
            (Spot::At(place), host::file(set, syntax), plain)
        }
        "com" => {
            let (set, syntax, place) = super::stream::compressed("com", text, set);
            (Spot::At(place), host::file(set, syntax), plain)
        }
        "pdf" => {
            let bytes = wrap::pdf::Pdf::new(&wrap::pdf::line(text), true).bytes("");
            let extra = DataSet::new().lo(0x0042_0012, "application/pdf").ob(0x0042_0011, bytes);
            (Spot::At(at(0x0042_0011)), host::file(set.join(extra), Syntax::ExplicitLe), plain)
        }
        "overlay label" => {
            let extra = DataSet::new().us(0x6000_0010, &[8]).us(0x6000_0011, &[8]).lo(0x6000_1500, text);
            (Spot::At(at(0x6000_1500)), host::file(set.join(extra), syntax), plain)
        }
        element => {
            let (hex, vr) = element.split_once(' ').unwrap();
            let tag = tag(hex);
            let extra = DataSet::new().text(tag, &vr.as_bytes().try_into().unwrap(), text);
            (Spot::At(at(tag)), host::file(set.replace(extra), syntax), plain)
        }
    }
}
