//! How far the engines are from onnxruntime, over random crops, in every meaning the outputs have.

#![expect(
    clippy::cast_precision_loss,
    reason = "numbers of cells, far below 2^24"
)]

use std::fmt::Write as _;

use super::pictures::Crops;
use super::{Engine, NETWORKS};

/// Random crops a network.
const CROPS: usize = 48;
/// Grids of the detector: cells a side, anchors a cell.
const GRIDS: [(usize, usize); 2] = [(16, 2), (8, 6)];
/// Numbers an anchor.
const ANCHOR: usize = 16;
/// Pixels of a side of what the detector looks at.
const SIDE: f32 = 128.0;
/// From this score on an anchor is a face.
const FACE: f32 = 0.5;

/// A difference between an engine's outputs and those of onnxruntime for the same crop.
type Measure = fn(&[f32], &[f32]) -> f32;

/// The meanings of each network's outputs.
const MEASURES: [&[(&str, Measure)]; 3] = [
    &[
        ("detector, raw outputs", absolute),
        ("detector, raw outputs over the crop's largest", relative),
        ("detector, scores as probabilities", scores),
        (
            "detector, corners of all boxes inside the square, pixels",
            corners,
        ),
        (
            "detector, corners of faces (score above 0.5), pixels",
            corners_of_faces,
        ),
    ],
    &[
        ("mesh, pixels", absolute),
        ("mesh, over the crop's largest", relative),
    ],
    &[
        ("iris, pixels", absolute),
        ("iris, over the crop's largest", relative),
    ],
];

/// Largest differences from onnxruntime, which is the last of the engines; nothing without it.
pub(super) fn differences(engines: &mut [Box<dyn Engine>]) -> Result<String, String> {
    let Some((reference, others)) = engines.split_last_mut() else {
        return Ok(String::new());
    };
    if reference.name() != "onnxruntime" {
        return Ok(String::new());
    }
    let crops = Crops::open()?;
    let mut text = format!(
        "\nLargest difference from onnxruntime over {CROPS} random crops of {} pictures\n\n| ",
        crops.pictures()
    );
    for engine in others.iter() {
        let _ = write!(text, "| {} ", engine.name());
    }
    text.push_str("|\n|---|");
    text.push_str(&"---|".repeat(others.len()));
    text.push('\n');
    let mut notes = String::new();
    for (network, (file, side)) in NETWORKS.iter().enumerate() {
        let mut worst = vec![vec![0.0f32; others.len()]; MEASURES[network].len()];
        let (mut largest, mut faces) = (0.0f32, 0);
        for at in 0..CROPS {
            let pixels = crops.crop(at, *side, network == 0);
            let wanted = reference.outputs(network, &pixels)?;
            largest = largest.max(magnitude(&wanted));
            if network == 0 {
                faces += probabilities(&wanted).filter(|score| *score > FACE).count();
            }
            for (at, engine) in others.iter_mut().enumerate() {
                let outputs = engine.outputs(network, &pixels)?;
                for ((_, measure), worst) in MEASURES[network].iter().zip(&mut worst) {
                    worst[at] = worst[at].max(measure(&outputs, &wanted));
                }
            }
        }
        for ((name, _), worst) in MEASURES[network].iter().zip(&worst) {
            let _ = write!(text, "| {name} ");
            for worst in worst {
                let _ = write!(text, "| {worst:.1e} ");
            }
            text.push_str("|\n");
        }
        let _ = writeln!(notes, "{file}: outputs up to {largest:.0}");
        if network == 0 {
            let _ = writeln!(notes, "{faces} anchors of the crops are faces");
        }
    }
    Ok(format!("{text}\n{notes}"))
}

fn magnitude(outputs: &[f32]) -> f32 {
    outputs
        .iter()
        .fold(0.0, |most, value| most.max(value.abs()))
}

fn largest_of(pairs: impl Iterator<Item = (f32, f32)>) -> f32 {
    pairs.map(|(a, b)| (a - b).abs()).fold(0.0, f32::max)
}

fn absolute(ours: &[f32], wanted: &[f32]) -> f32 {
    largest_of(ours.iter().copied().zip(wanted.iter().copied()))
}

fn relative(ours: &[f32], wanted: &[f32]) -> f32 {
    absolute(ours, wanted) / magnitude(wanted).max(f32::MIN_POSITIVE)
}

/// How sure the detector is of each anchor, 0 to 1; the boxes come first.
fn probabilities(outputs: &[f32]) -> impl Iterator<Item = f32> {
    let boxes = anchors().count() * ANCHOR;
    let scores = outputs.get(boxes..).unwrap_or_default().iter();
    scores.map(|score| 1.0 / (1.0 + (-score.clamp(-80.0, 80.0)).exp()))
}

fn scores(ours: &[f32], wanted: &[f32]) -> f32 {
    largest_of(probabilities(ours).zip(probabilities(wanted)))
}

/// The middles of the anchors in pixels.
fn anchors() -> impl Iterator<Item = [f32; 2]> {
    GRIDS.into_iter().flat_map(|(cells, each)| {
        let place = move |at: usize| (at as f32 + 0.5) / cells as f32 * SIDE;
        (0..cells * cells * each).map(move |at| {
            let cell = at / each;
            [place(cell % cells), place(cell / cells)]
        })
    })
}

/// Left, top, right, bottom of each anchor's box in pixels, cut at the square's borders.
fn boxes(outputs: &[f32]) -> impl Iterator<Item = [f32; 4]> {
    let numbers = outputs.chunks_exact(ANCHOR);
    anchors().zip(numbers).map(|([x, y], numbers)| {
        let (x, y) = (x + numbers[0], y + numbers[1]);
        let (wide, high) = (numbers[2] / 2.0, numbers[3] / 2.0);
        [x - wide, y - high, x + wide, y + high].map(|place| place.clamp(0.0, SIDE))
    })
}

fn corners(ours: &[f32], wanted: &[f32]) -> f32 {
    largest_of(boxes(ours).flatten().zip(boxes(wanted).flatten()))
}

fn corners_of_faces(ours: &[f32], wanted: &[f32]) -> f32 {
    let faces = probabilities(wanted).map(|score| score > FACE);
    let pairs = boxes(ours).zip(boxes(wanted)).zip(faces);
    let of_faces = pairs.filter_map(|(pair, is_face)| is_face.then_some(pair));
    largest_of(of_faces.flat_map(|(a, b)| a.into_iter().zip(b)))
}
