//! All of the benchmark, for its own program and for the suite's test.
// Each of the two uses a part of it.
#![allow(dead_code)]

pub mod category;
pub mod clean;
pub mod corpus;
pub mod garden;
pub mod half;
pub mod host;
pub mod judging;
pub mod lines;
pub mod moment;
pub mod national;
pub mod person;
pub mod plant;
pub mod rehearsal;
pub mod rng;
pub mod scan;
pub mod score;
pub mod spelling;
pub mod table;
pub mod vocabulary;
pub mod wrap;
