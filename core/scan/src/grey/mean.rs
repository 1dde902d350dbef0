//! Black and white against the mean of the surroundings, for uneven light.

use quanshengshi_frame::luma::Luma;
use rxing::common::BitMatrix;

/// Dark where a pixel is darker than the mean of the square around it by more than `bias`; none
/// for a picture without pixels.
pub(crate) fn below_mean(picture: &Luma, reach: usize, bias: i32) -> Option<BitMatrix> {
    let (width, height) = (picture.width as usize, picture.height as usize);
    let mut dark = BitMatrix::new(picture.width, picture.height).ok()?;
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
        for (x, value) in row(y).iter().enumerate() {
            let (left, right) = (x.saturating_sub(reach), (x + reach + 1).min(width));
            let count = (rows * (right - left)) as i32;
            if (i32::from(*value) + bias) * count < sums[right] - sums[left] {
                dark.set(x as u32, y as u32);
            }
        }
    }
    Some(dark)
}

/// How far a mean reaches in a picture of this short side.
pub(crate) fn reach(short_side: u32) -> usize {
    (short_side as usize / 24).clamp(8, 40)
}
