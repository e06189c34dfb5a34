use super::Picture;

/// A screen capture: a title bar, lines of text, a small trend curve. Returns it with the boxes of the lines.
pub fn screen(columns: u16, rows: u16, title: &str, lines: &[&str]) -> (Picture<[u8; 3]>, Vec<[usize; 4]>) {
    let mut picture = Picture::filled(columns, rows, [18, 22, 30]);
    let width = usize::from(columns);
    picture.fill(0, 0, width, 26, [38, 70, 110]);
    let mut boxes = vec![picture.write(title, 8, 6, 2, [240, 240, 240])];
    for (row, line) in lines.iter().enumerate() {
        boxes.push(picture.write(line, 16, 44 + row * 22, 2, [205, 215, 190]));
    }
    let floor = usize::from(rows).saturating_sub(20);
    for x in 16..width.saturating_sub(16) {
        let beat = x % 64;
        let height = match beat {
            20..24 => (beat - 20) * 8,
            24..30 => 32usize.saturating_sub((beat - 24) * 6),
            _ => 3,
        };
        picture.fill(x, floor.saturating_sub(height), 2, 2, [90, 210, 120]);
    }
    (picture, boxes)
}
