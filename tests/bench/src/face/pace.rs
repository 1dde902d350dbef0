//! What a frame costs the phone's session.

use std::path::Path;
use std::time::{Duration, Instant};

use quanshengshi_face::liveness::guidance::Guidance;
use quanshengshi_face::liveness::session::LivenessSession;
use quanshengshi_presentations::recorded::sessions;
use quanshengshi_presentations::walk::{WalkError, Walker, challenge, frame};

use crate::clock;

/// Milliseconds a frame over all living sessions, wall and CPU of the thread: everything that a
/// session does with a frame, decoding left out.
pub(crate) fn line(walker: &Walker, folder: &Path) -> Result<String, WalkError> {
    let (mut frames, mut wall, mut cpu) = (0, 0.0, 0.0);
    let living = sessions(&folder.join("sessions.json"))?
        .into_iter()
        .filter(|session| session.attack.is_none());
    for recorded in living {
        let asked = challenge(&recorded.id, &recorded.prompts()?);
        let mut session = LivenessSession::new(&asked);
        let mut at = Duration::ZERO;
        'clips: for clip in recorded.clips(folder)? {
            for picture in &clip.pictures {
                let frame = frame(picture, at.as_millis().try_into().unwrap_or(u64::MAX))?;
                let (start, used) = (Instant::now(), clock::cpu_ms());
                let guidance = session.offer(walker.networks(), &frame);
                cpu += clock::cpu_ms() - used;
                wall += start.elapsed().as_secs_f64() * 1000.0;
                frames += 1;
                at += Duration::from_secs_f64(1.0 / clip.fps);
                if matches!(guidance, Ok(Guidance::Finished | Guidance::Failed(_))) {
                    break 'clips;
                }
            }
        }
    }
    let each = |spent: f64| spent / f64::max(f64::from(frames), 1.0);
    Ok(format!(
        "sessions of living persons: {:.2} ms wall, {:.2} ms CPU a frame over {frames} frames\n",
        each(wall),
        each(cpu)
    ))
}
