use super::super::anatomy::head_mr;
use super::super::encode::{DataSet, FileBuilder, Syntax};
use super::super::error::DemoError;
use super::super::folder::{Folder, Kind};
use super::super::patients::YAMADA;
use super::super::planted::{Leak, Place};
use super::csa::csa_header;
use super::image::{MR, signed};

const SLICES: u32 = 10;

/// A brain MR with Japanese names, some of it implicit little endian.
pub fn yamada(folder: &mut Folder) -> Result<(), DemoError> {
    for slice in 1..=SLICES {
        let (extra, leaks) = hidden_in(slice);
        let level = slice as f32 / SLICES as f32 * 0.9;
        let image = YAMADA
            .header(MR, "MR", 2, slice)
            .cs(0x0008_0008, "ORIGINAL\\PRIMARY\\M\\ND")
            .lo(0x0008_1030, "BRAIN")
            .lo(0x0008_103E, "t1_mprage_sag_p2_iso")
            .cs(0x0018_0015, "BRAIN")
            .cs(0x0018_0020, "GR\\IR")
            .cs(0x0018_0021, "SP\\MP")
            .ds(0x0018_0050, "4")
            .ds(0x0018_0080, "2300")
            .ds(0x0018_0081, "2.98")
            .join(signed(&head_mr(22, 176, level), ["400", "800"]))
            .replace(extra)
            .sorted();
        let syntax = if slice > 5 { Syntax::ImplicitLe } else { Syntax::ExplicitLe };
        let mut file = FileBuilder::new(MR, syntax).data(image);
        if slice == 6 {
            file = file.meta(meta());
        }
        let path = format!("PACS_Export/JP-8830156/MR_BRAIN/IMG{slice:04}.dcm");
        folder.patient_file(&path, &YAMADA, Kind::Leaky, file.to_bytes(), leaks);
    }
    Ok(())
}

fn hidden_in(slice: u32) -> (DataSet, Vec<Leak>) {
    match slice {
        1 => csa(),
        2 => protocol(),
        3 => (
            DataSet::new().lt(0x0020_4000, "Repeat for Mr. Tarou Yamada, moved twice. Call 555-0171."),
            vec![Leak::tag("(0020,4000)", "free_text", "free text", "Tarou Yamada")],
        ),
        4 => (
            DataSet::new().lo(0x0008_103E, "t2 tse YAMADA T. repeat"),
            vec![Leak::tag("(0008,103E)", "name", "other spelling", "YAMADA T.")],
        ),
        6 => (
            DataSet::new(),
            vec![
                Leak::other(Place::Meta, "device", "meta group", "YAMADA_MR").at("(0002,0016)"),
                Leak::other(Place::Meta, "private", "meta group", "queued for YAMADA^TAROU")
                    .at("(0002,0102)"),
            ],
        ),
        7 => (
            DataSet::new()
                .pn(0x0008_1050, "Gijutsu^Tesuto=技術^テスト")
                .pn(0x0008_1048, "Tesuto^Isha=試験^医師")
                .lo(0x0008_1040, "Radiology, Annex 2"),
            vec![
                Leak::tag("(0008,1040)", "institution", "attribute", "Radiology, Annex 2"),
                Leak::tag("(0008,1048)", "staff_name", "Japanese", "Tesuto^Isha"),
                Leak::tag("(0008,1050)", "staff_name", "Japanese", "Gijutsu^Tesuto"),
            ],
        ),
        _ => (DataSet::new(), vec![]),
    }
}

fn csa() -> (DataSet, Vec<Leak>) {
    let image = csa_header(&[
        ("EchoLinePosition", b"IS", &["128"]),
        ("UsedChannelMask", b"UL", &["15"]),
        ("PatientName", b"PN", &["Yamada^Tarou"]),
        ("SliceThickness", b"DS", &["4.00000000"]),
    ]);
    let set = DataSet::new()
        .lo(0x0029_0010, "SIEMENS CSA HEADER")
        .cs(0x0029_1008, "IMAGE NUM 4")
        .ob(0x0029_1010, image);
    (set, vec![Leak::tag("(0029,1010)", "name", "CSA header", "Yamada^Tarou")])
}

fn protocol() -> (DataSet, Vec<Leak>) {
    let text = "### ASCCONV BEGIN ###\nulVersion = 0x14b44b6\ntProtocolName = \"t1_mprage_sag_p2_iso\"\n\
                sPatPosition.sPosition.dTra = -32.5\ntPatientName = \"YAMADA_TAROU_19750505\"\nflUsedPatientWeight = 71.0\n\
                ### ASCCONV END ###";
    let series = csa_header(&[
        ("MrProtocolVersion", b"IS", &["21710006"]),
        ("MrPhoenixProtocol", b"UN", &[text]),
        ("SliceArrayConcatenations", b"IS", &["1"]),
    ]);
    let set =
        DataSet::new().lo(0x0029_0010, "SIEMENS CSA HEADER").cs(0x0029_1018, "MR").ob(0x0029_1020, series);
    (set, vec![Leak::tag("(0029,1020)", "name", "CSA protocol text", "YAMADA_TAROU_19750505")])
}

fn meta() -> DataSet {
    DataSet::new()
        .ae(0x0002_0016, "YAMADA_MR")
        .ae(0x0002_0017, "EXAMPLE_PACS")
        .ae(0x0002_0018, "RESEARCH_DROP")
        .ui(0x0002_0100, "2.999.77.1")
        .ob(0x0002_0102, "queued for YAMADA^TAROU at 2024-04-09 10:30")
}
