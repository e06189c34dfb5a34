use super::{
    Action, Edit, Edits, Exceptions, Leftover, MarkBook, Marks, Profile, Pseudonyms, Shift,
    decide::Decider,
    marker, overlay,
    pixels::{self, Transcode},
    settle::{self, Settler},
};
use crate::{
    dicom::{Location, Reading, RowId, Tag, Vr, dictionary},
    leak::Finding,
    standard::{self, ProfileOption},
};
use std::{collections::BTreeMap, sync::Arc};

/// Why something is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Why {
    /// PS3.15 Table E.1-1.
    Table,
    /// PS3.15 Table E.3.4-1.
    Concept,
    /// A private element that is on no list of safe ones.
    Private,
    /// An attribute that neither the table nor the dictionary of the standard knows.
    Unknown,
    /// Part of an overlay that goes.
    Overlay,
    /// A group's length, which is of no use and is not true any more.
    GroupLength,
    /// The same attribute stands before it.
    Duplicate,
    /// Of the file meta information, and out of its place.
    Meta,
    /// Only a DICOMDIR has it.
    Directory,
    /// It says how the file was de-identified; what is true now is put in its place.
    Marker,
    /// Bytes in the pixel data that are no pixels: comments, and what is beyond the last pixel.
    Surplus,
    /// Something was found in it.
    Found,
    /// Somebody marked it.
    Mark,
    /// The user's own profile.
    Profile,
}

impl Why {
    /// In a word, for machines and people.
    pub fn name(self) -> &'static str {
        match self {
            Self::Table => "table",
            Self::Concept => "concept",
            Self::Private => "private",
            Self::Unknown => "unknown",
            Self::Overlay => "overlay",
            Self::GroupLength => "group-length",
            Self::Duplicate => "duplicate",
            Self::Meta => "meta",
            Self::Directory => "directory",
            Self::Marker => "marker",
            Self::Surplus => "surplus",
            Self::Found => "found",
            Self::Mark => "mark",
            Self::Profile => "profile",
        }
    }
}

/// One thing that is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Act {
    pub row: RowId,
    pub action: Action,
    pub why: Why,
}

/// Why something that gives away stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Keeper {
    Option(ProfileOption),
    /// It is marked to be kept.
    Marked,
    /// The user's own profile keeps it.
    Profile,
    /// No profile is followed, and nobody marked it.
    Unmarked,
}

impl Keeper {
    /// In words.
    pub fn name(self) -> &'static str {
        match self {
            Self::Option(option) => option.name(),
            Self::Marked => "marked to be kept",
            Self::Profile => "kept by the file of the profile",
            Self::Unmarked => "not marked",
        }
    }

    /// For machines: the option's code in PS3.16 CID 7050.
    pub fn code(self) -> &'static str {
        match self {
            Self::Option(option) => option.code(),
            Self::Marked => "marked",
            Self::Profile => "profile",
            Self::Unmarked => "unmarked",
        }
    }
}

/// A value that gives away and stays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stay {
    pub row: RowId,
    pub at: Location,
    pub by: Keeper,
    pub rule: String,
    /// Whether it says who the patient is.
    pub identifies: bool,
}

/// Something that gives away and that no edit takes out: a file of which one is left is not written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    pub at: Location,
    pub rule: String,
}

/// What is done to one file.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    pub edits: Edits,
    pub(super) acts: Vec<Act>,
    pub stays: Vec<Stay>,
    pub problems: Vec<Problem>,
    /// What stays, or is cleaned only, by somebody's own will, though the profile takes it out.
    pub exceptions: Exceptions,
    /// Rows that something keeps.
    pub(super) kept: BTreeMap<RowId, Keeper>,
    /// What is to be done to compressed pixels before the file is written.
    pub(super) transcode: Option<Transcode>,
    /// Whether it follows the profile, and not marks alone.
    pub(super) by_profile: bool,
}

impl Plan {
    /// Whether the row goes, or what it says is replaced: it, or what holds it.
    pub fn covers(&self, reading: &Reading, mut row: RowId) -> bool {
        loop {
            if matches!(self.edits.get(row), Some(Edit::Remove | Edit::Value(_) | Edit::Spool(_))) {
                return true;
            }
            match reading.rows.parent(row) {
                Some(parent) => row = parent,
                None => return false,
            }
        }
    }

    /// Does one thing more, or another than before.
    pub(super) fn act(&mut self, row: RowId, action: Action, why: Why, edit: Edit) {
        self.edits.set(row, edit);
        let (at, act) = (self.acts.partition_point(|act| act.row < row), Act { row, action, why });
        match self.acts.get_mut(at).filter(|known| known.row == row) {
            Some(known) => *known = act,
            None => self.acts.insert(at, act),
        }
    }

    /// Takes out whole what is left over in the copy; `false` where nothing more can be taken out.
    pub(super) fn take_out(&mut self, reading: &Reading, left: &[Leftover]) -> bool {
        let mut changed = false;
        for row in left.iter().filter_map(|leftover| leftover.row) {
            let Some(tag) = reading.rows.get(row).map(|row| row.tag) else { continue };
            let needed = settle::is_needed(tag.0)
                || tag.0 == 0x7fe0
                || matches!((tag.0, tag.1), (0x0008, 0x0016 | 0x0018));
            if !needed && !matches!(self.edits.get(row), Some(Edit::Remove)) {
                self.act(row, Action::Remove, Why::Found, Edit::Remove);
                changed = true;
            }
        }
        changed
    }

    /// What is done to the row itself.
    pub(super) fn act_of(&self, row: RowId) -> Option<&Act> {
        let at = self.acts.partition_point(|act| act.row < row);
        self.acts.get(at).filter(|act| act.row == row)
    }

    /// All that is done, in file order.
    pub fn acts(&self) -> &[Act] {
        &self.acts
    }

    /// Of each attribute and action how often it is done, and why: items are not told apart.
    pub fn summary(&self, reading: &Reading) -> BTreeMap<(Path, Action, Why), u32> {
        let mut summary = BTreeMap::new();
        for act in &self.acts {
            let path = Path::of(&reading.rows.location(act.row));
            *summary.entry((path, act.action, act.why)).or_default() += 1;
        }
        summary
    }
}

/// Where in the data set, without the numbers of items: `(0040,A730)[].(0040,A160)`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Path(pub Vec<Tag>);

impl Path {
    pub fn of(location: &Location) -> Self {
        Self(location.0.iter().map(|step| step.tag).collect())
    }
}

impl std::fmt::Display for Path {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (at, tag) in self.0.iter().enumerate() {
            f.write_str(if at > 0 { "[]." } else { "" })?;
            write!(f, "({:04X},{:04X})", tag.0, tag.1)?;
        }
        Ok(())
    }
}

/// What plans are made by: the same for all files of a run.
#[derive(Debug, Clone)]
pub struct Planner {
    pub profile: Profile,
    pub pseudonyms: Pseudonyms,
    /// Whether files go out that say themselves that text is burned into their pixels.
    pub allow_burned_in: bool,
    /// What somebody marked; `None` where files go by the profile alone.
    pub marking: Option<Marking>,
}

/// What the Basic Profile does with an element, and with one that it does not know what is usual for its kind of value.
/// `nested`: in an item of a sequence.
pub fn usual(tag: Tag, vr: Option<Vr>, sop_class: &str, nested: bool) -> Action {
    if tag.0 % 2 == 1 || dictionary::keyword(tag).is_none() {
        return Action::Remove;
    }
    match standard::confidentiality(tag) {
        Some(rule) => Profile::default().action(rule, tag, sop_class, nested),
        None => vr.map_or(Action::Remove, settle::usual_for),
    }
}

/// Marks that are followed.
#[derive(Debug, Clone)]
pub struct Marking {
    pub book: Arc<MarkBook>,
    /// Whether the profile is followed beside, for all files. Otherwise only for those that are marked so, and files
    /// without a mark have no copy.
    pub profile: bool,
}

/// What a plan knows of the file beside the profile.
pub(super) struct Subject<'a> {
    pub reading: &'a Reading,
    pub sop_class: String,
    /// What the patient is called in the copy.
    pub patient: String,
    pub shift: Shift,
    /// Whether it lists the instances that it refers to.
    pub lists_references: bool,
}

/// Where an object lists the instances that it refers to: PS3.3 section C.12.2.
const REFERENCE_LISTS: [Tag; 2] = [Tag(0x0008, 0x1115), Tag(0x0008, 0x1200)];

impl Planner {
    /// What is to be done to the file: what the profile asks for, and whatever else gives away by `findings`, which
    /// are the file's own and what other files tell of it.
    pub fn plan(&self, reading: &Reading, findings: &[Finding]) -> Plan {
        self.plan_file(None, reading, findings, None)
    }

    /// The same where the file at `path` can be read again, for comments deep in compressed images; and where `marks` are
    /// of it: they go before the profile, and stand alone where none is followed.
    pub fn plan_file(
        &self,
        path: Option<&std::path::Path>,
        reading: &Reading,
        findings: &[Finding],
        marks: Option<&Marks>,
    ) -> Plan {
        let subject = self.subject(reading);
        let mut decider = Decider::new(self, &subject, marks);
        decider.run();
        let Decider { mut plan, kept, loosened, .. } = decider;
        if plan.by_profile {
            overlay::mask_pixels(reading, findings, &mut plan);
        }
        pixels::plan(self, reading, findings, marks, &mut plan);
        if plan.by_profile {
            Settler { planner: self, subject: &subject, path, kept: &kept }.run(findings, &mut plan);
            plan.exceptions = Exceptions::of(reading, &plan, &loosened);
            marker::insert(self, reading, &mut plan);
        } else {
            settle::leave(reading, findings, &mut plan);
        }
        plan.kept = kept;
        plan
    }

    /// Whether the profile is followed for a file with these marks.
    pub(super) fn by_profile(&self, marks: Option<&Marks>) -> bool {
        self.marking.as_ref().is_none_or(|marking| marking.profile) || marks.is_some_and(Marks::has_profile)
    }

    fn subject<'a>(&self, reading: &'a Reading) -> Subject<'a> {
        let text = |group, element| reading.text(Tag(group, element)).trim().to_owned();
        let sop_class = text(0x0008, 0x0016);
        // Without an ID, the study is all that holds a patient's files together.
        let id = Some(text(0x0010, 0x0020)).filter(|id| !id.is_empty());
        let id = id.unwrap_or_else(|| format!("{}\n{}", text(0x0020, 0x000d), text(0x0010, 0x0010)));
        Subject {
            reading,
            sop_class,
            patient: self.pseudonyms.patient(&id),
            shift: self.pseudonyms.shift(&id),
            lists_references: REFERENCE_LISTS.iter().any(|&tag| reading.rows.find(tag).is_some()),
        }
    }
}
