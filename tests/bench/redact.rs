//! What redaction costs: `cargo bench --bench redact`. A large multi-frame file against `cp`; peak memory of files up
//! to 4 GiB; many small files against
//! `dcmodify`, one process for all of them and one for each, where it is installed.

#[path = "../common/allocator.rs"]
mod allocator;
#[path = "../common/peak.rs"]
mod peak;

use dcmleak::demo::encode::{DataSet, FileBuilder, Syntax};
use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
    time::Instant,
};

const FRAMES: usize = 1000;
const SIDE: u16 = 512;
const SMALL: usize = 2000;
/// Files that have a process each.
const EACH: usize = 200;

fn seconds(command: &mut Command) -> f64 {
    let start = Instant::now();
    let output = command.stdin(Stdio::null()).stdout(Stdio::null()).output().expect("it starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    start.elapsed().as_secs_f64()
}

fn redact(input: &Path, out: &Path) -> f64 {
    let _ = fs::remove_dir_all(out);
    let mut command = Command::new(env!("CARGO_BIN_EXE_dcmleak"));
    seconds(command.arg("redact").arg(input).arg("--out").arg(out))
}

fn data(number: usize) -> DataSet {
    let uid = |kind: usize| format!("2.999.{kind}.{number}");
    DataSet::new()
        .ui(0x0008_0016, "1.2.840.10008.5.1.4.1.1.2")
        .ui(0x0008_0018, uid(1))
        .da(0x0008_0020, "20240102")
        .sh(0x0008_0050, "ACC0012345")
        .cs(0x0008_0060, "CT")
        .lo(0x0008_0080, "Sample Hospital")
        .lo(0x0008_1030, "HEAD for Sampleton")
        .pn(0x0010_0010, "Sampleton^Jonathan")
        .lo(0x0010_0020, "EX-0012345")
        .da(0x0010_0030, "19610503")
        .ui(0x0020_000D, "2.999.7")
        .ui(0x0020_000E, "2.999.8")
}

fn image(set: DataSet, side: u16, frames: usize) -> DataSet {
    described(set, side, frames).raw(0x7fe0_0010, b"OW", noise(side, frames))
}

fn noise(side: u16, frames: usize) -> Vec<u8> {
    let bytes = usize::from(side) * usize::from(side) * 2 * frames;
    // Noise, so that nothing on the way can take it for nothing.
    let mut state = 1u32;
    let next = |_| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    };
    (0..bytes).map(next).collect()
}

/// All but the pixels.
fn described(set: DataSet, side: u16, frames: usize) -> DataSet {
    set.us(0x0028_0002, &[1])
        .cs(0x0028_0004, "MONOCHROME2")
        .text(0x0028_0008, b"IS", frames.to_string())
        .us(0x0028_0010, &[side])
        .us(0x0028_0011, &[side])
        .us(0x0028_0100, &[16])
        .us(0x0028_0101, &[16])
        .us(0x0028_0102, &[15])
        .us(0x0028_0103, &[0])
}

fn file(set: DataSet) -> Vec<u8> {
    FileBuilder::new("1.2.840.10008.5.1.4.1.1.2", Syntax::ExplicitLe).data(set).to_bytes()
}

fn large(folder: &Path) {
    let input = folder.join("large.dcm");
    let bytes = file(image(data(1), SIDE, FRAMES));
    let mebibytes = bytes.len() as f64 / f64::from(1 << 20);
    fs::write(&input, bytes).expect("there is room");
    for round in 0..3 {
        // Both with their bytes on the disk.
        let copied = seconds(
            Command::new("sh")
                .arg("-c")
                .arg("cp \"$0\" \"$1\" && sync \"$1\"")
                .arg(&input)
                .arg(folder.join("copy")),
        );
        let redacted = redact(&input, &folder.join("out"));
        println!(
            "{round}: {mebibytes:.0} MiB: cp and sync {copied:.2} s, redacted and verified {redacted:.2} s ({:.0} MiB/s, {:.2} of cp)",
            mebibytes / redacted,
            copied / redacted
        );
    }
}

/// Peak memory against the length of the file, which is nothing but a header and a hole.
fn memory(folder: &Path) {
    let input = folder.join("hole.dcm");
    for mebibytes in [1, 256, 4095] {
        let length: u32 = mebibytes << 20;
        let mut bytes =
            file(described(data(1), SIDE, 2 * mebibytes as usize).raw(0x7fe0_0010, b"OW", vec![]));
        let at = bytes.len() - 4;
        bytes.truncate(at);
        bytes.extend(length.to_le_bytes());
        fs::write(&input, &bytes).expect("there is room");
        let hole = fs::OpenOptions::new().write(true).open(&input).expect("it is there");
        hole.set_len(bytes.len() as u64 + u64::from(length)).expect("there is room");
        let out = folder.join("hole-out");
        let _ = fs::remove_dir_all(&out);
        let mut command = Command::new(env!("CARGO_BIN_EXE_dcmleak"));
        command.arg("redact").arg(&input).arg("--out").arg(&out).stdout(Stdio::null());
        let (_, peak) = peak::follow(&mut command.spawn().expect("it starts"));
        let _ = fs::remove_dir_all(&out);
        println!("{mebibytes} MiB: peak {} MiB", peak >> 20);
    }
}

fn small(folder: &Path) {
    let input = folder.join("small");
    fs::create_dir(&input).expect("there is room");
    for number in 0..SMALL {
        fs::write(input.join(format!("{number}.dcm")), file(image(data(number), 16, 1)))
            .expect("there is room");
    }
    let redacted = SMALL as f64 / redact(&input, &folder.join("small-out"));
    println!("{SMALL} small files: {redacted:.0} a second");
    let copies = folder.join("modified");
    seconds(Command::new("cp").arg("-r").arg(&input).arg(&copies));
    let mut modify = Command::new("sh");
    modify.arg("-c").arg("cd \"$0\" && exec dcmodify -nb -gin -m '(0010,0010)=X' -m '(0010,0020)=X' -e '(0008,0080)' *.dcm").arg(&copies);
    if Command::new("dcmodify").arg("--version").output().is_ok() {
        let modified = SMALL as f64 / seconds(&mut modify);
        println!(
            "dcmodify, one process, three attributes, nothing verified: {modified:.0} a second; {:.2} times",
            redacted / modified
        );
        // As a script calls it.
        let mut each = Command::new("sh");
        each.arg("-c").arg(format!("cd \"$0\" && for f in $(ls *.dcm | head -{EACH}); do dcmodify -nb -gin -m '(0010,0010)=X' $f; done"));
        let modified = EACH as f64 / seconds(each.arg(&copies));
        println!(
            "dcmodify, a process a file, one attribute: {modified:.0} a second; {:.1} times",
            redacted / modified
        );
    }
}

fn main() {
    let folder = tempfile::tempdir().expect("there is a temporary folder");
    large(folder.path());
    memory(folder.path());
    small(folder.path());
}
