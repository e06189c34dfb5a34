use std::io::Read;

use flate2::Compression;
use flate2::read::DeflateEncoder;

use super::writer::Writer;
use super::{Charset, DataSet, Syntax};

/// A Part 10 file, or something close to one.
#[derive(Clone, Debug)]
pub struct FileBuilder {
    syntax: Syntax,
    preamble: Option<Vec<u8>>,
    meta: Option<DataSet>,
    data: DataSet,
    trailer: Vec<u8>,
    cut: Option<usize>,
}

impl FileBuilder {
    /// Preamble of zeros, a regular meta group (the instance UID is taken from (0008,0018) of the data).
    pub fn new(sop_class: &str, syntax: Syntax) -> Self {
        let meta = DataSet::new().ob(0x0002_0001, [0, 1]).ui(0x0002_0002, sop_class);
        let meta = meta.ui(0x0002_0010, syntax.uid()).ui(0x0002_0012, "2.999.1");
        Self {
            syntax,
            preamble: Some(Vec::new()),
            meta: Some(meta),
            data: DataSet::new(),
            trailer: vec![],
            cut: None,
        }
    }

    /// The first 128 bytes: cut or filled up with zeros.
    pub fn preamble(mut self, bytes: impl Into<Vec<u8>>) -> Self {
        self.preamble = Some(bytes.into());
        self
    }

    /// Neither the 128 bytes nor the `DICM` after them.
    pub fn no_preamble(mut self) -> Self {
        self.preamble = None;
        self
    }

    /// More meta elements; one that is there already is replaced.
    pub fn meta(mut self, more: DataSet) -> Self {
        self.meta = Some(self.meta.unwrap_or_default().replace(more).sorted());
        self
    }

    /// No group 0002 at all.
    pub fn no_meta(mut self) -> Self {
        self.meta = None;
        self
    }

    pub fn data(mut self, set: DataSet) -> Self {
        self.data = set;
        self
    }

    /// Bytes after the data set, outside the deflated stream if there is one.
    pub fn trailer(mut self, bytes: impl Into<Vec<u8>>) -> Self {
        self.trailer = bytes.into();
        self
    }

    /// Only the first `length` bytes of it all.
    pub fn truncated(mut self, length: usize) -> Self {
        self.cut = Some(length);
        self
    }

    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = Vec::new();
        if let Some(preamble) = &self.preamble {
            out.clone_from(preamble);
            out.resize(128, 0);
            out.extend(b"DICM");
        }
        if let Some(meta) = &self.meta {
            let bytes = encode(&self.whole_meta(meta), Syntax::ExplicitLe);
            let length = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
            out.extend(encode(&DataSet::new().ul(0x0002_0000, &[length]), Syntax::ExplicitLe));
            out.extend(bytes);
        }
        let body = encode(&self.data, self.syntax);
        out.extend(if self.syntax == Syntax::Deflated { deflated(&body) } else { body });
        out.extend(&self.trailer);
        if let Some(length) = self.cut {
            out.truncate(length);
        }
        out
    }

    fn whole_meta(&self, meta: &DataSet) -> DataSet {
        let instance = self.data.text_of(0x0008_0018).unwrap_or("2.999.1.1");
        match meta.text_of(0x0002_0003) {
            Some(_) => meta.clone(),
            None => meta.clone().ui(0x0002_0003, instance).sorted(),
        }
    }
}

fn encode(set: &DataSet, syntax: Syntax) -> Vec<u8> {
    let mut writer = Writer::new(syntax);
    writer.data_set(set, Charset::Ascii);
    writer.finish()
}

fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    // Reading from memory does not fail.
    let _ = DeflateEncoder::new(bytes, Compression::default()).read_to_end(&mut out);
    if out.len() % 2 == 1 {
        out.push(0);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(set: DataSet, syntax: Syntax) -> Vec<u8> {
        FileBuilder::new("1.2", syntax).no_preamble().no_meta().data(set).to_bytes()
    }

    #[test]
    fn lays_out_an_element_in_each_syntax() {
        let set = || DataSet::new().us(0x0028_0010, &[258]);
        assert_eq!(body(set(), Syntax::ExplicitLe), b"\x28\0\x10\0US\x02\0\x02\x01");
        assert_eq!(body(set(), Syntax::ExplicitBe), b"\0\x28\0\x10US\0\x02\x01\x02");
        assert_eq!(body(set(), Syntax::ImplicitLe), b"\x28\0\x10\0\x02\0\0\0\x02\x01");
    }

    #[test]
    fn pads_text_with_a_space_and_uids_with_a_null() {
        let set = DataSet::new().pn(0x0010_0010, "A^B").ui(0x0008_0018, "1.2");
        assert_eq!(body(set, Syntax::ExplicitLe), b"\x10\0\x10\0PN\x04\0A^B \x08\0\x18\0UI\x04\x001.2\0");
    }

    #[test]
    fn writes_sequences_of_both_kinds() {
        let item = || vec![DataSet::new().cs(0x0008_0060, "MR")];
        let defined = body(DataSet::new().seq(0x0008_1140, item()), Syntax::ImplicitLe);
        assert_eq!(defined, b"\x08\0\x40\x11\x12\0\0\0\xfe\xff\0\xe0\x0a\0\0\0\x08\0\x60\0\x02\0\0\0MR");
        let undefined = body(DataSet::new().seq_undefined(0x0008_1140, item()), Syntax::ImplicitLe);
        assert_eq!(&undefined[4..8], &[0xff; 4]);
        assert!(undefined.ends_with(b"MR\xfe\xff\x0d\xe0\0\0\0\0\xfe\xff\xdd\xe0\0\0\0\0"));
    }

    #[test]
    fn a_character_set_holds_in_items() {
        let set = DataSet::new().charset(Charset::Latin1);
        let set = set.seq(0x0010_1002, vec![DataSet::new().lo(0x0010_0020, "\u{f6}\u{f6}")]);
        assert!(body(set, Syntax::ExplicitLe).ends_with(b"LO\x02\0\xf6\xf6"));
    }

    #[test]
    fn frames_get_an_offset_table() {
        let bytes = body(DataSet::new().frames(vec![vec![1, 2, 3], vec![4]]), Syntax::Rle);
        let table = b"\xfe\xff\0\xe0\x08\0\0\0\0\0\0\0\x0c\0\0\0\xfe\xff\0\xe0\x04\0\0\0\x01\x02\x03\0";
        assert_eq!(&bytes[12..12 + table.len()], table);
    }

    #[test]
    fn order_duplicates_and_lies_are_kept() {
        let set = DataSet::new().lo(0x0010_0020, "2").lo(0x0010_0010, "1").lo(0x0010_0010, "1");
        let set = set.declared(0x7FE0_0010, b"OB", 0xFFFF_FFF0, b"x");
        let bytes = body(set, Syntax::ExplicitLe);
        assert_eq!(bytes.iter().filter(|b| **b == b'1').count(), 2);
        assert!(bytes.ends_with(b"OB\0\0\xf0\xff\xff\xffx"));
    }

    #[test]
    fn the_deflated_body_inflates_to_the_plain_one() {
        let set = || DataSet::new().lo(0x0008_1030, "the same again, the same again, the same again");
        let mut plain = Vec::new();
        let packed = body(set(), Syntax::Deflated);
        flate2::read::DeflateDecoder::new(&packed[..]).read_to_end(&mut plain).unwrap();
        assert_eq!(plain, body(set(), Syntax::ExplicitLe));
    }
}
