//! Every layout a camera of Android or iOS hands out, in every rotation, against one picture.

use proptest::prelude::*;

use super::*;
use crate::planes::Plane;
use crate::ycbcr::{Matrix, Range};

/// A picture as brightness and colour differences; odd sizes have rounded-up planes.
#[derive(Debug, Clone)]
struct Scene {
    width: u32,
    height: u32,
    luma: Vec<u8>,
    cb: Vec<u8>,
    cr: Vec<u8>,
}

fn scene() -> impl Strategy<Value = Scene> {
    (1u32..24, 1u32..24).prop_flat_map(|(width, height)| {
        let half = width.div_ceil(2) * height.div_ceil(2);
        let plane = |length: u32| prop::collection::vec(any::<u8>(), length as usize);
        (plane(width * height), plane(half), plane(half)).prop_map(move |(luma, cb, cr)| Scene {
            width,
            height,
            luma,
            cb,
            cr,
        })
    })
}

fn rotations() -> impl Strategy<Value = Rotation> {
    prop::sample::select(vec![
        Rotation::None,
        Rotation::Clockwise90,
        Rotation::Clockwise180,
        Rotation::Clockwise270,
    ])
}

impl Scene {
    fn halves(&self) -> u32 {
        self.width.div_ceil(2)
    }

    /// Rows with something else behind each but the last.
    fn padded(values: &[u8], width: u32, stride: u32) -> Vec<u8> {
        let mut out = Vec::new();
        for row in values.chunks(width as usize) {
            out.resize(out.len().next_multiple_of(stride as usize), 0xaa);
            out.extend(row);
        }
        out
    }

    /// Two planes whose values alternate, the last value without its padding.
    fn alternating(&self, first: &[u8], second: &[u8], stride: u32) -> Vec<u8> {
        let both: Vec<u8> = first
            .iter()
            .zip(second)
            .flat_map(|(a, b)| [*a, *b])
            .collect();
        Self::padded(&both, 2 * self.halves(), stride)
    }

    /// Upright colours, by the definition: stored pixel, mirror after turn.
    fn upright(&self, encoding: Encoding, rotation: Rotation, mirrored: bool) -> Vec<[u8; 3]> {
        let (width, height) = (self.width as usize, self.height as usize);
        let stored = |x: usize, y: usize| {
            let chroma = y / 2 * self.halves() as usize + x / 2;
            let raw = [self.luma[y * width + x], self.cb[chroma], self.cr[chroma]];
            encoding.conversion().rgb(raw)
        };
        let (up_width, up_height) = match rotation {
            Rotation::None | Rotation::Clockwise180 => (width, height),
            Rotation::Clockwise90 | Rotation::Clockwise270 => (height, width),
        };
        let mut out = Vec::new();
        for y in 0..up_height {
            for x in 0..up_width {
                let x = if mirrored { up_width - 1 - x } else { x };
                out.push(match rotation {
                    Rotation::None => stored(x, y),
                    Rotation::Clockwise90 => stored(y, height - 1 - x),
                    Rotation::Clockwise180 => stored(width - 1 - x, height - 1 - y),
                    Rotation::Clockwise270 => stored(width - 1 - y, x),
                });
            }
        }
        out
    }

    fn planes<'a>(&self, [luma, cb, cr]: [Plane<'a>; 3], encoding: Encoding) -> Planes<'a> {
        Planes {
            width: self.width,
            height: self.height,
            luma,
            cb,
            cr,
            encoding,
            rotation: Rotation::None,
            mirrored: false,
        }
    }
}

fn plane(bytes: &[u8], row_stride: u32, pixel_stride: u32) -> Plane<'_> {
    Plane {
        bytes,
        row_stride,
        pixel_stride,
    }
}

proptest! {
    #[test]
    fn android_and_ios_layouts_give_the_same_upright_colours(
        scene in scene(), rotation in rotations(), mirrored: bool, padding in 0u32..9,
        range in prop::sample::select(vec![Range::Full, Range::Video]),
        matrix in prop::sample::select(vec![Matrix::Bt601, Matrix::Bt709]),
    ) {
        let encoding = Encoding { range, matrix };
        let wanted = scene.upright(encoding, rotation, mirrored);
        let (row, half_row) = (scene.width + padding, scene.halves() + padding);
        let luma = Scene::padded(&scene.luma, scene.width, row);
        let (cb, cr) = (
            Scene::padded(&scene.cb, scene.halves(), half_row),
            Scene::padded(&scene.cr, scene.halves(), half_row),
        );
        let pair_row = 2 * scene.halves() + padding;
        let (u_then_v, v_then_u) = (
            scene.alternating(&scene.cb, &scene.cr, pair_row),
            scene.alternating(&scene.cr, &scene.cb, pair_row),
        );
        let luma = plane(&luma, row, 1);
        let (u_then_v, v_then_u) = (plane(&u_then_v, pair_row, 2), plane(&v_then_u, pair_row, 2));
        // Android cuts the last value's neighbour off both planes.
        let short = Plane { bytes: &v_then_u.bytes[..v_then_u.bytes.len() - 1], ..v_then_u };
        for (name, cb, cr) in [
            ("YUV_420_888, pixel stride 1", plane(&cb, half_row, 1), plane(&cr, half_row, 1)),
            ("YUV_420_888, pixel stride 2", v_then_u.one_on(), short),
            ("bi-planar", u_then_v, u_then_v.one_on()),
        ] {
            let planes = Planes {
                rotation,
                mirrored,
                ..scene.planes([luma, cb, cr], encoding)
            };
            let frame = Frame::of_planes(planes, 3).unwrap();
            let colours = frame.rgb();
            prop_assert_eq!(colours.pixels.as_chunks::<3>().0, &wanted[..], "{}", name);
            prop_assert_eq!(colours.width, frame.upright_width());
            prop_assert_eq!(frame.luma().pixels.len(), wanted.len());
            prop_assert_eq!(frame.bytes().len(), luma.bytes.len() + cb.bytes.len() + cr.bytes.len());
        }
    }

    /// One buffer: dense NV21 and NV12, odd sizes included.
    #[test]
    fn one_buffer_gives_the_same_colours_as_planes(
        scene in scene(), rotation in rotations(), mirrored: bool,
    ) {
        let wanted = scene.upright(Encoding::default(), rotation, mirrored);
        for (format, first, second) in [
            (PixelFormat::Nv21, &scene.cr, &scene.cb),
            (PixelFormat::Nv12, &scene.cb, &scene.cr),
        ] {
            let chroma = scene.alternating(first, second, 2 * scene.halves());
            let bytes = [&scene.luma[..], &chroma[..]].concat();
            let shape = FrameShape {
                rotation,
                mirrored,
                ..FrameShape::dense(scene.width, scene.height, format)
            };
            let colours = Frame::new(&bytes, shape, 0).unwrap().rgb();
            prop_assert_eq!(colours.pixels.as_chunks::<3>().0, &wanted[..]);
            let short = Frame::new(&bytes[1..], shape, 0).unwrap_err();
            let needed = bytes.len();
            prop_assert_eq!(short, FrameError::Length { given: needed - 1, needed });
        }
    }

    #[test]
    fn planes_of_any_shape_are_refused_or_read_whole(
        width in 0u32..40, height in 0u32..40, row_strides in prop::array::uniform3(0u32..60),
        steps in prop::array::uniform3(0u32..4), lengths in prop::array::uniform3(0usize..2000),
    ) {
        let bytes: [Vec<u8>; 3] = lengths.map(|length| vec![9; length]);
        let of = |at: usize| plane(&bytes[at], row_strides[at], steps[at]);
        let planes = Planes {
            width,
            height,
            luma: of(0),
            cb: of(1),
            cr: of(2),
            encoding: Encoding::default(),
            rotation: Rotation::Clockwise90,
            mirrored: true,
        };
        if let Ok(frame) = Frame::of_planes(planes, 0) {
            let wanted = Encoding::default().conversion().rgb([9; 3]);
            let colours = frame.rgb();
            prop_assert!(colours.pixels.as_chunks::<3>().0.iter().all(|colour| *colour == wanted));
            prop_assert_eq!(colours.pixels.len(), (3 * width * height) as usize);
        }
    }
}

#[test]
fn each_way_planes_can_be_wrong_has_its_error() {
    let scene = Scene {
        width: 4,
        height: 4,
        luma: vec![0; 16],
        cb: vec![0; 4],
        cr: vec![0; 4],
    };
    let good = scene.planes(
        [
            plane(&scene.luma, 4, 1),
            plane(&scene.cb, 2, 1),
            plane(&scene.cr, 2, 1),
        ],
        Encoding::default(),
    );
    assert!(Frame::of_planes(good, 0).is_ok());
    let error = |planes: Planes<'_>| Frame::of_planes(planes, 0).unwrap_err();
    assert_eq!(
        error(Planes { width: 0, ..good }),
        FrameError::Side { side: 0 }
    );
    assert_eq!(
        error(Planes {
            height: LONGEST_SIDE + 1,
            ..good
        }),
        FrameError::Side {
            side: LONGEST_SIDE + 1
        }
    );
    assert_eq!(
        error(Planes {
            luma: plane(&scene.luma, 3, 1),
            ..good
        }),
        FrameError::Stride { stride: 3, row: 4 }
    );
    assert_eq!(
        error(Planes {
            cb: plane(&scene.cb, 2, 0),
            ..good
        }),
        FrameError::PixelStride { pixel_stride: 0 }
    );
    // A stride so large that a product would run over on a phone of 32 bits.
    let huge = Planes {
        cr: plane(&scene.cr, u32::MAX, 1),
        ..good
    };
    assert!(matches!(error(huge), FrameError::Length { given: 4, .. }));
    let missing = Planes {
        cr: plane(&[], 2, 1),
        ..good
    };
    assert_eq!(
        error(missing),
        FrameError::Length {
            given: 0,
            needed: 4
        }
    );
}

/// The person's own left hand must be on the right of the picture, whatever the camera does.
#[test]
fn a_mirrored_front_camera_and_a_rear_camera_show_the_same_person() {
    let scene = Scene {
        width: 6,
        height: 4,
        luma: (0..24).map(|at| at * 10).collect(),
        cb: (0..6).map(|at| 100 + at).collect(),
        cr: (0..6).map(|at| 150 - at).collect(),
    };
    let rear = scene.upright(Encoding::default(), Rotation::Clockwise270, false);
    // What a mirrored camera would have stored of the same scene: upright, seen in a mirror.
    let turned: Vec<[u8; 3]> = rear
        .chunks(4)
        .flat_map(|row| row.iter().rev().copied())
        .collect();
    let bytes = turned.as_flattened();
    let shape = FrameShape {
        mirrored: true,
        ..FrameShape::dense(4, 6, PixelFormat::Rgb8)
    };
    let front = Frame::new(bytes, shape, 0).unwrap();
    assert_eq!(front.rgb().pixels, rear.as_flattened());
}
