use super::*;
use proptest::prelude::*;

/// Depths of lines, as a tree.
struct Depths(Vec<usize>);

impl Outline for Depths {
    fn len(&self) -> usize {
        self.0.len()
    }
    fn depth(&self, at: usize) -> usize {
        self.0[at]
    }
    fn end(&self, at: usize) -> usize {
        (at + 1..self.0.len()).find(|&next| self.0[next] <= self.0[at]).unwrap_or(self.0.len())
    }
    fn parent(&self, at: usize) -> Option<usize> {
        (0..at).rev().find(|&before| self.0[before] < self.0[at])
    }
}

// 0 a
// 1   b
// 2     c
// 3     d
// 4   e
// 5 f
// 6   g
fn sample() -> Depths {
    Depths(vec![0, 1, 2, 2, 1, 0, 1])
}

#[test]
fn moves() {
    let tree = sample();
    type Step = fn(&mut Tree, &Depths);
    let table: &[(&str, usize, Step, usize)] = &[
        ("down", 0, |t, o| t.down(1, o), 1),
        ("down past the end stays", 5, |t, o| t.down(9, o), 6),
        ("up", 5, |t, o| t.up(1, o), 4),
        ("up stays at the first", 1, |t, o| t.up(7, o), 0),
        ("parent", 3, |t, o| t.parent(o), 1),
        ("past the parent", 2, |t, o| t.past_parent(o), 4),
        ("past the last parent stays", 6, |t, o| t.past_parent(o), 6),
        ("sibling", 1, |t, o| t.next_sibling(o), 4),
        ("no sibling beyond the parent", 4, |t, o| t.next_sibling(o), 4),
        ("sibling back", 4, |t, o| t.previous_sibling(o), 1),
        ("sibling back at the top", 5, |t, o| t.previous_sibling(o), 0),
        ("first sibling stays", 2, |t, o| t.previous_sibling(o), 2),
        ("enter goes to the first child", 1, |t, o| t.enter(o), 2),
        ("leave of a leaf goes to the parent", 2, |t, o| t.leave(o), 1),
        ("last", 0, |t, o| t.to_last(o), 6),
        ("nth", 0, |t, o| t.nth(3, o), 3),
    ];
    for (what, from, step, to) in table {
        let mut cursor = Tree { cursor: *from, ..Tree::default() };
        step(&mut cursor, &tree);
        assert_eq!(cursor.cursor, *to, "{what}");
    }
}

#[test]
fn a_fold_is_one_step() {
    let outline = sample();
    let mut tree = Tree { cursor: 1, ..Tree::default() };
    tree.leave(&outline);
    assert!(tree.is_folded(1));
    tree.down(1, &outline);
    assert_eq!(tree.cursor, 4);
    tree.up(1, &outline);
    assert_eq!(tree.cursor, 1);
    tree.enter(&outline);
    assert_eq!(tree.lines(0, &outline).collect::<Vec<_>>(), [0, 1, 2, 3, 4, 5, 6]);
    tree.cursor = 4;
    tree.set_level(true, &outline);
    // A leaf speaks for its parent: all of the top level is folded.
    assert_eq!((tree.cursor, tree.lines(0, &outline).collect::<Vec<_>>()), (0, vec![0, 5]));
    tree.go(3, &outline);
    assert_eq!(tree.lines(0, &outline).collect::<Vec<_>>(), [0, 1, 2, 3, 4, 5]);
}

#[test]
fn left_out_lines_are_passed() {
    let outline = sample();
    let mut tree = Tree { cursor: 2, ..Tree::default() };
    tree.show_only(Some(vec![0, 1, 3]), &outline);
    assert_eq!(tree.cursor, 3);
    tree.up(1, &outline);
    assert_eq!(tree.cursor, 1);
    tree.to_last(&outline);
    assert_eq!(tree.cursor, 3);
    tree.show_only(None, &outline);
    assert_eq!(tree.last(&outline), Some(6));
}

proptest! {
    #[test]
    fn the_cursor_is_always_in_sight(
        steps in prop::collection::vec(0usize..3, 1..60),
        moves in prop::collection::vec((0u8..12, 1usize..9), 1..40),
        height in 1usize..12,
        tall in 1usize..4,
    ) {
        let mut depths = vec![0usize];
        for step in steps {
            let last = depths[depths.len() - 1];
            depths.push((last + 1).saturating_sub(step));
        }
        let outline = Depths(depths);
        let mut tree = Tree::default();
        for (step, count) in moves {
            match step {
                0 => tree.down(count, &outline),
                1 => tree.up(count, &outline),
                2 => tree.leave(&outline),
                3 => tree.enter(&outline),
                4 => tree.set_level(true, &outline),
                5 => tree.set_level(false, &outline),
                6 => tree.next_sibling(&outline),
                7 => tree.previous_sibling(&outline),
                8 => tree.toggle(&outline),
                9 => tree.to_last(&outline),
                10 => tree.past_parent(&outline),
                _ => tree.go(count % outline.len(), &outline),
            }
            tree.scroll(height, tall, &outline);
            let tall = tall.min(height);
            let lines: Vec<usize> = tree.lines(tree.top, &outline).take(height).collect();
            let row = lines.iter().position(|&line| line == tree.cursor);
            prop_assert!(row.is_some_and(|row| row + tall <= height), "{tree:?} {lines:?}");
            prop_assert_eq!(tree.visible(tree.cursor, &outline), tree.cursor);
        }
    }
}
