//! Whether what turned was flat.
//!
//! The picture of a flat thing, turned, is a perspective map (a homography) of itself; the
//! picture of a head is not. The best map from the neutral to the turned mesh over points that
//! move little with expression leaves a residual: measured on the rendered persons, at the peak
//! of a turn, heads leave 10 to 14 % of the inter-ocular distance, flat prints at most 2.4 %,
//! prints bent to a cylinder 3.4 %, pictures warped by a program 6.1 %. A screen that plays a real
//! head has true depth: this cue does not see it.

use crate::exact::{length, sin_cos_single};
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

/// The same for a sheet bent to a cylinder about the upright line of the face, in %: the residual
/// of the best map in which a point's depth depends on its place across alone. A head's nose lies
/// before lips and brow though all lie in the middle, so a head leaves a residual.
pub fn bend_percent(from: &Mesh, to: &Mesh) -> Option<f32> {
    let source = Normal::of(&upright(from))?;
    let target = Normal::of(&upright(to))?;
    let row = |[x, y]: [f64; 2]| [1.0, x, y, x * y, x * x, x * x * x, x * x * y];
    let (mut along, mut down) = (LeastSquares::<7>::new(), LeastSquares::<7>::new());
    for (from, [u, v]) in source.points.iter().zip(&target.points) {
        along.add(row(*from), *u);
        down.add(row(*from), *v);
    }
    let (along, down) = (along.solve(0.0)?, down.solve(0.0)?);
    let mapped =
        |map: &[f64; 7], place| -> f64 { map.iter().zip(row(place)).map(|(a, b)| a * b).sum() };
    let sum: f64 = source
        .points
        .iter()
        .zip(&target.points)
        .map(|(from, [u, v])| {
            (mapped(&along, *from) - u).powi(2) + (mapped(&down, *from) - v).powi(2)
        })
        .sum();
    let residual = (sum / RIGID.len() as f64).sqrt() * target.scale;
    Some((100.0 * residual / f64::from(from.inter_ocular())) as f32)
}

/// The rigid points, turned so that the eyes are level.
fn upright(mesh: &Mesh) -> [Point; 35] {
    let turn = mesh.square().turn;
    let (sin, cos) = sin_cos_single(turn);
    RIGID.map(|number| {
        let point = mesh.point(number);
        Point::new(cos * point.x + sin * point.y, cos * point.y - sin * point.x)
    })
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
        let scale = centred.iter().map(|[x, y]| length(*x, *y)).sum::<f64>() / count;
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
                let bend = bend_percent(&faces[0].mesh, &peak.mesh).unwrap();
                println!(
                    "{name} {prompt}: residual {residual:.1} %, {bend:.1} % as a bent sheet, nose {nose:.2}"
                );
                assert!(bend > 3.0, "{name} {prompt} {bend}");
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
        // And as a sheet bent about the upright, turned by 30 degrees.
        let sheet = face.mesh.mapped(|point| {
            let (x, y) = (f64::from(point.x) - 180.0, f64::from(point.y) - 240.0);
            let angle = x / 250.0;
            let (across, deep) = (250.0 * angle.sin(), 250.0 * (1.0 - angle.cos()));
            let (across, deep) = (cos * across - sin * deep, sin * across + cos * deep);
            let depth = 576.0 / (576.0 + deep);
            Point::new((180.0 + across * depth) as f32, (240.0 + y * depth) as f32)
        });
        let (flat, curved) = (
            planarity_percent(&face.mesh, &sheet).unwrap(),
            bend_percent(&face.mesh, &sheet).unwrap(),
        );
        println!("bent sheet: flat residual {flat:.2} %, bent residual {curved:.2} %");
        assert!(curved < 0.5 && flat > curved);
        assert!(nose_shift(&face.mesh, &turned).unwrap().abs() < 0.05);
    }
}
