use super::ModelError;
use std::{
    fs::{self, File},
    io::{self, BufReader, Read},
    path::Path,
};
use walkdir::WalkDir;
use zip::ZipArchive;

/// Bytes of one model at most.
const MOST: u64 = 256 << 20;
/// Files that are looked at, and how deep they may lie.
const FILES: usize = 4096;
const DEPTH: usize = 4;

/// A file that may belong to a pair.
#[derive(Debug)]
pub(super) struct Member {
    /// Without its folder.
    pub name: String,
    pub bytes: Vec<u8>,
}

impl Member {
    pub fn is_model(&self, kind: &str) -> bool {
        let name = self.name.to_lowercase();
        name.ends_with(".onnx") && name.contains(kind)
    }

    /// One letter a line, as PaddleOCR writes them.
    pub fn is_alphabet(&self) -> bool {
        is_alphabet(&self.name)
    }
}

fn is_alphabet(name: &str) -> bool {
    let name = name.to_lowercase();
    name.ends_with("dict.txt") || name.ends_with("keys.txt") || name.ends_with("keys_v1.txt")
}

fn is_wanted(name: &str) -> bool {
    name.to_lowercase().ends_with(".onnx") || is_alphabet(name)
}

/// Models and alphabets of a folder or an archive.
pub(super) fn members(path: &Path) -> Result<Vec<Member>, ModelError> {
    let about = fs::metadata(path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => ModelError::Missing,
        kind => ModelError::Unreadable(kind),
    })?;
    if about.is_dir() { in_folder(path) } else { in_archive(path) }
}

fn in_folder(path: &Path) -> Result<Vec<Member>, ModelError> {
    let entries = WalkDir::new(path).max_depth(DEPTH).sort_by_file_name().into_iter().filter_map(Result::ok);
    let files = entries.take(FILES).filter(|entry| entry.file_type().is_file());
    let named = files.map(|entry| (entry.file_name().to_string_lossy().into_owned(), entry));
    named
        .filter(|(name, _)| is_wanted(name))
        .map(|(name, entry)| {
            let file = File::open(entry.path()).map_err(|error| ModelError::Unreadable(error.kind()))?;
            read(name, file)
        })
        .collect()
}

fn in_archive(path: &Path) -> Result<Vec<Member>, ModelError> {
    let file = File::open(path).map_err(|error| ModelError::Unreadable(error.kind()))?;
    let mut archive = ZipArchive::new(BufReader::new(file)).map_err(|_| ModelError::NoArchive)?;
    let mut members = Vec::new();
    for at in 0..archive.len().min(FILES) {
        let Ok(entry) = archive.by_index(at) else { continue };
        let Ok(name) = entry.name().map(|name| name.rsplit('/').next().unwrap_or_default().to_owned()) else {
            continue;
        };
        if entry.is_file() && is_wanted(&name) {
            members.push(read(name, entry)?);
        }
    }
    Ok(members)
}

fn read(name: String, from: impl Read) -> Result<Member, ModelError> {
    let mut bytes = Vec::new();
    let length = from.take(MOST + 1).read_to_end(&mut bytes);
    match length.map_err(|error| ModelError::Unreadable(error.kind()))? as u64 > MOST {
        true => Err(ModelError::TooLarge(name)),
        false => Ok(Member { name, bytes }),
    }
}
