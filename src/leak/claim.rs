//! What a file says of its own harmlessness, against what was found in it.

use super::{
    Class, FileReport, Finding, Place, Severity, Site,
    cross::{Atoms, Kind, Located, Spot},
    pixels, rule, settle,
};
use crate::dicom::{Location, Tag, Vr};
use std::cmp::Reverse;

/// The claims, in the order of [`super::Claims::rows`].
pub(super) const CLAIMS: [Tag; 3] = [Tag(0x0012, 0x0062), Tag(0x0028, 0x0301), Tag(0x0028, 0x0303)];
const RULES: [&str; 3] = ["claim.identity_removed", "claim.burned_in", "claim.dates_removed"];
const VALUES: [&str; 3] = ["YES", "NO", "REMOVED"];
/// How sure a finding has to be, in per cent, to prove a claim false. What may be chance, a given name alone, a stem, a
/// name without its vowels, a day without its century, is on the list and accuses nobody.
const LEAST_SURE: u8 = 70;

/// Lines of an image that are left for other files, and words of one.
const MOST_SPOTS: usize = 64;
const MOST_ATOMS: usize = 256;

impl FileReport {
    /// Adds what other files told of this one: puts it in its place, drops what is known already, and looks again at
    /// what the file claims.
    pub fn join(&mut self, found: Vec<Finding>) {
        let own = std::mem::take(&mut self.findings);
        self.findings = settle::settle(own, found);
        self.judge_claims();
    }

    /// Adds what was seen in its pixels, and looks again at what the file claims.
    pub fn see(&mut self, found: Vec<Finding>) {
        if found.is_empty() {
            return;
        }
        self.evidence.spots.extend(found.iter().filter_map(|text| spot(text, &found)).take(MOST_SPOTS));
        self.findings.extend(found);
        self.findings = settle::settle(std::mem::take(&mut self.findings), Vec::new());
        self.judge_claims();
    }

    /// Looks again at what the file claims, after findings were added: settles [`super::Claims::contradicted`] and the
    /// findings of the claims themselves (rules `claim.…`). May be called any number of times.
    ///
    /// What is less than 70 % sure contradicts nothing.
    ///
    /// - (0012,0062) `YES` is contradicted by findings of `high` and above, and by those of `medium` that name the
    ///   patient, their numbers or how to reach them. Dates, opaque containers, drawings and text of
    ///   which nothing was recognised prove nothing of identity.
    /// - (0028,0301) `NO` is contradicted by text seen in pixels, of `medium` and above.
    /// - (0028,0303) `REMOVED` is contradicted by dates of `medium` and above.
    pub fn judge_claims(&mut self) {
        self.findings.retain(|finding| !RULES.contains(&finding.rule.as_ref()));
        let claimed = [
            self.claims.identity_removed == Some(true),
            self.claims.burned_in == Some(false),
            self.claims.dates_removed,
        ];
        let contradict: [fn(&Finding) -> bool; 3] =
            [contradicts_identity, contradicts_burned_in, contradicts_dates];
        self.claims.contradicted = false;
        for (at, contradicts) in contradict.into_iter().enumerate().filter(|&(at, _)| claimed[at]) {
            let proof = worst(&self.findings, contradicts);
            if let Some(finding) = proof.and_then(|proof| self.claim(at, proof)) {
                self.claims.contradicted = true;
                settle::insert(&mut self.findings, finding);
            }
        }
    }

    /// The finding of a claim that is false, as sure as what proves it.
    fn claim(&self, at: usize, proof: &Finding) -> Option<Finding> {
        let rule = rule::find(RULES.get(at)?)?;
        // Of identity, the claim is as false as the worst that was found; the others have a class of their own.
        let class = if at == 0 { proof.class } else { rule.class };
        let site = Site {
            place: Place::DataSet,
            at: Location::top(*CLAIMS.get(at)?),
            row: self.claims.rows.get(at).copied().flatten(),
            vr: Some(Vr::CS),
        };
        let value = VALUES.get(at)?;
        let severity = proof.severity;
        Some(Finding { class, facet: class.facet(), severity, ..rule.finding(site, proof.confidence, value) })
    }
}

/// What was read in the image, for what other files say of the patient.
fn spot(text: &Finding, all: &[Finding]) -> Option<Located> {
    let value = text.value.expose();
    if text.class != Class::ImageText || value.is_empty() {
        return None;
    }
    let atoms = Atoms::of(&pixels::spellings(value)).only(MOST_ATOMS, |_| true);
    let here = all.iter().filter(|other| other.region == text.region);
    let explained =
        here.flat_map(|other| Kind::ALL.into_iter().filter(|kind| kind.class() == other.class)).collect();
    let (place, at, vr, region) = (text.place, text.at.clone(), text.vr, text.region);
    let spot = Spot { place, at, vr, carrier: "text in the image", explained, atoms, region };
    spot.atoms.is_telling().then(|| Located { row: text.row.and_then(|row| u32::try_from(row).ok()), spot })
}

/// The worst finding that contradicts and is sure enough; of equals, of the class that says most, then the surest.
fn worst(findings: &[Finding], contradicts: fn(&Finding) -> bool) -> Option<&Finding> {
    let found = findings.iter().filter(|found| found.confidence >= LEAST_SURE && contradicts(found));
    found.min_by_key(|found| (Reverse(found.severity), found.class, Reverse(found.confidence)))
}

impl Finding {
    /// Whether it is of something by which the patient is known, so that identity was not removed where it stays.
    pub fn says_who(&self) -> bool {
        contradicts_identity(self)
    }
}

fn contradicts_identity(finding: &Finding) -> bool {
    use Class::*;
    match finding.class {
        Date | Payload | Private | FreeText | Uid => false,
        ImageText if ["graphics.", "claim.", "pixels."].iter().any(|room| finding.rule.starts_with(room)) => {
            false
        }
        Name | RelativeName | PatientId | OtherId | BirthDate | Address | Phone | Email | Insurance
        | Account => finding.severity >= Severity::Medium,
        _ => finding.severity >= Severity::High,
    }
}

fn contradicts_burned_in(finding: &Finding) -> bool {
    finding.place == Place::Pixels && finding.region.is_some() && finding.severity >= Severity::Medium
}

fn contradicts_dates(finding: &Finding) -> bool {
    matches!(finding.class, Class::Date | Class::BirthDate) && finding.severity >= Severity::Medium
}
