use super::Opened;
use crate::{library::FileId, raster::Canvas};
use std::{sync::Arc, time::Duration};

/// Which frame of a file is to be drawn, and how large.
#[derive(Debug, Clone)]
pub struct Sight {
    pub file: FileId,
    pub opened: Arc<Opened>,
    pub frame: u32,
    pub invert: bool,
    pub columns: u16,
    pub rows: u16,
}

impl PartialEq for Sight {
    fn eq(&self, other: &Self) -> bool {
        let key = |s: &Self| (s.file, s.frame, s.invert, s.columns, s.rows);
        key(self) == key(other) && Arc::ptr_eq(&self.opened.reading, &other.opened.reading)
    }
}

/// A frame as cells, or the reason why there is none.
#[derive(Debug, Clone)]
pub struct Picture {
    pub sight: Sight,
    pub canvas: Result<Arc<Canvas>, String>,
}

/// The preview: what is asked for, and what is there.
#[derive(Debug, Clone, Default)]
pub struct Preview {
    pub frame: u32,
    pub invert: bool,
    /// What is to be seen; asked for once it has been so for a while.
    pub wanted: Option<Sight>,
    pub picture: Option<Picture>,
    /// When the cursor will have rested long enough.
    pub due: Option<Duration>,
}

impl Preview {
    /// How long the cursor rests before a picture is asked for.
    pub const REST: Duration = Duration::from_millis(60);

    /// The picture of that file, while it is not outdated.
    pub fn of(&self, file: FileId) -> Option<&Picture> {
        self.picture.as_ref().filter(|picture| picture.sight.file == file)
    }
}
