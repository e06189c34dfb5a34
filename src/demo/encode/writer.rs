use super::data_set::{Content, Element};
use super::{Charset, DataSet, Syntax};

const UNDEFINED: u32 = u32::MAX;
const ITEM: u32 = 0xFFFE_E000;
const ITEM_END: u32 = 0xFFFE_E00D;
const SEQUENCE_END: u32 = 0xFFFE_E0DD;
/// VRs with a reserved word and a 32-bit length (PS3.5 table 7.1-1).
const LONG: [&[u8; 2]; 13] =
    [b"OB", b"OD", b"OF", b"OL", b"OV", b"OW", b"SQ", b"SV", b"UC", b"UN", b"UR", b"UT", b"UV"];

/// Appends data sets to bytes in one layout.
pub(super) struct Writer {
    out: Vec<u8>,
    big: bool,
    implicit: bool,
}

impl Writer {
    pub fn new(syntax: Syntax) -> Self {
        Self { out: Vec::new(), big: syntax.is_big_endian(), implicit: syntax.is_implicit() }
    }

    pub fn finish(self) -> Vec<u8> {
        self.out
    }

    pub fn data_set(&mut self, set: &DataSet, mut charset: Charset) {
        for element in &set.elements {
            if let Content::Charset(new) = element.content {
                charset = new;
            }
            self.element(element, charset);
        }
    }

    fn element(&mut self, element: &Element, charset: Charset) {
        let Element { tag, vr, content } = element;
        match content {
            Content::Items { items, undefined } => self.items(*tag, vr, items, *undefined, charset),
            Content::Fragments { offsets, fragments } => self.fragments(*tag, vr, offsets, fragments),
            Content::Declared(length, bytes) => {
                self.header(*tag, vr, *length);
                self.out.extend_from_slice(bytes);
            }
            _ => {
                let mut value = self.value(content, charset);
                if value.len() % 2 == 1 {
                    let binary = matches!(vr, b"UI" | b"OB" | b"UN") || matches!(content, Content::Bytes(_));
                    value.push(if binary && !is_text(vr) { 0 } else { b' ' });
                }
                self.header(*tag, vr, length_of(value.len()));
                self.out.extend_from_slice(&value);
            }
        }
    }

    fn value(&self, content: &Content, charset: Charset) -> Vec<u8> {
        match content {
            Content::Text(text) => charset.encode(text),
            Content::Charset(new) => new.term().as_bytes().to_vec(),
            Content::Bytes(bytes) => bytes.clone(),
            Content::U16(v) => v.iter().flat_map(|n| self.u16(*n)).collect(),
            Content::U32(v) => v.iter().flat_map(|n| self.u32(*n)).collect(),
            Content::F32(v) => v.iter().flat_map(|n| self.u32(n.to_bits())).collect(),
            Content::F64(v) => {
                v.iter().flat_map(|n| if self.big { n.to_be_bytes() } else { n.to_le_bytes() }).collect()
            }
            Content::Items { .. } | Content::Fragments { .. } | Content::Declared(..) => Vec::new(),
        }
    }

    fn items(&mut self, tag: u32, vr: &[u8; 2], items: &[DataSet], undefined: bool, charset: Charset) {
        if undefined {
            self.header(tag, vr, UNDEFINED);
            for item in items {
                self.delimiter(ITEM, UNDEFINED);
                self.data_set(item, charset);
                self.delimiter(ITEM_END, 0);
            }
            self.delimiter(SEQUENCE_END, 0);
            return;
        }
        let mut body = Writer { out: Vec::new(), big: self.big, implicit: self.implicit };
        for item in items {
            let mut inner = Writer { out: Vec::new(), big: self.big, implicit: self.implicit };
            inner.data_set(item, charset);
            body.delimiter(ITEM, length_of(inner.out.len()));
            body.out.append(&mut inner.out);
        }
        self.header(tag, vr, length_of(body.out.len()));
        self.out.append(&mut body.out);
    }

    fn fragments(&mut self, tag: u32, vr: &[u8; 2], offsets: &[u32], fragments: &[Vec<u8>]) {
        self.header(tag, vr, UNDEFINED);
        self.delimiter(ITEM, length_of(offsets.len() * 4));
        for offset in offsets {
            let bytes = self.u32(*offset);
            self.out.extend(bytes);
        }
        for fragment in fragments {
            self.delimiter(ITEM, length_of(fragment.len().next_multiple_of(2)));
            self.out.extend_from_slice(fragment);
            if fragment.len() % 2 == 1 {
                self.out.push(0);
            }
        }
        self.delimiter(SEQUENCE_END, 0);
    }

    fn header(&mut self, tag: u32, vr: &[u8; 2], length: u32) {
        self.tag(tag);
        if self.implicit {
            return self.push_u32(length);
        }
        match u16::try_from(length) {
            Ok(short) if !LONG.contains(&vr) => {
                self.out.extend(vr);
                let bytes = self.u16(short);
                self.out.extend(bytes);
            }
            // Too long for its VR: UN, as PS3.5 6.2.2 note 2 wants it.
            _ => {
                self.out.extend(if LONG.contains(&vr) { vr } else { b"UN" });
                self.out.extend([0, 0]);
                self.push_u32(length);
            }
        }
    }

    fn delimiter(&mut self, tag: u32, length: u32) {
        self.tag(tag);
        self.push_u32(length);
    }

    fn tag(&mut self, tag: u32) {
        let (group, element) = (self.u16((tag >> 16) as u16), self.u16(tag as u16));
        self.out.extend(group);
        self.out.extend(element);
    }

    fn push_u32(&mut self, value: u32) {
        let bytes = self.u32(value);
        self.out.extend(bytes);
    }

    fn u16(&self, value: u16) -> [u8; 2] {
        if self.big { value.to_be_bytes() } else { value.to_le_bytes() }
    }

    fn u32(&self, value: u32) -> [u8; 4] {
        if self.big { value.to_be_bytes() } else { value.to_le_bytes() }
    }
}

fn is_text(vr: &[u8; 2]) -> bool {
    !matches!(vr, b"UI" | b"OB" | b"UN" | b"OW" | b"OD" | b"OF" | b"OL" | b"OV" | b"US" | b"UL")
}

fn length_of(bytes: usize) -> u32 {
    u32::try_from(bytes).unwrap_or(UNDEFINED - 1)
}
