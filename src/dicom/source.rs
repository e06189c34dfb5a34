use flate2::bufread::DeflateDecoder;
use std::io::{self, BufReader, Read, Seek, SeekFrom};

/// First read from a file: enough for most headers, little for what turns out not to be DICOM.
const FIRST_FILL: usize = 8 << 10;
const LATER_FILL: usize = 64 << 10;

/// Bytes in order, with a window to look ahead and a cheap way to skip.
pub(super) struct Source<'a> {
    input: Input<'a>,
    window: &'a mut Vec<u8>,
    /// First unread byte of the window.
    at: usize,
    /// Stream position of the end of the window.
    end: u64,
    /// Length of the stream, where it is known.
    length: Option<u64>,
    fill: usize,
}

enum Input<'a> {
    Plain(Box<dyn ReadSeek + 'a>),
    Inflated { stream: Box<DeflateDecoder<BufReader<Box<dyn ReadSeek + 'a>>>>, limit: u64 },
}

pub(super) trait ReadSeek: Read + Seek {}
impl<T: Read + Seek> ReadSeek for T {}

impl<'a> Source<'a> {
    /// `window` lends its memory, so that a lane allocates once for all files.
    pub fn new(input: Box<dyn ReadSeek + 'a>, length: u64, window: &'a mut Vec<u8>) -> Self {
        window.clear();
        Self { input: Input::Plain(input), window, at: 0, end: 0, length: Some(length), fill: FIRST_FILL }
    }

    /// The rest of the stream, inflated (RFC 1951). At most `limit` bytes come out; positions count from 0.
    pub fn inflate(self, limit: u64) -> io::Result<Self> {
        let position = self.position();
        let Input::Plain(mut input) = self.input else { return Err(io::ErrorKind::Unsupported.into()) };
        input.seek(SeekFrom::Start(position))?;
        let stream = Box::new(DeflateDecoder::new(BufReader::new(input)));
        self.window.clear();
        let input = Input::Inflated { stream, limit };
        Ok(Self { input, window: self.window, at: 0, end: 0, length: None, fill: LATER_FILL })
    }

    pub fn position(&self) -> u64 {
        self.end - (self.window.len() - self.at) as u64
    }

    /// Bytes left, where the stream's length is known. A file that grows or shrinks meanwhile proves it wrong.
    pub fn remaining(&self) -> Option<u64> {
        self.length.map(|length| length.saturating_sub(self.position()))
    }

    /// Up to `count` bytes without consuming them; fewer only at the end of the stream.
    pub fn peek(&mut self, count: usize) -> io::Result<&[u8]> {
        while self.window.len() - self.at < count {
            if self.refill(count)? == 0 {
                break;
            }
        }
        let stop = (self.at + count).min(self.window.len());
        Ok(&self.window[self.at..stop])
    }

    pub fn consume(&mut self, count: usize) {
        self.at = (self.at + count).min(self.window.len());
    }

    /// Appends up to `count` bytes to `out`; returns how many there were.
    pub fn read_into(&mut self, count: u64, out: &mut Vec<u8>) -> io::Result<u64> {
        let mut left = count;
        while left > 0 {
            let chunk = left.min(LATER_FILL as u64) as usize;
            let bytes = self.peek(chunk)?;
            if bytes.is_empty() {
                break;
            }
            let got = bytes.len();
            out.extend_from_slice(bytes);
            self.consume(got);
            left -= got as u64;
        }
        Ok(count - left)
    }

    /// Skips `count` bytes; returns how many there were to skip, as far as that is known without reading.
    pub fn skip(&mut self, count: u64) -> io::Result<u64> {
        let buffered = (self.window.len() - self.at) as u64;
        if count <= buffered {
            self.at += count as usize;
            return Ok(count);
        }
        match &mut self.input {
            Input::Plain(input) => {
                let left = self.length.unwrap_or(u64::MAX).saturating_sub(self.end) + buffered;
                let count = count.min(left);
                self.end = input.seek(SeekFrom::Start(self.end - buffered + count))?;
                self.window.clear();
                self.at = 0;
                Ok(count)
            }
            Input::Inflated { .. } => {
                let mut left = count;
                while left > 0 {
                    let got = self.peek(left.min(LATER_FILL as u64) as usize)?.len();
                    if got == 0 {
                        break;
                    }
                    self.consume(got);
                    left -= got as u64;
                }
                Ok(count - left)
            }
        }
    }

    /// The bytes of the file after the end of the deflate stream, at most `limit` of them.
    pub fn after_inflated(self, limit: u64) -> io::Result<Vec<u8>> {
        let Input::Inflated { stream, .. } = self.input else { return Ok(Vec::new()) };
        let mut rest = stream.into_inner();
        let mut out = Vec::new();
        rest.by_ref().take(limit).read_to_end(&mut out)?;
        Ok(out)
    }

    /// Whether an inflated stream met its limit.
    pub fn at_limit(&self) -> bool {
        matches!(self.input, Input::Inflated { limit: 0, .. })
    }

    fn refill(&mut self, wanted: usize) -> io::Result<usize> {
        self.window.drain(..self.at);
        self.at = 0;
        let have = self.window.len();
        let want = (wanted - have).max(self.fill);
        self.fill = LATER_FILL;
        self.window.resize(have + want, 0);
        let got = match &mut self.input {
            Input::Plain(input) => read_some(input, &mut self.window[have..]),
            Input::Inflated { stream, limit } => {
                let want = (want as u64).min(*limit) as usize;
                read_some(stream, &mut self.window[have..have + want]).inspect(|&got| *limit -= got as u64)
            }
        };
        self.window.truncate(have + *got.as_ref().unwrap_or(&0));
        let got = got?;
        self.end += got as u64;
        Ok(got)
    }
}

fn read_some(input: &mut impl Read, buffer: &mut [u8]) -> io::Result<usize> {
    loop {
        match input.read(buffer) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            other => return other,
        }
    }
}

/// Whether `bytes` begin a deflate stream that yields at least `count` bytes.
pub(super) fn inflates(bytes: &[u8], count: usize) -> Option<Vec<u8>> {
    let mut decoder = DeflateDecoder::new(bytes);
    let mut out = vec![0; count];
    decoder.read_exact(&mut out).ok()?;
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Cursor, Write};

    #[test]
    fn skips_and_reads_to_the_same_positions() {
        let bytes: Vec<u8> = (0..200_000u32).map(|i| (i % 251) as u8).collect();
        let mut window = Vec::new();
        let mut source = Source::new(Box::new(Cursor::new(&bytes)), bytes.len() as u64, &mut window);
        assert_eq!(source.peek(4).unwrap(), &bytes[..4]);
        assert_eq!(source.skip(150_001).unwrap(), 150_001);
        assert_eq!(source.peek(3).unwrap(), &bytes[150_001..150_004]);
        let mut out = Vec::new();
        assert_eq!(source.read_into(1 << 20, &mut out).unwrap(), 49_999);
        assert_eq!((out.len(), source.position(), source.remaining()), (49_999, 200_000, Some(0)));
        assert_eq!(source.skip(5).unwrap(), 0);
    }

    #[test]
    fn an_inflated_stream_stops_at_its_limit() {
        let mut deflate = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::fast());
        deflate.write_all(&vec![7; 1 << 20]).unwrap();
        let mut bytes = b"head".to_vec();
        bytes.extend(deflate.finish().unwrap());
        let mut window = Vec::new();
        let mut source = Source::new(Box::new(Cursor::new(&bytes)), bytes.len() as u64, &mut window);
        source.skip(4).unwrap();
        let mut source = source.inflate(1000).unwrap();
        assert_eq!(source.skip(2000).unwrap(), 1000);
        assert!(source.at_limit());
    }
}
