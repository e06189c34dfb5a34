use super::table::records;
use crate::dicom::{Reading, Tag};
use std::sync::LazyLock;

/// A kind of image that text is often burned into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PixelKind {
    by: By,
    value: &'static str,
    /// A clause: why text is to be expected.
    pub why: &'static str,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum By {
    Modality,
    SopClass,
    /// Any value of (0008,0008).
    ImageType,
    /// Modality, of images in colour.
    Colour,
    BurnedIn,
}

static KINDS: LazyLock<Vec<PixelKind>> = LazyLock::new(|| {
    let source = include_str!("../../assets/standard/pixel_kinds.csv");
    records(source)
        .filter_map(|[by, value, why]| Some(PixelKind { by: By::parse(by)?, value, why }))
        .collect()
});

impl By {
    fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "modality" => Self::Modality,
            "sop_class" => Self::SopClass,
            "image_type" => Self::ImageType,
            "colour" => Self::Colour,
            "burned_in" => Self::BurnedIn,
            _ => return None,
        })
    }
}

/// The kind of a file's image, where it is one that text is often burned into: our judgement of what scanners and
/// workstations do, by modality, SOP class, image type, colour and the file's own word.
pub fn pixel_kind(reading: &Reading) -> Option<&'static PixelKind> {
    let modality = reading.text(Tag(0x0008, 0x0060));
    // Of the data set, and as the meta information says again.
    let sop_classes = [Tag(0x0008, 0x0016), Tag(0x0002, 0x0002)].map(|tag| reading.text(tag));
    let image_type = reading.text(Tag(0x0008, 0x0008));
    let photometric = reading.text(Tag(0x0028, 0x0004));
    let burned_in = reading.text(Tag(0x0028, 0x0301));
    let coloured = ["RGB", "YBR", "PALETTE"].iter().any(|colour| photometric.starts_with(colour));
    KINDS.iter().find(|kind| match kind.by {
        By::Modality => modality.trim() == kind.value,
        By::SopClass => sop_classes.iter().any(|class| class.trim() == kind.value),
        By::ImageType => image_type.split('\\').any(|part| part.trim() == kind.value),
        By::Colour => coloured && modality.trim() == kind.value,
        By::BurnedIn => burned_in.trim() == kind.value,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_read() {
        let lines = include_str!("../../assets/standard/pixel_kinds.csv").lines().count() - 1;
        assert_eq!(KINDS.len(), lines);
    }
}
