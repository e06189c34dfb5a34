use std::time::Duration;

/// What one file may cost. A file that asks for more is read in part, and the error says which limit it met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Nesting of sequences and items.
    pub depth: u16,
    /// Elements, items and fragments.
    pub rows: usize,
    /// Bytes kept of one text value.
    pub text_bytes: u32,
    /// Bytes kept of one binary value (`OB`, `OW`, `UN`).
    pub blob_bytes: u32,
    /// Bytes kept of one array of numbers, and of a fragment's beginning.
    pub head_bytes: u32,
    /// Bytes kept of an encapsulated document.
    pub document_bytes: u32,
    /// Bytes that a JPEG fragment's header may take beyond `head_bytes`, to be kept whole.
    pub header_bytes: u32,
    /// Bytes kept of the end of a fragment, of an array of numbers, and of what pixel data hold beyond their pixels.
    pub tail_bytes: u32,
    /// Bytes kept of the end of a long text or binary value.
    pub blob_tail_bytes: u32,
    /// Bytes kept of all values together; past it only heads are kept.
    pub arena_bytes: usize,
    /// Bytes kept of what follows the data set.
    pub trailer_bytes: u32,
    /// Bytes that a deflated data set may inflate to.
    pub inflated_bytes: u64,
    /// Time for one file.
    pub time: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            depth: 256,
            rows: 1_000_000,
            text_bytes: 256 << 10,
            blob_bytes: 1 << 20,
            head_bytes: 4 << 10,
            document_bytes: 8 << 20,
            header_bytes: 128 << 10,
            tail_bytes: 1 << 10,
            blob_tail_bytes: 64 << 10,
            arena_bytes: 24 << 20,
            trailer_bytes: 1 << 20,
            inflated_bytes: 1 << 30,
            time: Duration::from_secs(20),
        }
    }
}
