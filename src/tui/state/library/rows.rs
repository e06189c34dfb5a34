use super::Library;
use crate::{
    leak::{Counts, Severity},
    tui::state::{Entry, Outline},
};

/// What the lines of the library are sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// The worst first: most critical findings, then most high ones, and so on.
    #[default]
    Severity,
    Name,
    /// The most findings first.
    Findings,
    /// The latest study first.
    Date,
}

impl Order {
    pub fn name(self) -> &'static str {
        match self {
            Self::Severity => "worst first",
            Self::Name => "by name",
            Self::Findings => "most findings",
            Self::Date => "latest first",
        }
    }

    pub fn next(self) -> Self {
        match self {
            Self::Severity => Self::Name,
            Self::Name => Self::Findings,
            Self::Findings => Self::Date,
            Self::Date => Self::Severity,
        }
    }
}

/// A line of the library.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    pub entry: Entry,
    pub depth: u16,
    /// The line after it and all that it holds.
    end: u32,
    parent: Option<u32>,
}

/// The visible lines of the library's tree.
#[derive(Debug, Clone, Default)]
pub struct Rows(Vec<Row>);

impl Outline for Rows {
    fn len(&self) -> usize {
        self.0.len()
    }

    fn depth(&self, at: usize) -> usize {
        self.0.get(at).map_or(0, |row| row.depth.into())
    }

    fn end(&self, at: usize) -> usize {
        self.0.get(at).map_or(at + 1, |row| row.end as usize).max(at + 1)
    }

    fn parent(&self, at: usize) -> Option<usize> {
        self.0.get(at).and_then(|row| row.parent).map(|parent| parent as usize)
    }
}

impl Rows {
    pub fn get(&self, at: usize) -> Option<&Row> {
        self.0.get(at)
    }

    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Row> + ExactSizeIterator {
        self.0.iter()
    }
}

impl Library {
    pub(super) fn laid_out(&self) -> Rows {
        let shelf = self.shelf();
        let mut rows = Vec::with_capacity(self.rows.len() + 16);
        // Nodes to visit, last first; `None` ends the node that was opened last.
        let mut left: Vec<Option<(Entry, u16)>> = Vec::new();
        let mut open: Vec<usize> = Vec::new();
        left.extend(self.sorted(shelf.tops()).into_iter().rev().map(|entry| Some((entry, 0))));
        while let Some(step) = left.pop() {
            let Some((entry, depth)) = step else {
                let end = rows.len() as u32;
                if let Some(row) = open.pop().and_then(|at: usize| rows.get_mut(at)) {
                    let row: &mut Row = row;
                    row.end = end;
                }
                continue;
            };
            let parent = open.last().map(|&at| at as u32);
            rows.push(Row { entry, depth, end: rows.len() as u32 + 1, parent });
            if let Some(node) = entry.node().filter(|&node| self.is_unfolded(node)) {
                open.push(rows.len() - 1);
                left.push(None);
                let children = self.sorted(shelf.children(node));
                left.extend(children.into_iter().rev().map(|entry| Some((entry, depth + 1))));
            }
        }
        Rows(rows)
    }

    /// What the filter lets through, in order.
    fn sorted(&self, mut entries: Vec<Entry>) -> Vec<Entry> {
        use std::cmp::Reverse;
        let shelf = self.shelf();
        entries.retain(|&entry| self.filtered.lets(self.kind, entry));
        match self.order {
            // The catalog's own order.
            Order::Name => {}
            Order::Severity => entries.sort_by_cached_key(|&entry| Reverse(ranks(shelf.counts(entry)))),
            Order::Findings => {
                entries.sort_by_cached_key(|&entry| Reverse(shelf.counts(entry).at_least(Severity::Info)));
            }
            Order::Date => entries.sort_by_cached_key(|&entry| Reverse(shelf.date(entry))),
        }
        if self.reverse {
            entries.reverse();
        }
        entries
    }
}

/// Compares as badly as it leaks.
pub(in crate::tui::state) fn ranks(counts: Counts) -> [u32; 5] {
    let mut ranks = Severity::ALL.map(|severity| counts.of(severity));
    ranks.reverse();
    ranks
}
