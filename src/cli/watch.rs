//! `scan --watch`: a line for each file that arrives, until it is interrupted.

use super::{
    interrupt::Interrupt,
    output::{self, Output},
};
use crate::{
    leak::Inspector,
    library::{
        Catalog, Event, FileId, Found, Roots, Roster, Scan, ScanOptions, Watch, WatchChoice, WatchEvent,
        WatchState,
    },
    report,
};
use crossbeam_channel::{never, select};
use std::{collections::BTreeSet, io, sync::Arc, time::Duration};

/// How long an interrupt may wait.
const TICK: Duration = Duration::from_millis(200);

/// What follows a scan.
pub(super) struct Following {
    watch: Watch,
    roster: Roster,
    arrivals: Scan,
    quiet: bool,
}

impl Following {
    /// Begins before the scan, so that nothing comes between. `None` where nobody wants to watch.
    pub fn start(
        roots: &Roots,
        choice: WatchChoice,
        inspector: Arc<Inspector>,
        options: &ScanOptions,
        quiet: bool,
    ) -> Option<Self> {
        let watch = Watch::start(roots, choice)?;
        let arrivals = Scan::of_arrivals(inspector, options);
        Some(Self { watch, roster: Roster::new(roots.clone()), arrivals, quiet })
    }

    pub fn found(&mut self, files: &[Found]) {
        self.roster.found(files);
    }

    pub fn crawled(&self) {
        self.watch.begin(self.roster.keys());
    }

    /// Writes a line for each file that is new or another, and for each of which others tell something new.
    ///
    /// # Errors
    /// When the output takes no more.
    pub fn run(
        mut self,
        catalog: &mut Catalog,
        options: report::Options,
        output: &Output,
        interrupt: &Interrupt,
    ) -> io::Result<()> {
        let mut lines = report::Following::after(catalog, options);
        let mut out = output.append()?;
        let early = self.roster.scanned(catalog);
        self.arrivals.read(early.read);
        while !interrupt.is_raised() {
            let mut told = BTreeSet::new();
            // What cannot be read yet waits where it is.
            let changes = if self.arrivals.takes_more() { self.watch.events.clone() } else { never() };
            select! {
                recv(changes) -> event => match event {
                    Ok(WatchEvent::State(state)) => self.tell(&state),
                    Ok(WatchEvent::Changes(changes)) => {
                        let applied = self.roster.apply(changes, catalog);
                        self.arrivals.read(applied.read);
                        told.extend(catalog.settle());
                    }
                    // The thread is gone, and nothing will come.
                    Err(_) => return Err(io::Error::other("watching failed")),
                },
                recv(self.arrivals.events) -> event => {
                    if let Ok(Event::Reports(reports)) = event {
                        told.extend(add(catalog, reports));
                        told.extend(catalog.settle());
                    }
                }
                default(TICK) => {}
            }
            let mut text = Vec::new();
            for id in told {
                text.extend(lines.line(catalog, id)?);
            }
            out.write(&text)?;
        }
        Ok(())
    }

    fn tell(&self, state: &WatchState) {
        if !self.quiet {
            output::say(format!("{state}; interrupt to end"));
        }
    }
}

fn add(catalog: &mut Catalog, reports: Vec<(FileId, crate::leak::FileReport)>) -> Vec<FileId> {
    let ids = reports.iter().map(|(id, _)| *id).collect();
    reports.into_iter().for_each(|(id, report)| catalog.add(id, report));
    ids
}
