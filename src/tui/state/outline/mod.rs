#[cfg(test)]
mod tests;

use super::Bits;

/// Lines that form a tree: the children of a line follow it, and end where [`Outline::end`] says.
pub trait Outline {
    fn len(&self) -> usize;
    /// Levels above the line.
    fn depth(&self, at: usize) -> usize;
    /// The line after `at` and all that it holds; always beyond `at`.
    fn end(&self, at: usize) -> usize;
    fn parent(&self, at: usize) -> Option<usize>;

    fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// A cursor in an outline, with what is folded and what is left out. Every move costs the lines it passes, not
/// those that there are: a folded subtree is one step.
#[derive(Debug, Clone, Default)]
pub struct Tree {
    pub cursor: usize,
    /// The first line on the screen.
    pub top: usize,
    folded: Bits,
    /// The lines that are not left out, in order, with the lines that hold them.
    only: Option<Vec<usize>>,
}

/// Lines kept in sight above and below the cursor.
const MARGIN: usize = 2;

impl Tree {
    pub fn is_folded(&self, at: usize) -> bool {
        self.folded.has(at)
    }

    pub fn fold(&mut self, at: usize) {
        self.folded.insert(at);
    }

    pub fn unfold(&mut self, at: usize) {
        self.folded.remove(at);
    }

    /// Leaves out every line but these, which are in order and hold the parents of each; `None` shows all.
    pub fn show_only(&mut self, only: Option<Vec<usize>>, outline: &impl Outline) {
        self.only = only;
        if let Some(only) = &self.only {
            let at = only.partition_point(|&line| line < self.cursor);
            if only.get(at) != Some(&self.cursor) {
                let at = at.min(only.len().saturating_sub(1));
                self.cursor = only.get(at).copied().unwrap_or(self.cursor);
            }
        }
        self.top = self.top.min(self.cursor);
        self.settle(outline);
    }

    pub fn is_filtered(&self) -> bool {
        self.only.is_some()
    }

    /// The first visible line at or after `at`, whatever is folded above it.
    fn shown_from(&self, at: usize, outline: &impl Outline) -> Option<usize> {
        match &self.only {
            None => (at < outline.len()).then_some(at),
            Some(only) => only.get(only.partition_point(|&line| line < at)).copied(),
        }
    }

    /// The visible line after `at`.
    pub fn next(&self, at: usize, outline: &impl Outline) -> Option<usize> {
        let next = if self.is_folded(at) { outline.end(at) } else { at + 1 };
        self.shown_from(next, outline)
    }

    /// The visible line before `at`.
    pub fn previous(&self, at: usize, outline: &impl Outline) -> Option<usize> {
        let before = match &self.only {
            None => at.min(outline.len()).checked_sub(1)?,
            Some(only) => *only.get(only.partition_point(|&line| line < at).checked_sub(1)?)?,
        };
        Some(self.visible(before, outline))
    }

    /// `at`, or the outermost folded line that hides it.
    pub fn visible(&self, at: usize, outline: &impl Outline) -> usize {
        let mut shown = at;
        let mut line = at;
        while let Some(parent) = outline.parent(line) {
            if self.is_folded(parent) {
                shown = parent;
            }
            line = parent;
        }
        shown
    }

    /// The visible lines from `at` on.
    pub fn lines<'a>(&'a self, at: usize, outline: &'a impl Outline) -> impl Iterator<Item = usize> + 'a {
        std::iter::successors(self.shown_from(at, outline), |&line| self.next(line, outline))
    }

    pub fn first(&self, outline: &impl Outline) -> Option<usize> {
        self.shown_from(0, outline)
    }

    pub fn last(&self, outline: &impl Outline) -> Option<usize> {
        self.previous(outline.len(), outline)
    }

    pub fn down(&mut self, count: usize, outline: &impl Outline) {
        for _ in 0..count {
            match self.next(self.cursor, outline) {
                Some(next) => self.cursor = next,
                None => break,
            }
        }
    }

    pub fn up(&mut self, count: usize, outline: &impl Outline) {
        for _ in 0..count {
            match self.previous(self.cursor, outline) {
                Some(previous) => self.cursor = previous,
                None => break,
            }
        }
    }

    /// To the visible line of that number, from 0, or the last.
    pub fn nth(&mut self, number: usize, outline: &impl Outline) {
        if let Some(first) = self.first(outline) {
            self.cursor = first;
            self.down(number, outline);
        }
    }

    pub fn to_last(&mut self, outline: &impl Outline) {
        self.cursor = self.last(outline).unwrap_or(0);
    }

    /// To a line, unfolding what hides it.
    pub fn go(&mut self, at: usize, outline: &impl Outline) {
        self.cursor = at;
        let mut line = at;
        while let Some(parent) = outline.parent(line) {
            self.unfold(parent);
            line = parent;
        }
    }

    /// Whether there is something to fold.
    pub fn holds(&self, at: usize, outline: &impl Outline) -> bool {
        outline.end(at) > at + 1
    }

    /// Folds, or goes to the parent where nothing is to fold.
    pub fn leave(&mut self, outline: &impl Outline) {
        if self.holds(self.cursor, outline) && !self.is_folded(self.cursor) {
            self.fold(self.cursor);
        } else {
            self.parent(outline);
        }
    }

    /// Unfolds, or goes to the first child.
    pub fn enter(&mut self, outline: &impl Outline) {
        if !self.holds(self.cursor, outline) {
            return;
        }
        if self.is_folded(self.cursor) {
            self.unfold(self.cursor);
        } else {
            self.down(1, outline);
        }
    }

    pub fn parent(&mut self, outline: &impl Outline) {
        self.cursor = outline.parent(self.cursor).unwrap_or(self.cursor);
    }

    /// To what follows the parent.
    pub fn past_parent(&mut self, outline: &impl Outline) {
        let end = outline.parent(self.cursor).map(|parent| outline.end(parent));
        if let Some(next) = end.and_then(|end| self.shown_from(end, outline)) {
            self.cursor = next;
        }
    }

    pub fn next_sibling(&mut self, outline: &impl Outline) {
        let next = self.shown_from(outline.end(self.cursor), outline);
        let same = |next: &usize| outline.parent(*next) == outline.parent(self.cursor);
        self.cursor = next.filter(same).unwrap_or(self.cursor);
    }

    pub fn previous_sibling(&mut self, outline: &impl Outline) {
        let parent = outline.parent(self.cursor);
        let mut before = self.previous(self.cursor, outline);
        while let Some(line) = before.filter(|&line| Some(line) != parent) {
            if outline.parent(line) == parent {
                self.cursor = line;
                return;
            }
            before = outline.parent(line);
        }
    }

    /// Folds or unfolds the siblings of the cursor's line, and the line itself. A line that holds nothing speaks
    /// for the line that holds it.
    pub fn set_level(&mut self, folded: bool, outline: &impl Outline) {
        if folded && !self.holds(self.cursor, outline) && outline.parent(self.cursor).is_some() {
            self.parent(outline);
        }
        let parent = outline.parent(self.cursor);
        let (mut line, end) = match parent {
            Some(parent) => (parent + 1, outline.end(parent)),
            None => (0, outline.len()),
        };
        while line < end {
            match folded && self.holds(line, outline) {
                true => self.fold(line),
                false => self.unfold(line),
            }
            line = outline.end(line);
        }
    }

    pub fn toggle(&mut self, outline: &impl Outline) {
        if !self.holds(self.cursor, outline) {
            self.parent(outline);
        }
        match self.is_folded(self.cursor) {
            true => self.unfold(self.cursor),
            false if self.holds(self.cursor, outline) => self.fold(self.cursor),
            false => {}
        }
    }

    /// Brings the cursor onto a visible line.
    pub fn settle(&mut self, outline: &impl Outline) {
        self.cursor = self.visible(self.cursor.min(outline.len().saturating_sub(1)), outline);
        self.top = self.visible(self.top.min(self.cursor), outline);
    }

    /// Scrolls as little as it takes to see the cursor on `height` lines, of which the cursor's line takes
    /// `tall`.
    pub fn scroll(&mut self, height: usize, tall: usize, outline: &impl Outline) {
        let height = height.max(1);
        let tall = tall.clamp(1, height);
        let margin = MARGIN.min((height - tall) / 2);
        self.settle(outline);
        // Not above the margin …
        let high = self.above(self.cursor, margin, outline);
        self.top = self.top.min(high);
        // … not below it …
        let low = self.above(self.cursor, height - tall - self.below(self.cursor, margin, outline), outline);
        self.top = self.top.max(low);
        // … and no empty lines at the end as long as there are lines above.
        if let Some(last) = self.last(outline) {
            self.top = self.top.min(self.above(last, height - tall, outline)).max(low.min(self.cursor));
        }
    }

    /// Puts the cursor's line at `row` of the screen.
    pub fn scroll_to(&mut self, row: usize, outline: &impl Outline) {
        self.top = self.above(self.cursor, row, outline);
    }

    /// The line `count` visible lines above `at`, or the first.
    fn above(&self, at: usize, count: usize, outline: &impl Outline) -> usize {
        let mut line = at;
        for _ in 0..count {
            match self.previous(line, outline) {
                Some(previous) => line = previous,
                None => break,
            }
        }
        line
    }

    /// How many visible lines there are below `at`, up to `most`.
    fn below(&self, at: usize, most: usize, outline: &impl Outline) -> usize {
        self.lines(at, outline).skip(1).take(most).count()
    }
}
