//! How well faces are followed and angles found, against the rendered truth.

use std::fmt::Write as _;
use std::path::Path;

use quanshengshi_face::tracker::{Seen, Tracker};
use quanshengshi_presentations::recorded::{Clip, json};
use quanshengshi_presentations::walk::{WalkError, Walker};
use serde::Deserialize;

use crate::clock;
use crate::face::comparison::people;

#[derive(Deserialize)]
struct Truth {
    frames: Vec<TrueFrame>,
}

#[derive(Deserialize)]
struct TrueFrame {
    yaw: f32,
    pitch: f32,
}

/// Live clips only: `A_*`, `B_*`, or the plain names of the demo's persons.
fn is_live(name: &str) -> bool {
    !name.starts_with("attack_")
}

pub(crate) fn table(walker: &Walker, folder: &Path) -> Result<String, WalkError> {
    let mut text = String::from(
        "| person | frames | tracked | yaw error mean, 95 % | pitch error mean, 95 %, against the own neutral | ms CPU a frame, mean |\n|---|---|---|---|---|---|\n",
    );
    for person in people(folder)? {
        let (mut frames, mut found) = (0, 0);
        let [mut yaw, mut pitch] = [Vec::new(), Vec::new()];
        let mut times = Vec::new();
        let mut clips: Vec<_> = std::fs::read_dir(&person)
            .into_iter()
            .flatten()
            .filter_map(|entry| Some(entry.ok()?.path()))
            .filter(|path| path.join("truth.json").is_file())
            .filter(|path| {
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                is_live(&name)
            })
            .collect();
        clips.sort();
        for clip in clips {
            let truth: Truth = json(&clip.join("truth.json"))?;
            let mut tracker = Tracker::default();
            let mut neutral = None;
            for (picture, truth) in Clip::open(&clip)?.pictures.iter().zip(truth.frames) {
                frames += 1;
                let start = clock::cpu_ms();
                let seen = tracker.look(walker.networks(), picture);
                times.push(clock::cpu_ms() - start);
                let Seen::One(face) = seen else { continue };
                found += 1;
                yaw.push((face.pose.yaw - truth.yaw).abs());
                let own = *neutral.get_or_insert(face.pose.pitch - truth.pitch);
                pitch.push((face.pose.pitch - own - truth.pitch).abs());
            }
        }
        if frames == 0 {
            continue;
        }
        let name = person.file_name().unwrap_or_default().to_string_lossy();
        let _ = writeln!(
            text,
            "| {name} | {frames} | {found} | {} | {} | {:.2} |",
            spread(yaw),
            spread(pitch),
            times.iter().sum::<f64>() / times.len().max(1) as f64,
        );
    }
    Ok(text)
}

/// Mean and the value that 95 of 100 do not exceed, in degrees.
fn spread(mut errors: Vec<f32>) -> String {
    errors.sort_by(f32::total_cmp);
    let mean = errors.iter().sum::<f32>() / errors.len().max(1) as f32;
    let most = errors.get(errors.len() * 95 / 100).copied().unwrap_or(0.0);
    format!("{mean:.1}°, {most:.1}°")
}
