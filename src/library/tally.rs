use super::ReviewState;
use crate::{
    dicom::Status,
    leak::{Claims, Counts, Severity},
};

/// What files add up to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// Findings, but those that are acknowledged.
    pub counts: Counts,
    /// Findings that somebody lets stand.
    pub acknowledged: u32,
    /// Files found, read or not.
    pub files: u32,
    /// Files read to their end.
    pub whole: u32,
    /// Files read in part.
    pub partial: u32,
    /// What is not DICOM.
    pub not_dicom: u32,
    /// What could not be read.
    pub unreadable: u32,
    /// Files whose claim to be harmless a finding contradicts.
    pub false_claims: u32,
    /// Files that somebody looked at, wants to come back to, or is done with.
    pub seen: u32,
    pub later: u32,
    pub done: u32,
    /// Files that have marks.
    pub marked: u32,
    /// Files by their worst finding; least first, [`Severity`] for [`Severity`].
    worst: [u32; 5],
}

impl Tally {
    /// Of a file that was found, and as far reviewed.
    pub fn found(review: ReviewState) -> Self {
        Self { files: 1, ..Self::reviewed(review) }
    }

    fn reviewed(review: ReviewState) -> Self {
        let mut tally = Self::default();
        match review {
            ReviewState::New => return tally,
            ReviewState::Seen => tally.seen = 1,
            ReviewState::Later => tally.later = 1,
            ReviewState::Done => tally.done = 1,
        }
        tally
    }

    /// What a report adds to [`Tally::found`].
    pub fn of(status: Status, claims: &Claims, counts: Counts, acknowledged: u32) -> Self {
        let false_claims = claims.contradicted.into();
        let mut tally = Self { counts, acknowledged, false_claims, ..Self::default() };
        *match status {
            Status::Ok => &mut tally.whole,
            Status::Partial => &mut tally.partial,
            Status::NotDicom => &mut tally.not_dicom,
            Status::Error => &mut tally.unreadable,
        } = 1;
        if let Some(worst) = counts.worst() {
            tally.worst[worst as usize] = 1;
        }
        tally
    }

    /// Files that were read, or tried.
    pub fn reported(&self) -> u32 {
        [self.whole, self.partial, self.not_dicom, self.unreadable]
            .iter()
            .fold(0, |a, b| a.saturating_add(*b))
    }

    /// Files whose worst finding is of this severity.
    pub fn files_at(&self, worst: Severity) -> u32 {
        self.worst[worst as usize]
    }

    /// Files without findings at or above `floor`, of those that were read.
    pub fn worst(&self) -> Option<Severity> {
        self.counts.worst()
    }

    pub fn merge(&mut self, other: &Self) {
        self.counts.merge(&other.counts);
        self.each(other, u32::saturating_add);
    }

    /// Takes away what was merged before.
    pub fn remove(&mut self, other: &Self) {
        self.counts.remove(&other.counts);
        self.each(other, u32::saturating_sub);
    }

    fn each(&mut self, other: &Self, join: fn(u32, u32) -> u32) {
        let pairs = [
            (&mut self.files, other.files),
            (&mut self.whole, other.whole),
            (&mut self.partial, other.partial),
            (&mut self.not_dicom, other.not_dicom),
            (&mut self.unreadable, other.unreadable),
            (&mut self.false_claims, other.false_claims),
            (&mut self.acknowledged, other.acknowledged),
            (&mut self.seen, other.seen),
            (&mut self.later, other.later),
            (&mut self.done, other.done),
            (&mut self.marked, other.marked),
        ];
        for (mine, others) in pairs.into_iter().chain(self.worst.iter_mut().zip(other.worst)) {
            *mine = join(*mine, others);
        }
    }
}
