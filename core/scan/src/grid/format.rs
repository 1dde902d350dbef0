//! The format word: which correction level and which mask.

use rxing::qrcode::common::ErrorCorrectionLevel;

/// Level and mask of a symbol.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Format {
    pub(crate) level: ErrorCorrectionLevel,
    pub(crate) mask: u8,
    /// The fifteen bits as drawn, the first one highest.
    pub(crate) word: u16,
}

/// Places of the fifteen bits, the first one first, in both copies.
pub(crate) fn places(side: usize) -> [[(usize, usize); 2]; 15] {
    const BESIDE: [(usize, usize); 15] = [
        (0, 8),
        (1, 8),
        (2, 8),
        (3, 8),
        (4, 8),
        (5, 8),
        (7, 8),
        (8, 8),
        (8, 7),
        (8, 5),
        (8, 4),
        (8, 3),
        (8, 2),
        (8, 1),
        (8, 0),
    ];
    std::array::from_fn(|at| {
        let other = if at < 7 {
            (8, side - 1 - at)
        } else {
            (side - 15 + at, 8)
        };
        [BESIDE[at], other]
    })
}

/// The formats that agree best with the modules, best first.
pub(crate) fn likely(side: usize, dark: impl Fn(usize, usize) -> f32) -> Vec<Format> {
    let seen = places(side).map(|copies| {
        copies
            .iter()
            .map(|(x, y)| dark(*x, *y).clamp(-1.5, 1.5))
            .sum::<f32>()
    });
    let mut formats: Vec<(f32, Format)> = (0..32u16)
        .filter_map(|data| {
            let word = word(data);
            let level = ErrorCorrectionLevel::forBits((data >> 3) as u8).ok()?;
            let agreement = seen
                .iter()
                .enumerate()
                .map(|(at, dark)| {
                    if word >> (14 - at) & 1 == 1 {
                        *dark
                    } else {
                        -dark
                    }
                })
                .sum();
            let mask = (data & 7) as u8;
            Some((agreement, Format { level, mask, word }))
        })
        .collect();
    formats.sort_by(|a, b| b.0.total_cmp(&a.0));
    formats.into_iter().map(|(_, format)| format).collect()
}

/// Five bits with their ten check bits under the fixed mask.
fn word(data: u16) -> u16 {
    let mut rest = u32::from(data) << 10;
    for at in (10..15).rev() {
        if rest >> at & 1 == 1 {
            rest ^= 0x537 << (at - 10);
        }
    }
    ((u32::from(data) << 10 | rest) ^ 0x5412) as u16
}

/// Whether a mask turns a module over.
pub(crate) fn masked(mask: u8, x: usize, y: usize) -> bool {
    match mask {
        0 => (x + y).is_multiple_of(2),
        1 => y.is_multiple_of(2),
        2 => x.is_multiple_of(3),
        3 => (x + y).is_multiple_of(3),
        4 => (y / 2 + x / 3).is_multiple_of(2),
        5 => x * y % 2 + x * y % 3 == 0,
        6 => (x * y % 2 + x * y % 3).is_multiple_of(2),
        _ => ((x + y) % 2 + x * y % 3).is_multiple_of(2),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use qrcode::{Color, EcLevel, QrCode};

    #[test]
    fn the_format_another_writer_drew_is_the_likeliest() {
        for (level, expected) in [
            (EcLevel::L, ErrorCorrectionLevel::L),
            (EcLevel::M, ErrorCorrectionLevel::M),
            (EcLevel::Q, ErrorCorrectionLevel::Q),
            (EcLevel::H, ErrorCorrectionLevel::H),
        ] {
            let code = QrCode::with_error_correction_level("quanshengshi", level).unwrap();
            let (side, colours) = (code.width(), code.to_colors());
            let dark = |x: usize, y: usize| {
                let dark = colours[y * side + x] == Color::Dark;
                if dark { 1.0 } else { -1.0 }
            };
            let best = likely(side, dark)[0];
            assert_eq!(best.level, expected);
            for (at, copies) in places(side).into_iter().enumerate() {
                for (x, y) in copies {
                    assert_eq!(dark(x, y) > 0.0, best.word >> (14 - at) & 1 == 1);
                }
            }
        }
    }
}
