//! Black and white against the light of blocks of pixels: the rule of `ZXing`'s hybrid binarizer, bit
//! for bit, in whole rows instead of pixel by pixel.

use quanshengshi_frame::luma::Luma;

use crate::bits::{Bits, Drawing};

/// Pixels along a block.
const BLOCK: usize = 8;
/// Blocks around a block, along a side, whose mean is its limit.
const AROUND: usize = 5;
/// Light and dark of a block that are no further apart are one colour.
const LEAST_RANGE: u8 = 24;
/// A shorter side has too few blocks.
const LEAST_SIDE: u32 = (BLOCK * AROUND) as u32;

/// Dark where a pixel is not lighter than the blocks around it; none for a picture with a side of
/// less than five blocks.
pub(crate) fn below_blocks(picture: &Luma) -> Option<Bits> {
    if picture.width.min(picture.height) < LEAST_SIDE {
        return None;
    }
    let (width, height) = (picture.width as usize, picture.height as usize);
    let (across, down) = (width.div_ceil(BLOCK), height.div_ceil(BLOCK));
    let greys = greys(picture, across, down);
    let mut drawing = Drawing::new(picture.width, picture.height);
    let mut limits = vec![0u8; width];
    let mut marks = vec![0u8; width];
    for block in 0..down {
        limits.fill(0);
        let top = first_around(block, down);
        for x in 0..across {
            let left = first_around(x, across);
            let rows = greys[top * across..].chunks(across).take(AROUND);
            let sum: u32 = rows
                .flat_map(|row| &row[left..left + AROUND])
                .map(|grey| u32::from(*grey))
                .sum();
            let limit = (sum / (AROUND * AROUND) as u32) as u8;
            // The last block overlaps the one before it; dark under one of them is dark.
            for under in &mut limits[at_edge(x, width)..][..BLOCK] {
                *under = limit.max(*under);
            }
        }
        for y in at_edge(block, height)..at_edge(block, height) + BLOCK {
            let row = &picture.pixels[y * width..][..width];
            for ((mark, value), limit) in marks.iter_mut().zip(row).zip(&limits) {
                *mark = u8::from(value <= limit);
            }
            drawing.darken(y, &marks);
        }
    }
    drawing.done()
}

/// The first of the blocks around a block, all of them inside the picture.
fn first_around(block: usize, blocks: usize) -> usize {
    block.saturating_sub(AROUND / 2).min(blocks - AROUND)
}

/// Where a block begins: the last one ends with the picture.
fn at_edge(block: usize, length: usize) -> usize {
    (block * BLOCK).min(length - BLOCK)
}

/// What a block's dark and light lie around, block by block.
fn greys(picture: &Luma, across: usize, down: usize) -> Vec<u8> {
    let (width, height) = (picture.width as usize, picture.height as usize);
    let mut greys = vec![0u8; across * down];
    let (mut sums, mut least, mut most) = (vec![0u16; width], vec![0u8; width], vec![0u8; width]);
    for block in 0..down {
        sums.fill(0);
        least.fill(u8::MAX);
        most.fill(0);
        let rows = &picture.pixels[at_edge(block, height) * width..][..BLOCK * width];
        for row in rows.chunks_exact(width) {
            for (sum, value) in sums.iter_mut().zip(row) {
                *sum += u16::from(*value);
            }
            for (least, value) in least.iter_mut().zip(row) {
                *least = (*least).min(*value);
            }
            for (most, value) in most.iter_mut().zip(row) {
                *most = (*most).max(*value);
            }
        }
        for x in 0..across {
            let part = at_edge(x, width)..at_edge(x, width) + BLOCK;
            let lowest = least[part.clone()].iter().fold(u8::MAX, |a, b| a.min(*b));
            let highest = most[part.clone()].iter().fold(0, |a: u8, b| a.max(*b));
            let at = block * across + x;
            greys[at] = if highest - lowest > LEAST_RANGE {
                (sums[part].iter().sum::<u16>() / (BLOCK * BLOCK) as u16) as u8
            } else {
                even(&greys, at, across, lowest)
            };
        }
    }
    greys
}

/// Of a block of one colour: light, unless it is darker than what its neighbours lie around.
fn even(greys: &[u8], at: usize, across: usize, lowest: u8) -> u8 {
    if at >= across && !at.is_multiple_of(across) {
        let grey = |at: usize| u16::from(greys[at]);
        let neighbours = (grey(at - across) + 2 * grey(at - 1) + grey(at - across - 1)) / 4;
        if u16::from(lowest) < neighbours {
            return neighbours as u8;
        }
    }
    lowest / 2
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rxing::common::HybridBinarizer;
    use rxing::{Binarizer as _, Luma8Source};

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn bits_are_those_of_zxing(
            width in 40u32..90,
            height in 40u32..70,
            range in 1u16..256,
            seed in any::<u32>(),
        ) {
            let mut state = seed | 1;
            let pixels = (0..width * height).map(|at| {
                state ^= state << 13;
                state ^= state >> 17;
                state ^= state << 5;
                // Patches of even grey among noise: both rules of a block are met.
                let noise = state % u32::from(range);
                if at / 1500 % 2 == 0 { (noise / 16) as u8 } else { noise as u8 }
            });
            let picture = Luma { width, height, pixels: pixels.collect() };
            let source = Luma8Source::new_with_slice(&picture.pixels, width, height).unwrap();
            let theirs = HybridBinarizer::new(source);
            let ours = below_blocks(&picture).unwrap();
            prop_assert_eq!(&ours.matrix, theirs.get_black_matrix().unwrap());
        }
    }
}
