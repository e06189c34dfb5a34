//! Clean objects whose words and bytes are technical all through: documents, headers, streams, numbers.
use super::forms::{blob, gzip, mesh, pdf};
use crate::all::{
    clean::code,
    host,
    rng::Rng,
    wrap::{self, stream},
};
use dcmleak::demo::encode::{Charset, DataSet};

pub const KINDS: [&str; 18] = [
    "QA document",
    "mesh",
    "dose report",
    "dose",
    "registration",
    "JSON",
    "packed",
    "numbers",
    "wide XML",
    "INI",
    "protocol",
    "comment",
    "camera",
    "codestream",
    "overlay",
    "annotations",
    "layout",
    "nested",
];

/// `base` with something of that kind in it, or instead of it.
pub fn set(kind: &str, base: DataSet, rng: &mut Rng) -> DataSet {
    let new = DataSet::new;
    let object =
        |kind: &str| new().ui(0x0008_0016, host::sop_class(kind)).lo(0x0008_0070, "Example Research Toolkit");
    let block = |creator: &str| new().lo(0x0077_0010, creator);
    let private = |bytes: Vec<u8>| base.clone().join(block("EXAMPLE STORE 3")).ob(0x0077_1001, bytes);
    let pixels = |bytes: Vec<u8>| base.clone().without(&[0x7FE0_0010]).ob(0x7FE0_0010, bytes);
    match kind {
        "QA document" => object("DOC")
            .cs(0x0008_0060, "DOC")
            .st(0x0042_0010, "Constancy test, CT 4")
            .lo(0x0042_0012, "application/pdf")
            .ob(0x0042_0011, pdf::pdf("unicode", "CT number of water: 0.4 HU, noise 3.1 HU, slice 5 mm")),
        "mesh" => object("M3D")
            .cs(0x0008_0060, "M3D")
            .lo(0x0042_0012, "model/stl")
            .ob(0x0042_0011, mesh("stl", "STLEXP mandible smoothed 3 passes, mm").0),
        "dose report" => object("SR").cs(0x0008_0060, "SR").cs(0x0040_A040, "CONTAINER").seq(
            0x0040_A730,
            vec![
                number("113838", "CT Dose Length Product Total", "412.33"),
                number("113830", "Mean CTDIvol", "9.81"),
                text("113824", "Exposed Range", "Helical, 120 kV, 210 mAs, pitch 1.2, phantom 32 cm"),
            ],
        ),
        "dose" => object("RTDOSE")
            .cs(0x0008_0060, "RTDOSE")
            .lo(0x3004_0006, "AAA 15.6, grid 2.5 mm, plan sum of boost and base")
            .cs(0x3004_0002, "GY"),
        "registration" => object("REG")
            .cs(0x0008_0060, "REG")
            .cs(0x0070_0080, "RIGID")
            .lo(0x0070_0081, "Elastix affine, Mattes mutual information"),
        "JSON" => private(
            br#"{"EchoTime":0.0297,"FlipAngle":9,"Manufacturer":"Siemens","CoilString":"t:HEA;HEP","ProtocolName":"t1_mprage","ConversionSoftware":"dcm2niix"}"#.to_vec(),
        ),
        "packed" => private(gzip(&wrap::binary(400, rng))),
        "numbers" => private((0..600u32).flat_map(|n| (n as f32 * 0.731).sin().to_le_bytes()).collect()),
        "wide XML" => private(
            [b"\xff\xfe".to_vec(), wrap::utf16("<?xml version=\"1.0\" encoding=\"UTF-16\"?><scan><kernel>Br40</kernel><name>CorMIP</name><id>4</id></scan>", false)].concat(),
        ),
        "INI" => private(b"[Recon]\r\nKernel=B30f\r\nName=Abdomen routine\r\nUser=service\r\nVersion=2.4.11\r\n[Display]\r\nWindow=400/40\r\n".to_vec()),
        "protocol" => base
            .join(new().lo(0x0025_0010, "GEMS_SERS_01"))
            .ob(0x0025_101B, blob("protocol", "set IMPTYPE \"3D\"", Charset::Ascii, rng)),
        "comment" => pixels(stream::jpeg(&[(0xfe, b"Lavc58.134.100".to_vec()), (0xfe, b"CREATOR: gd-jpeg v1.0, quality = 90".to_vec())])),
        "camera" => pixels(stream::jpeg(&[(0xe1, stream::exif(0x0110, 2, b"OLYMPUS EVIS EXERA III CV-190"))])),
        "codestream" => pixels(stream::j2k(Some("Kakadu-v8.2, layers 5, Clayers=1"))),
        "overlay" => base
            .us(0x6000_0010, &[8])
            .us(0x6000_0011, &[8])
            .cs(0x6000_0040, "R")
            .lo(0x6000_0022, "Lesion mask, expert consensus")
            .lo(0x6000_1500, "CAD marks v3"),
        "annotations" => object("PR").cs(0x0008_0060, "PR").seq(
            0x0070_0001,
            vec![new().seq(
                0x0070_0008,
                ["Cobb 23.4 deg", "ROI 4: 41.2 +/- 7.9 HU", "R", "weight bearing", "L = 12.04 mm"]
                    .into_iter()
                    .map(|label| new().st(0x0070_0006, label))
                    .collect(),
            )],
        ),
        "layout" => object("PR").sh(0x0072_0002, "Chest 2x2").lo(0x0072_0004, "Current left, prior right").cs(0x0072_0006, "MANUFACTURER"),
        "nested" => private(blob("dicom 0008103E LO", "t2_space_cor", Charset::Utf8, rng)),
        other => panic!("no kind is called {other}"),
    }
}

fn item(kind: &str, value: &str, meaning: &str) -> DataSet {
    DataSet::new()
        .cs(0x0040_A010, "CONTAINS")
        .cs(0x0040_A040, kind)
        .seq(0x0040_A043, vec![code(value, meaning)])
}

fn number(value: &str, meaning: &str, measured: &str) -> DataSet {
    item("NUM", value, meaning).seq(0x0040_A300, vec![DataSet::new().ds(0x0040_A30A, measured)])
}

fn text(value: &str, meaning: &str, said: &str) -> DataSet {
    item("TEXT", value, meaning).ut(0x0040_A160, said)
}
