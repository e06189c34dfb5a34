//! Headers in the shape of Siemens' CSA ("SV10"), as dicom readers know it from the field; no standard describes it.

/// Tags of one or more text values each, in the layout that nibabel's `csareader` documents.
pub fn csa_header(tags: &[(&str, &[u8; 2], &[&str])]) -> Vec<u8> {
    let mut out = b"SV10\x04\x03\x02\x01".to_vec();
    out.extend((tags.len() as u32).to_le_bytes());
    out.extend(77u32.to_le_bytes());
    for (name, vr, values) in tags {
        let mut field = name.as_bytes().to_vec();
        field.resize(64, 0);
        out.extend(field);
        out.extend((values.len() as u32).to_le_bytes());
        out.extend([vr[0], vr[1], 0, 0]);
        for word in [0, values.len() as u32, 77] {
            out.extend(word.to_le_bytes());
        }
        for value in *values {
            let length = value.len() as u32 + 1;
            for word in [length, length, 77, length] {
                out.extend(word.to_le_bytes());
            }
            out.extend(value.as_bytes());
            out.resize((out.len() + 1).next_multiple_of(4), 0);
        }
    }
    out
}
