//! The camera of this machine, for codes and faces.

use quanshengshi_frame::rgb::Rgb;

use crate::webcam::{Webcam, WebcamError};
use crate::window::camera::{Camera, CameraTrouble, Eye, Side};

/// Pictures in a row that may arrive damaged before the camera counts as lost: over USB one may.
const DAMAGED: usize = 10;

/// The first camera of this machine.
#[derive(Debug, Clone, Copy)]
pub(crate) struct LiveCamera;

impl Camera for LiveCamera {
    fn sees_codes(&self) -> bool {
        true
    }

    fn is_built_in(&self) -> bool {
        false
    }

    fn open(&self, _side: Side) -> Result<Box<dyn Eye>, CameraTrouble> {
        Ok(Box::new(Live {
            webcam: Webcam::open()?,
            seen: Rgb {
                width: 0,
                height: 0,
                pixels: Vec::new(),
            },
        }))
    }
}

/// It at work, and what it saw last.
struct Live {
    webcam: Webcam,
    seen: Rgb,
}

impl Eye for Live {
    fn next_picture(&mut self) -> Result<(&Rgb, u64), CameraTrouble> {
        for _ in 0..DAMAGED {
            match self.webcam.frame() {
                Ok((picture, t_ms)) => {
                    self.seen = picture;
                    return Ok((&self.seen, t_ms));
                }
                Err(WebcamError::Still(_) | WebcamError::Pixels(_)) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Err(CameraTrouble::Busy)
    }
}

impl From<WebcamError> for CameraTrouble {
    fn from(error: WebcamError) -> Self {
        match error {
            WebcamError::Missing => Self::Missing,
            WebcamError::Busy(_)
            | WebcamError::Lost(_)
            | WebcamError::Still(_)
            | WebcamError::Pixels(_) => Self::Busy,
        }
    }
}
