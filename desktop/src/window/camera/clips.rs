//! Recorded people: a folder of clips, one folder an act, as `tests/fixtures/people/p01`. They follow the
//! prompts.

use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use quanshengshi::capture::FacePrompt;
use quanshengshi_frame::rgb::Rgb;
use quanshengshi_scenes::clips::performer::{Performer, STEP_MS};

use crate::demo::phone::act;
use crate::window::camera::{Camera, CameraTrouble, Eye, Side};

/// A folder of clips.
#[derive(Debug, Clone)]
pub(crate) struct ClipCamera {
    folder: PathBuf,
    /// Whether pictures come as fast as they were recorded; a test does not wait.
    real_time: bool,
}

impl ClipCamera {
    /// A camera over a folder, as fast as it was recorded.
    pub(crate) fn new(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
            real_time: true,
        }
    }

    /// The same, as fast as it is looked at.
    #[cfg(test)]
    pub(crate) fn without_waiting(folder: &Path) -> Self {
        Self {
            real_time: false,
            ..Self::new(folder)
        }
    }
}

impl Camera for ClipCamera {
    fn sees_codes(&self) -> bool {
        false
    }

    fn is_built_in(&self) -> bool {
        true
    }

    fn open(&self, _side: Side) -> Result<Box<dyn Eye>, CameraTrouble> {
        let performer = Performer::open(&self.folder).map_err(|_| CameraTrouble::NoClips)?;
        // Sensor noise of its own in every capture: a camera never delivers the same bytes twice.
        let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
        let seed = since.map_or(1, |since| since.subsec_nanos());
        Ok(Box::new(Person {
            performer: performer.before_camera(u64::from(seed)),
            pause: self.real_time.then(|| Duration::from_millis(STEP_MS)),
        }))
    }
}

/// A recorded person.
struct Person {
    performer: Performer,
    pause: Option<Duration>,
}

impl Eye for Person {
    fn next_picture(&mut self) -> Result<(&Rgb, u64), CameraTrouble> {
        if let Some(pause) = self.pause {
            std::thread::sleep(pause);
        }
        Ok(self.performer.next_frame())
    }

    fn ask(&mut self, prompt: FacePrompt) {
        // A person without the clip does nothing, and the core says so in its time.
        let _ = self.performer.perform(act(prompt));
    }
}
