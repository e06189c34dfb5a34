use super::{
    super::{Declared, is_placeholder},
    Digest, Kind, Kinds,
};
use crate::dicom::{Reading, RowId, Tag};
use std::{
    collections::BTreeMap,
    hash::{BuildHasher, Hasher, RandomState},
    sync::LazyLock,
};

/// Values of an identity at most; a directory of many patients has more, and is known by its first ones.
const MOST_VALUES: usize = 96;
/// Bytes of one value that count.
const MOST_BYTES: usize = 256;

/// What a file's own attributes say of its patient, at any depth. Dummies are left out.
#[derive(Debug, Default)]
pub struct Identity {
    /// In file order, each once.
    pub values: Vec<(Kind, String)>,
    /// The rows that say it, and what of it they say.
    pub rows: Vec<(RowId, Kind)>,
    /// The days on which the patient was seen.
    pub days: Vec<String>,
}

/// What an attribute says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Identity(Kind),
    /// A day on which something was done.
    Day,
    /// Names of makers, institutions and places.
    Others,
}

/// `assets/lexicon/identity.csv`, by tag.
static ROLES: LazyLock<BTreeMap<u32, Role>> = LazyLock::new(|| {
    let lines = include_str!("../../../assets/lexicon/identity.csv").lines();
    lines
        .filter_map(|line| {
            let mut columns = line.split(',');
            let tag = u32::from_str_radix(columns.next()?, 16).ok()?;
            let role = match columns.nth(1)? {
                "day" => Role::Day,
                "others" => Role::Others,
                kind => Role::Identity(Kind::ALL.into_iter().find(|known| known.name() == kind)?),
            };
            Some((tag, role))
        })
        .collect()
});

fn role(Tag(group, element): Tag) -> Option<Role> {
    // Most elements are of groups that say nothing of people.
    if matches!(group, 0x0018 | 0x0028 | 0x7fe0 | 0x5200) && element > 0x1020 {
        return None;
    }
    ROLES.get(&(u32::from(group) << 16 | u32::from(element))).copied()
}

/// Whether names of makers, institutions and places stand there.
pub fn is_of_others(tag: Tag) -> bool {
    role(tag) == Some(Role::Others)
}

impl Identity {
    pub fn of(reading: &Reading) -> Self {
        let mut identity = Self::default();
        let declared = Declared::of(reading);
        for (id, row) in reading.rows.iter() {
            let Some(role) = role(row.tag) else { continue };
            let text = reading.rows.text(id);
            match role {
                Role::Identity(kind) if identity.values.len() < MOST_VALUES => {
                    identity.rows.push((id, kind));
                    text.split('\\').for_each(|value| identity.push(kind, value, declared));
                }
                Role::Day => identity.days.push(text.trim().to_owned()),
                _ => {}
            }
        }
        identity
    }

    fn push(&mut self, kind: Kind, value: &str, declared: Declared) {
        let value = value.trim();
        let end = value.char_indices().map(|(at, _)| at).find(|&at| at >= MOST_BYTES);
        let value = end.and_then(|end| value.get(..end)).unwrap_or(value);
        let class = kind.class();
        // A subject's code is what a research file is known by, and no secret.
        let is_dummy = is_placeholder(value, class) || declared.is_pseudonym(class, value);
        if value.is_empty() || is_dummy || is_empty_name(kind, value) {
            return;
        }
        if !self.values.iter().any(|(known, text)| *known == kind && text == value) {
            self.values.push((kind, value.to_owned()));
        }
    }

    /// What the row itself says of the patient.
    pub fn said_by(&self, row: RowId) -> Kinds {
        let first = self.rows.partition_point(|&(id, _)| id < row);
        let kinds = self.rows.iter().skip(first).take_while(|&&(id, _)| id == row);
        let with = |kind| match kind {
            Kind::Name => [kind, Kind::GivenName, kind],
            Kind::PatientId => [kind, Kind::OtherId, Kind::Insurance],
            _ => [kind; 3],
        };
        kinds.flat_map(|&(_, kind)| with(kind)).collect()
    }

    /// The first value of that kind.
    pub fn first(&self, kind: Kind) -> Option<&str> {
        self.values.iter().find(|(known, _)| *known == kind).map(|(_, value)| value.as_str())
    }

    /// The same for the same identity, in this run.
    pub fn fingerprint(&self) -> u64 {
        static STATE: LazyLock<RandomState> = LazyLock::new(RandomState::new);
        let mut hasher = STATE.build_hasher();
        for (kind, value) in &self.values {
            hasher.write_u8(*kind as u8);
            hasher.write(value.as_bytes());
            hasher.write_u8(0xff);
        }
        hasher.write_u8(u8::from(self.is_newborn()));
        hasher.finish()
    }

    /// Whether the patient was seen on the day of birth: then every date of the file is the birth date.
    pub fn is_newborn(&self) -> bool {
        let birth = self.values.iter().filter(|(kind, _)| *kind == Kind::BirthDate);
        birth
            .into_iter()
            .any(|(_, birth)| self.days.iter().any(|day| Digest::of_text(day) == Digest::of_text(birth)))
    }
}

/// `^^^^`, and other names of nothing but separators.
fn is_empty_name(kind: Kind, value: &str) -> bool {
    kind.is_name() && !value.chars().any(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dicom::dictionary;

    #[test]
    fn every_line_of_the_table_is_read_and_names_its_attribute() {
        let lines: Vec<_> = include_str!("../../../assets/lexicon/identity.csv")
            .lines()
            .filter(|line| !line.starts_with('#') && !line.starts_with("tag"))
            .collect();
        assert_eq!(lines.len(), ROLES.len());
        for line in lines {
            let columns: Vec<_> = line.split(',').collect();
            let tag = u32::from_str_radix(columns[0], 16).unwrap();
            let tag = Tag((tag >> 16) as u16, tag as u16);
            assert_eq!(dictionary::keyword(tag).unwrap_or(columns[1]), columns[1]);
            assert!(role(tag).is_some(), "{line}");
        }
    }
}
