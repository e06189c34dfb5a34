use super::super::anatomy::{chest, head_ct, head_mr, ultrasound};
use super::super::encode::{DataSet, FileBuilder, Syntax};
use super::super::error::DemoError;
use super::super::folder::{Folder, Kind};
use super::image::{CR, CT, MR, US, rgb, signed, twelve_bit};

/// Technical words that look like people, places or diseases, and are not.
const MR_SERIES: [&str; 6] = [
    "t1_mprage_sag_p2_iso",
    "ep2d_diff_mddw_20_p2_ADC",
    "T2 FLAIR Dixon tra",
    "Carr-Purcell T2 map",
    "Down syndrome protocol",
    "mIP_Images(SW)",
];
const CT_SERIES: [&str; 4] = ["Head 5.0 H31s", "BOLUS CHASE", "MPR Stenvers", "SCOUT LAT"];
const CR_SERIES: [&str; 3] = ["CHEST PA", "TOWNE VIEW", "WATERS VIEW"];

/// De-identified as PS3.15 wants it, each with another dummy: nothing here should be reported at medium or above.
pub fn clean(folder: &mut Folder) -> Result<(), DemoError> {
    for (n, series) in (1u32..).zip(MR_SERIES) {
        let level = n as f32 * 0.13;
        let pixels = signed(&head_mr(200 + u64::from(n), 128, level), ["400", "800"]);
        let extra = DataSet::new().cs(0x0018_0020, "GR").cs(0x0018_0021, "SP").ds(0x0018_0081, "2.98");
        put(folder, "sub-001/mr", n, (MR, "MR"), series, pixels.join(extra));
    }
    for (n, series) in (7u32..).zip(CT_SERIES) {
        let pixels = signed(&head_ct(200 + u64::from(n), 128, (n - 6) as f32 * 0.2), ["40", "80"]);
        let safe = DataSet::new().lo(0x0043_0010, "GEMS_PARM_01").sh(0x0043_1027, "0.984:1");
        put(folder, "sub-002/ct", n, (CT, "CT"), series, pixels.join(safe));
    }
    for (n, series) in (11u32..).zip(CR_SERIES) {
        let pixels = twelve_bit(&chest(200 + u64::from(n), 224, 256), true);
        put(folder, "sub-003/cr", n, (CR, "CR"), series, pixels);
    }
    put(folder, "sub-003/us", 14, (US, "US"), "ABD GENERAL", rgb(&ultrasound(214, 256, 192, 8)));
    Ok(())
}

fn put(
    folder: &mut Folder,
    place: &str,
    n: u32,
    (class, modality): (&str, &str),
    series: &str,
    pixels: DataSet,
) {
    let (name, id, birth_date) = match n % 5 {
        0 => ("ANONYMOUS", "000000", ""),
        1 => ("", "9f86d081884c7d659a2feaa0c55ad015", ""),
        2 => ("REMOVED", "REMOVED", "19000101"),
        3 => ("Anonymized", "", ""),
        _ => ("Anonymous^Patient", "60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752", ""),
    };
    let study = match n {
        ..=6 => 1,
        7..=10 => 2,
        _ => 3,
    };
    let method = DataSet::new()
        .sh(0x0008_0100, "113100")
        .sh(0x0008_0102, "DCM")
        .lo(0x0008_0104, "Basic Application Confidentiality Profile");
    let set = DataSet::new()
        .cs(0x0008_0008, "ORIGINAL\\PRIMARY")
        .ui(0x0008_0016, class)
        .ui(0x0008_0018, uid(n, 3))
        .da(0x0008_0020, "")
        .tm(0x0008_0030, "")
        .sh(0x0008_0050, "")
        .cs(0x0008_0060, modality)
        .pn(0x0008_0090, "")
        .lo(0x0008_103E, series)
        .pn(0x0010_0010, name)
        .lo(0x0010_0020, id)
        .da(0x0010_0030, birth_date)
        .cs(0x0010_0040, "")
        .cs(0x0012_0062, "YES")
        .lo(0x0012_0063, "Basic Application Confidentiality Profile, PS3.15 2024b")
        .seq(0x0012_0064, vec![method])
        .ui(0x0020_000D, uid(study, 1))
        .ui(0x0020_000E, uid(study, 2))
        .sh(0x0020_0010, "")
        .is(0x0020_0011, "1")
        .is(0x0020_0013, n.to_string())
        .cs(0x0028_0301, "NO")
        .cs(0x0028_0303, "REMOVED")
        .join(pixels)
        .sorted();
    let syntax = if n.is_multiple_of(4) { Syntax::ImplicitLe } else { Syntax::ExplicitLe };
    let bytes = FileBuilder::new(class, syntax).data(set).to_bytes();
    folder.add(&format!("research_clean/{place}/image-{n:03}.dcm"), Kind::Clean, bytes);
}

/// Under 2.25, a UUID's number as decimal digits (PS3.5 B.2).
fn uid(n: u32, part: u32) -> String {
    let half = |salt: u64| {
        let mixed = (u64::from(n) * 4 + u64::from(part) + salt).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        u128::from(mixed ^ (mixed >> 29))
    };
    let version_4 = (half(7) << 64 | half(11)) & !(0xF << 76) & !(3 << 62) | 4 << 76 | 2 << 62;
    format!("2.25.{version_4}")
}
