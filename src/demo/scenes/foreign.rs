use super::super::anatomy::{chest, head_ct};
use super::super::encode::{FileBuilder, Syntax};
use super::super::error::DemoError;
use super::super::folder::{Folder, Kind};
use super::super::patients::SAMPLE;
use super::chest::jpeg;
use super::image::{CT, signed};

const README: &str = "This folder was made by `dcmleak demo`. Every file in it is synthetic: drawn pictures, invented\n\
    patients, telephone numbers kept for fiction. Leaks are planted in it on purpose.\n";

/// What is not, or not quite, a Part 10 file.
pub fn foreign(folder: &mut Folder) -> Result<(), DemoError> {
    folder.add("README.txt", Kind::Foreign, README.as_bytes().to_vec());
    folder.add(
        "incoming/thumbs/preview.jpg",
        Kind::Foreign,
        jpeg(&chest(300, 160, 192).map(|v| (v >> 4) as u8))?,
    );
    folder.add("incoming/empty.dcm", Kind::Foreign, vec![]);
    folder.add("incoming/not_dicom.dcm", Kind::Foreign, b"host,port\narchive.example.org,104\n".to_vec());

    let image = |instance: u32| {
        SAMPLE.header(CT, "CT", 11, instance).join(signed(&head_ct(301, 96, 0.5), ["40", "80"])).sorted()
    };
    let file = FileBuilder::new(CT, Syntax::ExplicitLe).data(image(1));
    let cut = file.clone().truncated(file.to_bytes().len() * 2 / 3).to_bytes();
    folder.patient_file("incoming/interrupted_copy.dcm", &SAMPLE, Kind::Truncated, cut, vec![]);

    let bare = FileBuilder::new(CT, Syntax::ImplicitLe).no_preamble().no_meta().data(image(2)).to_bytes();
    folder.patient_file("incoming/no_preamble.dcm", &SAMPLE, Kind::Odd, bare, vec![]);
    Ok(())
}
