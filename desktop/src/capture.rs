//! `qss capture`: recorded presentations through the phone's session and the portal's appraisal, a
//! line each.

use std::path::Path;

use quanshengshi_presentations::recorded::{Recorded, sessions};
use quanshengshi_presentations::walk::{Presented, WalkError, Walker};
use serde::Serialize;

use crate::out;

/// One line of the answer.
#[derive(Debug, Serialize)]
struct Line<'a> {
    id: &'a str,
    verdict: &'a str,
    reasons: &'a [&'a str],
    /// Distance of the embeddings; smaller is more alike.
    r#match: Option<f32>,
    frames: usize,
    ms_per_frame: f64,
}

/// Walks every session of a file; whether all of them could be read.
pub(crate) fn capture(file: &Path, json: bool) -> bool {
    match all(file, json) {
        Ok(read) => read,
        Err(error) => {
            eprintln!("qss capture: {error}");
            false
        }
    }
}

fn all(file: &Path, json: bool) -> Result<bool, WalkError> {
    let recorded = sessions(file)?;
    let walker = Walker::load()?;
    let folder = file.parent().unwrap_or(Path::new(""));
    let mut read = true;
    for session in &recorded {
        match walker.present(folder, session) {
            Ok(presented) => tell(session, &presented, json),
            Err(error) => {
                eprintln!("qss capture: {}: {error}", session.id);
                read = false;
                say(
                    &Line {
                        id: &session.id,
                        verdict: "refuse",
                        reasons: &["UNREADABLE"],
                        r#match: None,
                        frames: 0,
                        ms_per_frame: 0.0,
                    },
                    json,
                );
            }
        }
    }
    Ok(read)
}

fn tell(session: &Recorded, presented: &Presented, json: bool) {
    say(
        &Line {
            id: &session.id,
            verdict: presented.verdict.word(),
            reasons: &presented.reasons,
            r#match: presented.distance,
            frames: presented.frames,
            ms_per_frame: (presented.ms_per_frame * 1000.0).round() / 1000.0,
        },
        json,
    );
}

fn say(line: &Line<'_>, json: bool) {
    if json {
        match serde_json::to_string(line) {
            Ok(text) => out::line(text),
            Err(error) => eprintln!("qss capture: {error}"),
        }
    } else {
        let reasons = line.reasons.join(" ");
        out::line(format_args!("{:28} {:7} {reasons}", line.id, line.verdict));
    }
}
