//! Sums over squares in constant time.

use quanshengshi_frame::luma::Luma;

/// Sums of values and of their squares over everything above and left of a place. They may wrap:
/// the difference of four of them, which is a square's, does not.
pub(crate) struct Sums {
    pub(crate) row: usize,
    pub(crate) values: Vec<u32>,
    pub(crate) squares: Vec<u32>,
}

impl Sums {
    pub(crate) fn of(picture: &Luma) -> Self {
        let (width, height) = (picture.width as usize, picture.height as usize);
        let row = width + 1;
        let mut values = vec![0u32; row * (height + 1)];
        let mut squares = values.clone();
        for (y, line) in picture.pixels.chunks_exact(width.max(1)).enumerate() {
            let (above, below) = values.split_at_mut((y + 1) * row);
            let (above_2, below_2) = squares.split_at_mut((y + 1) * row);
            let (mut sum, mut sum_2) = (0u32, 0u32);
            for (x, value) in line.iter().enumerate() {
                let value = u32::from(*value);
                sum += value;
                sum_2 += value * value;
                below[x + 1] = above[y * row + x + 1].wrapping_add(sum);
                below_2[x + 1] = above_2[y * row + x + 1].wrapping_add(sum_2);
            }
        }
        Self {
            row,
            values,
            squares,
        }
    }
}

/// The sums of the squares of a side whose upper edge is row `top`, the first of them at column
/// `first` and each next one a column further.
pub(crate) fn squares_along(
    sums: &[u32],
    row: usize,
    (first, top): (usize, usize),
    side: usize,
    out: &mut [f32],
) {
    let count = out.len();
    let corner = |x: usize, y: usize| &sums[y * row + x..][..count];
    let (a, b) = (corner(first, top), corner(first + side, top));
    let (c, d) = (corner(first, top + side), corner(first + side, top + side));
    for ((((sum, a), b), c), d) in out.iter_mut().zip(a).zip(b).zip(c).zip(d) {
        // As signed numbers, which turn into floating ones several at a time.
        let whole = d.wrapping_sub(*c).wrapping_sub(*b).wrapping_add(*a);
        *sum = whole.cast_signed() as f32;
    }
}
