//! Files that are de-identified in styles that are written down: shapes of names, IDs, dates and UIDs, methods, options.
use super::{
    super::{half::Half, host, rng::Rng},
    Clean, Words, code,
    image::image,
    in_utf8,
    object::object,
    private,
};
use dcmleak::demo::encode::DataSet;
use serde::Deserialize;

#[derive(Debug, Deserialize)]
struct Styles {
    style: Vec<Style>,
}

/// What a tool leaves of an identity; shapes as the comment in a part's styles.toml says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Style {
    name: String,
    names: Vec<String>,
    ids: Vec<String>,
    births: Vec<String>,
    dates: Vec<String>,
    /// De-identification Method; empty where nobody was in the file.
    method: String,
    /// Longitudinal Temporal Information Modified.
    modified: String,
    /// What UIDs begin with; 2.25 where empty.
    uid: String,
    /// Codes of the profile's options.
    options: Vec<String>,
    /// Tag, VR, value.
    keep: Vec<[String; 3]>,
}

const OBJECTS: [&str; 8] = ["SR", "SEG", "RTSTRUCT", "RTPLAN", "PR", "KO", "SM", "ECG"];

const PHANTOMS: usize = 10;

/// Study, series, protocol, comments.
const DESCRIPTIONS: [u32; 6] = [0x0008_1030, 0x0008_103E, 0x0018_1030, 0x0020_4000, 0x0008_2111, 0x0018_0010];

/// What one part is made of.
pub struct Source<'a> {
    pub half: Half,
    /// Technical words, styles: TOML.
    pub words: &'a str,
    pub styles: &'a str,
    /// Kinds of technical objects, and what makes one.
    pub kinds: &'a [&'a str],
    pub technical: fn(&str, DataSet, &mut Rng) -> DataSet,
    /// Where a sentence of technical words can stand.
    pub prose: &'a [(u32, &'a [u8; 2])],
    /// The path of a file of that number, without its own folder.
    pub path: fn(usize, &mut Rng) -> String,
}

pub fn files(source: &Source) -> Vec<Clean> {
    let words: Words = toml::from_str(source.words).unwrap();
    let Styles { style } = toml::from_str(source.styles).unwrap();
    // Nobody's knee is in a phantom.
    let (phantoms, styles): (Vec<Style>, Vec<Style>) = style.into_iter().partition(|s| s.name == "phantom");
    let mut rng = Rng::new(source.half.seed() ^ 0xc1ea);
    let mut out = Vec::new();
    for modality in words.modalities.values() {
        let most = modality.series.len().max(modality.study.len()).max(12);
        for n in 0..most {
            let set = image(&words, modality, n, &mut rng);
            push(&mut out, source, &styles, &words, set, &mut rng);
        }
    }
    for n in 0..3 * OBJECTS.len() {
        let set = object(OBJECTS[n % OBJECTS.len()], &words, &mut rng);
        push(&mut out, source, &styles, &words, set, &mut rng);
    }
    for n in 0..2 * source.kinds.len() {
        let base = image(&words, &words.modalities["CT"], n, &mut rng);
        let set = (source.technical)(source.kinds[n % source.kinds.len()], base, &mut rng);
        push(&mut out, source, &styles, &words, set, &mut rng);
    }
    for n in 0..PHANTOMS {
        let set = image(&words, &words.modalities["CT"], n, &mut rng).without(&DESCRIPTIONS);
        push(&mut out, source, &phantoms, &words, set, &mut rng);
    }
    let modalities: Vec<_> = words.modalities.values().collect();
    for (n, prose) in words.private.prose.chunks(2).enumerate() {
        let said = prose.iter().enumerate().fold(DataSet::new(), |set, (at, text)| {
            let (tag, vr) = source.prose[(n * 2 + at) % source.prose.len()];
            set.text(tag, if text.chars().count() > 64 { b"UT" } else { vr }, text)
        });
        let set = image(&words, modalities[n % modalities.len()], n, &mut rng).replace(said);
        push(&mut out, source, &styles, &words, set, &mut rng);
    }
    out
}

fn push(out: &mut Vec<Clean>, source: &Source, styles: &[Style], words: &Words, set: DataSet, rng: &mut Rng) {
    let number = out.len();
    let style = &styles[number % styles.len()];
    let mut set = set.join(identity(style, rng));
    if style.options.iter().any(|option| option == "113111") {
        set = set.join(private::elements(words, number, rng));
    }
    let path = format!("C{}{number:03}/{}", source.half.letter(), (source.path)(number, rng));
    let syntax = host::syntax(rng);
    out.push(Clean { path, style: style.name.clone(), bytes: host::file(in_utf8(set), syntax) });
}

fn identity(style: &Style, rng: &mut Rng) -> DataSet {
    let pick = |among: &[String], rng: &mut Rng| {
        if among.is_empty() { String::new() } else { made(&rng.word(among), rng) }
    };
    let root = made(&style.uid, rng);
    let uid = |rng: &mut Rng| {
        if root.is_empty() || root == "2.25." {
            return host::uid(rng);
        }
        format!("{root}{}{}", rng.between(1, 9), rng.digits((60 - root.len()).min(36)))
    };
    let date = pick(&style.dates, rng);
    let name = pick(&style.names, rng);
    // Where both are codes, they are the same code.
    let same = style.names.first() == style.ids.first();
    let id = if same { name.clone() } else { pick(&style.ids, rng) };
    let mut set = DataSet::new()
        .ui(0x0008_0018, uid(rng))
        .da(0x0008_0020, date)
        .tm(0x0008_0030, "")
        .sh(0x0008_0050, "")
        .pn(0x0008_0090, "")
        .pn(0x0010_0010, name)
        .lo(0x0010_0020, id)
        .da(0x0010_0030, pick(&style.births, rng))
        .cs(0x0010_0040, "")
        .ui(0x0020_000D, uid(rng))
        .ui(0x0020_000E, uid(rng))
        .sh(0x0020_0010, "")
        .is(0x0020_0011, rng.between(1, 20).to_string())
        .is(0x0020_0013, rng.between(1, 400).to_string())
        .ui(0x0020_0052, uid(rng));
    if !style.method.is_empty() {
        set = set.cs(0x0012_0062, "YES").lo(0x0012_0063, &style.method);
    }
    if !style.modified.is_empty() {
        set = set.cs(0x0028_0303, &style.modified);
    }
    if !style.options.is_empty() {
        set =
            set.seq(0x0012_0064, style.options.iter().map(|option| code(option, meaning(option))).collect());
    }
    style.keep.iter().fold(set, |set, [hex, vr, value]| {
        let tag = u32::from_str_radix(hex, 16).unwrap();
        set.replace(DataSet::new().text(tag, &vr.as_bytes().try_into().unwrap(), value))
    })
}

/// CID 7050.
fn meaning(option: &str) -> &'static str {
    match option {
        "113100" => "Basic Application Confidentiality Profile",
        "113101" => "Clean Pixel Data Option",
        "113103" => "Clean Graphics Option",
        "113104" => "Clean Structured Content Option",
        "113105" => "Clean Descriptors Option",
        "113107" => "Retain Longitudinal Temporal Information Modified Dates Option",
        "113106" => "Retain Longitudinal Temporal Information Full Dates Option",
        "113108" => "Retain Patient Characteristics Option",
        "113109" => "Retain Device Identity Option",
        "113111" => "Retain Safe Private Option",
        other => panic!("no option has the code {other}"),
    }
}

/// Something of that shape.
fn made(shape: &str, rng: &mut Rng) -> String {
    let mut out = String::new();
    let mut rest = shape;
    while let Some((before, after)) = rest.split_once('{') {
        let (token, tail) = after.split_once('}').unwrap();
        out.push_str(&rng.shape(before));
        let count = token[1..].parse().unwrap_or(0);
        out.push_str(&match &token[..1] {
            "x" => rng.hex(count),
            "X" => rng.hex(count).to_uppercase(),
            "b" => (0..count).map(|_| char::from(BASE64URL[rng.below(64)])).collect(),
            _ => format!("{}-{}-4{}-9{}-{}", rng.hex(8), rng.hex(4), rng.hex(3), rng.hex(3), rng.hex(12)),
        });
        rest = tail;
    }
    out + &rng.shape(rest)
}

const BASE64URL: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
