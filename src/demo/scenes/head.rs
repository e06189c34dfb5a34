use super::super::anatomy::{Picture, head_ct};
use super::super::encode::{DataSet, FileBuilder, Syntax};
use super::super::error::DemoError;
use super::super::folder::{Folder, Kind};
use super::super::patients::ERIKA;
use super::super::planted::{Leak, Place};
use super::blobs;
use super::image::{CT, signed};

const SLICES: u32 = 14;
/// Patient Comments, after the pixels.
const MISPLACED: &str = "Daughter Eva Example, tel (212) 555-0143";

/// A head CT, a hiding place or two in every slice.
pub fn erika(folder: &mut Folder) -> Result<(), DemoError> {
    for slice in 1..=SLICES {
        let (extra, leaks) = hidden_in(slice);
        let level = slice as f32 / SLICES as f32 * 0.9;
        let image = ERIKA
            .header(CT, "CT", 1, slice)
            .cs(0x0008_0008, "ORIGINAL\\PRIMARY\\AXIAL")
            .lo(0x0008_1030, "CT HEAD W/O CONTRAST")
            .lo(0x0008_103E, "Head 5.0 H31s")
            .cs(0x0018_0015, "HEAD")
            .ds(0x0018_0050, "5")
            .ds(0x0018_0060, "120")
            .ds(0x0020_0032, format!("-125\\-125\\{}", slice * 5))
            .ds(0x0020_0037, "1\\0\\0\\0\\1\\0")
            .ds(0x0028_0030, "0.98\\0.98")
            .join(signed(&head_ct(11, 192, level), ["40", "80"]))
            .join(extra);
        let image = image.sorted();
        let image = if slice == 10 { image.lt(0x0010_4000, MISPLACED) } else { image };
        let syntax = if slice == 12 { Syntax::Deflated } else { Syntax::ExplicitLe };
        let mut file = FileBuilder::new(CT, syntax).data(image);
        if slice == 13 {
            file = file.trailer("\0\0EXPORTED FOR: Erika Example, MRN EX-0012345, Tel (212) 555-0142");
        }
        let kind = if matches!(slice, 10 | 11 | 13) { Kind::Odd } else { Kind::Leaky };
        let path = format!("PACS_Export/Example_Erika_19620317/CT_Head/CT{slice:03}.dcm");
        folder.patient_file(&path, &ERIKA, kind, file.to_bytes(), leaks);
        if syntax == Syntax::Deflated {
            folder.forget_needles(&path);
        }
    }
    Ok(())
}

fn hidden_in(slice: u32) -> (DataSet, Vec<Leak>) {
    match slice {
        1 => nested(),
        2 => private_name(),
        3 => private_numbers(),
        4 => blobs::unknown_text(),
        5 => blobs::utf_16(),
        6 => blobs::base_64(),
        7 => blobs::xml(),
        8 => blobs::json(),
        9 => icon(),
        10 => (
            DataSet::new(),
            vec![Leak::tag("(0010,4000)", "free_text", "out of order", "Daughter Eva Example")],
        ),
        11 => duplicate(),
        12 => padding(),
        13 => (
            DataSet::new(),
            vec![Leak::other(Place::Trailer, "name", "after the data set", "Erika Example, MRN EX-0012345")],
        ),
        _ => person(),
    }
}

fn nested() -> (DataSet, Vec<Leak>) {
    let request = DataSet::new()
        .lo(0x0032_1060, "CT head, Mrs Example, fall at home")
        .sh(0x0040_0009, "SPS-99012")
        .seq_undefined(
            0x0040_0008,
            vec![DataSet::new().sh(0x0008_0100, "CTHEAD").sh(0x0008_0102, "99EX").lo(0x0008_0104, "CT head")],
        )
        .sorted();
    let modified =
        DataSet::new().pn(0x0010_0010, "Example-Oldname^Erika").lo(0x0010_0020, "TEMP-77-19620317");
    let original = DataSet::new()
        .seq(0x0400_0550, vec![modified])
        .dt(0x0400_0562, "20240514113000")
        .lo(0x0400_0563, "EXAMPLE MERGE TOOL")
        .lo(0x0400_0564, "OLD ARCHIVE")
        .cs(0x0400_0565, "COERCE");
    let set = DataSet::new()
        .seq(
            0x0010_1002,
            vec![
                DataSet::new()
                    .lo(0x0010_0020, "EXT-4455-EE")
                    .lo(0x0010_0021, "EXAMPLE HMO")
                    .cs(0x0010_0022, "TEXT"),
                DataSet::new().lo(0x0010_0020, "219-09-9999").lo(0x0010_0021, "SSN").cs(0x0010_0022, "TEXT"),
            ],
        )
        .seq_undefined(0x0040_0275, vec![request])
        .seq_undefined(0x0400_0561, vec![original]);
    let leaks = vec![
        Leak::tag("(0010,1002)[0].(0010,0020)", "other_id", "nested", "EXT-4455-EE"),
        Leak::tag("(0010,1002)[1].(0010,0020)", "other_id", "nested", "219-09-9999"),
        Leak::tag("(0040,0275)[0].(0032,1060)", "free_text", "nested", "Mrs Example"),
        Leak::tag("(0400,0561)[0].(0400,0550)[0].(0010,0010)", "name", "nested", "Example-Oldname^Erika"),
        Leak::tag("(0400,0561)[0].(0400,0550)[0].(0010,0020)", "patient_id", "nested", "TEMP-77-19620317"),
    ];
    (set, leaks)
}

fn private_name() -> (DataSet, Vec<Leak>) {
    let set = DataSet::new()
        .lo(0x0029_0010, "EXAMPLE VENDOR 1.0")
        .lo(0x0029_1001, "EXAMPLE ERIKA")
        .sh(0x0029_1002, "v4.2.1")
        .seq(
            0x0029_1010,
            vec![DataSet::new().lo(0x0029_0010, "EXAMPLE VENDOR 1.0").pn(0x0029_1011, "Example^Erika")],
        );
    let leaks = vec![
        Leak::tag("(0029,1001)", "name", "private element", "EXAMPLE ERIKA"),
        Leak::tag("(0029,1010)[0].(0029,1011)", "name", "private sequence", "Example^Erika"),
    ];
    (set, leaks)
}

/// Private and harmless: numbers under an unknown creator, and two elements of the standard's safe list.
fn private_numbers() -> (DataSet, Vec<Leak>) {
    let set = DataSet::new()
        .lo(0x0019_0010, "GEMS_ACQU_01")
        .ds(0x0019_1027, "0.984")
        .lo(0x0029_0010, "EXAMPLE VENDOR 1.0")
        .fd(0x0029_1030, &[0.5, 1.25, -3.75])
        .us(0x0029_1031, &[3, 1, 4])
        .lo(0x0043_0010, "GEMS_PARM_01")
        .sh(0x0043_1027, "0.984:1");
    (set, vec![])
}

fn icon() -> (DataSet, Vec<Leak>) {
    let mut picture = Picture::filled(120, 64, 30u8);
    picture.write("Erika Example", 4, 6, 1, 230);
    picture.write("EX-0012345", 4, 18, 1, 230);
    picture.fill(30, 32, 60, 26, 110);
    let item = DataSet::new()
        .us(0x0028_0002, &[1])
        .cs(0x0028_0004, "MONOCHROME2")
        .us(0x0028_0010, &[64])
        .us(0x0028_0011, &[120])
        .us(0x0028_0100, &[8])
        .us(0x0028_0101, &[8])
        .us(0x0028_0102, &[7])
        .us(0x0028_0103, &[0])
        .ob(0x7FE0_0010, picture.pixels);
    let leak = Leak::other(Place::Icon, "image_text", "burned-in", "").at("(0088,0200)");
    (DataSet::new().seq(0x0088_0200, vec![item]), vec![leak])
}

/// A reader that stops at the first sees a dummy's place taken by the real name, or the other way round.
fn duplicate() -> (DataSet, Vec<Leak>) {
    let leak = Leak::tag("(0010,0010)", "name", "duplicate", "Example^Erika Marie");
    (DataSet::new().pn(0x0010_0010, "Example^Erika Marie"), vec![leak])
}

fn padding() -> (DataSet, Vec<Leak>) {
    let text = "last user of this buffer: Muster, Max; born 02.11.1958; MM-004711";
    let set = DataSet::new().ob(0xFFFC_FFFC, format!("\0\0\0\0\0\0\0\0{text}"));
    (set, vec![Leak::tag("(FFFC,FFFC)", "name", "trailing padding", "")])
}

fn person() -> (DataSet, Vec<Leak>) {
    let set = DataSet::new()
        .pn(0x0010_1001, "Sampler^Erika")
        .pn(0x0010_1005, "Specimen^Erika")
        .ds(0x0010_1020, "1.71")
        .ds(0x0010_1030, "68.5")
        .pn(0x0010_1060, "Specimen^Elfriede")
        .lo(0x0010_2110, "Latex; penicillin")
        .sh(0x0010_2160, "fictional")
        .sh(0x0010_2180, "Bus driver, Line 7")
        .lt(0x0010_21B0, "Stroke 2019, lives with son Emil. GP: Dr. Gerda Placeholder")
        .lo(0x0008_1080, "I63.9 cerebral infarction");
    let leaks = vec![
        Leak::tag("(0008,1080)", "health", "attribute", "I63.9 cerebral infarction"),
        Leak::tag("(0010,1001)", "name", "attribute", "Sampler^Erika"),
        Leak::tag("(0010,1005)", "name", "attribute", "Specimen^Erika"),
        Leak::tag("(0010,1020)", "physique", "attribute", "1.71"),
        Leak::tag("(0010,1030)", "physique", "attribute", "68.5"),
        Leak::tag("(0010,1060)", "relative_name", "attribute", "Specimen^Elfriede"),
        Leak::tag("(0010,2110)", "health", "attribute", "penicillin"),
        Leak::tag("(0010,2160)", "demographic", "attribute", "fictional"),
        Leak::tag("(0010,2180)", "demographic", "attribute", "Bus driver"),
        Leak::tag("(0010,21B0)", "free_text", "attribute", "Gerda Placeholder"),
    ];
    (set, leaks)
}
