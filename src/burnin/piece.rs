use super::strokes::Strokes;

/// More pieces than any page of text has.
const MOST: usize = 40_000;

/// Longer runs are lines: frames, rulers, axes.
const LONGEST: usize = 48;

/// Heights of pieces that may be letters, in pixels.
pub(super) const LOWEST: u32 = 4;
pub(super) const HIGHEST: u32 = 44;

/// Strokes that touch: a letter, a part of one, or some.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Piece {
    pub left: u32,
    pub top: u32,
    /// One after the last.
    pub right: u32,
    pub bottom: u32,
    /// Pixels.
    pub area: u32,
    /// Runs of pixels along rows, and along columns.
    pub runs: u32,
    pub column_runs: u32,
}

impl Piece {
    pub fn width(&self) -> u32 {
        self.right - self.left
    }

    pub fn height(&self) -> u32 {
        self.bottom - self.top
    }

    fn join(&mut self, other: &Self) {
        self.left = self.left.min(other.left);
        self.top = self.top.min(other.top);
        self.right = self.right.max(other.right);
        self.bottom = self.bottom.max(other.bottom);
        self.area += other.area;
        self.runs += other.runs;
        self.column_runs += other.column_runs;
    }
}

#[derive(Clone, Copy)]
struct Run {
    start: u32,
    end: u32,
    label: u32,
}

/// The connected pieces of the strokes, by their eight neighbours.
pub(super) fn pieces(strokes: &Strokes) -> Vec<Piece> {
    let mut parents: Vec<u32> = Vec::new();
    let mut found: Vec<Piece> = Vec::new();
    let mut above: Vec<Run> = Vec::new();
    let mut own: Vec<Run> = Vec::new();
    for (y, row) in strokes.contrast.chunks_exact(strokes.width).enumerate() {
        own.clear();
        let mut first = 0;
        let mut at = 0;
        while let Some(start) = row.get(at..).and_then(|rest| Some(at + rest.iter().position(|&v| v > 0)?)) {
            let length = row[start..].iter().position(|&v| v == 0).unwrap_or(row.len() - start);
            let end = start + length;
            at = end;
            if length > LONGEST {
                continue;
            }
            let (start, end) = (start as u32, end as u32);
            let label = parents.len() as u32;
            parents.push(label);
            found.push(Piece {
                left: start,
                top: y as u32,
                right: end,
                bottom: y as u32 + 1,
                area: length as u32,
                runs: 1,
                column_runs: length as u32,
            });
            // Runs above that touch, corners too; those that end in front touch no later one.
            while above.get(first).is_some_and(|run| run.end < start) {
                first += 1;
            }
            for run in above[first..].iter().take_while(|run| run.start <= end) {
                unite(&mut parents, run.label, label);
                let below = run.end.min(end).saturating_sub(run.start.max(start));
                if let Some(piece) = found.last_mut() {
                    piece.column_runs -= below;
                }
            }
            own.push(Run { start, end, label });
        }
        std::mem::swap(&mut above, &mut own);
    }
    gather(&mut parents, &found)
}

fn root(parents: &mut [u32], mut label: u32) -> u32 {
    while parents[label as usize] != label {
        let up = parents[parents[label as usize] as usize];
        parents[label as usize] = up;
        label = up;
    }
    label
}

fn unite(parents: &mut [u32], a: u32, b: u32) {
    let (a, b) = (root(parents, a), root(parents, b));
    parents[a.max(b) as usize] = a.min(b);
}

fn gather(parents: &mut [u32], runs: &[Piece]) -> Vec<Piece> {
    let mut slots: Vec<u32> = vec![u32::MAX; runs.len()];
    let mut all: Vec<Piece> = Vec::new();
    for (label, run) in runs.iter().enumerate() {
        let root = root(parents, label as u32) as usize;
        match all.get_mut(slots[root] as usize) {
            Some(piece) => piece.join(run),
            None => {
                slots[root] = all.len() as u32;
                all.push(*run);
            }
        }
    }
    all.retain(|piece| piece.area >= 3);
    all.truncate(MOST);
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn touching_runs_are_one_piece() {
        let drawing = ["##...#", "..#.##", ".#....", "#....#"];
        let contrast =
            drawing.iter().flat_map(|row| row.bytes().map(|b| if b == b'#' { 9 } else { 0 })).collect();
        let mut pieces = pieces(&Strokes { width: 6, contrast, hat: Vec::new() });
        pieces.sort_by_key(|piece| piece.left);
        let boxes: Vec<_> = pieces
            .iter()
            .map(|p| (p.left, p.top, p.right, p.bottom, p.area, p.runs, p.column_runs))
            .collect();
        assert_eq!(boxes, [(0, 0, 3, 4, 5, 4, 5), (4, 0, 6, 2, 3, 2, 2)]);
    }
}
