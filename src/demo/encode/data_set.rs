use super::Charset;

/// Elements in the order given; nothing is sorted, checked or refused.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DataSet {
    pub(super) elements: Vec<Element>,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Element {
    pub tag: u32,
    pub vr: [u8; 2],
    pub content: Content,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Content {
    /// Text in the character set in force; padded to an even length as the VR says.
    Text(String),
    /// Specific Character Set: written, and in force from here on, in nested items too.
    Charset(Charset),
    Bytes(Vec<u8>),
    /// Bytes under a length of the caller's choice, unpadded.
    Declared(u32, Vec<u8>),
    U16(Vec<u16>),
    U32(Vec<u32>),
    F32(Vec<f32>),
    F64(Vec<f64>),
    Items {
        items: Vec<DataSet>,
        undefined: bool,
    },
    Fragments {
        offsets: Vec<u32>,
        fragments: Vec<Vec<u8>>,
    },
}

impl DataSet {
    pub fn new() -> Self {
        Self::default()
    }

    fn with(mut self, tag: u32, vr: &[u8; 2], content: Content) -> Self {
        self.elements.push(Element { tag, vr: *vr, content });
        self
    }

    /// Text under any VR, in the character set in force.
    pub fn text(self, tag: u32, vr: &[u8; 2], value: impl AsRef<str>) -> Self {
        self.with(tag, vr, Content::Text(value.as_ref().to_owned()))
    }

    /// Adds (0008,0005) and encodes the text that follows by it.
    pub fn charset(self, charset: Charset) -> Self {
        self.with(0x0008_0005, b"CS", Content::Charset(charset))
    }

    /// Raw bytes under any VR, padded to an even length.
    pub fn raw(self, tag: u32, vr: &[u8; 2], bytes: impl Into<Vec<u8>>) -> Self {
        self.with(tag, vr, Content::Bytes(bytes.into()))
    }

    /// Raw bytes, unpadded, under a length field of the caller's choice, true or not.
    pub fn declared(self, tag: u32, vr: &[u8; 2], length: u32, bytes: impl Into<Vec<u8>>) -> Self {
        self.with(tag, vr, Content::Declared(length, bytes.into()))
    }

    pub fn ob(self, tag: u32, bytes: impl Into<Vec<u8>>) -> Self {
        self.raw(tag, b"OB", bytes)
    }

    pub fn un(self, tag: u32, bytes: impl Into<Vec<u8>>) -> Self {
        self.raw(tag, b"UN", bytes)
    }

    pub fn ow(self, tag: u32, words: impl Into<Vec<u16>>) -> Self {
        self.with(tag, b"OW", Content::U16(words.into()))
    }

    pub fn us(self, tag: u32, values: &[u16]) -> Self {
        self.with(tag, b"US", Content::U16(values.to_vec()))
    }

    pub fn ss(self, tag: u32, values: &[i16]) -> Self {
        self.with(tag, b"SS", Content::U16(values.iter().map(|v| v.cast_unsigned()).collect()))
    }

    pub fn ul(self, tag: u32, values: &[u32]) -> Self {
        self.with(tag, b"UL", Content::U32(values.to_vec()))
    }

    pub fn sl(self, tag: u32, values: &[i32]) -> Self {
        self.with(tag, b"SL", Content::U32(values.iter().map(|v| v.cast_unsigned()).collect()))
    }

    pub fn fl(self, tag: u32, values: &[f32]) -> Self {
        self.with(tag, b"FL", Content::F32(values.to_vec()))
    }

    pub fn fd(self, tag: u32, values: &[f64]) -> Self {
        self.with(tag, b"FD", Content::F64(values.to_vec()))
    }

    /// Attribute tags as values.
    pub fn at(self, tag: u32, values: &[u32]) -> Self {
        let words = values.iter().flat_map(|t| [(t >> 16) as u16, *t as u16]).collect();
        self.with(tag, b"AT", Content::U16(words))
    }

    /// A sequence whose own length and items' lengths are given.
    pub fn seq(self, tag: u32, items: Vec<DataSet>) -> Self {
        self.with(tag, b"SQ", Content::Items { items, undefined: false })
    }

    /// A sequence of undefined length, its items too, with delimiters.
    pub fn seq_undefined(self, tag: u32, items: Vec<DataSet>) -> Self {
        self.with(tag, b"SQ", Content::Items { items, undefined: true })
    }

    /// Encapsulated pixel data, a fragment a frame, with the basic offset table that belongs to it.
    pub fn frames(self, frames: Vec<Vec<u8>>) -> Self {
        let mut offsets = Vec::with_capacity(frames.len());
        let mut at = 0u32;
        for frame in &frames {
            offsets.push(at);
            at =
                at.saturating_add(8 + u32::try_from(frame.len().next_multiple_of(2)).unwrap_or(u32::MAX - 8));
        }
        self.fragments(offsets, frames)
    }

    /// Encapsulated pixel data with any offset table and any fragments.
    pub fn fragments(self, offsets: Vec<u32>, fragments: Vec<Vec<u8>>) -> Self {
        self.with(0x7FE0_0010, b"OB", Content::Fragments { offsets, fragments })
    }

    /// Appends the other set's elements.
    pub fn join(mut self, other: DataSet) -> Self {
        self.elements.extend(other.elements);
        self
    }

    /// Replaces what is there under the tags of `other`, at any place, by the elements of `other`.
    pub fn replace(mut self, other: DataSet) -> Self {
        self.elements.retain(|mine| other.elements.iter().all(|theirs| theirs.tag != mine.tag));
        self.join(other)
    }

    /// Without the elements of these tags, at the top level.
    pub fn without(mut self, tags: &[u32]) -> Self {
        self.elements.retain(|e| !tags.contains(&e.tag));
        self
    }

    /// Ascending by tag, as the standard wants it; elements of one tag keep their order. Items are left alone.
    pub fn sorted(mut self) -> Self {
        self.elements.sort_by_key(|e| e.tag);
        self
    }

    /// The text given under a tag at the top level, if it was given as text.
    pub fn text_of(&self, tag: u32) -> Option<&str> {
        self.elements.iter().find(|e| e.tag == tag).and_then(|e| match &e.content {
            Content::Text(text) => Some(text.as_str()),
            _ => None,
        })
    }
}

/// Text by VR, named after it (`age` is AS).
impl DataSet {
    pub fn ae(self, tag: u32, value: impl AsRef<str>) -> Self {
        self.text(tag, b"AE", value)
    }

    pub fn age(self, tag: u32, value: impl AsRef<str>) -> Self {
        self.text(tag, b"AS", value)
    }

    pub fn cs(self, tag: u32, value: impl AsRef<str>) -> Self {
        self.text(tag, b"CS", value)
    }

    pub fn da(self, tag: u32, value: impl AsRef<str>) -> Self {
        self.text(tag, b"DA", value)
    }

    pub fn ds(self, tag: u32, value: impl AsRef<str>) -> Self {
        self.text(tag, b"DS", value)
    }

    pub fn dt(self, tag: u32, value: impl AsRef<str>) -> Self {
        self.text(tag, b"DT", value)
    }

    pub fn is(self, tag: u32, value: impl AsRef<str>) -> Self {
        self.text(tag, b"IS", value)
    }

    pub fn lo(self, tag: u32, value: impl AsRef<str>) -> Self {
        self.text(tag, b"LO", value)
    }

    pub fn lt(self, tag: u32, value: impl AsRef<str>) -> Self {
        self.text(tag, b"LT", value)
    }

    pub fn pn(self, tag: u32, value: impl AsRef<str>) -> Self {
        self.text(tag, b"PN", value)
    }

    pub fn sh(self, tag: u32, value: impl AsRef<str>) -> Self {
        self.text(tag, b"SH", value)
    }

    pub fn st(self, tag: u32, value: impl AsRef<str>) -> Self {
        self.text(tag, b"ST", value)
    }

    pub fn tm(self, tag: u32, value: impl AsRef<str>) -> Self {
        self.text(tag, b"TM", value)
    }

    pub fn ui(self, tag: u32, value: impl AsRef<str>) -> Self {
        self.text(tag, b"UI", value)
    }

    pub fn ur(self, tag: u32, value: impl AsRef<str>) -> Self {
        self.text(tag, b"UR", value)
    }

    pub fn ut(self, tag: u32, value: impl AsRef<str>) -> Self {
        self.text(tag, b"UT", value)
    }
}
