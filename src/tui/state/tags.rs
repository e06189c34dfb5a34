use super::{Opened, Outline, Pattern, Standing, Tree};
use crate::{
    dicom::{Location, dictionary},
    leak::Severity,
    library::FileId,
};
use std::sync::Arc;

/// The tag tree of one file.
#[derive(Debug, Clone)]
pub struct Tags {
    pub file: FileId,
    pub opened: Arc<Opened>,
    pub standing: Standing,
    pub tree: Tree,
    /// Which of the findings on the cursor's line is looked at.
    pub nth: usize,
    pub findings_only: bool,
    pub wrapped: bool,
    /// The lines that match the search, in order.
    pub matches: Vec<usize>,
    /// The line and finding that were under the cursor when it was last in place.
    pub(super) seen: (usize, usize),
}

/// Items of a sequence beyond which it begins folded.
const MANY_ITEMS: usize = 8;

impl Tags {
    /// The tree with the cursor on the worst finding. Folded are sequences that give nothing away and long ones.
    pub fn new(file: FileId, opened: Arc<Opened>, standing: Standing, floor: Severity) -> Self {
        let mut tree = Tree::default();
        let mut at = 0;
        while at < opened.len() {
            let children = opened.row(at).map_or(0, |row| opened.reading.rows.children(Some(row)).count());
            let quiet = opened.under(at) < Some(floor.max(Severity::Medium));
            if children > 0 && opened.depth(at) % 2 == 0 && (quiet || children > MANY_ITEMS) {
                tree.fold(at);
            }
            at += 1;
        }
        let mut tags = Self {
            file,
            opened,
            standing,
            tree,
            nth: 0,
            findings_only: false,
            wrapped: false,
            matches: Vec::new(),
            seen: (0, 0),
        };
        tags.go_to_worst();
        tags
    }

    /// The same place in another reading of the file, or with more findings.
    pub fn renewed(mut self, opened: Arc<Opened>, standing: Standing, floor: Severity) -> Self {
        if opened.len() != self.opened.len() {
            return Self::new(self.file, opened, standing, floor);
        }
        (self.opened, self.standing) = (opened, standing);
        self.refilter(floor);
        self
    }

    /// To the finding of that place and rule, or to the element there.
    pub fn follow(&mut self, at: &Location, rule: &str) {
        let found = self.opened.findings.iter().position(|f| f.at == *at && f.rule == rule);
        if let Some((finding, line)) = found.and_then(|found| Some((found, self.opened.finding_line(found)?)))
        {
            self.go(line);
            self.nth = finding - self.opened.on_line(line).start;
            return;
        }
        let rows = &self.opened.reading.rows;
        let tag = at.0.last().map(|step| step.tag);
        let row = rows.iter().find(|(id, row)| Some(row.tag) == tag && rows.location(*id) == *at);
        if let Some((row, _)) = row {
            self.go(self.opened.at_row(row));
        }
    }

    /// The finding that is looked at.
    pub fn finding(&self) -> Option<usize> {
        let here = self.opened.on_line(self.tree.cursor);
        (!here.is_empty()).then(|| here.start + self.nth.min(here.len() - 1))
    }

    /// To the worst finding of the file, the first of several.
    pub fn go_to_worst(&mut self) {
        let findings = self.opened.findings.iter().enumerate();
        let key = |at, severity| (self.standing.reason(at).is_none(), severity, std::cmp::Reverse(at));
        let worst = findings.max_by_key(|(at, finding)| key(*at, finding.severity));
        match worst.and_then(|(at, _)| self.opened.finding_line(at)) {
            Some(line) => self.go(line),
            None => self.tree.cursor = usize::from(self.opened.len() > 1),
        }
    }

    pub fn go(&mut self, line: usize) {
        let opened = Arc::clone(&self.opened);
        if self.findings_only && self.standing.under(&opened, line).is_none() {
            self.show_all();
        }
        self.tree.go(line, &*opened);
        self.nth = 0;
    }

    /// Whether a finding counts and is at least that severe.
    fn counts(&self, finding: usize, floor: Severity) -> bool {
        self.standing.reason(finding).is_none()
            && self.opened.findings.get(finding).is_some_and(|finding| finding.severity >= floor)
    }

    /// The next finding of at least `floor` that counts, from the first again after the last; whether there is one.
    pub fn step_finding(&mut self, forward: bool, floor: Severity) -> bool {
        let here = self.opened.on_line(self.tree.cursor);
        let near = |nth: &usize| self.counts(here.start + nth, floor);
        let beside = match forward {
            true => (self.nth + 1..here.len()).find(near),
            false => (0..self.nth.min(here.len())).rev().find(near),
        };
        if let Some(nth) = beside {
            self.nth = nth;
            return true;
        }
        let next = self.opened.next_finding(self.tree.cursor, forward, |at| self.counts(at, floor));
        let Some((line, next)) = next.and_then(|next| Some((self.opened.finding_line(next)?, next))) else {
            return false;
        };
        self.go(line);
        // Going back, the last of its line is met first: `next` is it.
        self.nth = next - self.opened.on_line(line).start;
        true
    }

    pub fn toggle_findings_only(&mut self, floor: Severity) {
        if self.findings_only {
            self.show_all();
        } else {
            self.findings_only = true;
            self.refilter(floor);
        }
    }

    fn show_all(&mut self) {
        self.findings_only = false;
        let opened = Arc::clone(&self.opened);
        self.tree.show_only(None, &*opened);
    }

    /// Takes another floor.
    pub fn refilter(&mut self, floor: Severity) {
        if self.findings_only {
            let opened = Arc::clone(&self.opened);
            self.tree.show_only(Some(self.standing.lines(&opened, floor)), &*opened);
        }
    }

    /// Finds the lines whose tag, keyword or value has the pattern: one pass over the file.
    pub fn search(&mut self, pattern: &Pattern) {
        self.matches.clear();
        if pattern.is_empty() {
            return;
        }
        let opened = &self.opened;
        let matches = |&at: &usize| {
            let Some(id) = opened.row(at) else {
                return opened.path.to_str().is_some_and(|path| at == 0 && pattern.is_in(path));
            };
            let Some(row) = opened.reading.rows.get(id) else { return false };
            let tag = format!("({:04X},{:04X})", row.tag.0, row.tag.1);
            dictionary::keyword(row.tag).is_some_and(|keyword| pattern.is_in(keyword))
                || pattern.is_in(&tag)
                || pattern.is_in(&tag.to_lowercase())
                || pattern.is_in(&opened.reading.rows.text(id))
        };
        self.matches = (0..opened.len()).filter(matches).collect();
    }

    /// The next match after `from`, or the last before it, going round at the end.
    pub fn next_match(&self, from: usize, forward: bool) -> Option<usize> {
        let matches = &self.matches;
        if forward {
            let next = matches.partition_point(|&line| line <= from);
            matches.get(next).or(matches.first()).copied()
        } else {
            let before = matches.partition_point(|&line| line < from).checked_sub(1);
            before.and_then(|at| matches.get(at)).or(matches.last()).copied()
        }
    }
}
