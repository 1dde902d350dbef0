//! A code that was read.

/// The text of a QR code and where it lies in the upright frame.
#[derive(Debug, Clone, PartialEq)]
pub struct QrText {
    /// The text as decoded; foreign, to be parsed by whoever expects something.
    pub text: String,
    /// Corners in pixels of the upright frame, `(x, y)` from the top left, clockwise from the
    /// code's own top left corner.
    pub corners: [(f32, f32); 4],
}

impl QrText {
    /// The area of the code in square pixels.
    pub fn area(&self) -> f32 {
        let [a, b, c, d] = self.corners;
        let cross = |p: (f32, f32), q: (f32, f32)| p.0 * q.1 - p.1 * q.0;
        (cross(a, b) + cross(b, c) + cross(c, d) + cross(d, a)).abs() / 2.0
    }

    /// Whether a place lies inside the code.
    pub(crate) fn holds(&self, place: (f32, f32)) -> bool {
        let [a, b, c, d] = self.corners;
        let side = |p: (f32, f32), q: (f32, f32)| {
            (q.0 - p.0) * (place.1 - p.1) - (q.1 - p.1) * (place.0 - p.0) > 0.0
        };
        let sides = [side(a, b), side(b, c), side(c, d), side(d, a)];
        sides.iter().all(|side| *side == sides[0])
    }

    /// The same code in a picture so many times as large, whose top left lies elsewhere.
    pub(crate) fn scaled(mut self, factor: f32, left: f32, top: f32) -> Self {
        self.corners = self
            .corners
            .map(|(x, y)| (x * factor + left, y * factor + top));
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_area_is_that_of_the_quadrilateral_and_grows_with_the_square() {
        let code = QrText {
            text: String::new(),
            corners: [(1.0, 1.0), (4.0, 1.0), (4.0, 5.0), (1.0, 5.0)],
        };
        assert!((code.area() - 12.0).abs() < 1e-4);
        assert!((code.scaled(2.0, 7.0, 9.0).area() - 48.0).abs() < 1e-3);
    }
}
