use super::{
    Action, Hit, Keeper, Original, Plan, Planner, Stay, Traces, hash::Hash, pairs::Pairs, settle,
    write::Written,
};
use crate::{
    dicom::{Location, Preamble, ReadError, Reader, Reading, RowId, Status, Vr},
    leak::{Finding, Inspector, Severity, cross::is_of_others},
    standard::ProfileOption,
    text::system_error,
};
use std::{
    fs::File,
    io::{self, Read},
    path::Path,
};

/// Bytes searched at a time.
const CHUNK: usize = 1 << 20;

/// Hits that are followed up; a copy with more is as bad as one with these.
const MOST_HITS: usize = 1000;

/// Something in a copy that should not be there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leftover {
    /// Where in the copy; empty for what is outside of the data set.
    pub at: Location,
    /// The rule that found it; `trace` for a value of the original among the copy's bytes.
    pub rule: String,
    /// The row of the original.
    pub(super) row: Option<RowId>,
}

/// Why a copy is not what it should be. No plan mends that.
#[derive(Debug, thiserror::Error)]
pub enum Defect {
    #[error("the copy cannot be read again: {0}")]
    Unreadable(ReadError),
    #[error("the copy holds more than its data set")]
    Layout,
    #[error("the copy is other than planned at {0}")]
    Changed(Location),
    #[error("the copy on the disk is not what was written")]
    Hash,
    #[error("the copy cannot be read: {}", system_error(.0.kind()))]
    Io(#[from] io::Error),
}

/// Reads copies again.
pub(super) struct Verifier<'a> {
    pub planner: &'a Planner,
    pub inspector: &'a Inspector,
    /// What is seen in the pixels of a file.
    pub seen: &'a dyn Fn(&Path, &Reading) -> Vec<Finding>,
}

/// A copy under verification.
pub(super) struct Copy<'a> {
    /// Where it is now.
    pub path: &'a Path,
    pub written: &'a Written,
}

impl Verifier<'_> {
    /// Reads the copy as if nobody had planned it: parses it, compares what no edit is of, scans it with all detectors,
    /// and looks for the patient whom `traces` know in its texts and among its bytes. What is left over is returned.
    pub fn verify(
        &self,
        original: &Reading,
        plan: &Plan,
        copy: &Copy<'_>,
        traces: &[&Traces],
        reader: &mut Reader,
    ) -> Result<Vec<Leftover>, Defect> {
        let reading = reader.read(copy.path);
        if let Some(error) = reading.error.clone().filter(|_| reading.status != Status::Ok) {
            return Err(Defect::Unreadable(error));
        }
        if reading.status != Status::Ok || reading.trailer.is_some() || reading.preamble != Preamble::Zero {
            return Err(Defect::Layout);
        }
        let pairs = Pairs::of(original, &plan.edits, &reading).map_err(Defect::Changed)?;
        let mut left = Vec::new();
        // The copy's name is made of hashes alone.
        let mut report = self.inspector.inspect(&reading, copy.path, Path::new(""));
        report.see((self.seen)(copy.path, &reading));
        for finding in report.findings.iter().filter(|finding| self.counts(finding)) {
            let row = finding.row.and_then(|row| pairs.original(row));
            if !is_known_to_stay(plan, row, finding) {
                left.push(Leftover { at: finding.at.clone(), rule: finding.rule.to_string(), row });
            }
        }
        for (row, rule) in traces.iter().flat_map(|traces| traces.find(&report.evidence)) {
            left.push(leftover(&reading, &pairs, row, rule));
        }
        for hit in search(&reading, copy, traces)? {
            let row = row_at(&reading, hit.offset);
            let tag = row.and_then(|row| reading.rows.get(row)).map(|row| row.tag);
            // Makers and institutions may be called as a patient is, by chance.
            if !tag.is_some_and(is_of_others) {
                left.push(leftover(&reading, &pairs, row, "trace"));
            }
        }
        // Who marks by hand answers for what is not marked; what is kept by a mark stays.
        left.retain(|leftover| {
            let row = leftover.row;
            let kept = |stay: &Stay| Some(stay.row) == row && stands(plan, stay);
            let marked = || row.is_some_and(|row| plan.covers(original, row));
            (plan.by_profile || marked()) && !plan.stays.iter().any(kept)
        });
        Ok(left)
    }

    fn counts(&self, finding: &Finding) -> bool {
        let rule = finding.rule.as_ref();
        // What claims say of other findings counts with those.
        let claim = rule.starts_with("claim.") && !settle::is_stated(rule);
        let uid = rule.starts_with("uid.")
            && self.planner.profile.has(ProfileOption::Uids)
            && rule != "uid.birth_date";
        let let_out = self.planner.allow_burned_in && settle::is_of_pixels(finding);
        let allowed = claim || uid || let_out;
        finding.severity >= Severity::Medium && !allowed
    }
}

fn is_known_to_stay(plan: &Plan, row: Option<RowId>, finding: &Finding) -> bool {
    let known = |row| plan.stays.iter().any(|stay| stay.row == row) || is_moved(plan, row, finding);
    settle::is_of_attribute(finding) && row.is_some_and(known)
}

/// Whether the date is not the original's, but moved: a copy that does not say so looks as if it were.
fn is_moved(plan: &Plan, row: RowId, finding: &Finding) -> bool {
    let is_date = matches!(finding.vr, Some(Vr::DA | Vr::DT));
    is_date && plan.act_of(row).is_some_and(|act| act.action == Action::Clean)
}

/// Whether it stays with all that is found in it: where it is marked, and where the user's own profile keeps what says
/// who the patient is, and nothing else was taken out of it.
fn stands(plan: &Plan, stay: &Stay) -> bool {
    match stay.by {
        Keeper::Marked => true,
        Keeper::Profile => stay.identifies && plan.edits.get(stay.row).is_none(),
        _ => false,
    }
}

fn leftover(reading: &Reading, pairs: &Pairs, row: Option<RowId>, rule: &str) -> Leftover {
    let at = row.map(|row| reading.rows.location(row)).unwrap_or_default();
    Leftover { at, rule: rule.to_owned(), row: row.and_then(|row| pairs.original(row)) }
}

/// The row whose header or value the byte belongs to.
fn row_at(reading: &Reading, offset: u64) -> Option<RowId> {
    let rows = &reading.rows;
    let first = if reading.syntax.deflated { rows.data_set() } else { 0 };
    let starts =
        rows.iter().skip(first).take_while(|(_, row)| row.offset.saturating_sub(row.header.into()) <= offset);
    starts.last().map(|(id, _)| id)
}

/// Searches all bytes of the copy, inflated where they are deflated; and holds what is on the disk against what was
/// written.
fn search(reading: &Reading, copy: &Copy<'_>, traces: &[&Traces]) -> Result<Vec<Hit>, Defect> {
    let pixels = reading.pixel_data().and_then(|id| {
        let end = reading.rows.get(reading.rows.end(id)).map_or(u64::MAX, |row| row.offset);
        Some(reading.rows.get(id)?.offset..end)
    });
    let is_pixels = |offset| pixels.as_ref().is_some_and(|pixels| pixels.contains(&offset));
    let mut search = Search { traces, is_pixels: &is_pixels, window: Vec::new(), start: 0, hits: Vec::new() };
    let mut hash = Hash::of(reading.size);
    let mut file = File::open(copy.path)?;
    let mut buffer = vec![0; CHUNK];
    loop {
        let got = file.read(&mut buffer)?;
        if got == 0 {
            break;
        }
        hash.update(&buffer[..got]);
        if !reading.syntax.deflated {
            search.next(&buffer[..got]);
        }
    }
    if hash.finish()? != copy.written.sha256 {
        return Err(Defect::Hash);
    }
    if reading.syntax.deflated {
        let last = reading.rows.iter().last();
        let end = last.map_or(0, |(_, row)| row.offset + u64::from(row.length));
        let mut inflated = Original::open(copy.path, reading)?;
        inflated.copy(0, end, |bytes| {
            search.next(bytes);
            Ok(())
        })?;
    }
    search.look(true);
    Ok(search.hits)
}

/// A search through pieces that follow each other.
struct Search<'a> {
    traces: &'a [&'a Traces],
    is_pixels: &'a dyn Fn(u64) -> bool,
    window: Vec<u8>,
    /// Offset of the window's first byte.
    start: u64,
    hits: Vec<Hit>,
}

impl Search<'_> {
    fn next(&mut self, bytes: &[u8]) {
        self.window.extend_from_slice(bytes);
        if self.window.len() >= CHUNK {
            self.look(false);
            // So much that a spelling across the border is seen whole, with what is beside it on both sides.
            let longest = self.traces.iter().map(|traces| traces.longest()).max().unwrap_or(0) + 2;
            let drop = self.window.len().saturating_sub(longest);
            self.window.drain(..drop);
            self.start += drop as u64;
        }
    }

    fn look(&mut self, last: bool) {
        for traces in self.traces {
            traces.search(&self.window, self.start, last, self.is_pixels, &mut self.hits);
        }
        self.hits.sort_by_key(|hit| hit.offset);
        self.hits.dedup();
        self.hits.truncate(MOST_HITS);
    }
}
