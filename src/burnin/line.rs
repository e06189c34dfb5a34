//! Pieces that stand beside each other, put in rows.

use super::{
    Found,
    piece::{HIGHEST, LOWEST, Piece},
    row::Row,
    strokes::Strokes,
};

/// The rows of pieces that are writing, with letters at least `least` high.
pub(super) fn lines(pieces: &[Piece], strokes: &Strokes, least: u32) -> Vec<Found> {
    let letters: Vec<&Piece> = pieces.iter().filter(|piece| may_be_letter(piece)).collect();
    rows(&letters).iter().filter_map(|row| Row::of(row, strokes).judged(least)).collect()
}

fn may_be_letter(piece: &Piece) -> bool {
    let (width, height) = (piece.width(), piece.height());
    let dash = height < LOWEST && width <= 24 && piece.area * 2 >= width * height;
    let letter =
        (LOWEST..=HIGHEST).contains(&height) && width <= 24 * height && piece.area * 12 >= width * height;
    letter || dash
}

/// Each piece joins the row of the nearest one to its left that is about as high and on its level.
fn rows<'p>(pieces: &[&'p Piece]) -> Vec<Vec<&'p Piece>> {
    let mut order: Vec<&Piece> = pieces.to_vec();
    order.sort_by_key(|piece| (piece.left, piece.top));
    let mut rows: Vec<Vec<&Piece>> = Vec::new();
    // Open rows by bands of the picture, so that only those near are looked at.
    let mut bands: Vec<Vec<usize>> = Vec::new();
    for piece in order {
        let (first, last) = (band(piece.top), band(piece.bottom));
        if bands.len() <= last {
            bands.resize_with(last + 1, Vec::new);
        }
        let mut best = None;
        for band in &mut bands[first..=last] {
            // Rows that ended far to the left are done.
            band.retain(|&row| rows[row].last().is_some_and(|last| last.right + 3 * HIGHEST > piece.left));
            for &row in band.iter() {
                if let Some(gap) = gap(&rows[row], piece)
                    && best.is_none_or(|(_, least)| gap < least)
                {
                    best = Some((row, gap));
                }
            }
        }
        let row = best.map_or(rows.len(), |(row, _)| row);
        if row == rows.len() {
            rows.push(Vec::new());
        }
        rows[row].push(piece);
        for band in &mut bands[first..=last] {
            if !band.contains(&row) {
                band.push(row);
            }
        }
    }
    rows
}

fn band(y: u32) -> usize {
    y as usize / 16
}

/// The distance from the end of a row to a piece that continues it; `None` where it does not.
fn gap(row: &[&Piece], piece: &Piece) -> Option<i32> {
    // A dot or a dash says little of the row's level: the highest of the last few does.
    let recent = &row[row.len().saturating_sub(4)..];
    let last = recent.iter().max_by_key(|piece| piece.height())?;
    let end = recent.iter().map(|piece| piece.right).max()?;
    let (tall, low) = (last.height().max(piece.height()), last.height().min(piece.height()));
    let overlap = last.bottom.min(piece.bottom) as i32 - last.top.max(piece.top) as i32;
    let level = 2 * overlap >= low as i32;
    let gap = piece.left as i32 - end as i32;
    let near = gap <= (tall as i32 * 3 / 2).max(6) && gap >= -(tall as i32);
    // Dashes, dots and commas are lower than letters; letters differ by ascenders and descenders.
    let alike = tall <= 2 * low + 2 || low < LOWEST || piece.width() <= tall / 2;
    (level && near && alike).then_some(gap)
}
