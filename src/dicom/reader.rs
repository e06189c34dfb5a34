use super::{
    Coding, Limits, ReadError, Reading, Stamp, Status, Tag, Trailer, TransferSyntax,
    parser::{Parser, Part},
    preamble::{LOOK, is_deflated, recognise, sniff},
    source::{ReadSeek, Source},
    value,
};
use std::{
    fs::{File, Metadata},
    io,
    path::Path,
};

/// Reads files one after the other, with one buffer for all.
#[derive(Debug, Default)]
pub struct Reader {
    limits: Limits,
    window: Vec<u8>,
}

impl Reader {
    pub fn new(limits: Limits) -> Self {
        Self { limits, window: Vec::new() }
    }

    /// Reads the file's elements. A file that is not DICOM costs one small read. Never panics, whatever the
    /// file holds, and takes no more memory and time than [`Limits`] say.
    pub fn read(&mut self, path: &Path) -> Reading {
        match open(path) {
            Ok((file, metadata)) => {
                let stamp = Stamp::of(&metadata);
                Reading { stamp, ..self.read_from(Box::new(file), metadata.len()) }
            }
            Err(error) => Reading::failed(Status::Error, Some(error), 0),
        }
    }

    /// The same of bytes in memory.
    pub fn read_bytes(&mut self, bytes: &[u8]) -> Reading {
        self.read_from(Box::new(io::Cursor::new(bytes)), bytes.len() as u64)
    }

    fn read_from<'a>(&'a mut self, input: Box<dyn ReadSeek + 'a>, size: u64) -> Reading {
        let limits = self.limits;
        let mut source = Source::new(input, size, &mut self.window);
        let recognised = match source.peek(LOOK) {
            Ok(bytes) => recognise(bytes),
            Err(error) => {
                let error = ReadError::Io { offset: 0, kind: error.kind() };
                return Reading::failed(Status::Error, Some(error), size);
            }
        };
        let Some((preamble, start)) = recognised else {
            return Reading::failed(Status::NotDicom, None, size);
        };
        source.consume(start);
        let mut parser = Parser::new(source, limits);
        parser.run(Part::Meta, Coding::EXPLICIT);
        let stated = parser.rows.find(Tag(0x0002, 0x0010)).map(|id| value::uid(parser.rows.bytes(id)));
        let meta = parser.rows.len();
        let (mut parser, syntax) =
            match with_coding(parser, TransferSyntax::stated(stated.as_deref()), limits) {
                Ok(ready) => ready,
                Err(error) => {
                    let error = ReadError::Io { offset: 0, kind: error.kind() };
                    return Reading { preamble, ..Reading::failed(Status::Error, Some(error), size) };
                }
            };
        parser.rows.big_endian = syntax.coding.big_endian;
        if parser.error.is_none() {
            parser.run(Part::DataSet, syntax.coding);
        }
        if parser.rows.len() == meta {
            parser.note(ReadError::NoDataSet);
        }
        finish(parser, preamble, syntax, size, limits)
    }
}

fn open(path: &Path) -> Result<(File, Metadata), ReadError> {
    let failed = |error: io::Error| ReadError::Open(error.kind());
    // Asked before opening: to open a FIFO would wait for a writer.
    if !std::fs::metadata(path).map_err(failed)?.is_file() {
        return Err(ReadError::NotAFile);
    }
    let file = File::open(path).map_err(failed)?;
    let metadata = file.metadata().map_err(failed)?;
    if !metadata.is_file() {
        return Err(ReadError::NotAFile);
    }
    Ok((file, metadata))
}

/// Settles how the data set is coded: what is stated, unless the bytes contradict it.
fn with_coding(
    mut parser: Parser<'_>,
    mut syntax: TransferSyntax,
    limits: Limits,
) -> io::Result<(Parser<'_>, TransferSyntax)> {
    let ahead = parser.source.peek(LOOK)?;
    let sniffed = sniff(ahead);
    let deflated = !ahead.is_empty() && (syntax.deflated || sniffed.is_none()) && is_deflated(ahead);
    if deflated != syntax.deflated {
        syntax.guessed = true;
        syntax.deflated = deflated;
    }
    let sniffed = if deflated {
        parser.source = parser.source.inflate(limits.inflated_bytes)?;
        sniff(parser.source.peek(16)?)
    } else {
        sniffed
    };
    if let Some(coding) = sniffed.filter(|&coding| coding != syntax.coding) {
        syntax.coding = coding;
        syntax.guessed = true;
    }
    Ok((parser, syntax))
}

fn finish(
    mut parser: Parser<'_>,
    preamble: super::Preamble,
    syntax: TransferSyntax,
    size: u64,
    limits: Limits,
) -> Reading {
    let offset = parser.source.position();
    let mut bytes = Vec::new();
    let length = match parser.source.remaining() {
        Some(left) => {
            // What cannot be read any more is missing from the trailer, and told by the error.
            let read = parser.source.read_into(left.min(limits.trailer_bytes.into()), &mut bytes);
            if read.is_ok_and(|read| read == 0) { 0 } else { left }
        }
        None => {
            bytes = parser.source.after_inflated(limits.trailer_bytes.into()).unwrap_or_default();
            // A deflated data set is padded to even length with one zero: PS3.5 section A.5.
            if bytes == [0] { 0 } else { bytes.len() as u64 }
        }
    };
    parser.rows.shrink();
    let status = if parser.error.is_some() { Status::Partial } else { Status::Ok };
    let trailer = (length > 0).then_some(Trailer { offset, length, bytes });
    Reading {
        status,
        error: parser.error,
        preamble,
        syntax,
        rows: parser.rows,
        trailer,
        size,
        stamp: Stamp::default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dicom::{Kind, Vr};

    fn element(group: u16, element: u16, vr: &str, value: &[u8]) -> Vec<u8> {
        let mut out = [group.to_le_bytes(), element.to_le_bytes()].concat();
        out.extend(vr.as_bytes());
        if matches!(vr, "SQ" | "OB" | "UN" | "OW") {
            out.extend([0, 0]);
            out.extend((value.len() as u32).to_le_bytes());
        } else {
            out.extend((value.len() as u16).to_le_bytes());
        }
        out.extend(value);
        out
    }

    fn item(value: &[u8]) -> Vec<u8> {
        [b"\xfe\xff\x00\xe0", &(value.len() as u32).to_le_bytes()[..], value].concat()
    }

    fn file(data_set: &[u8]) -> Vec<u8> {
        [&[0; 128][..], b"DICM", &element(2, 0x10, "UI", b"1.2.840.10008.1.2.1\0"), data_set].concat()
    }

    fn read(bytes: &[u8]) -> Reading {
        Reader::new(Limits::default()).read_bytes(bytes)
    }

    #[test]
    fn sequences_carry_location_parent_and_end() {
        let inner = element(0x0008, 0x0100, "SH", b"AB");
        let sequence = element(0x0040, 0xa730, "SQ", &[item(&inner), item(&inner)].concat());
        let reading = read(&file(
            &[element(8, 0x60, "CS", b"SR"), sequence, element(0x40, 0xa731, "SQ", b"")].concat(),
        ));
        assert_eq!((reading.status, &reading.error), (Status::Ok, &None));
        let places: Vec<String> =
            (0..reading.rows.len()).map(|id| reading.rows.location(id).to_string()).collect();
        assert_eq!(
            places[2..],
            [
                "(0040,A730)",
                "(0040,A730)[0]",
                "(0040,A730)[0].(0008,0100)",
                "(0040,A730)[1]",
                "(0040,A730)[1].(0008,0100)",
                "(0040,A731)"
            ]
        );
        assert_eq!((reading.rows.end(2), reading.rows.parent(4)), (7, Some(3)));
    }

    #[test]
    fn a_character_set_of_an_item_stays_in_it() {
        let name = |bytes: &[u8]| element(0x10, 0x10, "PN", bytes);
        let inside = [element(8, 5, "CS", b"ISO_IR 144"), name(b"\xbb\xee")].concat();
        let set = [
            element(8, 5, "CS", b"ISO_IR 100"),
            element(8, 0x1110, "SQ", &[item(&inside), item(&name(b"M\xfc"))].concat()),
            name(b"M\xfc"),
        ]
        .concat();
        let reading = read(&file(&set));
        let names: Vec<String> = reading
            .rows
            .iter()
            .filter(|(_, row)| row.vr == Vr::PN)
            .map(|(id, _)| reading.rows.text(id).into_owned())
            .collect();
        assert_eq!(names, ["Лю", "Mü", "Mü"]);
    }

    #[test]
    fn what_follows_the_data_set_is_a_trailer() {
        let set = [element(0x10, 0x10, "PN", b"AB"), element(0x7fe0, 0x10, "OW", &[0; 64])].concat();
        let hidden = element(0x10, 0x4000, "LT", b"hidden");
        let reading = read(&[file(&set), hidden, b"left by a tool".to_vec()].concat());
        assert_eq!(reading.status, Status::Ok);
        assert_eq!(reading.text(Tag(0x10, 0x4000)), "hidden");
        assert_eq!(reading.trailer.unwrap().bytes, b"left by a tool");
    }

    #[test]
    fn a_private_element_knows_its_creator() {
        let set = [
            element(9, 0x10, "LO", b"ACME 1"),
            element(9, 0x11, "LO", b"OTHER "),
            element(9, 0x1001, "LO", b"xx"),
            element(9, 0x1201, "LO", b"xx"),
        ]
        .concat();
        let rows = read(&file(&set)).rows;
        assert_eq!((rows.creator(3), rows.creator(4), rows.creator(1)), (Some(1), None, None));
    }

    #[test]
    fn unknown_vr_that_holds_items_is_a_sequence() {
        let implicit = b"\x10\0\x10\0\x02\0\0\0AB";
        let rows = read(&file(&element(9, 0x1001, "UN", &item(implicit)))).rows;
        let name = rows.iter().find(|(_, row)| row.vr == Vr::PN).unwrap();
        assert_eq!((rows.text(name.0).as_ref(), rows.get(1).unwrap().kind), ("AB", Kind::Sequence));
    }

    #[test]
    fn unknown_vr_of_undefined_length_is_a_sequence() {
        let mut set = b"\x09\0\x01\x10UN\0\0\xff\xff\xff\xff\xfe\xff\0\xe0\xff\xff\xff\xff".to_vec();
        set.extend(b"\x10\0\x10\0\x02\0\0\0AB\xfe\xff\x0d\xe0\0\0\0\0\xfe\xff\xdd\xe0\0\0\0\0");
        set.extend(element(0x10, 0x20, "LO", b"7 "));
        let reading = read(&file(&set));
        assert_eq!((&reading.status, reading.text(Tag(0x10, 0x20)).as_ref()), (&Status::Ok, "7"));
        let name = reading.rows.iter().find(|(_, row)| row.vr == Vr::PN).unwrap();
        assert_eq!(reading.rows.text(name.0), "AB");
    }

    #[test]
    fn an_attribute_of_no_edition_is_read_over() {
        let set = [element(0x10, 0x9990, "UN", b"AB"), element(0x20, 0x10, "SH", b"7 ")].concat();
        let reading = read(&file(&set));
        assert_eq!((&reading.status, reading.text(Tag(0x20, 0x10)).as_ref()), (&Status::Ok, "7"));
    }

    #[test]
    fn a_length_is_never_believed() {
        let mut set = element(0x10, 0x10, "PN", b"AB");
        set.extend(b"\x10\0\x20\0UN\0\0\xf0\xff\xff\xffrest");
        let reading = read(&file(&set));
        assert!(
            matches!(reading.error, Some(ReadError::LengthBeyondEnd { remaining: 4, .. })),
            "{:?}",
            reading.error
        );
        assert_eq!(reading.rows.bytes(2), b"rest");
        assert_eq!(reading.status, Status::Partial);
    }

    #[test]
    fn depth_is_limited_and_the_rest_is_kept() {
        let mut set = Vec::new();
        for _ in 0..100_000 {
            set.extend(b"\x08\0\x40\x11SQ\0\0\xff\xff\xff\xff\xfe\xff\x00\xe0\xff\xff\xff\xff");
        }
        let reading = read(&file(&set));
        assert!(matches!(reading.error, Some(ReadError::TooDeep { .. })));
        assert!(reading.rows.len() < 1000 && reading.trailer.is_some());
    }
}
