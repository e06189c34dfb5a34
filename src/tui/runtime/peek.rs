use super::redaction;
use crate::{
    dicom::{Limits, Location, Reader, frame::Cancel},
    leak::Inspector,
    library::{FileId, NodeId},
    tui::state::{
        Hex, Msg,
        drawing::Measure,
        hex::Peeked,
        pivot::{Gathered, values_at},
    },
};
use std::{
    fs::{self, File},
    io::{self, Read, Seek, SeekFrom},
    path::{Path, PathBuf},
    sync::Arc,
};

/// What is read for a view: a part of a file, an element of many files, or a file and its copy.
#[derive(Debug)]
pub enum ToPeek {
    Bytes { path: PathBuf, from: u64 },
    Element { node: NodeId, at: Location, files: Vec<(FileId, PathBuf)> },
    Devices(Measure),
    Pair { original: PathBuf, copy: PathBuf },
}

pub fn read(job: ToPeek, inspector: &Inspector, cancel: &Cancel) -> Msg {
    match job {
        ToPeek::Bytes { path, from } => {
            let (size, bytes) = match bytes(&path, from) {
                Ok((size, bytes)) => (size, Ok(Arc::from(bytes))),
                Err(error) => (0, Err(error.kind().to_string())),
            };
            Msg::Peeked(Peeked { path, from, size, bytes })
        }
        ToPeek::Pair { original, copy } => redaction::pair(&original, &copy, inspector),
        ToPeek::Devices(measure) => {
            let mut reader = Reader::new(Limits::default());
            Msg::Measured(measure.done(|path| (!cancel.is_cancelled()).then(|| reader.read(path))))
        }
        ToPeek::Element { node, at, files } => {
            let mut reader = Reader::new(Limits::default());
            let going = files.into_iter().take_while(|_| !cancel.is_cancelled());
            let values = going.map(|(file, path)| (file, values_at(&reader.read(&path), &at))).collect();
            Msg::Gathered(Gathered { node, at, values })
        }
    }
}

fn bytes(path: &Path, from: u64) -> io::Result<(u64, Vec<u8>)> {
    // Asked before opening: to open a FIFO would wait for a writer.
    let meta = fs::metadata(path)?;
    if !meta.is_file() {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    let mut file = File::open(path)?;
    file.seek(SeekFrom::Start(from))?;
    let mut bytes = Vec::new();
    file.take(Hex::WINDOW).read_to_end(&mut bytes)?;
    Ok((meta.len(), bytes))
}
