/// One frame in DICOM's RLE (PS3.5 Annex G): `planes` are the byte planes, for 16 bit the high bytes first,
/// for colour by sample. At most 15 planes; more are ignored.
pub fn rle_frame(planes: &[Vec<u8>], columns: usize) -> Vec<u8> {
    let planes = &planes[..planes.len().min(15)];
    let mut header = [0u32; 16];
    header[0] = planes.len() as u32;
    let mut body = Vec::new();
    for (plane, slot) in planes.iter().zip(&mut header[1..]) {
        *slot = 64 + body.len() as u32;
        for row in plane.chunks(columns.max(1)) {
            pack_bits(row, &mut body);
        }
        if body.len() % 2 == 1 {
            body.push(0);
        }
    }
    let mut out: Vec<u8> = header.iter().flat_map(|n| n.to_le_bytes()).collect();
    out.append(&mut body);
    out
}

fn pack_bits(row: &[u8], out: &mut Vec<u8>) {
    let run_at = |i: usize| row[i..].iter().take(128).take_while(|b| **b == row[i]).count();
    let mut i = 0;
    while i < row.len() {
        let run = run_at(i);
        if run >= 3 {
            out.extend([(257 - run) as u8, row[i]]);
            i += run;
            continue;
        }
        let start = i;
        while i < row.len() && i - start < 128 && run_at(i) < 3 {
            i += 1;
        }
        out.push((i - start - 1) as u8);
        out.extend_from_slice(&row[start..i]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unpack(mut bytes: &[u8], length: usize) -> Vec<u8> {
        let mut out = Vec::new();
        while let (true, [n, rest @ ..]) = (out.len() < length, bytes) {
            let n = *n as i8;
            if n >= 0 {
                let (head, tail) = rest.split_at(n as usize + 1);
                out.extend_from_slice(head);
                bytes = tail;
            } else {
                out.extend(std::iter::repeat_n(rest[0], (1 - i32::from(n)) as usize));
                bytes = &rest[1..];
            }
        }
        out
    }

    #[test]
    fn survives_a_round_trip() {
        let row: Vec<u8> =
            (0..1000u32).map(|i| if i % 300 < 200 { 7 } else { (i * i % 251) as u8 }).collect();
        let frame = rle_frame(std::slice::from_ref(&row), row.len());
        assert_eq!(frame[..8], [1, 0, 0, 0, 64, 0, 0, 0]);
        assert_eq!(unpack(&frame[64..], row.len()), row);
        assert!(frame.len() < 500);
    }
}
