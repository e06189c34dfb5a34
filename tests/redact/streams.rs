//! Compressed images whose comments are deep inside of them.

use super::{copies, holds, program, read, run, text};
use dcmleak::{
    demo::encode::{DataSet, FileBuilder, Syntax, rle_frame},
    dicom::{
        Limits, Reader,
        frame::{self, Cancel, FrameLimits, Layout},
    },
};
use std::{fs, path::Path};

const CLASS: &str = "1.2.840.10008.5.1.4.1.1.7";
const SIDE: u16 = 512;
/// No file says so of its patient.
const NAME: &str = "for Quillfeather";

/// A progressive image of noise.
fn jpeg() -> Vec<u8> {
    let mut state = 1u32;
    let pixels: Vec<u8> = (0..u32::from(SIDE) * u32::from(SIDE))
        .map(|_| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 24) as u8
        })
        .collect();
    let mut out = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut out, 95);
    encoder.set_progressive(true);
    encoder.encode(&pixels, SIDE, SIDE, jpeg_encoder::ColorType::Luma).unwrap();
    out
}

/// A comment before the last scan, and text behind the end.
fn with_comments(jpeg: &[u8]) -> Vec<u8> {
    let scan = memchr::memmem::rfind(jpeg, &[0xff, 0xda]).unwrap();
    assert!(scan > 160 << 10, "deeper than what a reading holds");
    let length = (NAME.len() as u16 + 2).to_be_bytes();
    let comment = [&[0xff, 0xfe][..], &length, NAME.as_bytes()].concat();
    let mut out = [&jpeg[..scan], &comment, &jpeg[scan..], NAME.as_bytes()].concat();
    out.resize(out.len().next_multiple_of(2), 0);
    out
}

fn image(fragments: Vec<Vec<u8>>, syntax: Syntax) -> Vec<u8> {
    let set = DataSet::new()
        .ui(0x0008_0016, CLASS)
        .ui(0x0008_0018, "2.999.1.77.4711")
        .cs(0x0008_0060, "OT")
        .pn(0x0010_0010, "Sampleton^Jonathan")
        .us(0x0028_0002, &[1])
        .cs(0x0028_0004, "MONOCHROME2")
        .is(0x0028_0008, "2")
        .us(0x0028_0010, &[SIDE])
        .us(0x0028_0011, &[SIDE])
        .us(0x0028_0100, &[8])
        .us(0x0028_0101, &[8])
        .us(0x0028_0102, &[7])
        .us(0x0028_0103, &[0])
        .fragments(vec![], fragments);
    FileBuilder::new(CLASS, syntax).data(set).to_bytes()
}

fn pixels(path: &Path) -> Vec<Vec<f64>> {
    let reading = Reader::new(Limits::default()).read(path);
    let layout = Layout::of(&reading).unwrap();
    let decode =
        |number| frame::decode(path, &reading, number, &FrameLimits::default(), &Cancel::new()).unwrap();
    let samples = |data: &frame::Samples| (0..data.len()).filter_map(|at| data.get(at)).collect();
    (0..layout.frames).map(|number| samples(&decode(number).data)).collect()
}

#[test]
fn comments_deep_in_a_stream_go_and_the_image_stays() {
    let folder = tempfile::tempdir().unwrap();
    let (input, out) = (folder.path().join("in"), folder.path().join("out"));
    fs::create_dir(&input).unwrap();
    let plain = jpeg();
    let late = with_comments(&plain);
    let (first, second) = late.split_at(100 << 10);
    // A fragment a frame, and a frame in two fragments.
    let original = image(vec![late.clone(), first.to_vec(), second.to_vec()], Syntax::JpegBaseline);
    fs::write(input.join("a.dcm"), &original).unwrap();
    let output = run(&input, &out, &["--allow-burned-in"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let said = text(&output.stdout);
    assert!(said.contains("surplus       (7FE0,0010)"), "{said}");
    let dry = program().arg(&input).args(["--dry-run", "--allow-burned-in"]).output().unwrap();
    assert!(text(&dry.stdout).contains("surplus       (7FE0,0010)"), "a dry run says so too");
    let all = copies(&out);
    let (name, copy) = all.iter().next().unwrap();
    assert!(holds(&original, NAME.as_bytes()) && !holds(copy, NAME.as_bytes()));
    let lengths = |bytes: &[u8]| -> Vec<u32> {
        let reading = read(bytes);
        reading.rows.children(reading.pixel_data()).map(|(_, row)| row.length).collect()
    };
    assert_eq!(lengths(copy), lengths(&original), "no fragment changes its length");
    assert_eq!(pixels(&out.join(name)), pixels(&input.join("a.dcm")));
    let differ = |stream: &[u8]| {
        let at = memchr::memmem::find(copy, &stream[..64]).unwrap();
        stream.iter().zip(&copy[at..]).filter(|(before, after)| before != after).count()
    };
    assert!(differ(&late) <= 2 * NAME.len(), "nothing else is touched");
}

#[test]
fn what_lies_between_run_lengths_goes_and_the_image_stays() {
    let folder = tempfile::tempdir().unwrap();
    let (input, out) = (folder.path().join("in"), folder.path().join("out"));
    fs::create_dir(&input).unwrap();
    let plane: Vec<u8> = (0..usize::from(SIDE) * usize::from(SIDE)).map(|at| (at / 999) as u8).collect();
    let mut frame = rle_frame(&[plane], SIDE.into());
    frame[64 - NAME.len()..64].copy_from_slice(NAME.as_bytes());
    frame.extend(NAME.as_bytes());
    frame.resize(frame.len().next_multiple_of(2), 0);
    let original = image(vec![frame.clone(), frame], Syntax::Rle);
    fs::write(input.join("a.dcm"), &original).unwrap();
    let output = run(&input, &out, &["--allow-burned-in"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let all = copies(&out);
    let (name, copy) = all.iter().next().unwrap();
    assert!(holds(&original, NAME.as_bytes()) && !holds(copy, NAME.as_bytes()));
    assert_eq!(pixels(&out.join(name)), pixels(&input.join("a.dcm")));
}
