/// Where in a file a leak sits; the words of the machine output's `place`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    Dataset,
    Meta,
    Preamble,
    Trailer,
    Path,
    Pixels,
    Overlay,
    Icon,
    Encapsulated,
}

impl Place {
    pub fn word(self) -> &'static str {
        match self {
            Self::Dataset => "dataset",
            Self::Meta => "meta",
            Self::Preamble => "preamble",
            Self::Trailer => "trailer",
            Self::Path => "path",
            Self::Pixels => "pixels",
            Self::Overlay => "overlay",
            Self::Icon => "icon",
            Self::Encapsulated => "encapsulated",
        }
    }
}

/// One line of the answer key: a leak that a scene put into a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planted {
    /// The file, relative to the demo folder, with `/` between the parts.
    pub file: String,
    pub place: Place,
    /// DCMTK's path form for an element (`(0040,A730)[0].(0040,A123)`), else the place's word, with the picture's
    /// box for text in pixels (`pixels x,y,w,h`).
    pub at: String,
    /// The finding's class, as PRODUCT's machine output names it.
    pub class: &'static str,
    /// How it is hidden: `attribute`, `utf-16`, `base64`, `duplicate`, …
    pub disguise: &'static str,
    /// Bytes that are in the file (for `Place::Path`: in its path) as long as the leak is. Empty where the value is
    /// there only after decoding: compressed, drawn, computed.
    pub needle: Vec<u8>,
}

/// A leak before it is known in which file.
#[derive(Clone, Debug)]
pub(super) struct Leak {
    pub place: Place,
    pub at: String,
    pub class: &'static str,
    pub disguise: &'static str,
    pub needle: Vec<u8>,
}

impl Leak {
    /// In an element's value.
    pub fn tag(at: &str, class: &'static str, disguise: &'static str, needle: impl AsRef<[u8]>) -> Self {
        Self { place: Place::Dataset, at: at.to_owned(), class, disguise, needle: needle.as_ref().to_vec() }
    }

    /// Anywhere else.
    pub fn other(
        place: Place,
        class: &'static str,
        disguise: &'static str,
        needle: impl AsRef<[u8]>,
    ) -> Self {
        Self { place, at: place.word().to_owned(), class, disguise, needle: needle.as_ref().to_vec() }
    }

    /// At an element, yet of another place: meta, icon, overlay, encapsulated.
    pub fn at(mut self, at: &str) -> Self {
        self.at = at.to_owned();
        self
    }

    /// Drawn into the pixels, in a box of x, y, width, height.
    pub fn drawn(class: &'static str, [x, y, w, h]: [usize; 4]) -> Self {
        let at = format!("pixels {x},{y},{w},{h}");
        Self { at, ..Self::other(Place::Pixels, class, "burned-in", "") }
    }
}
