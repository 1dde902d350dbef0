//! Undoes what a lens out of focus, a moving hand and too few pixels do to neighbouring modules.
//!
//! What reaches a module's pixels is a mixture of it and its neighbours, the same mixture all over
//! the code. The modules whose colour the standard fixes tell how to take it apart: the weights of
//! a five by five neighbourhood that give those colours best, in the least squares. The first
//! answer teaches a second, better one.

use crate::grid::soft::{MARGIN, Soft};

const REACH: usize = MARGIN;
const ACROSS: usize = 2 * REACH + 1;
/// Weights of the neighbourhood and a constant.
const WEIGHTS: usize = ACROSS * ACROSS + 1;

/// A module whose colour is taken for granted: `(x, y, 1 dark or -1 light, trust)`.
pub(crate) type Lesson = (usize, usize, f32, f32);

/// Every module through the weights that explain the lessons best; none when they say nothing.
pub(crate) fn equalised(soft: &Soft, lessons: &[Lesson], caution: f32) -> Option<Vec<f32>> {
    let mut products = [[0.0f32; WEIGHTS]; WEIGHTS];
    let mut answers = [0.0f32; WEIGHTS];
    for (x, y, colour, trust) in lessons {
        let around = neighbourhood(soft, *x, *y);
        for (row, a) in products.iter_mut().zip(around) {
            let a = a * trust;
            for (sum, b) in row.iter_mut().zip(around) {
                *sum += a * b;
            }
        }
        for (sum, a) in answers.iter_mut().zip(around) {
            *sum += a * colour * trust;
        }
    }
    let weight: f32 = lessons.iter().map(|(.., trust)| trust).sum();
    let centre = WEIGHTS / 2;
    for (at, row) in products.iter_mut().enumerate() {
        row[at] += caution * weight;
    }
    // Pulled towards the module itself, not towards nothing.
    answers[centre] += caution * weight;
    let weights = solved(&mut products, answers)?;
    let mut all = Vec::with_capacity(soft.side * soft.side);
    for y in 0..soft.side {
        for x in 0..soft.side {
            let around = neighbourhood(soft, x, y);
            all.push(around.iter().zip(&weights).map(|(a, b)| a * b).sum());
        }
    }
    Some(all)
}

fn neighbourhood(soft: &Soft, x: usize, y: usize) -> [f32; WEIGHTS] {
    let mut around = [1.0; WEIGHTS];
    let row = soft.side + 2 * MARGIN;
    let start = y * row + x;
    for (line, out) in around[..ACROSS * ACROSS]
        .chunks_exact_mut(ACROSS)
        .enumerate()
    {
        let from = start + line * row;
        out.copy_from_slice(&soft.values[from..from + ACROSS]);
    }
    around
}

/// Cholesky's way through symmetric equations.
pub(crate) fn solved<const COUNT: usize>(
    matrix: &mut [[f32; COUNT]],
    mut right: [f32; COUNT],
) -> Option<[f32; COUNT]> {
    for column in 0..COUNT {
        let squares: f32 = matrix[column][..column]
            .iter()
            .map(|value| value * value)
            .sum();
        let pivot = matrix[column][column] - squares;
        if pivot.is_nan() || pivot <= 1e-9 {
            return None;
        }
        let pivot = pivot.sqrt();
        matrix[column][column] = pivot;
        for row in column + 1..COUNT {
            let (above, below) = matrix.split_at_mut(row);
            let shared: f32 = above[column][..column]
                .iter()
                .zip(&below[0][..column])
                .map(|(a, b)| a * b)
                .sum();
            below[0][column] = (below[0][column] - shared) / pivot;
        }
    }
    for at in 0..COUNT {
        let known: f32 = (0..at).map(|k| matrix[at][k] * right[k]).sum();
        right[at] = (right[at] - known) / matrix[at][at];
    }
    for at in (0..COUNT).rev() {
        let known: f32 = (at + 1..COUNT).map(|k| matrix[k][at] * right[k]).sum();
        right[at] = (right[at] - known) / matrix[at][at];
    }
    Some(right)
}
