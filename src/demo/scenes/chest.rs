use image::codecs::jpeg::JpegEncoder;
use image::{ColorType, ImageEncoder};

use super::super::anatomy::{Picture, chest, screen};
use super::super::encode::{DataSet, FileBuilder, Syntax};
use super::super::error::DemoError;
use super::super::folder::{Folder, Kind};
use super::super::patients::MAX;
use super::super::planted::{Leak, Place};
use super::image::{CR, SC, grey, overlay, rgb, twelve_bit};

const FOLDER: &str = "PACS_Export/Mueller-Muster_Max/CR_2024-06-03";

/// Chest radiographs and a screen capture: text in pixels, overlays, a preamble, a JPEG comment.
pub fn max(folder: &mut Folder) -> Result<(), DemoError> {
    burned_in(folder);
    drawn_overlay(folder);
    talking_preamble(folder);
    capture(folder);
    jpeg_comment(folder)
}

fn header(instance: u32, description: &str) -> DataSet {
    MAX.header(CR, "CR", 3, instance)
        .cs(0x0008_0008, "ORIGINAL\\PRIMARY")
        .lo(0x0008_1030, "Thorax p.a.")
        .lo(0x0008_103E, description)
        .cs(0x0018_0015, "CHEST")
        .cs(0x0018_5101, "PA")
}

/// Adds what the folder's name says, in a spelling of its own.
fn put(folder: &mut Folder, name: &str, kind: Kind, bytes: Vec<u8>, mut leaks: Vec<Leak>) {
    leaks.push(Leak::other(Place::Path, "name", "folder name, other spelling", "Mueller-Muster_Max"));
    leaks.push(Leak::other(Place::Path, "date", "folder name", "2024-06-03"));
    folder.patient_file(&format!("{FOLDER}/{name}"), &MAX, kind, bytes, leaks);
}

fn burned_in(folder: &mut Folder) {
    let mut picture = chest(33, 448, 512);
    let name = picture.write("MUELLER-MUSTER MAX", 10, 10, 2, 4095);
    let id = picture.write("MM-004711  *02.11.1958", 10, 30, 2, 4095);
    picture.write("L", 410, 60, 4, 4095);
    let set = header(1, "THORAX PA").cs(0x0028_0301, "NO").join(twelve_bit(&picture, true)).sorted();
    let leaks = vec![
        Leak::drawn("image_text", name),
        Leak::drawn("image_text", id),
        Leak::tag("(0028,0301)", "image_text", "false claim", "NO"),
    ];
    put(folder, "IM1.dcm", Kind::Leaky, FileBuilder::new(CR, Syntax::ExplicitLe).data(set).to_bytes(), leaks);
}

fn drawn_overlay(folder: &mut Folder) {
    let set = header(2, "THORAX LATERAL")
        .join(twelve_bit(&chest(34, 384, 448), true))
        .join(overlay(384, 448, &["Max Mueller-Muster", "02.11.1958"]))
        .lo(0x6000_0022, "Markup for Hr. M\u{fc}ller-Muster")
        .lo(0x6000_1500, "M\u{fc}ller-Muster, Max")
        .sorted();
    let leaks = vec![
        Leak::other(Place::Overlay, "image_text", "overlay plane", "").at("(6000,3000)"),
        Leak::tag("(6000,0022)", "free_text", "overlay description", b"Hr. M\xfcller-Muster"),
        Leak::tag("(6000,1500)", "name", "overlay label", b"M\xfcller-Muster, Max"),
    ];
    put(folder, "IM2.dcm", Kind::Leaky, FileBuilder::new(CR, Syntax::ExplicitLe).data(set).to_bytes(), leaks);
}

fn talking_preamble(folder: &mut Folder) {
    let set = header(3, "THORAX AP LIEGEND")
        .lt(0x0032_4000, "R\u{fc}ckfragen: Dr. U. \u{dc}berweiser, Tel. 555-0118, station3@example.org")
        .join(twelve_bit(&chest(35, 320, 384), true))
        .sorted();
    let file = FileBuilder::new(CR, Syntax::ExplicitLe)
        .preamble("copied from \\\\ward3\\export\\Mueller-Muster_Max_19581102\\thorax.dcm")
        .data(set);
    let leaks = vec![
        Leak::other(Place::Preamble, "name", "preamble text", "Mueller-Muster_Max_19581102"),
        Leak::tag("(0032,4000)", "free_text", "free text", "station3@example.org"),
    ];
    put(folder, "IM3.dcm", Kind::Leaky, file.to_bytes(), leaks);
}

fn capture(folder: &mut Folder) {
    let lines = [
        "Name:  Mueller-Muster, Max",
        "ID:    MM-004711",
        "Born:  02.11.1958",
        "Phone: 555-0117",
        "Dx: atrial fibrillation",
    ];
    let (picture, boxes) = screen(448, 288, "PATIENT SUMMARY", &lines);
    let set = MAX
        .header(SC, "OT", 4, 1)
        .cs(0x0008_0064, "WSD")
        .lo(0x0008_1030, "Thorax p.a.")
        .lo(0x0008_103E, "Screen save")
        .join(rgb(&picture))
        .sorted();
    let leaks = boxes.into_iter().skip(1).map(|area| Leak::drawn("image_text", area)).collect();
    put(
        folder,
        "capture.dcm",
        Kind::Leaky,
        FileBuilder::new(SC, Syntax::ExplicitLe).data(set).to_bytes(),
        leaks,
    );
}

fn jpeg_comment(folder: &mut Folder) -> Result<(), DemoError> {
    let picture = chest(36, 320, 368).map(|v| (v >> 4) as u8);
    let frame = with_comment(&jpeg(&picture)?, b"Scanned for Max Mueller-Muster, born 2 Nov 1958");
    let set =
        header(5, "THORAX COPY").join(grey(&picture)).cs(0x0028_2110, "01").frames(vec![frame]).sorted();
    let bytes = FileBuilder::new(CR, Syntax::JpegBaseline).data(set).to_bytes();
    let leak = Leak::tag("(7FE0,0010)", "name", "JPEG comment", "Max Mueller-Muster, born 2 Nov 1958");
    put(folder, "IM5.dcm", Kind::Leaky, bytes, vec![leak]);
    Ok(())
}

/// A baseline JPEG of a grey picture.
pub fn jpeg(picture: &Picture<u8>) -> Result<Vec<u8>, DemoError> {
    let mut out = Vec::new();
    let (width, height) = (u32::from(picture.columns), u32::from(picture.rows));
    JpegEncoder::new_with_quality(&mut out, 88).write_image(
        &picture.pixels,
        width,
        height,
        ColorType::L8.into(),
    )?;
    Ok(out)
}

/// A COM segment right after the start of the image (ITU-T T.81 B.2.4.5).
fn with_comment(jpeg: &[u8], comment: &[u8]) -> Vec<u8> {
    let (start, rest) = jpeg.split_at(2.min(jpeg.len()));
    let length = (comment.len() as u16 + 2).to_be_bytes();
    [start, &[0xFF, 0xFE], &length, comment, rest].concat()
}
