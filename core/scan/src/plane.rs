//! From places on a code to places in a picture.

#![allow(
    clippy::many_single_char_names,
    clippy::similar_names,
    reason = "the letters of a three by three matrix"
)]

/// A point, from the left and from the top.
pub(crate) type Point = (f32, f32);

/// The view of a flat thing through a pinhole: a homography.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Plane {
    rows: [f32; 9],
}

impl Plane {
    /// The view that takes four places to four others; none when three of them lie in line.
    pub(crate) fn through(from: [Point; 4], to: [Point; 4]) -> Option<Self> {
        let back = Self::of_unit_square(from)?.inverse()?;
        let forth = Self::of_unit_square(to)?;
        Some(forth.after(&back))
    }

    /// Where a place goes.
    pub(crate) fn at(&self, x: f32, y: f32) -> Point {
        let [a, b, c, d, e, f, g, h, i] = self.rows;
        let nearness = 1.0 / (g * x + h * y + i);
        (
            (a * x + b * y + c) * nearness,
            (d * x + e * y + f) * nearness,
        )
    }

    fn of_unit_square(corners: [Point; 4]) -> Option<Self> {
        let [(x0, y0), (x1, y1), (x2, y2), (x3, y3)] = corners;
        let (sum_x, sum_y) = (x0 - x1 + x2 - x3, y0 - y1 + y2 - y3);
        let (dx1, dx2, dy1, dy2) = (x1 - x2, x3 - x2, y1 - y2, y3 - y2);
        let area = dx1 * dy2 - dx2 * dy1;
        if area.abs() < 1e-6 {
            return None;
        }
        let g = (sum_x * dy2 - dx2 * sum_y) / area;
        let h = (dx1 * sum_y - sum_x * dy1) / area;
        let rows = [
            x1 - x0 + g * x1,
            x3 - x0 + h * x3,
            x0,
            y1 - y0 + g * y1,
            y3 - y0 + h * y3,
            y0,
            g,
            h,
            1.0,
        ];
        Some(Self { rows })
    }

    fn after(&self, first: &Self) -> Self {
        let rows = std::array::from_fn(|at| {
            let (row, column) = (at / 3, at % 3);
            (0..3)
                .map(|k| self.rows[row * 3 + k] * first.rows[k * 3 + column])
                .sum()
        });
        Self { rows }
    }

    fn inverse(&self) -> Option<Self> {
        let [a, b, c, d, e, f, g, h, i] = self.rows;
        let minors = [
            e * i - f * h,
            c * h - b * i,
            b * f - c * e,
            f * g - d * i,
            a * i - c * g,
            c * d - a * f,
            d * h - e * g,
            b * g - a * h,
            a * e - b * d,
        ];
        let area = a * minors[0] + b * minors[3] + c * minors[6];
        (area.abs() > 1e-12).then(|| Self {
            rows: minors.map(|minor| minor / area),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_places_go_where_they_were_seen_and_lines_stay_lines() {
        let from = [(3.5, 3.5), (21.5, 3.5), (18.5, 18.5), (3.5, 21.5)];
        let to = [(100.0, 80.0), (310.0, 95.0), (280.0, 260.0), (90.0, 300.0)];
        let plane = Plane::through(from, to).unwrap();
        for ((x, y), (u, v)) in from.into_iter().zip(to) {
            let (gone_x, gone_y) = plane.at(x, y);
            assert!((gone_x - u).abs() < 0.01 && (gone_y - v).abs() < 0.01);
        }
        let [(ax, ay), (bx, by), (cx, cy)] = [1.0, 9.0, 20.0].map(|x| plane.at(x, 7.0));
        let bent = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);
        assert!(bent.abs() < 1.0, "{bent}");
    }

    #[test]
    fn places_in_one_line_are_no_plane() {
        let line = [(0.0, 0.0), (1.0, 1.0), (2.0, 2.0), (3.0, 3.0)];
        let square = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)];
        assert_eq!(Plane::through(square, line), None);
    }
}
