use std::sync::Arc;

use fearless_simd::Level;
use quanshengshi_frame::frame::{Frame, Rotation};
use quanshengshi_frame::planes::{Plane, Planes};
use quanshengshi_frame::rgb::Rgb;
use quanshengshi_frame::still;
use quanshengshi_frame::ycbcr::Encoding;
use quanshengshi_protocol::ids::Digest;
use rten::{Model, ModelOptions, RunOptions, ThreadPool, Value};

use super::Networks;
use super::models::{Committed, DETECTOR, IRIS, MESH};
use super::runner::Runner;
use crate::square::{Scaling, Square};

/// A network with the file it was made from and a picture to look at.
struct Case {
    name: &'static str,
    committed: &'static Committed,
    runner: fn(&Networks) -> &Runner,
    scaling: Scaling,
    picture: &'static [u8],
    /// Outputs of the original engine for the picture, as little-endian floats.
    wanted: &'static [u8],
    /// SHA-256 of the bits of the outputs for that picture, on every processor.
    bits: &'static str,
}

/// Largest difference from other engines, in units of the outputs: pixels, or anchors' values.
const TOLERANCE: f32 = 1e-3;

const CASES: [Case; 3] = [
    Case {
        name: "detector",
        committed: &DETECTOR,
        runner: |networks| &networks.detector,
        scaling: Scaling::SIGNED,
        picture: include_bytes!("../../models/reference/face_detection_short_range.png"),
        wanted: include_bytes!("../../models/reference/face_detection_short_range.f32"),
        bits: "gO41EWiYLd_KeBXCH9VAuQjV2hGhjAVBhFlku4rp_nw",
    },
    Case {
        name: "mesh",
        committed: &MESH,
        runner: |networks| &networks.mesh,
        scaling: Scaling::UNIT,
        picture: include_bytes!("../../models/reference/face_landmark.png"),
        wanted: include_bytes!("../../models/reference/face_landmark.f32"),
        bits: "dSW5NWoNDMxpgizhbHz-G0DUWc7Wvl4qKVEwWeOCgF4",
    },
    Case {
        name: "iris",
        committed: &IRIS,
        runner: |networks| &networks.iris,
        scaling: Scaling::UNIT,
        picture: include_bytes!("../../models/reference/iris_landmark.png"),
        wanted: include_bytes!("../../models/reference/iris_landmark.f32"),
        bits: "eBN-_RvZoybe74I0eShu-PwhbE2K3x4gLOxfy89KpFY",
    },
];

impl Case {
    fn pixels(&self, networks: &Networks) -> Vec<f32> {
        let picture: Rgb = still::decode(self.picture).unwrap();
        let side = (self.runner)(networks).side();
        Square::round(&picture).sampled(&picture, side, self.scaling)
    }
}

fn worst(ours: &[f32], theirs: impl IntoIterator<Item = f32>) -> f32 {
    let pairs = ours.iter().zip(theirs);
    pairs.map(|(a, b)| (a - b).abs()).fold(0.0, f32::max)
}

fn bits_of(outputs: &[Vec<f32>; 2]) -> String {
    let bytes: Vec<u8> = outputs
        .iter()
        .flatten()
        .flat_map(|value| value.to_bits().to_le_bytes())
        .collect();
    Digest::of(&bytes).to_string()
}

/// The levels of this processor, best first.
fn levels() -> Vec<Level> {
    let best = Level::new();
    #[cfg(target_arch = "x86_64")]
    {
        let wide = best.as_avx512().map(Level::Avx512);
        let usual = best.as_avx2().map(Level::Avx2);
        let old = best.as_sse4_2().map(Level::Sse4_2);
        let first = best.as_sse2().map(Level::Sse2);
        [wide, usual, old, first].into_iter().flatten().collect()
    }
    #[cfg(not(target_arch = "x86_64"))]
    {
        vec![best]
    }
}

#[test]
fn each_network_gives_the_outputs_of_the_original() {
    let networks = Networks::load();
    for case in CASES {
        let outputs = (case.runner)(&networks).run(&case.pixels(&networks));
        let wanted = case.wanted.as_chunks::<4>().0.iter();
        let wanted: Vec<f32> = wanted.map(|four| f32::from_le_bytes(*four)).collect();
        let ours = outputs.concat();
        assert_eq!(ours.len(), wanted.len(), "{}", case.name);
        let off = worst(&ours, wanted);
        assert!(off <= TOLERANCE, "{}: off by {off}", case.name);
    }
}

/// A portal must find exactly the landmarks a phone found: AVX-512, AVX2, and without fused
/// multiply-add SSE4.2 and SSE2. The same test runs for NEON, emulated: `README.md`.
#[test]
fn every_processor_gives_the_same_bits() {
    for level in levels() {
        let networks = Networks::at(level);
        for case in CASES {
            let outputs = (case.runner)(&networks).run(&case.pixels(&networks));
            assert_eq!(bits_of(&outputs), case.bits, "{} at {level:?}", case.name);
        }
    }
}

/// Random crops of the reference pictures, against stored outputs of onnxruntime.
#[test]
fn random_crops_agree_with_onnxruntime_within_a_thousandth() {
    let networks = Networks::load();
    let files = networks.each().map(|(file, _)| file);
    let pictures = CASES.map(|case| still::decode(case.picture).unwrap());
    let stored = include_bytes!("../../models/reference/crops.f32").as_chunks::<4>();
    let mut stored = stored.0.iter().map(|four| f32::from_le_bytes(*four));
    let mut crops = 0;
    for line in include_str!("../../models/reference/crops.txt").lines() {
        let words: Vec<&str> = line.split(' ').collect();
        let number = |at: usize| words[at].parse::<usize>().unwrap();
        let which = |at: usize| files.iter().position(|file| *file == words[at]).unwrap();
        let (case, picture) = (&CASES[which(0)], &pictures[which(1)]);
        let [left, top, cut] = [number(2), number(3), number(4)];
        let runner = (case.runner)(&networks);
        let size = runner.side();
        let mut pixels = Vec::new();
        for y in 0..size {
            for x in 0..size {
                let (x, y) = (left + x * cut / size, top + y * cut / size);
                let colour = picture.at(x as u32, y as u32).unwrap().map(f32::from);
                let Scaling { factor, offset } = case.scaling;
                pixels.extend(colour.map(|value| value * factor + offset));
            }
        }
        let step = if case.name == "detector" { 7 } else { 1 };
        let ours = runner.run(&pixels).concat();
        let ours: Vec<f32> = ours.into_iter().step_by(step).collect();
        let theirs: Vec<f32> = stored.by_ref().take(ours.len()).collect();
        assert_eq!(theirs.len(), ours.len());
        let off = worst(&ours, theirs);
        assert!(off <= TOLERANCE, "{line}: off by {off}");
        crops += 1;
    }
    assert_eq!((crops, stored.next()), (27, None));
}

/// A camera frame gives what its converted colours give, but for the rounding of the conversion.
#[test]
fn a_frame_in_planes_is_looked_at_without_converting_it() {
    let picture = still::decode(CASES[1].picture).unwrap();
    let [width, height] = [picture.width, picture.height];
    let grey = picture.luma();
    let chroma = vec![128; width.div_ceil(2) as usize * height.div_ceil(2) as usize];
    let plane = |bytes, row_stride| Plane {
        bytes,
        row_stride,
        pixel_stride: 1,
    };
    let planes = Planes {
        width,
        height,
        luma: plane(&grey.pixels, width),
        cb: plane(&chroma, width.div_ceil(2)),
        cr: plane(&chroma, width.div_ceil(2)),
        encoding: Encoding::default(),
        rotation: Rotation::None,
        mirrored: false,
    };
    let frame = Frame::of_planes(planes, 0).unwrap();
    let square = Square {
        turn: 0.2,
        ..Square::round(&picture)
    };
    let networks = Networks::load();
    let [ours, _] = networks.mesh.look(&frame, &square, Scaling::UNIT);
    let [theirs, _] = networks.mesh.look(&frame.rgb(), &square, Scaling::UNIT);
    assert!(worst(&ours, theirs) < 1e-3);
}

#[test]
fn a_second_run_in_used_memory_gives_the_same_as_the_first() {
    let networks = Networks::load();
    for case in CASES {
        let runner = (case.runner)(&networks);
        let pixels = case.pixels(&networks);
        let first = runner.run(&pixels);
        runner.run(&vec![1.0; pixels.len()]);
        assert_eq!(runner.run(&pixels), first, "{}", case.name);
    }
}

/// Random squares of pictures, against an engine that shares no line with ours.
#[test]
fn random_squares_agree_with_an_independent_engine() {
    let networks = Networks::load();
    let thread = Arc::new(ThreadPool::with_num_threads(1));
    for case in CASES {
        let picture: Rgb = still::decode(case.picture).unwrap();
        let model: Model = ModelOptions::with_all_ops()
            .load_static_slice(case.committed.bytes)
            .unwrap();
        let runner = (case.runner)(&networks);
        let side = runner.side();
        for at in 0..8u8 {
            let square = Square {
                side: Square::round(&picture).side * (0.4 + 0.1 * f32::from(at)),
                turn: 0.4 * f32::from(at),
                ..Square::round(&picture)
            };
            let pixels = square.sampled(&picture, side, case.scaling);
            let (triples, _) = pixels.as_chunks::<3>();
            let planes = (0..3).flat_map(|at| triples.iter().map(move |pixel| pixel[at]));
            let planes = Value::from_shape([1, 3, side, side], planes.collect::<Vec<f32>>());
            let mut options = RunOptions::default();
            options.thread_pool = Some(Arc::clone(&thread));
            let inputs = vec![(model.input_ids()[0], planes.unwrap().into())];
            let theirs = model
                .run(inputs, model.output_ids(), Some(options))
                .unwrap();
            for (ours, theirs) in runner.run(&pixels).iter().zip(theirs) {
                let Value::FloatTensor(theirs) = theirs else {
                    panic!("{} has no numbers", case.name);
                };
                let theirs = theirs.into_data();
                let largest = theirs
                    .iter()
                    .fold(0.0f32, |most, value| most.max(value.abs()));
                // Two engines add up in two orders: rounding grows with what is added up.
                let tolerance = TOLERANCE.max(2e-5 * largest);
                let off = worst(ours, theirs);
                assert!(
                    off <= tolerance,
                    "{} {at}: off by {off} of {largest}",
                    case.name
                );
            }
        }
    }
}

#[test]
fn the_committed_networks_are_the_ones_named_in_their_readme() {
    let readme = include_str!("../../models/README.md");
    for Case { committed, .. } in &CASES {
        assert_eq!(Digest::of(committed.bytes), committed.digest);
        let hex = committed
            .digest
            .as_bytes()
            .iter()
            .fold(String::new(), |text, byte| text + &format!("{byte:02x}"));
        assert!(readme.contains(&hex), "{hex}");
    }
}
