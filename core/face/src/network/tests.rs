use std::sync::Arc;

use fearless_simd::Level;
use quanshengshi_frame::rgb::Rgb;
use quanshengshi_frame::still;
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
    /// Largest difference from the original on that picture, in units of the outputs.
    tolerance: f32,
    /// SHA-256 of the bits of the outputs for that picture, wherever multiply-add is fused.
    bits: &'static str,
}

const CASES: [Case; 3] = [
    Case {
        name: "detector",
        committed: &DETECTOR,
        runner: |networks| &networks.detector,
        scaling: Scaling::SIGNED,
        picture: include_bytes!("../../models/reference/face_detection_short_range.png"),
        wanted: include_bytes!("../../models/reference/face_detection_short_range.f32"),
        tolerance: 1e-3,
        bits: "gO41EWiYLd_KeBXCH9VAuQjV2hGhjAVBhFlku4rp_nw",
    },
    Case {
        name: "mesh",
        committed: &MESH,
        runner: |networks| &networks.mesh,
        scaling: Scaling::UNIT,
        picture: include_bytes!("../../models/reference/face_landmark.png"),
        wanted: include_bytes!("../../models/reference/face_landmark.f32"),
        tolerance: 1e-3,
        bits: "dSW5NWoNDMxpgizhbHz-G0DUWc7Wvl4qKVEwWeOCgF4",
    },
    Case {
        name: "iris",
        committed: &IRIS,
        runner: |networks| &networks.iris,
        scaling: Scaling::UNIT,
        picture: include_bytes!("../../models/reference/iris_landmark.png"),
        wanted: include_bytes!("../../models/reference/iris_landmark.f32"),
        // The weights of this network, and only of this one, lose something as half floats: one or
        // two hundredths of a pixel of 64.
        tolerance: 2e-2,
        bits: "5WuMkEkaWFtuAY-rQUQ11db9lI7Ztiif3DZArYY6bgI",
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

/// The levels of this processor whose multiply-add is fused.
fn fused_levels() -> Vec<Level> {
    let best = Level::new();
    #[cfg(target_arch = "x86_64")]
    {
        let wide = best.as_avx512().map(Level::Avx512);
        let usual = best.as_avx2().map(Level::Avx2);
        wide.into_iter().chain(usual).collect()
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
        assert!(off <= case.tolerance, "{}: off by {off}", case.name);
    }
}

/// A portal must find exactly the landmarks a phone found.
#[test]
fn every_processor_with_fused_multiply_add_gives_the_same_bits() {
    let levels = fused_levels();
    if levels.is_empty() {
        println!("skipped: this processor has no fused multiply-add");
    }
    for level in levels {
        let networks = Networks::at(level);
        for case in CASES {
            let outputs = (case.runner)(&networks).run(&case.pixels(&networks));
            assert_eq!(bits_of(&outputs), case.bits, "{} at {level:?}", case.name);
        }
    }
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
                let tolerance = case.tolerance.max(2e-5 * largest);
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
