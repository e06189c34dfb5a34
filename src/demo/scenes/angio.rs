use super::super::anatomy::{angiogram, hot_palette, perfusion, screen};
use super::super::encode::{DataSet, FileBuilder, Syntax};
use super::super::error::DemoError;
use super::super::folder::{Folder, Kind};
use super::super::patients::{ELENI, GILDONG};
use super::super::planted::Leak;
use super::image::{NM, SC, XA, eight_bit, palette, rgb};

const FRAMES: u16 = 24;

/// A coronary cine and its big-endian companion (Greek), a perfusion scan in palette colour and a capture (Korean).
pub fn eleni(folder: &mut Folder) -> Result<(), DemoError> {
    cine(folder);
    big_endian(folder);
    gildong(folder);
    Ok(())
}

fn header(instance: u32) -> DataSet {
    ELENI
        .header(XA, "XA", 6, instance)
        .cs(0x0008_0008, "ORIGINAL\\PRIMARY\\SINGLE PLANE")
        .lo(0x0008_1030, "CORONARY ANGIO")
        .ds(0x0018_0060, "78")
}

fn cine(folder: &mut Folder) {
    let frames: Vec<_> = (0..FRAMES).map(|frame| angiogram(61, 160, frame, FRAMES)).collect();
    let set = header(1)
        .lo(0x0008_103E, "LCA RAO 30")
        .ds(0x0018_1063, "66.7")
        .is(0x0018_0040, "15")
        .at(0x0028_0009, &[0x0018_1063])
        .join(eight_bit(&frames))
        .sorted();
    let bytes = FileBuilder::new(XA, Syntax::ExplicitLe).data(set).to_bytes();
    folder.patient_file("PACS_Export/cath_lab/run_01.dcm", &ELENI, Kind::Leaky, bytes, vec![]);
}

fn big_endian(folder: &mut Folder) {
    let still = angiogram(61, 160, 14, FRAMES);
    let set = header(2)
        .lo(0x0008_103E, "LCA LAO 45")
        .lt(0x0020_4000, "Ασθενής: Ελένη Παράδειγμα, τηλ. 555-0128")
        .join(eight_bit(&[still]))
        .sorted();
    let bytes = FileBuilder::new(XA, Syntax::ExplicitBe).data(set).to_bytes();
    let needle = ELENI.charset.encode("Ελένη Παράδειγμα");
    let leak = Leak::tag("(0020,4000)", "free_text", "Greek, big endian", needle);
    folder.patient_file("PACS_Export/cath_lab/run_02_be.dcm", &ELENI, Kind::Leaky, bytes, vec![leak]);
}

fn gildong(folder: &mut Folder) {
    let set = GILDONG
        .header(NM, "NM", 7, 1)
        .cs(0x0008_0008, "ORIGINAL\\PRIMARY\\TOMO\\EMISSION")
        .lo(0x0008_1030, "MYOCARDIAL PERFUSION")
        .join(palette(&perfusion(71, 128), &hot_palette()))
        .sorted();
    let bytes = FileBuilder::new(NM, Syntax::ExplicitLe).data(set).to_bytes();
    folder.patient_file("PACS_Export/nuclear/SA_rest.dcm", &GILDONG, Kind::Leaky, bytes, vec![]);

    let (picture, boxes) =
        screen(400, 240, "PERFUSION REPORT", &["Hong, Gildong", "KR-9904417", "1983-06-11  M"]);
    let set = GILDONG.header(SC, "OT", 8, 1).lo(0x0008_103E, "Result").join(rgb(&picture)).sorted();
    let bytes = FileBuilder::new(SC, Syntax::ExplicitLe).data(set).to_bytes();
    let leaks = boxes.into_iter().skip(1).map(|area| Leak::drawn("image_text", area)).collect();
    folder.patient_file("PACS_Export/nuclear/Hong_KR-9904417.dcm", &GILDONG, Kind::Leaky, bytes, leaks);
}
