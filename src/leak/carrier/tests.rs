use super::*;
use crate::{
    demo::{
        self,
        encode::{DataSet, FileBuilder, Syntax},
    },
    dicom::{Limits, Reader},
};
use std::path::Path;

fn said(bytes: &[u8]) -> Vec<(String, &'static str, String)> {
    let reading = Reader::new(Limits::default()).read_bytes(bytes);
    let mut out = Vec::new();
    passages(&Subject { reading: &reading, name: Path::new("a.dcm") }, &mut out);
    let at = |passage: &Passage<'_>| match passage.row {
        Some(row) => reading.rows.location(row).to_string(),
        None => passage.place.name().to_owned(),
    };
    out.iter().map(|passage| (at(passage), passage.carrier, passage.text.to_string())).collect()
}

/// Disguises of the demo's answer key, what of each must be carried, and where it does not say.
const DISGUISES: [(&str, &str); 15] = [
    ("UN text", "PAT: Erika Example"),
    ("UTF-16", "Erika Example"),
    ("base64", "patient: Erika Example"),
    ("XML", "patient name: Erika Example"),
    ("JSON", "subject email: erika@example.org"),
    ("CSA header", "Patient Name: Yamada^Tarou"),
    ("CSA protocol text", "t Patient Name: YAMADA_TAROU_19750505"),
    ("PDF stream, compressed", "Patient: Testcase, Tina|Signed: Jonathan Q. Sampleton"),
    ("PDF information", "Title: Letter about Tina Testcase"),
    ("CDA", "name: Tina Testcase|birth Time: 19910823|telecom: tel:+442079460321"),
    ("JPEG comment", "Max Mueller-Muster, born 2 Nov 1958"),
    ("preamble text", "Mueller-Muster_Max_19581102"),
    ("after the data set", "Erika Example, MRN EX-0012345"),
    ("trailing padding", "Muster, Max; born 02.11.1958"),
    ("meta group", "queued for YAMADA^TAROU"),
];

#[test]
fn the_demos_disguises_are_seen_through() {
    let folder = demo::compose().unwrap();
    for (disguise, texts) in DISGUISES {
        let mut seen = 0;
        for planted in folder.planted.iter().filter(|planted| planted.disguise == disguise) {
            if planted.at == "(0002,0016)" {
                continue;
            }
            seen += 1;
            let file = folder.files.iter().find(|file| file.path == planted.file).unwrap();
            let said = said(&file.bytes);
            let found = texts
                .split('|')
                .any(|text| said.iter().any(|(at, _, passage)| *at == planted.at && passage.contains(text)));
            assert!(found, "{disguise} at {} of {}: {said:#?}", planted.at, planted.file);
        }
        assert!(seen > 0, "{disguise} is in no answer key");
    }
}

/// For looking at: `CARRIED=FILE_OR_FOLDER cargo test --lib carried -- --ignored --nocapture`.
#[test]
#[ignore = "prints what files carry, for a person to look at"]
fn what_files_carry() {
    let root = std::env::var_os("CARRIED").unwrap();
    for entry in walkdir::WalkDir::new(root).into_iter().flatten().filter(|entry| entry.file_type().is_file())
    {
        let bytes = std::fs::read(entry.path()).unwrap();
        let reading = Reader::new(Limits::default()).read_bytes(&bytes);
        if reading.status == crate::dicom::Status::NotDicom {
            let mut out = Vec::new();
            blob::look(&bytes, "plain", &mut Gather::new(&mut out));
            out.iter()
                .for_each(|passage| println!("{:?}\t{}\t{:?}", entry.path(), passage.carrier, passage.text));
        }
        for (at, carrier, text) in said(&bytes) {
            println!("{:?}\t{at}\t{carrier}\t{text:?}", entry.path());
        }
    }
}

fn image(syntax: Syntax, pixels: DataSet) -> Vec<u8> {
    let set = DataSet::new()
        .us(0x0028_0002, &[1])
        .cs(0x0028_0004, "MONOCHROME2")
        .us(0x0028_0010, &[64])
        .us(0x0028_0011, &[64])
        .us(0x0028_0100, &[8]);
    FileBuilder::new("1.2.840.10008.5.1.4.1.1.7", syntax).data(set.join(pixels)).to_bytes()
}

/// A stream with a frame of compressed data that mean nothing.
fn jpeg(segments: &[(u8, Vec<u8>)], scan: usize, after: &[u8]) -> Vec<u8> {
    let mut out = vec![0xff, 0xd8];
    for (marker, body) in segments.iter().chain([&(0xda, vec![1, 1, 0, 0, 63, 0])]) {
        out.extend([0xff, *marker]);
        out.extend((body.len() as u16 + 2).to_be_bytes());
        out.extend(body);
    }
    out.extend((0..scan as u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).filter(|&b| b != 0xff));
    out.extend([0xff, 0xd9]);
    out.extend(after);
    out
}

#[test]
fn text_is_found_wherever_in_the_pixel_data_it_hides() {
    let text = "made for Erika Example, born 17 March 1962";
    let comment = || vec![(0xfe, text.as_bytes().to_vec())];
    let late = vec![(0xe1, vec![0x80; 60_000]), (0xec, vec![0x90; 30_000]), (0xfe, text.as_bytes().to_vec())];
    let frames = |frames: Vec<Vec<u8>>| image(Syntax::JpegBaseline, DataSet::new().frames(frames));
    let native = |pixels: Vec<u8>| image(Syntax::ExplicitLe, DataSet::new().ob(0x7fe0_0010, pixels));
    let after = [b"\0\0", text.as_bytes()].concat();
    let blank = vec![0x80; 64 * 64];
    for (bytes, carrier) in [
        (frames(vec![jpeg(&comment(), 500, b"")]), "a JPEG comment"),
        (frames(vec![jpeg(&[], 500, b""), jpeg(&comment(), 90_000, b"")]), "a JPEG comment"),
        (frames(vec![jpeg(&late, 90_000, b"")]), "a JPEG comment"),
        (frames(vec![jpeg(&[], 500, &after)]), "text after an image"),
        (frames(vec![jpeg(&[], 90_000, &after)]), "text after an image"),
        (frames(vec![jpeg(&[], 500, b""), text.as_bytes().to_vec()]), "text in place of an image"),
        (native([&blank[..], &after].concat()), "text after the pixels"),
        (native(text.repeat(98).bytes().take(4096).collect()), "text in place of pixels"),
    ] {
        let said = said(&bytes);
        let found =
            said.iter().any(|(at, by, said)| at == "(7FE0,0010)" && *by == carrier && said.contains(text));
        assert!(found, "{carrier}: {said:?}");
    }
    assert_eq!(said(&native([&blank[..], &[0]].concat())), []);
    assert_eq!(said(&frames(vec![jpeg(&[], 9000, b""); 200])), []);
}

#[test]
fn an_icon_is_a_place_of_its_own() {
    let icon = DataSet::new().frames(vec![jpeg(&[(0xfe, b"Icon of Erika Example".to_vec())], 500, b"")]);
    let set = DataSet::new().seq(0x0088_0200, vec![icon]);
    let bytes = FileBuilder::new("1.2.840.10008.5.1.4.1.1.7", Syntax::JpegBaseline).data(set).to_bytes();
    let reading = Reader::new(Limits::default()).read_bytes(&bytes);
    let mut out = Vec::new();
    passages(&Subject { reading: &reading, name: Path::new("a.dcm") }, &mut out);
    assert_eq!((out.len(), out[0].place), (1, Place::Icon));
    assert_eq!(reading.rows.location(out[0].row.unwrap()).to_string(), "(0088,0200)[0].(7FE0,0010)");
}

#[test]
fn both_ends_of_a_large_blob_are_looked_at() {
    let mut blob = vec![0x91; 3 << 20];
    blob[100..113].copy_from_slice(b"Erika Example");
    let end = blob.len() - 500;
    blob[end..end + 10].copy_from_slice(b"Max Muster");
    let set = DataSet::new().lo(0x0031_0010, "EXAMPLE VENDOR").ob(0x0031_1001, blob);
    let said = said(&FileBuilder::new("1.2.3", Syntax::ExplicitLe).data(set).to_bytes());
    let texts: Vec<&str> = said.iter().map(|(.., text)| text.as_str()).collect();
    assert_eq!(texts, ["Erika Example", "Max Muster"]);
}

#[test]
fn text_elements_are_seen_through_as_well() {
    let hidden = |vr: &[u8; 2], text: &str| {
        let set = DataSet::new().text(0x0040_4000, vr, text);
        let said = said(&FileBuilder::new("1.2.3", Syntax::ExplicitLe).data(set).to_bytes());
        said.into_iter().map(|(.., text)| text).collect::<String>()
    };
    for (vr, text, wanted) in [
        (b"UT", "<Patient><Name>Erika Example</Name></Patient>", "Patient Name: Erika Example"),
        (b"LT", "{\"patient\":{\"mrn\":\"EX-0012345\"}}", ""),
        (b"LT", "{\"patient\":{\"mrn\":\"EX-0012345\",\"sex\":\"F\"}}", "patient mrn: EX-0012345"),
        (b"ST", "MSH|^~\\&|A\rPID|1||EX-0012345||Example^Erika", "Patient Name: Example^Erika"),
        (b"LO", "cGF0aWVudD1FcmlrYSBFeGFtcGxlO2lkPUVYLTAwMTIzNDU=", "patient: Erika Example"),
        (b"LO", "4572696b61204578616d706c652c20626f726e2031393632", "Erika Example, born 1962"),
        (b"LT", "Name=Erika Example;DOB=17.03.1962", "DOB: 17.03.1962"),
    ] {
        assert!(hidden(vr, text).contains(wanted), "{wanted}: {}", hidden(vr, text));
    }
    for text in [
        "Head 5.0 H31s with contrast, repeated",
        "1.2.840.113619.2.55.3.20240514103015.7",
        "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "ORIGINAL/PRIMARY/AXIAL/CT_SOM5_SPI",
    ] {
        assert_eq!(hidden(b"LO", text), "", "{text}");
    }
}

/// Every file of `DCMLEAK_CORPUS`, if there is one, whole and cut.
#[test]
fn real_files_pass() {
    let Some(root) = std::env::var_os("DCMLEAK_CORPUS") else { return };
    for entry in walkdir::WalkDir::new(root).into_iter().flatten().filter(|entry| entry.file_type().is_file())
    {
        let bytes = std::fs::read(entry.path()).unwrap();
        let total: usize = said(&bytes).iter().map(|(.., text)| text.len()).sum();
        assert!(total <= 4 << 20, "{:?}", entry.path());
        said(&bytes[..bytes.len() * 2 / 3]);
    }
}

proptest::proptest! {
    #[test]
    fn any_bytes_anywhere_end(mut bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..600), kind in 0usize..14) {
        let magics: [&[u8]; 14] = [
            b"", b"%PDF-1.4\n1 0 obj<<", b"\xff\xd8\xff\xe1\0\x20Exif\0\0II*\0\x08\0\0\0", b"\x89PNG\r\n\x1a\n", b"GIF89a",
            b"\0\0\0\x0cjP  \r\n\x87\n", b"\xff\x4f\xff\x51", b"\x1f\x8b\x08\0", b"\x78\x9c", b"PK\x03\x04", b"SV10\x04\x03\x02\x01",
            b"<a b=", b"{\"a\":", b"{\\rtf1",
        ];
        bytes.splice(0..0, magics[kind].iter().copied());
        let mut out = Vec::new();
        blob::look(&bytes, "x", &mut Gather::new(&mut out));
        let set = DataSet::new().ob(0x0042_0011, bytes.clone()).un(0x0043_1001, bytes.clone()).lo(0x0043_1002, String::from_utf8_lossy(&bytes)).frames(vec![vec![], bytes]);
        said(&FileBuilder::new("1.2.3", Syntax::JpegBaseline).data(set).to_bytes());
    }
}

/// For measuring: `TIMED=FOLDER cargo test --release --lib timed -- --ignored --nocapture`.
#[test]
#[ignore = "prints how long files take, for a person to look at"]
fn timed() {
    let root = std::env::var_os("TIMED").unwrap();
    let mut all = Vec::new();
    for entry in walkdir::WalkDir::new(root).into_iter().flatten().filter(|entry| entry.file_type().is_file())
    {
        let bytes = std::fs::read(entry.path()).unwrap();
        let reading = Reader::new(Limits::default()).read_bytes(&bytes);
        let best = |run: &dyn Fn()| {
            let once = |_| {
                let start = std::time::Instant::now();
                run();
                start.elapsed().as_secs_f64() * 1e6
            };
            (0..9).map(once).fold(f64::MAX, f64::min)
        };
        let carried = best(&|| {
            let mut out = Vec::new();
            passages(&Subject { reading: &reading, name: Path::new("a.dcm") }, &mut out);
        });
        let read = best(&|| drop(Reader::new(Limits::default()).read_bytes(&bytes)));
        all.push((carried, read, reading.rows.memory(), entry.path().display().to_string()));
    }
    all.sort_by(|a, b| a.0.total_cmp(&b.0));
    println!(
        "files {}, median {:.1} µs, mean {:.1} µs",
        all.len(),
        all[all.len() / 2].0,
        all.iter().map(|file| file.0).sum::<f64>() / all.len() as f64
    );
    for (carried, read, held, path) in all.iter().rev().take(40) {
        println!("{carried:10.1} µs carried {read:10.1} µs read {held:9} bytes held {path}");
    }
}
