//! What a scan costs: `cargo bench --bench scan`. Writes small files, reads them warm, and prints in one run the time a
//! file takes against the floor (its first 64 KiB read on as many threads, and nothing done with them), and the peak
//! memory against the number of files.

#[path = "../common/allocator.rs"]
mod allocator;

use dcmleak::{
    demo::encode::{DataSet, FileBuilder, Syntax},
    dicom::{Limits, Reader},
    leak::Inspector,
    library::{Catalog, Event, Roots, Scan, ScanOptions, Values},
    report::{self, Format, Options},
};
use std::{
    fs::{self, File},
    io::Read,
    path::{Path, PathBuf},
    process::Command,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Instant,
};

const FILES: usize = 10_000;
const ROUNDS: usize = 5;
/// Pixels a side of a thumbnail's image.
const SMALL: u16 = 64;
/// Files of a series, series of a patient.
const SERIES: usize = 100;
const PATIENT: usize = 4;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match args.as_slice() {
        [child_of, folder] if child_of == "--child" => return child(Path::new(folder)),
        // For a profiler.
        [only, folder] if only == "--write" => return drop(write(Path::new(folder), FILES, 256)),
        // As a test it would only slow the suite down.
        args if !args.iter().any(|arg| arg == "--bench") => return,
        _ => {}
    }
    for side in [SMALL, 256] {
        times(side);
    }
    memory();
}

/// What a file costs, whose image has `side` × `side` pixels.
fn times(side: u16) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let paths = write(&folder.path().join("files"), FILES, side);
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    println!("{FILES} files of {} bytes, {threads} threads, warm, best of {ROUNDS}", size(&paths[0]));
    let floor = best(|| each(&paths, threads, || head));
    let reading = best(|| {
        each(&paths, threads, || {
            let mut reader = Reader::new(Limits::default());
            move |path: &Path| drop(reader.read(path))
        })
    });
    let inspector = Inspector::new();
    let inspecting = best(|| {
        each(&paths, threads, || {
            let (mut reader, inspector) = (Reader::new(Limits::default()), &inspector);
            move |path: &Path| drop(inspector.inspect(&reader.read(path), path, path))
        })
    });
    let scanning = best(|| drop(scan(&folder.path().join("files"))));
    let reporting = best(|| {
        let catalog = scan(&folder.path().join("files"));
        let options = Options::default();
        report::write(&catalog, Format::Ndjson, &options, &mut std::io::sink()).expect("a sink takes all");
    });
    for (what, time) in [
        ("first 64 KiB", floor),
        ("elements read", reading),
        ("and judged", inspecting),
        ("scan", scanning),
        ("scan and ndjson", reporting),
    ] {
        println!("{what:<18}{time:>8.1} µs a file  {:>5.2} × the floor", time / floor);
    }
}

/// Peak memory of a scan of its own process, for folders of several sizes.
fn memory() {
    let program = std::env::current_exe().expect("this program");
    let mut before: Option<(usize, f64)> = None;
    for files in [1_000, 10_000, 50_000] {
        let folder = tempfile::tempdir().expect("a temporary folder");
        write(folder.path(), files, SMALL);
        let output = Command::new(&program).arg("--child").arg(folder.path()).output().expect("a child");
        let peak: f64 = String::from_utf8_lossy(&output.stdout).trim().parse().expect("a number");
        let slope = before.map(|(less, then)| (peak - then) * 1024.0 / (files - less) as f64);
        let slope = slope.map_or(String::new(), |slope| format!(", {slope:.0} bytes a file more"));
        println!("{files:>6} files: peak {:.1} MiB{slope}", peak / 1024.0);
        before = Some((files, peak));
    }
}

fn child(folder: &Path) {
    let catalog = scan(folder);
    report::write(&catalog, Format::Ndjson, &Options::default(), &mut std::io::sink())
        .expect("a sink takes all");
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    println!("{}", peak.and_then(|peak| peak.split_whitespace().next()).unwrap_or("0"));
}

fn scan(folder: &Path) -> Catalog {
    let roots = Roots::new([folder.to_owned()]);
    let scan = Scan::start(roots, Arc::new(Inspector::new()), &ScanOptions::default());
    let mut catalog = Catalog::new(Values::Masked);
    for event in &scan.events {
        match event {
            Event::Found(files) => catalog.found(&files),
            Event::Reports(reports) => reports.into_iter().for_each(|(id, report)| catalog.add(id, report)),
            Event::Crawled => {}
            Event::Finished => break,
        }
    }
    catalog.settle();
    catalog
}

/// The best of some rounds, in microseconds a file.
fn best(mut round: impl FnMut()) -> f64 {
    let times = (0..ROUNDS).map(|_| {
        let start = Instant::now();
        round();
        start.elapsed().as_secs_f64() * 1e6 / FILES as f64
    });
    times.fold(f64::INFINITY, f64::min)
}

/// Does one thing with every path, on several threads.
fn each<W: FnMut(&Path) + Send>(paths: &[PathBuf], threads: usize, worker: impl Fn() -> W) {
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            let (mut work, next) = (worker(), &next);
            scope.spawn(move || {
                while let Some(path) = paths.get(next.fetch_add(1, Ordering::Relaxed)) {
                    work(path);
                }
            });
        }
    });
}

/// The floor: the first 64 KiB, into one buffer.
fn head(path: &Path) {
    thread_local! {
        static BUFFER: std::cell::RefCell<Vec<u8>> = const { std::cell::RefCell::new(Vec::new()) };
    }
    BUFFER.with_borrow_mut(|buffer| {
        buffer.clear();
        let file = File::open(path).expect("a file that was written");
        file.take(64 << 10).read_to_end(buffer).expect("its bytes");
    });
}

fn size(path: &Path) -> u64 {
    fs::metadata(path).expect("a file that was written").len()
}

/// Writes files as an archive exports them: a folder a series, what differs from file to file is what differs there.
fn write(folder: &Path, files: usize, side: u16) -> Vec<PathBuf> {
    let mut paths = Vec::with_capacity(files);
    for at in 0..files {
        let (series, number) = (at / SERIES, at % SERIES);
        let folder = folder.join(format!("export/{:05}/{series:06}", series / PATIENT));
        if number == 0 {
            fs::create_dir_all(&folder).expect("a folder");
        }
        let path = folder.join(format!("IM{number:05}.dcm"));
        fs::write(&path, file(series, number, side)).expect("a file");
        paths.push(path);
    }
    paths
}

fn file(series: usize, number: usize, side: u16) -> Vec<u8> {
    let patient = series / PATIENT;
    let root = "1.2.826.0.1.3680043.2.1143";
    let family = ["Sample", "Example", "Muster", "Specimen", "Placebo"][patient % 5];
    let letters: String =
        (0..5).map(|at| char::from(b'a' + (patient / 26usize.pow(at) % 26) as u8)).collect();
    let time = format!("{:02}{:02}{:02}.{:03}000", 8 + series % 10, series % 60, number % 60, number);
    let set = DataSet::new()
        .cs(0x0008_0005, "ISO_IR 100")
        .cs(0x0008_0008, "ORIGINAL\\PRIMARY\\AXIAL")
        .da(0x0008_0012, "20190412")
        .tm(0x0008_0013, &time)
        .ui(0x0008_0016, "1.2.840.10008.5.1.4.1.1.4")
        .ui(0x0008_0018, format!("{root}.{series}.{number}"))
        .da(0x0008_0020, "20190412")
        .da(0x0008_0021, "20190412")
        .da(0x0008_0022, "20190412")
        .da(0x0008_0023, "20190412")
        .tm(0x0008_0030, "081500")
        .tm(0x0008_0031, format!("08{:02}00", series % 60))
        .tm(0x0008_0032, &time)
        .tm(0x0008_0033, &time)
        .sh(0x0008_0050, format!("A{series:08}"))
        .cs(0x0008_0060, "MR")
        .lo(0x0008_0070, "SIEMENS")
        .lo(0x0008_0080, "Sample General Hospital")
        .st(0x0008_0081, "1 Example Street, Sampletown")
        .pn(0x0008_0090, "Referrer^Rita")
        .sh(0x0008_1010, "MRC20001")
        .lo(0x0008_1030, "MR Brain w/o contrast")
        .lo(0x0008_103E, "t1_mprage_sag_p2_iso")
        .lo(0x0008_1040, "Radiology")
        .pn(0x0008_1050, "Performer^Paul")
        .pn(0x0008_1070, "Operator^Otto")
        .lo(0x0008_1090, "Avanto")
        .pn(0x0010_0010, format!("{family}{letters}^Erika"))
        .lo(0x0010_0020, format!("MRN{patient:07}"))
        .da(0x0010_0030, format!("19{:02}0317", 20 + patient % 80))
        .cs(0x0010_0040, "F")
        .age(0x0010_1010, "057Y")
        .ds(0x0010_1030, "71.5")
        .cs(0x0018_0015, "BRAIN")
        .cs(0x0018_0020, "GR\\IR")
        .cs(0x0018_0021, "SP\\MP")
        .cs(0x0018_0023, "3D")
        .sh(0x0018_0024, "*tfl3d1_16ns")
        .ds(0x0018_0050, "1")
        .ds(0x0018_0080, "2200")
        .ds(0x0018_0081, "2.67")
        .ds(0x0018_0082, "900")
        .lo(0x0018_1000, "25354")
        .lo(0x0018_1020, "syngo MR B17")
        .lo(0x0018_1030, "t1_mprage_sag_p2_iso")
        .cs(0x0018_5100, "HFS")
        .lo(0x0019_0010, "SIEMENS MR HEADER")
        .raw(0x0019_1008, b"CS", "IMAGE NUM 4 ")
        .raw(0x0019_1009, b"LO", "1.0 ")
        .ui(0x0020_000D, format!("{root}.{patient}.1"))
        .ui(0x0020_000E, format!("{root}.{series}.2"))
        .sh(0x0020_0010, format!("{patient}"))
        .is(0x0020_0011, format!("{}", series % PATIENT + 1))
        .is(0x0020_0013, format!("{}", number + 1))
        .ds(0x0020_0032, format!("-91.5\\{}.5\\142.1", number))
        .ds(0x0020_0037, "0\\1\\0\\0\\0\\-1")
        .ui(0x0020_0052, format!("{root}.{patient}.3"))
        .ds(0x0020_1041, format!("{number}.5"))
        .lt(0x0020_4000, "routine follow-up, no contrast")
        .us(0x0028_0002, &[1])
        .cs(0x0028_0004, "MONOCHROME2")
        .us(0x0028_0010, &[side])
        .us(0x0028_0011, &[side])
        .ds(0x0028_0030, "1\\1")
        .us(0x0028_0100, &[16])
        .us(0x0028_0101, &[12])
        .us(0x0028_0102, &[11])
        .us(0x0028_0103, &[0])
        .ds(0x0028_1050, "320")
        .ds(0x0028_1051, "740")
        .pn(0x0032_1032, "Requester^Rosa")
        .lo(0x0032_1060, "MR Brain")
        .sh(0x0040_0009, "SPS1")
        .da(0x0040_0244, "20190412")
        .lo(0x0040_0254, "MR Brain w/o contrast")
        .ow(0x7FE0_0010, vec![number as u16; usize::from(side) * usize::from(side)]);
    FileBuilder::new("1.2.840.10008.5.1.4.1.1.4", Syntax::ExplicitLe).data(set).to_bytes()
}
