use super::{Options, record::value};
use crate::{
    dicom::{Location, Tag, dictionary},
    leak::{Class, Place, Region, Severity},
    library::{FileId, Kept, ValueKey},
    text::Shown,
};
use std::collections::{HashMap, HashSet};

/// Different values that a group shows.
const MOST_VALUES: usize = 3;
/// Characters that it shows of each.
const MOST_CHARS: usize = 48;

/// What files say in the same place by the same rule: one line, however many files and items say it.
#[derive(Debug)]
pub(super) struct Group {
    pub severity: Severity,
    pub place: Place,
    /// Whether the values are places in the image.
    in_image: bool,
    /// The way to the element, without numbers of items; empty outside of the data set.
    pub at: String,
    pub keyword: &'static str,
    pub rule: Shown,
    /// The first values in path order, masked unless asked for.
    pub values: Vec<Shown>,
    /// How many different ones there are.
    pub different: usize,
    pub files: u32,
}

/// Groups in the making.
#[derive(Debug, Default)]
pub(super) struct Groups(HashMap<GroupKey, Building>);

#[derive(Debug, PartialEq, Eq, Hash)]
struct GroupKey {
    severity: Severity,
    class: Class,
    place: Place,
    tags: Vec<Tag>,
    rule: String,
}

#[derive(Debug)]
struct Building {
    values: Vec<Shown>,
    /// Texts that are not read are told apart by where in the image they are.
    keys: HashSet<(ValueKey, Option<Region>)>,
    last: FileId,
    files: u32,
}

impl Groups {
    /// To be called in path order.
    pub fn add(&mut self, file: FileId, kept: &Kept<'_>, options: &Options) {
        let shape = kept.shape;
        let key = GroupKey {
            severity: shape.severity,
            class: shape.class,
            place: shape.place,
            tags: shape.at.0.iter().map(|step| step.tag).collect(),
            rule: shape.rule.clone().into_owned(),
        };
        let group = self.0.entry(key).or_insert_with(|| Building {
            values: Vec::new(),
            keys: HashSet::new(),
            last: file,
            files: 1,
        });
        group.files += u32::from(group.last != file);
        group.last = file;
        if group.keys.insert((kept.key, kept.region)) && group.values.len() < MOST_VALUES {
            let said = value(kept, options);
            let text = match kept.region {
                Some(region) if said.is_empty() => region.to_string(),
                Some(region) => format!("{said} {region}"),
                None => said,
            };
            let shown = Shown::short(&text, MOST_CHARS);
            // Different values may have the same mask.
            if !group.values.contains(&shown) {
                group.values.push(shown);
            }
        }
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Worst first, then those that most files say, then by place.
    pub fn into_sorted(self) -> Vec<Group> {
        let mut groups: Vec<(GroupKey, Building)> = self.0.into_iter().collect();
        groups.sort_by(|(a, one), (b, other)| {
            (b.severity, other.files)
                .cmp(&(a.severity, one.files))
                .then_with(|| (a.place, &a.tags, &a.rule, a.class).cmp(&(b.place, &b.tags, &b.rule, b.class)))
        });
        groups.into_iter().map(|(key, group)| Group::new(key, group)).collect()
    }
}

impl Group {
    fn new(key: GroupKey, group: Building) -> Self {
        let keyword = key.tags.last().and_then(|&tag| dictionary::keyword(tag));
        let steps = key.tags.into_iter().map(|tag| crate::dicom::Step { tag, item: None });
        Self {
            severity: key.severity,
            place: key.place,
            in_image: group.keys.iter().any(|(_, region)| region.is_some()),
            at: Location(steps.collect()).to_string(),
            keyword: keyword.unwrap_or_default(),
            rule: Shown::new(&key.rule),
            values: group.values,
            different: group.keys.len(),
            files: group.files,
        }
    }

    /// Where it is, for the eye: the element, or the place outside of the data set.
    pub fn place(&self) -> String {
        match (self.at.as_str(), self.place, self.keyword) {
            ("", place, _) => place.name().to_owned(),
            (at, Place::DataSet | Place::Meta, "") => at.to_owned(),
            (at, Place::DataSet | Place::Meta, keyword) => format!("{at} {keyword}"),
            (at, place, _) => format!("{at} {}", place.name()),
        }
    }

    /// The values, and how many more there are.
    pub fn values(&self) -> String {
        let shown = self.values.iter().map(Shown::as_str).collect::<Vec<_>>().join(", ");
        match self.different {
            0 | 1 => shown,
            different if self.in_image => format!("{shown} ({different} places)"),
            different => format!("{shown} ({different} values)"),
        }
    }
}
