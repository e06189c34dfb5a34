use super::super::gather::{Gather, Lines, is_measure};
use super::{comment, photoshop, xmp};

/// Entries and directories of one structure.
const MOST_ENTRIES: usize = 512;
const MOST_DIRECTORIES: usize = 16;

/// Names of tags that hold text or lead to it: TIFF 6.0, Exif 2.32.
const NAMES: [(u16, &str); 30] = [
    (0x10d, "Document Name"),
    (0x10e, "Image Description"),
    (0x10f, "Make"),
    (0x110, "Model"),
    (0x11d, "Page Name"),
    (0x131, "Software"),
    (0x132, "Date Time"),
    (0x13b, "Artist"),
    (0x13c, "Host Computer"),
    (0x8298, "Copyright"),
    (0x9003, "Date Time Original"),
    (0x9004, "Date Time Digitized"),
    (0x9286, "User Comment"),
    (0x9c9b, "Title"),
    (0x9c9c, "Comment"),
    (0x9c9d, "Author"),
    (0x9c9e, "Keywords"),
    (0x9c9f, "Subject"),
    (0xa420, "Image Unique ID"),
    (0xa430, "Camera Owner Name"),
    (0xa431, "Body Serial Number"),
    (0xa435, "Lens Serial Number"),
    (0x1d, "GPS Date Stamp"),
    (0x1b, "GPS Processing Method"),
    (0x1c, "GPS Area Information"),
    (0x0001, "GPS Latitude Ref"),
    (0x0003, "GPS Longitude Ref"),
    (0xa436, "Image Title"),
    (0xa437, "Photographer"),
    (0xa438, "Image Editor"),
];

/// A TIFF file. Returns all of it: its parts are where its tags say.
pub(in super::super) fn tiff(bytes: &[u8], gather: &mut Gather<'_, '_>) -> Option<usize> {
    let file = File::open(bytes)?;
    let lines = file.read(gather);
    lines.say(gather);
    Some(bytes.len())
}

/// The TIFF structure of an Exif segment.
pub(super) fn metadata(bytes: &[u8], gather: &mut Gather<'_, '_>) {
    if tiff(bytes, gather).is_none() {
        comment(bytes, "Exif metadata", gather);
    }
}

struct File<'b> {
    bytes: &'b [u8],
    big: bool,
}

impl<'b> File<'b> {
    fn open(bytes: &'b [u8]) -> Option<Self> {
        let big = match bytes.get(..4)? {
            b"II*\0" => false,
            b"MM\0*" => true,
            _ => return None,
        };
        let file = Self { bytes, big };
        file.u32(4).filter(|&at| (8..bytes.len()).contains(&at)).map(|_| file)
    }

    fn read(&self, gather: &mut Gather<'_, '_>) -> Lines {
        let mut lines = Lines::new("Exif metadata");
        let mut directories = vec![self.u32(4).unwrap_or(0)];
        let mut done = Vec::new();
        while let Some(at) = directories.pop() {
            if at == 0 || done.contains(&at) || done.len() >= MOST_DIRECTORIES {
                continue;
            }
            done.push(at);
            let count = self.u16(at).map_or(0, usize::from).min(MOST_ENTRIES);
            for entry in (0..count).map(|n| at + 2 + 12 * n) {
                self.entry(entry, &mut directories, &mut lines, gather);
            }
            directories.extend(self.u32(at + 2 + 12 * count));
        }
        lines
    }

    fn entry(
        &self,
        at: usize,
        directories: &mut Vec<usize>,
        lines: &mut Lines,
        gather: &mut Gather<'_, '_>,
    ) -> Option<()> {
        let (tag, kind, count) = (self.u16(at)?, self.u16(at + 2)?, self.u32(at + 4)?);
        let size = match kind {
            1 | 2 | 6 | 7 => 1,
            3 | 8 => 2,
            4 | 9 | 11 => 4,
            5 | 10 | 12 => 8,
            _ => return None,
        };
        let length = count.checked_mul(size)?;
        let start = if length <= 4 { at + 8 } else { self.u32(at + 8)? };
        let value = self.bytes.get(start..start.checked_add(length)?.min(self.bytes.len()))?;
        match tag {
            0x8769 | 0x8825 | 0xa005 => directories.extend(self.u32(at + 8)),
            0x2bc => xmp(value, gather),
            0x83bb | 0x8649 => photoshop::resources(value, gather),
            0x9c9b..=0x9c9f => {
                let units =
                    value.chunks_exact(2).filter_map(|pair| pair.try_into().ok()).map(u16::from_le_bytes);
                let text: String =
                    char::decode_utf16(units).filter_map(Result::ok).filter(|&c| c != '\0').collect();
                lines.value(name(tag), &text);
            }
            0x9286 | 0x1b | 0x1c => comment(value.get(8..)?, "an Exif comment", gather),
            // Positions come as degrees, minutes and seconds.
            0x2 | 0x4 if kind == 5 && count == 3 => {
                let part = |n: usize| Some((self.u32(start + 8 * n)?, self.u32(start + 8 * n + 4)?));
                let parts: Vec<_> =
                    (0..3).filter_map(part).map(|(n, of)| n as f64 / of.max(1) as f64).collect();
                let text = parts.iter().map(f64::to_string).collect::<Vec<_>>().join(" ");
                lines.value(if tag == 2 { "GPS Latitude" } else { "GPS Longitude" }, &text);
            }
            _ if kind == 2 => {
                let text = String::from_utf8_lossy(value);
                let text = text.trim_matches(['\0', ' ']);
                if !is_measure(text) {
                    lines.value(name(tag), &text.replace('\0', " "));
                }
            }
            _ if kind == 7 && length >= 16 => comment(value, "Exif metadata", gather),
            _ => {}
        }
        Some(())
    }

    fn u16(&self, at: usize) -> Option<u16> {
        let bytes = self.bytes.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if self.big { u16::from_be_bytes(bytes) } else { u16::from_le_bytes(bytes) })
    }

    fn u32(&self, at: usize) -> Option<usize> {
        let bytes = self.bytes.get(at..at.checked_add(4)?)?.try_into().ok()?;
        Some(if self.big { u32::from_be_bytes(bytes) } else { u32::from_le_bytes(bytes) } as usize)
    }
}

fn name(tag: u16) -> &'static str {
    NAMES.iter().find(|(known, _)| *known == tag).map_or("", |(_, name)| name)
}
