//! A challenge walked through: frames in, guidance out, evidence at the end.
//!
//! [`session`] is what a shell talks to. It waits for a good, still, neutral face (`settle`; no
//! clock runs yet), then shows one prompt after the other (`step`) and judges each [`movement`]
//! against the person's own neutral pose. Every frame from the start of the neutral pose on goes
//! into the digest chain. What is kept in pixels is little: a neutral still, and for each prompt a
//! still at its peak and at most six small frames from before the movement to after it.
//! [`evidence`] can only come out of a finished session. [`signals`] counts blinks and openings in a
//! recording.
//!
//! A folder of pictures as the camera: after each prompt's clip the person is back at neutral, so
//! clips can be fed one after the other, in the order of the challenge.
//!
//! ```
//! use quanshengshi_face::liveness::guidance::Guidance;
//! use quanshengshi_face::liveness::session::LivenessSession;
//! use quanshengshi_face::network::Networks;
//! use quanshengshi_frame::frame::{Frame, FrameShape, PixelFormat};
//! use quanshengshi_frame::still;
//! use quanshengshi_protocol::challenge::{CaptureLimits, Challenge, PromptStep};
//! use quanshengshi_protocol::ids::{ChallengeId, DeviceId, Digest, Nonce, TaskId};
//! use quanshengshi_protocol::prompt::Prompt;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let challenge = Challenge {
//! #     id: ChallengeId::from_bytes([1; 16]),
//! #     task: TaskId::from_bytes([2; 16]),
//! #     device: DeviceId::from_bytes([3; 16]),
//! #     nonce: Nonce::from_bytes([4; 32]),
//! #     transaction: Digest::from_bytes([5; 32]),
//! #     steps: vec![PromptStep { prompt: Prompt::TurnLeft, window_ms: 6000 }],
//! #     total_ms: 60_000,
//! #     attempt: 1,
//! #     attempts: 3,
//! #     limits: CaptureLimits::default(),
//! #     issued_at_ms: 0,
//! #     expires_at_ms: 90_000,
//! # };
//! // `challenge` came from the portal and asks for one turn to the left.
//! let person = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/fixtures/people/p01");
//! let networks = Networks::load();
//! let mut session = LivenessSession::new(&challenge);
//! let mut guidance = Guidance::HoldNeutral { progress: 0.0 };
//! let mut t_ms = 0;
//! for clip in ["neutral", "turn_left"] {
//!     let mut paths: Vec<_> = std::fs::read_dir(format!("{person}/{clip}"))?
//!         .map(|entry| entry.map(|entry| entry.path()))
//!         .collect::<Result<_, _>>()?;
//!     paths.retain(|path| path.extension().is_some_and(|kind| kind == "jpg"));
//!     paths.sort();
//!     for path in paths {
//!         let picture = still::decode(&std::fs::read(path)?)?;
//!         let shape = FrameShape::dense(picture.width, picture.height, PixelFormat::Rgb8);
//!         let frame = Frame::new(&picture.pixels, shape, t_ms)?;
//!         guidance = session.offer(&networks, &frame)?;
//!         t_ms += 83; // the clips have twelve frames a second
//!     }
//! }
//! assert_eq!(guidance, Guidance::Finished);
//! let evidence = session.finish()?;
//! assert!(evidence.pictures().len() >= 3); // neutral, peak, and a strip
//! # Ok(())
//! # }
//! ```

mod colours;
pub mod evidence;
pub mod guidance;
pub mod movement;
pub mod session;
mod settle;
pub mod signals;
mod step;
#[cfg(test)]
mod tests;
