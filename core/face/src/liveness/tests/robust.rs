//! Other cameras, other ways to hold them, and frames that are none.

use quanshengshi_frame::frame::Rotation;

use super::*;
use crate::square::{Scaling, Square};

fn shape(picture: &Rgb) -> FrameShape {
    FrameShape::dense(picture.width, picture.height, PixelFormat::Rgb8)
}

/// Neutral, then a turn: every second frame, at twice the time.
fn turn() -> Vec<Rgb> {
    frames(&person("p01"), &["neutral", "turn_left"])
        .into_iter()
        .step_by(2)
        .collect()
}

fn walked(pictures: &[Rgb], prompts: &[Prompt], step_ms: u64) -> Guidance {
    let networks = Networks::load();
    let mut session = LivenessSession::new(&challenge(prompts));
    let mut last = Guidance::HoldNeutral { progress: 0.0 };
    for (at, picture) in pictures.iter().enumerate() {
        last = offer(&mut session, &networks, picture, at as u64 * step_ms).unwrap();
        if matches!(last, Guidance::Finished | Guidance::Failed(_)) {
            break;
        }
    }
    last
}

/// The picture as it looks in a camera turned about its axis, in a square.
fn rolled(picture: &Rgb, degrees: f32) -> Rgb {
    let side = picture.width.max(picture.height);
    let square = Square {
        turn: degrees.to_radians(),
        ..Square::round(picture)
    };
    let values = square.sampled(picture, side as usize, Scaling::BYTES);
    Rgb {
        width: side,
        height: side,
        pixels: values
            .into_iter()
            .map(|value| value.round() as u8)
            .collect(),
    }
}

/// The middle of the picture, enlarged: the same face nearer.
fn nearer(picture: &Rgb, scale: f32) -> Rgb {
    let values = Square {
        side: picture.width.max(picture.height) as f32 / scale,
        ..Square::round(picture)
    }
    .sampled(picture, 480, Scaling::BYTES);
    Rgb {
        width: 480,
        height: 480,
        pixels: values
            .into_iter()
            .map(|value| value.round() as u8)
            .collect(),
    }
}

#[test]
fn a_head_or_a_phone_held_askew_by_thirty_degrees_still_walks_through() {
    for degrees in [-30.0, 30.0] {
        let pictures: Vec<Rgb> = turn().iter().map(|one| rolled(one, degrees)).collect();
        let last = walked(&pictures, &[Prompt::TurnLeft], 2 * STEP_MS);
        assert_eq!(last, Guidance::Finished, "{degrees}");
    }
}

#[test]
fn other_sizes_of_picture_walk_through() {
    for (width, height) in [(240, 320), (480, 640), (1080, 1440)] {
        let pictures: Vec<Rgb> = turn()
            .iter()
            .map(|one| one.resized(width, height))
            .collect();
        let last = walked(&pictures, &[Prompt::TurnLeft], 2 * STEP_MS);
        assert_eq!(last, Guidance::Finished, "{width}x{height}");
    }
}

#[test]
fn thirty_frames_a_second_walk_through_and_so_do_dropped_and_doubled_ones() {
    let slow = frames(&person("p09"), &["neutral", "turn_right"]);
    let mut quick = Vec::new();
    for pair in slow.windows(2) {
        let mixed = pair[0].pixels.iter().zip(&pair[1].pixels);
        let between = Rgb {
            pixels: mixed.map(|(a, b)| a.midpoint(*b)).collect(),
            ..pair[0].clone()
        };
        quick.extend([pair[0].clone(), between]);
    }
    assert_eq!(
        walked(&quick, &[Prompt::TurnRight], STEP_MS / 2),
        Guidance::Finished
    );
    let jumpy: Vec<Rgb> = slow
        .iter()
        .enumerate()
        .filter(|(at, _)| at % 7 != 3)
        .flat_map(|(at, one)| vec![one.clone(); if at % 5 == 2 { 2 } else { 1 }])
        .collect();
    assert_eq!(
        walked(&jumpy, &[Prompt::TurnRight], STEP_MS),
        Guidance::Finished
    );
}

#[test]
fn left_is_the_persons_own_left_whether_or_not_the_camera_mirrors() {
    let networks = Networks::load();
    let mirrored = |one: &Rgb| {
        let row = one.width as usize * 3;
        let turned = one.pixels.chunks_exact(row).flat_map(|line| {
            let (pixels, _) = line.as_chunks::<3>();
            pixels.iter().rev().flatten().copied().collect::<Vec<u8>>()
        });
        turned.collect::<Vec<u8>>()
    };
    for (said, wanted) in [
        (true, Guidance::Finished),
        (
            false,
            Guidance::Failed(Failure::Order {
                wanted: Prompt::TurnLeft,
                made: Prompt::TurnRight,
            }),
        ),
    ] {
        let mut session = LivenessSession::new(&challenge(&[Prompt::TurnLeft]));
        let mut last = Guidance::HoldNeutral { progress: 0.0 };
        for (at, one) in turn().iter().enumerate() {
            let (pixels, t_ms) = (mirrored(one), at as u64 * 2 * STEP_MS);
            let shape = FrameShape {
                mirrored: said,
                ..shape(one)
            };
            let frame = Frame::new(&pixels, shape, t_ms).unwrap();
            last = session.offer(&networks, &frame).unwrap();
            if matches!(last, Guidance::Finished | Guidance::Failed(_)) {
                break;
            }
        }
        assert_eq!(last, wanted, "told the session: {said}");
    }
}

/// The stored luma and chroma planes of a picture that must be turned to stand upright.
fn stored(upright: &Rgb, rotation: Rotation, blue_first: bool) -> (Vec<u8>, u32, u32) {
    let (width, height) = (upright.width as usize, upright.height as usize);
    let (wide, tall) = match rotation {
        Rotation::None | Rotation::Clockwise180 => (width, height),
        Rotation::Clockwise90 | Rotation::Clockwise270 => (height, width),
    };
    let colour = |x: usize, y: usize| {
        let (x, y) = match rotation {
            Rotation::None => (x, y),
            Rotation::Clockwise90 => (width - 1 - y, x),
            Rotation::Clockwise180 => (width - 1 - x, height - 1 - y),
            Rotation::Clockwise270 => (y, height - 1 - x),
        };
        let at = (y * width + x) * 3;
        [0, 1, 2].map(|part| f32::from(upright.pixels[at + part]))
    };
    let luma = |[red, green, blue]: [f32; 3]| 0.299 * red + 0.587 * green + 0.114 * blue;
    let mut bytes = Vec::new();
    for y in 0..tall {
        bytes.extend((0..wide).map(|x| luma(colour(x, y)) as u8));
    }
    for y in (0..tall).step_by(2) {
        for x in (0..wide).step_by(2) {
            let pixel = colour(x, y);
            let blue = ((pixel[2] - luma(pixel)) * 0.564 + 128.0) as u8;
            let red = ((pixel[0] - luma(pixel)) * 0.713 + 128.0) as u8;
            bytes.extend(if blue_first { [blue, red] } else { [red, blue] });
        }
    }
    (bytes, wide as u32, tall as u32)
}

#[test]
fn every_layout_and_rotation_of_a_phones_camera_shows_the_same_face() {
    let networks = Networks::load();
    let upright = frames(&person("p09"), &["neutral"]).remove(0);
    for rotation in [
        Rotation::None,
        Rotation::Clockwise90,
        Rotation::Clockwise180,
        Rotation::Clockwise270,
    ] {
        for format in [PixelFormat::Nv21, PixelFormat::Nv12] {
            let (bytes, width, height) = stored(&upright, rotation, format == PixelFormat::Nv12);
            let shape = FrameShape {
                rotation,
                ..FrameShape::dense(width, height, format)
            };
            let mut session = LivenessSession::new(&challenge(&[Prompt::Nod]));
            let frame = Frame::new(&bytes, shape, 5).unwrap();
            let guidance = session.offer(&networks, &frame).unwrap();
            assert!(
                matches!(guidance, Guidance::HoldNeutral { .. }),
                "{rotation:?} {format:?}: {guidance:?}"
            );
        }
    }
}

#[test]
fn black_white_tiny_and_noisy_frames_are_guidance_and_lose_nothing() {
    let networks = Networks::load();
    let mut session = LivenessSession::new(&challenge(&[Prompt::TurnLeft]));
    let good = turn();
    let filled = |width: u32, height: u32, value: u8| Rgb {
        width,
        height,
        pixels: vec![value; (width * height * 3) as usize],
    };
    let noise = Rgb {
        pixels: (0..good[0].pixels.len())
            .map(|at| (at.wrapping_mul(2_654_435_761) >> 7) as u8)
            .collect(),
        ..good[0].clone()
    };
    let odd = [
        filled(360, 480, 0),
        filled(360, 480, 255),
        filled(1, 1, 128),
        filled(3, 2000, 90),
        noise,
    ];
    let mut t_ms = 0;
    for round in 0..3 {
        for picture in &odd {
            t_ms += 40;
            let guidance = offer(&mut session, &networks, picture, t_ms).unwrap();
            assert!(matches!(guidance, Guidance::Improve(_)), "{guidance:?}");
        }
        // Time that runs backwards is refused.
        assert!(offer(&mut session, &networks, &good[0], t_ms - 1).is_err());
        if round < 2 {
            // A face comes and goes: the holding begins anew each time.
            t_ms += 40;
            let guidance = offer(&mut session, &networks, &good[0], t_ms).unwrap();
            assert!(matches!(guidance, Guidance::HoldNeutral { .. }));
        }
    }
    let mut last = Guidance::HoldNeutral { progress: 0.0 };
    for picture in &good {
        t_ms += 2 * STEP_MS;
        last = offer(&mut session, &networks, picture, t_ms).unwrap();
        if last == Guidance::Finished {
            break;
        }
    }
    assert_eq!(last, Guidance::Finished);
}

#[test]
fn the_light_may_go_out_during_a_prompt_and_no_attempt_is_lost() {
    let networks = Networks::load();
    let mut session = LivenessSession::new(&challenge(&[Prompt::TurnLeft]));
    let pictures = frames(&person("p01"), &["neutral", "turn_left"]);
    let neutral = frames(&person("p01"), &["neutral"]).len();
    let night = Rgb {
        pixels: vec![4; pictures[0].pixels.len()],
        ..pictures[0].clone()
    };
    walk(&mut session, &networks, 0, &pictures[..neutral]);
    // Ten seconds of darkness: longer than the window.
    for second in 0..10 {
        let guidance = offer(&mut session, &networks, &night, 5000 + second * 1000).unwrap();
        assert_eq!(guidance, Guidance::Improve(Complaint::Dark));
    }
    let last = walk(&mut session, &networks, 16_000, &pictures[neutral..]);
    assert_eq!(last, Guidance::Finished);
}

#[test]
fn a_blink_is_seen_and_one_that_does_not_come_is_left_out() {
    for name in ["p01", "p09"] {
        let networks = Networks::load();
        for (clips, spans) in [
            (["neutral", "blink", "turn_left"], 2),
            (["neutral", "neutral", "turn_left"], 1),
        ] {
            let asked = [Prompt::Blink, Prompt::TurnLeft];
            let mut session = LivenessSession::new(&challenge(&asked));
            let last = walk(&mut session, &networks, 0, &frames(&person(name), &clips));
            assert_eq!(last, Guidance::Finished, "{name} {clips:?}");
            let evidence = session.finish().unwrap();
            let header = evidence.header(EvidenceId::from_bytes([9; 16]), Camera::Front);
            assert_eq!(header.spans.len(), spans, "{name} {clips:?}");
        }
    }
}

#[test]
fn looking_straight_and_coming_closer_are_seen() {
    let networks = Networks::load();
    let neutral = frames(&person("p09"), &["neutral"]);
    let asked = [Prompt::LookStraight, Prompt::ComeCloser];
    let mut session = LivenessSession::new(&challenge(&asked));
    let still = neutral.iter().map(|one| nearer(one, 1.0));
    let scales = (0..24u8).map(|at| {
        let there = f32::from(at.min(23 - at)) / 11.0;
        1.0 + 0.35 * there.min(1.0)
    });
    let near = scales
        .zip(neutral.iter().cycle())
        .map(|(scale, one)| nearer(one, scale));
    let pictures: Vec<Rgb> = still.chain(near).collect();
    let last = walk(&mut session, &networks, 0, &pictures);
    assert_eq!(last, Guidance::Finished);
    let evidence = session.finish().unwrap();
    let header = evidence.header(EvidenceId::from_bytes([9; 16]), Camera::Front);
    let done: Vec<Prompt> = header.spans.iter().map(|span| span.prompt).collect();
    assert_eq!(done, asked);
    for span in &header.spans {
        assert!(span.strip.len() >= 3);
        assert!(span.start_ms <= span.peak_ms && span.peak_ms < span.end_ms);
    }
}
