use super::super::anatomy::ultrasound;
use super::super::encode::{DataSet, FileBuilder, Syntax, rle_frame};
use super::super::error::DemoError;
use super::super::folder::{Folder, Kind};
use super::super::patients::TINA;
use super::super::planted::{Leak, Place};
use super::image::{US, colour, rgb};

const STUDY: &str = "2.999.40271183.20240221.1";

/// Ultrasound with burned-in headers, UIDs that embed the record number and a date, and talkative comments.
pub fn tina(folder: &mut Folder) -> Result<(), DemoError> {
    for instance in 1..=4 {
        let mut picture = ultrasound(40 + u64::from(instance), 448, 336, 40);
        let boxes = [
            picture.write("Testcase, Tina   40271183", 8, 4, 2, [235, 235, 220]),
            picture.write("21/02/2024 10:32  Placeholder Clinic", 8, 24, 1, [235, 235, 220]),
            picture.write("MI 1.1  TIs 0.4", 350, 24, 1, [160, 200, 240]),
        ];
        let (extra, mut leaks) = hidden_in(instance);
        let mut set = TINA
            .header(US, "US", 5, instance)
            .replace(DataSet::new().ui(0x0020_000D, STUDY).ui(0x0020_000E, format!("{STUDY}.5")))
            .replace(DataSet::new().ui(0x0008_0018, format!("{STUDY}.5.{instance}")))
            .lo(0x0008_1030, "US ABDOMEN")
            .join(extra);
        set = if instance == 2 {
            let plane = |k: usize| picture.pixels.iter().map(|p| p[k]).collect::<Vec<u8>>();
            set.join(colour(&picture)).frames(vec![rle_frame(&[plane(0), plane(1), plane(2)], 448)])
        } else {
            set.join(rgb(&picture))
        };
        let syntax = match instance {
            2 => Syntax::Rle,
            3 => Syntax::ImplicitLe,
            _ => Syntax::ExplicitLe,
        };
        leaks.extend(boxes[..2].iter().map(|area| Leak::drawn("image_text", *area)));
        leaks.push(Leak::tag("(0020,000D)", "patient_id", "in a UID", "40271183.20240221"));
        leaks.push(Leak::tag("(0008,0018)", "date", "in a UID", "20240221"));
        leaks.push(Leak::other(Place::Path, "date", "file name", "20240221"));
        let path = format!("PACS_Export/40271183/US_20240221_{instance}.dcm");
        let bytes = FileBuilder::new(US, syntax).data(set.sorted()).to_bytes();
        folder.patient_file(&path, &TINA, Kind::Leaky, bytes, leaks);
    }
    Ok(())
}

fn hidden_in(instance: u32) -> (DataSet, Vec<Leak>) {
    match instance {
        1 => (
            DataSet::new().cs(0x0028_0301, "NO"),
            vec![Leak::tag("(0028,0301)", "image_text", "false claim", "NO")],
        ),
        2 => comments(&[
            (0x0010_21B0, "SSN 219-09-9999. NHS No 999 123 4551. Next of kin: Tom Testcase.", "Tom Testcase"),
            (0x0010_4000, "32 year old woman, DOB: 23 August 1991, MRN 40271183", "23 August 1991"),
        ]),
        3 => comments(&[
            (
                0x0020_4000,
                "seen by Dr. Paula Placeholder, mail tina.testcase@example.org",
                "tina.testcase@example.org",
            ),
            (0x0032_4000, "lives at 1 Nowhere Lane, Testford TE5 7XX, tel 020 7946 0321", "1 Nowhere Lane"),
        ]),
        _ => comments(&[
            (0x0008_103E, "for T. TESTCASE (40271183)", "T. TESTCASE"),
            (
                0x0018_1030,
                "ABD routine http://archive.example.org/p/40271183",
                "archive.example.org/p/40271183",
            ),
        ]),
    }
}

fn comments(list: &[(u32, &str, &str)]) -> (DataSet, Vec<Leak>) {
    let mut set = DataSet::new();
    let mut leaks = Vec::new();
    for (tag, text, needle) in list {
        set = if matches!(tag, 0x0008_103E | 0x0018_1030) { set.lo(*tag, text) } else { set.lt(*tag, text) };
        leaks.push(Leak::tag(
            &format!("({:04X},{:04X})", tag >> 16, tag & 0xFFFF),
            "free_text",
            "free text",
            needle,
        ));
    }
    (set, leaks)
}
