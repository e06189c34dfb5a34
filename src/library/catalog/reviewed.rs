use super::Catalog;
use crate::library::{FileId, FileKey, Review, Reviews, Tally};

/// How far somebody is with the files.
impl Catalog {
    /// Takes what was kept of earlier runs, before any file is found.
    pub fn remember(&mut self, reviews: Reviews) {
        self.reviews = reviews;
    }

    /// The file's name for what is kept between runs.
    pub fn key(&self, id: FileId) -> FileKey {
        FileKey::of(&self.judged(id))
    }

    pub fn review(&self, id: FileId) -> Review {
        let comment = self.reviewed.comment(id).cloned().unwrap_or_default();
        Review { state: self.reviewed.state(id), comment }
    }

    /// Does nothing for a file that was not found.
    pub fn set_review(&mut self, id: FileId, review: Review) {
        if self.files.get(id.index()).is_none() {
            return;
        }
        let before = self.standing(id);
        self.reviewed.set(id, review);
        let after = self.standing(id);
        self.count(id, |tree, node| {
            tree.remove(node, &before);
            tree.merge(node, &after);
        });
    }

    /// What is known of a file that is just found.
    pub(super) fn recall(&mut self, id: FileId) {
        self.recall_marks(id);
        if self.reviews.is_empty() {
            return;
        }
        if let Some(review) = self.reviews.get(self.key(id)).cloned() {
            self.reviewed.set(id, review);
        }
    }

    /// What a file adds to the nodes above it before it is read.
    pub(super) fn standing(&self, id: FileId) -> Tally {
        let mut standing = Tally::found(self.reviewed.state(id));
        standing.marked = u32::from(self.marks(id) > 0);
        standing
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::{NodeId, Review, ReviewState, Roots, TreeKind, scan::tests::scan};

    #[test]
    fn reviews_are_counted_in_both_trees_and_known_again() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("demo");
        crate::demo::write(&root).unwrap();
        let mut catalog = scan(Roots::new([root.clone()]), 1);
        let ids: Vec<FileId> = catalog.files().collect();
        let done = Review { state: ReviewState::Done, comment: "fine".into() };
        let counted = |catalog: &Catalog| {
            let tally = |kind| catalog.tree(kind).tally(NodeId::ROOT);
            let [folders, patients] = [TreeKind::Folders, TreeKind::Patients].map(tally);
            (folders.done, folders.later, patients.done, patients.files)
        };
        let patients = counted(&catalog).3;
        for &id in &ids {
            catalog.set_review(id, done.clone());
        }
        assert_eq!(counted(&catalog), (ids.len() as u32, 0, patients, patients));
        catalog.set_review(ids[3], Review { state: ReviewState::Later, ..Review::default() });
        assert_eq!(counted(&catalog), (ids.len() as u32 - 1, 1, patients - 1, patients));
        let lines: String =
            ids.iter().map(|&id| Reviews::line(catalog.key(id), &catalog.review(id))).collect();
        let mut again = Catalog::default();
        again.remember(Reviews::read(lines.as_bytes()).unwrap());
        let again = crate::library::scan::tests::scan_into(again, Roots::new([root]), 2);
        assert_eq!(counted(&again), counted(&catalog));
        assert_eq!(again.review(ids[0]), done);
    }
}
