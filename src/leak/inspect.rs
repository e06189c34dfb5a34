use super::{
    Claims, Class, Facts, FileReport, Finding, Passage, PixelMode, PixelSearch, Severity, SiteRules, Subject,
    carrier,
    claim::CLAIMS,
    content::{self, Hit},
    cross, detect, is_placeholder,
    memo::Memo,
    rule::{self, Rule},
    settle::settle,
};
use crate::{
    burnin,
    dicom::{Reading, Row, Tag, Vr},
    standard::safe_private,
    text::Sensitive,
};
use std::{borrow::Cow, cell::RefCell, path::Path, rc::Rc};

/// Findings of one file at most before they are put together.
const MOST_SAID: usize = 50_000;
/// How sure, in per cent, something is that counts in what names the owner of private elements.
const SURE_OF_CREATOR: u8 = 80;

/// Runs the detectors. One serves all files and lanes.
#[derive(Debug, Default)]
pub struct Inspector {
    site: SiteRules,
    reader: burnin::TextReader,
}

impl Inspector {
    /// By the program's own rules alone.
    pub fn new() -> Self {
        Self::default()
    }

    /// By what a site adds to them, too.
    pub fn with(site: SiteRules) -> Self {
        Self { site, ..Self::default() }
    }

    /// The same, with text in pixels found and read by `reader`.
    pub fn reading_by(self, reader: burnin::TextReader) -> Self {
        Self { reader, ..self }
    }

    /// Looks at the pixels of the same files.
    pub fn pixel_search(&self, mode: PixelMode) -> PixelSearch {
        PixelSearch::by(mode, self.reader.clone())
    }

    /// What `reading` gives away, found at `path`, of which `name` is the part that is judged (see [`Subject`]).
    /// Takes time linear in the bytes that the reading holds.
    pub fn inspect(&self, reading: &Reading, path: &Path, name: &Path) -> FileReport {
        let subject = Subject { reading, name };
        let mut passages = Vec::new();
        detect::passages(&subject, &mut passages);
        carrier::passages(&subject, &mut passages);
        // What elements are, then what their texts say; `cross` sees both.
        let mut findings = Vec::new();
        let understood = |row| carrier::document::is_understood(&subject, row);
        detect::all(&subject, &understood, &mut findings);
        let own = findings.len();
        for passage in &passages {
            let row = passage.row.and_then(|row| reading.rows.get(row));
            let Some(least) = least_said(row, &passage.text) else { continue };
            let is_creator = row.is_some_and(Row::is_private_creator);
            for (hit, rule) in said_in(&passage.text).iter() {
                // Makers are called as people are.
                let sure = !is_creator || hit.confidence >= SURE_OF_CREATOR;
                if sure && rule.severity >= least && findings.len() < MOST_SAID {
                    findings.extend(said(&subject, passage, hit, rule));
                }
            }
        }
        let rows = &reading.rows;
        let room = MOST_SAID.saturating_sub(findings.len());
        findings.extend(passages.iter().flat_map(|passage| self.site.said(passage, rows)).take(room));
        let evidence = cross::search(&subject, &passages, &mut findings);
        let said = findings.split_off(own);
        let mut report = FileReport {
            path: path.to_owned(),
            size: reading.size,
            stamp: reading.stamp,
            status: reading.status,
            error: reading.error.clone(),
            facts: facts(reading),
            claims: claims(reading),
            findings: settle(findings, said),
            evidence,
        };
        self.site.apply(&mut report.findings);
        report.judge_claims();
        report
    }
}

/// The least severity that counts of what a text is found to say; `None` where nothing does. Names and addresses in
/// texts that name programs and their makers are theirs: how the file was de-identified, who owns a private block.
fn least_said(row: Option<&Row>, text: &str) -> Option<Severity> {
    match row {
        Some(row) if row.tag == Tag(0x0012, 0x0063) => Some(Severity::Critical),
        Some(row) if row.is_private_creator() && safe_private(text).is_some() => None,
        // `detect::uid` knows what numbers UIDs are made of.
        Some(row) if row.vr == Vr::UI && text.bytes().all(is_of_uid) => None,
        _ => Some(Severity::Info),
    }
}

/// PS3.5 section 9.1, and what separates several.
fn is_of_uid(byte: u8) -> bool {
    matches!(byte, b'0'..=b'9' | b'.' | b'\\')
}

/// What a text says.
pub(super) type Said = Rc<[(Hit, &'static Rule)]>;

thread_local! {
    static SAID: RefCell<Memo<(), Said>> = RefCell::default();
}

/// The worst that a text says of each class.
pub(super) fn said_in(text: &str) -> Said {
    Memo::recall(&SAID, (), text, || worst_of_each(text, content::scan(text)).into())
}

/// Of each class, dummies aside, the worst hit, the surest of these, the first of these: one text tells a thing once.
fn worst_of_each(text: &str, hits: Vec<Hit>) -> Vec<(Hit, &'static Rule)> {
    let mut worst: Vec<(Hit, &'static Rule)> = Vec::new();
    for hit in hits {
        let Some(rule) = rule::find(hit.rule) else { continue };
        if !text.get(hit.span.clone()).is_some_and(|value| says(value, rule.class)) {
            continue;
        }
        match worst.iter_mut().find(|(_, known)| known.class == rule.class) {
            Some((known, of)) if (of.severity, known.confidence) < (rule.severity, hit.confidence) => {
                (*known, *of) = (hit, rule);
            }
            Some(_) => {}
            None => worst.push((hit, rule)),
        }
    }
    worst
}

/// Whether what a text says is more than a dummy: `Patient: removed`, `Subject ID SUBJ-001`.
fn says(value: &str, class: Class) -> bool {
    // Who is called by what they do has no name: `Physician^Referring`.
    let is_role = || class == Class::Name && is_placeholder(value, Class::StaffName);
    !is_placeholder(value, class) && !is_role()
}

/// The finding of something that a passage says.
fn said(subject: &Subject<'_>, passage: &Passage<'_>, hit: &Hit, rule: &'static Rule) -> Option<Finding> {
    let text = passage.text.get(hit.span.clone())?;
    Some(rule.finding(passage.site(&subject.reading.rows), hit.confidence, text))
}

fn facts(reading: &Reading) -> Facts {
    let text = |group, element| reading.text(Tag(group, element)).into_owned();
    let private = |group, element| Sensitive::new(text(group, element));
    Facts {
        sop_class: match text(0x0008, 0x0016) {
            // A DICOMDIR has none.
            none if none.is_empty() => text(0x0002, 0x0002),
            stated => stated,
        },
        transfer_syntax: reading.syntax.uid.clone().unwrap_or_default(),
        modality: text(0x0008, 0x0060),
        patient_name: private(0x0010, 0x0010),
        patient_id: private(0x0010, 0x0020),
        study: private(0x0020, 0x000d),
        series: private(0x0020, 0x000e),
        study_date: private(0x0008, 0x0020),
        study_description: private(0x0008, 0x1030),
        series_description: private(0x0008, 0x103e),
        series_number: private(0x0020, 0x0011),
        instance_number: private(0x0020, 0x0013),
    }
}

fn claims(reading: &Reading) -> Claims {
    let rows = CLAIMS.map(|tag| reading.rows.find(tag));
    let [identity, burned_in, dates] =
        rows.map(|row| row.map_or(Cow::Borrowed(""), |row| reading.rows.text(row)));
    let yes_no = |text: &str| match text.trim() {
        "YES" => Some(true),
        "NO" => Some(false),
        _ => None,
    };
    Claims {
        identity_removed: yes_no(&identity),
        burned_in: yes_no(&burned_in),
        dates_removed: dates.trim() == "REMOVED",
        contradicted: false,
        rows,
    }
}
