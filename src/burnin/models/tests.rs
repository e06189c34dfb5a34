use super::*;
use crate::raster::Pixels;
use std::{fs, path::PathBuf};

/// A pair that the tests may read by, where there is one.
fn given() -> Option<PathBuf> {
    std::env::var_os("DCMLEAK_OCR_MODELS").map(PathBuf::from)
}

#[test]
fn what_is_no_pair_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let load = |path: &Path| Models::load(path).map(|_| ()).unwrap_err().to_string();
    assert_eq!(load(&folder.path().join("none")), "not found");
    assert_eq!(load(folder.path()), "holds no model whose name says that it finds lines");
    let [det, rec, text] = ["a_det.onnx", "a_rec.onnx", "a.txt"].map(|name| folder.path().join(name));
    fs::write(&text, "no archive").unwrap();
    assert_eq!(load(&text), "is no wheel or other zip archive");
    fs::write(&det, b"\x08\x07garbage").unwrap();
    assert_eq!(load(folder.path()), "holds no model whose name says that it reads lines");
    fs::write(&rec, b"").unwrap();
    assert_eq!(load(folder.path()), "a_det.onnx is no model in ONNX that can be run here");
    fs::write(folder.path().join("b_det.onnx"), b"").unwrap();
    assert_eq!(load(folder.path()), "holds several models whose names say that they finds lines");
}

#[test]
fn a_pair_reads_and_sees_nothing_where_nothing_is() {
    let Some(path) = given() else { return };
    let models = Models::load(&path).unwrap();
    assert!(models.origins().iter().all(|origin| origin.sha256.len() == 64 && origin.bytes > 0));
    let blank = Picture { columns: 320, rows: 120, aspect: 1.0, pixels: Pixels::Grey(vec![20; 320 * 120]) };
    assert!(models.search(&blank).is_empty());
    let written = crate::burnin::reader::tests::written("HELLO 1965");
    let found = models.search(&written);
    assert_eq!(found.len(), 1, "{found:?}");
    let line = models.read(&written, &found[0].lines[0]).unwrap();
    assert_eq!(crate::burnin::folded(line.text.expose()), crate::burnin::folded("HELLO 1965"));
    assert!(line.is_sure());
}
