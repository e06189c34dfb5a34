//! Images with technical words only.
use super::{
    super::{host, rng::Rng},
    Modality, Words,
};
use dcmleak::demo::encode::DataSet;

pub fn image(words: &Words, modality: &Modality, n: usize, rng: &mut Rng) -> DataSet {
    let at = |list: &[String]| list[n % list.len()].clone();
    let [maker, model, software] = modality.maker[n % modality.maker.len()].clone();
    let private = &words.private;
    let mut set = DataSet::new()
        .cs(0x0008_0008, "ORIGINAL\\PRIMARY\\AXIAL")
        .ui(0x0008_0016, host::sop_class(&modality.sop))
        .cs(0x0008_0060, &modality.sop)
        .lo(0x0008_0070, maker)
        .lo(0x0008_1090, model)
        .lo(0x0008_1030, at(&modality.study))
        .lo(0x0008_103E, at(&modality.series))
        .lo(0x0018_1030, at(&modality.protocol))
        .lo(0x0018_1020, software)
        .ds(0x0018_0050, "1.25")
        .ds(0x0018_0060, "120")
        .ds(0x0020_0032, "-158.135803\\-179.035797\\-75.699997")
        .ds(0x0028_0030, "0.488281\\0.488281")
        .us(0x0028_0002, &[1])
        .cs(0x0028_0004, "MONOCHROME2")
        .us(0x0028_0010, &[8])
        .us(0x0028_0011, &[8])
        .us(0x0028_0100, &[8])
        .us(0x0028_0101, &[8])
        .us(0x0028_0102, &[7])
        .us(0x0028_0103, &[0])
        .ob(0x7FE0_0010, rng.bytes(64));
    if n.is_multiple_of(3) {
        set = set.lt(0x0020_4000, at(&private.comments));
    }
    if n % 4 == 1 {
        set = set.st(0x0008_2111, at(&private.comments)).lo(0x0018_0010, at(&private.agents));
    }
    if modality.sop == "MR" {
        let coil = if n.is_multiple_of(2) { at(&private.coils) } else { at(&private.models_of_coils) };
        set = set.sh(0x0018_1250, coil).sh(0x0018_0024, "*tfl3d1_16ns").cs(0x0018_0015, "BRAIN");
    }
    if n % 5 == 2 {
        set = set.sh(0x0008_1010, at(&private.stations));
    }
    set
}
