use super::{
    Capabilities, Options,
    input::Keyboard,
    lanes::{Files, Frames, Lane, ToRead},
    peek::{self, ToPeek},
    redaction::Copies,
};
use crate::{
    dicom::frame::Cancel,
    library::{Roots, Scan, ScanOptions, Watch},
    raster::Colours,
    tui::{
        state::{Msg, Sight},
        view::theme::Depth,
    },
};
use crossbeam_channel::{Receiver, unbounded};
use std::{cell::RefCell, io, num::NonZeroUsize, sync::Arc};

/// What works beside the screen.
pub struct Crew {
    pub scan: Scan,
    /// Arrivals, where the folder is watched.
    pub watch: Option<Watch>,
    pub arrivals: Scan,
    pub keyboard: Keyboard,
    pub files: Lane<ToRead>,
    pub frames: Lane<Sight>,
    pub peeks: Lane<ToPeek>,
    /// Apart: what is opened meanwhile must not take the place of what is being marked.
    pub devices: Lane<ToPeek>,
    pub copies: RefCell<Copies>,
    pub answers: Receiver<Msg>,
}

impl Crew {
    pub fn start(roots: Roots, options: &Options, can: &Capabilities) -> io::Result<Self> {
        let inspector = Arc::clone(&options.inspector);
        let (send, answers) = unbounded();
        let mut files = Files::new(Arc::clone(&inspector));
        let mut frames = Frames::new(colours(can.depth), can.unicode, can.ssh);
        let judge = Arc::clone(&inspector);
        let peek = move |job, cancel: &Cancel| peek::read(job, &judge, cancel);
        let copies = Copies::new(roots.clone(), Arc::clone(&inspector), options.jobs, send.clone());
        let all = ScanOptions { jobs: options.jobs, ..ScanOptions::default() };
        let one = ScanOptions { jobs: NonZeroUsize::new(1), ..all.clone() };
        Ok(Self {
            watch: Watch::start(&roots, options.watch),
            arrivals: Scan::of_arrivals(Arc::clone(&inspector), &one),
            files: Lane::start("files", move |job, _| files.read(job), send.clone())?,
            frames: Lane::start("frames", move |sight, cancel| frames.draw(sight, cancel), send.clone())?,
            peeks: Lane::start("peeks", peek.clone(), send.clone())?,
            devices: Lane::start("devices", peek, send)?,
            copies: RefCell::new(copies),
            keyboard: Keyboard::start()?,
            scan: Scan::start(roots, inspector, &all),
            answers,
        })
    }
}

fn colours(depth: Depth) -> Colours {
    match depth {
        Depth::None => Colours::Mono,
        Depth::Ansi => Colours::Indexed16,
        Depth::Indexed => Colours::Indexed256,
        Depth::True => Colours::True,
    }
}
