//! Black and white against the mean of the surroundings, for uneven light.

use quanshengshi_frame::luma::Luma;

use crate::bits::{Bits, Drawing};

/// Dark where a pixel is darker than the mean of the square around it by more than `bias`; none
/// for a picture without pixels.
pub(crate) fn below_mean(picture: &Luma, reach: usize, bias: i32) -> Option<Bits> {
    let (width, height) = (picture.width as usize, picture.height as usize);
    let mut drawing = Drawing::new(picture.width, picture.height);
    let mut columns = vec![0i32; width];
    let row = |y: usize| &picture.pixels[y * width..(y + 1) * width];
    let add = |columns: &mut [i32], y: usize, sign: i32| {
        for (sum, value) in columns.iter_mut().zip(row(y)) {
            *sum += sign * i32::from(*value);
        }
    };
    for y in 0..reach.min(height) {
        add(&mut columns, y, 1);
    }
    let mut sums = vec![0i32; width + 1];
    let mut marks = vec![0u8; width];
    for y in 0..height {
        if y + reach < height {
            add(&mut columns, y + reach, 1);
        }
        if y > reach {
            add(&mut columns, y - reach - 1, -1);
        }
        let rows = (y + reach).min(height - 1) - y.saturating_sub(reach) + 1;
        let mut sum = 0;
        for (total, column) in sums[1..].iter_mut().zip(&columns) {
            sum += column;
            *total = sum;
        }
        mark(&mut marks, row(y), &sums, reach, rows, bias);
        drawing.darken(y, &marks);
    }
    drawing.done()
}

/// Marks the pixels of a row that are darker than the mean over so many rows; `sums` are the sums
/// of the columns before a place.
fn mark(marks: &mut [u8], row: &[u8], sums: &[i32], reach: usize, rows: usize, bias: i32) {
    let width = row.len();
    let one = |x: usize| {
        let (left, right) = (x.saturating_sub(reach), (x + reach + 1).min(width));
        let count = (rows * (right - left)) as i32;
        u8::from((i32::from(row[x]) + bias) * count < sums[right] - sums[left])
    };
    let (inner, outer) = (
        reach.min(width),
        width.saturating_sub(reach + 1).max(reach.min(width)),
    );
    for x in (0..inner).chain(outer..width) {
        marks[x] = one(x);
    }
    // The same for the middle of the row, where every mean is over as many columns.
    let count = (rows * (2 * reach + 1)) as i32;
    let means = sums.iter().zip(&sums[(2 * reach + 1).min(width)..]);
    let values = row[inner..outer].iter().zip(&mut marks[inner..outer]);
    for ((value, mark), (left, right)) in values.zip(means) {
        *mark = u8::from((i32::from(*value) + bias) * count < right - left);
    }
}

/// How far a mean reaches in a picture of this short side.
pub(crate) fn reach(short_side: u32) -> usize {
    (short_side as usize / 24).clamp(8, 40)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_pixel_is_dark_when_it_is_darker_than_the_mean_around_it(
            width in 1u32..30,
            height in 1u32..30,
            reach in 1usize..12,
            values in prop::collection::vec(any::<u8>(), 900),
        ) {
            let pixels = values[..(width * height) as usize].to_vec();
            let picture = Luma { width, height, pixels };
            let bits = below_mean(&picture, reach, 5).unwrap();
            for y in 0..height {
                for x in 0..width {
                    let around = |at: u32, length: u32| {
                        at.saturating_sub(reach as u32)..(at + reach as u32 + 1).min(length)
                    };
                    let (mut sum, mut count) = (0i32, 0i32);
                    for row in around(y, height) {
                        for column in around(x, width) {
                            sum += i32::from(picture.at(column, row).unwrap());
                            count += 1;
                        }
                    }
                    let dark = (i32::from(picture.at(x, y).unwrap()) + 5) * count < sum;
                    prop_assert_eq!(bits.matrix.get(x, y), dark);
                }
            }
        }
    }
}
