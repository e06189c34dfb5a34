//! Frames of real files: which decode, and whether files that hold the same image yield the same samples.
//! Needs `DCMLEAK_CORPUS`; `cargo test --test frames -- --nocapture` prints the table of codecs.

use dcmleak::dicom::{
    Limits, Reader, Status,
    frame::{self, Cancel, Frame, FrameError, FrameLimits, Layout},
};
use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

fn corpus() -> Option<PathBuf> {
    std::env::var_os("DCMLEAK_CORPUS").map(PathBuf::from)
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut all: Vec<PathBuf> = walk(folder);
    all.sort();
    all
}

fn walk(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .flat_map(|entry| if entry.path().is_dir() { walk(&entry.path()) } else { vec![entry.path()] })
        .collect()
}

/// Files whose frames are the same image, stored in other ways: the frame's number, and the files' names.
const TWINS: [(u32, &[&str]); 19] = [
    (0, &["693_UNCR.dcm", "693_J2KR.dcm"]),
    (0, &["693_UNCI.dcm", "693_J2KI.dcm"]),
    (
        0,
        &[
            "CT1_UNC.explicit_little_endian.dcm",
            "CT1_UNC.explicit_big_endian.dcm",
            "CT1_J2KR",
            "CT1_UNC.implicit_little_endian.dcm",
            "CT1_UNC.fragmented_bot_jpeg_ls.80.dcm",
            "CT1_UNC.fragmented_no_bot_jpeg_ls.80.dcm",
        ],
    ),
    (
        0,
        &[
            "CTImage.dcm",
            "CTImage.dcm_BigEndianExplicitTransferSyntax_1.2.840.10008.1.2.2.dcm",
            "CTImage.dcm_DeflatedExplicitVRLittleEndianTransferSyntax_1.2.840.10008.1.2.1.99.dcm",
            "CTImage.dcm_JPEGLSLosslessTransferSyntax_1.2.840.10008.1.2.4.80.dcm",
            "CTImage.dcm_JPEGProcess14SV1TransferSyntax_1.2.840.10008.1.2.4.70.dcm",
            "CTImage.dcm_JPEGProcess14TransferSyntax_1.2.840.10008.1.2.4.57.dcm",
            "CTImage.dcm_RLELosslessTransferSyntax_1.2.840.10008.1.2.5.dcm",
        ],
    ),
    // The same coefficients, coded at once, by bands, and bit by bit.
    (
        0,
        &[
            "CTImage.dcm_JPEGProcess2_4TransferSyntax_1.2.840.10008.1.2.4.51.dcm",
            "CTImage.dcm_JPEGProcess6_8TransferSyntax_1.2.840.10008.1.2.4.53.dcm",
            "CTImage.dcm_JPEGProcess10_12TransferSyntax_1.2.840.10008.1.2.4.55.dcm",
        ],
    ),
    (
        1,
        &[
            "CT0012.explicit_little_endian.dcm",
            "CT0012.fragmented_no_bot_jpeg_lossless.57.dcm",
            "CT0012.fragmented_no_bot_jpeg_lossless.70.dcm",
            "CT0012.fragmented_no_bot_jpeg_ls.80.dcm",
            "CT0012.not_fragmented_bot_jpeg_ls.80.dcm",
            "CT0012.not_fragmented_bot_rle.dcm",
            "CT0012.not_fragmented_no_bot_rle.dcm",
        ],
    ),
    (
        0,
        &[
            "MR_small.dcm",
            "MR_small_RLE.dcm",
            "MR_small_expb.dcm",
            "MR_small_jp2klossless.dcm",
            "MR_small_jpeg_ls_lossless.dcm",
            "MR_small_implicit.dcm",
        ],
    ),
    (24, &["sm_image.dcm", "sm_image_jpegls.dcm", "sm_image_jpegls_nobot.dcm"]),
    (0, &["OBXXXX1A.dcm", "OBXXXX1A_expb.dcm", "OBXXXX1A_rle.dcm", "OBXXXX1A_rle_2frame.dcm"]),
    (0, &["SC_rgb.dcm", "SC_rgb_expb.dcm", "SC_rgb_gdcm_KY.dcm", "SC_rgb_jpeg_gdcm.dcm", "SC_rgb_rle.dcm"]),
    (1, &["SC_rgb_2frame.dcm", "SC_rgb_expb_2frame.dcm", "SC_rgb_rle_2frame.dcm"]),
    (1, &["SC_rgb_16bit_2frame.dcm", "SC_rgb_expb_16bit_2frame.dcm", "SC_rgb_rle_16bit_2frame.dcm"]),
    (1, &["SC_rgb_32bit_2frame.dcm", "SC_rgb_expb_32bit_2frame.dcm", "SC_rgb_rle_32bit_2frame.dcm"]),
    (0, &["SC_rgb_small_odd.dcm", "SC_rgb_small_odd_big_endian.dcm"]),
    (0, &["color-pl.dcm", "color-px.dcm"]),
    (
        9,
        &[
            "emri_small.dcm",
            "emri_small_RLE.dcm",
            "emri_small_big_endian.dcm",
            "emri_small_jpeg_2k_lossless.dcm",
            "emri_small_jpeg_ls_lossless.dcm",
        ],
    ),
    (2, &["liver.dcm", "liver_expb.dcm", "liver_j2k.dcm", "liver_rle.dcm"]),
    (
        2,
        &[
            "liver_nonbyte_aligned.dcm",
            "liver_nonbyte_aligned_deflate.dcm",
            "liver_nonbyte_aligned_j2k.dcm",
            "liver_nonbyte_aligned_rle.dcm",
        ],
    ),
    (14, &["rtdose.dcm", "rtdose_expb.dcm", "rtdose_rle.dcm"]),
];

fn decode(path: &Path, number: u32) -> Result<Frame, FrameError> {
    let reading = Reader::new(Limits::default()).read(path);
    frame::decode(path, &reading, number, &FrameLimits::default(), &Cancel::new())
}

fn digest(frame: &Frame) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325u64;
    for at in 0..frame.data.len() {
        let bits = frame.data.get(at).unwrap_or_default().to_bits();
        hash = (hash ^ bits).wrapping_mul(0x0100_0000_01b3);
    }
    hash
}

/// Every file and each of its first and last frames either decodes or says why not, soon.
#[test]
fn codec_table() {
    let Some(folder) = corpus() else { return };
    let mut outcomes: BTreeMap<(String, String), usize> = BTreeMap::new();
    for path in files(&folder) {
        let start = Instant::now();
        let reading = Reader::new(Limits::default()).read(&path);
        if reading.status == Status::NotDicom || reading.pixel_data().is_none() {
            continue;
        }
        let last = Layout::of(&reading).map_or(0, |layout| layout.frames - 1);
        for number in [0, last].into_iter().take(if last == 0 { 1 } else { 2 }) {
            let syntax = reading.syntax.name().to_owned();
            let outcome = frame::decode(&path, &reading, number, &FrameLimits::default(), &Cancel::new());
            let name = path.strip_prefix(&folder).unwrap_or(&path).display();
            let (short, long) = match &outcome {
                Ok(frame) => {
                    let whole = if frame.whole { "" } else { ", in part" };
                    let size = format!("{}×{}×{}", frame.columns, frame.rows, frame.samples);
                    (
                        format!("{}{whole}", frame.codec),
                        format!("{size} {:?} {:016x}", frame.photometric, digest(frame)),
                    )
                }
                Err(error) => (error.to_string(), String::new()),
            };
            println!("{name}\t{number}\t{syntax}\t{short}\t{long}");
            *outcomes.entry((syntax, short)).or_default() += 1;
        }
        assert!(start.elapsed() < Duration::from_secs(30), "{} takes too long", path.display());
    }
    println!();
    for ((syntax, outcome), count) in outcomes {
        println!("{count}\t{syntax}\t{outcome}");
    }
}

/// What is stored without loss is the same in every transfer syntax.
#[test]
fn twins_are_equal() {
    let Some(folder) = corpus() else { return };
    let files = files(&folder);
    let named =
        |name: &str| files.iter().find(|path| path.file_name().is_some_and(|file| file == name)).unwrap();
    for (number, names) in TWINS {
        let first = decode(named(names[0]), number).unwrap();
        for name in &names[1..] {
            let other = decode(named(name), number).unwrap();
            assert_eq!(
                (first.columns, first.rows, first.samples),
                (other.columns, other.rows, other.samples),
                "{name}"
            );
            assert!(first.data == other.data, "{name} is not {}", names[0]);
        }
    }
}
