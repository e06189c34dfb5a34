//! Text burned into pixels.

use super::{demo, files, read, run, text};
use dcmleak::dicom::{
    Limits, Reader, Tag,
    frame::{self, Cancel, Frame, FrameLimits, Layout},
};
use serde_json::Value;
use std::{
    fs,
    path::{Path, PathBuf},
};

/// The frames of a file.
fn frames(path: &Path) -> Vec<Frame> {
    let reading = Reader::new(Limits::default()).read(path);
    let Ok(layout) = Layout::of(&reading) else { return Vec::new() };
    let frame =
        |number| frame::decode(path, &reading, number, &FrameLimits::default(), &Cancel::new()).unwrap();
    (0..layout.frames).map(frame).collect()
}

#[test]
fn text_in_pixels_goes_and_the_rest_of_the_image_stays() {
    let folder = tempfile::tempdir().unwrap();
    let input = demo().input.join("PACS_Export/40271183");
    let out = folder.path().join("out");
    let output = run(&input, &out, &[]);
    assert!(text(&output.stderr).contains("pixels.text"), "{}", text(&output.stderr));
    assert!(text(&output.stderr).contains("--clean pixels"));
    let out = folder.path().join("clean");
    let output = run(&input, &out, &["--clean", "pixels"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let manifest: Value =
        serde_json::from_slice(&fs::read(out.join("dcmleak-manifest.json")).unwrap()).unwrap();
    let inputs: Vec<PathBuf> = files(&input).into_keys().collect();
    let mut changed = 0;
    for file in manifest["files"].as_array().unwrap() {
        let original = input.join(&inputs[file["input"].as_u64().unwrap() as usize - 1]);
        let Some(name) = file["output"].as_str() else { continue };
        let (before, after) = (frames(&original), frames(&out.join(name)));
        assert_eq!(before.len(), after.len());
        let cleaned = read(&fs::read(out.join(name)).unwrap()).text(Tag(0x0028, 0x0301)) == "NO";
        for (before, after) in before.iter().zip(&after) {
            assert_eq!(
                (before.columns, before.rows, before.samples),
                (after.columns, after.rows, after.samples)
            );
            let all = before.data.len();
            let differ = (0..all).filter(|&at| before.data.get(at) != after.data.get(at)).count();
            changed += usize::from(differ > 0);
            assert!(
                differ == 0 || cleaned && differ * 3 < all,
                "{differ} of {all} in {}",
                original.display()
            );
            // What differs is black.
            let black =
                |at: usize| after.data.get(at) == Some(0.0) || before.data.get(at) == after.data.get(at);
            assert!(before.samples > 1 || (0..all).all(black));
        }
    }
    assert!(changed > 1);
}
