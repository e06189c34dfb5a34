use super::table::records;
use crate::dicom::Tag;
use std::{collections::HashMap, sync::LazyLock};

/// A private element that PS3.15 Table E.3.10-1, or its vendor's conformance statement, names as free of identity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SafePrivate {
    pub vr: &'static str,
    pub meaning: &'static str,
}

/// The standard's list, and elements of which the vendors say as much.
const SOURCES: [&str; 2] = [
    include_str!("../../assets/standard/safe_private.csv"),
    include_str!("../../assets/standard/vendor_private.csv"),
];

type Elements = HashMap<(u16, u8), SafePrivate>;

static CREATORS: LazyLock<HashMap<&'static str, Elements>> = LazyLock::new(|| {
    let mut creators: HashMap<_, Elements> = HashMap::new();
    for [creator, group, element, vr, _vm, meaning] in SOURCES.into_iter().flat_map(records) {
        if let (Ok(group), Ok(element)) = (u16::from_str_radix(group, 16), u8::from_str_radix(element, 16)) {
            creators.entry(creator).or_default().insert((group, element), SafePrivate { vr, meaning });
        }
    }
    creators
});

/// What the list says of a creator's elements.
#[derive(Debug, Clone, Copy)]
pub struct SafeElements(&'static Elements);

impl SafeElements {
    /// What it says of `tag`. The block that the file reserved does not matter: (gggg,10ee) and (gggg,11ee) are the
    /// same element (PS3.5 section 7.8.1).
    pub fn get(self, tag: Tag) -> Option<&'static SafePrivate> {
        self.0.get(&(tag.0, tag.1 as u8))
    }
}

/// The elements of `creator` that the list names; `None` where it names none.
pub fn safe_private(creator: &str) -> Option<SafeElements> {
    CREATORS.get(creator.trim()).map(SafeElements)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_read() {
        let lines = SOURCES.map(|source| source.lines().count() - 1);
        assert_eq!(lines[0], 479);
        assert_eq!(CREATORS.values().map(HashMap::len).sum::<usize>(), lines.iter().sum::<usize>());
    }

    #[test]
    fn any_block_of_the_creator() {
        let listed = safe_private("ELSCINT1 ").unwrap();
        assert_eq!(listed.get(Tag(0x00e1, 0x1021)).unwrap().meaning, "DLP");
        assert_eq!(listed.get(Tag(0x00e1, 0x1121)).unwrap().vr, "DS");
        assert_eq!(listed.get(Tag(0x00e1, 0x1001)), None);
        assert!(safe_private("GEMS_PARM_01").is_some() && safe_private("ACME").is_none());
    }
}
