use super::{Account, Display, Opened, Picture, hex::Peeked, pivot::Gathered, redaction::Order};
use crate::{
    dicom::Location,
    leak::Finding,
    library::{self, Acknowledged, FileId, Found, NodeId, PathKey},
    redact,
    tui::keys::Chord,
};
use std::{path::PathBuf, sync::Arc};

/// What happened.
#[derive(Debug)]
pub enum Msg {
    Pressed(Chord),
    Pasted(String),
    Resized(u16, u16),
    /// What is known by now of what the terminal shows.
    Shows(Display),
    /// The mouse was pressed there.
    Clicked(u16, u16),
    /// The mouse's wheel was turned there.
    Wheeled {
        x: u16,
        y: u16,
        down: bool,
    },
    /// The scan found or read files, or ended.
    Scanned(library::Event),
    /// Something came into the folder, changed or went; or it is watched otherwise.
    Watched(library::WatchEvent),
    /// A file that was asked for was read.
    Opened {
        file: FileId,
        opened: Arc<Opened>,
    },
    /// A picture that was asked for is there, or there is none and why.
    Drawn(Picture),
    /// A part of a file was read.
    Peeked(Peeked),
    /// An element was read in many files.
    Gathered(Gathered),
    /// How far an order for copies is.
    Redacting {
        number: u64,
        progress: redact::Progress,
    },
    /// What came of an order for copies, and where they are; or why nothing.
    Redacted {
        number: u64,
        result: Result<(Arc<Account>, Option<PathBuf>), String>,
    },
    /// Images were looked at for their devices and sizes.
    Measured(super::drawing::Measured),
    /// A file and its copy were read, or why not.
    Paired(Result<(Arc<Opened>, Arc<Opened>), String>),
    /// The folder of copies was left, or could not be opened.
    Browsed(Result<(), String>),
    /// A thread failed at that place of the source.
    Failed(String),
    /// The text was handed to the terminal, or the editor was left; or why not.
    Copied(Result<(), String>),
    Edited(Result<(), String>),
    /// Something could not be kept, and why.
    Unkept(String),
    /// The program was stopped and goes on.
    Continued,
    /// A time came that was waited for.
    Woken,
}

/// What is to be done.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Read a file for the tag tree, in place of any other that waits.
    Read {
        file: FileId,
        path: PathBuf,
        judged: PathBuf,
        /// What the catalog has of it, which may be more than the file alone gives away.
        known: Vec<Finding>,
    },
    /// Read these first in the scan.
    Prioritise(Vec<FileId>),
    /// Read a part of a file, from that byte.
    Peek {
        path: PathBuf,
        from: u64,
    },
    /// Read an element in these files.
    Gather {
        node: NodeId,
        at: Location,
        files: Vec<(FileId, PathBuf)>,
    },
    /// Plan copies, or write them, in place of any other order.
    Redact(Box<Order>),
    /// Stop with that.
    StopRedaction,
    /// Read of what devices images are, and how large.
    Measure(super::drawing::Measure),
    /// Read a file and its copy.
    Pair {
        original: PathBuf,
        copy: PathBuf,
    },
    /// Open another folder, until that is left.
    Browse(PathBuf),
    /// Draw a frame, in place of any other that waits.
    Draw(super::Sight),
    Copy(String),
    /// Show a text in the editor.
    Edit(String),
    /// Something came that leaks.
    Ring,
    Suspend,
    /// Draw every cell anew.
    Redraw,
    StopScan,
    /// Begin to tell of changes; these files are known.
    Follow(Vec<PathKey>),
    /// Read files that arrived.
    ReadArrived(Vec<Found>),
    /// Keep something for the next run.
    Keep(Keep),
    Quit,
}

/// What is kept between runs. Holds no value of a patient.
#[derive(Debug, Clone, PartialEq)]
pub enum Keep {
    /// Lines to add to the reviews.
    Reviews(String),
    /// Lines to add to the journal of marks.
    Marks(String),
    /// In place of what was kept.
    Acknowledged(Acknowledged),
}
