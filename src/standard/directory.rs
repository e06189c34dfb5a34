use super::table::{parse_key, records};
use crate::dicom::Tag;
use std::{collections::HashMap, sync::LazyLock};

/// A key of a directory record: PS3.3 section F.5.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DirectoryKey {
    pub tag: Tag,
    /// `1`, `2` or `1C`.
    pub kind: &'static str,
}

static KEYS: LazyLock<HashMap<&'static str, Vec<DirectoryKey>>> = LazyLock::new(|| {
    let mut keys: HashMap<_, Vec<DirectoryKey>> = HashMap::new();
    for [record, tag, _keyword, kind] in records(include_str!("../../assets/standard/directory_keys.csv")) {
        let Some(tag) = parse_key(tag) else { continue };
        let tag = Tag((tag >> 16) as u16, tag as u16);
        keys.entry(record).or_default().push(DirectoryKey { tag, kind });
    }
    keys
});

static CLASSES: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
    let classes = records(include_str!("../../assets/standard/directory_classes.csv"));
    classes.map(|[class, record]| (class, record)).collect()
});

/// The keys of a record of that type, in the order of their tags.
pub fn directory_keys(record: &str) -> &'static [DirectoryKey] {
    KEYS.get(record).map_or(&[], Vec::as_slice)
}

/// The type of record that lists objects of that class; `None` for images and classes that are not known here.
pub fn directory_record(sop_class: &str) -> Option<&'static str> {
    CLASSES.get(sop_class).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dicom::dictionary;

    #[test]
    fn every_row_is_read_and_every_record_has_its_keys_in_order() {
        assert_eq!((CLASSES.len(), KEYS.values().map(Vec::len).sum::<usize>()), (94, 112));
        for keys in KEYS.values() {
            assert!(keys.windows(2).all(|pair| pair[0].tag < pair[1].tag));
            assert!(keys.iter().all(|key| dictionary::keyword(key.tag).is_some()));
        }
        // Of these the class and the file alone are listed.
        let bare = |record: &&str| ["STEREOMETRIC", "PLAN"].contains(record);
        assert!(CLASSES.values().all(|record| bare(record) || KEYS.contains_key(record)));
    }

    #[test]
    fn records_by_class() {
        assert_eq!(directory_record("1.2.840.10008.5.1.4.1.1.481.5"), Some("RT PLAN"));
        assert_eq!(directory_record("1.2.840.10008.5.1.4.1.1.2"), None);
        let kinds: Vec<&str> = directory_keys("PATIENT").iter().map(|key| key.kind).collect();
        assert_eq!(kinds, ["2", "1"]);
    }
}
