use super::{
    super::{Found, Rect, TextBox, search},
    decode::CLASSES,
    layer::Map,
    network::Network,
    read,
};
use crate::{
    demo::anatomy::letters,
    raster::{Picture, Pixels},
};

/// The input that `tests/train/export.py` makes.
fn made_up(columns: usize, seed: u64) -> Map {
    let mut map = Map::new(1, 32, columns);
    let mut state = seed;
    for value in &mut map.values {
        state = (state * 1_103_515_245 + 12345) & 0x7FFF_FFFF;
        *value = ((state >> 16) % 129) as f32 / 64.0 - 1.0;
    }
    map
}

/// What PyTorch says of the same weights and inputs.
#[test]
fn it_says_what_the_trained_network_says() {
    let network = Network::trained();
    let mut lines = 0;
    for line in include_str!("parity.txt").lines() {
        let numbers: Vec<f32> = line.split(' ').map(|number| number.parse().unwrap()).collect();
        let [columns, seed, step, best, most, blank, mean] = numbers[..] else { panic!("{line}") };
        let scores = network.scores(made_up(columns as usize, seed as u64)).0;
        let step = scores.chunks_exact(CLASSES).nth(step as usize).unwrap();
        let near = |a: f32, b: f32| (a - b).abs() < 0.01;
        assert!(near(step[best as usize], most), "{line}: {}", step[best as usize]);
        assert!(near(step[0], blank), "{line}: {}", step[0]);
        assert!(near(step.iter().sum::<f32>() / CLASSES as f32, mean), "{line}");
        lines += 1;
    }
    assert!(lines > 20);
}

/// A line in the blocky letters of old machines, each dot `size` pixels wide.
fn picture(text: &str, size: u32, (ink, ground): (u8, u8)) -> Picture {
    let (columns, rows) = (512u32, 64);
    let mut values = vec![ground; (columns * rows) as usize];
    for (x, y) in letters(text) {
        for at in 0..size * size {
            let (x, y) = (20 + x as u32 * size + at % size, 20 + y as u32 * size + at / size);
            values[(y * columns + x) as usize] = ink;
        }
    }
    Picture { columns, rows, aspect: 1.0, pixels: Pixels::Grey(values) }
}

/// A line that is well to be read.
pub(in super::super) fn written(text: &str) -> Picture {
    picture(text, 3, (230, 20))
}

#[test]
fn lines_are_found_and_read() {
    for (text, size) in [("SAMPLETON ANNA", 1), ("SAMPLETON ANNA", 2), ("ID 4711-0815", 2), ("1961-05-03", 3)]
    {
        for inks in [(230, 20), (10, 200), (120, 40)] {
            let picture = picture(text, size, inks);
            let found = search(&picture);
            let [place] = found.as_slice() else { panic!("{text} {size} {inks:?}: {found:?}") };
            let line = read(&picture, place);
            assert_eq!(line.text.expose(), text, "{size} {inks:?}");
            assert!(line.is_sure(), "{text} {size} {inks:?}: {}", line.confidence);
        }
    }
}

#[test]
fn places_that_are_none_are_read_as_nothing_much() {
    let picture = picture("A", 1, (230, 20));
    let place = TextBox { x: 600, y: 90, width: 9, height: 9, confidence: 50, letters: 3 };
    assert_eq!(read(&picture, &Found::whole(place)).confidence, 0);
    let wide = Rect { x: 0, y: 0, width: u32::MAX, height: 1 };
    read(&picture, &Found { place, lines: vec![wide, wide] });
}
