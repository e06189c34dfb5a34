//! A user's profile, in TOML: `assets/profile.toml` shows all that one may say.

use super::{
    super::{Action, key::hex, marker, overlay},
    BASIC, Changes, Profile, ProfileError,
};
use crate::{
    dicom::{Tag, Vr, dictionary},
    standard::{confidentiality, rules},
    text::line_number,
};
use sha2::{Digest, Sha256};
use std::{collections::BTreeMap, ops::Range, sync::Arc};
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

/// Letters of a profile's own name.
const MOST_NAME: usize = 64;
/// Mistakes that are told of one file.
const MOST_MISTAKES: usize = 20;
const KEYS: &str = "name, base, retain, clean, [attributes], [private]";

/// A user's file on top of the standard's profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnProfile {
    name: String,
    sha256: String,
    changes: Changes,
}

impl OwnProfile {
    /// What it calls itself, or the name that its file has.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// SHA-256 of the file, in hexadecimal digits.
    pub fn sha256(&self) -> &str {
        &self.sha256
    }

    pub(in super::super) fn changes(&self) -> &Changes {
        &self.changes
    }
}

/// Something in a user's profile that cannot be, with its line from 1.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {why}")]
pub struct Mistake {
    pub line: usize,
    pub why: String,
}

impl Profile {
    /// Reads a user's profile; `name` is the file's, where it has none of its own. Everything that is wrong is told, in
    /// the order of lines: what is unknown, what is said twice, and what no copy can be made by.
    pub fn own_of(name: &str, text: &str) -> Result<Self, Vec<Mistake>> {
        let mut reader = Reader { text, mistakes: Vec::new() };
        let profile = reader.profile(name);
        reader.mistakes.sort_by_key(|mistake| mistake.line);
        reader.mistakes.truncate(MOST_MISTAKES);
        if reader.mistakes.is_empty() { Ok(profile) } else { Err(reader.mistakes) }
    }
}

struct Reader<'a> {
    text: &'a str,
    mistakes: Vec<Mistake>,
}

type Entry<'a, 'b> = (&'b Spanned<std::borrow::Cow<'a, str>>, &'b Spanned<DeValue<'a>>);

impl<'a> Reader<'a> {
    fn wrong(&mut self, at: Range<usize>, why: impl Into<String>) {
        self.mistakes.push(Mistake { line: line_number(self.text, at.start), why: why.into() });
    }

    fn profile(&mut self, name: &str) -> Profile {
        let (mut profile, mut changes) = (Profile::default(), Changes::default());
        let mut name = name.to_owned();
        let table = match DeTable::parse(self.text) {
            Ok(table) => table.into_inner(),
            Err(error) => {
                self.wrong(error.span().unwrap_or_default(), error.message());
                return profile;
            }
        };
        for entry @ (key, value) in &table {
            match key.get_ref().as_ref() {
                "name" => name = self.name(value).unwrap_or(name),
                "base" => self.base(value),
                "retain" | "clean" => profile = self.words(entry, profile),
                "attributes" => self.attributes(value, &mut changes),
                "private" => self.private(value, &mut changes),
                other => self.wrong(key.span(), format!("{other:?} is not known; there are {KEYS}")),
            }
        }
        let sha256 = hex(&Sha256::digest(self.text.as_bytes()));
        profile.own = Some(Arc::new(OwnProfile { name, sha256, changes }));
        profile
    }

    fn name(&mut self, value: &Spanned<DeValue<'a>>) -> Option<String> {
        let name = value.get_ref().as_str().map(str::trim);
        let fits = |name: &str| (1..=MOST_NAME).contains(&name.chars().count());
        let name = name.filter(|name| fits(name) && !name.chars().any(char::is_control));
        if name.is_none() {
            self.wrong(value.span(), format!("a name is a text of 1 to {MOST_NAME} letters"));
        }
        name.map(str::to_owned)
    }

    fn base(&mut self, value: &Spanned<DeValue<'a>>) {
        if value.get_ref().as_str() != Some(BASIC) {
            self.wrong(value.span(), "the base of a profile is \"basic\"");
        }
    }

    /// Options, each of which is looked at alone, so that its line is told.
    fn words(&mut self, (key, value): Entry<'a, '_>, mut profile: Profile) -> Profile {
        let Some(words) = value.get_ref().as_array() else {
            self.wrong(value.span(), format!("{} is a list, as in [\"device\"]", key.get_ref()));
            return profile;
        };
        for word in words {
            let Some(option) = word.get_ref().as_str() else {
                self.wrong(word.span(), "an option is a word in quotes");
                continue;
            };
            let more = match key.get_ref().as_ref() {
                "retain" => profile.clone().with([option], []),
                _ => profile.clone().with([], [option]),
            };
            match more {
                Ok(more) => profile = more,
                Err(error) => self.wrong(word.span(), option_mistake(&error)),
            }
        }
        profile
    }

    fn attributes(&mut self, value: &Spanned<DeValue<'a>>, changes: &mut Changes) {
        let Some(table) = value.get_ref().as_table() else {
            return self.wrong(value.span(), "[attributes] has to be a section");
        };
        let mut known: BTreeMap<Tag, Range<usize>> = BTreeMap::new();
        for (key, value) in table {
            let name = key.get_ref().as_ref();
            let tag = match attribute(name) {
                Ok(tag) => tag,
                Err(why) => {
                    self.wrong(key.span(), why);
                    continue;
                }
            };
            let before = known.insert(tag, key.span());
            if let Some(other) = before {
                self.twice(other, key.span(), &format!("{tag} stands"));
                continue;
            }
            let Some(action) = self.action(value) else { continue };
            match unfit(tag, action) {
                Some(why) => self.wrong(value.span(), format!("{name}: {why}")),
                None => changes.set(tag, action),
            }
        }
    }

    fn private(&mut self, value: &Spanned<DeValue<'a>>, changes: &mut Changes) {
        let Some(table) = value.get_ref().as_table() else {
            return self.wrong(value.span(), "[private] has to be a section");
        };
        let mut known: BTreeMap<&str, Range<usize>> = BTreeMap::new();
        for (key, value) in table {
            let creator = key.get_ref().trim();
            if creator.is_empty() {
                self.wrong(key.span(), "a private creator has a name");
            } else if let Some(other) = known.insert(creator, key.span()) {
                // Blanks around a creator's name do not count.
                self.twice(other, key.span(), &format!("{creator:?} stands"));
            } else if let Some(elements) = value.get_ref().as_table() {
                self.elements(creator, elements, changes);
            } else if let Some(action) = self.action(value) {
                changes.set_creator(creator, action);
            }
        }
    }

    fn elements(&mut self, creator: &str, elements: &DeTable<'a>, changes: &mut Changes) {
        let mut known: BTreeMap<(u16, u8), Range<usize>> = BTreeMap::new();
        for (key, value) in elements {
            let name = key.get_ref().as_ref();
            if name == "all" {
                if let Some(action) = self.action(value) {
                    changes.set_creator(creator, action);
                }
                continue;
            }
            let Some(element) = private_element(name) else {
                let why =
                    format!("{name:?} is no private element; write \"(0029,xx10)\", or all for all of them");
                self.wrong(key.span(), why);
                continue;
            };
            if let Some(other) = known.insert(element, key.span()) {
                self.twice(other, key.span(), &format!("({:04X},xx{:02X}) stands", element.0, element.1));
            } else if let Some(action) = self.action(value) {
                changes.set_private(creator, element, action);
            }
        }
    }

    fn action(&mut self, value: &Spanned<DeValue<'a>>) -> Option<Action> {
        let action = value.get_ref().as_str().and_then(Action::parse);
        if action.is_none() {
            let why = "an action is one of \"X\" remove, \"Z\" empty, \"D\" dummy, \"C\" clean, \"U\" new UID, \"K\" keep";
            self.wrong(value.span(), why);
        }
        action
    }

    /// The same thing said in two places: the later one is the mistake, and it names the other.
    fn twice(&mut self, a: Range<usize>, b: Range<usize>, what: &str) {
        let (first, second) = if a.start <= b.start { (a, b) } else { (b, a) };
        let line = line_number(self.text, first.start);
        self.wrong(second, format!("{what} on line {line} already"));
    }
}

fn option_mistake(error: &ProfileError) -> String {
    match error {
        ProfileError::BothDates => "dates and dates-modified exclude each other".to_owned(),
        other => other.to_string(),
    }
}

/// The attribute of a keyword or a tag.
fn attribute(name: &str) -> Result<Tag, String> {
    let tag = match numbers(name, "") {
        Some(tag) => tag,
        None => dictionary::by_keyword(name)
            .ok_or_else(|| format!("no attribute is called {name:?}{}", similar(name)))?,
    };
    if tag.0 % 2 == 1 {
        return Err(format!("{tag} is private: it belongs under its creator, in [private.\"CREATOR\"]"));
    }
    dictionary::keyword(tag).map(|_| tag).ok_or_else(|| format!("no attribute of the standard is {tag}"))
}

/// `(0029,xx10)`, `0029xx10` or with the numbers of a block instead of `xx`.
fn private_element(name: &str) -> Option<(u16, u8)> {
    let tag = numbers(name, "10").filter(|tag| tag.0 % 2 == 1 && tag.1 >= 0x1000)?;
    Some((tag.0, tag.1 as u8))
}

/// A tag in eight digits, bracketed or not; `block` stands for `xx`.
fn numbers(name: &str, block: &str) -> Option<Tag> {
    let bare = name.strip_prefix('(').and_then(|name| name.strip_suffix(')')).unwrap_or(name);
    let (group, element) = bare.split_once(',').or_else(|| bare.split_at_checked(4))?;
    let element = if block.is_empty() { element.to_owned() } else { element.replacen("xx", block, 1) };
    let number = |digits: &str| {
        let all = digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        u16::from_str_radix(digits, 16).ok().filter(|_| all)
    };
    Some(Tag(number(group)?, number(&element)?))
}

/// A hint at a keyword of the table that is nearly that.
fn similar(name: &str) -> String {
    let folded = name.to_ascii_lowercase();
    let shared = |known: &str| {
        let known = known.to_ascii_lowercase();
        let common = |a: &mut dyn Iterator<Item = char>, b: &mut dyn Iterator<Item = char>| {
            a.zip(b).take_while(|(a, b)| a == b).count()
        };
        common(&mut known.chars(), &mut folded.chars())
            + common(&mut known.chars().rev(), &mut folded.chars().rev())
    };
    let nearest = rules().iter().map(|rule| rule.keyword).max_by_key(|known| {
        (shared(known).min(folded.len()), std::cmp::Reverse(known.len().abs_diff(folded.len())))
    });
    // All but a letter or two.
    let nearest = nearest.filter(|known| shared(known) + 3 > folded.len() && folded.len() > 3);
    nearest.map_or_else(String::new, |known| format!("; did you mean {known:?}?"))
}

/// Why that cannot be done with an attribute.
fn unfit(tag: Tag, action: Action) -> Option<&'static str> {
    let vr = dictionary::vr(tag).unwrap_or(Vr::UN);
    let needed = matches!(tag.0, 0x0028 | 0x5200 | 0x7fe0) && confidentiality(tag).is_none();
    match (tag.0, tag.1) {
        (0x0000 | 0x0002 | 0x0004, _) => Some("copies have a part of the file of their own in its place"),
        (0x0008, 0x0005 | 0x0016) | (_, 0) => Some("it says how the rest is written, and stays as it is"),
        _ if marker::is_marker(tag) => Some("the program states it itself, as it is true of the copy"),
        _ if overlay::is_part(tag) || matches!(tag.0, 0x5000..=0x50ff) => {
            Some("overlays and curves stay or go as a whole: clean = [\"graphics\"]")
        }
        _ if needed => Some("the image cannot be shown without it"),
        (0x0008, 0x0018) | (0x0020, 0x000d | 0x000e) if !matches!(action, Action::Uid | Action::Keep) => {
            Some("files are told apart by it: only \"U\" and \"K\" can be")
        }
        _ if action == Action::Uid && !matches!(vr, Vr::UI | Vr::SQ) => {
            Some("only UIDs, and sequences that hold some, can have others: \"U\"")
        }
        _ if action == Action::Clean && !is_cleanable(vr) => {
            Some("only texts, dates and sequences can be cleaned: \"C\"")
        }
        _ => None,
    }
}

fn is_cleanable(vr: Vr) -> bool {
    use Vr::*;
    matches!(vr, LO | SH | ST | LT | UT | UC | CS | DA | DT | SQ)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::standard::ProfileOption;

    #[test]
    fn the_example_is_a_profile() {
        let text = include_str!("../../../assets/profile.toml");
        let profile = Profile::own_of("profile", text).unwrap();
        let own = profile.own().unwrap();
        assert_eq!(own.name(), "example");
        assert_eq!(own.sha256().len(), 64);
        assert!(profile.has(ProfileOption::ModifiedDates) && profile.cleans_pixels());
        let changes = own.changes();
        assert_eq!(changes.attribute(Tag(0x0010, 0x0040)), Some(Action::Keep));
        assert_eq!(changes.attribute(Tag(0x0010, 0x0010)), None);
        assert_eq!(changes.private("ACME 1.0 ", Tag(0x0029, 0x1110)), Some(Action::Keep));
        assert_eq!(changes.private("ACME 1.0", Tag(0x0029, 0x1111)), Some(Action::Remove));
        assert_eq!(changes.private("ACME 3.0", Tag(0x0029, 0x1110)), None);
    }

    #[test]
    fn the_words_of_the_command_line_are_added() {
        let profile = Profile::own_of("a", "retain = [\"device\"]").unwrap().with(["uids"], []).unwrap();
        assert!(profile.has(ProfileOption::DeviceIdentity) && profile.has(ProfileOption::Uids));
        assert!(profile.own().is_some());
        let dates = Profile::own_of("a", "retain = [\"dates\"]").unwrap();
        assert_eq!(dates.with(["dates-modified"], []), Err(ProfileError::BothDates));
    }

    #[test]
    fn mistakes_are_told_with_their_line() {
        for (text, said) in [
            ("bass = \"basic\"", "line 1: \"bass\" is not known; there are name, base"),
            ("\nbase = \"advanced\"", "line 2: the base of a profile is \"basic\""),
            ("base = ", "line 1: "),
            ("name = \"\"", "line 1: a name is a text"),
            ("retain = [\n \"device\",\n \"names\"]", "line 3: cannot retain \"names\""),
            ("retain = [\n \"dates\",\n \"dates-modified\"]", "line 3: dates and dates-modified"),
            ("clean = \"pixels\"", "line 1: clean is a list"),
            (
                "[attributes]\nPatientNmae = \"X\"",
                "line 2: no attribute is called \"PatientNmae\"; did you mean \"PatientName\"?",
            ),
            ("[attributes]\nQux = \"X\"", "line 2: no attribute is called \"Qux\""),
            ("[attributes]\nPatientName = \"Q\"", "line 2: an action is one of"),
            ("[attributes]\nPatientName = 3", "line 2: an action is one of"),
            (
                "[attributes]\nPatientSex = \"K\"\n\n\"(0010,0040)\" = \"X\"",
                "line 4: (0010,0040) stands on line 2 already",
            ),
            ("[attributes]\nPatientSex = \"K\"\nPatientSex = \"K\"", "line 3: duplicate key"),
            ("[attributes]\n00291010 = \"K\"", "line 2: (0029,1010) is private"),
            ("[attributes]\nPixelData = \"X\"", "line 2: PixelData: the image cannot be shown"),
            ("[attributes]\nTransferSyntaxUID = \"K\"", "part of the file of their own"),
            ("[attributes]\nPatientIdentityRemoved = \"K\"", "the program states it itself"),
            ("[attributes]\n\"(6000,3000)\" = \"K\"", "overlays and curves"),
            ("[attributes]\nSOPInstanceUID = \"D\"", "files are told apart"),
            ("[attributes]\nPatientName = \"U\"", "only UIDs"),
            ("[attributes]\nPatientAge = \"C\"", "only texts, dates"),
            ("private = 1", "line 1: [private] has to be a section"),
            ("[private.ACME]\n0010xx10 = \"K\"", "line 2: \"0010xx10\" is no private element"),
            (
                "[private.ACME]\n0029xx10 = \"K\"\n\"(0029,1110)\" = \"X\"",
                "line 3: (0029,xx10) stands on line 2 already",
            ),
            ("[private]\nACME = \"K\"\n\" ACME\" = \"X\"", "line 3: \"ACME\" stands on line 2 already"),
        ] {
            let mistakes = Profile::own_of("a", text).unwrap_err();
            let told: String = mistakes.iter().map(|mistake| format!("{mistake}\n")).collect();
            assert!(told.contains(said), "{text}: {told}");
        }
        let all = Profile::own_of("a", "[attributes]\nA = \"K\"\nPatientSex = \"U\"\n[b]\n").unwrap_err();
        assert_eq!(all.iter().map(|mistake| mistake.line).collect::<Vec<_>>(), [2, 3, 4]);
    }
}
