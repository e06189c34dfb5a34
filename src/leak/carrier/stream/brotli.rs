//! What boxes of JPEG XL hold packed by Brotli (ISO/IEC 18181-2 section 9.4 and annex A).

use super::super::gather::Gather;
use super::{boxes::content, comment};
use brotli_decompressor::Decompressor;
use jxl_bitstream::Bitstream;
use jxl_jbr::JpegBitstreamHeader;
use jxl_oxide_common::Bundle;
use std::io::Read;

/// Bytes that one box may unfold to; what is beyond is not looked at.
const MOST: u64 = 4 << 20;
const BUFFER: usize = 4096;

/// `brob`: another box's kind, then what that holds.
pub(super) fn packed_box(body: &[u8], gather: &mut Gather<'_, '_>) {
    let Some((kind, body)) = body.split_at_checked(4) else { return };
    let plain = unfolded(body);
    gather.deeper(plain.len(), |gather| content(kind, &plain, gather));
}

/// `jbrd`: how the JPEG file was laid out that the image was, then its comments, its application segments and what stood
/// behind its end.
pub(super) fn reconstruction(body: &[u8], gather: &mut Gather<'_, '_>) {
    let mut bits = Bitstream::new(body);
    if JpegBitstreamHeader::parse(&mut bits, ()).is_ok()
        && let Some(packed) = body.get(bits.num_read_bits().div_ceil(8)..)
    {
        comment(&unfolded(packed), "a recompressed JPEG file", gather);
    }
}

fn unfolded(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    // What came out before an error counts.
    let _ = Decompressor::new(bytes, BUFFER).take(MOST).read_to_end(&mut out);
    out
}

#[cfg(test)]
mod tests {
    use super::super::tests::said;

    /// Bits from the lowest of each byte on: values and their lengths.
    fn bits(fields: &[(u32, u32)]) -> Vec<u8> {
        let each = fields.iter().flat_map(|&(value, length)| {
            (0..length).map(move |at| (u64::from(value) >> at.min(63) & 1) as u8)
        });
        let all: Vec<u8> = each.collect();
        all.chunks(8).map(|byte| byte.iter().rev().fold(0, |sum, bit| sum << 1 | bit)).collect()
    }

    /// Brotli of a text that is not compressed (RFC 7932 section 9.2).
    fn stored(text: &str) -> Vec<u8> {
        let header = bits(&[(0, 1), (0, 1), (0, 2), (text.len() as u32 - 1, 16), (1, 1)]);
        [&header[..], text.as_bytes(), &[3]].concat()
    }

    fn container(kind: &[u8; 4], body: &[u8]) -> Vec<u8> {
        let length = (body.len() as u32 + 8).to_be_bytes();
        [&b"\0\0\0\x0cJXL \r\n\x87\n"[..], &length, kind, body].concat()
    }

    #[test]
    fn packed_boxes_are_unfolded() {
        let xml = stored("<a><Name>Tina Testcase</Name></a>");
        let found = said(&container(b"brob", &[b"xml ", &xml[..]].concat()));
        assert!(found.contains("Name: Tina Testcase"), "{found}");
    }

    #[test]
    fn comments_of_a_recompressed_jpeg() {
        let text = "\u{0}\u{13}Max Mueller-Muster";
        let start = [(1, 1), (0xfe - 0xc0, 6), (0xd9 - 0xc0, 6), (text.len() as u32 - 1, 16)];
        // One quantisation table, one component, four empty Huffman codes, nothing behind the end, no padding.
        let rest = [(0, 2), (0, 4), (0, 2), (0, 2), (0, 2), (0, 4 * (4 + 17 * 2)), (0, 2), (0, 1)];
        let header = bits(&[&start[..], &rest].concat());
        let found = said(&container(b"jbrd", &[header, stored(text)].concat()));
        assert!(found.contains("[a recompressed JPEG file] Max Mueller-Muster"), "{found}");
    }

    #[test]
    fn cut_boxes_end() {
        let all = container(b"brob", &[b"xml ", &stored("<a>Tina Testcase</a>")[..]].concat());
        for at in 0..all.len() {
            said(&all[..at]);
        }
    }
}
