//! Private elements that are worth keeping.
use super::{
    super::{rng::Rng, wrap},
    Words,
};
use dcmleak::demo::encode::DataSet;

/// Numbers and terms of vendors, and a header with technical text only.
pub fn elements(words: &Words, turn: usize, rng: &mut Rng) -> DataSet {
    let say = &words.private.say;
    let mut set = DataSet::new();
    let mut blocks: Vec<(u32, String)> = Vec::new();
    for n in 0..4 {
        let [creator, hex, vr, value] = &say[(turn * 3 + n) % say.len()];
        let tag = u32::from_str_radix(hex, 16).unwrap();
        let group = tag & 0xffff_0000;
        let count = blocks.iter().filter(|(g, _)| *g == group).count() as u32;
        if blocks.iter().any(|(g, c)| *g == group && c == creator) {
            continue;
        }
        let tag = tag & 0xffff_00ff | (0x10 + count) << 8;
        blocks.push((group, creator.clone()));
        set = set.lo(group | (0x10 + count), creator);
        let number = value.parse::<f64>().unwrap_or(0.0);
        set = match vr.as_str() {
            "FL" => set.fl(tag, &[number as f32]),
            "FD" => set.fd(tag, &[number]),
            "SL" => set.sl(tag, &[number as i32]),
            "UL" => set.ul(tag, &[number as u32]),
            "SS" => set.ss(tag, &[number as i16]),
            text => set.text(tag, &text.as_bytes().try_into().unwrap(), value),
        };
    }
    if turn % 20 == 9 {
        let tags: Vec<_> = words.dummies.csa.iter().map(|[k, v]| (k.as_str(), v.as_str())).collect();
        set = set.lo(0x0029_0010, "SIEMENS CSA HEADER").ob(0x0029_1010, wrap::csa(&tags, true));
    }
    if turn % 20 == 2 {
        set = set
            .lo(0x0041_0010, "EXAMPLE CALIBRATION 2")
            .ob(0x0041_1001, wrap::binary(200, rng))
            .un(0x0041_1002, rng.bytes(600));
    }
    set
}
