use super::super::gather::{Gather, Lines};
use super::super::inflate::inflated;
use super::{be32, comment, exif, xmp};

const MOST_CHUNKS: usize = 4096;
/// Bytes that a compressed text may inflate to.
const MOST_TEXT: usize = 1 << 20;

/// Reads the chunks of a PNG (third edition, section 11). Returns where it ends.
pub(in super::super) fn png(bytes: &[u8], gather: &mut Gather<'_, '_>) -> Option<usize> {
    let mut lines = Lines::new("a PNG text");
    let mut at = 8;
    for _ in 0..MOST_CHUNKS {
        let (Some(length), Some(kind)) = (be32(bytes, at), bytes.get(at + 4..at + 8)) else { break };
        let end = (at + 8).saturating_add(length);
        let body = bytes.get(at + 8..end.min(bytes.len())).unwrap_or_default();
        match kind {
            b"tEXt" => drop(text(body, latin, &mut lines)),
            b"zTXt" => drop(text(body, |value| latin(&packed(value.get(1..)?, gather)?), &mut lines)),
            b"iTXt" => drop(international(body, &mut lines, gather)),
            b"eXIf" => exif::metadata(body, gather),
            b"IHDR" | b"IDAT" | b"PLTE" | b"IEND" | b"tRNS" | b"gAMA" | b"cHRM" | b"pHYs" | b"iCCP"
            | b"sRGB" => {}
            _ => comment(body, "a PNG chunk", gather),
        }
        at = end.saturating_add(4);
        if kind == b"IEND" || at >= bytes.len() {
            break;
        }
    }
    lines.say(gather);
    (at > 8).then(|| at.min(bytes.len()))
}

fn text(body: &[u8], decode: impl FnOnce(&[u8]) -> Option<String>, lines: &mut Lines) -> Option<()> {
    let zero = body.iter().position(|&b| b == 0)?;
    let (name, value) = (body.get(..zero)?, body.get(zero + 1..)?);
    lines.value(&latin(name)?, &decode(value)?);
    Some(())
}

fn international(body: &[u8], lines: &mut Lines, gather: &mut Gather<'_, '_>) -> Option<()> {
    let mut parts = body.splitn(2, |&b| b == 0);
    let (name, rest) = (parts.next()?, parts.next()?);
    let (&compressed, rest) = rest.split_first()?;
    let mut parts = rest.get(1..)?.splitn(3, |&b| b == 0);
    let (_, translated, value) = (parts.next()?, parts.next()?, parts.next()?);
    let value = if compressed == 1 { packed(value, gather)? } else { value.to_vec() };
    if name.starts_with(b"XML:com.adobe.xmp") {
        xmp(&value, gather);
        return Some(());
    }
    lines.value(&latin(name)?, &String::from_utf8_lossy(&value));
    lines.line(&String::from_utf8_lossy(translated));
    Some(())
}

fn packed(bytes: &[u8], gather: &mut Gather<'_, '_>) -> Option<Vec<u8>> {
    let plain = inflated(bytes, MOST_TEXT);
    gather.spend(plain.len()).then_some(plain)
}

fn latin(bytes: &[u8]) -> Option<String> {
    Some(match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes.iter().map(|&b| char::from(b)).collect(),
    })
}

/// Comments of a GIF (version 89a, section 24). Returns where it ends.
pub(in super::super) fn gif(bytes: &[u8], gather: &mut Gather<'_, '_>) -> Option<usize> {
    let table = |flags: u8| if flags & 0x80 != 0 { 3usize << ((flags & 7) + 1) } else { 0 };
    let mut at = 13 + table(*bytes.get(10)?);
    for _ in 0..MOST_CHUNKS {
        match bytes.get(at)? {
            0x21 => {
                let kind = *bytes.get(at + 1)?;
                let (body, end) = blocks(bytes, at + 2)?;
                match kind {
                    0xfe => comment(&body, "a GIF comment", gather),
                    0x01 | 0xff => comment(&body, "a GIF extension", gather),
                    _ => {}
                }
                at = end;
            }
            0x2c => at = blocks(bytes, at + 11 + table(*bytes.get(at + 9)?))?.1,
            0x3b => return Some(at + 1),
            _ => return None,
        }
    }
    Some(at)
}

/// Data of sub-blocks, and where they end.
fn blocks(bytes: &[u8], mut at: usize) -> Option<(Vec<u8>, usize)> {
    let mut body = Vec::new();
    loop {
        let length = usize::from(*bytes.get(at)?);
        if length == 0 {
            return Some((body, at + 1));
        }
        body.extend(bytes.get(at + 1..at + 1 + length)?);
        at += 1 + length;
    }
}
