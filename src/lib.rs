//! dcmleak shows what a folder of DICOM files gives away about patients.
//!
//! The rooms, lowest first; each imports only rooms below it (`tests/layers.rs` holds them to it):
//!
//! | room | turns |
//! | --- | --- |
//! | [`text`] | any bytes into text that is safe to show, masked or folded |
//! | [`dicom`] | bytes into elements and frames |
//! | [`raster`] | pixels into terminal cells |
//! | [`burnin`] | pixels into the places of text burned into them |
//! | [`demo`] | nothing into a folder of synthetic, leaky files |
//! | [`standard`] | the tables under `assets/` into look-ups |
//! | [`leak`] | elements into findings |
//! | [`library`] | a folder into file reports |
//! | [`redact`] | findings into copies without them |
//! | [`report`] | findings into text, json, ndjson, csv, sarif and html |
//! | [`tui`] | all of it into a terminal program |
//! | [`cli`] | the command line into one of the above |
#![forbid(unsafe_code)]

pub mod burnin;
pub mod cli;
pub mod demo;
pub mod dicom;
pub mod leak;
pub mod library;
pub mod raster;
pub mod redact;
pub mod report;
pub mod standard;
pub mod text;
pub mod tui;
