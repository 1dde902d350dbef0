//! `qss scan FILE…`

use std::path::{Path, PathBuf};
use std::time::Instant;

use quanshengshi::scanner::Scanner;
use serde::Serialize;

use crate::pixels::{layout, read_picture};

/// One line of the answer.
#[derive(Debug, Serialize)]
struct Line {
    file: String,
    /// The largest code's text.
    text: Option<String>,
    /// Milliseconds from pixels to text, without reading the file.
    ms: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
}

/// Reads each file with a fresh scanner; whether each file was a picture.
pub(crate) fn scan(files: &[PathBuf]) -> bool {
    let mut all = true;
    for file in files {
        let line = scan_file(file);
        all &= line.error.is_none();
        println!("{}", serde_json::to_string(&line).unwrap_or_default());
    }
    all
}

fn scan_file(file: &Path) -> Line {
    let mut line = Line {
        file: file.display().to_string(),
        text: None,
        ms: 0.0,
        error: None,
    };
    let picture = match read_picture(file) {
        Ok(picture) => picture,
        Err(error) => {
            line.error = Some(error.to_string());
            return line;
        }
    };
    let start = Instant::now();
    match Scanner::new().offer(&picture.pixels, layout(&picture), 0) {
        Ok(codes) => line.text = codes.into_iter().next().map(|code| code.text),
        Err(error) => line.error = Some(error.code().to_owned()),
    }
    line.ms = (start.elapsed().as_secs_f64() * 1e6).round() / 1e3;
    line
}
