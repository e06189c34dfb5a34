//! Files of other formats, as pipelines leave them in elements, documents and behind the data set.
use crate::all::wrap::stream;
use flate2::Crc;

/// The file of that format that says `text`, where there is such a format.
pub fn file(form: &str, text: &str) -> Option<Vec<u8>> {
    Some(match form {
        "nifti" => nifti(text, 148, 80),
        "nifti name" => nifti(text, 14, 18),
        "tar" => tar("session/log.txt", text),
        "tar name" => tar(text, "x"),
        "png text" => png(b"tEXt", &[b"Comment\0".as_slice(), text.as_bytes()].concat()),
        "png itxt" => png(b"iTXt", &[b"Description\0\0\0\0\0".as_slice(), text.as_bytes()].concat()),
        "tiff text" => stream::exif(0x010e, 2, text.as_bytes())[6..].to_vec(),
        "wav" => wav(text),
        "edf" => edf(text),
        "gif" => {
            let mut out = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff\x21\xfe".to_vec();
            for part in text.as_bytes().chunks(255) {
                out.push(part.len() as u8);
                out.extend(part);
            }
            out.extend(b"\0\x2c\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0\x3b");
            out
        }
        "bmp tail" => [
            b"BM\x3a\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0\x01\0\0\0\x01\0\0\0\x01\0\x18\0".to_vec(),
            vec![0; 28],
            text.as_bytes().to_vec(),
        ]
        .concat(),
        "nrrd" => format!("NRRD0004\ntype: short\ndimension: 3\nsizes: 4 4 4\n# {text}\nencoding: raw\n\n")
            .into_bytes(),
        "metaimage" => format!(
            "ObjectType = Image\nNDims = 3\nDimSize = 4 4 4\nComment = {text}\nElementDataFile = LOCAL\n"
        )
        .into_bytes(),
        "vtk" => format!("# vtk DataFile Version 3.0\n{text}\nASCII\nDATASET POLYDATA\nPOINTS 0 float\n")
            .into_bytes(),
        _ => return None,
    })
}

/// A NIfTI-1 header whose field at `at` says the text.
fn nifti(text: &str, at: usize, width: usize) -> Vec<u8> {
    let mut out = vec![0; 352];
    out[..4].copy_from_slice(&348u32.to_le_bytes());
    out[40..48].copy_from_slice(b"\x03\0\x40\0\x40\0\x20\0");
    let said = &text.as_bytes()[..text.len().min(width - 1)];
    out[at..at + said.len()].copy_from_slice(said);
    out[344..348].copy_from_slice(b"n+1\0");
    out
}

/// One member (POSIX ustar).
fn tar(name: &str, content: &str) -> Vec<u8> {
    let mut head = vec![0; 512];
    let name = &name.as_bytes()[..name.len().min(99)];
    head[..name.len()].copy_from_slice(name);
    head[100..108].copy_from_slice(b"0000644\0");
    head[124..136].copy_from_slice(format!("{:011o}\0", content.len()).as_bytes());
    head[136..148].copy_from_slice(b"00000000000\0");
    head[148..156].fill(b' ');
    head[156] = b'0';
    head[257..265].copy_from_slice(b"ustar\x0000");
    let sum: u32 = head.iter().map(|byte| u32::from(*byte)).sum();
    head[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    let mut body = content.as_bytes().to_vec();
    body.resize(body.len().next_multiple_of(512) + 1024, 0);
    [head, body].concat()
}

/// A grey pixel and a chunk (PNG, 5.3).
fn png(kind: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let chunk = |kind: &[u8], content: &[u8]| {
        let mut crc = Crc::new();
        crc.update(kind);
        crc.update(content);
        let mut out = (content.len() as u32).to_be_bytes().to_vec();
        out.extend(kind);
        out.extend(content);
        out.extend(crc.sum().to_be_bytes());
        out
    };
    [
        b"\x89PNG\r\n\x1a\n".to_vec(),
        chunk(b"IHDR", b"\0\0\0\x01\0\0\0\x01\x08\0\0\0\0"),
        chunk(kind, content),
        chunk(b"IDAT", &crate::all::wrap::flate(b"\0\x7f")),
        chunk(b"IEND", b""),
    ]
    .concat()
}

/// A dictation of nothing, its comment in a LIST chunk.
fn wav(text: &str) -> Vec<u8> {
    let mut said = text.as_bytes().to_vec();
    said.resize(said.len().next_multiple_of(2), 0);
    let info = [b"INFOICMT".to_vec(), (said.len() as u32).to_le_bytes().to_vec(), said].concat();
    let list = [b"LIST".to_vec(), (info.len() as u32).to_le_bytes().to_vec(), info].concat();
    let format =
        b"fmt \x10\0\0\0\x01\0\x01\0\x40\x1f\0\0\x80\x3e\0\0\x02\0\x10\0data\x04\0\0\0\0\0\0\0".to_vec();
    let body = [b"WAVE".to_vec(), format, list].concat();
    [b"RIFF".to_vec(), (body.len() as u32).to_le_bytes().to_vec(), body].concat()
}

/// The header of an EDF+ recording: the patient's field has 80 characters.
fn edf(text: &str) -> Vec<u8> {
    let fields = [
        ("0", 8),
        (text, 80),
        ("Startdate X X X X", 80),
        ("01.01.85", 8),
        ("00.00.00", 8),
        ("512", 8),
        ("EDF+C", 44),
    ];
    let mut out = Vec::new();
    for (field, width) in fields {
        let mut bytes = field.as_bytes()[..field.len().min(width)].to_vec();
        bytes.resize(width, b' ');
        out.extend(bytes);
    }
    out.extend(b"10      1       1   EEG Fpz-Cz      ");
    out
}
