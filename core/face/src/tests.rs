//! Pictures for the tests of all rooms.

use std::path::{Path, PathBuf};

use quanshengshi_frame::rgb::Rgb;
use quanshengshi_frame::still;

/// A person of the committed fixtures.
pub(crate) fn person(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../tests/fixtures/people")
        .join(name)
}

/// A person of the larger set beside the repository, if it is there.
pub(crate) fn shared_person(name: &str) -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/data/people")
        .join(name);
    let found = folder.is_dir();
    if !found {
        println!("skipped: {} is not there", folder.display());
    }
    found.then_some(folder)
}

/// One decoded picture.
pub(crate) fn picture(path: &Path) -> Rgb {
    still::decode(&std::fs::read(path).unwrap()).unwrap()
}

/// All pictures of a clip, in order.
pub(crate) fn clip(folder: &Path) -> Vec<Rgb> {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.retain(|path| path.extension().is_some_and(|kind| kind == "jpg"));
    paths.sort();
    assert!(!paths.is_empty(), "{}", folder.display());
    paths.iter().map(|path| picture(path)).collect()
}

/// Rendered pose of a frame in degrees.
#[derive(Debug)]
pub(crate) struct Truth {
    pub(crate) yaw: f64,
    pub(crate) pitch: f64,
    pub(crate) roll: f64,
}

/// The rendered poses of a clip.
pub(crate) fn truth(folder: &Path) -> Vec<Truth> {
    let text = std::fs::read(folder.join("truth.json")).unwrap();
    let truth: serde_json::Value = serde_json::from_slice(&text).unwrap();
    let frames = truth["frames"].as_array().unwrap();
    let number = |frame: &serde_json::Value, key: &str| frame[key].as_f64().unwrap();
    frames
        .iter()
        .map(|frame| Truth {
            yaw: number(frame, "yaw"),
            pitch: number(frame, "pitch"),
            roll: number(frame, "roll"),
        })
        .collect()
}
