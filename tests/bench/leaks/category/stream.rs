//! Comments and segments in the streams of compressed images and icons.
use super::super::{
    garden::{Garden, at, in_charset, kind},
    host,
    plant::Spot,
    rehearsal,
    wrap::stream,
};
use dcmleak::demo::encode::{DataSet, Syntax};

const J2K: Syntax = Syntax::Other("1.2.840.10008.1.2.4.90");
const JLS: Syntax = Syntax::Other("1.2.840.10008.1.2.4.80");
const JXL: Syntax = Syntax::Other("1.2.840.10008.1.2.4.110");

pub fn grow(garden: &mut Garden) {
    let forms = garden.words.stream.clone();
    for _ in 0..2 {
        for form in &forms {
            for [what, template] in &form.say {
                plant(garden, &form.form, what, template);
            }
        }
    }
}

fn plant(garden: &mut Garden, form: &str, what: &str, template: &str) {
    let person = garden.person_for(template);
    let (known, kind) = kind(what);
    let text = garden.fill(template, &person);
    let modality = if form.starts_with("icon") { "CT" } else { "US" };
    let ground = garden.ground(&person, known, modality);
    let set = in_charset(ground, &person, &person.pn());
    let (set, syntax, place) = compressed(form, &text, set);
    let bytes = host::file(set, syntax);
    garden.one(format!("{form}: {template}"), kind, text, Spot::At(place), bytes);
}

/// The set with its image, or an icon, holding the text.
pub fn compressed(form: &str, text: &str, set: DataSet) -> (DataSet, Syntax, String) {
    const PIXELS: u32 = 0x7FE0_0010;
    let com = || stream::jpeg(&[(0xfe, text.as_bytes().to_vec())]);
    let replaced = |frames: Vec<Vec<u8>>| set.clone().without(&[PIXELS]).join(DataSet::new().frames(frames));
    let icon = |bytes: Vec<u8>, encapsulated: bool| {
        let inner = DataSet::new().us(0x0028_0010, &[8]).us(0x0028_0011, &[8]).us(0x0028_0100, &[8]);
        let inner = if encapsulated { inner.frames(vec![bytes]) } else { inner.ob(PIXELS, bytes) };
        set.clone().seq(0x0088_0200, vec![inner])
    };
    let in_pixels = at(PIXELS);
    let in_icon = format!("(0088,0200)[0].{in_pixels}");
    let jpeg = |marker: u8, content: Vec<u8>| stream::jpeg(&[(marker, content)]);
    match form {
        "com" => (replaced(vec![com()]), Syntax::JpegBaseline, in_pixels),
        "com late" => {
            // In front of the end of the image.
            let mut bytes = stream::jpeg(&[]);
            bytes.truncate(bytes.len() - 2);
            bytes.extend([0xff, 0xfe]);
            bytes.extend((text.len() as u16 + 2).to_be_bytes());
            bytes.extend(text.bytes());
            bytes.extend([0xff, 0xd9]);
            (replaced(vec![bytes]), Syntax::JpegBaseline, in_pixels)
        }
        "com utf16" => (
            replaced(vec![jpeg(0xfe, super::super::wrap::utf16(text, false))]),
            Syntax::JpegBaseline,
            in_pixels,
        ),
        "com frame 2" => {
            (replaced(vec![stream::jpeg(&[]), com()]).is(0x0028_0008, "2"), Syntax::JpegBaseline, in_pixels)
        }
        "com frame 3" => (
            replaced(vec![stream::jpeg(&[]), stream::jpeg(&[]), com()]).is(0x0028_0008, "3"),
            Syntax::JpegBaseline,
            in_pixels,
        ),
        "fragment com" => {
            // The comment begins in the second fragment of the one frame.
            let bytes = com();
            let fragments = vec![bytes[..2].to_vec(), bytes[2..].to_vec()];
            (
                set.without(&[PIXELS]).join(DataSet::new().fragments(vec![], fragments)),
                Syntax::JpegBaseline,
                in_pixels,
            )
        }
        "after" => {
            let mut bytes = stream::jpeg(&[]);
            bytes.extend(text.bytes());
            (replaced(vec![bytes]), Syntax::JpegBaseline, in_pixels)
        }
        "app1 exif" => (
            replaced(vec![jpeg(0xe1, stream::exif(0x010e, 2, text.as_bytes()))]),
            Syntax::JpegBaseline,
            in_pixels,
        ),
        "exif artist" => (
            replaced(vec![jpeg(0xe1, stream::exif(0x013b, 2, text.as_bytes()))]),
            Syntax::JpegBaseline,
            in_pixels,
        ),
        "exif user" => (replaced(vec![jpeg(0xe1, stream::exif_user(text))]), Syntax::JpegBaseline, in_pixels),
        "app1 xmp" => (replaced(vec![jpeg(0xe1, stream::xmp(text))]), Syntax::JpegBaseline, in_pixels),
        "app13" => (replaced(vec![jpeg(0xed, stream::app13(text))]), Syntax::JpegBaseline, in_pixels),
        "app9" => (replaced(vec![jpeg(0xe9, text.as_bytes().to_vec())]), Syntax::JpegBaseline, in_pixels),
        "app4" => (
            replaced(vec![jpeg(0xe4, [b"VENDOR\0\x01".to_vec(), text.as_bytes().to_vec()].concat())]),
            Syntax::JpegBaseline,
            in_pixels,
        ),
        "icon com" => (icon(com(), true), Syntax::JpegBaseline, in_icon),
        "icon exif" => {
            (icon(jpeg(0xe1, stream::exif(0x010e, 2, text.as_bytes())), true), Syntax::JpegBaseline, in_icon)
        }
        "icon bytes" => (
            icon([vec![0x80; 20], text.as_bytes().to_vec(), vec![0x80; 20]].concat(), false),
            Syntax::ExplicitLe,
            in_icon,
        ),
        "icon native com" => (icon(com(), false), Syntax::ExplicitLe, in_icon),
        "j2k com" => (replaced(vec![stream::j2k(Some(text))]), J2K, in_pixels),
        "j2k icon" => (icon(stream::j2k(Some(text)), true), J2K, in_icon),
        "jp2 xml" => (replaced(vec![stream::jp2(&[stream::bx(b"xml ", text.as_bytes())])]), J2K, in_pixels),
        "jp2 uuid" => (
            replaced(vec![stream::jp2(&[stream::bx(b"uuid", &[&[7; 16], text.as_bytes()].concat())])]),
            J2K,
            in_pixels,
        ),
        "jxl xml" => (replaced(vec![stream::jxl(&[stream::bx(b"xml ", text.as_bytes())])]), JXL, in_pixels),
        "jxl exif" => {
            let exif =
                [b"\0\0\0\0".to_vec(), stream::exif(0x010e, 2, text.as_bytes())[6..].to_vec()].concat();
            (replaced(vec![stream::jxl(&[stream::bx(b"Exif", &exif)])]), JXL, in_pixels)
        }
        "jls com" => (replaced(vec![stream::jls(text)]), JLS, in_pixels),
        other => rehearsal::forms::compressed(other, text, set),
    }
}
