//! Text models of others: a pair in ONNX as PaddleOCR's family makes it (PP-OCR), of which one finds lines and the other
//! reads them. They are read from a folder or a Python wheel, by what their files are called: `…det….onnx`, `…rec….onnx`.

mod archive;
mod detector;
mod image;
mod recogniser;
#[cfg(test)]
mod tests;

use super::{Found, Line, Rect};
use crate::raster::Picture;
use archive::Member;
use detector::Detector;
use recogniser::Recogniser;
use rten::{Model, ModelOptions, OpRegistry};
use sha2::{Digest, Sha256};
use std::{io, path::Path};

/// Why no text can be read by a pair of models.
#[derive(Debug, thiserror::Error)]
pub enum ModelError {
    #[error("not found")]
    Missing,
    #[error("cannot be read: {0}")]
    Unreadable(io::ErrorKind),
    #[error("is no wheel or other zip archive")]
    NoArchive,
    #[error("holds no model whose name says that it {0}")]
    NoModel(&'static str),
    #[error("holds several models whose names say that they {0}")]
    Ambiguous(&'static str),
    #[error("{0} is larger than a model may be")]
    TooLarge(String),
    #[error("{0} is no model in ONNX that can be run here")]
    NoOnnx(String),
    #[error("{0} does not say which letters it reads (`character`), nor does a file beside it (`…dict.txt`)")]
    NoAlphabet(String),
}

/// What a pair was loaded from, to be compared with what its makers say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    pub name: String,
    pub bytes: usize,
    /// SHA-256, in hexadecimal digits.
    pub sha256: String,
}

/// A detector and a recogniser.
#[derive(Debug)]
pub struct Models {
    detector: Detector,
    recogniser: Recogniser,
    origins: [Origin; 2],
}

impl Models {
    /// Loads the pair of a folder, of what lies up to three folders deep in it, or of a wheel.
    pub fn load(path: &Path) -> Result<Self, ModelError> {
        let members = archive::members(path)?;
        let detector = only(&members, "det", "finds lines")?;
        let recogniser = only(&members, "rec", "reads lines")?;
        let origins = [detector, recogniser].map(Origin::of);
        let letters = members.iter().find(|member| member.is_alphabet());
        Ok(Self {
            detector: Detector::new(model(detector)?),
            recogniser: Recogniser::new(model(recogniser)?, letters.map(|member| member.bytes.as_slice()))
                .ok_or_else(|| ModelError::NoAlphabet(recogniser.name.clone()))?,
            origins,
        })
    }

    pub fn origins(&self) -> &[Origin] {
        &self.origins
    }

    /// Places of text in a picture; none where the model fails on it.
    pub(super) fn search(&self, picture: &Picture) -> Vec<Found> {
        self.detector.search(picture).unwrap_or_default()
    }

    /// What the line says; `None` where the model fails on it.
    pub(super) fn read(&self, picture: &Picture, place: &Rect) -> Option<Line> {
        self.recogniser.read(picture, place)
    }
}

impl Origin {
    fn of(member: &Member) -> Self {
        let digest = Sha256::digest(&member.bytes);
        let sha256 = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        Self { name: member.name.clone(), bytes: member.bytes.len(), sha256 }
    }
}

/// The one model of a kind.
fn only<'a>(members: &'a [Member], kind: &str, what: &'static str) -> Result<&'a Member, ModelError> {
    let mut own = members.iter().filter(|member| member.is_model(kind));
    match (own.next(), own.next()) {
        (Some(member), None) => Ok(member),
        (Some(_), Some(_)) => Err(ModelError::Ambiguous(what)),
        (None, _) => Err(ModelError::NoModel(what)),
    }
}

fn model(member: &Member) -> Result<Model, ModelError> {
    let loaded = ModelOptions::with_ops(OpRegistry::with_all_ops()).load(member.bytes.clone());
    // The runtime's own words may hold anything that the file does.
    loaded.map_err(|_| ModelError::NoOnnx(member.name.clone()))
}
