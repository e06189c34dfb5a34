//! Deflate streams in blobs: gzip (RFC 1952), zlib (RFC 1950) and zip archives (APPNOTE 4.3), each inflated to a
//! limit and looked into.

use super::blob;
use super::gather::Gather;
use flate2::bufread::{DeflateDecoder, GzDecoder, ZlibDecoder};
use std::io::Read;

/// Bytes that one stream may inflate to; what is beyond is not looked at.
const MOST_INFLATED: usize = 4 << 20;
/// Fewer are taken for chance.
const LEAST: usize = 8;
/// Members of a zip archive that are looked into.
const MOST_MEMBERS: usize = 256;
const CARRIER: &str = "compressed text";

pub(super) fn gzip(bytes: &[u8], gather: &mut Gather<'_, '_>) -> Option<usize> {
    let mut input = bytes;
    let plain = drain(GzDecoder::new(&mut input), gather)?;
    look(&plain, gather);
    Some(bytes.len() - input.len())
}

pub(super) fn zlib(bytes: &[u8], gather: &mut Gather<'_, '_>) -> Option<usize> {
    // The two bytes of the header are a multiple of 31.
    let header = bytes.get(..2)?.iter().fold(0u32, |sum, &b| sum << 8 | u32::from(b));
    if header % 31 != 0 {
        return None;
    }
    let mut input = bytes;
    let plain = drain(ZlibDecoder::new(&mut input), gather)?;
    look(&plain, gather);
    Some(bytes.len() - input.len())
}

/// A zlib stream of any length, to a limit: for documents and images that say where theirs are.
pub(super) fn inflated(bytes: &[u8], most: usize) -> Vec<u8> {
    let mut out = Vec::new();
    // What came out before an error counts.
    let _ = ZlibDecoder::new(bytes).take(most as u64).read_to_end(&mut out);
    out
}

/// The members of an archive, by their local headers in a row.
pub(super) fn zip(bytes: &[u8], gather: &mut Gather<'_, '_>) -> Option<usize> {
    let mut at = 0;
    let mut count = 0;
    while count < MOST_MEMBERS
        && let Some(member) = bytes.get(at..).and_then(Member::parse)
    {
        count += 1;
        gather.say("a file name in an archive", &String::from_utf8_lossy(member.name));
        let body = member.body;
        let mut length = member.length;
        match member.method {
            0 => {
                let stored = body.get(..length).unwrap_or(body);
                gather.deeper(stored.len(), |gather| blob::look(stored, "text in an archive", gather));
            }
            8 => {
                let mut input = body;
                let plain = drain(DeflateDecoder::new(&mut input), gather).unwrap_or_default();
                if length == 0 {
                    length = body.len() - input.len();
                }
                gather.deeper(0, |gather| blob::look(&plain, "text in an archive", gather));
            }
            _ => {}
        }
        at += member.header + length;
        // A data descriptor may follow, with or without its signature.
        let ahead = bytes.get(at..).unwrap_or_default();
        at += ahead.windows(2).take(32).position(|pair| pair == b"PK").unwrap_or(0);
        if ahead.starts_with(b"PK\x07\x08") {
            at += 16;
        }
    }
    (count > 0).then_some(bytes.len())
}

struct Member<'a> {
    method: u16,
    length: usize,
    header: usize,
    name: &'a [u8],
    body: &'a [u8],
}

impl<'a> Member<'a> {
    fn parse(bytes: &'a [u8]) -> Option<Self> {
        let header = bytes.get(..30)?;
        if !header.starts_with(b"PK\x03\x04") {
            return None;
        }
        let u16_at = |at: usize| Some(u16::from_le_bytes(header.get(at..at + 2)?.try_into().ok()?));
        let length = u32::from_le_bytes(header.get(18..22)?.try_into().ok()?) as usize;
        let (name, extra) = (usize::from(u16_at(26)?), usize::from(u16_at(28)?));
        let start = 30 + name + extra;
        let body = bytes.get(start..)?;
        let length = length.min(body.len());
        Some(Self { method: u16_at(8)?, length, header: start, name: bytes.get(30..30 + name)?, body })
    }
}

/// What a decoder yields, to a limit; it is spent whether it is of use or not. `None` where it yields nothing to
/// speak of.
fn drain(decoder: impl Read, gather: &mut Gather<'_, '_>) -> Option<Vec<u8>> {
    let most = MOST_INFLATED.min(gather.work_left());
    let mut out = Vec::new();
    let whole = decoder.take(most as u64).read_to_end(&mut out).is_ok();
    gather.spend(out.len());
    (out.len() >= if whole { LEAST } else { 64 }).then_some(out)
}

fn look(plain: &[u8], gather: &mut Gather<'_, '_>) {
    gather.deeper(0, |gather| blob::look(plain, CARRIER, gather));
}

#[cfg(test)]
mod tests {
    use super::super::gather::Gather;
    use super::*;
    use flate2::{Compression, write};
    use std::io::Write;

    fn said(bytes: &[u8]) -> Vec<String> {
        let mut out = Vec::new();
        blob::look(bytes, "x", &mut Gather::new(&mut out));
        out.into_iter().map(|passage| passage.text.into_owned()).collect()
    }

    fn zlibbed(plain: &[u8]) -> Vec<u8> {
        let mut out = write::ZlibEncoder::new(Vec::new(), Compression::default());
        out.write_all(plain).unwrap();
        out.finish().unwrap()
    }

    #[test]
    fn streams_are_found_and_what_follows_them() {
        let mut gz = write::GzEncoder::new(Vec::new(), Compression::default());
        gz.write_all(b"Erika Example, born 17 March 1962").unwrap();
        let gz = gz.finish().unwrap();
        for packed in [gz, zlibbed(b"Erika Example, born 17 March 1962")] {
            for prefix in [&b""[..], b"\x2c\x01\0\0", b"\x01\x02\x80\x90\xff\xfe\x11"] {
                let found = said(&[prefix, &packed, b"\0\x01after the stream\0"].concat());
                assert!(found.iter().any(|text| text.contains("Erika Example, born")), "{found:?}");
                assert!(found.iter().any(|text| text.contains("after the stream")), "{found:?}");
            }
        }
    }

    #[test]
    fn bombs_are_bounded() {
        let mut bomb = zlibbed(&vec![b'a'; 16 << 20]);
        for _ in 0..3 {
            bomb = zlibbed(&bomb);
        }
        let many = [&zlibbed(&vec![0; 8 << 20])[..]; 20].concat();
        // Each would take gigabytes.
        assert!(said(&bomb).is_empty() && said(&many).is_empty());
    }

    #[test]
    fn archives_are_read_member_by_member() {
        let deflate = |plain: &[u8]| {
            let mut out = write::DeflateEncoder::new(Vec::new(), Compression::default());
            out.write_all(plain).unwrap();
            out.finish().unwrap()
        };
        let mut zip = Vec::new();
        for (name, plain) in
            [("example_erika.txt", &b"Letter to Erika Example"[..]), ("b.xml", b"<a><b>Max Muster</b></a>")]
        {
            let body = deflate(plain);
            zip.extend(b"PK\x03\x04\x14\0\0\0\x08\0\0\0\0\0\0\0\0\0");
            zip.extend((body.len() as u32).to_le_bytes());
            zip.extend((plain.len() as u32).to_le_bytes());
            zip.extend((name.len() as u16).to_le_bytes());
            zip.extend([0, 0]);
            zip.extend(name.bytes());
            zip.extend(body);
        }
        let found = said(&zip).join("|");
        for wanted in ["example_erika.txt", "Letter to Erika Example", "Max Muster"] {
            assert!(found.contains(wanted), "{wanted} in {found}");
        }
    }
}
