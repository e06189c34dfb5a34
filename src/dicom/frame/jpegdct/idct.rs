use std::{f32::consts::PI, sync::LazyLock};

/// `COSINES[x][u]` is what coefficient `u` adds to sample `x`.
static COSINES: LazyLock<[[f32; 8]; 8]> = LazyLock::new(|| {
    std::array::from_fn(|x| {
        std::array::from_fn(|u| {
            let scale = if u == 0 { 0.5f32.sqrt() } else { 1.0 };
            0.5 * scale * ((2.0 * x as f32 + 1.0) * u as f32 * PI / 16.0).cos()
        })
    })
});

/// The samples of a block: sections A.3.3, A.3.4 and A.3.1.
pub(super) fn samples(block: &[i32; 64], quantization: &[u16; 64], precision: u8) -> [u16; 64] {
    let middle = f32::from(1u16 << (precision - 1));
    let top = 2.0 * middle - 1.0;
    let level = |value: f32| (value + middle).round().clamp(0.0, top) as u16;
    let first = block[0] as f32 * f32::from(quantization[0]);
    if block.iter().skip(1).all(|&value| value == 0) {
        return [level(first / 8.0); 64];
    }
    let cosines = &*COSINES;
    let mut rows = [[0f32; 8]; 8];
    for (v, row) in rows.iter_mut().enumerate() {
        let line: [f32; 8] =
            std::array::from_fn(|u| block[8 * v + u] as f32 * f32::from(quantization[8 * v + u]));
        for (x, sum) in row.iter_mut().enumerate() {
            *sum = line.iter().zip(&cosines[x]).map(|(value, cosine)| value * cosine).sum();
        }
    }
    std::array::from_fn(|at| {
        let (y, x) = (at / 8, at % 8);
        level(rows.iter().zip(&cosines[y]).map(|(row, cosine)| row[x] * cosine).sum())
    })
}
