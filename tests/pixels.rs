//! Text in images, overlays and icons: what is looked at, what is told of it, and what is no text.

use dcmleak::{
    demo::{
        self, Place as Hidden,
        anatomy::{GLYPH_HEIGHT, letters},
        encode::{DataSet, FileBuilder, Syntax},
    },
    dicom::{Limits, Reader, frame::Cancel},
    leak::{FileReport, Finding, Inspector, PixelMode, Place, Region, Severity},
};
use std::path::{Path, PathBuf};

const US: &str = "1.2.840.10008.5.1.4.1.1.6.1";
const CT: &str = "1.2.840.10008.5.1.4.1.1.2";
const SIDE: usize = 256;

fn look(path: &Path, mode: PixelMode) -> FileReport {
    let reading = Reader::new(Limits::default()).read(path);
    let mut report = Inspector::new().inspect(&reading, path, Path::new("a"));
    report.see(Inspector::new().pixel_search(mode).findings(path, &reading, &Cancel::new()));
    report
}

/// What is told of a file's pixels.
fn told(bytes: &[u8], mode: PixelMode) -> Vec<Finding> {
    whole(bytes, mode).findings.into_iter().filter(|finding| finding.rule.starts_with("pixels.")).collect()
}

fn whole(bytes: &[u8], mode: PixelMode) -> FileReport {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a");
    std::fs::write(&path, bytes).unwrap();
    look(&path, mode)
}

fn rules(findings: &[Finding]) -> Vec<&str> {
    findings.iter().map(|finding| finding.rule.as_ref()).collect()
}

/// A frame on which `text` is written at (`x`, `y`), each dot of the font `size` pixels wide.
fn frame(text: &str, x: usize, y: usize, size: usize) -> Vec<u8> {
    let mut pixels = vec![20; SIDE * SIDE];
    for (column, row) in letters(text) {
        for at in 0..size * size {
            let (column, row) = (x + column * size + at % size, y + row * size + at / size);
            pixels[row * SIDE + column] = 230;
        }
    }
    pixels
}

fn image(modality: &str, frames: &[Vec<u8>]) -> DataSet {
    DataSet::new()
        .cs(0x0008_0060, modality)
        .us(0x0028_0002, &[1])
        .cs(0x0028_0004, "MONOCHROME2")
        .is(0x0028_0008, frames.len().to_string())
        .us(0x0028_0010, &[SIDE as u16])
        .us(0x0028_0011, &[SIDE as u16])
        .us(0x0028_0100, &[8])
        .us(0x0028_0101, &[8])
        .us(0x0028_0102, &[7])
        .us(0x0028_0103, &[0])
        .ob(0x7FE0_0010, frames.concat())
}

fn file(sop_class: &str, set: DataSet) -> Vec<u8> {
    FileBuilder::new(sop_class, Syntax::ExplicitLe).data(set.sorted()).to_bytes()
}

fn holds(region: &Region, [x, y, w, h]: [u32; 4]) -> bool {
    let side = |a: u32, b: u32, c: u32, d: u32| (a + b).min(c + d).saturating_sub(a.max(c));
    let shared = side(region.x, region.w, x, w) * side(region.y, region.h, y, h);
    2 * shared > w * h && region.w * region.h < 3 * w * h
}

#[test]
fn text_in_an_ultrasound_image_is_told_with_its_place() {
    let bytes = file(US, image("US", &[frame("SAMPLETON ANNA", 30, 40, 1)]));
    let found = told(&bytes, PixelMode::Auto);
    assert_eq!(rules(&found), ["pixels.text"]);
    let [finding] = found.as_slice() else { panic!() };
    assert_eq!(
        (finding.severity, finding.place, finding.class.name()),
        (Severity::High, Place::Pixels, "image_text")
    );
    assert_eq!(finding.at.to_string(), "(7FE0,0010)");
    assert!(holds(&finding.region.unwrap(), [30, 40, 83, GLYPH_HEIGHT as u32]), "{:?}", finding.region);
    assert_eq!(finding.value.expose(), "SAMPLETON ANNA");
}

#[test]
fn what_is_looked_at_is_what_was_asked_for() {
    let text = || image("CT", &[frame("SAMPLETON ANNA", 30, 40, 2)]);
    let ordinary = file(CT, text());
    assert_eq!(rules(&told(&ordinary, PixelMode::Auto)), [""; 0]);
    assert_eq!(rules(&told(&ordinary, PixelMode::All)), ["pixels.text"]);
    for hint in [
        text().cs(0x0028_0301, "YES"),
        text().cs(0x0008_0008, "ORIGINAL\\PRIMARY\\LOCALIZER"),
        text().cs(0x0008_0008, "DERIVED\\SECONDARY\\SCREEN SAVE"),
        text().replace(DataSet::new().cs(0x0008_0060, "ES")),
    ] {
        assert_eq!(rules(&told(&file(CT, hint), PixelMode::Auto)), ["pixels.text"]);
    }
    let risky = file("1.2.840.10008.5.1.4.1.1.7", text());
    assert_eq!(rules(&told(&risky, PixelMode::Auto)), ["pixels.text"]);
    assert_eq!(rules(&told(&risky, PixelMode::Off)), [""; 0]);
}

#[test]
fn regions_of_known_devices_are_proposed() {
    let set = image("US", &[vec![20; SIDE * SIDE]]);
    let bytes = file(US, set.lo(0x0008_1090, "LOGIQ9 ").lo(0x0008_0070, "GE Healthcare"));
    let found = told(&bytes, PixelMode::Auto);
    assert_eq!(rules(&found), ["pixels.device_region"; 2]);
    let regions: Vec<Region> = found.iter().filter_map(|finding| finding.region).collect();
    // As far as the image goes.
    assert_eq!(regions.iter().map(|region| (region.w, region.h)).collect::<Vec<_>>(), [(256, 40), (256, 30)]);
    assert!(found.iter().all(|finding| finding.severity == Severity::Info));
}

#[test]
fn text_is_told_where_it_is_first_seen() {
    let (blank, text) = (vec![20; SIDE * SIDE], frame("SAMPLETON ANNA", 30, 40, 1));
    let still = file(US, image("US", &[text.clone(), text.clone(), text.clone()]));
    let frames = |bytes: &[u8], mode| -> Vec<u32> {
        told(bytes, mode).iter().filter_map(|finding| finding.region).map(|region| region.frame).collect()
    };
    assert_eq!(frames(&still, PixelMode::Auto), [0]);
    let mut last = vec![blank.clone(); 9];
    last.push(text.clone());
    assert_eq!(frames(&file(US, image("US", &last)), PixelMode::Auto), [9]);
    let mut between = vec![blank; 10];
    between[1] = text;
    let between = file(US, image("US", &between));
    assert_eq!(frames(&between, PixelMode::Auto), [0; 0]);
    let found = told(&between, PixelMode::Auto);
    assert_eq!((rules(&found), found[0].severity), (vec!["pixels.in_part"], Severity::Info));
    assert!(found[0].why.ends_with(": 5 of 10 frames were."), "{}", found[0].why);
    assert_eq!(rules(&told(&between, PixelMode::All)), ["pixels.text"]);
    assert_eq!(rules(&told(&between, PixelMode::Only(3))), [""; 0]);
    assert_eq!(frames(&between, PixelMode::All), [1]);
}

#[test]
fn marks_and_patterns_are_no_text() {
    let mut grid = vec![20; SIDE * SIDE];
    let mut noise = grid.clone();
    let mut bars = grid.clone();
    let mut state = 1u32;
    for at in 0..SIDE * SIDE {
        let (x, y) = (at % SIDE, at / SIDE);
        grid[at] = if x % 16 == 0 || y % 16 == 0 { 220 } else { 20 };
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        noise[at] = (state >> 24) as u8;
        bars[at] = if x > 240 && y % 20 == 0 && y > 30 { 230 } else { 20 };
    }
    for (name, pixels) in [
        ("side", frame("R", 20, 20, 2)),
        ("pair", frame("RL", 20, 20, 2)),
        ("grid", grid),
        ("noise", noise),
        ("bars", bars),
    ] {
        let found = told(&file(US, image("US", &[pixels])), PixelMode::Auto);
        assert!(found.iter().all(|finding| finding.severity < Severity::Medium), "{name}: {found:?}");
    }
}

#[test]
fn a_few_letters_are_a_mark() {
    let found = told(&file(US, image("US", &[frame("Qzk", 30, 40, 2)])), PixelMode::Auto);
    assert_eq!((rules(&found), found[0].severity), (vec!["pixels.mark"], Severity::Low));
}

#[test]
fn a_false_claim_is_seen_through() {
    let claimed = |text| image("US", &[frame(text, 30, 40, 1)]).cs(0x0028_0301, "NO");
    let report = whole(&file(US, claimed("SAMPLETON ANNA")), PixelMode::Auto);
    assert!(report.claims.contradicted);
    assert!(report.findings.iter().any(|finding| finding.rule == "claim.burned_in"));
    assert!(!whole(&file(US, claimed("R")), PixelMode::Auto).claims.contradicted);
    // Text that says nothing known is no proof against a patient's anonymity; a name is.
    let removed = |text| image("US", &[frame(text, 30, 40, 1)]).cs(0x0012_0062, "YES");
    assert!(!whole(&file(US, removed("QXKZTR VBNMW")), PixelMode::Auto).claims.contradicted);
    assert!(whole(&file(US, removed("SAMPLETON ANNA")), PixelMode::Auto).claims.contradicted);
}

#[test]
fn overlays_and_icons_are_looked_at() {
    let mut bits = vec![0u8; 128 * 64 / 8];
    for (column, row) in letters("SAMPLETON ANNA") {
        let at = (10 + row) * 128 + 20 + column;
        bits[at / 8] |= 1 << (at % 8);
    }
    let overlay = DataSet::new()
        .us(0x6000_0010, &[64])
        .us(0x6000_0011, &[128])
        .cs(0x6000_0040, "G")
        .ss(0x6000_0050, &[101, 51])
        .us(0x6000_0100, &[1])
        .us(0x6000_0102, &[0])
        .ob(0x6000_3000, bits);
    let blank = image("CT", &[vec![20; SIDE * SIDE]]);
    let found = told(&file(CT, blank.clone().join(overlay)), PixelMode::Auto);
    assert_eq!((rules(&found), found[0].place), (vec!["pixels.overlay_text"], Place::Overlay));
    assert!(holds(&found[0].region.unwrap(), [70, 110, 83, 7]), "{:?}", found[0].region);

    let icon = image("US", &[frame("SAMPLETON ANNA", 30, 40, 1)]).without(&[0x0008_0060, 0x0028_0008]);
    let set = image("US", &[vec![20; SIDE * SIDE]]).seq(0x0088_0200, vec![icon]);
    let found = told(&file(US, set), PixelMode::Auto);
    assert_eq!((rules(&found), found[0].place), (vec!["pixels.icon_text"], Place::Icon));
    assert_eq!(found[0].at.to_string(), "(0088,0200)[0].(7FE0,0010)");
}

#[test]
fn what_could_not_be_looked_at_is_said() {
    let set = image("US", &[vec![0; 4]]).without(&[0x7FE0_0010]).frames(vec![vec![0, 0, 1, 0xb3]]);
    let bytes = FileBuilder::new(US, Syntax::JpegBaseline).data(set).to_bytes();
    let found = told(&bytes, PixelMode::Auto);
    assert_eq!(rules(&found), ["pixels.unseen"]);
    assert_eq!((found[0].severity, found[0].region), (Severity::Low, None));

    let icon = image("US", &[vec![20; SIDE * SIDE]]).without(&[0x0008_0060, 0x0028_0008, 0x0028_0010]);
    let set = image("US", &[vec![20; SIDE * SIDE]]).seq(0x0088_0200, vec![icon]);
    let found = told(&file(US, set), PixelMode::Auto);
    assert_eq!((rules(&found), found[0].place), (vec!["pixels.icon_unseen"], Place::Icon));
    assert_eq!(found[0].at.to_string(), "(0088,0200)[0].(7FE0,0010)");

    let mut short = image("US", &[vec![20; SIDE * SIDE], vec![20; SIDE * SIDE]]);
    short = short.replace(DataSet::new().is(0x0028_0008, "3"));
    let found = told(&file(US, short), PixelMode::Auto);
    assert_eq!(rules(&found), ["pixels.in_part"]);
    assert!(found[0].why.contains(": 2 of 3 frames were; of another: "), "{}", found[0].why);
}

#[test]
fn a_cancelled_search_ends() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a");
    std::fs::write(&path, file(US, image("US", &[frame("SAMPLETON ANNA", 30, 40, 1)]))).unwrap();
    let reading = Reader::new(Limits::default()).read(&path);
    let cancel = Cancel::new();
    cancel.cancel();
    assert_eq!(Inspector::new().pixel_search(PixelMode::All).findings(&path, &reading, &cancel), []);
}

/// Everything that the demo draws is found, in whichever mode that looks there, and nothing in its clean files.
#[test]
fn the_demo_is_seen_through() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("demo");
    demo::write(&root).unwrap();
    let demo = demo::compose().unwrap();
    let seen = |file: &str, mode| {
        let found = look(&root.join(file), mode).findings;
        found.into_iter().filter(|finding| finding.rule.starts_with("pixels.")).collect::<Vec<_>>()
    };
    let drawn = demo.planted.iter().filter(|leak| leak.place == Hidden::Pixels);
    let mut count = 0;
    for leak in drawn {
        let numbers = leak.at.trim_start_matches("pixels ").split(',').map(|n| n.parse().unwrap());
        let numbers: Vec<u32> = numbers.collect();
        let found = seen(&leak.file, PixelMode::All);
        let hit = found.iter().filter(|finding| finding.severity == Severity::High).any(|finding| {
            let region = finding.region.unwrap();
            // A line of the planted box is enough of it.
            let [x, y, w, h] = numbers[..] else { panic!("{}", leak.at) };
            region.x < x + w && x < region.x + region.w && region.y < y + h && y < region.y + region.h
        });
        assert!(hit, "{} {}: {found:?}", leak.file, leak.at);
        count += 1;
    }
    assert!(count > 4);
    for file in demo.clean() {
        let found = seen(file, PixelMode::All);
        assert!(found.iter().all(|finding| finding.severity < Severity::Medium), "{file}: {found:?}");
    }
}

fn corpus() -> Option<PathBuf> {
    std::env::var_os("DCMLEAK_CORPUS").map(PathBuf::from)
}

/// Real files, judged by eye: where text is, how many lines of it at least, and where there is none.
#[test]
fn real_text_is_found_and_real_images_are_not_accused() {
    let Some(folder) = corpus() else { return };
    let seen = |file: &str, mode, least: Severity| {
        let found = look(&folder.join(file), mode).findings.into_iter();
        let text =
            found.filter(|f| matches!(f.rule.as_ref(), "pixels.text" | "pixels.mark" | "pixels.harmless"));
        text.filter(|finding| finding.severity >= least).count()
    };
    for (file, lines) in [
        ("chafey-WADOImageLoader/testImages/US-YBR_FULL_422-EVRLE.dcm", 7),
        ("chafey-WADOImageLoader/testImages/no-pixel-spacing.dcm", 14),
        ("deid-data-pip/data/ultrasounds/GREYSCALE_IMAGE.dcm", 9),
        ("presidio/docs/samples/python/sample_data/2_ORIGINAL.dcm", 2),
        ("pydicom-data/data_store/data/JPGLosslessP14SV1_1s_1f_8b.dcm", 12),
        ("pydicom-data/data_store/data/OBXXXX1A_rle_2frame.dcm", 14),
        ("pydicom-data/data_store/data/US1_J2KR.dcm", 11),
        ("pydicom-pip/test_files/GDCMJ2K_TextGBR.dcm", 3),
        ("pydicom-pip/test_files/examples_palette.dcm", 13),
    ] {
        let found = seen(file, PixelMode::Auto, Severity::Info);
        assert!(found >= lines, "{file}: {found} lines");
    }
    for file in [
        "dcmjs/test/sample-op.dcm",
        "dicomParser/testImages/deflate/image_dfl",
        "dicomParser/testImages/encapsulated/multi-frame/IM00001.fragmented_no_bot_jpeg_baseline.50.dcm",
        "presidio/presidio-image-redactor/tests/test_data/RGB_ORIGINAL.dcm",
        "pydicom-data/data_store/data/OT-PAL-8-face.dcm",
        "pydicom-data/data_store/data/JPEG2000_UNC.dcm",
    ] {
        assert_eq!(seen(file, PixelMode::All, Severity::High), 0, "{file}");
    }
}

#[test]
fn what_is_read_is_set_against_the_patient() {
    let set = |text: &str| {
        image("US", &[frame(text, 12, 40, 1)])
            .pn(0x0010_0010, "SAMPLETON^ANNA")
            .lo(0x0010_0020, "MRN4711")
            .da(0x0010_0030, "19610503")
    };
    let seen = |text: &str| {
        let report = whole(&file(US, set(text)), PixelMode::Auto);
        let here = report.findings.into_iter().filter(|finding| finding.region.is_some());
        here.map(|finding| (finding.rule.to_string(), finding.severity)).collect::<Vec<_>>()
    };
    let has = |text: &str, rule: &str| {
        let found = seen(text);
        assert!(
            found.iter().any(|(own, severity)| own == rule && *severity >= Severity::High),
            "{text}: {found:?}"
        );
    };
    has("SAMPLETON, ANNA", "cross.name");
    has("ID: MRN4711", "cross.patient_id");
    has("03.05.1961 F", "cross.birth_date");
    // A letter that was read, or written, wrongly.
    has("SAMPLET0N A", "cross.name");
    has("SAMPLEXTON", "cross.name");
    has("DOB: 04/06/1957", "text.birth_date");
    assert_eq!(seen("SUPINE 120 kV"), [("pixels.harmless".to_owned(), Severity::Info)]);
    let strange = seen("QXKZTR VBNMW");
    assert_eq!(strange, [("pixels.text".to_owned(), Severity::High)]);
}

#[test]
fn what_is_read_is_left_for_the_patients_other_files() {
    let text = image("US", &[frame("SAMPLETON ANNA", 30, 40, 1)]);
    let spots = whole(&file(US, text), PixelMode::Auto).evidence.spots;
    let regions: Vec<_> = spots.iter().filter_map(|located| located.spot.region).collect();
    assert_eq!(regions.len(), 1);
    assert!(holds(&regions[0], [30, 40, 83, GLYPH_HEIGHT as u32]));
}
