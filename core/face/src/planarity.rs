//! Whether what turned was flat.
//!
//! The picture of a flat thing, turned, is a perspective map (a homography) of itself; the
//! picture of a head is not. The best map from the neutral to the turned mesh over points that
//! move little with expression leaves a residual: measured on the rendered persons, at the peak
//! of a turn, heads leave 10 to 14 % of the inter-ocular distance, flat prints at most 2.4 %,
//! prints bent to a cylinder 3.4 %, pictures warped by a program 6.1 %. A screen that plays a real
//! head has true depth: this cue does not see it.

use crate::geometry::{LeastSquares, Point};
use crate::mesh::Mesh;

/// Eyes, nose, forehead, brows, cheeks and sides.
const RIGID: [usize; 35] = [
    33, 133, 263, 362, 246, 466, 160, 387, 144, 373, 1, 2, 4, 5, 6, 168, 195, 197, 98, 327, 94, 9,
    8, 151, 10, 107, 336, 105, 334, 50, 280, 101, 330, 234, 454,
];

/// Root mean square residual of the best perspective map, in % of the inter-ocular distance of
/// the first mesh; none when the points allow no map.
pub fn planarity_percent(from: &Mesh, to: &Mesh) -> Option<f32> {
    let source = Normal::of(&RIGID.map(|number| from.point(number)))?;
    let target = Normal::of(&RIGID.map(|number| to.point(number)))?;
    let mut fit = LeastSquares::<8>::new();
    for ([x, y], [u, v]) in source.points.iter().zip(&target.points) {
        fit.add([*x, *y, 1.0, 0.0, 0.0, 0.0, -u * x, -u * y], *u);
        fit.add([0.0, 0.0, 0.0, *x, *y, 1.0, -v * x, -v * y], *v);
    }
    let map = fit.solve(0.0)?;
    let mut sum = 0.0;
    for ([x, y], [u, v]) in source.points.iter().zip(&target.points) {
        let depth = map[6] * x + map[7] * y + 1.0;
        if depth.abs() < 1e-6 {
            return None;
        }
        let along = (map[0] * x + map[1] * y + map[2]) / depth - u;
        let down = (map[3] * x + map[4] * y + map[5]) / depth - v;
        sum += along * along + down * down;
    }
    let residual = (sum / RIGID.len() as f64).sqrt() * target.scale;
    Some((100.0 * residual / f64::from(from.inter_ocular())) as f32)
}

/// Points about their mean at unit spread, so that the equations are well conditioned.
struct Normal {
    points: [[f64; 2]; 35],
    scale: f64,
}

impl Normal {
    fn of(points: &[Point; 35]) -> Option<Self> {
        let count = points.len() as f64;
        let mean = |axis: fn(&Point) -> f32| {
            points
                .iter()
                .map(|point| f64::from(axis(point)))
                .sum::<f64>()
                / count
        };
        let (x, y) = (mean(|point| point.x), mean(|point| point.y));
        let centred = points.map(|point| [f64::from(point.x) - x, f64::from(point.y) - y]);
        let scale = centred.iter().map(|[x, y]| x.hypot(*y)).sum::<f64>() / count;
        (scale > 1e-6).then(|| Self {
            points: centred.map(|place| place.map(|value| value / scale)),
            scale,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::nose_shift;
    use crate::network::Networks;
    use crate::tests::{clip, person};
    use crate::tracker::{Seen, Tracker};

    #[test]
    fn a_turned_head_is_not_flat_and_the_nose_moves_to_its_side() {
        let networks = Networks::load();
        for name in ["p01", "p09"] {
            for (prompt, side) in [("turn_left", 1.0), ("turn_right", -1.0)] {
                let pictures = clip(&person(name).join(prompt));
                let mut tracker = Tracker::default();
                let faces: Vec<_> = pictures
                    .iter()
                    .filter_map(|picture| match tracker.look(&networks, picture) {
                        Seen::One(face) => Some(face),
                        _ => None,
                    })
                    .collect();
                let peak = faces
                    .iter()
                    .max_by(|a, b| a.pose.yaw.abs().total_cmp(&b.pose.yaw.abs()))
                    .unwrap();
                let residual = planarity_percent(&faces[0].mesh, &peak.mesh).unwrap();
                let nose = nose_shift(&faces[0].mesh, &peak.mesh).unwrap();
                println!("{name} {prompt}: residual {residual:.1} %, nose {nose:.2}");
                assert!(
                    residual > 8.0 && nose * side > 0.25,
                    "{name} {prompt} {residual} {nose}"
                );
            }
        }
    }

    #[test]
    fn the_same_picture_seen_from_the_side_is_flat() {
        let networks = Networks::load();
        let picture = &clip(&person("p01").join("neutral"))[0];
        let Seen::One(face) = Tracker::default().look(&networks, picture) else {
            panic!("no face");
        };
        // The same points as a card turned by 30 degrees about the vertical.
        let (sin, cos) = 30f64.to_radians().sin_cos();
        let turned = face.mesh.mapped(|point| {
            let (x, y) = (f64::from(point.x) - 180.0, f64::from(point.y) - 240.0);
            let depth = 576.0 / (576.0 + sin * x);
            Point::new((180.0 + cos * x * depth) as f32, (240.0 + y * depth) as f32)
        });
        assert!(planarity_percent(&face.mesh, &turned).unwrap() < 0.01);
        assert!(nose_shift(&face.mesh, &turned).unwrap().abs() < 0.05);
    }
}
