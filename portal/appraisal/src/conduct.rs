//! Whether the person did what was asked, and whether it was a head that moved.

use quanshengshi_face::liveness::movement::Neutral;
use quanshengshi_face::network::Networks;
use quanshengshi_face::quality::complaint_of_neutral;
use quanshengshi_face::tracker::{Face, Seen, Tracker};
use quanshengshi_frame::rgb::Rgb;
use quanshengshi_protocol::evidence::EvidenceHeader;
use quanshengshi_protocol::prompt::Prompt;
use quanshengshi_protocol::refusal::RefusalCode;

use crate::engine::NetworkError;
use crate::pictures::{SMALL_SIDES, STILL_SIDES, decode};
use crate::policy::Policy;

/// Share by which the shapes of two pictures of one capture may differ: rounding.
const SHAPE_TOLERANCE: f64 = 0.02;

/// A picture and the one face in it.
#[derive(Debug)]
pub struct View {
    /// The picture.
    pub picture: Rgb,
    /// The face.
    pub face: Box<Face>,
}

/// One prompt as the pictures show it.
#[derive(Debug)]
pub struct Act {
    /// What was asked.
    pub prompt: Prompt,
    /// The still at the peak.
    pub peak: View,
    /// Small frames in order of time.
    pub strip: Vec<View>,
}

/// Everything the pictures show.
#[derive(Debug)]
pub struct Scene {
    /// The neutral still.
    pub neutral: View,
    /// The prompts in order.
    pub acts: Vec<Act>,
}

/// Why there is no scene, or why it does not hold.
#[derive(Debug, thiserror::Error)]
pub enum ConductError {
    /// The evidence does not hold.
    #[error("evidence refused: {}", .0.code())]
    Refused(RefusalCode),
    /// The engine failed: says nothing about the evidence.
    #[error("a network failed")]
    Network(#[from] NetworkError),
}

impl From<RefusalCode> for ConductError {
    fn from(code: RefusalCode) -> Self {
        Self::Refused(code)
    }
}

impl Scene {
    /// Decodes all pictures and finds the face in each, without help from the header.
    ///
    /// # Errors
    /// `EVIDENCE_MALFORMED` for bytes that are no picture of the right size, `QUALITY_NONE` and
    /// `QUALITY_MULTIPLE` for a picture without exactly one face.
    pub fn of(
        networks: &Networks,
        header: &EvidenceHeader,
        pictures: &[Vec<u8>],
    ) -> Result<Self, RefusalCode> {
        let mut bytes = pictures.iter();
        let mut next = |sides| -> Result<View, RefusalCode> {
            view(networks, bytes.next().map_or(&[], Vec::as_slice), sides)
        };
        let mut neutral = next(STILL_SIDES)?;
        let mut blinks = false;
        let mut acts = Vec::new();
        for span in &header.spans {
            let mut peak = next(STILL_SIDES)?;
            let mut strip = span
                .strip
                .iter()
                .map(|_| next(SMALL_SIDES))
                .collect::<Result<Vec<_>, _>>()?;
            if span.prompt == Prompt::Blink {
                blinks = true;
                for View { picture, face } in strip.iter_mut().chain([&mut peak]) {
                    face.look_at_eyes(networks, picture);
                }
            }
            acts.push(Act {
                prompt: span.prompt,
                peak,
                strip,
            });
        }
        if blinks {
            let View { picture, face } = &mut neutral;
            face.look_at_eyes(networks, picture);
        }
        let scene = Self { neutral, acts };
        let shape = |view: &View| f64::from(view.picture.width) / f64::from(view.picture.height);
        let wanted = shape(&scene.neutral);
        if scene
            .views()
            .all(|view| (shape(view) / wanted - 1.0).abs() < SHAPE_TOLERANCE)
        {
            Ok(scene)
        } else {
            Err(RefusalCode::EvidenceMalformed)
        }
    }

    /// All views: neutral, then each peak and its strip.
    pub fn views(&self) -> impl Iterator<Item = &View> {
        let acts = self.acts.iter();
        std::iter::once(&self.neutral)
            .chain(acts.flat_map(|act| std::iter::once(&act.peak).chain(&act.strip)))
    }

    /// The views at full size: neutral, then each peak.
    pub fn stills(&self) -> impl Iterator<Item = &View> {
        std::iter::once(&self.neutral).chain(self.acts.iter().map(|act| &act.peak))
    }

    /// Judges the neutral still and every act.
    ///
    /// # Errors
    /// The code of what does not hold.
    pub fn check(&self, policy: &Policy) -> Result<(), RefusalCode> {
        let seen = Seen::One(self.neutral.face.clone());
        if let Some(complaint) = complaint_of_neutral(&self.neutral.picture, &seen) {
            return Err(complaint.code());
        }
        let rest = Rest::of(&self.neutral);
        let moved = self
            .acts
            .iter()
            .filter(|act| act.prompt != Prompt::LookStraight)
            .any(|act| act.largest(&rest, policy) >= policy.moved);
        let asked_to_move = self
            .acts
            .iter()
            .any(|act| act.prompt != Prompt::LookStraight);
        if asked_to_move && !moved {
            return Err(RefusalCode::LivenessStatic);
        }
        self.acts
            .iter()
            .try_for_each(|act| act.check(&rest, policy))
    }
}

/// The neutral pose, and the width of the picture that shows it.
struct Rest {
    neutral: Neutral,
    width: f32,
}

impl Rest {
    fn of(view: &View) -> Self {
        Self {
            neutral: Neutral::of(&view.face),
            width: view.picture.width as f32,
        }
    }

    /// How much of a prompt a view shows. Coming closer is a growth in pixels, and small frames
    /// have fewer of them than stills.
    fn amount(&self, prompt: Prompt, view: &View, policy: &Policy) -> f32 {
        let pixel = self.width / view.picture.width.max(1) as f32;
        self.neutral
            .amount_in(prompt, &view.face, pixel, &policy.movement)
    }
}

impl Act {
    fn amount(&self, view: &View, rest: &Rest, policy: &Policy) -> f32 {
        rest.amount(self.prompt, view, policy)
    }

    fn largest(&self, rest: &Rest, policy: &Policy) -> f32 {
        let views = std::iter::once(&self.peak).chain(&self.strip);
        views
            .map(|view| self.amount(view, rest, policy))
            .fold(f32::MIN, f32::max)
    }

    /// The peak shows the movement with depth, and the strip shows it coming and going.
    fn check(&self, rest: &Rest, policy: &Policy) -> Result<(), RefusalCode> {
        let limits = &policy.movement;
        let neutral = &rest.neutral;
        let peak = self.amount(&self.peak, rest, policy);
        if self.prompt == Prompt::LookStraight {
            let straight = |view: &View| self.amount(view, rest, policy) >= 1.0;
            let all = std::iter::once(&self.peak).chain(&self.strip).all(straight);
            return if all {
                Ok(())
            } else {
                Err(RefusalCode::LivenessActionMissed)
            };
        }
        if peak < 1.0 {
            let other = neutral.other_movement(self.prompt, &self.peak.face, limits);
            return Err(match other {
                Some(_) => RefusalCode::LivenessOrder,
                None => RefusalCode::LivenessActionMissed,
            });
        }
        if !neutral.shows_depth(self.prompt, &self.peak.face, limits) {
            return Err(RefusalCode::LivenessStatic);
        }
        let amounts: Vec<f32> = self
            .strip
            .iter()
            .map(|view| self.amount(view, rest, policy))
            .collect();
        let rests = |amount: Option<&f32>| {
            amount.is_some_and(|amount| amount.abs() < policy.at_rest * peak)
        };
        let moves = amounts.iter().copied().fold(f32::MIN, f32::max) >= policy.strip_peak;
        if rests(amounts.first()) && rests(amounts.last()) && moves {
            Ok(())
        } else {
            Err(RefusalCode::LivenessActionMissed)
        }
    }
}

fn view(networks: &Networks, jpeg: &[u8], sides: [u32; 2]) -> Result<View, RefusalCode> {
    let picture = decode(jpeg, sides).map_err(|_| RefusalCode::EvidenceMalformed)?;
    match Tracker::default().look(networks, &picture) {
        Seen::One(face) => Ok(View { picture, face }),
        Seen::Nobody => Err(RefusalCode::QualityNone),
        Seen::Several => Err(RefusalCode::QualityMultiple),
    }
}
