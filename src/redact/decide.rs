//! What the profile asks for, row by row.

use super::{
    Action, Edit, Keeper, Marks,
    content::{self, Said},
    overlay,
    plan::{Plan, Planner, Subject, Why},
    profile::Changes,
    value::Values,
};
use crate::{
    dicom::{Kind, Location, Row, RowId, Rows, Tag, Vr, dictionary},
    standard::{self, Confidentiality, ProfileOption, safe_private},
};
use std::collections::{BTreeMap, HashSet};

/// The action of sequences that refer to other objects: they stay, with other UIDs, where the object would not be
/// conformant without.
const REFERENCES: &str = "X/Z/U*";

/// How what a sequence holds is judged.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    /// Each attribute by the table.
    Table,
    /// As part of something that is cleaned: texts too that the table does not list.
    Clean,
    /// Content items: by their concept.
    Content,
}

/// Walks the data set once and decides on every row.
pub(super) struct Decider<'a> {
    planner: &'a Planner,
    subject: &'a Subject<'a>,
    values: Values<'a>,
    pub plan: Plan,
    /// Rows that something keeps.
    pub kept: BTreeMap<RowId, Keeper>,
    /// Attributes met, by what holds them.
    met: HashSet<(Option<RowId>, Tag)>,
    /// Sequences that are open: where they end, and how what they hold is judged.
    modes: Vec<(RowId, Mode)>,
    /// What becomes of the value of the content item that is open, and where that ends.
    said: Option<(RowId, Said)>,
    /// What is marked, and what is to be done with it.
    marked: BTreeMap<RowId, Action>,
    /// Rows that a mark or the user's own profile keeps or cleans, and that would go without.
    pub loosened: BTreeMap<RowId, Action>,
}

impl<'a> Decider<'a> {
    pub fn new(planner: &'a Planner, subject: &'a Subject<'a>, marks: Option<&Marks>) -> Self {
        let rows = &subject.reading.rows;
        Self {
            planner,
            subject,
            values: Values { planner, subject },
            plan: Plan { by_profile: planner.by_profile(marks), ..Plan::default() },
            kept: BTreeMap::new(),
            met: HashSet::new(),
            modes: Vec::new(),
            said: None,
            marked: marks.map(|marks| marked(rows, marks)).unwrap_or_default(),
            loosened: BTreeMap::new(),
        }
    }

    fn rows(&self) -> &'a Rows {
        &self.subject.reading.rows
    }

    pub fn run(&mut self) {
        let rows = self.rows();
        let mut id = rows.data_set();
        while let Some(row) = rows.get(id) {
            while self.modes.pop_if(|(end, _)| *end <= id).is_some() {}
            id = match row.kind {
                Kind::Item => self.item(id),
                Kind::Fragment => rows.end(id),
                _ => self.element(id, row),
            };
        }
    }

    fn mode(&self) -> Mode {
        self.modes.last().map_or(Mode::Table, |&(_, mode)| mode)
    }

    /// Returns the next row.
    fn item(&mut self, id: RowId) -> RowId {
        if self.marked.get(&id).is_some_and(|action| *action != Action::Keep) {
            self.plan.act(id, Action::Remove, Why::Mark, Edit::Remove);
            return self.rows().end(id);
        }
        if self.mode() != Mode::Content {
            return id + 1;
        }
        let said = content::said(self.rows(), id, &self.planner.profile);
        if said.goes {
            self.plan.act(id, Action::Remove, Why::Concept, Edit::Remove);
            return self.rows().end(id);
        }
        self.said = Some((id, said));
        id + 1
    }

    /// Returns the next row.
    fn element(&mut self, id: RowId, row: &Row) -> RowId {
        let rows = self.rows();
        let (action, why) = self.marked_or(id, row);
        let is_empty = row.kind == Kind::Element && row.length == 0;
        let settled = match action {
            // An empty value says nothing; a dummy in its place would say that there was one.
            _ if is_empty && action != Action::Remove => true,
            Action::Keep => false,
            Action::Clean | Action::Uid if row.kind == Kind::Sequence => false,
            _ => match self.values.edit(id, row, action) {
                Some((action, edit)) => {
                    self.plan.act(id, action, why, edit);
                    true
                }
                None => false,
            },
        };
        if settled || row.kind != Kind::Sequence {
            return rows.end(id);
        }
        self.modes.push((rows.end(id), self.mode_inside(row, action)));
        id + 1
    }

    /// What is marked goes before what the user's own profile says, and that before the table; but for what no copy may
    /// hold.
    fn marked_or(&mut self, id: RowId, row: &Row) -> (Action, Why) {
        let (action, why) = self.decide(id, row);
        let stated_anew = self.plan.by_profile && why == Why::Marker;
        if stated_anew || matches!(why, Why::GroupLength | Why::Duplicate | Why::Meta | Why::Directory) {
            return (action, why);
        }
        let (will, by, of) = match (self.marked.get(&id), self.changed(id, row)) {
            (Some(&action), _) => (action, Keeper::Marked, Why::Mark),
            (None, Some(action)) => (action, Keeper::Profile, Why::Profile),
            _ if self.plan.by_profile || self.mode() == Mode::Clean => return (action, why),
            _ => return (Action::Keep, why),
        };
        // Only UIDs can become others.
        let will = match will {
            Action::Uid if !matches!(row.vr, Vr::UI | Vr::UN | Vr::SQ) => Action::Dummy,
            will => will,
        };
        if will == Action::Keep {
            self.kept.insert(id, by);
        }
        let looser = match will {
            Action::Keep => action != Action::Keep,
            Action::Clean => !matches!(action, Action::Keep | Action::Clean),
            _ => false,
        };
        let is_empty = row.kind == Kind::Element && row.length == 0;
        if looser && !is_empty && self.plan.by_profile {
            self.loosened.insert(id, will);
        }
        (will, of)
    }

    /// What the user's own profile says of the row.
    fn changed(&self, id: RowId, row: &Row) -> Option<Action> {
        let changes = self.planner.profile.changes().filter(|_| self.plan.by_profile)?;
        let rows = self.rows();
        match row.tag {
            tag if !row.is_private() => changes.attribute(tag),
            _ if row.is_private_creator() => self.creator_of_what_stays(id, row, changes),
            tag => changes.private(&rows.text(rows.creator(id)?), tag),
        }
    }

    /// A creator stays with what stays of its block, which follows it.
    fn creator_of_what_stays(&self, id: RowId, row: &Row, changes: &Changes) -> Option<Action> {
        let (rows, name) = (self.rows(), self.rows().text(id));
        let mut next = rows.end(id);
        while let Some(other) = rows.get(next).filter(|other| other.tag.0 == row.tag.0) {
            let of_block = other.tag.1 >> 8 == row.tag.1 && rows.parent(next) == rows.parent(id);
            let action = changes.private(&name, other.tag).filter(|_| of_block);
            if action.is_some_and(|action| action != Action::Remove) {
                return Some(Action::Keep);
            }
            next = rows.end(next);
        }
        None
    }

    fn mode_inside(&self, row: &Row, action: Action) -> Mode {
        match self.mode() {
            _ if content::holds_items(row.tag)
                && self.planner.profile.has(ProfileOption::CleanStructuredContent) =>
            {
                Mode::Content
            }
            Mode::Clean => Mode::Clean,
            _ if action == Action::Clean => Mode::Clean,
            _ => Mode::Table,
        }
    }

    fn decide(&mut self, id: RowId, row: &Row) -> (Action, Why) {
        let rows = self.rows();
        let parent = rows.parent(id);
        if row.tag.1 == 0 {
            return (Action::Remove, Why::GroupLength);
        }
        if !self.met.insert((parent, row.tag)) {
            return (Action::Remove, Why::Duplicate);
        }
        if parent.is_none() && super::marker::is_marker(row.tag) {
            return (Action::Remove, Why::Marker);
        }
        if row.tag.0 == 0x0002 {
            return (Action::Remove, Why::Meta);
        }
        if row.tag.0 == 0x0004 {
            return (Action::Remove, Why::Directory);
        }
        if row.is_private() {
            return self.private(id, row);
        }
        if overlay::is_part(row.tag) {
            let stays = overlay::stays(rows, id, row, &self.planner.profile);
            return if stays { (Action::Keep, Why::Table) } else { (Action::Remove, Why::Overlay) };
        }
        if let Some(action) = self.said_of(id, row) {
            return (action, Why::Concept);
        }
        match standard::confidentiality(row.tag) {
            Some(rule) => (self.by_table(id, row, rule), Why::Table),
            None if dictionary::keyword(row.tag).is_none() => (Action::Remove, Why::Unknown),
            None if self.mode() == Mode::Clean && is_free_text(row.vr) => (Action::Clean, Why::Table),
            None => (Action::Keep, Why::Table),
        }
    }

    fn by_table(&mut self, id: RowId, row: &Row, rule: &Confidentiality) -> Action {
        let profile = &self.planner.profile;
        let nested = row.depth > 0;
        let action = profile.action(rule, row.tag, &self.subject.sop_class, nested);
        match profile.lets(rule) {
            Some((option, _)) if action == Action::Keep => {
                self.kept.insert(id, Keeper::Option(option));
            }
            // Cleaning is for texts, dates and what holds them; anything else goes as if nobody had asked.
            Some(_) if action == Action::Clean && !self.values.can_clean(row) => {
                return super::Profile::default().action(rule, row.tag, &self.subject.sop_class, nested);
            }
            // What the object lists that it refers to has to be referred to: PS3.3 section C.12.2.
            None if action == Action::Remove && rule.basic == REFERENCES && self.subject.lists_references => {
                return Action::Uid;
            }
            _ => {}
        }
        action
    }

    fn private(&self, id: RowId, row: &Row) -> (Action, Why) {
        let rows = self.rows();
        let creator = if row.is_private_creator() { Some(id) } else { rows.creator(id) };
        let safe = creator.and_then(|creator| safe_private(&rows.text(creator)));
        let listed = safe.is_some_and(|safe| row.is_private_creator() || safe.get(row.tag).is_some());
        let keeps = self.planner.profile.has(ProfileOption::SafePrivate) && listed;
        (if keeps { Action::Keep } else { Action::Remove }, Why::Private)
    }

    /// What becomes of the row as the value of a content item.
    fn said_of(&self, id: RowId, row: &Row) -> Option<Action> {
        let (item, said) = self.said.as_ref()?;
        (self.rows().parent(id) == Some(*item)).then(|| said.action(row.tag))?
    }
}

/// The rows that are marked. Marks of what is not there are passed over. Of what stays of a private creator nobody
/// would know what it is without the creator, which stays with it.
fn marked(rows: &Rows, marks: &Marks) -> BTreeMap<RowId, Action> {
    let mut marked: BTreeMap<RowId, Action> =
        marks.elements().filter_map(|(at, action)| Some((row_of(rows, at)?, action))).collect();
    let stays = marked.iter().filter(|(_, action)| **action != Action::Remove);
    let creators: Vec<RowId> = stays.filter_map(|(&id, _)| rows.creator(id)).collect();
    for creator in creators {
        marked.entry(creator).or_insert(Action::Keep);
    }
    marked
}

fn row_of(rows: &Rows, at: &Location) -> Option<RowId> {
    let mut row = None;
    for step in &at.0 {
        let element = rows.find_in(row, step.tag)?;
        row = Some(match step.item {
            None => element,
            Some(number) => rows.children(Some(element)).find(|&(id, _)| rows.number(id) == Some(number))?.0,
        });
    }
    row
}

/// VRs that may hold anything.
fn is_free_text(vr: Vr) -> bool {
    matches!(vr, Vr::LO | Vr::SH | Vr::ST | Vr::LT | Vr::UT | Vr::UC)
}
