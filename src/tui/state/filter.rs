use super::{Bits, Field, Pattern};
use crate::{
    dicom::{Status, Tag, dictionary},
    leak::{Facet, Place, Severity},
    library::{Catalog, FileEntry, FileId, NodeId, ReviewState, Shape, TreeKind},
};
use std::collections::HashSet;

/// Which files the library shows. Made of words that are typed; a file has to fit all of them, and none that has a `!`
/// in front.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    text: String,
    /// What is cheap to ask first.
    terms: Vec<Term>,
    /// The severity that is asked for: a facet is looked for from there.
    floor: Option<Severity>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Term {
    not: bool,
    what: What,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum What {
    /// The worst finding is at least that.
    Severity(Severity),
    Modality(String),
    Review(ReviewState),
    Commented,
    /// Something in it is marked.
    Marked,
    /// It arrived while the folder was open, and nobody looked at it.
    Arrived,
    FalseClaim,
    Unreadable,
    NotDicom,
    /// Read, and nothing of medium severity or above.
    Clean,
    /// Some finding is let stand.
    Acknowledged,
    Facet(Facet),
    Place(Place),
    /// A part of the file's name, of the name of an attribute with a finding, its tag, or a rule.
    Part(Pattern),
}

const WORDS: [(&str, What); 8] = [
    ("marked", What::Marked),
    ("arrived", What::Arrived),
    ("false-claim", What::FalseClaim),
    ("unreadable", What::Unreadable),
    ("not-dicom", What::NotDicom),
    ("clean", What::Clean),
    ("commented", What::Commented),
    ("acknowledged", What::Acknowledged),
];

const PLACES: [Place; 9] = [
    Place::DataSet,
    Place::Meta,
    Place::Preamble,
    Place::Trailer,
    Place::Path,
    Place::Pixels,
    Place::Overlay,
    Place::Icon,
    Place::Encapsulated,
];

impl What {
    fn of(word: &str) -> Self {
        if let Ok(severity) = word.parse() {
            return Self::Severity(severity);
        }
        if word.len() == 2 && word.chars().all(|c| c.is_ascii_uppercase()) {
            return Self::Modality(word.to_owned());
        }
        let review = ReviewState::ALL.into_iter().find(|state| state.name() == word).map(Self::Review);
        let facet = || Facet::ALL.into_iter().find(|facet| facet.name() == word).map(Self::Facet);
        let place = || PLACES.into_iter().find(|place| place.name() == word).map(Self::Place);
        let known = || WORDS.into_iter().find(|(known, _)| *known == word).map(|(_, what)| what);
        review.or_else(known).or_else(facet).or_else(place).unwrap_or_else(|| Self::Part(Pattern::new(word)))
    }

    /// Whether findings are to be looked at.
    fn is_dear(&self) -> bool {
        matches!(self, Self::Facet(_) | Self::Place(_) | Self::Part(_))
    }
}

impl Filter {
    /// Reads the words: a severity (the worst finding is at least that), a facet, a modality in two capitals, how far
    /// the review is (`new`, `seen`, `later`, `done`, `commented`), `false-claim`, `unreadable`, `not-dicom`, `clean`,
    /// `acknowledged`, `marked`, `arrived` (while the folder was open, and not looked at), a place as `pixels` or `path`, or any text; `!` in front turns it round.
    pub fn parse(text: &str) -> Self {
        let term = |word: &str| {
            let bare = word.strip_prefix('!').filter(|bare| !bare.is_empty());
            Term { not: bare.is_some(), what: What::of(bare.unwrap_or(word)) }
        };
        let mut terms: Vec<Term> = text.split_whitespace().map(term).collect();
        let floors = terms.iter().filter_map(|term| match term.what {
            What::Severity(severity) if !term.not => Some(severity),
            _ => None,
        });
        let floor = floors.max();
        terms.sort_by_key(|term| term.what.is_dear());
        Self { text: text.trim().to_owned(), terms, floor }
    }

    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    /// Its words, but those that may be a value: free text is kept where it is an attribute's keyword or a tag.
    pub fn without_values(&self) -> String {
        let is_value = |word: &str| {
            let bare = word.trim_start_matches('!');
            let tag = bare.len() == 11 && bare.chars().all(|c| c.is_ascii_hexdigit() || "(,)".contains(c));
            matches!(What::of(bare), What::Part(_)) && !tag && dictionary::by_keyword(bare).is_none()
        };
        let kept: Vec<&str> = self.text.split_whitespace().filter(|word| !is_value(word)).collect();
        kept.join(" ")
    }

    /// Its text, to be changed.
    pub fn field(&self) -> Field {
        Field::new(&self.text)
    }

    /// Whether a file fits.
    fn fits(&self, catalog: &Catalog, id: FileId) -> bool {
        let Some(file) = catalog.file(id) else { return false };
        self.terms.iter().all(|term| self.has(&term.what, catalog, &file) != term.not)
    }

    fn has(&self, what: &What, catalog: &Catalog, file: &FileEntry<'_>) -> bool {
        let read = matches!(file.status, Some(Status::Ok | Status::Partial));
        match what {
            What::Severity(floor) => file.worst >= Some(*floor),
            What::Modality(wanted) => file.facts.is_some_and(|facts| facts.modality.trim() == wanted),
            What::Review(state) => file.review == *state,
            What::Commented => !catalog.review(file.id).comment.is_empty(),
            What::Marked => catalog.marks(file.id) > 0,
            What::Arrived => file.is_fresh,
            What::FalseClaim => file.claims.contradicted,
            What::Unreadable => matches!(file.status, Some(Status::Error | Status::Partial)),
            What::NotDicom => file.status == Some(Status::NotDicom),
            What::Clean => read && file.worst < Some(Severity::Medium),
            What::Acknowledged => file.acknowledged > 0,
            What::Facet(facet) => self.any(catalog, file.id, |shape| shape.facet == *facet),
            What::Place(place) => self.any(catalog, file.id, |shape| shape.place == *place),
            What::Part(part) => {
                part.is_in(&catalog.name(file.id).to_string_lossy())
                    || self.any(catalog, file.id, |shape| {
                        shape.tag().is_some_and(|tag| {
                            dictionary::keyword(tag).is_some_and(|keyword| part.is_in(keyword))
                                || (part.may_be_tag() && part.is_in(&tag_text(tag)))
                        }) || part.is_in(&shape.rule)
                    })
            }
        }
    }

    /// Whether a finding that counts and is as severe as asked for is such.
    fn any(&self, catalog: &Catalog, id: FileId, is: impl Fn(&Shape) -> bool) -> bool {
        catalog.findings(id).any(|kept| {
            kept.acknowledged.is_none()
                && self.floor.is_none_or(|floor| kept.shape.severity >= floor)
                && is(kept.shape)
        })
    }
}

/// A tag as it is written, in small letters.
fn tag_text(tag: Tag) -> String {
    format!("({:04x},{:04x})", tag.0, tag.1)
}

/// What a filter lets through, as far as files were looked at.
#[derive(Debug, Clone, Default)]
pub struct Filtered {
    pub filter: Filter,
    files: Bits,
    /// Of each tree the nodes that hold such files.
    nodes: [HashSet<NodeId>; 2],
    pub count: usize,
    /// Files up to here were looked at.
    next: usize,
}

impl Filtered {
    /// Files that are looked at in one step.
    const STEP: usize = 1500;

    pub fn new(filter: Filter) -> Self {
        Self { filter, ..Self::default() }
    }

    pub fn lets(&self, kind: TreeKind, entry: super::Entry) -> bool {
        match entry {
            _ if self.filter.is_empty() => true,
            super::Entry::File(file) => self.files.has(file.0 as usize),
            super::Entry::Node(node) => self.nodes[kind as usize].contains(&node),
        }
    }

    /// Whether files are left to look at.
    pub fn is_behind(&self, catalog: &Catalog) -> bool {
        !self.filter.is_empty() && self.next < catalog.len()
    }

    /// Looks at some more files.
    pub fn step(&mut self, catalog: &Catalog) {
        let end = (self.next + Self::STEP).min(catalog.len());
        while self.is_behind(catalog) && self.next < end {
            let id = FileId(self.next as u32);
            self.next += 1;
            self.look(catalog, id);
        }
    }

    /// What is known of a file is other than it was.
    pub fn changed(&mut self, catalog: &Catalog, id: FileId) {
        if !self.filter.is_empty() && (id.0 as usize) < self.next {
            self.look(catalog, id);
        }
    }

    fn look(&mut self, catalog: &Catalog, id: FileId) {
        let at = id.0 as usize;
        let fits = self.filter.fits(catalog, id);
        match (fits, self.files.has(at)) {
            (true, false) => {
                self.files.insert(at);
                self.count += 1;
            }
            (false, true) => {
                self.files.remove(at);
                self.count -= 1;
            }
            _ => {}
        }
        // Folders stay when their last file goes: that they are seen in vain is seldom and harmless.
        for kind in [TreeKind::Folders, TreeKind::Patients].into_iter().filter(|_| fits) {
            let tree = catalog.tree(kind);
            let mut node = catalog.node(kind, id);
            while let Some(at) = node {
                if !self.nodes[kind as usize].insert(at) {
                    break;
                }
                node = tree.parent(at);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_told_apart() {
        let filter = Filter::parse(" high  name MR patient !false-claim later pixels ! ");
        let whats: Vec<(bool, What)> =
            filter.terms.iter().map(|term| (term.not, term.what.clone())).collect();
        let expected = [
            (false, What::Severity(Severity::High)),
            (false, What::Modality("MR".to_owned())),
            (true, What::FalseClaim),
            (false, What::Review(ReviewState::Later)),
            (false, What::Facet(Facet::Name)),
            (false, What::Part(Pattern::new("patient"))),
            (false, What::Place(Place::Pixels)),
            (false, What::Part(Pattern::new("!"))),
        ];
        assert_eq!(whats, expected);
        assert_eq!(filter.floor, Some(Severity::High));
        assert!(Filter::parse("  ").is_empty());
    }

    #[test]
    fn what_is_kept_holds_no_value() {
        let text = |typed| Filter::parse(typed).without_values();
        assert_eq!(
            text("high Smith !PatientName (0031,1001) jones done"),
            "high !PatientName (0031,1001) done"
        );
    }
}
