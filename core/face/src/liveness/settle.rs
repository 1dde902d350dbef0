//! Waiting for a good, still, neutral face.

use crate::liveness::colours::Colours;
use crate::liveness::evidence::Kept;
use crate::liveness::movement::Neutral;
use crate::pose::Pose;
use crate::tracker::Face;

/// The face must hold still for so long, in milliseconds.
const HOLD_MS: u64 = 600;
/// And for at least so many frames.
const HOLD_FRAMES: usize = 6;
/// Degrees by which the head may move meanwhile.
const STILL_DEGREES: f32 = 4.0;
/// The mouth is closed below this ratio.
const CLOSED_MOUTH: f32 = 0.25;

/// One unbroken run of neutral frames.
#[derive(Debug)]
pub(super) struct Settling {
    poses: Vec<Pose>,
    mouths: Vec<f32>,
    openings: Vec<f32>,
    start_ms: u64,
    still: Option<(Kept, Neutral, f32)>,
}

impl Settling {
    /// A run that begins at this time, in milliseconds.
    pub(super) fn start(t_ms: u64) -> Self {
        Self {
            poses: Vec::new(),
            mouths: Vec::new(),
            openings: Vec::new(),
            start_ms: t_ms,
            still: None,
        }
    }

    /// Whether a face continues the run.
    pub(super) fn continues(&self, face: &Face) -> bool {
        let first = self.poses.first().copied().unwrap_or(face.pose);
        face.mouth < CLOSED_MOUTH
            && (face.pose.yaw - first.yaw).abs() < STILL_DEGREES
            && (face.pose.pitch - first.pitch).abs() < STILL_DEGREES
    }

    /// Adds a face to the run. The still with the widest open eyes is kept: nobody is asked to
    /// open theirs, but a still in the middle of a blink compares badly with a photo.
    pub(super) fn add(&mut self, colours: &Colours<'_>, face: &Face, frame: u32) {
        self.poses.push(face.pose);
        self.mouths.push(face.mouth);
        let opening = face.eyes.map_or(0.0, |eyes| eyes.mean());
        self.openings.push(opening);
        if self.still.as_ref().is_none_or(|(.., best)| opening > *best) {
            self.still = Some((Kept::still(frame, colours), Neutral::of(face), opening));
        }
    }

    /// How much of the holding is done, 0 to 1.
    pub(super) fn progress(&self, t_ms: u64) -> f32 {
        let time = t_ms.saturating_sub(self.start_ms) as f32 / HOLD_MS as f32;
        let frames = self.poses.len() as f32 / HOLD_FRAMES as f32;
        time.min(frames).min(1.0)
    }

    /// The neutral still and pose, once the face has held still for long enough.
    pub(super) fn settled(&self, t_ms: u64) -> Option<(Kept, Neutral)> {
        if self.progress(t_ms) < 1.0 {
            return None;
        }
        let (kept, neutral, _) = self.still.as_ref()?;
        let count = self.poses.len() as f32;
        let mean = |part: fn(&Pose) -> f32| self.poses.iter().map(part).sum::<f32>() / count;
        let pose = Pose {
            yaw: mean(|pose| pose.yaw),
            pitch: mean(|pose| pose.pitch),
            roll: mean(|pose| pose.roll),
        };
        let mouth = self.mouths.iter().sum::<f32>() / count;
        // The upper quarter: a blink while holding still does not count against the open eye.
        let mut openings = self.openings.clone();
        openings.sort_by(f32::total_cmp);
        let eyes = openings.get(openings.len() * 3 / 4).copied();
        Some((
            kept.clone(),
            Neutral {
                pose,
                mouth,
                eyes,
                mesh: neutral.mesh.clone(),
            },
        ))
    }
}
