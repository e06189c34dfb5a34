//! Files that are larger than what may be held of them.

use super::program;
use crate::peak;
use dcmleak::demo::encode::{DataSet, FileBuilder, Syntax};
use std::{
    fs::{self, OpenOptions},
    process::Stdio,
};

const CLASS: &str = "1.2.840.10008.5.1.4.1.1.7.2";
const SIDE: u16 = 1024;
/// Bytes of memory that a large file may take more than a small one: for frames that are looked at, and for what is
/// read and written at a time.
const MORE: u64 = 128 << 20;

/// A film of so many frames with nothing in them: all but its header is a hole in the disk.
fn film(frames: u32) -> (Vec<u8>, u64) {
    let set = DataSet::new()
        .ui(0x0008_0016, CLASS)
        .ui(0x0008_0018, "2.999.1.77.4712")
        .cs(0x0008_0060, "OT")
        .pn(0x0010_0010, "Sampleton^Jonathan")
        .us(0x0028_0002, &[1])
        .cs(0x0028_0004, "MONOCHROME2")
        .is(0x0028_0008, frames.to_string())
        .us(0x0028_0010, &[SIDE])
        .us(0x0028_0011, &[SIDE])
        .us(0x0028_0100, &[8])
        .us(0x0028_0101, &[8])
        .us(0x0028_0102, &[7])
        .us(0x0028_0103, &[0])
        .raw(0x7fe0_0010, b"OB", vec![]);
    let mut bytes = FileBuilder::new(CLASS, Syntax::ExplicitLe).data(set).to_bytes();
    let length = frames * u32::from(SIDE) * u32::from(SIDE);
    let at = bytes.len() - 4;
    bytes[at..].copy_from_slice(&length.to_le_bytes());
    let size = bytes.len() as u64 + u64::from(length);
    (bytes, size)
}

/// The memory that it takes to write a copy of such a film.
fn memory(frames: u32) -> u64 {
    let folder = tempfile::tempdir().unwrap();
    let (input, out) = (folder.path().join("film.dcm"), folder.path().join("out"));
    let (bytes, size) = film(frames);
    fs::write(&input, bytes).unwrap();
    OpenOptions::new().write(true).open(&input).unwrap().set_len(size).unwrap();
    let mut command = program();
    command.arg(&input).arg("--out").arg(&out).stdout(Stdio::null()).stderr(Stdio::null());
    let (code, memory) = peak::follow(&mut command.spawn().unwrap());
    assert_eq!(code, Some(0));
    memory
}

#[test]
fn memory_does_not_grow_with_the_file() {
    let (small, large) = (memory(2), memory(200));
    assert!(large < small + MORE, "{} MiB, {} MiB", small >> 20, large >> 20);
}
