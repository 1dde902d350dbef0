//! What stands in place of a phone's two cameras: recorded people, or the camera of this machine.

pub(crate) mod clips;
#[cfg(feature = "camera")]
pub(crate) mod webcam;

use std::fmt::Debug;
use std::sync::Arc;

use quanshengshi::cancel::CancelToken;
use quanshengshi::capture::{Capture, FaceGuidance, FacePrompt};
use quanshengshi::error::QssError;
use quanshengshi::handset::Handset;
use quanshengshi::scanner::{ScanGuidance, Scanner};
use quanshengshi_frame::rgb::Rgb;

use crate::pixels::layout;

/// The core's word for a capture that was not finished.
const UNFINISHED: &str = "CAPTURE_UNFINISHED";
/// Milliseconds of pictures after which whoever stands there is taken to be stuck.
const PATIENCE_MS: u64 = 180_000;
/// Milliseconds the scanner may take for a picture: that of a camera comes every 33.
const SCAN_BUDGET_MS: u32 = 25;

/// What a camera is opened for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    /// A phone's rear camera.
    Code,
    /// A phone's front camera.
    Face,
}

/// Why there is no picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CameraTrouble {
    /// The folder holds no clips.
    NoClips,
    /// This machine has no camera.
    #[cfg_attr(not(feature = "camera"), expect(dead_code, reason = "of webcams"))]
    Missing,
    /// It cannot be opened, or gives no pictures any more.
    #[cfg_attr(
        not(any(feature = "camera", test)),
        expect(dead_code, reason = "of webcams")
    )]
    Busy,
}

/// A camera, open or not.
pub(crate) trait Camera: Debug + Send + Sync {
    /// Whether a code can be held before it; recorded people hold none.
    fn sees_codes(&self) -> bool;

    /// Whether it counts as built into the phone: recorded people stand before the sample portal's
    /// phone (decision record 45), a webcam says what it is.
    fn is_built_in(&self) -> bool;

    /// Opens it; it is at work until the eye is dropped.
    fn open(&self, side: Side) -> Result<Box<dyn Eye>, CameraTrouble>;
}

/// A camera at work.
pub(crate) trait Eye {
    /// The next picture, which is waited for, and its time in milliseconds.
    fn next_picture(&mut self) -> Result<(&Rgb, u64), CameraTrouble>;

    /// Tells whoever stands before it what is asked. Living people read it.
    fn ask(&mut self, _prompt: FacePrompt) {}
}

/// Why something before a camera came to no end.
#[derive(Debug)]
pub(crate) enum Stopped {
    Camera(CameraTrouble),
    Core(QssError),
}

impl From<CameraTrouble> for Stopped {
    fn from(trouble: CameraTrouble) -> Self {
        Self::Camera(trouble)
    }
}

impl From<QssError> for Stopped {
    fn from(error: QssError) -> Self {
        Self::Core(error)
    }
}

/// Offers pictures until the capture is finished, failed or cancelled; each guidance and picture is told.
pub(crate) fn perform(
    eye: &mut dyn Eye,
    capture: &Capture,
    cancel: &Arc<CancelToken>,
    mut tell: impl FnMut(FaceGuidance, &Rgb),
) -> Result<bool, Stopped> {
    while !cancel.is_cancelled() {
        let (picture, t_ms) = eye.next_picture()?;
        if t_ms > PATIENCE_MS {
            let code = UNFINISHED.to_owned();
            return Err(QssError::NewAttempt { code }.into());
        }
        let guidance = capture.offer(&picture.pixels, layout(picture), t_ms)?;
        tell(guidance.clone(), picture);
        match guidance {
            FaceGuidance::Finished => return Ok(true),
            FaceGuidance::Failed { .. } => return Ok(false),
            FaceGuidance::Do { prompt, .. } => eye.ask(prompt),
            _ => {}
        }
    }
    Ok(false)
}

/// What the scanner saw in a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Sight {
    /// Nothing that can be read, and what would help.
    Nothing(Option<ScanGuidance>),
    /// A code of somebody else: the core's word for it.
    NotOurs(String),
}

/// Looks until a code of the portal is seen; none when the screen was left. Each picture is told, with what
/// was seen in it.
pub(crate) fn watch(
    eye: &mut dyn Eye,
    handset: &Handset,
    cancel: &Arc<CancelToken>,
    mut tell: impl FnMut(Sight, &Rgb),
) -> Result<Option<String>, Stopped> {
    let scanner = Scanner::new();
    while !cancel.is_cancelled() {
        let (picture, t_ms) = eye.next_picture()?;
        let seen = layout(picture);
        let glance = scanner.look(&picture.pixels, seen, t_ms, SCAN_BUDGET_MS)?;
        let mut sight = Sight::Nothing(glance.guidance);
        for code in glance.codes {
            match handset.read_code(&code.text) {
                Ok(_) => return Ok(Some(code.text)),
                Err(error) => sight = Sight::NotOurs(error.code().to_owned()),
            }
        }
        tell(sight, picture);
    }
    Ok(None)
}
