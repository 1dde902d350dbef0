//! Which way the head points.
//!
//! The canonical face is turned and moved until its points, seen through a pinhole camera, fall
//! on the mesh's points (Levenberg and Marquardt over three turns and three shifts). The estimate
//! follows the rendered truth with a correlation of 0.99 and a scale of 0.9 to 1.0 in yaw, 0.65
//! to 0.85 in pitch; pitch has an offset of some degrees that belongs to the person's face, so
//! every movement is judged against the same person's neutral pose.

use crate::canonical::CANONICAL;
use crate::exact::{angle, length, sin_cos};
use crate::geometry::LeastSquares;
use crate::mesh::Mesh;

/// Focal length over the longer side of the picture: a usual phone front camera. A wrong guess
/// scales the distance, and hardly the angles.
const FOCAL: f64 = 1.2;
/// Steps of the fit; it settles in six or seven.
const STEPS: usize = 12;
/// Shortens the steps.
const DAMPING: f64 = 1e-3;

/// Turn of the head against the camera's axis, in degrees.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Pose {
    /// Positive to the person's own left (the right of the picture).
    pub yaw: f32,
    /// Positive upwards.
    pub pitch: f32,
    /// Positive counter-clockwise in the picture, to the person's own right shoulder.
    pub roll: f32,
}

impl Pose {
    /// The pose of a face in a picture of this size in pixels; none when the points are no face.
    pub fn of(mesh: &Mesh, width: u32, height: u32) -> Option<Self> {
        let (width, height) = (f64::from(width), f64::from(height));
        let focal = FOCAL * width.max(height);
        let seen = CANONICAL.map(|(number, _)| {
            let point = mesh.point(number);
            [
                f64::from(point.x) - width / 2.0,
                height / 2.0 - f64::from(point.y),
            ]
        });
        let mut fit = Fit::start(&seen, focal)?;
        for _ in 0..STEPS {
            fit.step(&seen, focal)?;
        }
        let turn = fit.turn;
        let degrees = |radians: f64| radians.to_degrees() as f32;
        Some(Self {
            yaw: degrees(angle(length(turn[0][0], turn[1][0]), -turn[2][0])),
            pitch: degrees(angle(turn[2][2], -turn[2][1])),
            roll: degrees(angle(turn[0][0], turn[1][0])),
        })
    }
}

type Matrix = [[f64; 3]; 3];

/// Rotation matrix of a pose in degrees: roll after yaw after pitch; x right, y up, z to camera.
pub(crate) fn rotation(yaw: f64, pitch: f64, roll: f64) -> Matrix {
    let (sin_yaw, cos_yaw) = sin_cos(yaw.to_radians());
    let (sin_pitch, cos_pitch) = sin_cos(pitch.to_radians());
    let (sin_roll, cos_roll) = sin_cos(roll.to_radians());
    let about_x = [
        [1.0, 0.0, 0.0],
        [0.0, cos_pitch, sin_pitch],
        [0.0, -sin_pitch, cos_pitch],
    ];
    let about_y = [
        [cos_yaw, 0.0, sin_yaw],
        [0.0, 1.0, 0.0],
        [-sin_yaw, 0.0, cos_yaw],
    ];
    let about_z = [
        [cos_roll, -sin_roll, 0.0],
        [sin_roll, cos_roll, 0.0],
        [0.0, 0.0, 1.0],
    ];
    multiplied(about_z, multiplied(about_y, about_x))
}

fn multiplied(left: Matrix, right: Matrix) -> Matrix {
    left.map(|row| std::array::from_fn(|column| (0..3).map(|at| row[at] * right[at][column]).sum()))
}

fn turned(turn: &Matrix, point: [f64; 3]) -> [f64; 3] {
    turn.map(|row| row[0] * point[0] + row[1] * point[1] + row[2] * point[2])
}

struct Fit {
    turn: Matrix,
    shift: [f64; 3],
}

impl Fit {
    /// Straight ahead, with roll and distance from the line between the outer eye corners.
    fn start(seen: &[[f64; 2]; 22], focal: f64) -> Option<Self> {
        let across = [seen[1][0] - seen[0][0], seen[1][1] - seen[0][1]];
        let width = CANONICAL[1].1[0] - CANONICAL[0].1[0];
        let scale = length(across[0], across[1]) / width;
        if !scale.is_finite() || scale < 1.0 {
            return None;
        }
        let roll = angle(across[0], across[1]).to_degrees();
        let middle = |axis: usize| f64::midpoint(seen[0][axis], seen[1][axis]) / scale;
        Some(Self {
            turn: rotation(0.0, 0.0, roll),
            shift: [middle(0), middle(1), -focal / scale],
        })
    }

    fn step(&mut self, seen: &[[f64; 2]; 22], focal: f64) -> Option<()> {
        let mut equations = LeastSquares::<6>::new();
        for ((_, point), seen) in CANONICAL.iter().zip(seen) {
            let [x, y, z] = turned(&self.turn, *point);
            let place = [x + self.shift[0], y + self.shift[1], z + self.shift[2]];
            let distance = (-place[2]).max(0.1);
            // How the turned point moves with a small turn about each axis, then each shift.
            let moves = [[0.0, -z, y], [z, 0.0, -x], [-y, x, 0.0]];
            for axis in 0..2 {
                let image = focal * place[axis] / distance;
                let along = |step: [f64; 3]| {
                    focal * (step[axis] / distance + place[axis] * step[2] / (distance * distance))
                };
                let mut row = [0.0; 6];
                for at in 0..3 {
                    row[at] = along(moves[at]);
                    let mut shift = [0.0; 3];
                    shift[at] = 1.0;
                    row[at + 3] = along(shift);
                }
                equations.add(row, seen[axis] - image);
            }
        }
        let step = equations.solve(DAMPING)?;
        self.turn = multiplied(about([step[0], step[1], step[2]]), self.turn);
        for (shift, step) in self.shift.iter_mut().zip(&step[3..]) {
            *shift += step;
        }
        Some(())
    }
}

/// Rotation about an axis by its length in radians (Rodrigues).
fn about(axis: [f64; 3]) -> Matrix {
    let turn = axis.iter().map(|value| value * value).sum::<f64>().sqrt();
    if turn < 1e-12 {
        return rotation(0.0, 0.0, 0.0);
    }
    let [x, y, z] = axis.map(|value| value / turn);
    let (sin, cos) = sin_cos(turn);
    let rest = 1.0 - cos;
    [
        [
            cos + x * x * rest,
            x * y * rest - z * sin,
            x * z * rest + y * sin,
        ],
        [
            y * x * rest + z * sin,
            cos + y * y * rest,
            y * z * rest - x * sin,
        ],
        [
            z * x * rest - y * sin,
            z * y * rest + x * sin,
            cos + z * z * rest,
        ],
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::Networks;
    use crate::tests::{clip, person, truth};
    use crate::tracker::{Seen, Tracker};

    #[test]
    fn the_fit_finds_the_pose_of_a_projected_canonical_face() {
        for (yaw, pitch, roll) in [
            (0.0, 0.0, 0.0),
            (30.0, 0.0, 0.0),
            (-25.0, 12.0, 8.0),
            (5.0, -20.0, -15.0),
        ] {
            let turn = rotation(yaw, pitch, roll);
            let focal = 576.0;
            let seen = CANONICAL.map(|(_, point)| {
                let [x, y, z] = turned(&turn, point);
                let distance = 7.0 - z;
                [focal * (x + 0.2) / distance, focal * (y - 0.1) / distance]
            });
            let mut fit = Fit::start(&seen, focal).unwrap();
            for _ in 0..STEPS {
                fit.step(&seen, focal).unwrap();
            }
            for (row, wanted) in fit.turn.iter().zip(turn) {
                for (found, wanted) in row.iter().zip(wanted) {
                    assert!(
                        (found - wanted).abs() < 1e-3,
                        "{yaw} {pitch} {roll}: {:?}",
                        fit.turn
                    );
                }
            }
        }
    }

    #[test]
    fn yaw_of_both_demo_persons_follows_the_rendered_truth() {
        let networks = Networks::load();
        for name in ["p01", "p09"] {
            let (mut found, mut wanted) = (Vec::new(), Vec::new());
            for prompt in ["neutral", "turn_left", "turn_right"] {
                let folder = person(name).join(prompt);
                let mut tracker = Tracker::default();
                for (picture, truth) in clip(&folder).iter().zip(truth(&folder)) {
                    let Seen::One(face) = tracker.look(&networks, picture) else {
                        panic!("{name} lost in {prompt}");
                    };
                    found.push(f64::from(face.pose.yaw));
                    wanted.push(truth.yaw);
                }
            }
            let (correlation, scale) = line(&wanted, &found);
            println!(
                "{name}: yaw correlation {correlation:.4}, scale {scale:.3}, n {}",
                found.len()
            );
            assert!(correlation > 0.99, "{name}: {correlation}");
            assert!((0.8..1.1).contains(&scale), "{name}: {scale}");
        }
    }

    /// Correlation, and slope of the line through the points.
    fn line(x: &[f64], y: &[f64]) -> (f64, f64) {
        let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
        let (mean_x, mean_y) = (mean(x), mean(y));
        let product = |a: &[f64], ma: f64, b: &[f64], mb: f64| -> f64 {
            a.iter().zip(b).map(|(a, b)| (a - ma) * (b - mb)).sum()
        };
        let (xx, yy) = (product(x, mean_x, x, mean_x), product(y, mean_y, y, mean_y));
        let xy = product(x, mean_x, y, mean_y);
        (xy / (xx * yy).sqrt(), xy / xx)
    }
}
