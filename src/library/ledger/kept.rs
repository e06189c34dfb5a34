use super::{Shape, Values, detail::Detail};
use crate::{
    dicom::RowId,
    leak::{Finding, Region},
    text::{Sensitive, mask},
};

/// Tells different values apart, without saying anything of them. Good for one run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ValueKey(pub u64);

/// A finding out of the ledger.
#[derive(Debug, Clone, Copy)]
pub struct Kept<'a> {
    pub shape: &'a Shape,
    pub key: ValueKey,
    pub row: Option<RowId>,
    pub region: Option<Region>,
    /// Why somebody lets it stand.
    pub acknowledged: Option<&'a str>,
    text: &'a str,
    values: Values,
}

impl<'a> Kept<'a> {
    pub(super) fn new(shape: &'a Shape, text: &'a str, detail: Detail, values: Values) -> Self {
        Self {
            shape,
            key: ValueKey(detail.digest),
            row: detail.row.map(|row| row as RowId),
            region: detail.region,
            acknowledged: None,
            text,
            values,
        }
    }

    /// The value's mask.
    pub fn mask(&self) -> String {
        match self.values {
            Values::Masked => self.text.to_owned(),
            Values::Whole => mask(self.text),
        }
    }

    /// The value, where the ledger holds values.
    pub fn value(&self) -> Option<Sensitive<&'a str>> {
        (self.values == Values::Whole).then(|| Sensitive::new(self.text))
    }

    /// As a finding, whose value is the value, or the mask where the ledger holds masks.
    pub fn to_finding(&self) -> Finding {
        Finding {
            place: self.shape.place,
            at: self.shape.at.clone(),
            row: self.row,
            vr: self.shape.vr,
            class: self.shape.class,
            facet: self.shape.facet,
            severity: self.shape.severity,
            confidence: self.shape.confidence,
            rule: self.shape.rule.clone(),
            why: self.shape.why.clone(),
            ps315: self.shape.ps315,
            hipaa: self.shape.hipaa,
            value: Sensitive::new(self.text.to_owned()),
            region: self.region,
        }
    }
}
