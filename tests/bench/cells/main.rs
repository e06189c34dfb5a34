//! How near cells come to the picture, in what time and at how many bytes; side by side with `chafa` where it is
//! installed. `DCMLEAK_CORPUS=… cargo bench --bench cells`; without it, on drawn pictures.
//!
//! Measured against the dots that the cells stand for (8 × 16 a cell): peak signal to noise ratio over all
//! channels, and structural similarity of the brightness.

mod chafa;
mod measure;

use dcmleak::{
    demo::anatomy,
    dicom::{
        Limits, Reader,
        frame::{self, Cancel, FrameLimits},
    },
    raster::{
        Canvas, Colours, Dots, Glyphs, Picture, Pixels, Placement, Size, Style, Tone, View, draw, emit,
    },
};
use measure::{Image, psnr, ssim};
use std::{path::Path, time::Instant};

/// Real images: all kinds that a viewer meets.
const GREY: [&str; 9] = [
    "dicomParser/testImages/CT1_UNC.explicit_little_endian.dcm",
    "pydicom-data/data_store/data/693_UNCR.dcm",
    "pydicom-data/data_store/data/MR2_J2KR.dcm",
    "pydicom-data/data_store/data/MR-SIEMENS-DICOM-WithOverlays.dcm",
    "intersystems-iris-dicom/shared/dicom/d1I00013.dcm",
    "pydicom-data/data_store/data/RG3_J2KI.dcm",
    "deid-data-pip/data/ultrasounds/GREYSCALE_IMAGE.dcm",
    "pydicom-data/data_store/data/JPGLosslessP14SV1_1s_1f_8b.dcm",
    "presidio/docs/samples/python/sample_data/2_ORIGINAL.dcm",
];
const COLOUR: [&str; 4] = [
    "chafey-WADOImageLoader/testImages/US-YBR_FULL_422-EVRLE.dcm",
    "pydicom-data/data_store/data/OBXXXX1A.dcm",
    "pydicom-data/data_store/data/OT-PAL-8-face.dcm",
    "pydicom-pip/test_files/examples_ybr_color.dcm",
];
const SIZES: [Size; 2] = [Size { columns: 60, rows: 30 }, Size { columns: 80, rows: 40 }];
const RUNS: u32 = 5;

fn main() {
    let corpus = std::env::var_os("DCMLEAK_CORPUS");
    let (grey, colour): (Vec<Picture>, Vec<Picture>) = match &corpus {
        Some(folder) => {
            let read = |names: &[&str]| {
                names.iter().filter_map(|name| picture(&Path::new(folder).join(name))).collect()
            };
            (read(&GREY), read(&COLOUR))
        }
        None => (drawn(), Vec::new()),
    };
    let chafa = chafa::version();
    println!(
        "{} grey, {} colour images; chafa: {}",
        grey.len(),
        colour.len(),
        chafa.as_deref().unwrap_or("none")
    );
    for size in SIZES {
        for (kind, pictures) in [("grey", &grey), ("colour", &colour)] {
            if !pictures.is_empty() {
                table(kind, pictures, size, chafa.is_some());
            }
        }
    }
}

fn table(kind: &str, pictures: &[Picture], size: Size, with_chafa: bool) {
    println!("\n{kind}, {}×{} cells: PSNR dB, SSIM, KB, ms", size.columns, size.rows);
    for colours in [Colours::True, Colours::Indexed256, Colours::Indexed16, Colours::Mono] {
        for glyphs in [Glyphs::Half, Glyphs::Quadrants, Glyphs::Sextants, Glyphs::Octants] {
            let lambdas = if matches!(colours, Colours::True | Colours::Indexed256) {
                vec![0.0, Style::LOCAL, Style::remote(colours)]
            } else {
                vec![0.0]
            };
            for lambda in lambdas {
                let style = Style { glyphs, colours, lambda, ..Style::default() };
                let name = format!("{colours:?} {glyphs:?} λ={lambda}");
                row(&name, pictures.iter().map(|picture| own(picture, size, &style)).collect());
            }
        }
        if with_chafa && matches!(colours, Colours::True | Colours::Indexed256) {
            for options in chafa::OPTIONS {
                let name = format!("{colours:?} chafa {}", options.join(" "));
                row(
                    &name,
                    pictures.iter().filter_map(|picture| theirs(picture, size, colours, options)).collect(),
                );
            }
        }
    }
}

/// PSNR, SSIM, kilobytes and milliseconds.
type Figures = [f64; 4];

fn row(name: &str, figures: Vec<Figures>) {
    let mean = |at: usize| figures.iter().map(|own| own[at]).sum::<f64>() / figures.len().max(1) as f64;
    println!("{name:48} {:6.2} {:6.3} {:6.1} {:7.2}", mean(0), mean(1), mean(2), mean(3));
}

fn own(picture: &Picture, size: Size, style: &Style) -> Figures {
    let view = View::default();
    let mut canvas = draw(picture, &view, size, style);
    let place = canvas.place;
    let drawing = time(|| canvas = draw(picture, &view, size, style));
    let resampling = time(|| drop(std::hint::black_box(Dots::of(picture, &place))));
    let reference = Image::of(&Dots::of(picture, &place));
    let shown = Image::shown(&canvas);
    [psnr(&reference, &shown), ssim(&reference, &shown), bytes(&canvas) as f64 / 1e3, drawing - resampling]
}

/// Milliseconds that a run takes this thread, which other work on the machine does not lengthen where the system
/// tells.
fn time(mut run: impl FnMut()) -> f64 {
    let on_processor = || {
        let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
        told.split(' ').next()?.parse::<f64>().ok().map(|nanoseconds| nanoseconds / 1e6)
    };
    let (start, before) = (Instant::now(), on_processor());
    (0..RUNS).for_each(|_| run());
    let wall = start.elapsed().as_secs_f64() * 1e3;
    let taken = before.zip(on_processor()).map_or(wall, |(before, after)| after - before);
    taken / f64::from(RUNS)
}

fn bytes(canvas: &Canvas) -> usize {
    let mut out = Vec::new();
    emit(canvas, &mut out).map_or(0, |()| out.len())
}

fn theirs(picture: &Picture, size: Size, colours: Colours, options: &[&str]) -> Option<Figures> {
    let place = Placement::new(picture, &View::default(), size, 2.0);
    let dots = Dots::of(picture, &place);
    let reference = Image::of(&dots);
    let size = Size { columns: place.columns, rows: place.rows };
    let start = Instant::now();
    let output = chafa::run(&reference, size, colours, options)?;
    let time = start.elapsed().as_secs_f64() * 1e3;
    let shown = Image::shown(&chafa::parse(&output, size));
    Some([psnr(&reference, &shown), ssim(&reference, &shown), output.len() as f64 / 1e3, time])
}

fn picture(path: &Path) -> Option<Picture> {
    let reading = Reader::new(Limits::default()).read(path);
    let frame = frame::decode(path, &reading, 0, &FrameLimits::default(), &Cancel::new()).ok()?;
    Some(Picture::new(&frame, &Tone::default()))
}

fn drawn() -> Vec<Picture> {
    let grey = anatomy::angiogram(7, 512, 4, 8);
    let pixels = Pixels::Grey(grey.pixels);
    vec![Picture { columns: grey.columns.into(), rows: grey.rows.into(), aspect: 1.0, pixels }]
}
