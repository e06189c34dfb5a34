use super::{
    Digest, Kind, Kinds, Needle, Needles, Shape,
    atom::{Atom, AtomKind},
};
use std::{cmp::Reverse, ops::Range};

/// Whose needles are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// The file's own.
    File,
    /// Those of another file of the patient or study.
    Patient,
    /// Those of another file in the folder.
    Folder,
}

/// What is known of the passage beside its atoms.
#[derive(Debug, Clone, Copy)]
pub struct Context {
    pub scope: Scope,
    /// A UID: its components do not join.
    pub uid: bool,
    /// Names of makers, institutions and places stand here.
    pub others: bool,
    /// What is not looked for.
    pub except: Kinds,
}

/// A needle found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    pub kind: Kind,
    pub confidence: u8,
    /// Characters of all atoms.
    pub chars: u32,
    pub atoms: Range<usize>,
}

impl Match {
    /// Of two matches of one kind in one passage: the surer, then the longer, then the first.
    pub fn is_better_than(&self, other: &Self) -> bool {
        let rank = |found: &Self| (found.confidence, found.chars, Reverse(found.atoms.start));
        rank(self) > rank(other)
    }

    /// Leaves of all matches in a passage those that say something of their own: a whole name says all that the
    /// given name alone would, and what the patient is called is nobody else's name there.
    pub fn settle(found: &mut Vec<Self>) {
        let of = |kind| found.iter().find(|found| found.kind == kind).map(|found| found.atoms.clone());
        let (name, id) = (of(Kind::Name), of(Kind::PatientId));
        let apart = |found: &Self, other: &Option<Range<usize>>| {
            other
                .as_ref()
                .is_none_or(|other| found.atoms.end <= other.start || other.end <= found.atoms.start)
        };
        found.retain(|found| match found.kind {
            Kind::GivenName => name.is_none(),
            Kind::StaffName | Kind::RelativeName => apart(found, &name),
            Kind::OtherId | Kind::Insurance => apart(found, &id),
            _ => true,
        });
    }
}

/// Separators between two atoms that are still one name or number: "Smith,  J", "03. 05. 1961".
const MOST_GAP: u8 = 3;
/// Atoms of one needle at most: one name in a script whose letters are atoms.
const MOST_ATOMS: usize = 40;

/// The best match of every kind, in the order of kinds: the surest, then the longest, then the first; not
/// [settled](Match::settle). Takes time linear in the number of atoms.
pub fn matches(needles: &Needles, atoms: &[Atom], context: Context) -> Vec<Match> {
    let mut best: Vec<Match> = Vec::new();
    for first in 0..atoms.len() {
        let (mut digest, mut chars) = (Digest::EMPTY, 0u32);
        let mut bones = needles.has_bones().then_some(Digest::EMPTY);
        for (nth, atom) in atoms.iter().skip(first).take(MOST_ATOMS).enumerate() {
            let parts = context.uid && atom.gap > 0;
            if nth > 0 && (atom.gap > MOST_GAP || parts) {
                break;
            }
            #[cfg(test)]
            work::step();
            chars += u32::from(atom.chars);
            // Zeros in front do not count in needles, and may here.
            if chars > u32::from(needles.longest()) + 8 {
                break;
            }
            // Zeros in front that stand apart are another number.
            if nth > 0 && digest.is_empty() && atom.gap > 0 {
                break;
            }
            digest = digest.then(atom.digest, atom.chars);
            let span = first..first + nth + 1;
            let stems = if nth == 0 { needles.find(atom.stem) } else { &[] };
            // A word without consonants may be a name, but is none of this one's.
            bones =
                bones.filter(|_| atom.bone_count > 0).map(|bones| bones.then(atom.bones, atom.bone_count));
            let bare = bones.map(|bones| needles.find(bones)).unwrap_or_default();
            let whole = needles
                .find(digest)
                .iter()
                .filter(|needle| !needle.shape.has(Shape::STEM) && !needle.shape.has(Shape::BONES));
            let stems = stems.iter().filter(|needle| needle.shape.has(Shape::STEM));
            for needle in
                whole.chain(stems).chain(bare.iter().filter(|needle| needle.shape.has(Shape::BONES)))
            {
                if counts(needle, atoms, &span, context) {
                    let (kind, confidence) = (needle.kind, needle.confidence);
                    keep(Match { kind, confidence, chars, atoms: span.clone() }, &mut best);
                }
            }
        }
    }
    best.sort_by_key(|found| found.kind);
    best
}

fn keep(new: Match, best: &mut Vec<Match>) {
    match best.iter_mut().find(|found| found.kind == new.kind) {
        Some(old) if new.is_better_than(old) => *old = new,
        Some(_) => {}
        None => best.push(new),
    }
}

fn counts(needle: &Needle, atoms: &[Atom], span: &Range<usize>, context: Context) -> bool {
    let shape = needle.shape;
    let found = atoms.get(span.clone()).unwrap_or_default();
    let (Some(first), Some(last)) = (found.first(), found.last()) else { return false };
    let known = needle.kind.is_name() && needle.kind != Kind::Name && context.except.contains(Kind::Name);
    if known
        || context.except.contains(needle.kind)
        || (shape.has(Shape::LONE) && context.others)
        || (context.scope == Scope::Folder && !shape.has(Shape::STRICT))
        || (shape.has(Shape::SINGLE) && found.len() > 1)
        || (shape.has(Shape::EXACT) && width(found) != u32::from(needle.chars))
        || (shape.has(Shape::PARTED) && !is_parted(found))
    {
        return false;
    }
    let before = span.start.checked_sub(1).and_then(|at| atoms.get(at)).filter(|_| first.gap == 0);
    let after = atoms.get(span.end).filter(|next| next.gap == 0);
    let goes_on = |beside: Option<&Atom>, atom: &Atom| {
        beside.is_some_and(|beside| beside.kind == atom.kind && is_sign(atom.kind))
    };
    if shape.has(Shape::ALONE | Shape::LEADS) && goes_on(before, first)
        || shape.has(Shape::ALONE) && goes_on(after, last)
    {
        return false;
    }
    let numeric = found.iter().all(|atom| atom.kind == AtomKind::Digits);
    if !numeric {
        return true;
    }
    if context.uid {
        return needle.chars >= 7;
    }
    // `0.12345`, `1.2.3.05.61`: part of a number, not a number.
    let point = |atom: Option<&Atom>, gap: Option<&Atom>| {
        atom.is_some_and(|atom| atom.kind == AtomKind::Digits)
            && gap.is_some_and(|gap| gap.gap == 1 && gap.separator == b'.')
    };
    let before = span.start.checked_sub(1).and_then(|at| atoms.get(at));
    let after = atoms.get(span.end);
    let weak = shape.has(Shape::PARTED) || (shape.has(Shape::SINGLE) && needle.chars < 7);
    !(weak && (point(before, Some(first)) || point(after, after)))
}

/// Whether there are a separator or two between all its pieces: of a date three, of a name two or more. The letter
/// of an era stands before its year without any.
fn is_parted(found: &[Atom]) -> bool {
    let era = found.first().is_some_and(|first| first.kind == AtomKind::Word && first.chars == 1)
        && found.get(1).is_some_and(|year| year.kind == AtomKind::Digits);
    let pieces = if era { found.get(1..).unwrap_or_default() } else { found };
    let digits = pieces.iter().all(|atom| atom.kind == AtomKind::Digits);
    let enough = if digits { pieces.len() == 3 } else { pieces.len() > 1 };
    enough && pieces.iter().skip(1).all(|atom| (1..=2).contains(&atom.gap))
}

fn width(atoms: &[Atom]) -> u32 {
    atoms.iter().map(|atom| u32::from(atom.chars)).sum()
}

fn is_sign(kind: AtomKind) -> bool {
    !matches!(kind, AtomKind::Word | AtomKind::Digits)
}

/// Steps taken, so that tests see how the work grows and need no clock.
#[cfg(test)]
pub(super) mod work {
    use std::cell::Cell;

    thread_local! {
        static STEPS: Cell<usize> = const { Cell::new(0) };
    }

    pub fn step() {
        STEPS.set(STEPS.get() + 1);
    }

    /// Those since the last call.
    pub fn taken() -> usize {
        STEPS.take()
    }
}
