//! One presentation through phone and portal.

use std::path::Path;
use std::time::Instant;

use quanshengshi_appraisal::appraiser::{Appraiser, Case};
use quanshengshi_appraisal::channel::Device;
use quanshengshi_appraisal::cue::Measured;
use quanshengshi_appraisal::engine::NetworkError;
use quanshengshi_appraisal::finding::Finding;
use quanshengshi_appraisal::policy::{Policy, PolicyError};
use quanshengshi_face::liveness::guidance::{Failure, Guidance};
use quanshengshi_face::liveness::session::LivenessSession;
use quanshengshi_face::network::Networks;
use quanshengshi_frame::frame::{Frame, FrameError, FrameShape, PixelFormat};
use quanshengshi_frame::rgb::Rgb;
use quanshengshi_frame::still::StillError;
use quanshengshi_protocol::camera::Camera;
use quanshengshi_protocol::challenge::{CaptureLimits, Challenge, PromptStep};
use quanshengshi_protocol::evidence::EvidenceHeader;
use quanshengshi_protocol::ids::{ChallengeId, DeviceId, Digest, EvidenceId, Nonce, TaskId};
use quanshengshi_protocol::prompt::Prompt;
use quanshengshi_protocol::refusal::RefusalCode;

use crate::recorded::{Clip, Recorded, RecordedError, bytes};

/// Time for each prompt in milliseconds.
const WINDOW_MS: u32 = 6_000;
/// Time for a blink, which may be left out.
const BLINK_MS: u32 = 2_500;

/// Why a presentation cannot be walked.
#[derive(Debug, thiserror::Error)]
pub enum WalkError {
    /// It cannot be read.
    #[error(transparent)]
    Recorded(#[from] RecordedError),
    /// The policy cannot be read.
    #[error(transparent)]
    Policy(#[from] PolicyError),
    /// A picture is no camera frame.
    #[error("a picture is no camera frame: {0}")]
    Frame(#[from] FrameError),
    /// A picture cannot be written down or read back.
    #[error("a picture cannot be changed: {0}")]
    Still(#[from] StillError),
    /// The embedding network failed: says nothing about the presentation.
    #[error("the appraisal failed: {0}")]
    Network(#[from] NetworkError),
}

/// What a presentation came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// Approved.
    Pass,
    /// Not this time: the person may try again.
    Retry,
    /// People decide.
    Review,
    /// Not a living person, not the person of the photo, or evidence that does not hold.
    Refuse,
}

impl Verdict {
    /// The word for reports.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Retry => "retry",
            Self::Review => "review",
            Self::Refuse => "refuse",
        }
    }

    fn of(finding: Finding) -> Self {
        match finding {
            Finding::Approved(_) => Self::Pass,
            Finding::Review(_) => Self::Review,
            Finding::Retry(code) => Self::of_code(code),
        }
    }

    const fn of_code(code: RefusalCode) -> Self {
        use RefusalCode as Code;
        match code {
            Code::LivenessStatic
            | Code::LivenessSwapped
            | Code::FaceMismatch
            | Code::DeviceUntrusted
            | Code::EvidenceReplayed
            | Code::EvidenceDigest
            | Code::EvidenceMalformed => Self::Refuse,
            _ => Self::Retry,
        }
    }
}

/// What came of a presentation, and what it rests on.
#[derive(Debug, Clone)]
pub struct Presented {
    /// The verdict.
    pub verdict: Verdict,
    /// Codes, then words of cues that were doubts.
    pub reasons: Vec<&'static str>,
    /// Distance between the enrolled photo and the neutral still, when it came to that.
    pub distance: Option<f32>,
    /// Frames offered.
    pub frames: usize,
    /// Wall milliseconds the session took for a frame, decoding left out.
    pub ms_per_frame: f64,
    /// Whether the session found a face good enough to begin with.
    pub responded: bool,
    /// Whether the phone itself let the capture through.
    pub captured: bool,
    /// What was measured.
    pub cues: Vec<Measured>,
    /// The pictures sent, JPEG: neutral, then each prompt's peak and strip; none when the phone sent
    /// nothing.
    pub pictures: Vec<Vec<u8>>,
    /// Small frames of each prompt, for finding the peaks among the pictures.
    pub strips: Vec<usize>,
}

/// Phone and portal, loaded once.
pub struct Walker {
    pub(crate) networks: Networks,
    pub(crate) appraiser: Appraiser,
}

impl Walker {
    /// Loads all networks, with the policy for rendered persons.
    ///
    /// # Errors
    /// [`WalkError::Policy`], [`WalkError::Network`].
    pub fn load() -> Result<Self, WalkError> {
        Ok(Self {
            networks: Networks::load(),
            appraiser: Appraiser::load(Policy::parse(Policy::RENDERED)?)?,
        })
    }

    /// The portal's judge.
    pub fn appraiser(&self) -> &Appraiser {
        &self.appraiser
    }

    /// The phone's networks.
    pub fn networks(&self) -> &Networks {
        &self.networks
    }

    /// Walks one presentation of a file in this folder.
    ///
    /// # Errors
    /// [`WalkError`]; whatever the pictures show is no error.
    pub fn present(&self, folder: &Path, recorded: &Recorded) -> Result<Presented, WalkError> {
        let challenge = challenge(&recorded.id, &recorded.prompts()?);
        let photo = bytes(&folder.join(&recorded.id_photo))?;
        let clips = recorded.clips(folder)?;
        self.capture(&challenge, &photo, &clips)
    }

    /// Offers the clips one after the other and has the evidence judged.
    ///
    /// # Errors
    /// [`WalkError::Frame`], [`WalkError::Network`].
    pub fn capture(
        &self,
        challenge: &Challenge,
        photo: &[u8],
        clips: &[Clip],
    ) -> Result<Presented, WalkError> {
        self.capture_from(challenge, photo, clips, false)
    }

    /// The same from a camera that delivers mirror images and says so.
    ///
    /// # Errors
    /// [`WalkError::Frame`], [`WalkError::Network`].
    pub fn capture_from(
        &self,
        challenge: &Challenge,
        photo: &[u8],
        clips: &[Clip],
        mirrored: bool,
    ) -> Result<Presented, WalkError> {
        let mut session = LivenessSession::new(challenge);
        let (mut frames, mut at_ms, mut spent) = (0, 0.0, 0.0);
        let (mut last, mut responded, mut asked) = (None, false, None);
        'clips: for clip in clips {
            for picture in &clip.pictures {
                let frame = frame_of(picture, at_ms as u64, mirrored)?;
                let start = Instant::now();
                let guidance = session.offer(&self.networks, &frame);
                spent += start.elapsed().as_secs_f64() * 1000.0;
                frames += 1;
                at_ms += 1000.0 / clip.fps;
                let Ok(guidance) = guidance else { continue };
                responded |= !matches!(guidance, Guidance::Improve(_));
                if let Guidance::Do { prompt, .. } | Guidance::ComeBack { prompt, .. } = guidance {
                    asked = Some(prompt);
                }
                last = Some(guidance);
                if matches!(guidance, Guidance::Finished | Guidance::Failed(_)) {
                    break 'clips;
                }
            }
        }
        let presented = |verdict, reasons| Presented {
            verdict,
            reasons,
            distance: None,
            frames,
            ms_per_frame: spent / f64::max(frames as f64, 1.0),
            responded,
            captured: false,
            cues: Vec::new(),
            pictures: Vec::new(),
            strips: Vec::new(),
        };
        let Ok(evidence) = session.finish() else {
            let code = unfinished(last, asked);
            return Ok(presented(Verdict::of_code(code), vec![code.code()]));
        };
        let header = evidence.header(EvidenceId::from_bytes([9; 16]), Camera::Front);
        let judged = self.judge(challenge, &header, evidence.pictures(), photo)?;
        Ok(Presented {
            captured: true,
            strips: header.spans.iter().map(|span| span.strip.len()).collect(),
            pictures: evidence.into_pictures(),
            ..judged.with(presented(judged.verdict, Vec::new()))
        })
    }

    /// What the portal says of evidence.
    pub(crate) fn judge(
        &self,
        challenge: &Challenge,
        header: &EvidenceHeader,
        pictures: &[Vec<u8>],
        photo: &[u8],
    ) -> Result<Presented, WalkError> {
        let examination = self.appraiser.examine(Case {
            header,
            pictures,
            challenge,
            reference_photo: Some(photo),
            device: Device::default(),
        })?;
        let policy = self.appraiser.policy();
        let doubts = examination
            .cues
            .iter()
            .filter(|measured| measured.doubt(policy).is_some())
            .map(|measured| measured.cue.word());
        let code = examination.finding.reason().map(RefusalCode::code);
        Ok(Presented {
            verdict: Verdict::of(examination.finding),
            reasons: code.into_iter().chain(doubts).collect(),
            distance: examination.distance,
            frames: header.links.len(),
            ms_per_frame: 0.0,
            responded: true,
            captured: false,
            cues: examination.cues,
            pictures: Vec::new(),
            strips: Vec::new(),
        })
    }
}

impl Presented {
    /// The portal's part of this with the phone's part of another.
    fn with(&self, phone: Self) -> Self {
        Self {
            verdict: self.verdict,
            reasons: self.reasons.clone(),
            distance: self.distance,
            cues: self.cues.clone(),
            ..phone
        }
    }
}

/// The code of a capture that did not finish.
fn unfinished(last: Option<Guidance>, asked: Option<Prompt>) -> RefusalCode {
    match last {
        Some(Guidance::Failed(failure)) => failure.code(),
        Some(Guidance::Improve(complaint)) => complaint.code(),
        // The recording ended before the window did.
        _ => asked.map_or(RefusalCode::LivenessTimeout, |prompt| {
            Failure::Missed(prompt).code()
        }),
    }
}

/// A picture as a camera frame.
///
/// # Errors
/// [`FrameError`].
pub fn frame(picture: &Rgb, t_ms: u64) -> Result<Frame<'_>, FrameError> {
    frame_of(picture, t_ms, false)
}

fn frame_of(picture: &Rgb, t_ms: u64, mirrored: bool) -> Result<Frame<'_>, FrameError> {
    let shape = FrameShape {
        mirrored,
        ..FrameShape::dense(picture.width, picture.height, PixelFormat::Rgb8)
    };
    Frame::new(&picture.pixels, shape, t_ms)
}

/// The challenge that asks for these prompts, bound to a name.
pub fn challenge(name: &str, prompts: &[Prompt]) -> Challenge {
    let step = |prompt: &Prompt| PromptStep {
        prompt: *prompt,
        window_ms: if prompt.is_extra() {
            BLINK_MS
        } else {
            WINDOW_MS
        },
    };
    Challenge {
        id: ChallengeId::from_bytes([1; 16]),
        task: TaskId::from_bytes([2; 16]),
        device: DeviceId::from_bytes([3; 16]),
        nonce: Nonce::from_bytes(*Digest::of(name.as_bytes()).as_bytes()),
        transaction: Digest::of(b"transaction"),
        steps: prompts.iter().map(step).collect(),
        total_ms: 60_000,
        attempt: 1,
        attempts: 3,
        limits: CaptureLimits::default(),
        issued_at_ms: 0,
        expires_at_ms: 90_000,
    }
}
