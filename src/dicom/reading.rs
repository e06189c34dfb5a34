use super::{Kind, ReadError, RowId, Rows, Stamp, Tag, TransferSyntax, share};
use std::borrow::Cow;

/// How far a file could be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// To its end.
    Ok,
    /// Not to its end, or only by repair: what could be read is there, with the error.
    Partial,
    /// Not a DICOM file; only its first bytes were read.
    NotDicom,
    /// Nothing could be read.
    Error,
}

impl Status {
    /// The name in machine output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Partial => "partial",
            Self::NotDicom => "not_dicom",
            Self::Error => "error",
        }
    }
}

/// The 128 bytes in front of the "DICM" prefix: PS3.10 section 7.1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Preamble {
    /// The file begins with the meta information or the data set.
    Missing,
    /// All zero, as the standard asks of applications that do not use it.
    Zero,
    Bytes(Box<[u8; 128]>),
}

/// Bytes after the last element that could be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trailer {
    pub offset: u64,
    /// How many there are; more than `bytes` where a limit was met.
    pub length: u64,
    /// The first of them.
    pub bytes: Vec<u8>,
}

/// What was read of a file.
#[derive(Debug)]
pub struct Reading {
    pub status: Status,
    /// The first thing that was wrong.
    pub error: Option<ReadError>,
    pub preamble: Preamble,
    pub syntax: TransferSyntax,
    pub rows: Rows,
    pub trailer: Option<Trailer>,
    /// Bytes of the file when it was opened.
    pub size: u64,
    /// Of the file when it was opened; of bytes in memory all the same.
    pub stamp: Stamp,
}

impl Reading {
    /// Of a file that was not read, and why.
    pub fn unread(status: Status, error: ReadError) -> Self {
        Self::failed(status, Some(error), 0)
    }

    pub(super) fn failed(status: Status, error: Option<ReadError>, size: u64) -> Self {
        Self {
            status,
            error,
            preamble: Preamble::Missing,
            syntax: TransferSyntax::stated(None),
            rows: Rows::default(),
            trailer: None,
            size,
            stamp: Stamp::default(),
        }
    }

    /// The text of a top-level element, without padding; empty where there is none.
    pub fn text(&self, tag: Tag) -> Cow<'_, str> {
        self.rows.find(tag).map_or(Cow::Borrowed(""), |id| self.rows.text(id))
    }

    /// The byte of the file at which the data set begins, deflated where it is: the first after the meta information.
    pub fn data_set_offset(&self) -> u64 {
        let last = self.rows.data_set().checked_sub(1).and_then(|last| self.rows.get(last));
        let prefix = if self.preamble == Preamble::Missing { 0 } else { 132 };
        last.map_or(prefix, |row| row.offset + u64::from(row.length))
    }

    /// The row of the pixel data: native, float or double float.
    pub fn pixel_data(&self) -> Option<RowId> {
        self.rows
            .children(None)
            .find(|(_, row)| row.tag.0 == 0x7fe0 && matches!(row.tag.1, 0x0008..=0x0010))
            .map(|(id, _)| id)
    }

    /// Bytes that the pixels of native pixel data take by what the elements beside them say (PS3.5 section 8.1.1);
    /// `None` where they do not say, or where the data are not native.
    pub fn native_pixel_bytes(&self) -> Option<u64> {
        let row = self.rows.get(self.pixel_data()?).filter(|row| row.kind == Kind::Element)?;
        share::pixel_bytes(&self.rows, 0, row.tag)
    }
}
