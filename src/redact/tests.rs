//! Splices: what no edit touches stays, and what comes out is read again.

use super::{Edit, Edits, Original, Splice};
use crate::{
    demo::encode::{DataSet, FileBuilder, Syntax},
    dicom::{Kind, Limits, Reader, Reading, RowId, Status},
};
use proptest::prelude::*;
use std::{fs, io::Write, path::Path};

const SYNTAXES: [Syntax; 4] = [Syntax::ImplicitLe, Syntax::ExplicitLe, Syntax::ExplicitBe, Syntax::Deflated];

fn read(path: &Path) -> Reading {
    Reader::new(Limits::default()).read(path)
}

/// The data set of the file with these edits; and whether its size was known before.
fn spliced(path: &Path, reading: &Reading, edits: &Edits) -> Vec<u8> {
    let mut original = Original::open(path, reading).unwrap();
    let splice = Splice::new(reading, edits, original.length());
    let mut out = Vec::new();
    splice.write(&mut original, &mut out).unwrap();
    assert_eq!(splice.size(), out.len() as u64);
    out
}

/// A file of that data set and the meta information of `like`.
fn again(like: &[u8], reading: &Reading, data: &[u8]) -> Vec<u8> {
    let meta = reading.rows.iter().filter(|&(id, _)| reading.rows.is_meta(id)).last();
    let end = meta.map_or(0, |(_, row)| row.offset as usize + row.length as usize);
    let mut out = like[..end].to_vec();
    if reading.syntax.deflated {
        let mut deflate = flate2::write::DeflateEncoder::new(out, flate2::Compression::fast());
        deflate.write_all(data).unwrap();
        return deflate.finish().unwrap();
    }
    out.extend(data);
    out
}

/// Tag, VR, kind, depth and bytes of every row that `keep` lets stand.
fn shape(reading: &Reading, keep: impl Fn(RowId) -> bool) -> Vec<String> {
    let rows = &reading.rows;
    let row = |id: RowId| {
        let row = rows.get(id).unwrap();
        let bytes = if row.kind == Kind::Element { rows.bytes(id) } else { &[] };
        format!("{} {} {:?} {:?} {bytes:?}", row.depth, row.tag, row.vr, row.kind)
    };
    (0..rows.len()).filter(|&id| !rows.is_meta(id) && keep(id)).map(row).collect()
}

fn items(depth: u32) -> BoxedStrategy<DataSet> {
    let text = "[ -~]{0,9}";
    let leaf = (any::<u16>(), text, any::<bool>()).prop_map(|(element, text, binary)| {
        let tag = 0x0011_1000 | u32::from(element & 0xff);
        let set = DataSet::new().lo(0x0011_0010, "ACME");
        if binary {
            set.ob(tag, text.into_bytes())
        } else {
            set.lt(0x0010_4000, &text).us(0x0028_0010, &[element])
        }
    });
    if depth == 0 {
        return leaf.boxed();
    }
    let inner = prop::collection::vec(items(depth - 1), 0..3);
    (leaf, inner, any::<bool>())
        .prop_map(|(leaf, items, undefined)| {
            let tag = 0x0040_a730;
            leaf.join(if undefined {
                DataSet::new().seq_undefined(tag, items)
            } else {
                DataSet::new().seq(tag, items)
            })
        })
        .boxed()
}

fn written(folder: &Path, set: DataSet, syntax: Syntax) -> (std::path::PathBuf, Vec<u8>) {
    let set = DataSet::new().ui(0x0008_0018, "2.999.1").join(set);
    let bytes = FileBuilder::new("1.2.840.10008.5.1.4.1.1.7", syntax).data(set).to_bytes();
    let path = folder.join("file");
    fs::write(&path, &bytes).unwrap();
    (path, bytes)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn without_edits_all_bytes_stay(set in items(3), syntax in prop::sample::select(SYNTAXES.to_vec())) {
        let folder = tempfile::tempdir().unwrap();
        let (path, bytes) = written(folder.path(), set, syntax);
        let reading = read(&path);
        prop_assert_eq!(reading.status, Status::Ok);
        let data = spliced(&path, &reading, &Edits::default());
        if syntax == Syntax::Deflated {
            let same = again(&bytes, &reading, &data);
            let other = Reader::new(Limits::default()).read_bytes(&same);
            prop_assert_eq!(shape(&other, |_| true), shape(&reading, |_| true));
        } else {
            prop_assert_eq!(again(&bytes, &reading, &data), bytes);
        }
    }

    #[test]
    fn edits_change_what_they_are_of_and_nothing_else(
        set in items(3),
        syntax in prop::sample::select(SYNTAXES.to_vec()),
        picks in prop::collection::vec((any::<prop::sample::Index>(), 0..3), 1..6),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let (path, bytes) = written(folder.path(), set, syntax);
        let reading = read(&path);
        let rows = &reading.rows;
        let first = rows.data_set();
        let mut edits = Edits::default();
        for (pick, what) in picks {
            let id = first + pick.index(rows.len() - first);
            let leaf = rows.get(id).unwrap().kind == Kind::Element;
            edits.set(id, match what {
                1 if leaf => Edit::Value(b"another!".to_vec()),
                2 if leaf && rows.get(id).unwrap().length > 2 => Edit::Cut(2),
                _ => Edit::Remove,
            });
        }
        let data = spliced(&path, &reading, &edits);
        let other = Reader::new(Limits::default()).read_bytes(&again(&bytes, &reading, &data));
        prop_assert!(matches!(other.status, Status::Ok) || data.is_empty(), "{:?}", other.error);
        let gone = |mut id: RowId| loop {
            if matches!(edits.get(id), Some(Edit::Remove)) { return true }
            match rows.parent(id) { Some(parent) => id = parent, None => return false }
        };
        let stays = shape(&reading, |id| !gone(id));
        let ids: Vec<RowId> = (first..rows.len()).filter(|&id| !gone(id)).collect();
        let came = shape(&other, |_| true);
        prop_assert_eq!(came.len(), stays.len());
        for ((id, before), after) in ids.into_iter().zip(stays).zip(came) {
            match edits.get(id) {
                Some(Edit::Value(value)) => {
                    let shown = format!("{value:?}");
                    prop_assert!(after.ends_with(&shown), "{} {}", after, shown);
                }
                Some(Edit::Cut(_)) => prop_assert_ne!(before, after),
                _ => prop_assert_eq!(before, after),
            }
        }
    }
}

#[test]
fn elements_are_put_in_where_they_belong() {
    let folder = tempfile::tempdir().unwrap();
    let set = DataSet::new().lo(0x0010_0020, "1").cs(0x0028_0004, "RGB");
    let (path, bytes) = written(folder.path(), set, Syntax::ExplicitLe);
    let reading = read(&path);
    let mut edits = Edits::default();
    for tag in [0x0028_0303u32, 0x0012_0062, 0x0028_0003] {
        let tag = crate::dicom::Tag((tag >> 16) as u16, tag as u16);
        let mut element = Vec::new();
        super::encode::element(&mut element, reading.syntax.coding, tag, crate::dicom::Vr::CS, b"YES");
        edits.insert(tag, element);
    }
    let other = Reader::new(Limits::default()).read_bytes(&again(
        &bytes,
        &reading,
        &spliced(&path, &reading, &edits),
    ));
    let tags: Vec<String> = other
        .rows
        .iter()
        .filter(|&(id, _)| !other.rows.is_meta(id))
        .map(|(_, row)| row.tag.to_string())
        .collect();
    assert_eq!(
        tags,
        ["(0008,0018)", "(0010,0020)", "(0012,0062)", "(0028,0003)", "(0028,0004)", "(0028,0303)"]
    );
    assert_eq!(other.status, Status::Ok);
}

#[test]
fn pixels_are_patched_and_masked_in_place() {
    let folder = tempfile::tempdir().unwrap();
    let pixels: Vec<u8> = (0..=255).cycle().take(600_001).collect();
    let (path, _) =
        written(folder.path(), DataSet::new().ob(0x7fe0_0010, pixels.clone()), Syntax::ExplicitLe);
    let reading = read(&path);
    let id = reading.pixel_data().unwrap();
    let mut edits = Edits::default();
    let patch = |offset, byte| super::Patch { offset, bytes: vec![byte; 3] };
    edits.set(id, Edit::Patch(vec![patch(0, 0xaa), patch(300_000, 0xbb)]));
    let out = spliced(&path, &reading, &edits);
    let value = &out[out.len() - 600_002..];
    assert_eq!(
        (&value[..4], &value[300_000..300_004]),
        (&[0xaa, 0xaa, 0xaa, 3][..], &[0xbb, 0xbb, 0xbb, pixels[300_003]][..])
    );
    edits.set(id, Edit::Mask(vec![0xff, 0x0f]));
    let out = spliced(&path, &reading, &edits);
    let value = &out[out.len() - 600_002..];
    assert!(
        value
            .chunks(2)
            .zip(pixels.chunks(2))
            .all(|(a, b)| a[0] == b[0] && b.get(1).is_none_or(|b| a[1] == b & 0x0f))
    );
}

/// Every file of the corpus that is read to its end, where `DCMLEAK_CORPUS` names a folder of them.
#[test]
fn without_edits_real_files_stay() {
    let Some(root) = std::env::var_os("DCMLEAK_CORPUS") else { return };
    let (mut folders, mut files, mut same) = (vec![std::path::PathBuf::from(root)], 0, 0);
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let reading = read(&path);
            if reading.status != Status::Ok || reading.syntax.deflated {
                continue;
            }
            files += 1;
            let bytes = fs::read(&path).unwrap();
            let whole = again(&bytes, &reading, &spliced(&path, &reading, &Edits::default()));
            let end = reading.trailer.as_ref().map_or(bytes.len() as u64, |trailer| trailer.offset) as usize;
            if whole != bytes[..end] {
                let other = Reader::new(Limits::default()).read_bytes(&whole);
                assert_eq!(shape(&other, |_| true), shape(&reading, |_| true), "{}", path.display());
                eprintln!("not the same bytes: {}", path.display());
            } else {
                same += 1;
            }
        }
    }
    assert!(files > 100 && same * 100 >= files * 97, "{same} of {files}");
}
