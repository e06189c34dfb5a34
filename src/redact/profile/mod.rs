//! What is done with each attribute: the standard's profile, its options, and what a user's file says otherwise.

mod changes;
mod file;

use super::Action;
use crate::{
    dicom::Tag,
    standard::{Confidentiality, ContentItem, Keep, ProfileOption, ProfileOptions, compound_action},
};
pub(super) use changes::Changes;
pub use file::{Mistake, OwnProfile};
use std::sync::Arc;

/// The Basic Application Level Confidentiality Profile (PS3.15 annex E) with the options that are asked for, and what
/// a user's file says otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Profile {
    options: ProfileOptions,
    /// Clean Pixel Data: where text is seen is overwritten.
    clean_pixels: bool,
    own: Option<Arc<OwnProfile>>,
}

/// Why a profile cannot be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProfileError {
    #[error("unknown profile {0:?}; there is: basic, or the path of a file that ends in .toml")]
    UnknownProfile(String),
    #[error("cannot retain {0:?}; can be retained: {names}", names = names(&RETAIN))]
    CannotRetain(String),
    #[error("cannot clean {0:?}; can be cleaned: {names}, pixels", names = names(&CLEAN))]
    CannotClean(String),
    #[error("dates cannot be both retained in full and modified: --retain dates, or dates-modified")]
    BothDates,
}

/// Words of the command line for options that retain.
pub const RETAIN: [(&str, ProfileOption); 7] = [
    ("safe-private", ProfileOption::SafePrivate),
    ("uids", ProfileOption::Uids),
    ("device", ProfileOption::DeviceIdentity),
    ("institution", ProfileOption::InstitutionIdentity),
    ("patient-characteristics", ProfileOption::PatientCharacteristics),
    ("dates", ProfileOption::FullDates),
    ("dates-modified", ProfileOption::ModifiedDates),
];
/// Words of the command line for options that clean; `pixels` is another.
pub const CLEAN: [(&str, ProfileOption); 3] = [
    ("descriptors", ProfileOption::CleanDescriptors),
    ("structured", ProfileOption::CleanStructuredContent),
    ("graphics", ProfileOption::CleanGraphics),
];
/// The word of the command line for Clean Pixel Data.
pub const PIXELS: &str = "pixels";
/// The name of the standard's profile.
const BASIC: &str = "basic";

fn names(options: &[(&str, ProfileOption)]) -> String {
    options.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ")
}

impl Profile {
    /// From the words of the command line. Options that exclude each other are refused.
    pub fn parse<'a>(
        profile: &str,
        retain: impl IntoIterator<Item = &'a str>,
        clean: impl IntoIterator<Item = &'a str>,
    ) -> Result<Self, ProfileError> {
        if profile != BASIC {
            return Err(ProfileError::UnknownProfile(profile.to_owned()));
        }
        Self::default().with(retain, clean)
    }

    /// The same with more options, by the words of the command line.
    pub fn with<'a>(
        self,
        retain: impl IntoIterator<Item = &'a str>,
        clean: impl IntoIterator<Item = &'a str>,
    ) -> Result<Self, ProfileError> {
        let mut options = self.options;
        let find = |words: &[(&str, ProfileOption)], word: &str| {
            words.iter().find(|(name, _)| *name == word).map(|&(_, option)| option)
        };
        for word in retain {
            options.insert(find(&RETAIN, word).ok_or_else(|| ProfileError::CannotRetain(word.to_owned()))?);
        }
        let mut clean_pixels = self.clean_pixels;
        for word in clean {
            match find(&CLEAN, word) {
                Some(option) => options.insert(option),
                None if word == PIXELS => clean_pixels = true,
                None => return Err(ProfileError::CannotClean(word.to_owned())),
            }
        }
        Ok(Self { clean_pixels, own: self.own, ..Self::basic(options)? })
    }

    /// The Basic Profile with these options; an error where two exclude each other.
    pub fn basic(options: ProfileOptions) -> Result<Self, ProfileError> {
        if options.contains(ProfileOption::FullDates) && options.contains(ProfileOption::ModifiedDates) {
            return Err(ProfileError::BothDates);
        }
        Ok(Self { options, ..Self::default() })
    }

    /// The user's file that it is of.
    pub fn own(&self) -> Option<&OwnProfile> {
        self.own.as_deref()
    }

    /// What the user's file says otherwise than the standard.
    pub(super) fn changes(&self) -> Option<&Changes> {
        self.own().map(OwnProfile::changes)
    }

    pub fn has(&self, option: ProfileOption) -> bool {
        self.options.contains(option)
    }

    pub fn options(&self) -> ProfileOptions {
        self.options
    }

    pub fn cleans_pixels(&self) -> bool {
        self.clean_pixels
    }

    /// The option that keeps or cleans what the row of the table is of; of several one that keeps.
    pub fn lets(&self, rule: &Confidentiality) -> Option<(ProfileOption, Keep)> {
        self.first(|option| rule.under(option))
    }

    fn first(&self, under: impl Fn(ProfileOption) -> Option<Keep>) -> Option<(ProfileOption, Keep)> {
        let lets = || self.options.iter().filter_map(|option| Some((option, under(option)?)));
        lets().find(|(_, keep)| *keep == Keep::Keep).or_else(|| lets().next())
    }

    /// What is done with an attribute of the table. `sop_class` is that of the object, empty where it has none;
    /// `nested`: in an item of a sequence, where Types are the macros' and not the IOD's.
    pub fn action(&self, rule: &Confidentiality, tag: Tag, sop_class: &str, nested: bool) -> Action {
        match self.lets(rule) {
            Some((_, Keep::Keep)) => Action::Keep,
            Some((_, Keep::Clean)) => Action::Clean,
            None => basic(rule.basic, tag, sop_class, nested),
        }
    }

    /// What is done with the value of a content item: PS3.15 Table E.3.4-1.
    pub fn content_action(&self, item: &ContentItem) -> Action {
        match self.first(|option| item.under(option)) {
            Some((_, Keep::Keep)) => Action::Keep,
            Some((_, Keep::Clean)) => Action::Clean,
            None => Action::strictest(item.basic),
        }
    }
}

/// The action under the Basic Profile alone.
fn basic(action: &'static str, tag: Tag, sop_class: &str, nested: bool) -> Action {
    if let Some(simple) = Action::parse(action) {
        return simple;
    }
    let resolved = if nested { None } else { compound_action(sop_class, tag) };
    resolved.and_then(Action::parse).unwrap_or_else(|| Action::strictest(action))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::standard::{confidentiality, rules};

    const CT: &str = "1.2.840.10008.5.1.4.1.1.2";

    fn profile(retain: &[&str], clean: &[&str]) -> Result<Profile, ProfileError> {
        Profile::parse("basic", retain.iter().copied(), clean.iter().copied())
    }

    #[test]
    fn words_of_the_command_line() {
        assert!(profile(&["uids", "dates-modified"], &["pixels", "graphics"]).unwrap().cleans_pixels());
        assert_eq!(profile(&["dates", "dates-modified"], &[]), Err(ProfileError::BothDates));
        assert_eq!(profile(&["names"], &[]), Err(ProfileError::CannotRetain("names".into())));
        assert_eq!(profile(&[], &["uids"]), Err(ProfileError::CannotClean("uids".into())));
        assert!(Profile::parse("none", [], []).is_err());
        let all = RETAIN.iter().chain(&CLEAN).map(|(_, option)| option);
        assert!(ProfileOption::ALL.iter().all(|option| all.clone().any(|known| known == option)));
    }

    #[test]
    fn every_row_under_every_option_is_as_the_table_says() {
        for option in ProfileOption::ALL {
            let mut options = ProfileOptions::default();
            options.insert(option);
            let profile = Profile::basic(options).unwrap();
            for rule in rules() {
                let tag = u32::from_str_radix(rule.tag, 16).unwrap_or(0x0009_1000);
                let tag = Tag((tag >> 16) as u16, tag as u16);
                for (sop_class, nested) in [("", false), (CT, false), ("", true)] {
                    let action = profile.action(rule, tag, sop_class, nested);
                    // What is not in the object's IOD may go.
                    let foreign = sop_class == CT && rule.basic.len() > 1 && action == Action::Remove;
                    match rule.under(option) {
                        Some(Keep::Keep) => assert_eq!(action, Action::Keep),
                        Some(Keep::Clean) => assert_eq!(action, Action::Clean),
                        None => {
                            assert!(foreign || rule.basic.contains(action.letter()), "{}", rule.keyword);
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn types_resolve_compound_actions() {
        let action = |group, element, sop_class, nested| {
            let tag = Tag(group, element);
            Profile::default().action(confidentiality(tag).unwrap(), tag, sop_class, nested)
        };
        let ct = CT;
        assert_eq!(action(0x0008, 0x0023, ct, false), Action::Empty);
        assert_eq!(action(0x0008, 0x0012, ct, false), Action::Remove);
        assert_eq!(action(0x0008, 0x0012, ct, true), Action::Dummy);
        assert_eq!(action(0x0008, 0x0012, "2.999.1", false), Action::Dummy);
        assert_eq!(action(0x0008, 0x1140, ct, false), Action::Remove);
        assert_eq!(action(0x0010, 0x0010, ct, false), Action::Empty);
        let mut both = ProfileOptions::default();
        both.insert(ProfileOption::Uids);
        both.insert(ProfileOption::DeviceIdentity);
        both.insert(ProfileOption::ModifiedDates);
        let profile = Profile::basic(both).unwrap();
        let calibrated = Tag(0x0018, 0x1200);
        assert_eq!(profile.action(confidentiality(calibrated).unwrap(), calibrated, ct, false), Action::Keep);
    }
}
