use super::super::gather::{Gather, Lines};
use super::{be16, be32, comment, xmp};

/// Resources and records of one segment.
const MOST: usize = 512;

/// Datasets of record 2 of IPTC-IIM 4.2 that are of people, places and texts.
const DATASETS: [(u8, &str); 14] = [
    (5, "Object Name"),
    (25, "Keywords"),
    (40, "Instructions"),
    (55, "Date Created"),
    (80, "By-line"),
    (85, "By-line Title"),
    (90, "City"),
    (92, "Location"),
    (101, "Country"),
    (105, "Headline"),
    (110, "Credit"),
    (116, "Copyright"),
    (120, "Caption"),
    (122, "Writer"),
];

/// Image resources: "8BIM", number, name, length, data.
pub(super) fn resources(bytes: &[u8], gather: &mut Gather<'_, '_>) {
    if !bytes.starts_with(b"8BIM") {
        records(bytes, gather);
        return;
    }
    let mut rest = bytes;
    for _ in 0..MOST {
        let Some((number, body, after)) = resource(rest) else { break };
        match number {
            0x0404 => records(body, gather),
            0x0424 => xmp(body, gather),
            0x03ed | 0x03f3..=0x03f5 | 0x0425 | 0x040c => {}
            _ => comment(body, "Photoshop metadata", gather),
        }
        rest = after;
    }
}

fn resource(bytes: &[u8]) -> Option<(usize, &[u8], &[u8])> {
    if !bytes.starts_with(b"8BIM") {
        return None;
    }
    let number = be16(bytes, 4)?;
    let name = usize::from(*bytes.get(6)?) + 1;
    let start = 6 + name.next_multiple_of(2);
    let length = be32(bytes, start)?;
    let body = bytes.get(start + 4..)?;
    let (body, after) = body.split_at(length.min(body.len()));
    Some((number, body, after.get(length % 2..).unwrap_or_default()))
}

/// IPTC records: 0x1C, record, dataset, length, data.
fn records(bytes: &[u8], gather: &mut Gather<'_, '_>) {
    let mut lines = Lines::new("IPTC metadata");
    let mut at = 0;
    for _ in 0..MOST {
        let Some(&[0x1c, record, dataset]) = bytes.get(at..at + 3) else { break };
        let Some(length) = be16(bytes, at + 3) else { break };
        let value = bytes.get(at + 5..(at + 5 + length).min(bytes.len())).unwrap_or_default();
        if record == 2 && dataset != 0 {
            let name = DATASETS.iter().find(|(known, _)| *known == dataset).map_or("", |(_, name)| name);
            let text = match std::str::from_utf8(value) {
                Ok(text) => text.to_owned(),
                Err(_) => value.iter().map(|&b| char::from(b)).collect(),
            };
            lines.value(name, &text);
        }
        at += 5 + length;
    }
    lines.say(gather);
}

/// The texts of an ICC profile that a person may have written: description, copyright, device.
pub(in super::super) fn profile(bytes: &[u8], gather: &mut Gather<'_, '_>) -> Option<usize> {
    let mut lines = Lines::new("an ICC profile");
    let count = be32(bytes, 128).unwrap_or(0).min(64);
    for entry in (0..count).map(|n| 132 + 12 * n) {
        let name = match bytes.get(entry..entry + 4) {
            Some(b"desc") => "Description",
            Some(b"cprt") => "Copyright",
            Some(b"dmnd") => "Manufacturer",
            Some(b"dmdd") => "Model",
            _ => continue,
        };
        let (Some(at), Some(length)) = (be32(bytes, entry + 4), be32(bytes, entry + 8)) else { continue };
        let value = bytes.get(at..at.saturating_add(length).min(bytes.len())).unwrap_or_default();
        let text: String = match value.get(..4) {
            Some(b"desc") => value.iter().skip(12).take_while(|&&b| b != 0).map(|&b| char::from(b)).collect(),
            Some(b"text") => value.iter().skip(8).take_while(|&&b| b != 0).map(|&b| char::from(b)).collect(),
            Some(b"mluc") => {
                let units = value
                    .get(28..)
                    .unwrap_or_default()
                    .chunks_exact(2)
                    .filter_map(|pair| pair.try_into().ok());
                char::decode_utf16(units.map(u16::from_be_bytes)).filter_map(Result::ok).collect()
            }
            _ => continue,
        };
        if text.len() <= 1024 {
            lines.value(name, text.trim_matches(['\0', ' ']));
        }
    }
    lines.say(gather);
    Some(be32(bytes, 0)?.min(bytes.len()))
}
