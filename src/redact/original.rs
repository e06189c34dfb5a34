use crate::dicom::Reading;
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
    Plain(File),
    Inflated(Box<DeflateDecoder<BufReader<File>>>),
}

impl Original {
    /// Opens the file again that was read.
    pub fn open(path: &Path, reading: &Reading) -> io::Result<Self> {
        let mut file = File::open(path)?;
        let metadata = file.metadata()?;
        if !metadata.is_file() || metadata.len() != reading.size {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "the file changed while it was read"));
        }
        let buffer = vec![0; CHUNK];
        if !reading.syntax.deflated {
            return Ok(Self { input: Input::Plain(file), position: 0, length: Some(metadata.len()), buffer });
        }
        file.seek(SeekFrom::Start(reading.data_set_offset()))?;
        let inflated = DeflateDecoder::new(BufReader::new(file));
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
            Input::Plain(file) if offset != self.position => {
                file.seek(SeekFrom::Start(offset))?;
                self.position = offset;
            }
            Input::Plain(_) => {}
            Input::Inflated(_) => {
                let mut left = offset.checked_sub(self.position).ok_or(io::ErrorKind::InvalidInput)?;
                while left > 0 {
                    left -= self.read(left)? as u64;
                }
            }
        }
        Ok(())
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
