//! The plants, a file a category.
mod blob;
mod claim;
mod container;
mod cross;
mod document;
mod graphic;
mod path;
mod private;
mod stream;
mod structured;
mod text;
mod uid;

use super::{
    corpus,
    garden::Garden,
    half::Half,
    plant::{Category, Plant},
    rng::Rng,
};

/// All plants of a half, the same at every call.
pub fn plants(half: Half) -> Vec<Plant> {
    let mut garden = Garden::new(half);
    for (category, grow) in GROW {
        garden.begin(category);
        grow(&mut garden);
    }
    if let Some(root) = corpus::root() {
        garden.rng = Rng::new(half.seed() ^ 0xc0_4b05);
        corpus::grow(&mut garden, &root);
    }
    garden.plants
}

type Grow = fn(&mut Garden);

const GROW: [(Category, Grow); 12] = [
    (Category::Text, text::grow),
    (Category::Cross, cross::grow),
    (Category::Blob, blob::grow),
    (Category::Private, private::grow),
    (Category::Structured, structured::grow),
    (Category::Document, document::grow),
    (Category::Graphic, graphic::grow),
    (Category::Stream, stream::grow),
    (Category::Container, container::grow),
    (Category::Path, path::grow),
    (Category::Uid, uid::grow),
    (Category::Claim, claim::grow),
];
