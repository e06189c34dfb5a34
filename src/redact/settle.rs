//! What the profile leaves and was found to give away.

use super::{
    Action, Edit, Keeper, Plan,
    plan::{Planner, Problem, Stay, Subject, Why},
    stream,
    value::Values,
};
use crate::{
    dicom::{Kind, Reading, RowId, Vr},
    leak::{Finding, Place, Severity},
    standard::ProfileOption,
};
use std::{collections::BTreeMap, path::Path};

/// Stands in place of a rule where a compressed image cannot be followed to its end.
const UNREAD_STREAM: &str = "pixels.stream";

pub(super) struct Settler<'a> {
    pub planner: &'a Planner,
    pub subject: &'a Subject<'a>,
    /// The file, where it can be read again.
    pub path: Option<&'a Path>,
    /// Rows that something keeps.
    pub kept: &'a BTreeMap<RowId, Keeper>,
}

impl Settler<'_> {
    /// Takes out what `findings` of medium severity and above are of, and whatever UIDs hold besides.
    pub fn run(&self, findings: &[Finding], plan: &mut Plan) {
        self.cut_surplus(plan);
        self.blank_comments(plan);
        for finding in findings {
            let Some(row) = finding.row.filter(|_| counts(finding)) else { continue };
            if is_of_pixels(finding) && self.planner.allow_burned_in {
                continue;
            }
            if plan.covers(self.subject.reading, row) {
                continue;
            }
            match self.kept.get(&row) {
                Some(&by) if by == Keeper::Marked || is_of_attribute(finding) => {
                    let (at, rule) = (finding.at.clone(), finding.rule.to_string());
                    let identifies = finding.says_who();
                    plan.stays.push(Stay { row, at, by, rule, identifies });
                }
                _ => self.take_out(row, finding, plan),
            }
        }
    }

    /// Native pixel data hold nothing beyond their pixels.
    fn cut_surplus(&self, plan: &mut Plan) {
        let reading = self.subject.reading;
        let pixels = reading.pixel_data().and_then(|id| Some((id, reading.rows.get(id)?)));
        let (Some((id, row)), Some(size)) = (pixels, reading.native_pixel_bytes()) else { return };
        let size = u32::try_from(size.next_multiple_of(2)).unwrap_or(u32::MAX);
        if row.kind == Kind::Element && row.length > size && size > 0 && plan.edits.get(id).is_none() {
            plan.act(id, Action::Clean, Why::Surplus, Edit::Cut(size));
        }
    }

    fn take_out(&self, id: RowId, finding: &Finding, plan: &mut Plan) {
        let reading = self.subject.reading;
        let Some(row) = reading.rows.get(id) else { return };
        if row.tag.0 == 0x7fe0 {
            // Comments and what is beyond the pixels are gone already.
            let done = plan.edits.get(id).is_some()
                || reading.rows.children(Some(id)).any(|(id, _)| plan.edits.get(id).is_some());
            if !done {
                problem(finding, plan);
            }
            return;
        }
        if is_needed(row.tag.0) || finding.region.is_some() {
            return problem(finding, plan);
        }
        let values = Values { planner: self.planner, subject: self.subject };
        let action = match row.vr {
            _ if row.kind != Kind::Element || row.is_private() => Action::Remove,
            Vr::DA | Vr::DT if self.planner.profile.has(ProfileOption::ModifiedDates) => Action::Clean,
            vr => usual_for(vr),
        };
        // A text of harmless words in which something was found after all goes as a whole.
        let (action, edit) = values.edit(id, row, action).unwrap_or((Action::Remove, Edit::Remove));
        plan.act(id, action, Why::Found, edit);
    }

    /// Comments of compressed images say nothing that a viewer shows.
    fn blank_comments(&self, plan: &mut Plan) {
        let reading = self.subject.reading;
        let rows = &reading.rows;
        let pixels = rows.iter().filter(|(_, row)| row.tag.0 == 0x7fe0 && row.kind == Kind::Encapsulated);
        for (id, _) in pixels.filter(|&(id, _)| !plan.covers(reading, id)).collect::<Vec<_>>() {
            match stream::blanked(self.path, reading, id) {
                Ok(Some(all)) => {
                    for (fragment, patches) in all {
                        plan.act(fragment, Action::Clean, Why::Surplus, Edit::Patch(patches));
                    }
                }
                // Nobody looked at all of it.
                Ok(None) | Err(_) => {
                    let at = rows.location(id);
                    plan.problems.push(Problem { at, rule: UNREAD_STREAM.to_owned() });
                }
            }
        }
    }
}

/// What is usually done with a value of that kind, where no table says so.
pub(super) fn usual_for(vr: Vr) -> Action {
    match vr {
        Vr::UI => Action::Uid,
        Vr::PN | Vr::DA | Vr::DT | Vr::TM | Vr::AS | Vr::AE | Vr::UR => Action::Empty,
        Vr::LO | Vr::SH | Vr::ST | Vr::LT | Vr::UT | Vr::UC | Vr::CS => Action::Clean,
        _ => Action::Remove,
    }
}

/// Notes what gives away and is not marked, where marks alone are followed.
pub(super) fn leave(reading: &Reading, findings: &[Finding], plan: &mut Plan) {
    for finding in findings.iter().filter(|finding| counts(finding)) {
        let Some(row) = finding.row.filter(|&row| !plan.covers(reading, row)) else { continue };
        if matches!(plan.edits.get(row), Some(Edit::Fill(_))) {
            continue;
        }
        let (at, rule) = (finding.at.clone(), finding.rule.to_string());
        plan.stays.push(Stay { row, at, by: Keeper::Unmarked, rule, identifies: finding.says_who() });
    }
}

/// Whether the finding asks for something: what claims say of findings goes with the findings.
fn counts(finding: &Finding) -> bool {
    let uid = finding.rule.starts_with("uid.");
    let claim = finding.rule.starts_with("claim.") && !is_stated(&finding.rule);
    let elsewhere = finding.rule.starts_with("container.") || finding.place == Place::Meta;
    (finding.severity >= Severity::Medium || uid) && !claim && !elsewhere
}

/// Whether the finding is of what can be seen in the image itself, which the user may let out.
pub(super) fn is_of_pixels(finding: &Finding) -> bool {
    finding.region.is_some() && finding.place == Place::Pixels || is_stated(&finding.rule)
}

/// Whether the rule is of what the file says itself of its pixels, and not of other findings.
pub(super) fn is_stated(rule: &str) -> bool {
    matches!(rule, "claim.burned_in_stated" | "claim.recognizable_stated")
}

/// Whether the finding says what the attribute is, and not what else stands in it.
pub(super) fn is_of_attribute(finding: &Finding) -> bool {
    ["attribute.", "private.", "vr.", "uid."].iter().any(|room| finding.rule.starts_with(room))
}

/// Groups without which there is no image.
pub(super) fn is_needed(group: u16) -> bool {
    matches!(group, 0x0028 | 0x5200)
}

fn problem(finding: &Finding, plan: &mut Plan) {
    plan.problems.push(Problem { at: finding.at.clone(), rule: finding.rule.to_string() });
}
