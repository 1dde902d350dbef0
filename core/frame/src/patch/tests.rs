use proptest::prelude::*;

use super::*;
use crate::frame::{FrameShape, PixelFormat, Rotation};
use crate::planes::{Plane, Planes};
use crate::ycbcr::{Encoding, Matrix, Range};

const BYTES: Scale = Scale {
    factor: 1.0,
    offset: 0.0,
};

fn ramp(width: u32, height: u32) -> Rgb {
    let pixels = (0..width * height)
        .flat_map(|at| [(at % width) as u8, (at / width) as u8, 7])
        .collect();
    Rgb {
        width,
        height,
        pixels,
    }
}

fn whole(picture: &impl Picture) -> Patch {
    let (width, height) = picture.size();
    Patch {
        centre: [width as f32 / 2.0, height as f32 / 2.0],
        across: [width.max(height) as f32, 0.0],
        mirrored: false,
    }
}

fn worst(ours: &[f32], theirs: &[f32]) -> f32 {
    assert_eq!(ours.len(), theirs.len());
    let pairs = ours.iter().zip(theirs);
    pairs.map(|(a, b)| (a - b).abs()).fold(0.0, f32::max)
}

#[test]
fn a_patch_of_the_same_size_is_the_picture_itself() {
    let picture = ramp(8, 8);
    let numbers = picture.patch(&whole(&picture), 8, BYTES);
    let wanted: Vec<f32> = picture
        .pixels
        .iter()
        .map(|value| f32::from(*value))
        .collect();
    assert!(worst(&numbers, &wanted) < 1e-4);
}

#[test]
fn a_quarter_turn_reads_downwards_and_a_mirror_backwards() {
    let picture = ramp(8, 8);
    let turned = Patch {
        across: [0.0, 8.0],
        ..whole(&picture)
    };
    let pixel = |numbers: &[f32], at: usize| numbers.as_chunks::<3>().0[at];
    let numbers = picture.patch(&turned, 8, BYTES);
    assert!((pixel(&numbers, 0)[0] - 7.0).abs() < 1e-3 && pixel(&numbers, 0)[1].abs() < 1e-3);
    assert!(
        (pixel(&numbers, 7)[1] - 7.0).abs() < 1e-3,
        "the row runs down"
    );
    let mirrored = Patch {
        mirrored: true,
        ..whole(&picture)
    };
    let numbers = picture.patch(&mirrored, 8, BYTES);
    assert!((pixel(&numbers, 0)[0] - 7.0).abs() < 1e-4 && pixel(&numbers, 7)[0].abs() < 1e-4);
}

#[test]
fn sparse_brightness_of_colours_is_that_of_their_frame() {
    let picture = ramp(17, 11);
    let shape = FrameShape::dense(17, 11, PixelFormat::Rgb8);
    let frame = Frame::new(&picture.pixels, shape, 0).unwrap();
    for every in [0, 1, 3, 11, 12] {
        let sparse = Picture::luma_of_every(&picture, every);
        assert_eq!(sparse, frame.luma_of_every(every), "{every}");
    }
    let sparse = Picture::luma_of_every(&picture, 3);
    assert_eq!((sparse.width, sparse.height), (5, 3));
    assert_eq!(sparse.at(4, 2), picture.luma().at(12, 6));
}

#[test]
fn shrinking_averages_and_outside_is_black() {
    let picture = ramp(64, 64);
    let numbers = picture.patch(&whole(&picture), 8, BYTES);
    assert!((numbers[0] - 3.5).abs() < 0.51, "{}", numbers[0]);
    for centre in [[-500.0, 0.0], [1e9, -1e9], [f32::NAN, 0.0]] {
        let far = Patch {
            centre,
            across: [40.0, 30.0],
            mirrored: false,
        };
        let signed = Scale {
            factor: 1.0 / 127.5,
            offset: -1.0,
        };
        let numbers = picture.patch(&far, 8, signed);
        assert_eq!(numbers.len(), 192);
        if !centre[0].is_nan() {
            assert!(numbers.iter().all(|number| (number + 1.0).abs() < 1e-6));
        }
    }
}

/// Smooth in brightness and colour, so that nothing hangs on one pixel, and pale: a colour that no
/// screen can show is cut, and a mixture of cut colours is not the cut mixture.
fn camera(width: u32, height: u32) -> [Vec<u8>; 3] {
    let plane = |width: u32, height: u32, middle: f32, swing: f32| {
        let wave = |at: u32| {
            let x = (at % width) as f32 / width as f32;
            let y = (at / width) as f32 / height as f32;
            middle + swing * (2.0 * x + 0.4).sin() + swing * (1.5 * y).cos()
        };
        (0..width * height).map(|at| wave(at) as u8).collect()
    };
    let half = [width.div_ceil(2), height.div_ceil(2)];
    [
        plane(width, height, 110.0, 35.0),
        plane(half[0], half[1], 128.0, 9.0),
        plane(half[0], half[1], 120.0, 8.0),
    ]
}

proptest! {
    /// The path a camera frame takes gives what a conversion of the whole frame would give.
    #[test]
    fn a_patch_of_a_frame_is_a_patch_of_its_colours(
        (width, height) in (40u32..90, 40u32..90),
        rotation in prop::sample::select(vec![Rotation::None, Rotation::Clockwise90,
            Rotation::Clockwise180, Rotation::Clockwise270]),
        (frame_mirrored, mirrored) in any::<(bool, bool)>(),
        video: bool,
        centre in prop::array::uniform2(-10.0f32..100.0),
        across in prop::array::uniform2(-80.0f32..80.0),
        side in 4usize..40,
    ) {
        let [luma, cb, cr] = camera(width, height);
        let plane = |bytes, row_stride| Plane { bytes, row_stride, pixel_stride: 1 };
        let range = if video { Range::Video } else { Range::Full };
        let planes = Planes {
            width,
            height,
            luma: plane(&luma, width),
            cb: plane(&cb, width.div_ceil(2)),
            cr: plane(&cr, width.div_ceil(2)),
            encoding: Encoding { range, matrix: Matrix::Bt601 },
            rotation,
            mirrored: frame_mirrored,
        };
        let frame = Frame::of_planes(planes, 0).unwrap();
        let patch = Patch { centre, across, mirrored };
        let ours = frame.patch(&patch, side, BYTES);
        let theirs = frame.rgb().patch(&patch, side, BYTES);
        prop_assert_eq!(ours.len(), 3 * side * side);
        // A pixel on the edge of another or of the picture may fall to either side of it.
        let far = ours.iter().zip(&theirs).filter(|(a, b)| (*a - *b).abs() > 3.0).count();
        prop_assert!(far * 50 <= ours.len(), "{} of {}", far, ours.len());
        let off: f32 = ours.iter().zip(&theirs).map(|(a, b)| (a - b).abs()).sum();
        prop_assert!(off / (ours.len() as f32) < 1.0);
    }
}
