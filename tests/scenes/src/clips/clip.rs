//! One recorded clip.

use std::path::{Path, PathBuf};

use quanshengshi_frame::rgb::Rgb;
use quanshengshi_frame::still::{self, StillError};

/// Why a clip cannot be played.
#[derive(Debug, thiserror::Error)]
pub enum ClipError {
    /// A folder or file that cannot be read.
    #[error("{} cannot be read", path.display())]
    Unreadable {
        /// The folder or file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A frame that is no picture.
    #[error("{} is no picture", path.display())]
    NoPicture {
        /// The frame.
        path: PathBuf,
        /// Why.
        source: StillError,
    },
    /// A folder without frames.
    #[error("{} holds no frames", path.display())]
    Empty {
        /// The folder.
        path: PathBuf,
    },
    /// A prompt this person has no clip for.
    #[error("no clip named {name}")]
    UnknownClip {
        /// The name asked for.
        name: String,
    },
}

/// The frames of a clip, in order, with the time between them.
#[derive(Debug, Clone, PartialEq)]
pub struct Clip {
    pictures: Vec<Rgb>,
    frame_ms: f64,
}

impl Clip {
    /// Reads `0000.jpg`, `0001.jpg` and so on from a folder recorded at so many frames a second.
    ///
    /// # Errors
    /// [`ClipError::Unreadable`], [`ClipError::NoPicture`], or [`ClipError::Empty`] when the
    /// folder has no such file.
    pub fn open(folder: &Path, frames_per_second: f64) -> Result<Self, ClipError> {
        let unreadable = |path: &Path| {
            let path = path.to_owned();
            move |source| ClipError::Unreadable { path, source }
        };
        let mut files = Vec::new();
        for entry in std::fs::read_dir(folder).map_err(unreadable(folder))? {
            let path = entry.map_err(unreadable(folder))?.path();
            if is_frame(&path) {
                files.push(path);
            }
        }
        files.sort();
        if files.is_empty() {
            return Err(ClipError::Empty {
                path: folder.to_owned(),
            });
        }
        let pictures = files.iter().map(|path| {
            let bytes = std::fs::read(path).map_err(unreadable(path))?;
            still::decode(&bytes).map_err(|source| ClipError::NoPicture {
                path: path.clone(),
                source,
            })
        });
        Ok(Self {
            pictures: pictures.collect::<Result<_, _>>()?,
            frame_ms: 1000.0 / frames_per_second.clamp(0.1, 1000.0),
        })
    }

    /// The same times with other pictures.
    pub(crate) fn with_pictures(&self, pictures: Vec<Rgb>) -> Self {
        Self {
            pictures,
            frame_ms: self.frame_ms,
        }
    }

    /// The pictures, in order; never empty.
    pub fn pictures(&self) -> &[Rgb] {
        &self.pictures
    }

    /// Each picture with its time in milliseconds from the first.
    pub fn timed(&self) -> impl Iterator<Item = (&Rgb, u64)> {
        let at = |index: usize| (index as f64 * self.frame_ms).round() as u64;
        self.pictures
            .iter()
            .enumerate()
            .map(move |(index, picture)| (picture, at(index)))
    }
}

/// Four digits and `.jpg`: other files of a folder (ground truth, notes) are no frames.
fn is_frame(path: &Path) -> bool {
    let stem = path
        .file_stem()
        .and_then(|stem| stem.to_str())
        .unwrap_or_default();
    let digits = stem.len() == 4 && stem.bytes().all(|byte| byte.is_ascii_digit());
    digits && path.extension().is_some_and(|extension| extension == "jpg")
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// Writes frames of one grey each.
    pub(crate) fn record(folder: &Path, greys: &[u8]) {
        std::fs::create_dir_all(folder).unwrap();
        for (at, grey) in greys.iter().enumerate() {
            let picture = Rgb {
                width: 16,
                height: 16,
                pixels: vec![*grey; 16 * 16 * 3],
            };
            let jpeg = still::encode_jpeg(&picture, 95).unwrap();
            std::fs::write(folder.join(format!("{at:04}.jpg")), jpeg).unwrap();
        }
    }

    pub(crate) fn grey(picture: &Rgb) -> u8 {
        picture.pixels[0] / 10 * 10
    }

    #[test]
    fn frames_come_in_order_with_their_times() {
        let folder = tempfile::tempdir().unwrap();
        record(folder.path(), &[15, 25, 35]);
        std::fs::write(folder.path().join("truth.json"), "{}").unwrap();
        let clip = Clip::open(folder.path(), 12.0).unwrap();
        let played: Vec<_> = clip
            .timed()
            .map(|(picture, at)| (grey(picture), at))
            .collect();
        assert_eq!(played, [(10, 0), (20, 83), (30, 167)]);
    }

    #[test]
    fn folders_without_frames_and_broken_frames_are_typed_errors() {
        let folder = tempfile::tempdir().unwrap();
        let open = || Clip::open(folder.path(), 12.0);
        assert!(matches!(open(), Err(ClipError::Empty { .. })));
        std::fs::write(folder.path().join("0000.jpg"), "no picture").unwrap();
        assert!(matches!(open(), Err(ClipError::NoPicture { .. })));
        let absent = Clip::open(&folder.path().join("absent"), 12.0);
        assert!(matches!(absent, Err(ClipError::Unreadable { .. })));
    }
}
