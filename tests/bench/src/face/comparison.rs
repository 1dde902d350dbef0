//! Enrolled photos against frontal frames, everybody with everybody.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use quanshengshi_appraisal::identity::{Embedder, Embedding};
use quanshengshi_face::tracker::{Seen, Tracker};
use quanshengshi_frame::rgb::Rgb;
use quanshengshi_presentations::recorded::{Clip, RecordedError, picture};
use quanshengshi_presentations::walk::{WalkError, Walker};

use crate::face::{percent, upper_percent};

/// Every so manieth frame of the neutral clips.
const EVERY: usize = 4;

/// Folders of the persons.
pub(crate) fn people(folder: &Path) -> Result<Vec<PathBuf>, RecordedError> {
    let unreadable = |source| RecordedError::File {
        path: folder.to_owned(),
        source,
    };
    let mut people = std::fs::read_dir(folder)
        .and_then(|entries| {
            entries
                .map(|entry| entry.map(|entry| entry.path()))
                .collect::<Result<Vec<_>, _>>()
        })
        .map_err(unreadable)?;
    people.retain(|path| path.join("id_photo.jpg").is_file());
    people.sort();
    Ok(people)
}

pub(crate) fn table(walker: &Walker, folder: &Path) -> Result<String, WalkError> {
    let embedder = Embedder::load()?;
    let embed = |picture: &Rgb| -> Result<Option<[Embedding; 2]>, WalkError> {
        let Seen::One(face) = Tracker::default().look(walker.networks(), picture) else {
            return Ok(None);
        };
        Ok(Some([
            embedder.embed(picture, &face.mesh)?,
            embedder.embed_both_ways(picture, &face.mesh)?,
        ]))
    };
    let people = people(folder)?;
    let mut photos = Vec::new();
    let mut frames = Vec::new();
    for (at, person) in people.iter().enumerate() {
        photos.push(embed(&picture(&person.join("id_photo.jpg"))?)?);
        for clip in ["A_neutral", "B_neutral", "neutral"] {
            let clip = person.join(clip);
            if clip.is_dir() {
                for picture in Clip::open(&clip)?.pictures.iter().step_by(EVERY) {
                    frames.extend(embed(picture)?.map(|embedding| (at, embedding)));
                }
            }
        }
    }
    let policy = walker.appraiser().policy();
    let mut text = String::from(
        "| 1:1, photo to neutral frame | same n | largest | not matched | FNMR, bound | others n | smallest | matched | FMR, bound |\n|---|---|---|---|---|---|---|---|---|\n",
    );
    for (way, name) in [(0, "one way"), (1, "both ways (used)")] {
        let (mut same, mut others) = (Vec::new(), Vec::new());
        for (at, photo) in photos.iter().enumerate() {
            let Some(photo) = photo else { continue };
            for (whose, frame) in &frames {
                let distance = photo[way].distance(&frame[way]);
                if *whose == at {
                    same.push(distance);
                } else {
                    others.push(distance);
                }
            }
        }
        if same.is_empty() || others.is_empty() {
            return Ok(String::new());
        }
        let largest = same.iter().copied().fold(0.0, f32::max);
        let smallest = others.iter().copied().fold(f32::MAX, f32::min);
        let missed = same
            .iter()
            .filter(|distance| **distance > policy.fair_match)
            .count();
        let taken = others
            .iter()
            .filter(|distance| **distance <= policy.fair_match)
            .count();
        let _ = writeln!(
            text,
            "| {name}, limit {} | {} | {largest:.3} | {missed} | {}, {} | {} | {smallest:.3} | {taken} | {}, {} |",
            policy.fair_match,
            same.len(),
            percent(missed, same.len()),
            upper_percent(missed, same.len()),
            others.len(),
            percent(taken, others.len()),
            upper_percent(taken, others.len()),
        );
    }
    Ok(text)
}
