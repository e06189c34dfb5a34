use super::{Bits, Field, Pattern};
use crate::{
    dicom::{Status, dictionary},
    leak::{Facet, Severity},
    library::{Catalog, FileId, NodeId, TreeKind},
};
use std::collections::HashSet;

/// Which files the library shows. Made of words that are typed; a file has to fit all of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    text: String,
    severity: Option<Severity>,
    facets: Vec<Facet>,
    false_claim: bool,
    unreadable: bool,
    not_dicom: bool,
    clean: bool,
    modality: Option<String>,
    /// Everything else: a part of the file's name, or of the name of an attribute with a finding.
    parts: Vec<Pattern>,
}

impl Filter {
    /// Reads the words: a severity (the worst finding is at least that), a facet, a modality in two capitals,
    /// `false-claim`, `unreadable`, `not-dicom`, `clean`, or any text.
    pub fn parse(text: &str) -> Self {
        let mut filter = Self { text: text.trim().to_owned(), ..Self::default() };
        for word in text.split_whitespace() {
            if let Ok(severity) = word.parse() {
                filter.severity = Some(severity);
            } else if let Some(facet) = Facet::ALL.into_iter().find(|facet| facet.name() == word) {
                filter.facets.push(facet);
            } else if word.len() == 2 && word.chars().all(|c| c.is_ascii_uppercase()) {
                filter.modality = Some(word.to_owned());
            } else {
                match word {
                    "false-claim" => filter.false_claim = true,
                    "unreadable" => filter.unreadable = true,
                    "not-dicom" => filter.not_dicom = true,
                    "clean" => filter.clean = true,
                    _ => filter.parts.push(Pattern::new(word)),
                }
            }
        }
        filter
    }

    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    /// Its text, to be changed.
    pub fn field(&self) -> Field {
        Field::new(&self.text)
    }

    /// Whether a file fits. What is cheap to ask is asked first.
    fn fits(&self, catalog: &Catalog, id: FileId) -> bool {
        let Some(file) = catalog.file(id) else { return false };
        let read = matches!(file.status, Some(Status::Ok | Status::Partial));
        let cheap = self.severity.is_none_or(|floor| file.worst >= Some(floor))
            && (!self.false_claim || file.claims.contradicted)
            && (!self.unreadable || matches!(file.status, Some(Status::Error | Status::Partial)))
            && (!self.not_dicom || file.status == Some(Status::NotDicom))
            && (!self.clean || (read && file.worst < Some(Severity::Medium)))
            && self
                .modality
                .as_ref()
                .is_none_or(|wanted| file.facts.is_some_and(|facts| facts.modality.trim() == wanted));
        cheap
            && self.facets.iter().all(|facet| self.has_facet(catalog, id, *facet))
            && self.has_parts(catalog, id)
    }

    /// Whether a finding of that facet is as severe as asked for.
    fn has_facet(&self, catalog: &Catalog, id: FileId, facet: Facet) -> bool {
        catalog.findings(id).any(|kept| {
            kept.shape.facet == facet && self.severity.is_none_or(|floor| kept.shape.severity >= floor)
        })
    }

    fn has_parts(&self, catalog: &Catalog, id: FileId) -> bool {
        self.parts.iter().all(|part| {
            part.is_in(&catalog.name(id).to_string_lossy())
                || catalog.findings(id).any(|kept| {
                    let keyword = kept.shape.tag().and_then(dictionary::keyword);
                    keyword.is_some_and(|keyword| part.is_in(keyword)) || part.is_in(&kept.shape.rule)
                })
        })
    }
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
        let filter = Filter::parse(" high  name MR patient false-claim ");
        assert_eq!((filter.severity, filter.facets.as_slice()), (Some(Severity::High), &[Facet::Name][..]));
        assert_eq!((filter.modality.as_deref(), filter.false_claim), (Some("MR"), true));
        assert_eq!(
            (filter.parts, filter.text.as_str()),
            (vec![Pattern::new("patient")], "high  name MR patient false-claim")
        );
        assert!(Filter::parse("  ").is_empty());
    }
}
