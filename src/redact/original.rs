use super::hash::Hash;
use crate::dicom::{Reading, Stamp};
use flate2::bufread::DeflateDecoder;
use std::{
    fs::File,
    io::{self, BufReader, Read, Seek, SeekFrom},
    path::Path,
};

/// Bytes copied at a time.
const CHUNK: usize = 256 << 10;

/// The bytes that the offsets of a reading's data set count: the file, or its data set inflated. Read forward only,
/// and never written.
pub struct Original {
    input: Input,
    position: u64,
    /// Bytes that there are; `None` where that is not known before.
    length: Option<u64>,
    buffer: Vec<u8>,
}

enum Input {
    Plain(Source),
    Inflated(Box<DeflateDecoder<BufReader<Source>>>),
}

/// The file, and the hash of what was read of it, where that is wanted.
struct Source {
    file: File,
    hash: Option<Hash>,
}

impl Read for Source {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let got = self.file.read(out)?;
        if let (Some(hash), Some(bytes)) = (&mut self.hash, out.get(..got)) {
            hash.update(bytes);
        }
        Ok(got)
    }
}

/// What is done to it is planned by what it was.
#[derive(Debug, thiserror::Error)]
#[error("it changed while it was being redacted; run again when nothing writes to it")]
pub(super) struct Changed;

impl Changed {
    /// Whether that is what the error says.
    pub fn is(error: &io::Error) -> bool {
        error.get_ref().is_some_and(|inner| inner.is::<Self>())
    }

    /// Fails where the file at `path` is not any more what the reading is of.
    pub fn check(path: &Path, reading: &Reading) -> io::Result<()> {
        let now = Stamp::of(&std::fs::metadata(path)?);
        if now == reading.stamp { Ok(()) } else { Err(io::Error::other(Self)) }
    }
}

impl Original {
    /// Opens the file again that was read.
    pub fn open(path: &Path, reading: &Reading) -> io::Result<Self> {
        Self::with(path, reading, false)
    }

    /// The same; all of the file is read, and in the end its hash is to be had by [`Self::hash`].
    pub fn hashed(path: &Path, reading: &Reading) -> io::Result<Self> {
        Self::with(path, reading, true)
    }

    fn with(path: &Path, reading: &Reading, hashed: bool) -> io::Result<Self> {
        let file = File::open(path)?;
        let metadata = file.metadata()?;
        if !metadata.is_file() || Stamp::of(&metadata) != reading.stamp {
            return Err(io::Error::other(Changed));
        }
        let buffer = vec![0; CHUNK];
        let hash = hashed.then(|| Hash::of(metadata.len()));
        let mut source = Source { file, hash };
        if !reading.syntax.deflated {
            return Ok(Self {
                input: Input::Plain(source),
                position: 0,
                length: Some(metadata.len()),
                buffer,
            });
        }
        let before = reading.data_set_offset();
        if io::copy(&mut source.by_ref().take(before), &mut io::sink())? != before {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let inflated = DeflateDecoder::new(BufReader::new(source));
        Ok(Self { input: Input::Inflated(Box::new(inflated)), position: 0, length: None, buffer })
    }

    pub fn length(&self) -> Option<u64> {
        self.length
    }

    /// Hands `length` bytes from `offset` on to `take`, piece by piece. `offset` is not before what was read already.
    pub fn copy(
        &mut self,
        offset: u64,
        length: u64,
        mut take: impl FnMut(&mut [u8]) -> io::Result<()>,
    ) -> io::Result<()> {
        self.skip_to(offset)?;
        let mut left = length;
        while left > 0 {
            let got = self.read(left)?;
            take(&mut self.buffer[..got])?;
            left -= got as u64;
        }
        Ok(())
    }

    fn skip_to(&mut self, offset: u64) -> io::Result<()> {
        match &mut self.input {
            Input::Plain(source) if source.hash.is_none() => {
                if offset != self.position {
                    source.file.seek(SeekFrom::Start(offset))?;
                    self.position = offset;
                }
            }
            _ => {
                let mut left = offset.checked_sub(self.position).ok_or(io::ErrorKind::InvalidInput)?;
                while left > 0 {
                    left -= self.read(left)? as u64;
                }
            }
        }
        Ok(())
    }

    /// Reads what is left, and gives the hash of the file, where it was opened for that.
    pub fn hash(self) -> io::Result<Option<[u8; 32]>> {
        let mut source = match self.input {
            Input::Plain(source) => source,
            Input::Inflated(stream) => stream.into_inner().into_inner(),
        };
        if source.hash.is_some() {
            io::copy(&mut source, &mut io::sink())?;
        }
        source.hash.map(Hash::finish).transpose()
    }

    /// Up to `most` bytes into the buffer, at least one.
    fn read(&mut self, most: u64) -> io::Result<usize> {
        let most = usize::try_from(most).unwrap_or(CHUNK).min(CHUNK);
        let got = loop {
            let got = match &mut self.input {
                Input::Plain(file) => file.read(&mut self.buffer[..most]),
                Input::Inflated(stream) => stream.read(&mut self.buffer[..most]),
            };
            match got {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                other => break other?,
            }
        };
        self.position += got as u64;
        if got == 0 { Err(io::ErrorKind::UnexpectedEof.into()) } else { Ok(got) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        demo::encode::{DataSet, FileBuilder, Syntax},
        dicom::{Limits, Reader},
    };
    use sha2::{Digest, Sha256};

    #[test]
    fn the_hash_is_of_all_of_the_file_whatever_is_copied_of_it() {
        let folder = tempfile::tempdir().unwrap();
        let set = DataSet::new().ui(0x0008_0018, "2.999.1").raw(0x0009_1001, b"OB", vec![7; 3 * CHUNK]);
        for syntax in [Syntax::ExplicitLe, Syntax::Deflated] {
            let mut bytes = FileBuilder::new("2.999.2", syntax).data(set.clone()).to_bytes();
            bytes.extend(b"behind");
            let path = folder.path().join("file");
            std::fs::write(&path, &bytes).unwrap();
            let reading = Reader::new(Limits::default()).read(&path);
            assert_eq!(reading.syntax.deflated, matches!(syntax, Syntax::Deflated));
            let expected: [u8; 32] = Sha256::digest(&bytes).into();
            for spans in [&[][..], &[(300, 8), (CHUNK as u64, 2 * CHUNK as u64)]] {
                let mut original = Original::hashed(&path, &reading).unwrap();
                for &(offset, length) in spans {
                    original.copy(offset, length, |_| Ok(())).unwrap();
                }
                assert_eq!(original.hash().unwrap(), Some(expected), "{syntax:?} {spans:?}");
            }
            let original = Original::open(&path, &reading).unwrap();
            assert_eq!(original.hash().unwrap(), None);
        }
    }
}
