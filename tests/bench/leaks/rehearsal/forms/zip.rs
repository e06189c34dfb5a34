//! ZIP archives (PKWARE APPNOTE 6.3), each member deflated.
use flate2::{Compression, Crc, read::DeflateEncoder};
use std::io::Read;

pub fn zip(members: &[(&str, String)]) -> Vec<u8> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for (name, content) in members {
        let offset = out.len() as u32;
        let mut packed = Vec::new();
        DeflateEncoder::new(content.as_bytes(), Compression::default()).read_to_end(&mut packed).unwrap();
        let mut crc = Crc::new();
        crc.update(content.as_bytes());
        // Version, flags, deflate, time, date, checksum, sizes, lengths of name and extra field.
        let mut fields = b"\x14\0\0\x08\x08\0\0\0\x21\x58".to_vec();
        for word in [crc.sum(), packed.len() as u32, content.len() as u32, name.len() as u32] {
            fields.extend(word.to_le_bytes());
        }
        out.extend(b"PK\x03\x04");
        out.extend(&fields);
        out.extend(name.bytes());
        out.extend(packed);
        directory.extend(b"PK\x01\x02\x14\0");
        directory.extend(&fields);
        directory.extend([0; 10]);
        directory.extend(offset.to_le_bytes());
        directory.extend(name.bytes());
    }
    let start = out.len() as u32;
    let count = members.len() as u16;
    out.extend(&directory);
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend([count.to_le_bytes(), count.to_le_bytes()].concat());
    out.extend((directory.len() as u32).to_le_bytes());
    out.extend(start.to_le_bytes());
    out.extend([0, 0]);
    out
}
