//! Encapsulated documents, and documents in blobs.

use super::gather::Gather;

pub(super) fn pdf(_bytes: &[u8], _gather: &mut Gather<'_, '_>) -> Option<usize> {
    None
}
