use super::*;
use proptest::prelude::*;

fn shape(format: PixelFormat, rotation: Rotation, mirrored: bool) -> FrameShape {
    FrameShape {
        rotation,
        mirrored,
        ..FrameShape::dense(3, 2, format)
    }
}

#[test]
fn a_thinned_frame_has_every_other_upright_pixel() {
    let bytes: Vec<u8> = (0..24).collect();
    let shape = FrameShape {
        rotation: Rotation::Clockwise90,
        ..FrameShape::dense(6, 4, PixelFormat::Luma8)
    };
    let frame = Frame::new(&bytes, shape, 0).unwrap();
    let (whole, thin) = (frame.luma(), frame.luma_of_every(2));
    assert_eq!((thin.width, thin.height), (2, 3));
    for (x, y) in [(0, 0), (1, 0), (0, 2), (1, 2)] {
        assert_eq!(thin.at(x, y), whole.at(2 * x, 2 * y));
    }
}

#[test]
fn a_quarter_turn_brings_the_left_column_to_the_top() {
    let bytes = [1, 2, 3, 4, 5, 6];
    let turned = shape(PixelFormat::Luma8, Rotation::Clockwise90, false);
    let luma = Frame::new(&bytes, turned, 0).unwrap().luma();
    assert_eq!((luma.width, luma.height), (2, 3));
    assert_eq!(luma.pixels, [4, 1, 5, 2, 6, 3]);
    let back = shape(PixelFormat::Luma8, Rotation::Clockwise270, false);
    assert_eq!(
        Frame::new(&bytes, back, 0).unwrap().luma().pixels,
        [3, 6, 2, 5, 1, 4]
    );
    let over = shape(PixelFormat::Luma8, Rotation::Clockwise180, false);
    assert_eq!(
        Frame::new(&bytes, over, 0).unwrap().luma().pixels,
        [6, 5, 4, 3, 2, 1]
    );
}

#[test]
fn a_mirrored_front_camera_is_mirrored_back_after_the_turn() {
    let bytes = [1, 2, 3, 4, 5, 6];
    let front = shape(PixelFormat::Luma8, Rotation::None, true);
    assert_eq!(
        Frame::new(&bytes, front, 0).unwrap().luma().pixels,
        [3, 2, 1, 6, 5, 4]
    );
    let turned = shape(PixelFormat::Luma8, Rotation::Clockwise90, true);
    assert_eq!(
        Frame::new(&bytes, turned, 0).unwrap().luma().pixels,
        [1, 4, 2, 5, 3, 6]
    );
}

#[test]
fn android_and_apple_chroma_orders_give_the_same_colour() {
    let luma = [120u8; 4];
    let (cb, cr) = (90, 200);
    let nv12: Vec<u8> = luma.iter().copied().chain([cb, cr]).collect();
    let nv21: Vec<u8> = luma.iter().copied().chain([cr, cb]).collect();
    let red_of = |bytes: &[u8], format| {
        Frame::new(bytes, FrameShape::dense(2, 2, format), 0)
            .unwrap()
            .rgb()
            .pixels
    };
    let colour = red_of(&nv12, PixelFormat::Nv12);
    assert_eq!(colour, red_of(&nv21, PixelFormat::Nv21));
    assert_eq!(colour[..3], [221, 82, 53]);
}

#[test]
fn a_short_buffer_a_short_stride_and_a_zero_side_are_refused() {
    let dense = FrameShape::dense(4, 4, PixelFormat::Rgb8);
    assert_eq!(
        Frame::new(&[0; 47], dense, 0).unwrap_err(),
        FrameError::Length {
            given: 47,
            needed: 48
        }
    );
    assert!(matches!(
        Frame::new(
            &[0; 48],
            FrameShape {
                stride: 11,
                ..dense
            },
            0
        ),
        Err(FrameError::Stride { .. })
    ));
    assert_eq!(
        Frame::new(&[], FrameShape::dense(0, 4, PixelFormat::Luma8), 0).unwrap_err(),
        FrameError::Side { side: 0 }
    );
}

proptest! {
    #[test]
    fn whatever_shape_is_accepted_every_view_has_its_size(
        width in 0u32..40, height in 0u32..40, stride in 0u32..200, length in 0usize..6000,
        format in prop::sample::select(vec![PixelFormat::Luma8, PixelFormat::Rgb8,
            PixelFormat::Rgba8, PixelFormat::Bgra8, PixelFormat::Nv21, PixelFormat::Nv12]),
        rotation in prop::sample::select(vec![Rotation::None, Rotation::Clockwise90,
            Rotation::Clockwise180, Rotation::Clockwise270]),
        mirrored: bool,
    ) {
        let bytes = vec![7u8; length];
        let shape = FrameShape { width, height, stride, format, rotation, mirrored };
        if let Ok(frame) = Frame::new(&bytes, shape, 1) {
            let (luma, rgb) = (frame.luma(), frame.rgb());
            prop_assert_eq!(luma.pixels.len(), (width * height) as usize);
            prop_assert_eq!(rgb.pixels.len(), (width * height * 3) as usize);
            prop_assert_eq!(luma.width, frame.upright_width());
            prop_assert_eq!(rgb.height, frame.upright_height());
        }
    }
}
