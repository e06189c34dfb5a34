//! Rectangles that are drawn in the picture.

use crate::{
    Script,
    marks::marks,
    screen::{self, Session},
};
use dcmleak::{
    demo::encode::{DataSet, FileBuilder, Syntax},
    dicom::{Reader, frame},
    redact::{Frames, Rectangle, read_marks},
    tui::state::{Drawing, Keep, Stage},
};
use std::path::Path;

const BEGUN: &str = "s ]f ]f Tab Tab d";
/// On an image of several frames.
const FRAMES: &str = "f r u n _ 0 1 Enter ]f Tab Tab d";

fn drawn(s: &Session) -> Option<&Drawing> {
    s.model.preview.drawing.as_ref()
}

fn has(s: &Session, is: fn(Rectangle) -> bool) -> bool {
    drawn(s).is_some_and(|drawing| is(drawing.rectangle))
}

/// The image is of 256 by 256 pixels; what is drawn begins as a quarter of it in the middle.
pub const SCRIPTS: &[Script] = &[
    ("draw", "s ]f ]f Tab Tab", "d", |s| {
        has(s, |own| own.w > 9 && own.x > 9) && s.screen().contains("by cells")
    }),
    ("rectangle-left", BEGUN, "9 9 h", |s| has(s, |own| own.x == 0)),
    ("rectangle-right", "s ]f ]f Tab Tab d 9 9 h p", "7 l", |s| has(s, |own| own.x == 7)),
    ("rectangle-up", BEGUN, "9 9 k", |s| has(s, |own| own.y == 0)),
    ("rectangle-down", "s ]f ]f Tab Tab d 9 9 k p", "Down", |s| has(s, |own| own.y == 1)),
    ("rectangle-wider", "s ]f ]f Tab Tab d 9 9 H p", "3 L", |s| has(s, |own| own.w == 4)),
    ("rectangle-narrower", BEGUN, "9 9 H", |s| has(s, |own| own.w == 1)),
    ("rectangle-taller", "s ]f ]f Tab Tab d 9 9 K p", "2 J", |s| has(s, |own| own.h == 3)),
    ("rectangle-shorter", BEGUN, "9 9 K", |s| has(s, |own| own.h == 1)),
    ("rectangle-step", BEGUN, "p", |s| drawn(s).unwrap().fine && s.screen().contains("by pixels")),
    ("rectangle-frames", FRAMES, ". f", |s| drawn(s).unwrap().frames == Frames::Only(1, 1)),
    ("rectangle-until", FRAMES, "f . . F", |s| drawn(s).unwrap().frames == Frames::Only(0, 2)),
    ("rectangle-next", "s ]f ]f Tab Tab d p l Enter d", "n", |s| drawn(s).unwrap().before.is_some()),
    ("rectangle-previous", "s ]f ]f Tab Tab d p l Enter d", "N", |s| drawn(s).unwrap().before.is_some()),
    ("rectangle-set", BEGUN, "Enter", |s| marks(s).len() == 1 && marks(s)[0].starts_with("X pixels ")),
    ("rectangle-series", BEGUN, "s y", |s| {
        s.tally().marked == 9 && s.screen().contains("marked in 9 images")
    }),
    ("rectangle-drop", "s ]f ]f Tab Tab d Enter d n", "d", |s| marks(s).is_empty()),
    ("rectangle-leave", BEGUN, "Esc", |s| drawn(s).is_none() && marks(s).is_empty()),
];

/// The samples of each frame.
fn pixels(path: &Path) -> Vec<frame::Frame> {
    let reading = Reader::new(Default::default()).read(path);
    let layout = frame::Layout::of(&reading).unwrap();
    let (limits, cancel) = (frame::FrameLimits::default(), frame::Cancel::new());
    (0..layout.frames)
        .map(|number| frame::decode(path, &reading, number, &limits, &cancel).unwrap())
        .collect()
}

/// Every sample of a frame as text, pixel by pixel.
fn samples(frame: &frame::Frame) -> Vec<String> {
    let all: Vec<String> = match &frame.data {
        frame::Samples::U8(all) => all.iter().map(ToString::to_string).collect(),
        frame::Samples::U16(all) => all.iter().map(ToString::to_string).collect(),
        frame::Samples::I16(all) => all.iter().map(ToString::to_string).collect(),
        _ => panic!("other samples"),
    };
    all.chunks(frame.samples.into()).map(|pixel| pixel.join(" ")).collect()
}

/// Drawn in one frame and in all, kept in the journal, and black in the copy, where nothing else changes.
#[test]
fn what_is_drawn_is_black_in_the_copy_and_nothing_else() {
    for (keys, frames) in [(BEGUN, Frames::All), (FRAMES, Frames::All), (FRAMES, Frames::Only(1, 1))] {
        let mut session = Session::open(screen::few(), (120, 40));
        session.keys(keys).keys("h K p 3 J 5 L");
        if frames != Frames::All {
            session.keys(". f");
        }
        let Rectangle { x, y, w, h } = drawn(&session).unwrap().rectangle;
        session.keys("Enter");
        assert_eq!(marks(&session), [format!("X pixels {x},{y},{w},{h} {frames}")]);
        let lines: String = session
            .kept
            .iter()
            .filter_map(|keep| match keep {
                Keep::Marks(lines) => Some(lines.as_str()),
                _ => None,
            })
            .collect();
        let (book, _) = read_marks(lines.as_bytes()).unwrap();
        assert_eq!(book.sum(), session.model.marking.book.sum());
        session.keys("gr w out Enter");
        let Some(Stage::Written(account, _)) = session.model.redaction.as_deref().map(|own| &own.stage)
        else {
            panic!("{}", session.screen())
        };
        let (original, copy) = (account.copies[0].path.clone(), account.copies[0].copy.clone());
        let (original, copy) = (pixels(&original), pixels(&session.copies.place(&copy.to_string_lossy())));
        assert_eq!(original.len(), copy.len());
        let mut changed = 0;
        for (number, (original, copy)) in (0..).zip(original.iter().zip(&copy)) {
            let columns = original.columns as usize;
            for (at, (before, after)) in samples(original).into_iter().zip(samples(copy)).enumerate() {
                let (column, row) = ((at % columns) as u32, (at / columns) as u32);
                let inside = (x..x + w).contains(&column) && (y..y + h).contains(&row) && frames.has(number);
                changed += usize::from(before != after);
                assert_eq!(after, if inside { "0".to_owned() } else { before }, "{column},{row} of {number}");
            }
        }
        assert!(changed > 0);
    }
}

/// Text that was found is proposed, a mark is changed in its place, and like images propose their marks.
#[test]
fn proposals_are_taken_and_marks_are_changed() {
    let mut session = Session::looking(screen::ultrasound(), (120, 40));
    session.keys("]f Tab Tab d n");
    assert!(session.screen().contains("text found here"), "{}", session.screen());
    session.keys("Enter d n p l Enter");
    assert_eq!(marks(&session).len(), 1, "moved, and not doubled");
    session.keys("u");
    let before = marks(&session);
    session.keys("C-r u");
    assert_eq!(marks(&session), before);
    let mut session = Session::open(screen::few(), (120, 40));
    session.keys(BEGUN).keys("9 9 h Enter S-Tab S-Tab ]f Tab Tab d");
    assert!(session.screen().contains("from like images"), "{}", session.screen());
    session.keys("n");
    assert!(session.screen().contains("marked in images of this device and size"), "{}", session.screen());
    session.keys("Enter");
    assert!(session.tally().marked == 2 && marks(&session)[0].starts_with("X pixels 0,"));
}

/// Wherever it is marked too, images of another size are left as they are.
#[test]
fn images_of_another_size_are_not_marked() {
    let folder = tempfile::tempdir().unwrap();
    for entry in walkdir::WalkDir::new(screen::few()).into_iter().map(Result::unwrap) {
        let name = entry.file_name().to_string_lossy().into_owned();
        if ["CT001", "CT002", "run_01", "README"].iter().any(|part| name.starts_with(part)) {
            std::fs::copy(entry.path(), folder.path().join(name)).unwrap();
        }
    }
    let mut session = Session::open(folder.path(), (120, 40));
    session.keys("f C T 0 Enter ]f Tab Tab d Enter mf y");
    assert!(session.screen().contains("marked in 2 images; 2 of another size"), "{}", session.screen());
    let catalog = &session.model.library.catalog;
    let marked = catalog.files().filter(|id| session.model.marking.of(catalog, *id).is_some());
    let names: Vec<_> = marked.map(|id| catalog.name(id).to_string_lossy().into_owned()).collect();
    assert_eq!(names, ["CT001.dcm", "CT002.dcm"]);
}

/// Where the table of devices says that a workstation writes, that is proposed.
#[test]
fn places_of_the_table_of_devices_are_proposed() {
    let folder = tempfile::tempdir().unwrap();
    let class = "1.2.840.10008.5.1.4.1.1.2";
    let image = DataSet::new()
        .cs(0x0008_0008, "DERIVED\\SECONDARY\\AXIAL\\VOLREN")
        .ui(0x0008_0016, class)
        .ui(0x0008_0018, "2.999.1")
        .cs(0x0008_0060, "CT")
        .lo(0x0008_0070, "Example Imaging")
        .pn(0x0010_0010, "Sampleton^Jonathan")
        .us(0x0028_0002, &[1])
        .cs(0x0028_0004, "MONOCHROME2")
        .us(0x0028_0010, &[512])
        .us(0x0028_0011, &[512])
        .us(0x0028_0100, &[8])
        .us(0x0028_0101, &[8])
        .us(0x0028_0102, &[7])
        .us(0x0028_0103, &[0])
        .ob(0x7fe0_0010, vec![0; 512 * 512]);
    let bytes = FileBuilder::new(class, Syntax::ExplicitLe).data(image).to_bytes();
    std::fs::write(folder.path().join("volume.dcm"), bytes).unwrap();
    let mut session = Session::open(folder.path(), (120, 40));
    session.keys("]f Tab Tab d n");
    assert!(session.screen().contains("1 of 2: devices of this kind write here"), "{}", session.screen());
    session.keys("Enter d n n Enter");
    assert_eq!(marks(&session), ["X pixels 350,0,162,30 all", "X pixels 390,80,122,15 all"]);
}
