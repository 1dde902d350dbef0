//! A file of sessions and the clips it names.

use std::path::{Path, PathBuf};

use quanshengshi_frame::rgb::Rgb;
use quanshengshi_frame::still::{self, StillError};
use quanshengshi_protocol::prompt::Prompt;
use serde::Deserialize;

/// Frames a second of a clip that does not say so.
const USUAL_FPS: f64 = 15.0;

/// Why a session or a clip cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum RecordedError {
    /// A file cannot be read.
    #[error("{}: {source}", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A file is not the expected JSON.
    #[error("{}: {source}", path.display())]
    Json {
        /// Which.
        path: PathBuf,
        /// Why.
        source: serde_json::Error,
    },
    /// A picture cannot be decoded.
    #[error("{}: {source}", path.display())]
    Picture {
        /// Which.
        path: PathBuf,
        /// Why.
        source: StillError,
    },
    /// A session asks for something no challenge can ask for.
    #[error("there is no prompt {0:?}")]
    Prompt(String),
    /// A folder without pictures.
    #[error("{}: no pictures", .0.display())]
    Empty(PathBuf),
    /// A clip whose frames a second are no positive number.
    #[error("{}: frames a second must be between 1 and 240", .0.display())]
    Rate(PathBuf),
}

/// One presentation.
#[derive(Debug, Clone, Deserialize)]
pub struct Recorded {
    /// Its name.
    pub id: String,
    /// `live` or `attack`; only measurements read it.
    #[serde(default)]
    pub label: String,
    /// The attack instrument; only measurements read it.
    #[serde(default)]
    pub attack: Option<String>,
    /// Whose photo is enrolled; only measurements read it.
    #[serde(default)]
    pub person: String,
    /// The enrolled photo, from the folder of the file.
    pub id_photo: PathBuf,
    /// What was asked and what was shown.
    pub steps: Vec<RecordedStep>,
}

/// One prompt and the clip shown for it.
#[derive(Debug, Clone, Deserialize)]
pub struct RecordedStep {
    /// The prompt's word.
    pub prompt: String,
    /// Folder of the clip, from the folder of the file.
    pub clip: PathBuf,
}

/// Pictures and the time from one to the next.
#[derive(Debug, Clone)]
pub struct Clip {
    /// In order of time.
    pub pictures: Vec<Rgb>,
    /// Frames a second.
    pub fps: f64,
}

/// Reads the sessions of a file.
///
/// # Errors
/// [`RecordedError::File`], [`RecordedError::Json`].
pub fn sessions(file: &Path) -> Result<Vec<Recorded>, RecordedError> {
    json(file)
}

/// The word of a prompt in files of sessions.
pub const fn word(prompt: Prompt) -> &'static str {
    match prompt {
        Prompt::TurnLeft => "turn_left",
        Prompt::TurnRight => "turn_right",
        Prompt::OpenMouth => "open_mouth",
        Prompt::Nod => "nod",
        Prompt::LookStraight => "neutral",
        Prompt::ComeCloser => "come_closer",
        Prompt::Blink => "blink",
    }
}

impl Recorded {
    /// The prompts, in order.
    ///
    /// # Errors
    /// [`RecordedError::Prompt`].
    pub fn prompts(&self) -> Result<Vec<Prompt>, RecordedError> {
        let known = |step: &RecordedStep| {
            Prompt::ALL
                .into_iter()
                .find(|prompt| word(*prompt) == step.prompt)
                .ok_or_else(|| RecordedError::Prompt(step.prompt.clone()))
        };
        self.steps.iter().map(known).collect()
    }

    /// The clips shown, in order.
    ///
    /// # Errors
    /// Those of [`Clip::open`].
    pub fn clips(&self, folder: &Path) -> Result<Vec<Clip>, RecordedError> {
        self.steps
            .iter()
            .map(|step| Clip::open(&folder.join(&step.clip)))
            .collect()
    }
}

impl Clip {
    /// Reads a folder of numbered JPEG files; frames a second from its `truth.json`.
    ///
    /// # Errors
    /// Every [`RecordedError`] but the one of prompts.
    pub fn open(folder: &Path) -> Result<Self, RecordedError> {
        #[derive(Deserialize)]
        struct Truth {
            fps: f64,
        }
        let unreadable = |source| RecordedError::File {
            path: folder.to_owned(),
            source,
        };
        let mut paths = std::fs::read_dir(folder)
            .and_then(|entries| {
                entries
                    .map(|entry| entry.map(|entry| entry.path()))
                    .collect::<Result<Vec<_>, _>>()
            })
            .map_err(unreadable)?;
        paths.retain(|path| path.extension().is_some_and(|kind| kind == "jpg"));
        paths.sort();
        if paths.is_empty() {
            return Err(RecordedError::Empty(folder.to_owned()));
        }
        let truth = folder.join("truth.json");
        let fps = if truth.exists() {
            json::<Truth>(&truth)?.fps
        } else {
            USUAL_FPS
        };
        if !(1.0..=240.0).contains(&fps) {
            return Err(RecordedError::Rate(folder.to_owned()));
        }
        let pictures = paths.iter().map(|path| picture(path));
        Ok(Self {
            pictures: pictures.collect::<Result<_, _>>()?,
            fps,
        })
    }
}

/// Bytes of a file.
///
/// # Errors
/// [`RecordedError::File`].
pub fn bytes(path: &Path) -> Result<Vec<u8>, RecordedError> {
    std::fs::read(path).map_err(|source| RecordedError::File {
        path: path.to_owned(),
        source,
    })
}

/// One decoded picture.
///
/// # Errors
/// [`RecordedError::File`], [`RecordedError::Picture`].
pub fn picture(path: &Path) -> Result<Rgb, RecordedError> {
    still::decode(&bytes(path)?).map_err(|source| RecordedError::Picture {
        path: path.to_owned(),
        source,
    })
}

/// The JSON of a file.
///
/// # Errors
/// [`RecordedError::File`], [`RecordedError::Json`].
pub fn json<T: for<'de> Deserialize<'de>>(path: &Path) -> Result<T, RecordedError> {
    serde_json::from_slice(&bytes(path)?).map_err(|source| RecordedError::Json {
        path: path.to_owned(),
        source,
    })
}
