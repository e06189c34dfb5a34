use super::{
    fail,
    output::{print, say},
};
use crate::{
    dicom::{Kind, Limits, Reader, Reading, RowId, Status, dictionary, frame::Cancel, value},
    leak::{FileReport, Finding, Inspector, PixelMode, Place, Severity},
    text::{Shown, mask},
};
use std::{
    io::{self, Write},
    path::Path,
    process::ExitCode,
};

/// Characters of a value on one line.
const MOST_VALUE: usize = 64;

pub(super) fn run(file: &Path, show_values: bool, inspector: &Inspector) -> ExitCode {
    let reading = Reader::new(Limits::default()).read(file);
    let name = Shown::path(file);
    match (reading.status, &reading.error) {
        (Status::NotDicom, _) => return fail(format!("{name}: is not a DICOM file")),
        (Status::Error, error) => {
            let why = error.as_ref().map_or_else(|| "cannot be read".to_owned(), ToString::to_string);
            return fail(format!("{name}: {why}"));
        }
        _ => {}
    }
    let judged = file.file_name().map_or(file, Path::new);
    let mut report = inspector.inspect(&reading, file, judged);
    report.see(inspector.pixel_search(PixelMode::Auto).findings(file, &reading, &Cancel::new()));
    let page = Page { reading: &reading, report: &report, show_values };
    let status = if reading.error.is_none() { ExitCode::SUCCESS } else { ExitCode::from(3) };
    let status = print(status, |mut out| page.print(&mut out));
    if let Some(error) = &reading.error {
        say(format!("{name}: read in part: {error}"));
    }
    status
}

/// One file's tag tree, as `dcmdump` prints it, with a severity's letter in front of what leaks and the reason below:
///
/// ```text
///   (0008,0060) CS Modality CT
/// C (0010,0010) PN PatientName S••••^J•••
///     critical name: Names the patient. [attribute.patient_name, PS3.15 Z, HIPAA A]
/// ```
struct Page<'a> {
    reading: &'a Reading,
    report: &'a FileReport,
    show_values: bool,
}

impl Page<'_> {
    fn print(&self, out: &mut impl Write) -> io::Result<()> {
        writeln!(out, "# transfer syntax: {}", Shown::new(self.reading.syntax.name()))?;
        self.outside(Place::Path, "path", out)?;
        self.outside(Place::Preamble, "preamble", out)?;
        let mut findings = self.report.findings.iter().filter(|finding| finding.row.is_some()).peekable();
        for (id, _) in self.reading.rows.iter() {
            let mut here = Vec::new();
            while let Some(finding) = findings.next_if(|finding| finding.row.is_some_and(|row| row <= id)) {
                here.push(finding);
            }
            self.row(id, &here, out)?;
        }
        if let Some(trailer) = &self.reading.trailer {
            writeln!(out, "# {} bytes after the data set", trailer.length)?;
        }
        self.outside(Place::Trailer, "trailer", out)?;
        self.summary(out)
    }

    fn row(&self, id: RowId, findings: &[&Finding], out: &mut impl Write) -> io::Result<()> {
        let rows = &self.reading.rows;
        let Some(row) = rows.get(id) else { return Ok(()) };
        let worst = findings.iter().map(|finding| finding.severity).max();
        let badge = worst.map_or(' ', Severity::letter);
        let indent = "  ".repeat(row.depth.into());
        match rows.number(id) {
            Some(number) => {
                let part = if row.kind == Kind::Item { "item" } else { "fragment" };
                writeln!(out, "{badge} {indent}{part} {number}")?;
            }
            None => {
                let keyword = dictionary::keyword(row.tag).unwrap_or("?");
                let value = self.value(id);
                writeln!(
                    out,
                    "{badge} {indent}({:04X},{:04X}) {} {keyword} {value}",
                    row.tag.0, row.tag.1, row.vr
                )?;
            }
        }
        // Places of one image are listed together.
        let alike = |a: &&Finding, b: &&Finding| a.rule == b.rule && a.region.is_some() && b.region.is_some();
        findings.chunk_by(alike).try_for_each(|alike| self.finding(alike, &indent, out))
    }

    /// What is said of a part of the file that is no element.
    fn outside(&self, place: Place, name: &str, out: &mut impl Write) -> io::Result<()> {
        let here = || {
            self.report.findings.iter().filter(move |finding| finding.place == place && finding.row.is_none())
        };
        let Some(worst) = here().map(|finding| finding.severity).max() else { return Ok(()) };
        writeln!(out, "{} # {name}", worst.letter())?;
        here().try_for_each(|finding| self.finding(&[finding], "", out))
    }

    fn finding(&self, alike: &[&Finding], indent: &str, out: &mut impl Write) -> io::Result<()> {
        let Some(finding) = alike.first() else { return Ok(()) };
        let Finding { severity, class, rule, why, .. } = finding;
        let action = finding.ps315.map(|action| format!(", PS3.15 {action}")).unwrap_or_default();
        let letter = finding.hipaa.map(|letter| format!(", HIPAA {letter}")).unwrap_or_default();
        let why = Shown::new(why);
        writeln!(
            out,
            "{indent}    {severity} {class}: {why} [{rule}{action}{letter}]",
            rule = Shown::new(rule)
        )?;
        let places: Vec<String> = alike.iter().filter_map(|one| self.seen(one)).collect();
        if !places.is_empty() {
            return writeln!(out, "{indent}    {}", places.join("; "));
        }
        // The element's own value stands in the line above.
        let is_whole =
            finding.row.is_some_and(|row| self.reading.rows.display(row) == finding.value.expose().as_str());
        let text = finding.value.expose();
        if is_whole || text.trim().is_empty() {
            return Ok(());
        }
        writeln!(out, "{indent}    “{}”", self.masked(text))
    }

    fn summary(&self, out: &mut impl Write) -> io::Result<()> {
        let counts = self.report.counts();
        let counted: Vec<String> = Severity::ALL
            .into_iter()
            .rev()
            .filter(|&severity| counts.of(severity) > 0)
            .map(|severity| format!("{} {severity}", counts.of(severity)))
            .collect();
        let found = if counted.is_empty() { "none".to_owned() } else { counted.join(", ") };
        let claim =
            if self.report.claims.contradicted { "; the file claims to be cleaner than it is" } else { "" };
        writeln!(out, "# findings: {found}{claim}")
    }

    /// Counts of items and bytes are no values; everything else is masked unless asked for.
    fn value(&self, id: RowId) -> Shown {
        let text = self.reading.rows.display(id);
        let counted = self.reading.rows.get(id).is_none_or(|row| {
            row.kind != Kind::Element || !(value::is_text(row.vr) || value::is_number(row.vr))
        });
        if counted { Shown::short(&text, MOST_VALUE) } else { self.masked(&text) }
    }

    /// A place in an image, and what was read there.
    fn seen(&self, finding: &Finding) -> Option<String> {
        let (region, text) = (finding.region?, finding.value.expose());
        Some(if text.is_empty() {
            region.to_string()
        } else {
            format!("{region} “{}”", self.masked(text))
        })
    }

    fn masked(&self, text: &str) -> Shown {
        if self.show_values { Shown::short(text, MOST_VALUE) } else { Shown::new(&mask(text)) }
    }
}
