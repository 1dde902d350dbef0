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

    /// The same code in a picture so many times as large.
    pub(crate) fn scaled(mut self, factor: f32) -> Self {
        self.corners = self.corners.map(|(x, y)| (x * factor, y * factor));
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
        assert!((code.scaled(2.0).area() - 48.0).abs() < 1e-3);
    }
}
