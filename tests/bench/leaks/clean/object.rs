//! What is not an image: reports, segments, plans, waveforms, slides.
use super::{
    super::{host, rng::Rng},
    Words, code,
};
use dcmleak::demo::encode::DataSet;

/// What is not an image, with its technical texts.
pub fn object(kind: &str, words: &Words, rng: &mut Rng) -> DataSet {
    let private = &words.private;
    let new = DataSet::new;
    let modality = if kind == "ECG" { "ECG" } else { kind };
    let set = new()
        .ui(0x0008_0016, host::sop_class(kind))
        .cs(0x0008_0060, modality)
        .lo(0x0008_0070, "Example Research Toolkit");
    let item = |kind: &str, value: &str, meaning: &str| {
        new().cs(0x0040_A010, "CONTAINS").cs(0x0040_A040, kind).seq(0x0040_A043, vec![code(value, meaning)])
    };
    match kind {
        "SR" => set
            .cs(0x0040_A040, "CONTAINER")
            .seq(0x0040_A043, vec![code("126000", "Imaging Measurement Report")])
            .cs(0x0040_A491, "COMPLETE")
            .cs(0x0040_A493, "UNVERIFIED")
            .seq(
                0x0040_A730,
                vec![
                    item("TEXT", "121071", "Finding").ut(0x0040_A160, rng.word(&private.findings)),
                    item("PNAME", "121008", "Person Observer Name").pn(0x0040_A123, ""),
                    item("UIDREF", "121012", "Device Observer UID").ui(0x0040_A124, host::uid(rng)),
                    item("NUM", "G-A22A", "Length").seq(0x0040_A300, vec![new().ds(0x0040_A30A, "12.4")]),
                ],
            ),
        "SEG" => set
            .cs(0x0070_0080, "SEGMENTATION")
            .lo(0x0070_0081, "Automatic segmentation")
            .pn(0x0070_0084, "")
            .seq(
                0x0062_0002,
                (1..4)
                    .map(|n| {
                        new()
                            .us(0x0062_0004, &[n])
                            .lo(0x0062_0005, rng.word(&private.labels))
                            .cs(0x0062_0008, "AUTOMATIC")
                            .lo(0x0062_0009, "nnU-Net v2")
                    })
                    .collect(),
            ),
        "RTSTRUCT" => set
            .sh(0x3006_0002, "RTstruct")
            .lo(0x3006_0004, "AutoContour")
            .seq(
                0x3006_0020,
                (1..6)
                    .map(|n| {
                        new()
                            .is(0x3006_0022, n.to_string())
                            .lo(0x3006_0026, rng.word(&private.labels))
                            .cs(0x3006_0036, "SEMIAUTOMATIC")
                    })
                    .collect(),
            )
            .seq(
                0x3006_0080,
                vec![
                    new()
                        .is(0x3006_0082, "1")
                        .sh(0x3006_0085, rng.word(&private.labels))
                        .cs(0x3006_00A4, "ORGAN")
                        .pn(0x3006_00A6, ""),
                ],
            ),
        "RTPLAN" => set
            .sh(0x300A_0002, "VMAT 2 arcs")
            .lo(0x300A_0003, "Prostate 60Gy")
            .cs(0x300A_000C, "PATIENT")
            .seq(
                0x300A_00B0,
                vec![new().lo(0x300A_00C2, "ARC 1 CW").sh(0x300A_00B2, "LINAC1").is(0x300A_00C0, "1")],
            ),
        "PR" => set.cs(0x0070_0080, "MEASURE").lo(0x0070_0081, "Distances").pn(0x0070_0084, "").seq(
            0x0070_0001,
            vec![new().cs(0x0070_0002, "LAYER1").seq(
                0x0070_0008,
                (0..3).map(|_| new().st(0x0070_0006, rng.word(&private.labels))).collect(),
            )],
        ),
        "KO" => set.cs(0x0040_A040, "CONTAINER").seq(0x0040_A043, vec![code("113000", "Of Interest")]).seq(
            0x0040_A730,
            vec![
                item("TEXT", "113012", "Key Object Description").ut(0x0040_A160, rng.word(&private.findings)),
            ],
        ),
        "SM" => set
            .lo(0x0008_1030, "H&E 20x")
            .lo(0x0040_0512, rng.hex(12))
            .seq(0x0048_0105, vec![new().sh(0x0048_0106, "1").st(0x0048_0107, "Brightfield")])
            .lo(0x0008_103E, "WSI level 0"),
        _ => set
            .seq(
                0x5400_0100,
                vec![
                    new()
                        .us(0x003A_0005, &[1])
                        .ul(0x003A_0010, &[8])
                        .ds(0x003A_001A, "500")
                        .sh(0x003A_0020, "RHYTHM"),
                ],
            )
            .seq(
                0x0040_B020,
                vec![new().st(0x0070_0006, "Sinus rhythm"), new().st(0x0070_0006, rng.word(&private.labels))],
            ),
    }
}
