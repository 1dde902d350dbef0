//! The number lists OFD writes into attributes and texts; only finite numbers of sane size pass.

use tiny_skia::{Rect, Transform};

use crate::ofd::limits::MAX_COORDINATE;

/// One number, at most [`MAX_COORDINATE`] on either side of zero.
pub(crate) fn number(text: &str) -> Option<f32> {
    let value: f32 = text.trim().parse().ok()?;
    (value.is_finite() && value.abs() <= MAX_COORDINATE).then_some(value)
}

/// Numbers separated by white space.
pub(crate) fn list(text: &str) -> Option<Vec<f32>> {
    text.split_ascii_whitespace().map(number).collect()
}

/// `x y width height`; sizes may be zero, not negative.
pub(crate) fn boundary(text: &str) -> Option<Rect> {
    match list(text)?[..] {
        [x, y, width, height] => Rect::from_xywh(x, y, width, height),
        _ => None,
    }
}

/// `a b c d e f`.
pub(crate) fn matrix(text: &str) -> Option<Transform> {
    match list(text)?[..] {
        [sx, ky, kx, sy, tx, ty] => Some(Transform::from_row(sx, ky, kx, sy, tx, ty)),
        _ => None,
    }
}

/// The steps between `gaps + 1` signs: numbers, with `g n v` for n times v.
///
/// Where there are fewer than gaps the last repeats: real invoices are written so. At most `gaps`
/// steps are made, however often a `g` asks for more.
pub(crate) fn steps(text: &str, gaps: usize) -> Option<Vec<f32>> {
    let mut steps = Vec::new();
    let mut words = text.split_ascii_whitespace();
    while let Some(word) = words.next() {
        if word == "g" {
            let count: u32 = words.next()?.parse().ok()?;
            let value = number(words.next()?)?;
            let room = gaps.saturating_sub(steps.len());
            let count = usize::try_from(count).unwrap_or(room).min(room);
            steps.extend(std::iter::repeat_n(value, count));
        } else {
            steps.push(number(word)?);
        }
        if steps.len() >= gaps {
            break;
        }
    }
    if let Some(&last) = steps.last() {
        steps.resize(gaps.max(steps.len()), last);
    }
    Some(steps)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_repeat_and_stay_bounded() {
        assert_eq!(steps("1 g 3 2 5", 5), Some(vec![1.0, 2.0, 2.0, 2.0, 5.0]));
        assert_eq!(steps("g 2000000000 1", 4), Some(vec![1.0; 4]));
        assert_eq!(steps("4.2", 3), Some(vec![4.2; 3]));
        assert_eq!(steps("1 2", 4), Some(vec![1.0, 2.0, 2.0, 2.0]));
        assert_eq!(steps("", 3), Some(vec![]));
        assert_eq!(steps("1 g x", 9), None);
    }

    #[test]
    fn numbers_that_are_not_finite_or_too_large_are_refused() {
        for text in ["NaN", "inf", "1e30", "-2000000", "", "1,5"] {
            assert_eq!(number(text), None, "{text}");
        }
        assert_eq!(boundary("0 0 -1 5"), None);
        assert!(boundary("0 0 0 0").is_some());
    }
}
