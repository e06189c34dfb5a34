//! Actions turned into values.

use super::{
    Action, Edit, clean, dummy, encode,
    plan::{Planner, Subject},
};
use crate::{
    dicom::{Coding, Kind, Row, RowId, Tag, Vr},
    standard::ProfileOption,
};

/// Makes the new values of one file.
pub(super) struct Values<'a> {
    pub planner: &'a Planner,
    pub subject: &'a Subject<'a>,
}

impl Values<'_> {
    /// The edit that the action comes to, and the action that it then is; `None` where nothing has to change.
    pub fn edit(&self, id: RowId, row: &Row, action: Action) -> Option<(Action, Edit)> {
        match action {
            Action::Keep => None,
            Action::Remove => Some((action, Edit::Remove)),
            // A value of fragments cannot be made up.
            _ if row.kind == Kind::Encapsulated => Some((Action::Remove, Edit::Remove)),
            Action::Empty => Some((action, Edit::Value(self.stand_in(row).unwrap_or_default()))),
            Action::Dummy if row.kind == Kind::Sequence => {
                let items = dummy::items(&self.subject.reading.rows, id, self.coding_inside(row));
                Some((action, Edit::Value(items)))
            }
            Action::Dummy => {
                let value = self.stand_in(row);
                let value = value.unwrap_or_else(|| dummy::value(&self.subject.reading.rows, id));
                Some((action, Edit::Value(value)))
            }
            Action::Clean => self.clean(id, row),
            Action::Uid => self.uids(id, row),
        }
    }

    /// Whether cleaning can leave anything.
    pub fn can_clean(&self, row: &Row) -> bool {
        let modified = self.planner.profile.has(ProfileOption::ModifiedDates);
        match dummy::effective_vr(row.tag, row.vr) {
            _ if row.kind == Kind::Sequence => true,
            _ if row.kind != Kind::Element => false,
            Vr::DA | Vr::DT | Vr::TM => modified,
            Vr::LO | Vr::SH | Vr::ST | Vr::LT | Vr::UT | Vr::UC | Vr::CS => true,
            _ => false,
        }
    }

    /// How the patient is called and numbered now.
    fn stand_in(&self, row: &Row) -> Option<Vec<u8>> {
        let patient = matches!(row.tag, Tag(0x0010, 0x0010 | 0x0020)) && row.kind == Kind::Element;
        patient.then(|| self.subject.patient.clone().into_bytes())
    }

    fn clean(&self, id: RowId, row: &Row) -> Option<(Action, Edit)> {
        let rows = &self.subject.reading.rows;
        let vr = dummy::effective_vr(row.tag, row.vr);
        match vr {
            Vr::TM if self.planner.profile.has(ProfileOption::ModifiedDates) => None,
            Vr::DA | Vr::DT => {
                let shifted =
                    rows.text(id).split('\\').map(|date| self.shifted(vr, date)).collect::<Option<Vec<_>>>();
                // What is no date may be anything.
                let value = shifted.map(|dates| dates.join("\\"));
                let value = value.map_or_else(|| dummy::value(rows, id), String::into_bytes);
                Some((Action::Clean, Edit::Value(encode::padded(vr, value))))
            }
            Vr::LO | Vr::SH | Vr::ST | Vr::LT | Vr::UT | Vr::UC | Vr::CS => self.clean_text(id, row, vr),
            _ => Some((Action::Dummy, Edit::Value(dummy::value(rows, id)))),
        }
    }

    fn shifted(&self, vr: Vr, date: &str) -> Option<String> {
        let date = date.trim_matches([' ', '\0']);
        let well_formed = vr == Vr::DT || matches!(date.len(), 0 | 8 | 10);
        if date.is_empty() {
            return Some(String::new());
        }
        self.subject.shift.date(date).filter(|_| well_formed)
    }

    fn clean_text(&self, id: RowId, row: &Row, vr: Vr) -> Option<(Action, Edit)> {
        let rows = &self.subject.reading.rows;
        let many = !matches!(vr, Vr::LT | Vr::ST | Vr::UT);
        let text = if row.vr == Vr::UN { decoded(rows.bytes(id)) } else { rows.text(id).into_owned() };
        // The beginning of a long text would be kept as if it were all of it.
        let clean = if row.is_whole() { clean::clean(&text, many) } else { String::new() };
        if clean == text && row.is_whole() {
            return None;
        }
        let value = if clean.is_empty() { dummy::TEXT.to_vec() } else { clean.into_bytes() };
        Some((Action::Clean, Edit::Value(encode::padded(vr, value))))
    }

    fn uids(&self, id: RowId, row: &Row) -> Option<(Action, Edit)> {
        let text = decoded(self.subject.reading.rows.bytes(id));
        let uids: Vec<String> = text.split('\\').map(|uid| self.planner.pseudonyms.uid(uid)).collect();
        let uids = encode::padded(Vr::UI, uids.join("\\").into_bytes());
        let fits = row.is_whole() && uids.len() < usize::from(u16::MAX);
        Some(if fits { (Action::Uid, Edit::Value(uids)) } else { (Action::Remove, Edit::Remove) })
    }

    fn coding_inside(&self, row: &Row) -> Coding {
        let own = self.subject.reading.syntax.coding;
        if !row.explicit || row.vr == Vr::UN {
            if own.explicit { Coding::IMPLICIT } else { own }
        } else {
            own
        }
    }
}

/// Bytes as the text that they are most likely meant to be.
fn decoded(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).trim_end_matches(['\0', ' ']).to_owned()
}
