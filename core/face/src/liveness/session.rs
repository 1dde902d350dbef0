//! The liveness session: a shell offers frames and follows the guidance.

use quanshengshi_frame::frame::Frame;
use quanshengshi_protocol::chain::{ChainLink, FrameChain};
use quanshengshi_protocol::challenge::Challenge;
use quanshengshi_protocol::ids::Digest;
use quanshengshi_protocol::prompt::Prompt;

use crate::liveness::colours::Colours;
use crate::liveness::evidence::{Done, Evidence, EvidenceError, Kept};
use crate::liveness::guidance::{Failure, Guidance};
use crate::liveness::movement::Neutral;
use crate::liveness::settle::Settling;
use crate::liveness::step::{Progress, Step};
use crate::network::Networks;
use crate::quality::{Complaint, complaint_of_light, complaint_of_neutral};
use crate::tracker::{Face, Seen, Tracker};

/// Why a frame was not taken. The session is as it was before.
#[derive(Debug, thiserror::Error)]
pub enum OfferError {
    /// The frame is not later than the one before it.
    #[error("frame at {t_ms} ms is not later than {last_ms} ms")]
    OutOfOrder {
        /// Time of the frame.
        t_ms: u64,
        /// Time of the last one taken.
        last_ms: u64,
    },
}

/// One attempt at one challenge.
///
/// No clock of its own: time is what the frames say. Until a good face has held still no time
/// counts; from the first frame of that neutral pose on every frame goes into the digest chain.
#[derive(Debug)]
pub struct LivenessSession {
    challenge: Challenge,
    tracker: Tracker,
    last_ms: Option<u64>,
    origin_ms: u64,
    chain: FrameChain,
    neutral: Option<(Kept, Neutral)>,
    done: Vec<Done>,
    /// Which prompt of the challenge is being done, from 0.
    at: usize,
    phase: Phase,
}

#[derive(Debug)]
enum Phase {
    Waiting,
    Settling(Settling),
    /// The next prompt starts with the next frame.
    Between,
    Prompting(Box<Step>),
    Finished,
    Failed(Failure),
}

impl LivenessSession {
    /// A session for a challenge of the portal.
    pub fn new(challenge: &Challenge) -> Self {
        Self {
            chain: FrameChain::start(&challenge.nonce, &challenge.id),
            challenge: challenge.clone(),
            tracker: Tracker::default(),
            last_ms: None,
            origin_ms: 0,
            neutral: None,
            done: Vec::new(),
            at: 0,
            phase: Phase::Waiting,
        }
    }

    /// Takes the next camera frame and says what the person should do now. After
    /// [`Guidance::Finished`] or [`Guidance::Failed`] further frames change nothing.
    ///
    /// # Errors
    /// [`OfferError::OutOfOrder`] for a frame that is not later than the last one.
    pub fn offer(
        &mut self,
        networks: &Networks,
        frame: &Frame<'_>,
    ) -> Result<Guidance, OfferError> {
        match self.phase {
            Phase::Finished => return Ok(Guidance::Finished),
            Phase::Failed(failure) => return Ok(Guidance::Failed(failure)),
            Phase::Waiting | Phase::Settling(_) | Phase::Between | Phase::Prompting(_) => {}
        }
        let t_ms = frame.t_ms();
        if let Some(last_ms) = self.last_ms.filter(|last_ms| t_ms <= *last_ms) {
            return Err(OfferError::OutOfOrder { t_ms, last_ms });
        }
        let mut seen = if complaint_of_light(frame) == Some(Complaint::Dark) {
            Seen::Nobody
        } else {
            self.tracker.look(networks, frame)
        };
        if let Seen::One(face) = &mut seen
            && self.asks_for_eyes()
        {
            face.look_at_eyes(networks, frame);
        }
        let digest = Digest::of(&frame.bytes());
        let colours = Colours::of(frame);
        let guidance = if self.neutral.is_some() {
            self.prompt(&colours, &seen, t_ms, digest)
        } else {
            self.settle(&colours, &seen, t_ms, digest)
        };
        self.last_ms = Some(t_ms);
        Ok(guidance)
    }

    /// The evidence of a finished session.
    ///
    /// # Errors
    /// [`EvidenceError::Unfinished`] before [`Guidance::Finished`] and after a failure,
    /// [`EvidenceError::TooLarge`] or [`EvidenceError::Picture`] when the pictures cannot be sent.
    pub fn finish(self) -> Result<Evidence, EvidenceError> {
        match (self.phase, &self.neutral) {
            (Phase::Finished, Some((still, _))) => {
                Evidence::new(self.challenge, still, &self.done, &self.chain)
            }
            _ => Err(EvidenceError::Unfinished),
        }
    }

    fn link(&mut self, t_ms: u64, digest: Digest) -> u32 {
        let frame = self.chain.links().len() as u32;
        self.chain.push(ChainLink {
            t_ms: t_ms - self.origin_ms,
            digest,
        });
        frame
    }

    /// Whether this frame's eyes matter: while neutral is held, and while a blink may come.
    fn asks_for_eyes(&self) -> bool {
        let asked = self.challenge.steps.get(self.at);
        self.neutral.is_none() || asked.is_some_and(|step| step.prompt == Prompt::Blink)
    }

    fn settle(
        &mut self,
        colours: &Colours<'_>,
        seen: &Seen,
        t_ms: u64,
        digest: Digest,
    ) -> Guidance {
        let complaint = complaint_of_neutral(colours.frame(), seen);
        let (None, Seen::One(face)) = (complaint, seen) else {
            self.phase = Phase::Waiting;
            return Guidance::Improve(complaint.unwrap_or(Complaint::Nobody));
        };
        if !matches!(&self.phase, Phase::Settling(run) if run.continues(face)) {
            // The capture begins here, perhaps anew: what came before is not part of it.
            self.origin_ms = t_ms;
            self.chain = FrameChain::start(&self.challenge.nonce, &self.challenge.id);
            let run = Settling::start(t_ms);
            if !run.continues(face) {
                self.phase = Phase::Waiting;
                return Guidance::HoldNeutral { progress: 0.0 };
            }
            self.phase = Phase::Settling(run);
        }
        let frame = self.link(t_ms, digest);
        let Phase::Settling(run) = &mut self.phase else {
            return Guidance::HoldNeutral { progress: 0.0 };
        };
        run.add(colours, face, frame);
        let progress = run.progress(t_ms);
        if let Some(neutral) = run.settled(t_ms) {
            self.neutral = Some(neutral);
            self.phase = Phase::Between;
        }
        Guidance::HoldNeutral { progress }
    }

    fn prompt(
        &mut self,
        colours: &Colours<'_>,
        seen: &Seen,
        t_ms: u64,
        digest: Digest,
    ) -> Guidance {
        if self.chain.links().len() >= usize::from(self.challenge.limits.frames) {
            return self.fail(Failure::Timeout);
        }
        let frame = self.link(t_ms, digest);
        let t_ms = t_ms - self.origin_ms;
        if t_ms > u64::from(self.challenge.total_ms) {
            return self.fail(Failure::Timeout);
        }
        if let Some(complaint) = complaint_of_light(colours.frame()) {
            // Nobody can be judged in this light: a movement not yet made gets its whole window
            // again as soon as the light is back, within the time of the whole capture.
            if matches!(&self.phase, Phase::Prompting(step) if !step.is_reached()) {
                self.phase = Phase::Between;
            }
            return Guidance::Improve(complaint);
        }
        if matches!(self.phase, Phase::Between) {
            let Some(asked) = self.challenge.steps.get(self.at) else {
                self.phase = Phase::Finished;
                return Guidance::Finished;
            };
            self.phase = Phase::Prompting(Box::new(Step::start(*asked, t_ms)));
        }
        let face = match seen {
            Seen::One(face) => Ok(face),
            Seen::Nobody => Err(Complaint::Nobody),
            Seen::Several => Err(Complaint::Several),
        };
        self.observe(colours, face.map(Box::as_ref), frame, t_ms)
    }

    fn observe(
        &mut self,
        colours: &Colours<'_>,
        face: Result<&Face, Complaint>,
        frame: u32,
        t_ms: u64,
    ) -> Guidance {
        let (Phase::Prompting(step), Some((_, neutral))) = (&mut self.phase, &self.neutral) else {
            return Guidance::Finished;
        };
        let prompt = step.prompt();
        let Some(remaining_ms) = step.remaining_ms(t_ms) else {
            return if prompt.is_extra() {
                self.step_done()
            } else {
                self.fail(Failure::Missed(prompt))
            };
        };
        let face = match face {
            Ok(face) => face,
            Err(complaint) => return Guidance::Improve(complaint),
        };
        let number = self.at as u8;
        match step.observe(neutral, colours, face, frame, t_ms) {
            Progress::Going(progress) => Guidance::Do {
                prompt,
                step: number,
                remaining_ms,
                progress,
            },
            Progress::Reached => Guidance::ComeBack {
                prompt,
                step: number,
                remaining_ms,
            },
            Progress::Other(made) => self.fail(Failure::Order {
                wanted: prompt,
                made,
            }),
            Progress::Done => self.step_done(),
            Progress::LeftOut => self.leave_out(colours, face, frame, t_ms),
        }
    }

    /// The person moved on from an extra: this frame already belongs to the next prompt.
    fn leave_out(&mut self, colours: &Colours<'_>, face: &Face, frame: u32, t_ms: u64) -> Guidance {
        self.at += 1;
        let phase = std::mem::replace(&mut self.phase, Phase::Finished);
        let (Phase::Prompting(extra), Some(asked)) = (phase, self.challenge.steps.get(self.at))
        else {
            return Guidance::Finished;
        };
        let next = Step::start_after(*extra, *asked, t_ms);
        self.phase = Phase::Prompting(Box::new(next));
        self.observe(colours, Ok(face), frame, t_ms)
    }

    fn step_done(&mut self) -> Guidance {
        let strip_frames = usize::from(self.challenge.limits.strip_frames);
        let phase = std::mem::replace(&mut self.phase, Phase::Between);
        self.at += 1;
        if let Phase::Prompting(step) = phase {
            let prompt = step.prompt();
            // An extra whose time is over leaves nothing behind.
            self.done.extend(step.done(strip_frames));
            if self.at < self.challenge.steps.len() {
                return Guidance::PromptDone(prompt);
            }
        }
        self.phase = Phase::Finished;
        Guidance::Finished
    }

    fn fail(&mut self, failure: Failure) -> Guidance {
        self.phase = Phase::Failed(failure);
        Guidance::Failed(failure)
    }
}
