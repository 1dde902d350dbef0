use quanshengshi_frame::rgb::Rgb;
use quanshengshi_frame::still;
use quanshengshi_protocol::ids::Digest;

use super::engine::Worker;
use super::models::{Committed, DETECTOR, IRIS, MESH};
use super::open;
use crate::square::{Scaling, Square};

/// Largest difference of an output, relative to the range of its values.
const TOLERANCE: f32 = 2e-4;

fn follows_its_reference(committed: &Committed, scaling: Scaling, picture: &[u8], wanted: &[u8]) {
    let picture: Rgb = still::decode(picture).unwrap();
    let input = Square::round(&picture).sampled(&picture, committed.side, scaling);
    let outputs = open(&Worker::start(), committed)
        .unwrap()
        .run(input)
        .unwrap();
    let lengths: Vec<usize> = outputs.iter().map(Vec::len).collect();
    assert_eq!(lengths, committed.outputs);
    let wanted: Vec<f32> = wanted
        .as_chunks::<4>()
        .0
        .iter()
        .map(|b| f32::from_le_bytes(*b))
        .collect();
    assert_eq!(wanted.len(), lengths.iter().sum::<usize>());
    let mut start = 0;
    for output in outputs {
        let wanted = &wanted[start..start + output.len()];
        start += output.len();
        let low = wanted.iter().copied().fold(f32::MAX, f32::min);
        let high = wanted.iter().copied().fold(f32::MIN, f32::max);
        let range = (high - low).max(1.0);
        let worst = output
            .iter()
            .zip(wanted)
            .map(|(a, b)| (a - b).abs())
            .fold(0.0, f32::max);
        assert!(
            worst <= TOLERANCE * range,
            "off by {worst} in a range of {range}"
        );
    }
}

#[test]
fn the_detector_gives_the_outputs_of_the_original() {
    follows_its_reference(
        &DETECTOR,
        Scaling::SIGNED,
        include_bytes!("../../models/reference/face_detection_short_range.png"),
        include_bytes!("../../models/reference/face_detection_short_range.f32"),
    );
}

#[test]
fn the_mesh_gives_the_outputs_of_the_original() {
    follows_its_reference(
        &MESH,
        Scaling::UNIT,
        include_bytes!("../../models/reference/face_landmark.png"),
        include_bytes!("../../models/reference/face_landmark.f32"),
    );
}

#[test]
fn the_iris_gives_the_outputs_of_the_original() {
    follows_its_reference(
        &IRIS,
        Scaling::UNIT,
        include_bytes!("../../models/reference/iris_landmark.png"),
        include_bytes!("../../models/reference/iris_landmark.f32"),
    );
}

#[test]
fn the_committed_networks_are_the_ones_named_in_their_readme() {
    let readme = include_str!("../../models/README.md");
    for committed in [&DETECTOR, &MESH, &IRIS] {
        assert_eq!(Digest::of(committed.bytes), committed.digest);
        let hex = committed
            .digest
            .as_bytes()
            .iter()
            .fold(String::new(), |text, byte| text + &format!("{byte:02x}"));
        assert!(readme.contains(&hex), "{hex}");
    }
}

#[test]
fn an_input_of_another_length_is_refused() {
    assert!(
        open(&Worker::start(), &IRIS)
            .unwrap()
            .run(vec![0.0; 5])
            .is_err()
    );
}
