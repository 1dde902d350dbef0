//! Shape measures of a mesh, free of the size of the face.

use crate::exact::sin_cos_single;
use crate::geometry::{LeastSquares, Point};
use crate::mesh::Mesh;

/// Inner lips, upper and lower; then the inner corners of the mouth.
const LIPS: [usize; 2] = [13, 14];
const MOUTH_CORNERS: [usize; 2] = [78, 308];
/// Eye corners and outer mouth corners: they lie nearly in one plane.
const FACE_PLANE: [usize; 6] = [33, 133, 263, 362, 61, 291];
const NOSE_TIP: usize = 1;

/// Gap of the inner lips over their width: 0.01 to 0.1 closed, 0.5 to 0.7 wide open.
pub fn mouth_ratio(mesh: &Mesh) -> f32 {
    let across = |[from, to]: [usize; 2]| mesh.point(from).distance(mesh.point(to));
    across(LIPS) / across(MOUTH_CORNERS).max(1.0)
}

/// How far the nose tip moved along the line of the eyes, to the right, against the plane of eyes
/// and mouth, from one mesh to another, in inter-ocular distances of the first.
///
/// The plane's own movement is taken out by the affine map that fits it best, so a flat picture
/// gives about nothing and a head gives depth.
pub fn nose_shift(from: &Mesh, to: &Mesh) -> Option<f32> {
    let (mut along, mut down) = (LeastSquares::<3>::new(), LeastSquares::<3>::new());
    for number in FACE_PLANE {
        let (source, target) = (mesh_place(from, number), to.point(number));
        along.add(source, f64::from(target.x));
        down.add(source, f64::from(target.y));
    }
    let (along, down) = (along.solve(0.0)?, down.solve(0.0)?);
    let source = mesh_place(from, NOSE_TIP);
    let mapped = |map: [f64; 3]| map.iter().zip(source).map(|(a, b)| a * b).sum::<f64>() as f32;
    let expected = Point::new(mapped(along), mapped(down));
    let (sin, cos) = sin_cos_single(to.square().turn);
    let tip = to.point(NOSE_TIP);
    let moved = cos * (tip.x - expected.x) + sin * (tip.y - expected.y);
    Some(moved / from.inter_ocular())
}

fn mesh_place(mesh: &Mesh, number: usize) -> [f64; 3] {
    let point = mesh.point(number);
    [f64::from(point.x), f64::from(point.y), 1.0]
}
