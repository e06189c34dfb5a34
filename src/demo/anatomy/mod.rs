//! Pictures that look like medical images and are of nobody: drawn from shapes and noise, the same for the same seed.
//! Only the scenes of the demo folder use them.

mod cardiac;
mod chest;
mod head;
mod lettering;
mod mammogram;
mod noise;
mod picture;
mod screen;
mod shape;
mod ultrasound;

pub use cardiac::{angiogram, hot_palette, perfusion};
pub use chest::chest;
pub use head::{head_ct, head_mr};
pub use lettering::{GLYPH_HEIGHT, GLYPH_WIDTH, letters};
pub use mammogram::mammogram;
pub use noise::Noise;
pub use picture::Picture;
pub use screen::screen;
pub use ultrasound::ultrasound;
