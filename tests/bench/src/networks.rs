//! The face networks: our runner beside rten, `LiteRT` and onnxruntime, in turn in the same run, one
//! thread each, CPU time.
//!
//! The Python peers run in a process of their own (`peers/peers.py`) that waits while others work:
//! `QSS_BENCH_PEERS` names a Python that has them and, behind a colon, the folder with the original
//! `TFLite` files. How to make both stands in `README.md`.

mod differences;
pub(crate) mod loading;
mod ours;
mod peers;
mod pictures;
mod rten;

use std::fmt::Write as _;

use crate::clock::median;
use differences::differences;
use ours::Ours;
use peers::Peers;

/// The networks by their files, the side of their inputs, and what is measured with each.
pub(crate) const NETWORKS: [(&str, usize); 3] = [
    ("face_detection_short_range", 128),
    ("face_landmark", 192),
    ("iris_landmark", 64),
];
/// Turns; in each everybody runs everything.
const ROUNDS: usize = 7;
/// Runs of a network a turn.
const RUNS: usize = 60;

/// Names of the rows behind the networks.
const FRAMES: [(&str, &[usize]); 2] = [
    ("tracked frame: mesh, two irises", &[1, 2, 2]),
    (
        "first frame, warm: detector, two meshes, two irises",
        &[0, 1, 1, 2, 2],
    ),
];

/// An engine that is measured.
pub(crate) trait Engine {
    /// Its name.
    fn name(&self) -> &str;
    /// CPU milliseconds of a run of these networks one after the other, the median of so many.
    fn median_ms(&mut self, networks: &[usize], runs: usize) -> Result<f64, String>;
    /// The outputs of a network for a picture.
    fn outputs(&mut self, network: usize, pixels: &[f32]) -> Result<Vec<f32>, String>;
    /// CPU milliseconds that loading all three took in this process.
    fn load_ms(&self) -> f64;
}

/// The tables.
pub(crate) fn table() -> String {
    let mut engines: Vec<Box<dyn Engine>> = vec![Box::new(Ours::load())];
    let mut text = String::new();
    match rten::Rten::load() {
        Ok(rten) => engines.push(Box::new(rten)),
        Err(error) => {
            let _ = writeln!(text, "rten was not run: {error}");
        }
    }
    for peer in ["LiteRT", "onnxruntime"] {
        match Peers::start(peer) {
            Ok(peer) => engines.push(Box::new(peer)),
            Err(error) => {
                let _ = writeln!(text, "{peer} was not run: {error}");
            }
        }
    }
    for table in [speed(&mut engines), differences(&mut engines)] {
        text.push_str(&table.unwrap_or_else(|error| format!("stopped: {error}\n")));
    }
    let _ = writeln!(
        text,
        "\nweights of all three: {} bytes",
        quanshengshi_face::network::Networks::weight_bytes()
    );
    text.push_str(&pictures::conversions());
    text
}

fn speed(engines: &mut [Box<dyn Engine>]) -> Result<String, String> {
    let singles = NETWORKS
        .iter()
        .enumerate()
        .map(|(at, (file, _))| (*file, vec![at]));
    let frames = FRAMES
        .iter()
        .map(|(name, networks)| (*name, networks.to_vec()));
    let rows: Vec<(&str, Vec<usize>)> = singles.chain(frames).collect();
    let mut text = String::from("CPU milliseconds, one thread: median of the turns' medians\n\n|");
    for engine in engines.iter() {
        let _ = write!(text, " | {}", engine.name());
    }
    text.push_str(" | ours to LiteRT |\n|---|");
    text.push_str(&"---|".repeat(engines.len() + 1));
    text.push('\n');
    for (name, networks) in rows {
        let mut times = vec![Vec::new(); engines.len()];
        for _ in 0..ROUNDS {
            for (engine, times) in engines.iter_mut().zip(&mut times) {
                times.push(engine.median_ms(&networks, RUNS)?);
            }
        }
        let _ = write!(text, "| {name} ");
        let mut middles = Vec::new();
        for times in times {
            let middle = median(times);
            let _ = write!(text, "| {middle:.2} ");
            middles.push(middle);
        }
        let litert = engines.iter().position(|engine| engine.name() == "LiteRT");
        let ratio = litert.and_then(|at| Some(middles.first()? / middles.get(at)?));
        let _ = match ratio {
            Some(ratio) => writeln!(text, "| {ratio:.2} |"),
            None => writeln!(text, "| |"),
        };
    }
    text.push_str("| load all three ");
    for engine in engines.iter() {
        let _ = write!(text, "| {:.1} ", loading::median_ms(engine.name())?);
    }
    text.push_str("| |\n");
    Ok(text)
}
