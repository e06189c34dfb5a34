use super::*;
use flate2::{Compression, write::ZlibEncoder};
use std::io::Write;

/// A PDF of these objects, numbered from 1, with `trailer` in its trailer.
fn document(objects: &[Vec<u8>], trailer: &str) -> Vec<u8> {
    let mut out = b"%PDF-1.5\n".to_vec();
    for (number, object) in (1..).zip(objects) {
        out.extend(format!("{number} 0 obj\n").bytes());
        out.extend(object);
        out.extend(b"\nendobj\n");
    }
    out.extend(format!("trailer\n<< /Root 1 0 R {trailer} >>\nstartxref\n0\n%%EOF\n").bytes());
    out
}

fn stream(dict: &str, content: &[u8]) -> Vec<u8> {
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::default());
    packed.write_all(content).unwrap();
    let packed = packed.finish().unwrap();
    let head = format!("<< {dict} /Length {} /Filter /FlateDecode >>\nstream\n", packed.len());
    [head.as_bytes(), &packed, b"\nendstream"].concat()
}

/// One page with this content and these fonts.
fn page(content: &[u8], fonts: &str, more: &[Vec<u8>]) -> Vec<Vec<u8>> {
    let mut objects = vec![
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
        format!("<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << {fonts} >> /XObject << /Im0 6 0 R >> >> >>")
            .into_bytes(),
        stream("", content),
    ];
    objects.extend_from_slice(more);
    objects
}

const HELVETICA: &[u8] = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>";

fn said(bytes: &[u8]) -> (String, Outcome) {
    let mut out = Vec::new();
    let outcome = read(bytes, &mut Gather::new(&mut out));
    (out.iter().map(|passage| format!("{}\n", passage.text)).collect(), outcome)
}

#[test]
fn words_stand_as_they_are_shown() {
    for (content, wanted) in [
        (
            &b"BT /F1 12 Tf 50 700 Td (Patient: ) Tj (Example, Erika) Tj 0 -14 Td (Born 17.03.1962) Tj ET"[..],
            "Patient: Example, Erika\nBorn 17.03.1962",
        ),
        (b"BT /F1 12 Tf 50 700 Td [(Pat) 20 (ient:) -400 (Eri) 15 (ka)] TJ ET", "Patient: Erika"),
        (b"BT /F1 12 Tf 1 0 0 1 50 700 Tm (Erika) Tj 1 0 0 1 86 700 Tm (Example) Tj ET", "Erika Example"),
        (
            b"q 1 0 0 1 50 700 cm BT /F1 12 Tf (Er) Tj ET Q q 1 0 0 1 62 700 cm BT /F1 12 Tf (ika) Tj ET Q",
            "Erika",
        ),
        (b"BT /F1 12 Tf 14 TL 50 700 Td (one) Tj T* (two) Tj (three) ' ET", "one\ntwo\nthree"),
        (b"BT /F1 12 Tf <4d fc 6c 6c 65 72> Tj ET", "M\u{fc}ller"),
        (b"/Span << /ActualText <FEFF00450072> >> BDC EMC BT /F1 9 Tf (ika) Tj ET", "Er ika"),
        (b"BI /W 2 /H 2 ID \x01\x02(EI) EI BT /F1 12 Tf (after) Tj ET", "after"),
    ] {
        let (text, outcome) = said(&document(&page(content, "/F1 5 0 R", &[HELVETICA.to_vec()]), ""));
        assert!(text.contains(wanted), "{wanted:?} in {text:?}");
        assert!(outcome.is_understood(), "{outcome:?}");
    }
}

#[test]
fn codes_of_a_subset_font_are_mapped() {
    let map = b"begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange\n2 beginbfrange <0001> <0003> <0045>\n<0010> <0011> \
                [<0061> <0062>] endbfrange\n1 beginbfchar <0005> <5C7175B0> endbfchar endcmap";
    let font = b"<< /Type /Font /Subtype /Type0 /Encoding /Identity-H /DescendantFonts [<< /DW 500 /W [1 [600 600] 5 9 700] >>] /ToUnicode 6 0 R >>";
    let objects = page(
        b"BT /F1 12 Tf <000100020003001000110005> Tj ET",
        "/F1 5 0 R",
        &[font.to_vec(), stream("", map)],
    );
    let (text, outcome) = said(&document(&objects, ""));
    assert!(text.contains("EFGab\u{5c71}\u{75b0}"), "{text}");
    assert!(outcome.is_understood());
    let bare = font.iter().copied().take(font.len() - 21).chain(*b">>").collect::<Vec<u8>>();
    let (_, outcome) = said(&document(&page(b"BT /F1 12 Tf <00010002> Tj ET", "/F1 5 0 R", &[bare]), ""));
    assert!(!outcome.is_understood() && outcome.unknown == 2, "{outcome:?}");
}

#[test]
fn differences_and_predefined_maps() {
    let font = b"<< /Type /Font /Subtype /Type1 /Encoding << /Differences [1 /E /r /i /k /a /udieresis /uni0416] >> >>";
    let (text, _) =
        said(&document(&page(b"BT /F1 12 Tf <01020304050607> Tj ET", "/F1 5 0 R", &[font.to_vec()]), ""));
    assert!(text.contains("Erika\u{fc}\u{416}"), "{text}");
    let font = b"<< /Type /Font /Subtype /Type0 /Encoding /90ms-RKSJ-H >>";
    let (text, _) =
        said(&document(&page(b"BT /F1 12 Tf <8E5293638 1E6> Tj ET", "/F1 5 0 R", &[font.to_vec()]), ""));
    assert!(text.contains("\u{5c71}\u{7530}"), "{text}");
}

#[test]
fn what_is_beside_the_pages() {
    let form = b"<< /FT /Tx /T (patient_name) /V <FEFF0045007200690 06B0061> >>".to_vec();
    let more = vec![
        HELVETICA.to_vec(),
        b"<< /Type /Annot /Subtype /Text /Contents (call Max Muster) >>".to_vec(),
        form,
        b"<< /Title (Letter about Tina Testcase) /Author (Sam Sonographer) /Producer (example) >>".to_vec(),
        stream(
            "/Type /Metadata /Subtype /XML",
            b"<x:xmpmeta><dc:creator>Paula Placeholder</dc:creator></x:xmpmeta>",
        ),
        stream("/Type /EmbeddedFile", b"MRN EX-0012345 of Erika Example"),
        stream("/Type /ObjStm /N 1 /First 5", b"30 0 << /T (born) /V (17 March 1962) >>"),
        stream("/Type /XObject /Subtype /Form", b"BT /F1 9 Tf (drawn in a form) Tj ET"),
    ];
    let (text, outcome) =
        said(&document(&page(b"BT /F1 12 Tf (page) Tj ET", "/F1 5 0 R", &more), "/Info 8 0 R"));
    for wanted in [
        "Title: Letter about Tina Testcase",
        "Author: Sam Sonographer",
        "Contents: call Max Muster",
        "patient name: Erika",
        "creator: Paula Placeholder",
        "MRN EX-0012345 of Erika Example",
        "born: 17 March 1962",
        "drawn in a form",
    ] {
        assert!(text.contains(wanted), "{wanted} in {text}");
    }
    assert!(outcome.is_understood());
}

#[test]
fn what_cannot_be_read_is_not_understood() {
    let image = b"<< /Subtype /Image /Filter /DCTDecode /Length 0 >> stream\nendstream".to_vec();
    let scanned = page(b"q 595 0 0 842 0 0 cm /Im0 Do Q", "/F1 5 0 R", &[HELVETICA.to_vec(), image]);
    assert!(!said(&document(&scanned, "")).1.is_understood());
    let plain = page(b"BT /F1 12 Tf (page) Tj ET", "/F1 5 0 R", &[HELVETICA.to_vec()]);
    assert!(said(&document(&plain, "")).1.is_understood());
    assert!(!said(&document(&plain, "/Encrypt 9 0 R")).1.is_understood());
    assert!(!said(b"%PDF-1.4\nnothing").1.is_understood());
}

#[test]
fn cut_and_flipped_documents_end() {
    let whole =
        document(&page(b"BT /F1 12 Tf (Erika Example) Tj ET", "/F1 5 0 R", &[HELVETICA.to_vec()]), "");
    for at in 0..whole.len() {
        said(&whole[..at]);
        let mut flipped = whole.clone();
        flipped[at] ^= 0x15;
        said(&flipped);
    }
    // Without the table at its end, a document is read all the same.
    assert!(said(&whole[..whole.len() - 70]).0.contains("Erika Example"));
}

#[test]
fn hostile_documents_end() {
    let mut circle =
        document(&[b"<< /Type /Page /Parent 1 0 R /Contents 1 0 R /Resources 1 0 R >>".to_vec()], "");
    said(&circle);
    circle.extend(b"9 0 obj stream\n".repeat(20_000));
    said(&circle);
    said(&b"1 0 obj [".repeat(50_000));
    said(&[&b"%PDF-1.4\n1 0 obj\n"[..], &b"<</A ".repeat(50_000)].concat());
    let bomb = stream("/Type /ObjStm /N 99999999 /First 0", &vec![b' '; 8 << 20]);
    said(&document(&vec![bomb; 30], ""));
}
