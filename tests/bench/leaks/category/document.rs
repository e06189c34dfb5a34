//! Encapsulated documents.
use super::super::{
    garden::{Garden, at, in_charset, kind},
    plant::Spot,
    rehearsal,
    wrap::{self, pdf, pdf::Pdf},
};
use dcmleak::demo::encode::{Charset, DataSet, Syntax};

pub fn grow(garden: &mut Garden) {
    let forms = garden.words.document.clone();
    for _ in 0..garden.words.rounds.0 {
        for form in &forms {
            for [what, template] in &form.say {
                plant(garden, &form.form, what, template);
            }
        }
    }
}

fn plant(garden: &mut Garden, form: &str, what: &str, template: &str) {
    let person = garden.person_for(template);
    let (by_form, form) = form.strip_prefix("known ").map_or((false, form), |form| (true, form));
    let (known, kind) = kind(what);
    let known = known || by_form;
    let text = garden.fill(template, &person);
    let class = match form {
        form if form.starts_with("cda") => "CDA",
        "stl" | "obj" => "M3D",
        _ => "DOC",
    };
    let ground = garden.ground(&person, known, class);
    let set = in_charset(ground, &person, &(text.clone() + &person.pn()));
    let (bytes, mime) = document(form, &text, person.charset_for(&text), garden);
    let title = if form == "title" { text.as_str() } else { "Report" };
    let extra = DataSet::new().st(0x0042_0010, title).lo(0x0042_0012, mime).ob(0x0042_0011, bytes);
    let place = at(if form == "title" { 0x0042_0010 } else { 0x0042_0011 });
    let syntax = if garden.rng.below(4) == 0 { Syntax::ImplicitLe } else { Syntax::ExplicitLe };
    let bytes = super::super::host::file(set.join(extra), syntax);
    let prefix = if known { "known " } else { "" };
    garden.one(format!("{prefix}{form}: {template}"), kind, text, Spot::At(place), bytes);
}

fn document(form: &str, text: &str, charset: Charset, garden: &mut Garden) -> (Vec<u8>, &'static str) {
    let (bytes, mime) = match form {
        "pdf plain" => (Pdf::new(&pdf::line(text), false).bytes(""), "application/pdf"),
        "pdf flate" => (Pdf::new(&pdf::line(text), true).bytes(""), "application/pdf"),
        "pdf tj" => (Pdf::new(&pdf::kerned(text), true).bytes(""), "application/pdf"),
        "pdf hex" => (Pdf::new(&pdf::hex(text), true).bytes(""), "application/pdf"),
        "pdf info" => {
            let info = format!("<< /Title {} /Producer (example) >>", pdf::text_string(text));
            (Pdf::new(&pdf::line("nothing"), true).info(&info).bytes(""), "application/pdf")
        }
        "pdf author" => {
            let info = format!("<< /Author {} /Keywords (ct) /Producer (example) >>", pdf::text_string(text));
            (Pdf::new(&pdf::line("nothing"), false).info(&info).bytes(""), "application/pdf")
        }
        "pdf xmp" => {
            let packet = wrap::stream::packet(text);
            let pdf = Pdf::new(&pdf::line("nothing"), true)
                .stream("/Type /Metadata /Subtype /XML", packet.as_bytes());
            (pdf.bytes(""), "application/pdf")
        }
        "pdf objstm" => {
            // An object stream (7.5.7) of one dictionary that has the text.
            let inner = format!("9 0 << /Type /Annot /Contents {} >>", pdf::text_string(text));
            let dictionary = "/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode";
            let pdf =
                Pdf::new(&pdf::line("nothing"), true).stream(dictionary, &wrap::flate(inner.as_bytes()));
            (pdf.bytes(""), "application/pdf")
        }
        "pdf form" => {
            let field = format!("<< /FT /Tx /T (remark) /V {} >>", pdf::text_string(text));
            let pdf = Pdf::new(&pdf::line("nothing"), false).info(&field);
            (pdf.bytes(""), "application/pdf")
        }
        "pdf encrypted" => {
            let mut noise = garden.rng.bytes(200);
            noise.iter_mut().for_each(|byte| *byte |= 0x80);
            let pdf = Pdf::new("", false).stream("/Filter /Standard /V 1 /R 2 /O (x) /U (y) /P -4", &noise);
            (pdf.bytes("/Encrypt 6 0 R "), "application/pdf")
        }
        "cda" => (clinical(text, ""), "text/XML"),
        "cda text" => (clinical("", text), "text/XML"),
        "xml" => (format!("<?xml version=\"1.0\"?>{text}").into_bytes(), "text/xml"),
        "html" => (
            format!("<!DOCTYPE html><html><head><title>x</title></head><body><p>{text}</p></body></html>")
                .into_bytes(),
            "text/html",
        ),
        "rtf" if text == "x" => (
            b"{\\rtf1\\ansi\\deff0 {\\fonttbl{\\f0 Arial;}}\\f0 Some letter.\\par}".to_vec(),
            "application/rtf",
        ),
        "docx" | "zip" if text == "x" => (zip(garden), "application/vnd.openxmlformats"),
        "jpeg" => (wrap::stream::jpeg(&[]), "image/jpeg"),
        "png" => ([b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec(), garden.rng.bytes(90)].concat(), "image/png"),
        "title" => (Pdf::new(&pdf::line("nothing"), true).bytes(""), "application/pdf"),
        "binary" => (garden.rng.bytes(300), "application/octet-stream"),
        other => rehearsal::forms::document(other, text, charset, garden),
    };
    (bytes, mime)
}

/// A CDA document whose patient role has `role`, whose narrative says `text`.
fn clinical(role: &str, text: &str) -> Vec<u8> {
    let patient = role.starts_with("<name") || role.starts_with("<birth");
    let (in_role, in_patient) = if patient { ("", role) } else { (role, "") };
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ClinicalDocument xmlns=\"urn:hl7-org:v3\"><id root=\"2.999.3.1\"/>\
         <title>Letter</title><recordTarget><patientRole>{in_role}<patient>{in_patient}</patient></patientRole></recordTarget>\
         <component><structuredBody><component><section><text>{text}</text></section></component></structuredBody></component>\
         </ClinicalDocument>\n"
    )
    .into_bytes()
}

/// An archive's local header and noise.
pub fn zip(garden: &mut Garden) -> Vec<u8> {
    let mut out =
        b"PK\x03\x04\x14\0\0\0\x08\0\0\0\0\0\0\0\0\0\x40\0\0\0\x40\0\0\0\x11\0\0\0word/document.xml".to_vec();
    out.extend(garden.rng.bytes(64));
    out
}
