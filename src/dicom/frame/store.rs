use super::FrameError;
use crate::dicom::{Reading, RowId};
use flate2::bufread::DeflateDecoder;
use std::{
    fs::File,
    io::{self, BufReader, Read, Seek, SeekFrom},
    path::Path,
};

/// Most bytes that are taken on trust of a length before they were read.
const FIRST_STEP: u64 = 1 << 20;

/// The file again, to read values at the offsets that its rows tell: of the file, or of the inflated data set.
pub(super) struct Store<'r> {
    reading: &'r Reading,
    file: File,
    /// Where the deflated data set begins.
    deflated: Option<u64>,
    stream: Option<(DeflateDecoder<BufReader<File>>, u64)>,
}

impl<'r> Store<'r> {
    pub fn open(path: &Path, reading: &'r Reading) -> Result<Self, FrameError> {
        let failed = |error: io::Error| FrameError::Open(error.kind());
        if !std::fs::metadata(path).map_err(failed)?.is_file() {
            return Err(FrameError::Open(io::ErrorKind::InvalidInput));
        }
        let file = File::open(path).map_err(failed)?;
        let deflated = reading.syntax.deflated.then(|| reading.data_set_offset());
        Ok(Self { reading, file, deflated, stream: None })
    }

    /// Up to `length` bytes from `offset`; fewer where the file ends, and no memory for what is not there.
    pub fn read(&mut self, offset: u64, length: u64) -> Result<Vec<u8>, FrameError> {
        let failed = |error: io::Error| FrameError::Read(error.kind());
        match self.deflated {
            None => {
                self.file.seek(SeekFrom::Start(offset)).map_err(failed)?;
                take(&mut self.file, length).map_err(failed)
            }
            Some(start) => self.inflate(start, offset, length).map_err(failed),
        }
    }

    /// All bytes of a value, at most `limit`.
    pub fn value(&mut self, id: RowId, limit: u64) -> Vec<u8> {
        let Some(row) = self.reading.rows.get(id) else { return Vec::new() };
        if row.is_whole() {
            return self.reading.rows.bytes(id).to_vec();
        }
        self.read(row.offset, u64::from(row.length).min(limit)).unwrap_or_default()
    }

    fn inflate(&mut self, start: u64, offset: u64, length: u64) -> io::Result<Vec<u8>> {
        let (mut stream, at) = match self.stream.take() {
            Some((stream, at)) if at <= offset => (stream, at),
            _ => {
                let mut file = self.file.try_clone()?;
                file.seek(SeekFrom::Start(start))?;
                (DeflateDecoder::new(BufReader::new(file)), 0)
            }
        };
        let skipped = io::copy(&mut stream.by_ref().take(offset - at), &mut io::sink())?;
        if skipped < offset - at {
            return Ok(Vec::new());
        }
        let bytes = take(&mut stream, length)?;
        let at = offset + bytes.len() as u64;
        self.stream = Some((stream, at));
        Ok(bytes)
    }
}

fn take(input: &mut impl Read, length: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(length.min(FIRST_STEP) as usize);
    input.take(length).read_to_end(&mut bytes)?;
    Ok(bytes)
}
