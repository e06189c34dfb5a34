//! Clean objects whose words and bytes are technical all through.
use super::forms::{blob, pdf};
use crate::all::{
    clean::code,
    host,
    rng::Rng,
    wrap::{self, stream},
};
use dcmleak::demo::encode::{Charset, DataSet};

pub const KINDS: [&str; 22] = [
    "device log",
    "calibration",
    "checksums",
    "parts",
    "stain",
    "codes",
    "header of a volume",
    "sidecar",
    "surface",
    "protocol sheet",
    "help page",
    "profile",
    "software of a photo",
    "toolkit",
    "encoder",
    "model",
    "protocol tree",
    "gradients",
    "tracer",
    "waveform",
    "presets",
    "packed settings",
];

/// `base` with something of that kind in it, or instead of it.
pub fn set(kind: &str, base: DataSet, rng: &mut Rng) -> DataSet {
    let new = DataSet::new;
    let object = |kind: &str| {
        new()
            .ui(0x0008_0016, host::sop_class(kind))
            .cs(0x0008_0060, kind)
            .lo(0x0008_0070, "Mock Research Tools")
    };
    let block = || new().lo(0x0075_0010, "MOCK RESEARCH 5");
    let text = |said: &str| base.clone().join(block()).ut(0x0075_1001, said);
    let private = |bytes: Vec<u8>| base.clone().join(block()).ob(0x0075_1001, bytes);
    let pixels = |bytes: Vec<u8>| base.clone().without(&[0x7FE0_0010]).ob(0x7FE0_0010, bytes);
    let document = |mime: &str, bytes: Vec<u8>| {
        object("DOC").st(0x0042_0010, "Scanner documentation").lo(0x0042_0012, mime).ob(0x0042_0011, bytes)
    };
    match kind {
        "device log" => text(LOG),
        "calibration" => text("[Calibration]\nair=OK\nwater HU=0.3\nnoise=3.12\nMTF50=6.4\nmA,100,200,300\nratio,0.998,1.001,1.002\n[Tube]\nscan seconds=412334\nspits=0\n"),
        "checksums" => text(&format!("{}  image_0001.raw\n{}  image_0002.raw\nsha256:{}\n", rng.hex(32), rng.hex(32), rng.hex(64))),
        "parts" => text("pos;part;rev;qty\n1;2288300-4;B;1\n2;5119374-2;A;4\n3;10607-51;C;2\n"),
        "stain" => base.seq(0x0040_0560, vec![new().lo(0x0040_0551, "slide A").ut(0x0040_0602, "Haematoxylin and eosin, FFPE, section of 4 um")]),
        "codes" => object("SR").cs(0x0040_A040, "CONTAINER").seq(
            0x0040_A730,
            [("121071", "Finding"), ("112039", "Tracking Identifier"), ("113820", "CT Acquisition Type"), ("111031", "Image View")]
                .into_iter()
                .map(|(value, meaning)| {
                    new().cs(0x0040_A040, "CODE").seq(0x0040_A043, vec![code(value, meaning)]).seq(0x0040_A168, vec![code("113804", "Sequenced Acquisition")])
                })
                .collect(),
        ),
        "header of a volume" => private(blob("nifti", "FSL 6.0.5, TE=30, phase=1;mb=4", Charset::Utf8, rng)),
        "sidecar" => private(br#"{"Modality":"MR","MagneticFieldStrength":3,"ManufacturersModelName":"Prisma","SeriesDescription":"bold_mb4","TaskName":"rest","SliceTiming":[0,0.5,0.25],"ImageType":["ORIGINAL","PRIMARY","M","ND"],"ConversionSoftwareVersion":"v1.0.20230411"}"#.to_vec()),
        "surface" => object("M3D").lo(0x0042_0012, "model/ply").ob(
            0x0042_0011,
            b"ply\nformat ascii 1.0\ncomment VTK generated PLY file\nobj_info vtkPolyData points and polygons\nelement vertex 0\nend_header\n".to_vec(),
        ),
        "protocol sheet" => document("application/pdf", pdf::pdf("range", "Thorax routine: 120 kV, CARE Dose on, pitch 1.2, slice 1.0/0.7, kernel Br40")),
        "help page" => document(
            "text/html",
            b"<html><head><title>Quick guide</title></head><body><h1>Daily check</h1><ol><li>Warm up the tube.</li><li>Scan the water phantom.</li><li>Name the series QA.</li></ol></body></html>".to_vec(),
        ),
        "profile" => pixels(stream::jpeg(&[(0xe2, [b"ICC_PROFILE\0\x01\x01".to_vec(), vec![0; 128], b"\0\0\0\x01descsRGB IEC61966-2.1\0Copyright International Color Consortium".to_vec()].concat())])),
        "software of a photo" => pixels(stream::jpeg(&[(0xe1, stream::exif(0x0131, 2, b"Adobe Photoshop CC (Windows)"))])),
        "toolkit" => pixels(stream::jpeg(&[(0xe1, stream::xmp("Created with GIMP"))])),
        "encoder" => pixels(stream::jpeg(&[(0xfe, b"LEAD Technologies Inc. V1.01".to_vec()), (0xfe, b"x264 - core 164 r3095 - H.264/MPEG-4 AVC codec".to_vec())])),
        "model" => text("{\"model\":\"nnUNetTrainerV2__plans\",\"fold\":3,\"dice\":0.914,\"classes\":[\"kidney\",\"tumor\",\"cyst\"],\"device\":\"cuda:0\",\"checkpoint\":\"model_final_checkpoint\"}"),
        "protocol tree" => private(wrap::utf16("<?xml version=\"1.0\" encoding=\"UTF-16\"?><Tree><Region name=\"Knee\"><Program name=\"Library\"><Step name=\"pd_tse_fs_sag\"/><Step name=\"t1_tse_cor\"/></Program></Region></Tree>", false)),
        "gradients" => text("0.000 0.000 0.000\n0.707 -0.707 0.000\n-0.500 0.500 0.707\nbvals 0 1000 1000\n"),
        "tracer" => base.seq(
            0x0054_0016,
            vec![new().lo(0x0018_0031, "Fluorodeoxyglucose F^18^").ds(0x0018_1074, "370000000").ds(0x0018_1075, "6586.2").ds(0x0018_1076, "0.9673")],
        ),
        "waveform" => object("ECG").seq(
            0x0040_B020,
            ["HR 62 bpm", "PR 148 ms", "QRS 92 ms", "QTc (Bazett) 412 ms", "QTc (Fridericia) 408 ms", "25 mm/s 10 mm/mV", "Wolff-Parkinson-White excluded"]
                .into_iter()
                .map(|said| new().st(0x0070_0006, said))
                .collect(),
        ),
        "presets" => base.lo(0x0028_1055, "Lung\\Mediastinum\\Bone").ds(0x0028_1050, "-600\\40\\450").ds(0x0028_1051, "1600\\400\\1500"),
        "packed settings" => private(wrap::flate(b"zoom=1.5\nlayout=2x2\nrule=Cobb\npreset=lung\n")),
        other => panic!("no kind is called {other}"),
    }
}

const LOG: &str = "INFO  scanner: table at 412.5 mm\nWARN  recon: slice 12 dropped, retry 1/3\nINFO  pool: worker-3 started\nERROR net: association aborted by peer, reason 2\nINFO  tube: anode heat 41 %\nDEBUG dose: mA modulated 110..240\n";
