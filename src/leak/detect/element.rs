use crate::{
    dicom::{Kind, Location, Row, RowId, Rows, Tag, Vr, dictionary, value},
    leak::{Class, Finding, Place, Severity, rule::Rule},
};
use std::borrow::Cow;

/// Siblings looked at for the meaning of an element: real items have few, and a hostile one shall not make the whole
/// quadratic.
const MOST_SIBLINGS: usize = 64;

/// One row under judgement.
#[derive(Debug, Clone, Copy)]
pub(super) struct Element<'a> {
    pub rows: &'a Rows,
    pub id: RowId,
    pub row: &'a Row,
}

impl<'a> Element<'a> {
    pub fn at(rows: &'a Rows, id: RowId) -> Option<Self> {
        Some(Self { rows, id, row: rows.get(id)? })
    }

    /// The value as text, without padding; empty where it is none.
    pub fn text(&self) -> Cow<'a, str> {
        match self.row.vr {
            vr if value::is_text(vr) => self.rows.text(self.id),
            _ if self.is_text() => self.decoded(),
            _ => Cow::Borrowed(""),
        }
    }

    /// Whether the value is text by its VR, or, where the VR was lost or is wrong, by the dictionary.
    pub fn is_text(&self) -> bool {
        match self.row.vr {
            Vr::UN | Vr::OB => dictionary::vr(self.row.tag).is_some_and(value::is_text),
            vr => value::is_text(vr),
        }
    }

    /// The bytes in the character set in force, whatever the VR.
    pub fn decoded(&self) -> Cow<'a, str> {
        let bytes = self.bytes();
        let end = bytes.iter().rposition(|byte| !matches!(byte, 0 | b' ')).map_or(0, |at| at + 1);
        self.rows.charset(self.id).decode(&bytes[..end])
    }

    pub fn bytes(&self) -> &'a [u8] {
        self.rows.bytes(self.id)
    }

    /// The sequence that holds the element's item.
    pub fn sequence(&self) -> Option<Element<'a>> {
        let item = self.rows.parent(self.id)?;
        Self::at(self.rows, self.rows.parent(item)?)
    }

    /// An element of the same item or data set.
    pub fn sibling(&self, tag: Tag) -> Option<Element<'a>> {
        let mut near = self.rows.children(self.rows.parent(self.id)).take(MOST_SIBLINGS);
        let (id, row) = near.find(|(_, row)| row.tag == tag)?;
        Some(Self { rows: self.rows, id, row })
    }

    /// An element of the first item of this sequence.
    pub fn inside(&self, tag: Tag) -> Option<Element<'a>> {
        let (item, _) = self.rows.children(Some(self.id)).next()?;
        let mut near = self.rows.children(Some(item)).take(MOST_SIBLINGS);
        let (id, row) = near.find(|(_, row)| row.tag == tag)?;
        Some(Self { rows: self.rows, id, row })
    }

    /// Whether the value is nothing but zero bytes and blanks.
    pub fn is_blank(&self) -> bool {
        self.bytes().iter().all(|&byte| matches!(byte, 0 | b' '))
    }

    /// A finding of the whole value by a rule of `assets/rules/`.
    pub fn finding_of(&self, rule: &'static Rule) -> Finding {
        self.finding(What {
            class: rule.class,
            severity: rule.severity,
            rule: rule.name,
            why: Cow::Borrowed(rule.why),
            hipaa: rule.hipaa,
            ps315: None,
        })
    }

    /// A finding of the whole value.
    pub fn finding(&self, what: What) -> Finding {
        let at = self.rows.location(self.id);
        let place = place(&at, self.row.kind);
        let text = if self.is_text() { self.text() } else { self.rows.display(self.id) };
        Finding {
            place,
            at,
            row: Some(self.id),
            vr: Some(self.row.vr),
            class: what.class,
            facet: what.class.facet(),
            severity: what.severity,
            confidence: 95,
            rule: Cow::Borrowed(what.rule),
            why: what.why,
            ps315: what.ps315,
            hipaa: what.hipaa,
            value: Finding::shortened(&text),
            region: None,
        }
    }
}

/// What is said of a finding, apart from where it is.
#[derive(Debug)]
pub(super) struct What {
    pub class: Class,
    pub severity: Severity,
    pub rule: &'static str,
    pub why: Cow<'static, str>,
    pub hipaa: Option<char>,
    pub ps315: Option<&'static str>,
}

/// The part of the file that a location is in.
fn place(at: &Location, kind: Kind) -> Place {
    match at.0.as_slice() {
        [only] if only.tag.0 == 0x0002 => Place::Meta,
        steps if steps.iter().any(|step| step.tag == Tag(0x0088, 0x0200)) => Place::Icon,
        [.., last] if is_overlay_data(last.tag) => Place::Overlay,
        [.., last] if last.tag == Tag(0x0042, 0x0011) && kind != Kind::Item => Place::Encapsulated,
        _ => Place::DataSet,
    }
}

fn is_overlay_data(tag: Tag) -> bool {
    matches!(tag, Tag(0x6000..=0x60ff, 0x3000)) && tag.0.is_multiple_of(2)
}
