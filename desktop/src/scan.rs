//! `qss scan PATH…`

use std::path::{Path, PathBuf};

use quanshengshi::scanner::{ScanGlance, ScanGuidance, Scanner};
use serde::Serialize;

use crate::cpu_time::cpu_ms;
use crate::out;
use crate::pixels::{PixelsError, layout, read_picture};

/// Offers a still gets, as a camera would offer four frames of one view.
const OFFERS: u32 = 4;
/// Milliseconds an offer may take.
const BUDGET_MS: u32 = 25;

/// One line of the answer.
#[derive(Debug, Default, Serialize)]
struct Line {
    file: String,
    /// The largest code's text.
    text: Option<String>,
    /// Its corners, `[x, y]` in pixels, clockwise from the code's own top left.
    corners: Option<Vec<[f32; 2]>>,
    /// Milliseconds of CPU time of the longest offer, without reading the file.
    ms: f64,
    offers: u32,
    step: Option<String>,
    guidance: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
}

/// Reads files and folders, each picture with a fresh scanner, or with `sequence` each folder as
/// the frames of one video; whether every file named was a picture.
pub(crate) fn scan(paths: &[PathBuf], sequence: bool) -> bool {
    let mut all = true;
    for path in paths {
        let video = Scanner::new();
        let is_video = sequence && path.is_dir();
        for file in pictures(path) {
            let line = if is_video {
                scan_file(&video, &file, 1)
            } else {
                scan_file(&Scanner::new(), &file, OFFERS)
            };
            all &= line.error.is_none();
            out::line(serde_json::to_string(&line).unwrap_or_default());
        }
    }
    all
}

/// A file itself; the pictures of a folder and its folders by name.
fn pictures(path: &Path) -> Vec<PathBuf> {
    let Ok(entries) = path.read_dir() else {
        return vec![path.to_owned()];
    };
    let mut inside: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    inside.sort();
    let is_picture = |path: &Path| {
        let end = path
            .extension()
            .and_then(|end| end.to_str())
            .unwrap_or_default();
        ["jpg", "jpeg", "png"]
            .iter()
            .any(|known| end.eq_ignore_ascii_case(known))
    };
    inside.retain(|path| path.is_dir() || is_picture(path));
    inside.iter().flat_map(|path| pictures(path)).collect()
}

fn scan_file(scanner: &Scanner, file: &Path, most: u32) -> Line {
    let mut line = Line {
        file: file.display().to_string(),
        ..Line::default()
    };
    if let Err(error) = offered(scanner, file, most, &mut line) {
        line.error = Some(error);
    }
    line.ms = (line.ms * 1e3).round() / 1e3;
    line
}

fn offered(scanner: &Scanner, file: &Path, most: u32, line: &mut Line) -> Result<(), String> {
    let picture = read_picture(file).map_err(|error: PixelsError| error.to_string())?;
    for offer in 1..=most {
        let start = cpu_ms();
        let glance = scanner.look(&picture.pixels, layout(&picture), 0, BUDGET_MS);
        line.ms = line.ms.max(cpu_ms() - start);
        let ScanGlance {
            codes,
            guidance,
            step,
        } = glance.map_err(|error| error.code().to_owned())?;
        line.offers = offer;
        line.guidance = guidance.map(name);
        if let Some(code) = codes.into_iter().next() {
            line.text = Some(code.text);
            line.corners = Some(
                code.corners
                    .iter()
                    .map(|corner| [corner.x, corner.y])
                    .collect(),
            );
            line.step = step;
            break;
        }
    }
    Ok(())
}

fn name(guidance: ScanGuidance) -> &'static str {
    match guidance {
        ScanGuidance::TooFar => "too_far",
        ScanGuidance::TooBlurred => "too_blurred",
        ScanGuidance::TooDark => "too_dark",
        ScanGuidance::Glare => "glare",
        ScanGuidance::NothingSeen => "nothing_seen",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_gives_its_pictures_by_name_and_a_missing_file_is_told() {
        let folder = std::env::temp_dir().join(format!("qss-scan-{}", std::process::id()));
        std::fs::create_dir_all(folder.join("b")).unwrap();
        for name in ["c.PNG", "a.jpg", "b/d.jpeg", "e.txt"] {
            std::fs::write(folder.join(name), b"no picture").unwrap();
        }
        let names: Vec<_> = pictures(&folder)
            .iter()
            .map(|path| path.strip_prefix(&folder).unwrap().display().to_string())
            .collect();
        assert_eq!(names, ["a.jpg", "b/d.jpeg", "c.PNG"]);
        assert!(!scan(std::slice::from_ref(&folder), true));
        let missing = scan_file(&Scanner::new(), &folder.join("none.png"), OFFERS);
        assert!(missing.error.is_some() && missing.text.is_none() && missing.offers == 0);
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn a_line_has_exactly_the_keys_that_were_promised() {
        let line = serde_json::to_value(Line::default()).unwrap();
        let keys: Vec<_> = line.as_object().unwrap().keys().cloned().collect();
        let mut expected = [
            "file", "text", "corners", "ms", "offers", "step", "guidance",
        ];
        expected.sort_unstable();
        let mut keys: Vec<&str> = keys.iter().map(String::as_str).collect();
        keys.sort_unstable();
        assert_eq!(keys, expected);
    }
}
