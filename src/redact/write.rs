use super::{Edits, Original, Splice, hash::Hash, meta, original::Changed};
use crate::dicom::Reading;
use flate2::{Compression, write::DeflateEncoder};
use std::{
    io::{self, BufWriter, Write},
    path::Path,
    sync::atomic::{AtomicBool, Ordering},
};

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Written {
    pub bytes: u64,
    pub sha256: [u8; 32],
    /// SHA-256 of the original, as it was read for this.
    pub original: [u8; 32],
}

/// Writes the copy: header, then the data set with the edits, deflated where the original is. Fails where the original
/// is not any more what the reading is of.
pub(super) fn write(
    path: &Path,
    reading: &Reading,
    edits: &Edits,
    header: &[u8],
    out: impl Write,
    cancel: &AtomicBool,
) -> io::Result<Written> {
    let written = copy(path, reading, edits, header, out, cancel);
    // It may have ended sooner for that.
    Changed::check(path, reading)?;
    written
}

fn copy(
    path: &Path,
    reading: &Reading,
    edits: &Edits,
    header: &[u8],
    out: impl Write,
    cancel: &AtomicBool,
) -> io::Result<Written> {
    let mut original = Original::hashed(path, reading)?;
    let splice = Splice::new(reading, edits, original.length());
    let mut out =
        BufWriter::with_capacity(64 << 10, Counted { out, cancel, hash: Hash::of(reading.size), bytes: 0 });
    out.write_all(header)?;
    if reading.syntax.deflated {
        let mut deflate = DeflateEncoder::new(&mut out, Compression::default());
        splice.write(&mut original, &mut deflate)?;
        deflate.finish()?;
        out.flush()?;
        if out.get_ref().bytes % 2 == 1 {
            out.write_all(&[0])?;
        }
    } else {
        splice.write(&mut original, &mut out)?;
    }
    let counted = out.into_inner().map_err(io::IntoInnerError::into_error)?;
    let hash = original.hash()?.unwrap_or_default();
    Ok(Written { bytes: counted.bytes, sha256: counted.hash.finish()?, original: hash })
}

/// Whether the work was called off: such an error says so.
pub(super) fn is_cancelled(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::Other && error.get_ref().is_some_and(|inner| inner.is::<Cancelled>())
}

#[derive(Debug, thiserror::Error)]
#[error("cancelled")]
struct Cancelled;

struct Counted<'a, W> {
    out: W,
    cancel: &'a AtomicBool,
    hash: Hash,
    bytes: u64,
}

impl<W: Write> Write for Counted<'_, W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.cancel.load(Ordering::Relaxed) {
            return Err(io::Error::other(Cancelled));
        }
        let count = self.out.write(bytes)?;
        self.hash.update(&bytes[..count]);
        self.bytes += count as u64;
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// The header of a copy whose SOP Instance UID is `instance` where the data set has none.
pub(super) fn header(reading: &Reading, edits: &Edits, instance: &str) -> Option<Vec<u8>> {
    let decoded = edits.iter().any(|(_, edit)| matches!(edit, super::Edit::Spool(_)));
    let syntax = meta::transfer_syntax(reading, decoded)?;
    let instance = meta::instance(reading, edits).unwrap_or_else(|| instance.to_owned());
    Some(meta::header(reading, &instance, &syntax))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        demo::encode::{DataSet, FileBuilder, Syntax},
        dicom::{Limits, Reader},
    };
    use std::fs;

    /// Changes the original as soon as something is written.
    struct Meddler<'a>(&'a dyn Fn());

    impl Write for Meddler<'_> {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0();
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn an_original_that_changes_meanwhile_has_no_copy() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        let set = DataSet::new().ui(0x0008_0018, "2.999.1").raw(0x7fe0_0010, b"OW", vec![7; 1 << 20]);
        let bytes = FileBuilder::new("2.999.2", Syntax::ExplicitLe).data(set).to_bytes();
        let grown = || fs::write(&path, [&bytes[..], b"more"].concat()).unwrap();
        let cut = || fs::write(&path, &bytes[..1000]).unwrap();
        let replaced = || {
            fs::write(folder.path().join("b"), &bytes).unwrap();
            fs::rename(folder.path().join("b"), &path).unwrap();
        };
        let meddlings: [(&dyn Fn(), bool); 4] =
            [(&grown, true), (&cut, true), (&replaced, true), (&|| {}, false)];
        for (at, (meddle, is_changed)) in meddlings.into_iter().enumerate() {
            fs::write(&path, &bytes).unwrap();
            let reading = Reader::new(Limits::default()).read(&path);
            let header = header(&reading, &Edits::default(), "2.999.1").unwrap();
            let cancel = AtomicBool::new(false);
            let written = write(&path, &reading, &Edits::default(), &header, Meddler(meddle), &cancel);
            assert_eq!(written.is_err_and(|error| Changed::is(&error)), is_changed, "{at}");
        }
    }
}
