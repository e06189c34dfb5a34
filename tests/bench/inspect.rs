//! What judging one file costs, after it was read: `cargo bench --bench inspect`. Over the demo's head CT, and over the
//! files under `DCMLEAK_CORPUS` where it is set.

#[path = "../common/allocator.rs"]
mod allocator;

use dcmleak::{
    demo,
    dicom::{Limits, Reader, Reading},
    leak::{Inspector, Subject, carrier, content, detect},
};
use std::{
    hint::black_box,
    path::{Path, PathBuf},
    time::Instant,
};

const ROUNDS: u32 = 2000;

fn main() {
    let folder = demo::compose().expect("the demo");
    let mut reader = Reader::new(Limits::default());
    for name in ["CT_Head/CT009.dcm", "CT_Head/CT003.dcm", "research_clean/sub-001/mr/image-001.dcm"] {
        let Some(file) = folder.files.iter().find(|file| file.path.ends_with(name)) else { continue };
        measure(name, &reader.read_bytes(&file.bytes));
    }
    let Some(root) = std::env::var_os("DCMLEAK_CORPUS").map(PathBuf::from) else { return };
    for name in ["pydicom-pip/test_files/CT_small.dcm", "pydicom-pip/test_files/MR_small.dcm"] {
        measure(name, &reader.read(&root.join(name)));
    }
}

fn measure(name: &str, reading: &Reading) {
    let path = Path::new("a/b/c.dcm");
    let inspector = Inspector::new();
    let subject = Subject { reading, name: path };
    let mut passages = Vec::new();
    detect::passages(&subject, &mut passages);
    let texts = passages.len();
    carrier::passages(&subject, &mut passages);
    let whole = time(|| drop(black_box(inspector.inspect(reading, path, path))));
    let detect = time(|| {
        let (mut findings, mut passages) = (Vec::new(), Vec::new());
        detect::passages(&subject, &mut passages);
        detect::all(&subject, &|_| false, &mut findings);
        drop(black_box((findings, passages)));
    });
    let carrier = time(|| {
        let mut passages = Vec::new();
        carrier::passages(&subject, &mut passages);
        drop(black_box(passages));
    });
    let content = time(|| passages.iter().for_each(|passage| drop(black_box(content::scan(&passage.text)))));
    println!(
        "{name}: {} rows, {texts} + {} passages: inspect {whole:.1} µs, of it detect {detect:.1}, carrier {carrier:.1}, content {content:.1}",
        reading.rows.len(),
        passages.len() - texts,
    );
}

/// Microseconds of one call, the fastest of many: what else the machine does only adds.
fn time(mut call: impl FnMut()) -> f64 {
    let once = |call: &mut dyn FnMut()| {
        let start = Instant::now();
        call();
        start.elapsed().as_secs_f64() * 1e6
    };
    (0..ROUNDS).map(|_| once(&mut call)).fold(f64::INFINITY, f64::min)
}
