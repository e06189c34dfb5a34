use super::super::anatomy::mammogram;
use super::super::encode::{DataSet, FileBuilder, Syntax};
use super::super::error::DemoError;
use super::super::folder::{Folder, Kind};
use super::super::patients::ZKOUSKA;
use super::super::planted::{Leak, Place};
use super::image::{MG, twelve_bit};

/// Two mammograms with Czech names in UTF-8; their preambles pass for a TIFF and for a Windows program.
pub fn zkouska(folder: &mut Folder) -> Result<(), DemoError> {
    for (instance, side) in [(1, "L"), (2, "R")] {
        let (preamble, magic): (&[u8], &[u8]) = match instance {
            1 => (b"II*\0\x08\0\0\0", b"II*\0"),
            _ => (b"MZ\x90\0\x03\0\0\0This program cannot be run in DOS mode.\r\n", b"MZ\x90\0"),
        };
        let set = header(instance, side);
        let mut leaks = vec![
            Leak::other(Place::Preamble, "payload", "other file's magic", magic),
            Leak::tag("(0008,103E)", "name", "no diacritics", "NOVAKOVA ZKOUSKA"),
        ];
        if instance == 2 {
            leaks.push(Leak::tag("(0012,0062)", "name", "false claim", "YES"));
        }
        let path = format!("PACS_Export/mammo_screening/MG_{side}_MLO.dcm");
        let bytes = FileBuilder::new(MG, Syntax::ExplicitLe).preamble(preamble).data(set).to_bytes();
        folder.patient_file(&path, &ZKOUSKA, Kind::Leaky, bytes, leaks);
    }
    Ok(())
}

fn header(instance: u32, side: &str) -> DataSet {
    let set = ZKOUSKA
        .header(MG, "MG", 9, instance)
        .cs(0x0008_0008, "ORIGINAL\\PRIMARY")
        .lo(0x0008_1030, "SCREENING")
        .lo(0x0008_103E, format!("{side} MLO NOVAKOVA ZKOUSKA"))
        .cs(0x0018_0015, "BREAST")
        .cs(0x0018_5101, "MLO")
        .cs(0x0020_0062, side)
        .join(twelve_bit(&mammogram(80 + u64::from(instance), 320, 448), false));
    let set =
        if instance == 2 { set.cs(0x0012_0062, "YES").lo(0x0012_0063, "EXAMPLE TOOL 0.1") } else { set };
    set.sorted()
}
