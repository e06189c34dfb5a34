//! `dcmleak view` as a person without the terminal program uses it.

use dcmleak::demo::{
    anatomy::letters,
    encode::{DataSet, FileBuilder, Syntax},
};
use std::{path::Path, process::Command};

/// An ultrasound image of 300 × 200, text in its upper left corner.
fn write(folder: &Path) {
    let mut pixels = vec![20u8; 300 * 200];
    for (column, row) in letters("SAMPLETON ANNA") {
        pixels[(10 + row) * 300 + 12 + column] = 230;
    }
    let set = DataSet::new()
        .cs(0x0008_0060, "US")
        .us(0x0028_0002, &[1])
        .cs(0x0028_0004, "MONOCHROME2")
        .us(0x0028_0010, &[200])
        .us(0x0028_0011, &[300])
        .us(0x0028_0100, &[8])
        .us(0x0028_0101, &[8])
        .us(0x0028_0102, &[7])
        .us(0x0028_0103, &[0])
        .ds(0x0028_1052, "-100")
        .ds(0x0028_1053, "2")
        .ob(0x7FE0_0010, pixels);
    let bytes = FileBuilder::new("1.2.840.10008.5.1.4.1.1.6.1", Syntax::ExplicitLe).data(set).to_bytes();
    std::fs::write(folder.join("us.dcm"), bytes).unwrap();
}

fn view(more: &[&str]) -> (i32, String, String) {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path());
    let mut command = Command::new(env!("CARGO_BIN_EXE_dcmleak"));
    command.args(["view", "us.dcm", "--size", "60x20", "--colors", "mono", "--glyphs", "ascii"]);
    let output = command.args(more).current_dir(folder.path()).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

#[test]
fn text_is_framed_and_listed() {
    let (status, out, _) = view(&["--boxes"]);
    assert_eq!(status, 0);
    let last = out.lines().last().unwrap();
    assert!(out.contains("+--") && last.starts_with("  1  ") && last.contains("•••"), "{out}");
    let shown = view(&["--boxes", "--show-values"]).1;
    assert!(shown.lines().last().unwrap().ends_with("SAMPLETON ANNA"), "{shown}");
    let plain = view(&[]).1;
    assert!(!plain.contains("+--") && plain.lines().count() == 20, "{plain}");
}

#[test]
fn text_is_enlarged_until_it_can_be_read() {
    let inked =
        |out: &str| out.lines().filter(|line| !line.trim_start_matches(['.', ' ', ':']).is_empty()).count();
    assert!(inked(&view(&[]).1) <= 2);
    let (status, out, _) = view(&["--text", "1"]);
    assert!(status == 0 && (4..=9).contains(&inked(&out)), "{out}");
    let (status, _, error) = view(&["--text", "2"]);
    assert!(status == 2 && error.contains("no text 2"), "{error}");
}

#[test]
fn borders_with_something_on_them_are_shown() {
    let out = view(&["--edges"]).1;
    let parts: Vec<&str> = out.lines().filter(|line| line.contains(" at ")).collect();
    assert_eq!(parts, ["60×40 at 0,0", "60×40 at 60,0"]);
}

#[test]
fn a_pixel_is_told_as_stored_and_as_meant() {
    assert!(view(&["--probe", "0,0"]).1.ends_with("0,0: 20 → -60\n"));
    assert!(view(&["--probe", "300,0"]).1.ends_with("300,0 lies outside of the 300 × 200 pixels\n"));
    assert_eq!(view(&["--probe", "3"]).0, 2);
}
