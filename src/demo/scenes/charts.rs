use super::super::encode::{DataSet, FileBuilder, Syntax};
use super::super::error::DemoError;
use super::super::folder::{Folder, Kind};
use super::super::patients::{ERIKA, IVAN, MAX};
use super::super::planted::{Leak, Place};
use super::directory::directory;

const ECG: &str = "1.2.840.10008.5.1.4.1.1.9.1.2";
const MEDIA_DIRECTORY: &str = "1.2.840.10008.1.3.10";
const SAMPLES: u16 = 1000;

/// An electrocardiogram in Cyrillic, in a folder named so too, and the directory of the media.
pub fn charts(folder: &mut Folder) -> Result<(), DemoError> {
    electrocardiogram(folder);
    let bytes =
        FileBuilder::new(MEDIA_DIRECTORY, Syntax::ExplicitLe).data(directory(&[ERIKA, MAX])).to_bytes();
    let entry = |item: u32, tag: &str, class, needle: Vec<u8>| {
        Leak::tag(&format!("(0004,1220)[{item}].{tag}"), class, "directory record", needle)
    };
    let mut leaks = Vec::new();
    for (item, patient) in [(0, ERIKA), (2, MAX)] {
        leaks.push(entry(item, "(0010,0010)", "name", patient.bytes_of(0x0010_0010)));
        leaks.push(entry(item, "(0010,0020)", "patient_id", patient.id.into()));
        leaks.push(entry(item + 1, "(0008,0050)", "other_id", patient.accession.into()));
    }
    leaks.push(entry(1, "(0008,1030)", "name", b"CT head Mrs Example".to_vec()));
    folder.hide("PACS_Export/DICOMDIR", Kind::Leaky, bytes, leaks);
    Ok(())
}

fn electrocardiogram(folder: &mut Folder) {
    let unit = DataSet::new().sh(0x0008_0100, "mV").sh(0x0008_0102, "UCUM").lo(0x0008_0104, "millivolt");
    let lead = |value: &str, meaning: &str| {
        let source = DataSet::new().sh(0x0008_0100, value).sh(0x0008_0102, "MDC").lo(0x0008_0104, meaning);
        DataSet::new()
            .seq(0x003A_0208, vec![source])
            .ds(0x003A_0210, "0.001")
            .seq(0x003A_0211, vec![unit.clone()])
            .us(0x003A_021A, &[16])
    };
    let wave: Vec<u16> =
        (0..SAMPLES).flat_map(|t| [beat(t, 1000), beat(t, 700)]).map(i16::cast_unsigned).collect();
    let group = DataSet::new()
        .cs(0x003A_0004, "ORIGINAL")
        .us(0x003A_0005, &[2])
        .ul(0x003A_0010, &[u32::from(SAMPLES)])
        .ds(0x003A_001A, "250")
        .seq(0x003A_0200, vec![lead("2:1", "Lead I"), lead("2:2", "Lead II")])
        .us(0x5400_1004, &[16])
        .cs(0x5400_1006, "SS")
        .ow(0x5400_1010, wave);
    let note = DataSet::new().us(0x0040_A180, &[1]).st(0x0070_0006, "Примеров Иван, синусовый ритм");
    let set = IVAN
        .header(ECG, "ECG", 40, 1)
        .seq(0x0040_B020, vec![note])
        .seq_undefined(0x5400_0100, vec![group])
        .sorted();
    let needle = IVAN.charset.encode("Примеров Иван");
    let leaks = vec![
        Leak::tag("(0040,B020)[0].(0070,0006)", "free_text", "waveform annotation", needle),
        Leak::other(Place::Path, "name", "folder name, Latin letters", "Primerov"),
    ];
    let bytes = FileBuilder::new(ECG, Syntax::ExplicitLe).data(set).to_bytes();
    folder.patient_file("PACS_Export/ECG/Примеров_Primerov/RU-3317720.dcm", &IVAN, Kind::Leaky, bytes, leaks);
}

/// A crude heart beat, in microvolts, 75 a minute at 250 samples a second.
fn beat(t: u16, height: i16) -> i16 {
    let bump = |centre: i16, width: i16, tall: i16| {
        let off = (t % 200) as i16 - centre;
        (tall
            - i16::try_from(i32::from(off * off) * i32::from(tall) / i32::from(width * width))
                .unwrap_or(i16::MAX))
        .max(0)
    };
    bump(40, 12, height / 8) + bump(72, 4, height) - bump(79, 3, height / 5) + bump(130, 22, height / 4)
}
