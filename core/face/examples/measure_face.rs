//! Measures tracking, accuracy of yaw and CPU time on the fixture persons.
//!
//! `cargo run -p quanshengshi-face --example measure_face [FOLDER_OF_PERSONS [CLIP_PREFIX]]`
//!
//! CPU time is that of the whole process, from the kernel (`/proc/self/task/*/schedstat`), so that other
//! load on the machine does not count. The times are those of the profile it is built in.
#![expect(
    clippy::print_stdout,
    clippy::cast_precision_loss,
    reason = "a command line that prints figures"
)]

use std::error::Error;
use std::path::{Path, PathBuf};

use quanshengshi_face::detect::detect;
use quanshengshi_face::iris::EyeOpening;
use quanshengshi_face::network::Networks;
use quanshengshi_face::tracker::{Seen, Tracker};
use quanshengshi_frame::still;

const CLIPS: [&str; 6] = [
    "neutral",
    "turn_left",
    "turn_right",
    "nod",
    "open_mouth",
    "blink",
];

/// CPU milliseconds of all threads of this process so far.
fn cpu_ms() -> Result<f64, Box<dyn Error>> {
    let mut sum = 0.0;
    for thread in std::fs::read_dir("/proc/self/task")? {
        let text = std::fs::read_to_string(thread?.path().join("schedstat"))?;
        sum += text
            .split_whitespace()
            .next()
            .ok_or("no figure")?
            .parse::<f64>()?
            / 1e6;
    }
    Ok(sum)
}

fn pictures(folder: &Path) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let mut paths = std::fs::read_dir(folder)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<Vec<_>, _>>()?;
    paths.retain(|path| path.extension().is_some_and(|kind| kind == "jpg"));
    paths.sort();
    Ok(paths)
}

fn truth(folder: &Path) -> Result<Vec<[f64; 2]>, Box<dyn Error>> {
    let text: serde_json::Value =
        serde_json::from_slice(&std::fs::read(folder.join("truth.json"))?)?;
    let frames = text["frames"].as_array().ok_or("no frames")?;
    let number = |frame: &serde_json::Value, key: &str| frame[key].as_f64().unwrap_or(f64::NAN);
    Ok(frames
        .iter()
        .map(|frame| [number(frame, "yaw"), number(frame, "pitch")])
        .collect())
}

/// Correlation and slope of the line through pairs of (truth, found).
fn line(pairs: &[[f64; 2]]) -> (f64, f64) {
    let count = pairs.len() as f64;
    let mean = |axis: usize| pairs.iter().map(|pair| pair[axis]).sum::<f64>() / count;
    let means = [mean(0), mean(1)];
    let sum = |a: usize, b: usize| -> f64 {
        pairs
            .iter()
            .map(|pair| (pair[a] - means[a]) * (pair[b] - means[b]))
            .sum()
    };
    (
        sum(0, 1) / (sum(0, 0) * sum(1, 1)).sqrt(),
        sum(0, 1) / sum(0, 0),
    )
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let fixtures = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/fixtures/people").to_owned();
    let root = PathBuf::from(arguments.next().unwrap_or(fixtures));
    let prefix = arguments.next().unwrap_or_default();
    let before = cpu_ms()?;
    let networks = Networks::load();
    println!("networks loaded: {:.1} ms CPU", cpu_ms()? - before);
    let mut people: Vec<PathBuf> = std::fs::read_dir(&root)?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect();
    people.retain(|path| path.join("id_photo.jpg").exists());
    people.sort();
    let [mut tracking, mut eyes, mut detection] = [[0.0; 2]; 3];
    println!("person  frames  tracked  yaw correlation  scale  pitch correlation  scale");
    for person in people {
        let (mut frames, mut faces) = (0, 0);
        let [mut yaw, mut pitch] = [Vec::new(), Vec::new()];
        for clip in CLIPS {
            let folder = person.join(format!("{prefix}{clip}"));
            let mut tracker = Tracker::default();
            for (path, [true_yaw, true_pitch]) in pictures(&folder)?.iter().zip(truth(&folder)?) {
                let picture = still::decode(&std::fs::read(path)?)?;
                frames += 1;
                let start = cpu_ms()?;
                let seen = tracker.look(&networks, &picture);
                tracking[0] += cpu_ms()? - start;
                tracking[1] += 1.0;
                let Seen::One(face) = seen else { continue };
                faces += 1;
                yaw.push([true_yaw, f64::from(face.pose.yaw)]);
                pitch.push([true_pitch, f64::from(face.pose.pitch)]);
                let start = cpu_ms()?;
                EyeOpening::find(&networks, &picture, &face.mesh);
                eyes[0] += cpu_ms()? - start;
                eyes[1] += 1.0;
                let start = cpu_ms()?;
                detect(&networks, &picture);
                detection[0] += cpu_ms()? - start;
                detection[1] += 1.0;
            }
        }
        let ((yaw_follows, yaw_scale), (pitch_follows, pitch_scale)) = (line(&yaw), line(&pitch));
        let name = person
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        println!(
            "{name:6} {frames:7} {faces:8} {yaw_follows:16.4} {yaw_scale:6.3} {pitch_follows:18.4} {pitch_scale:6.3}"
        );
    }
    for (what, [sum, count]) in [
        ("tracked frame (mesh, pose; detector every fifth)", tracking),
        ("both eyes", eyes),
        ("detector alone", detection),
    ] {
        println!("{what}: {:.2} ms CPU (mean of {count})", sum / count);
    }
    Ok(())
}
