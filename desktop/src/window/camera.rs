//! What stands in place of a phone's front camera: a folder of clips, one folder an act, as
//! `tests/fixtures/people/p01`. The person in them follows the prompts.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use quanshengshi::cancel::CancelToken;
use quanshengshi::capture::{Capture, FaceGuidance};
use quanshengshi::error::QssError;
use quanshengshi_frame::rgb::Rgb;
use quanshengshi_scenes::clips::performer::{Performer, STEP_MS};

use crate::demo::phone::{PATIENCE, act};
use crate::pixels::layout;

/// The core's word for a capture that was not finished.
const UNFINISHED: &str = "CAPTURE_UNFINISHED";

/// The camera of this machine.
#[derive(Debug, Clone)]
pub(crate) struct ClipCamera {
    pub(crate) folder: PathBuf,
    /// Whether frames come as fast as they were recorded; a test does not wait.
    pub(crate) real_time: bool,
}

impl ClipCamera {
    /// A camera over a folder, as fast as it was recorded.
    pub(crate) fn new(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
            real_time: true,
        }
    }

    /// The person before it; none when the folder holds no clips.
    pub(crate) fn person(&self) -> Option<Performer> {
        let performer = Performer::open(&self.folder).ok()?;
        // Sensor noise of its own in every capture: a camera never delivers the same bytes twice.
        let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
        let seed = since.map_or(1, |since| since.subsec_nanos());
        Some(performer.before_camera(u64::from(seed)))
    }

    /// Offers frames until the capture is finished, failed or cancelled; each guidance and picture is told.
    pub(crate) fn perform(
        &self,
        mut person: Performer,
        capture: &Capture,
        cancel: &Arc<CancelToken>,
        mut tell: impl FnMut(FaceGuidance, &Rgb),
    ) -> Result<bool, QssError> {
        for _ in 0..PATIENCE {
            if cancel.is_cancelled() {
                return Ok(false);
            }
            let (frame, t_ms) = person.next_frame();
            let guidance = capture.offer(&frame.pixels, layout(frame), t_ms)?;
            tell(guidance.clone(), frame);
            match guidance {
                FaceGuidance::Finished => return Ok(true),
                FaceGuidance::Failed { .. } => return Ok(false),
                FaceGuidance::Do { prompt, .. } => {
                    // A person without the clip does nothing, and the core says so in its time.
                    let _ = person.perform(act(prompt));
                }
                _ => {}
            }
            if self.real_time {
                std::thread::sleep(Duration::from_millis(STEP_MS));
            }
        }
        let code = UNFINISHED.to_owned();
        Err(QssError::NewAttempt { code })
    }
}
