use super::{
    Options,
    group::Group,
    overview::{Overview, Part},
};
use crate::{
    dicom::Status,
    leak::Severity,
    library::Catalog,
    text::{Shown, counted, width},
};
use std::io::{self, Write};

/// Columns of what stands around place and values, and of the longest rule's name that is common.
const AROUND: usize = 26;
const RULE: usize = 34;
/// Columns that place and values take at least.
const LEAST: usize = 20;

/// For people: what all files add up to, what gives most away, then each study's findings, worst first.
///
/// ```text
/// critical  (0010,0010) PatientName          S••••^J•••                    12 files  attribute.patient_name
/// ```
pub(super) fn write(catalog: &Catalog, options: &Options, out: &mut dyn Write) -> io::Result<()> {
    let overview = Overview::of(catalog, options);
    summary(&overview, out)?;
    matrix(&overview, out)?;
    if !overview.top.is_empty() {
        writeln!(out, "\nGives most away")?;
        groups(&overview.top, options, out)?;
    }
    for part in &overview.parts {
        self::part(part, options, out)?;
    }
    listed("False claims to be harmless", overview.false_claims.iter().map(Shown::to_string), out)?;
    for (status, title) in [(Status::Partial, "Read in part"), (Status::Error, "Not read")] {
        let files = overview.unread.iter().filter(|(of, _, _)| *of == status);
        listed(title, files.map(|(_, path, error)| format!("{path}: {error}")), out)?;
    }
    listed("Why", overview.rules.iter().map(|(rule, why)| format!("{rule}: {why}")), out)
}

fn summary(overview: &Overview, out: &mut dyn Write) -> io::Result<()> {
    let tally = &overview.tally;
    writeln!(
        out,
        "{} · {} · {}",
        counted(tally.files as usize, "file"),
        counted(overview.patients, "patient"),
        counted(overview.studies, "study")
    )?;
    writeln!(
        out,
        "{} read, {} in part, {} not DICOM, {} unreadable",
        tally.whole, tally.partial, tally.not_dicom, tally.unreadable
    )?;
    let by_worst = Severity::ALL.into_iter().rev().map(|severity| (severity, tally.files_at(severity)));
    let by_worst: Vec<String> = by_worst.map(|(severity, files)| format!("{files} {severity}")).collect();
    writeln!(out, "files by their worst finding: {}", by_worst.join(", "))?;
    if tally.false_claims > 0 {
        writeln!(out, "{} to be harmless and {} not", claim(tally.false_claims), is(tally.false_claims))?;
    }
    if tally.acknowledged > 0 {
        writeln!(
            out,
            "{} acknowledged, which count nowhere else",
            counted(tally.acknowledged as usize, "finding")
        )?;
    }
    if overview.hidden > 0 {
        writeln!(
            out,
            "{} left out (--min-severity info shows all)",
            counted(overview.hidden as usize, "lesser finding")
        )?;
    }
    Ok(())
}

fn matrix(overview: &Overview, out: &mut dyn Write) -> io::Result<()> {
    if overview.matrix.is_empty() {
        return writeln!(out, "\nNothing was found that gives a patient away.");
    }
    write!(out, "\n{:<12}", "Findings")?;
    for severity in Severity::ALL.into_iter().rev() {
        write!(out, "{severity:>10}")?;
    }
    writeln!(out)?;
    for (facet, counts) in &overview.matrix {
        write!(out, "{facet:<12}")?;
        for count in counts.iter().rev() {
            match count {
                0 => write!(out, "{:>10}", "·")?,
                count => write!(out, "{count:>10}")?,
            }
        }
        writeln!(out)?;
    }
    Ok(())
}

fn part(part: &Part, options: &Options, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "\n{}  {}  {}", part.heading, part.folder, counted(part.files as usize, "file"))?;
    groups(&part.groups, options, out)
}

fn groups(groups: &[Group], options: &Options, out: &mut dyn Write) -> io::Result<()> {
    let widest = |text: fn(&Group) -> String| {
        groups.iter().map(|group| width::columns(&text(group))).max().unwrap_or(0)
    };
    let (mut place, mut values) = (widest(Group::place), widest(Group::values));
    if let Some(columns) = options.columns {
        let room = columns.saturating_sub(AROUND + RULE).max(2 * LEAST);
        place = place.min(room - values.min(room / 2));
        values = values.min(room - place);
    }
    for group in groups {
        let files = counted(group.files as usize, "file");
        let (where_, what) = (cell(&group.place(), place), cell(&group.values(), values));
        writeln!(out, "  {:<8}  {where_}  {what}  {files:>10}  {}", group.severity, group.rule)?;
    }
    Ok(())
}

/// Text cut or filled to its columns.
fn cell(text: &str, columns: usize) -> String {
    let mut text = width::ellipsis(text, columns);
    let used = width::columns(&text);
    text.extend(std::iter::repeat_n(' ', columns.saturating_sub(used)));
    text
}

fn listed(title: &str, lines: impl Iterator<Item = String>, out: &mut dyn Write) -> io::Result<()> {
    for (at, line) in lines.enumerate() {
        if at == 0 {
            writeln!(out, "\n{title}")?;
        }
        writeln!(out, "  {line}")?;
    }
    Ok(())
}

fn claim(files: u32) -> String {
    if files == 1 { "1 file claims".to_owned() } else { format!("{files} files claim") }
}

fn is(files: u32) -> &'static str {
    if files == 1 { "is" } else { "are" }
}
