use super::table::records;
use crate::dicom::{Reading, Tag, dictionary};
use std::sync::LazyLock;

/// A rectangle of the image in which devices of some kind write text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PixelRegion {
    /// In stored pixels; may reach beyond the image.
    pub x: u32,
    pub y: u32,
    pub width: u32,
    pub height: u32,
    /// The script that names it, and the rule's number there.
    pub source: &'static str,
    device: Device,
    conditions: Vec<Condition>,
}

/// What the image must be of. Lists of alternatives, parted by `|`; an empty one is met by all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Device {
    /// One of these.
    modality: &'static str,
    /// Holds one of these, in whatever case.
    manufacturer: &'static str,
    model: &'static str,
    rows: &'static str,
    columns: &'static str,
}

/// What the text of an attribute must hold, in whatever case, or be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Condition {
    tag: Tag,
    text: &'static str,
    whole: bool,
}

const CODE_MEANING: Tag = Tag(0x0008, 0x0104);

static REGIONS: LazyLock<Vec<PixelRegion>> = LazyLock::new(|| {
    let source = include_str!("../../assets/standard/pixel_regions.csv");
    records(source).filter_map(parse).collect()
});

fn parse(
    [modality, manufacturer, model, rows, columns, x, y, width, height, conditions, source]: [&'static str;
        11],
) -> Option<PixelRegion> {
    let conditions = conditions.split(';').filter(|text| !text.is_empty()).map(condition);
    Some(PixelRegion {
        x: x.parse().ok()?,
        y: y.parse().ok()?,
        width: width.parse().ok()?,
        height: height.parse().ok()?,
        source,
        device: Device { modality, manufacturer, model, rows, columns },
        conditions: conditions.collect::<Option<_>>()?,
    })
}

fn condition(text: &'static str) -> Option<Condition> {
    let at = text.find(['~', '='])?;
    let (keyword, rest) = text.split_at(at);
    Some(Condition {
        tag: dictionary::by_keyword(keyword)?,
        text: rest.get(1..)?,
        whole: rest.starts_with('='),
    })
}

/// Where text is to be expected in the image of a file, by its device: the regions that the anonymizer scripts of CTP
/// and of pydicom's deid clear.
pub fn pixel_regions(reading: &Reading) -> Vec<&'static PixelRegion> {
    let facts = [(0x0008, 0x0060), (0x0008, 0x0070), (0x0008, 0x1090)];
    let [modality, manufacturer, model] =
        facts.map(|(group, element)| reading.text(Tag(group, element)).trim().to_lowercase());
    let [rows, columns] = [0x0010, 0x0011].map(|element| {
        let numbers = reading.rows.find(Tag(0x0028, element)).map(|id| reading.rows.numbers(id));
        numbers.and_then(|numbers| numbers.first().copied()).unwrap_or(0.0).to_string()
    });
    let holds = |own: &str, any: &str| {
        any.is_empty() || any.split('|').any(|other| own.contains(other.to_lowercase().as_str()))
    };
    let is =
        |own: &str, any: &str| any.is_empty() || any.split('|').any(|other| own.eq_ignore_ascii_case(other));
    let matches = |region: &&PixelRegion| {
        let Device { modality: m, rows: r, columns: c, .. } = region.device;
        is(&modality, m)
            && is(&rows, r)
            && is(&columns, c)
            && holds(&manufacturer, region.device.manufacturer)
            && holds(&model, region.device.model)
            && region.conditions.iter().all(|condition| condition.is_met(reading))
    };
    REGIONS.iter().filter(matches).collect()
}

impl Condition {
    fn is_met(self, reading: &Reading) -> bool {
        let rows = &reading.rows;
        if self.tag == CODE_MEANING {
            // Of any code in the file.
            return rows.iter().any(|(id, row)| row.tag == self.tag && self.accepts(&rows.text(id)));
        }
        rows.find(self.tag).is_some_and(|id| self.accepts(&rows.text(id)))
    }

    fn accepts(self, text: &str) -> bool {
        if self.whole {
            return text.trim() == self.text;
        }
        text.to_lowercase().contains(&self.text.to_lowercase())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_read() {
        let lines = include_str!("../../assets/standard/pixel_regions.csv").lines().count() - 1;
        assert_eq!(REGIONS.len(), lines);
        // A row that asks for nothing would be met by every image.
        for region in REGIONS.iter() {
            let Device { modality, manufacturer, model, rows, .. } = region.device;
            let asks = [modality, manufacturer, model, rows].iter().filter(|part| !part.is_empty()).count();
            assert!(asks > 1 || !region.conditions.is_empty(), "{}", region.source);
            assert!(region.width > 0 && region.height > 0, "{}", region.source);
        }
    }
}
