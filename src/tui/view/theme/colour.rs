use ratatui::style::Color;

/// The colour of the 256 that is nearest: the 6×6×6 cube or the 24 greys.
pub fn nearest_indexed(color: Color) -> Color {
    let Color::Rgb(r, g, b) = color else { return color };
    const LEVELS: [u8; 6] = [0, 95, 135, 175, 215, 255];
    let level = |value: u8| {
        let nearest = LEVELS.iter().enumerate().min_by_key(|(_, level)| level.abs_diff(value));
        nearest.map_or((0, 0), |(at, &level)| (at as u8, level))
    };
    let cube = [level(r), level(g), level(b)];
    let mean = (u16::from(r) + u16::from(g) + u16::from(b)) / 3;
    let step = (mean.saturating_sub(3) / 10).min(23) as u8;
    let grey = 8 + 10 * step;
    let far =
        |to: [u8; 3]| [r, g, b].iter().zip(to).map(|(a, b)| u32::from(a.abs_diff(b)).pow(2)).sum::<u32>();
    if far([grey; 3]) < far(cube.map(|(_, level)| level)) {
        Color::Indexed(232 + step)
    } else {
        Color::Indexed(16 + 36 * cube[0].0 + 6 * cube[1].0 + cube[2].0)
    }
}

/// The colour of the 16 that is nearest, as xterm shows them.
pub fn nearest_ansi(color: Color) -> Color {
    let Color::Rgb(r, g, b) = color else { return color };
    const ANSI: [(Color, [u8; 3]); 16] = [
        (Color::Black, [0, 0, 0]),
        (Color::Red, [205, 0, 0]),
        (Color::Green, [0, 205, 0]),
        (Color::Yellow, [205, 205, 0]),
        (Color::Blue, [0, 0, 238]),
        (Color::Magenta, [205, 0, 205]),
        (Color::Cyan, [0, 205, 205]),
        (Color::Gray, [229, 229, 229]),
        (Color::DarkGray, [127, 127, 127]),
        (Color::LightRed, [255, 0, 0]),
        (Color::LightGreen, [0, 255, 0]),
        (Color::LightYellow, [255, 255, 0]),
        (Color::LightBlue, [92, 92, 255]),
        (Color::LightMagenta, [255, 0, 255]),
        (Color::LightCyan, [0, 255, 255]),
        (Color::White, [255, 255, 255]),
    ];
    let far =
        |to: &[u8; 3]| [r, g, b].iter().zip(to).map(|(a, b)| u32::from(a.abs_diff(*b)).pow(2)).sum::<u32>();
    ANSI.iter().min_by_key(|(_, rgb)| far(rgb)).map_or(Color::Reset, |(color, _)| *color)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nearest_colours() {
        assert_eq!(nearest_indexed(Color::Rgb(255, 0, 0)), Color::Indexed(196));
        assert_eq!(nearest_indexed(Color::Rgb(128, 128, 128)), Color::Indexed(244));
        assert_eq!(nearest_ansi(Color::Rgb(250, 10, 10)), Color::LightRed);
        assert_eq!(nearest_indexed(Color::Red), Color::Red);
    }
}
