//! Bytes of any kind: what format they are is told by how they begin, and what else is in them by its magic;
//! the rest is looked through for runs of writing.

use super::gather::{Gather, Lines};
use super::runs::{self, Decoder};
use super::{csa, document, fields, inflate, nested, stream, wide, written};
use aho_corasick::{AhoCorasick, packed};
use std::sync::LazyLock;

/// Embedded things looked at in one blob.
const MOST_EMBEDDED: usize = 64;
/// Shorter blobs embed nothing.
const LEAST_EMBEDDED: usize = 16;
/// Shorter blobs hold nothing.
const LEAST: usize = 3;

/// Says everything that `bytes` hold; text that is there as such, with `carrier`.
pub(super) fn look(bytes: &[u8], carrier: &'static str, gather: &mut Gather<'_, '_>) {
    let bytes = unpadded(bytes);
    if bytes.len() < LEAST || gather.is_full() {
        return;
    }
    if let Some(format) = Format::at(bytes)
        && let Some(length) = format.read(bytes, gather)
    {
        // Once: what follows is no format's beginning, or it is found by its magic.
        let rest = unpadded(bytes.get(length.max(1)..).unwrap_or_default());
        if rest.len() >= LEAST {
            binary(rest, carrier, gather);
        }
        return;
    }
    match written::whole(bytes, gather) {
        Some(text) => written::say(&text, carrier, gather),
        None => binary(bytes, carrier, gather),
    }
}

/// Without the zeros and spaces at the end, but for one that may belong to a UTF-16 character.
pub(super) fn unpadded(bytes: &[u8]) -> &[u8] {
    let end = bytes.iter().rposition(|b| !matches!(b, 0 | b' ')).map_or(0, |at| at + 1);
    let more = usize::from(bytes.get(end) == Some(&0) && end > 0);
    bytes.get(..end + more).unwrap_or_default()
}

/// Says the text that `bytes` are as a whole, if they are.
pub(super) fn whole(bytes: &[u8], carrier: &'static str, gather: &mut Gather<'_, '_>) {
    if let Some(text) = written::whole(unpadded(bytes), gather) {
        written::say(&text, carrier, gather);
    }
}

/// Says the text that `bytes` end with, if they do: after data that mean nothing as text.
pub(super) fn ending(bytes: &[u8], carrier: &'static str, gather: &mut Gather<'_, '_>) {
    let bytes = unpadded(bytes);
    let bytes = bytes.strip_suffix(b"\0").unwrap_or(bytes);
    let start = bytes.iter().rposition(|&b| b < 0x20 && !b.is_ascii_whitespace()).map_or(0, |at| at + 1);
    whole(bytes.get(start..).unwrap_or_default(), carrier, gather);
}

/// Says what an image stream holds that begins so, but not what looks like text among its data.
pub(super) fn stream(bytes: &[u8], gather: &mut Gather<'_, '_>) {
    match Format::at(bytes) {
        Some(
            format @ (Format::Jpeg
            | Format::Boxes
            | Format::Codestream
            | Format::Png
            | Format::Tiff
            | Format::Gif),
        ) => {
            let end = format.read(bytes, gather).unwrap_or(bytes.len());
            look(bytes.get(end..).unwrap_or_default(), "text after an image", gather);
        }
        _ if stream::video(bytes, gather) => {}
        _ => {
            whole(bytes, "text in place of an image", gather);
            stream::continued(bytes, gather);
            ending(bytes, "text at the end of an image", gather);
        }
    }
}

fn binary(bytes: &[u8], carrier: &'static str, gather: &mut Gather<'_, '_>) {
    let mut from = 0;
    for (at, end) in embedded(bytes, gather) {
        if at >= from {
            plain(bytes.get(from..at).unwrap_or_default(), carrier, gather);
            from = end;
        }
    }
    plain(bytes.get(from..).unwrap_or_default(), carrier, gather);
}

/// Reads what is embedded; where each begins and ends.
fn embedded(bytes: &[u8], gather: &mut Gather<'_, '_>) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut from = 0;
    if bytes.len() < LEAST_EMBEDDED {
        return found;
    }
    for hit in MAGICS.find(bytes, MOST_EMBEDDED) {
        // The boxes' signature without the zeros in front, which are everywhere.
        let at = if bytes.get(hit) == Some(&0x0c) { hit.saturating_sub(3) } else { hit };
        let Some(rest) = bytes.get(at..).filter(|_| at >= from) else { continue };
        if let Some(format) = Format::at(rest)
            && let Some(length) = format.read(rest, gather)
        {
            from = at + length.clamp(1, rest.len());
            found.push((at, from));
        }
    }
    found
}

/// Runs of writing in bytes without a format.
fn plain(bytes: &[u8], carrier: &'static str, gather: &mut Gather<'_, '_>) {
    if bytes.len() < LEAST {
        return;
    }
    let mut lines = Lines::new(carrier);
    let mut take = |bytes: &[u8], decoder: &Decoder, gather: &mut Gather<'_, '_>, own: bool| {
        runs::find(bytes, decoder, gather.doubt, |stretch| {
            let long = stretch.range.len() >= 24;
            if long && !own {
                let text = decoder.text(bytes, stretch.range.clone());
                // What has a form of its own has words in it.
                if !stretch.writing.is_empty() && written::structured(&text, gather) {
                    return;
                }
                written::encoded(&text, gather);
            }
            for run in stretch.writing {
                let has_own = || bytes.get(run.clone()).is_some_and(|run| run.iter().any(|b| !b.is_ascii()));
                if !own || has_own() {
                    lines.line(&decoder.text(bytes, run.clone()));
                }
            }
        });
    };
    take(bytes, &Decoder::Usual, gather, false);
    let own = gather.take_own();
    if let Some(decoder) = &own {
        take(bytes, decoder, gather, true);
    }
    gather.give_back(own);
    lines.say(gather);
    // Among compressed data, names are chance.
    if gather.doubt == 0 {
        fields::read(bytes, gather);
    }
    let mut wide_lines = Lines::new("UTF-16 text");
    wide::find(bytes, gather.doubt, |_, text| {
        if text.len() < 24 || !written::structured(&text, gather) {
            wide_lines.line(&text);
        }
    });
    wide_lines.say(gather);
}

/// What bytes may be, by how they begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Pdf,
    Jpeg,
    Png,
    Gif,
    Tiff,
    /// JP2 and JPEG XL boxes.
    Boxes,
    /// A bare JPEG 2000 codestream.
    Codestream,
    Gzip,
    Zlib,
    Zip,
    Profile,
    Csa,
    Dicom,
}

/// Beginnings that are rare enough to be looked for anywhere.
static MAGICS: LazyLock<Magics> = LazyLock::new(|| {
    let magics: [&[u8]; 12] = [
        b"%PDF-",
        b"\xff\xd8\xff",
        b"\x89PNG\r\n\x1a\n",
        b"GIF89a",
        b"\x0cjP  \r\n\x87\n",
        b"\x0cJXL \r\n\x87\n",
        b"\xff\x4f\xff\x51\0",
        b"\x1f\x8b\x08",
        b"\x78\x9c",
        b"\x78\xda",
        b"PK\x03\x04",
        b"SV10\x04\x03\x02\x01",
    ];
    Magics { fast: packed::Searcher::new(magics), slow: AhoCorasick::new(magics).ok() }
});

/// The first looks at many bytes at once, where the processor can.
struct Magics {
    fast: Option<packed::Searcher>,
    slow: Option<AhoCorasick>,
}

impl Magics {
    fn find(&self, bytes: &[u8], most: usize) -> Vec<usize> {
        match (&self.fast, &self.slow) {
            (Some(fast), _) => fast.find_iter(bytes).take(most).map(|hit| hit.start()).collect(),
            (None, Some(slow)) => slow.find_iter(bytes).take(most).map(|hit| hit.start()).collect(),
            (None, None) => Vec::new(),
        }
    }
}

impl Format {
    pub fn at(bytes: &[u8]) -> Option<Self> {
        Some(match bytes {
            [b'%', b'P', b'D', b'F', b'-', ..] => Self::Pdf,
            [0xff, 0xd8, 0xff, ..] => Self::Jpeg,
            [0x89, b'P', b'N', b'G', b'\r', b'\n', ..] => Self::Png,
            [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Self::Gif,
            [b'I', b'I', b'*', 0, ..] | [b'M', b'M', 0, b'*', ..] => Self::Tiff,
            [0, 0, 0, 0x0c, b'j', b'P', b' ', b' ', ..] | [0, 0, 0, 0x0c, b'J', b'X', b'L', b' ', ..] => {
                Self::Boxes
            }
            [0xff, 0x4f, 0xff, 0x51, ..] => Self::Codestream,
            [0x1f, 0x8b, 8, ..] => Self::Gzip,
            [0x78, 0x01 | 0x5e | 0x9c | 0xda, ..] => Self::Zlib,
            [b'P', b'K', 3, 4, ..] => Self::Zip,
            [b'S', b'V', b'1', b'0', ..] => Self::Csa,
            _ if bytes.get(36..40) == Some(b"acsp") => Self::Profile,
            _ if csa::begins(bytes) => Self::Csa,
            _ if nested::begins(bytes) => Self::Dicom,
            _ => return None,
        })
    }

    /// Says what it holds; how many bytes it takes, or `None` if it is not what it looked like.
    fn read(self, bytes: &[u8], gather: &mut Gather<'_, '_>) -> Option<usize> {
        match self {
            Self::Pdf => document::pdf(bytes, gather),
            Self::Jpeg => stream::jpeg(bytes, gather),
            Self::Png => stream::png(bytes, gather),
            Self::Gif => stream::gif(bytes, gather),
            Self::Tiff => stream::tiff(bytes, gather),
            Self::Boxes => stream::boxes(bytes, gather),
            Self::Codestream => stream::codestream(bytes, gather),
            Self::Gzip => inflate::gzip(bytes, gather),
            Self::Zlib => inflate::zlib(bytes, gather),
            Self::Zip => inflate::zip(bytes, gather),
            Self::Profile => stream::profile(bytes, gather),
            Self::Csa => csa::read(bytes, gather),
            Self::Dicom => nested::read(bytes, gather),
        }
    }
}
