use super::table::records;
use crate::dicom::Tag;
use std::{collections::HashMap, sync::LazyLock};

/// By SOP class: tags with the action that their Type in the class's IOD makes of a compound one; sorted.
type Actions = HashMap<&'static str, Vec<(u32, &'static str)>>;

static ACTIONS: LazyLock<Actions> = LazyLock::new(|| {
    let mut actions = Actions::new();
    for [classes, tag, _type, action] in records(include_str!("../../assets/standard/compound.csv")) {
        let Ok(tag) = u32::from_str_radix(tag, 16) else { continue };
        for class in classes.split(' ') {
            actions.entry(class).or_default().push((tag, action));
        }
    }
    actions.values_mut().for_each(|all| all.sort_unstable());
    actions
});

/// What becomes of a compound action of PS3.15 Table E.1-1 (`X/Z/D`, …) for an attribute of the data set of an object
/// of that class: `X`, `Z`, `D` or `U`, by the attribute's Type in the IOD (PS3.3). An attribute that does not belong
/// to the IOD may go: `X`. `None` for classes whose IODs are not known here.
pub fn compound_action(sop_class: &str, tag: Tag) -> Option<&'static str> {
    let actions = ACTIONS.get(sop_class)?;
    let key = u32::from(tag.0) << 16 | u32::from(tag.1);
    let found = actions.binary_search_by_key(&key, |&(tag, _)| tag).ok().and_then(|at| actions.get(at));
    Some(found.map_or("X", |&(_, action)| action))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_read() {
        let rows: usize = ACTIONS.values().map(Vec::len).sum();
        assert_eq!((ACTIONS.len(), rows), (140, 2733));
        for actions in ACTIONS.values() {
            assert!(actions.windows(2).all(|pair| pair[0].0 < pair[1].0), "one action an attribute");
            assert!(actions.iter().all(|(_, action)| matches!(*action, "X" | "Z" | "D" | "U")));
        }
    }

    #[test]
    fn by_class_and_attribute() {
        let ct = "1.2.840.10008.5.1.4.1.1.2";
        assert_eq!(compound_action(ct, Tag(0x0008, 0x0012)), Some("X"));
        assert_eq!(compound_action(ct, Tag(0x0099, 0x0012)), Some("X"));
        assert_eq!(compound_action("1.2.3", Tag(0x0008, 0x0012)), None);
    }
}
