use crate::{
    dicom::{Reading, Tag},
    tui::state::Model,
};
use std::time::Duration;

/// Where the file tells no other.
const USUAL: Duration = Duration::from_millis(66);
const SHORTEST: Duration = Duration::from_millis(20);
const LONGEST: Duration = Duration::from_secs(1);

/// The next frame of a film, when it is due and the last one is on the screen.
pub fn play(model: &mut Model) {
    let now = model.now;
    let Some(tags) = model.tags.as_ref().filter(|_| model.preview.playing) else { return };
    let Some(due) = model.preview.next_frame.filter(|due| *due <= now) else { return };
    let shown =
        model.preview.picture.as_ref().is_some_and(|picture| {
            picture.sight.file == tags.file && picture.sight.frame == model.preview.frame
        });
    if shown {
        model.preview.frame = (model.preview.frame + 1) % tags.opened.frames();
        // From when it was due: what is late once does not slow down the film.
        model.preview.next_frame = Some((due + pace(&tags.opened.reading)).max(now));
    } else {
        // It is being drawn: looked for again soon.
        model.preview.next_frame = Some(now + SHORTEST);
    }
}

/// How long a frame is shown: Recommended Display Frame Rate, Frame Time or Cine Rate (PS3.3 section C.7.6.5), within
/// what can be seen.
fn pace(reading: &Reading) -> Duration {
    let number = |group, element| reading.text(Tag(group, element)).trim().parse::<f64>().ok();
    let seconds = |rate: f64| 1.0 / rate;
    let told = number(0x0008, 0x2144).map(seconds);
    let told = told.or_else(|| number(0x0018, 0x1063).map(|milliseconds| milliseconds / 1000.0));
    let told = told.or_else(|| number(0x0018, 0x0040).map(seconds));
    let sound = told.filter(|time| time.is_finite() && *time > 0.0);
    sound.map_or(USUAL, |time| {
        Duration::from_secs_f64(time.clamp(SHORTEST.as_secs_f64(), LONGEST.as_secs_f64()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{dicom::Limits, dicom::Reader};

    /// The pace of a file with one element.
    fn pace_of(group: u16, element: u16, vr: &str, value: &str) -> Duration {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("film.dcm");
        let mut bytes = vec![0; 128];
        bytes.extend(b"DICM\x02\0\x10\0UI\x14\x001.2.840.10008.1.2.1\0");
        bytes.extend([group.to_le_bytes(), element.to_le_bytes()].concat());
        bytes.extend(vr.bytes());
        bytes.extend((value.len() as u16).to_le_bytes());
        bytes.extend(value.bytes());
        std::fs::write(&path, bytes).unwrap();
        pace(&Reader::new(Limits::default()).read(&path))
    }

    #[test]
    fn files_tell_how_fast_they_are_played() {
        for (group, element, vr, value, expected) in [
            (0x0018, 0x1063, "DS", "40", 40),
            (0x0018, 0x0040, "IS", "25", 40),
            (0x0008, 0x2144, "IS", "10", 100),
            (0x0018, 0x1063, "DS", "0 ", 66),
            (0x0018, 0x1063, "DS", "-5", 66),
            (0x0018, 0x1063, "DS", "1e300 ", 1000),
            (0x0018, 0x0040, "IS", "9999", 20),
            (0x0018, 0x1063, "DS", "no", 66),
        ] {
            assert_eq!(pace_of(group, element, vr, value), Duration::from_millis(expected), "{value}");
        }
    }
}
