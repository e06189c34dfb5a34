//! The program as a script starts it.

use dcmleak::demo::encode::{DataSet, FileBuilder, Syntax};
use std::process::Command;

fn show(bytes: &[u8], more: &[&str]) -> (String, Option<i32>) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.dcm");
    std::fs::write(&file, bytes).unwrap();
    let output =
        Command::new(env!("CARGO_BIN_EXE_dcmleak")).arg("show").arg(&file).args(more).output().unwrap();
    (String::from_utf8(output.stdout).unwrap(), output.status.code())
}

fn named() -> Vec<u8> {
    let set = DataSet::new().pn(0x0010_0010, "Example^Erika");
    FileBuilder::new("1.2.840.10008.5.1.4.1.1.7", Syntax::ExplicitLe).data(set).to_bytes()
}

#[test]
fn show_masks_unless_asked() {
    let (masked, status) = show(&named(), &[]);
    assert!(masked.contains("PatientName E••••••^E••••") && !masked.contains("Erika"), "{masked}");
    assert_eq!(status, Some(0));
    assert!(show(&named(), &["--show-values"]).0.contains("Example^Erika"));
}

#[test]
fn show_says_what_it_cannot_read() {
    assert_eq!(show(b"a text file", &[]), (String::new(), Some(2)));
    let cut = named();
    assert_eq!(show(&cut[..cut.len() - 3], &[]).1, Some(3));
}
