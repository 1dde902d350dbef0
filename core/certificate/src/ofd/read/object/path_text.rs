//! Path data of OFD (`AbbreviatedData`, GB/T 33190 9.3.2): `S M L Q B A C` and numbers.

use tiny_skia::{Path, PathBuilder};

use crate::ofd::read::numbers::number;

/// The path a text describes, and how many operations it took.
///
/// Letters in lower case are taken like capitals: some vendors write them. `None` if the text is
/// malformed, has more than `most` operations, or describes nothing with an extent.
pub fn parse(text: &str, most: usize) -> Option<(Path, usize)> {
    let mut words = text.split_ascii_whitespace().peekable();
    let mut builder = PathBuilder::new();
    let mut operation = None;
    let (mut here, mut start) = ((0.0_f32, 0.0_f32), None);
    let mut count = 0;
    while let Some(word) = words.peek() {
        if let Some(letter) = word.chars().next().filter(char::is_ascii_alphabetic) {
            operation = Some(letter.to_ascii_uppercase());
            if word.len() > 1 {
                return None;
            }
            words.next();
        }
        count += 1;
        if count > most {
            return None;
        }
        let mut values = [0.0_f32; 7];
        let wanted = match operation? {
            'S' | 'M' | 'L' => 2,
            'Q' => 4,
            'B' => 6,
            'A' => 7,
            'C' => 0,
            _ => return None,
        };
        for value in values.iter_mut().take(wanted) {
            *value = number(words.next()?)?;
        }
        let v = values;
        let letter = operation?;
        if matches!(letter, 'L' | 'Q' | 'B' | 'A') && start.is_none() {
            builder.move_to(here.0, here.1);
            start = Some(here);
        }
        match letter {
            'S' | 'M' => {
                builder.move_to(v[0], v[1]);
                here = (v[0], v[1]);
                start = Some(here);
            }
            'L' => {
                builder.line_to(v[0], v[1]);
                here = (v[0], v[1]);
            }
            'Q' => {
                builder.quad_to(v[0], v[1], v[2], v[3]);
                here = (v[2], v[3]);
            }
            'B' => {
                builder.cubic_to(v[0], v[1], v[2], v[3], v[4], v[5]);
                here = (v[4], v[5]);
            }
            'A' => {
                let arc = Arc {
                    radii: (v[0], v[1]),
                    turn: v[2].to_radians(),
                    large: v[3] != 0.0,
                    clockwise: v[4] != 0.0,
                };
                arc.draw(&mut builder, here, (v[5], v[6]));
                here = (v[5], v[6]);
            }
            _ => {
                builder.close();
                here = start.unwrap_or(here);
                // A letter must follow; numbers after a closed path mean nothing.
                operation = None;
            }
        }
    }
    builder.finish().map(|path| (path, count))
}

struct Arc {
    radii: (f32, f32),
    turn: f32,
    large: bool,
    clockwise: bool,
}

impl Arc {
    /// Draws the elliptic arc as cubic curves (W3C SVG 1.1 F.6.5, endpoint to centre form).
    fn draw(&self, builder: &mut PathBuilder, from: (f32, f32), to: (f32, f32)) {
        let (mut rx, mut ry) = (self.radii.0.abs(), self.radii.1.abs());
        if rx < 1e-6 || ry < 1e-6 || from == to {
            builder.line_to(to.0, to.1);
            return;
        }
        let (sin, cos) = self.turn.sin_cos();
        let (hx, hy) = ((from.0 - to.0) / 2.0, (from.1 - to.1) / 2.0);
        let (x, y) = (cos * hx + sin * hy, cos * hy - sin * hx);
        let reach = (x / rx).powi(2) + (y / ry).powi(2);
        if reach > 1.0 {
            rx *= reach.sqrt();
            ry *= reach.sqrt();
        }
        let reach = ((x / rx).powi(2) + (y / ry).powi(2)).max(1e-12);
        let mut factor = (1.0 / reach - 1.0).max(0.0).sqrt();
        if self.large == self.clockwise {
            factor = -factor;
        }
        let (cx, cy) = (factor * rx * y / ry, -factor * ry * x / rx);
        let middle = (
            cos * cx - sin * cy + f32::midpoint(from.0, to.0),
            sin * cx + cos * cy + f32::midpoint(from.1, to.1),
        );
        let first = ((y - cy) / ry).atan2((x - cx) / rx);
        let mut sweep = ((-y - cy) / ry).atan2((-x - cx) / rx) - first;
        if self.clockwise && sweep < 0.0 {
            sweep += std::f32::consts::TAU;
        } else if !self.clockwise && sweep > 0.0 {
            sweep -= std::f32::consts::TAU;
        }
        let point = |across: f32, along: f32| {
            let (px, py) = (rx * across, ry * along);
            (
                middle.0 + cos * px - sin * py,
                middle.1 + sin * px + cos * py,
            )
        };
        // Four quarters at most; a quarter of an ellipse differs from its cubic by 0.03 %.
        let step = sweep / 4.0;
        let pull = 4.0 / 3.0 * (step / 4.0).tan();
        let mut angle = first;
        for quarter in 0..4 {
            let next = angle + step;
            let ((s0, c0), (s1, c1)) = (angle.sin_cos(), next.sin_cos());
            let one = point(c0 - pull * s0, s0 + pull * c0);
            let two = point(c1 + pull * s1, s1 - pull * c1);
            let end = if quarter == 3 { to } else { point(c1, s1) };
            builder.cubic_to(one.0, one.1, two.0, two.1, end.0, end.1);
            angle = next;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn bounds(text: &str) -> [f32; 4] {
        let path = parse(text, 100).unwrap().0.compute_tight_bounds().unwrap();
        [path.left(), path.top(), path.right(), path.bottom()]
    }

    fn close(a: [f32; 4], b: [f32; 4]) -> bool {
        a.iter().zip(b).all(|(a, b)| (a - b).abs() < 0.01)
    }

    #[test]
    fn letters_may_be_left_out_or_small() {
        assert_eq!(parse("M 0 0 L 4 0 4 3 C", 9).unwrap().1, 4);
        assert!(close(bounds("m 0 0 l 4 0 l 4 3 c"), [0.0, 0.0, 4.0, 3.0]));
        assert!(close(
            bounds("S 1 1 Q 2 2 3 1 B 3 0 1 0 1 1 C"),
            [1.0, 0.25, 3.0, 1.5]
        ));
    }

    #[test]
    fn arcs_reach_where_the_circle_does() {
        assert!(close(
            bounds("M 0 5 A 5 5 0 1 1 10 5 A 5 5 0 1 1 0 5 C"),
            [0.0, 0.0, 10.0, 10.0]
        ));
        assert!(close(
            bounds("M 0 5 A 5 5 0 0 0 10 5"),
            [0.0, 5.0, 10.0, 10.0]
        ));
        assert!(close(
            bounds("M 0 5 A 1 1 0 0 1 10 5"),
            [0.0, 0.0, 10.0, 5.0]
        ));
    }

    #[test]
    fn malformed_paths_are_none() {
        for text in [
            "",
            "1 2",
            "M 1",
            "M 1 x",
            "Z 0 0",
            "M 0 0 L 1 1 C 5 5",
            "M 0 0 LL 1 1",
            "M NaN 0",
        ] {
            assert!(parse(text, 100).is_none(), "{text}");
        }
        assert!(parse(&"M 0 0 L 1 1 ".repeat(60), 100).is_none());
    }

    proptest! {
        #[test]
        fn arbitrary_text_never_panics(text in "[SMLQBACsmlqbac0-9. e-]{0,120}", any in "\\PC{0,60}") {
            let _ = (parse(&text, 1000), parse(&any, 1000));
        }
    }
}
