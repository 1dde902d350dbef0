//! A canonical face: where the rigid points of a head lie in space.
//!
//! The mean of the mesh network's own output over the neutral clips of three of the project's
//! rendered persons (p03, p04, p07), turned straight by the rendered pose and made symmetric; the
//! test below computes it again where those clips are at hand. Unit: the distance between the
//! middles of the eyes. x to the right of the picture, y up, z towards the camera, origin between
//! the eyes. Lips, chin and brows are left out: they move without the head.

/// Number of a mesh point and its place on the canonical face.
pub(crate) type CanonicalPoint = (usize, [f64; 3]);

/// The points the pose is fitted to.
pub(crate) const CANONICAL: [CanonicalPoint; 22] = [
    (33, [-0.716, 0.006, -0.043]),
    (263, [0.716, 0.006, -0.043]),
    (133, [-0.284, -0.006, 0.043]),
    (362, [0.284, -0.006, 0.043]),
    (1, [0.000, -0.609, 0.632]),
    (4, [0.000, -0.498, 0.666]),
    (5, [0.000, -0.355, 0.630]),
    (195, [0.000, -0.239, 0.541]),
    (197, [0.000, -0.133, 0.452]),
    (6, [0.000, -0.017, 0.369]),
    (168, [0.000, 0.121, 0.299]),
    (98, [-0.291, -0.697, 0.263]),
    (327, [0.291, -0.697, 0.263]),
    (10, [0.000, 0.860, 0.226]),
    (151, [0.000, 0.629, 0.280]),
    (9, [0.000, 0.411, 0.320]),
    (234, [-0.988, -0.293, -0.897]),
    (454, [0.988, -0.293, -0.897]),
    (127, [-1.002, -0.072, -0.821]),
    (356, [1.002, -0.072, -0.821]),
    (93, [-0.973, -0.516, -0.910]),
    (323, [0.973, -0.516, -0.910]),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::Networks;
    use crate::pose::rotation;
    use crate::tests::{clip, shared_person, truth};
    use crate::tracker::{Seen, Tracker};

    // Mirrored partner of each canonical point.
    fn partner(number: usize) -> usize {
        let pairs = [
            (33, 263),
            (133, 362),
            (98, 327),
            (234, 454),
            (127, 356),
            (93, 323),
        ];
        let found = pairs.into_iter().find_map(|(a, b)| match number {
            _ if number == a => Some(b),
            _ if number == b => Some(a),
            _ => None,
        });
        found.unwrap_or(number)
    }

    #[test]
    fn the_table_is_the_mean_of_the_tuning_persons() {
        let networks = Networks::load();
        let mut sums = [[0.0f64; 3]; 22];
        let mut count = 0.0;
        for name in ["p03", "p04", "p07"] {
            let Some(folder) = shared_person(name) else {
                return;
            };
            let folder = folder.join("A_neutral");
            let mut tracker = Tracker::default();
            for (picture, truth) in clip(&folder).iter().zip(truth(&folder)) {
                let Seen::One(face) = tracker.look(&networks, picture) else {
                    continue;
                };
                let turn = rotation(truth.yaw, truth.pitch, truth.roll);
                let place = |number: usize| {
                    let point = face.mesh.point(number);
                    let (x, y) = (f64::from(point.x), f64::from(point.y));
                    let seen = [x, -y, -f64::from(face.mesh.depths()[number])];
                    // The transposed rotation turns the head straight.
                    std::array::from_fn(|axis| (0..3).map(|row| turn[row][axis] * seen[row]).sum())
                };
                let middle = |a: [f64; 3], b: [f64; 3]| -> [f64; 3] {
                    std::array::from_fn(|axis| f64::midpoint(a[axis], b[axis]))
                };
                let (left, right) = (
                    middle(place(33), place(133)),
                    middle(place(263), place(362)),
                );
                let origin = middle(left, right);
                let apart = (0..3)
                    .map(|axis| (left[axis] - right[axis]).powi(2))
                    .sum::<f64>()
                    .sqrt();
                for ((number, _), sum) in CANONICAL.iter().zip(&mut sums) {
                    let (own, other) = (place(*number), place(partner(*number)));
                    for axis in 0..3 {
                        let sign = if axis == 0 { -1.0 } else { 1.0 };
                        let own = own[axis] - origin[axis];
                        let other = sign * (other[axis] - origin[axis]);
                        sum[axis] += f64::midpoint(own, other) / apart;
                    }
                }
                count += 1.0;
            }
        }
        for ((number, place), sum) in CANONICAL.iter().zip(sums) {
            for axis in 0..3 {
                let mean = sum[axis] / count;
                assert!(
                    (mean - place[axis]).abs() < 0.02,
                    "point {number} axis {axis}: {mean}"
                );
            }
        }
    }
}
