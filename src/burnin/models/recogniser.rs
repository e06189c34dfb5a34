use super::{
    super::{Line, Rect, reader::greedy},
    image::{self, Norm},
};
use crate::raster::Picture;
use rten::Model;
use rten_tensor::{AsView, Layout, NdTensor};

/// Rows of the input; columns follow the line, up to so many.
const HEIGHT: u32 = 48;
const NARROWEST: u32 = 48;
const WIDEST: u32 = 6400;
const NORM: Norm = Norm { mean: [0.5; 3], deviation: [0.5; 3] };

/// Reads a line step by step (CTC): the blank, the letters, and the space.
#[derive(Debug)]
pub(super) struct Recogniser {
    model: Model,
    letters: Vec<String>,
}

impl Recogniser {
    /// `letters`: one a line, for models that do not hold them themselves. `None` where neither does.
    pub fn new(model: Model, letters: Option<&[u8]>) -> Option<Self> {
        let beside = letters.map(|bytes| String::from_utf8_lossy(bytes).into_owned());
        let letters = model.metadata().get("character").map(str::to_owned).or(beside)?;
        let letters = letters.split('\n').map(|letter| letter.trim_end_matches('\r').to_owned()).collect();
        Some(Self { model, letters })
    }

    /// What a line says; `None` where the model fails.
    pub fn read(&self, picture: &Picture, place: &Rect) -> Option<Line> {
        let width = (u64::from(place.width) * u64::from(HEIGHT)).div_ceil(u64::from(place.height.max(1)));
        let width = (width as u32).clamp(NARROWEST, WIDEST);
        let input = image::input(picture, place, (width as usize, HEIGHT as usize), &NORM)?;
        let scores: NdTensor<f32, 3> = self.model.run_one(input.view().into(), None).ok()?.try_into().ok()?;
        let [_, _, classes] = scores.shape();
        let scores = scores.to_vec();
        let best = scores.chunks_exact(classes.max(1)).map(|step| {
            let best = step.iter().copied().enumerate().max_by(|a, b| a.1.total_cmp(&b.1));
            best.unwrap_or((0, 0.0))
        });
        Some(greedy(best, &|class| self.letter(class)))
    }

    fn letter(&self, class: usize) -> &str {
        self.letters.get(class.wrapping_sub(1)).map_or(" ", String::as_str)
    }
}
