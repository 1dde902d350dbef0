//! Points of a picture and small linear algebra.

use crate::exact;

/// A point of the picture in pixels: x to the right, y down, the corner of the picture at 0, 0.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Point {
    /// To the right.
    pub x: f32,
    /// Down.
    pub y: f32,
}

impl Point {
    /// The point at these coordinates.
    pub const fn new(x: f32, y: f32) -> Self {
        Self { x, y }
    }

    /// Pixels from here to there.
    pub fn distance(self, other: Self) -> f32 {
        let [x, y] = [self.x - other.x, self.y - other.y].map(f64::from);
        exact::length(x, y) as f32
    }

    /// The point halfway.
    #[must_use]
    pub fn middle(self, other: Self) -> Self {
        Self::new(
            f32::midpoint(self.x, other.x),
            f32::midpoint(self.y, other.y),
        )
    }

    /// Angle of the line from here to there in radians, positive clockwise as seen.
    pub fn angle_to(self, other: Self) -> f32 {
        let [x, y] = [other.x - self.x, other.y - self.y].map(f64::from);
        exact::angle(x, y) as f32
    }
}

/// Solves `matrix * x = right` by elimination with row exchange; none when it has no one answer.
pub(crate) fn solve<const N: usize>(
    mut matrix: [[f64; N]; N],
    mut right: [f64; N],
) -> Option<[f64; N]> {
    for column in 0..N {
        let largest = (column..N).max_by(|a, b| {
            matrix[*a][column]
                .abs()
                .total_cmp(&matrix[*b][column].abs())
        })?;
        if matrix[largest][column].abs() < 1e-12 {
            return None;
        }
        matrix.swap(column, largest);
        right.swap(column, largest);
        let pivot = matrix[column];
        for row in column + 1..N {
            let factor = matrix[row][column] / pivot[column];
            for (value, above) in matrix[row].iter_mut().zip(pivot).skip(column) {
                *value -= factor * above;
            }
            right[row] -= factor * right[column];
        }
    }
    let mut answer = [0.0; N];
    for row in (0..N).rev() {
        let known: f64 = (row + 1..N).map(|at| matrix[row][at] * answer[at]).sum();
        answer[row] = (right[row] - known) / matrix[row][row];
    }
    answer
        .iter()
        .all(|value| value.is_finite())
        .then_some(answer)
}

/// Normal equations of a least-squares fit, filled row by row.
pub(crate) struct LeastSquares<const N: usize> {
    matrix: [[f64; N]; N],
    right: [f64; N],
}

impl<const N: usize> LeastSquares<N> {
    pub(crate) fn new() -> Self {
        Self {
            matrix: [[0.0; N]; N],
            right: [0.0; N],
        }
    }

    /// Adds the wish that `row * x` equals `wanted`.
    pub(crate) fn add(&mut self, row: [f64; N], wanted: f64) {
        for (line, factor) in self.matrix.iter_mut().zip(row) {
            for (sum, value) in line.iter_mut().zip(row) {
                *sum += factor * value;
            }
        }
        for (sum, value) in self.right.iter_mut().zip(row) {
            *sum += value * wanted;
        }
    }

    /// The best x; with `damping` above zero every step is shortened (Levenberg and Marquardt).
    pub(crate) fn solve(mut self, damping: f64) -> Option<[f64; N]> {
        for (at, line) in self.matrix.iter_mut().enumerate() {
            line[at] *= 1.0 + damping;
        }
        solve(self.matrix, self.right)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_system_is_solved_and_a_singular_one_refused() {
        let answer = solve([[0.0, 2.0], [3.0, 1.0]], [4.0, 5.0]).unwrap();
        assert!((answer[0] - 1.0).abs() < 1e-12 && (answer[1] - 2.0).abs() < 1e-12);
        assert_eq!(solve([[1.0, 2.0], [2.0, 4.0]], [1.0, 2.0]), None);
    }

    #[test]
    fn least_squares_finds_the_line_through_noisy_points() {
        let mut fit = LeastSquares::<2>::new();
        for (x, y) in [(0.0, 1.1), (1.0, 2.9), (2.0, 5.1), (3.0, 6.9)] {
            fit.add([x, 1.0], y);
        }
        let [slope, offset] = fit.solve(0.0).unwrap();
        assert!((slope - 1.96).abs() < 1e-9 && (offset - 1.06).abs() < 1e-9);
    }
}
