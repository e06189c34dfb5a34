use super::object::{Dict, Object};
use flate2::bufread::{DeflateDecoder, ZlibDecoder};
use std::io::Read;

/// Bytes that one stream may decode to.
pub(super) const MOST: usize = 4 << 20;

/// The content of a stream, through its filters (section 7.4). `None` where a filter is an image's or unknown.
pub(super) fn decoded(dict: &Dict, raw: &[u8]) -> Option<Vec<u8>> {
    let filters = dict.get("Filter").or(dict.get("F")).map_or(&[][..], Object::each);
    let parameters = dict.get("DecodeParms").or(dict.get("DP"));
    let mut bytes = raw.to_vec();
    for (at, filter) in filters.iter().enumerate().take(8) {
        let Object::Name(name) = filter else { continue };
        let parameter = parameters.and_then(|all| all.each().get(at)).and_then(Object::dict);
        bytes = match name.as_str() {
            "FlateDecode" | "Fl" => predicted(flate(&bytes), parameter),
            "LZWDecode" | "LZW" => {
                let early = parameter.and_then(|dict| dict.number("EarlyChange")) != Some(0.0);
                predicted(lzw(&bytes, early), parameter)
            }
            "ASCIIHexDecode" | "AHx" => ascii_hex(&bytes),
            "ASCII85Decode" | "A85" => ascii_85(&bytes),
            "RunLengthDecode" | "RL" => run_length(&bytes),
            "Crypt" => bytes,
            _ => return None,
        };
    }
    Some(bytes)
}

fn flate(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    // What came out before an error counts.
    let _ = ZlibDecoder::new(bytes).take(MOST as u64).read_to_end(&mut out);
    if out.is_empty() && bytes.len() > 2 {
        // Streams without the zlib header, or with a wrong one, are met.
        let _ =
            DeflateDecoder::new(bytes.get(2..).unwrap_or_default()).take(MOST as u64).read_to_end(&mut out);
    }
    out
}

fn lzw(bytes: &[u8], early: bool) -> Vec<u8> {
    const CLEAR: usize = 256;
    const END: usize = 257;
    // Each entry is a former entry and one byte more: where it stands in the output, and how long it is.
    let mut table: Vec<(usize, usize)> = Vec::new();
    let mut out: Vec<u8> = Vec::new();
    let (mut bits, mut have, mut width) = (0u32, 0u32, 9u32);
    let mut last: Option<(usize, usize)> = None;
    for &byte in bytes {
        bits = bits << 8 | u32::from(byte);
        have += 8;
        if have < width {
            continue;
        }
        have -= width;
        let code = (bits >> have & ((1 << width) - 1)) as usize;
        if code == CLEAR {
            (table, width, last) = (Vec::new(), 9, None);
            continue;
        }
        if code == END || out.len() > MOST {
            break;
        }
        let start = out.len();
        if code < CLEAR {
            out.push(code as u8);
        } else if let Some(&(from, length)) = table.get(code - 258) {
            (from..from + length).for_each(|at| out.extend(out.get(at).copied()));
        } else if let Some((from, length)) = last {
            (from..from + length).chain([from]).for_each(|at| out.extend(out.get(at).copied()));
        } else {
            break;
        }
        if let Some((from, length)) = last
            && table.len() < 4096 - 258
        {
            // The last entry and the first byte of this one stand in a row.
            table.push((from, length + 1));
        }
        last = Some((start, out.len() - start));
        let next = table.len() + 258 + usize::from(early);
        width = match next + 1 {
            ..=511 => 9,
            512..=1023 => 10,
            1024..=2047 => 11,
            _ => 12,
        };
    }
    out
}

fn ascii_hex(bytes: &[u8]) -> Vec<u8> {
    let digits = bytes.iter().take_while(|&&b| b != b'>').filter_map(|&b| char::from(b).to_digit(16));
    let digits: Vec<u8> = digits.map(|digit| digit as u8).collect();
    digits.chunks(2).map(|pair| pair.first().unwrap_or(&0) << 4 | pair.get(1).unwrap_or(&0)).collect()
}

fn ascii_85(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let (mut word, mut count) = (0u32, 0);
    for &b in bytes {
        match b {
            b'z' if count == 0 => out.extend([0; 4]),
            b'!'..=b'u' => {
                word = word.wrapping_mul(85).wrapping_add(u32::from(b - b'!'));
                count += 1;
                if count == 5 {
                    out.extend(word.to_be_bytes());
                    (word, count) = (0, 0);
                }
            }
            b'~' => break,
            _ => {}
        }
    }
    if count > 1 {
        (count..5).for_each(|_| word = word.wrapping_mul(85).wrapping_add(84));
        out.extend(word.to_be_bytes().iter().take(count - 1));
    }
    out
}

fn run_length(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(&length) = bytes.get(at).filter(|&&length| length != 128 && out.len() < MOST) {
        let length = usize::from(length);
        if length < 128 {
            out.extend(bytes.get(at + 1..(at + 2 + length).min(bytes.len())).unwrap_or_default());
            at += length + 2;
        } else {
            let Some(&byte) = bytes.get(at + 1) else { break };
            out.resize(out.len() + 257 - length, byte);
            at += 2;
        }
    }
    out
}

/// Undoes a PNG predictor (section 7.4.4.4), as object streams have it.
fn predicted(bytes: Vec<u8>, parameters: Option<&Dict>) -> Vec<u8> {
    let number = |key: &str, or: usize| {
        parameters.and_then(|dict| dict.number(key)).map_or(or, |number| number.clamp(0.0, 1e6) as usize)
    };
    if number("Predictor", 1) < 10 {
        return bytes;
    }
    let pixel = (number("Colors", 1) * number("BitsPerComponent", 8)).div_ceil(8).max(1);
    let row = (number("Columns", 1) * number("Colors", 1) * number("BitsPerComponent", 8)).div_ceil(8).max(1);
    let mut out: Vec<u8> = Vec::with_capacity(bytes.len());
    for line in bytes.chunks(row + 1) {
        let Some((&kind, line)) = line.split_first() else { break };
        let start = out.len();
        for (at, &byte) in line.iter().enumerate() {
            let left = if at >= pixel { out.get(start + at - pixel).copied().unwrap_or(0) } else { 0 };
            let above = |back: usize| {
                (start + at).checked_sub(row + back).and_then(|at| out.get(at)).copied().unwrap_or(0)
            };
            let up = above(0);
            let corner = if at >= pixel { above(pixel) } else { 0 };
            out.push(byte.wrapping_add(match kind {
                1 => left,
                2 => up,
                3 => ((u16::from(left) + u16::from(up)) / 2) as u8,
                4 => paeth(left, up, corner),
                _ => 0,
            }));
        }
    }
    out
}

fn paeth(left: u8, up: u8, corner: u8) -> u8 {
    let [a, b, c] = [left, up, corner].map(i16::from);
    let guess = a + b - c;
    let distance = |value: i16| (guess - value).abs();
    if distance(a) <= distance(b) && distance(a) <= distance(c) {
        left
    } else if distance(b) <= distance(c) {
        up
    } else {
        corner
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filters_of_the_standards_examples() {
        assert_eq!(
            lzw(&[0x80, 0x0b, 0x60, 0x50, 0x22, 0x0c, 0x0c, 0x85, 0x01], true),
            [45, 45, 45, 45, 45, 65, 45, 45, 45, 66]
        );
        assert_eq!(ascii_85(b"9jqo^BlbD-BleB1DJ+*+F(f,q~>"), b"Man is distinguished");
        assert_eq!(ascii_hex(b"45 72 69 6B 61>"), b"Erika");
        assert_eq!(run_length(&[2, b'a', b'b', b'c', 254, b'x', 128]), b"abcxxx");
    }

    #[test]
    fn predictors_are_undone() {
        let parameters =
            Dict(vec![("Predictor".into(), Object::Number(12.0)), ("Columns".into(), Object::Number(3.0))]);
        let rows = vec![2, 1, 2, 3, 2, 1, 1, 1, 1, 5, 1, 1];
        assert_eq!(predicted(rows, Some(&parameters)), [1, 2, 3, 2, 3, 4, 5, 6, 7]);
    }

    #[test]
    fn bombs_are_cut() {
        let bomb = [[0x80, 0x0b, 0x60].repeat(40), vec![0x55; 1 << 20]].concat();
        assert!(lzw(&bomb, true).len() <= MOST + (1 << 13));
        assert!(run_length(&[129, 0].repeat(1 << 20)).len() <= MOST + 256);
    }
}
