//! A phone in a person's hand.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use quanshengshi::capture::{Capture, FaceGuidance, FacePrompt};
use quanshengshi::config::{HandsetConfig, HostPlatform, TextLanguage};
use quanshengshi::error::QssError;
use quanshengshi::frame::{FrameFormat, FrameLayout, FrameRotation};
use quanshengshi::handset::Handset;
use quanshengshi::software::open_software_handset;
use quanshengshi::task::{ConfirmTask, PersonDecision, TaskStage};
use quanshengshi_frame::rgb::Rgb;
use quanshengshi_pc::portal_process::Ready;
use quanshengshi_scenes::clips::performer::Performer;

use crate::ground::people;

/// The person whose face the sample register knows as the legal representative.
pub const REPRESENTATIVE: &str = "p01";
/// Somebody else.
pub const STRANGER: &str = "p09";

/// A phone with keys in software.
pub struct Phone {
    /// The core, as a shell has it.
    pub handset: Arc<Handset>,
    /// Its folder: `data` and `keys`.
    pub folder: PathBuf,
}

/// Captures so far, of all phones: each has noise of its own, for no two cameras deliver the same frames.
static CAPTURES: AtomicU64 = AtomicU64::new(1);

/// What a phone is opened with.
pub fn config(ready: &Ready, root_pem: &str, reached_at: &str, folder: &Path) -> HandsetConfig {
    HandsetConfig {
        data_folder: folder.join("data").to_string_lossy().into_owned(),
        portal_origin: reached_at.to_owned(),
        trusted_origins: vec![ready.origin.clone()],
        roots_pem: root_pem.to_owned(),
        pins: Vec::new(),
        portal_keys: vec![ready.portal_key.clone()],
        seal_roots_pem: ready.seal_roots_pem.clone(),
        platform: HostPlatform::Desktop,
        app_version: "0.1.0".to_owned(),
        language: TextLanguage::Zh,
    }
}

impl Phone {
    pub(crate) fn open(ready: &Ready, root_pem: &str, reached_at: &str, folder: &Path) -> Self {
        let config = config(ready, root_pem, reached_at, folder);
        let handset = open_software_handset(&config, &folder.join("keys")).unwrap();
        Self {
            handset,
            folder: folder.to_owned(),
        }
    }

    /// Reads a code and claims its task.
    ///
    /// # Errors
    /// What the handset says.
    pub async fn claim(&self, code: &str) -> Result<Arc<ConfirmTask>, QssError> {
        let invitation = self.handset.read_code(code)?;
        self.handset.claim(invitation, None).await
    }

    /// Claims and agrees to everything.
    ///
    /// # Errors
    /// What the handset says.
    pub async fn agree(&self, code: &str) -> Result<Arc<ConfirmTask>, QssError> {
        let task = self.claim(code).await?;
        task.answer(PersonDecision::AgreeWithFace, None).await?;
        Ok(task)
    }

    /// A finished capture of a person who follows the prompts.
    pub fn capture(&self, task: &ConfirmTask, person: &str) -> Arc<Capture> {
        let capture = task.begin_capture(true).unwrap();
        let performer = Performer::open(&people().join(person)).unwrap();
        let mut performer = performer.before_camera(CAPTURES.fetch_add(1, Ordering::Relaxed));
        for _ in 0..1500 {
            let (frame, t_ms) = performer.next_frame();
            match capture.offer(&frame.pixels, layout(frame), t_ms).unwrap() {
                FaceGuidance::Do { prompt, .. } => performer.perform(act(prompt)).unwrap(),
                FaceGuidance::Finished => return capture,
                FaceGuidance::Failed { code } => panic!("{person} failed: {code}"),
                _ => {}
            }
        }
        panic!("{person} was never finished");
    }

    /// Sends a person's capture.
    ///
    /// # Errors
    /// What the handset says.
    pub async fn prove(&self, task: &ConfirmTask, person: &str) -> Result<TaskStage, QssError> {
        task.confirm(self.capture(task, person), None).await
    }

    /// Proves with the right face, and insists on the approval.
    pub async fn approve(&self, task: &ConfirmTask) {
        let stage = self.prove(task, REPRESENTATIVE).await.unwrap();
        assert!(matches!(stage, TaskStage::Approved { .. }), "{stage:?}");
    }
}

/// How upright, dense colours are laid out.
pub fn layout(picture: &Rgb) -> FrameLayout {
    FrameLayout {
        width: picture.width,
        height: picture.height,
        stride: picture.width * 3,
        format: FrameFormat::Rgb8,
        rotation: FrameRotation::Upright,
        mirrored: false,
    }
}

fn act(prompt: FacePrompt) -> &'static str {
    match prompt {
        FacePrompt::TurnLeft => "turn_left",
        FacePrompt::TurnRight => "turn_right",
        FacePrompt::OpenMouth => "open_mouth",
        FacePrompt::Nod => "nod",
        FacePrompt::LookStraight => "neutral",
        FacePrompt::ComeCloser => "come_closer",
        FacePrompt::Blink => "blink",
    }
}
