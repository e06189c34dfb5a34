use super::{
    Atom, Atoms, Context, Evidence, Identity, Kind, Kinds, Located, Match, Needles, Scope, Spot, evidence,
    is_of_others, matches,
};
use crate::{
    dicom::{Reading, Vr},
    leak::{
        Facet, Finding, Passage, Place, Severity, Site, Subject,
        rule::{self, Rule},
    },
};
use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, LazyLock, Mutex, PoisonError},
};

/// Needles kept for the files to come.
const MOST_KEPT: usize = 256;
/// Atoms that a file leaves in evidence at most.
const MOST_ATOMS: usize = 4096;
/// Atoms of one passage that are left in evidence.
const MOST_OF_ONE: usize = 1024;

/// Bytes of a short binary value.
const SHORT: u32 = 64;

/// By the identity's fingerprint: the files of a series say the same of their patient.
static NEEDLES: LazyLock<Mutex<HashMap<u64, Arc<Needles>>>> = LazyLock::new(Mutex::default);

/// Finds the file's own identity in its other passages, and leaves what other files' identities may be found
/// in. Of `findings`, what elements are is not said again, and what texts were found to say (`text.…`) gives way to
/// what is more; at most one finding of each kind is appended for a passage. Takes time linear in the passages' length.
pub fn search(subject: &Subject<'_>, passages: &[Passage<'_>], findings: &mut Vec<Finding>) -> Evidence {
    let identity = Identity::of(subject.reading);
    let needles = needles_of(&identity);
    let explained = Explained::by(findings, &identity, subject);
    let mut evidence = Evidence {
        keys: evidence::keys(subject.reading, &identity, &needles),
        needles: (!needles.is_empty()).then(|| Arc::clone(&needles)),
        spots: Vec::new(),
    };
    let mut left = MOST_ATOMS;
    let short = short_values(subject, passages);
    for passage in passages.iter().chain(&short).filter(|passage| may_name(passage)) {
        let atoms = Atoms::of(&passage.text);
        let tag = passage.row.and_then(|row| subject.reading.rows.get(row)).map(|row| row.tag);
        let mut except = explained.of(passage.place, passage.row);
        let context = Context {
            scope: Scope::File,
            uid: passage.vr == Some(Vr::UI),
            others: tag.is_some_and(is_of_others),
            except,
        };
        let mut all = matches(&needles, &atoms, context);
        Match::settle(&mut all);
        for found in all {
            except.insert(found.kind);
            if let Some(new) = finding(subject, passage, &atoms, &found) {
                findings.retain(|old| !says_less(old, &new));
                findings.push(new);
            }
        }
        left = left.saturating_sub(leave(subject, passage, &atoms, except, left, &mut evidence.spots));
    }
    evidence
}

/// Whether `old` is what the text alone told of what is known now to be the patient's.
fn says_less(old: &Finding, new: &Finding) -> bool {
    let (text, whole) = (old.value.expose(), new.value.expose());
    let same = old.facet == new.facet || (old.facet == Facet::Date && new.facet == Facet::Birth);
    same && old.rule.starts_with("text.")
        && (old.place, old.row) == (new.place, new.row)
        && old.severity <= new.severity
        && (whole.contains(text.as_str()) || text.contains(whole.as_str()))
}

/// Binary values that are too short to be told from noise, but are text if they are anything: a name of two signs,
/// which whoever knows the name will know again.
fn short_values<'a>(subject: &Subject<'a>, passages: &[Passage<'_>]) -> Vec<Passage<'a>> {
    let rows = &subject.reading.rows;
    let short = rows.iter().filter(|(_, row)| {
        matches!(row.vr, Vr::UN | Vr::OB) && row.is_private() && (3..=SHORT).contains(&row.length)
    });
    short
        .filter(|(id, _)| !passages.iter().any(|passage| passage.row == Some(*id)))
        .map(|(id, row)| {
            let bytes = rows.bytes(id).trim_ascii_end();
            let bytes = bytes.strip_suffix(b"\0").unwrap_or(bytes);
            let text = rows.charset(id).decode(bytes);
            Passage { place: Place::DataSet, row: Some(id), vr: Some(row.vr), carrier: "bytes", text }
        })
        .filter(|passage| passage.text.chars().all(|c| !c.is_control() && c != char::REPLACEMENT_CHARACTER))
        .collect()
}

/// Whether the passage is of a kind that names and numbers of people are written in.
fn may_name(passage: &Passage<'_>) -> bool {
    !matches!(passage.vr, Some(Vr::DS | Vr::IS | Vr::TM | Vr::AS)) || !passage.carrier.is_empty()
}

/// What the file's own attributes are found again by.
pub fn needles(reading: &Reading) -> Arc<Needles> {
    needles_of(&Identity::of(reading))
}

fn needles_of(identity: &Identity) -> Arc<Needles> {
    // Locked while they are made: other lanes read files of the same patient, and would make the same.
    let mut known = NEEDLES.lock().unwrap_or_else(PoisonError::into_inner);
    if known.len() >= MOST_KEPT {
        known.clear();
    }
    let needles = || Arc::new(Needles::of(identity));
    Arc::clone(known.entry(identity.fingerprint()).or_insert_with(needles))
}

/// Leaves what was read in evidence, where it tells anything; the number of atoms left.
fn leave(
    subject: &Subject<'_>,
    passage: &Passage<'_>,
    atoms: &Atoms,
    explained: Kinds,
    most: usize,
    spots: &mut Vec<Located>,
) -> usize {
    if !atoms.is_telling() {
        return 0;
    }
    let uid = passage.vr == Some(Vr::UI);
    let atoms = atoms.only(most.min(MOST_OF_ONE), |atom| !uid || (6..=12).contains(&atom.chars));
    let count = atoms.len();
    if count > 0 {
        let at = passage.row.map(|row| subject.reading.rows.location(row)).unwrap_or_default();
        let (place, vr, carrier) = (passage.place, passage.vr, passage.carrier);
        let spot = Spot { place, at, vr, carrier, explained, atoms, region: None };
        spots.push(Located { row: passage.row.and_then(|row| u32::try_from(row).ok()), spot });
    }
    count
}

/// What is said already of each row, as badly as cross-reference would say it. Sorted by row; one may be there twice.
struct Explained(Vec<(Place, usize, Kinds)>);

impl Explained {
    fn by(findings: &[Finding], identity: &Identity, subject: &Subject<'_>) -> Self {
        let mut all = Vec::new();
        let whole =
            |finding: &&Finding| !finding.rule.starts_with("text.") && finding.severity >= Severity::High;
        for finding in findings.iter().filter(whole) {
            let kinds = Kind::ALL.into_iter().filter(|kind| {
                kind.class() == finding.class
                    && rule_of(Scope::File, *kind).is_some_and(|rule| rule.severity <= finding.severity)
            });
            all.extend(finding.row.map(|row| (finding.place, row, kinds.collect())));
        }
        for &(row, _) in &identity.rows {
            let place = if subject.reading.rows.is_meta(row) { Place::Meta } else { Place::DataSet };
            all.push((place, row, identity.said_by(row)));
        }
        all.sort_unstable_by_key(|&(place, row, _)| (row, place));
        Self(all)
    }

    fn of(&self, place: Place, row: Option<usize>) -> Kinds {
        let Some(row) = row else { return Kinds::default() };
        let first = self.0.partition_point(|&(of, at, _)| (at, of) < (row, place));
        let said = self.0.iter().skip(first).take_while(|&&(of, at, _)| (at, of) == (row, place));
        said.fold(Kinds::default(), |all, &(_, _, kinds)| all.union(kinds))
    }
}

/// The rule of a kind found in that scope.
pub fn rule_of(scope: Scope, kind: Kind) -> Option<&'static Rule> {
    static RULES: LazyLock<BTreeMap<(Scope, Kind), &'static Rule>> = LazyLock::new(|| {
        let scopes = [(Scope::File, "cross"), (Scope::Patient, "sibling"), (Scope::Folder, "folder")];
        let all = scopes.into_iter().flat_map(|scope| Kind::ALL.map(|kind| (scope, kind)));
        all.filter_map(|((scope, name), kind)| {
            Some(((scope, kind), rule::find(&format!("{name}.{}", kind.name()))?))
        })
        .collect()
    });
    RULES.get(&(scope, kind)).copied()
}

fn finding(subject: &Subject<'_>, passage: &Passage<'_>, atoms: &[Atom], found: &Match) -> Option<Finding> {
    let rule = rule_of(Scope::File, found.kind)?;
    let atoms = atoms.get(found.atoms.clone())?;
    let span = atoms.first()?.start as usize..atoms.last()?.end as usize;
    let text = passage.text.get(span)?;
    Some(rule.finding(passage.site(&subject.reading.rows), found.confidence, text))
}

impl Spot {
    /// The finding of what another file's needle found here; its value is masked already, since the text is
    /// not kept.
    pub fn finding(&self, row: Option<u32>, scope: Scope, found: &Match) -> Option<Finding> {
        let rule = rule_of(scope, found.kind)?;
        let atoms = self.atoms.get(found.atoms.clone())?;
        let row = row.map(|row| row as usize);
        let site = Site { place: self.place, at: self.at.clone(), row, vr: self.vr };
        Some(Finding { region: self.region, ..rule.finding(site, found.confidence, &Atom::mask(atoms)) })
    }

    /// How needles of another file are looked for here.
    pub fn context(&self, scope: Scope) -> Context {
        let others = self.tag().is_some_and(is_of_others);
        Context { scope, uid: self.vr == Some(Vr::UI), others, except: self.explained }
    }
}
