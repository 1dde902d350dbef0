//! The limits of protocol 5.7.

use crate::tasks::version::OldestApp;

/// How long, how often. Milliseconds and counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// How long a task shows its code.
    pub code_ms: u64,
    /// How long a claimed task may be read.
    pub reading_ms: u64,
    /// How long an agreed task waits for its challenge.
    pub agreed_ms: u64,
    /// How long a challenge waits for evidence.
    pub challenge_ms: u64,
    /// How long an appraisal may take.
    pub appraisal_ms: u64,
    /// From the claim to the decision.
    pub whole_ms: u64,
    /// How long the PC may use an approval.
    pub approval_ms: u64,
    /// How long answers and packages are kept after the task's end.
    pub afterwards_ms: u64,
    /// The oldest app that may claim a task, by kind.
    pub oldest_app: OldestApp,
    /// Attempts of one task.
    pub attempts: u8,
    /// Prompts of one challenge, extras not counted.
    pub prompts: u8,
    /// Which prompts may be drawn beside the four movements.
    pub further: Further,
    /// Milliseconds for one prompt.
    pub prompt_ms: u32,
    /// Milliseconds for a prompt that may be left out.
    pub extra_ms: u32,
    /// Milliseconds for one capture.
    pub capture_ms: u32,
    /// Claims of one device in [`Limits::claims_ms`].
    pub claims: u32,
    /// Over which claims are counted.
    pub claims_ms: u64,
    /// New tasks of one PC session in a minute.
    pub opened_per_minute: u32,
    /// Failed attempts of one person on one device in a day.
    pub failures_on_device: u32,
    /// Failed attempts of one person on all devices in a day.
    pub failures_of_subject: u32,
    /// How long the pictures of a failed attempt are kept.
    pub failed_pictures_ms: u64,
    /// How long a picture is known, so that it cannot come again.
    pub seen_ms: u64,
    /// Appraisals at one time.
    pub appraisals: usize,
    /// Appraisals at one time and waiting for their turn.
    pub appraisals_waiting: usize,
}

/// Prompts beside the four movements. Apps before 0.1.0 refuse a challenge that asks for them: a
/// portal that turns one on excludes such apps by [`Limits::oldest_app`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Further {
    /// Coming closer is drawn like the movements of the head.
    pub closer: bool,
    /// A blink, which may be left out, is put somewhere among the others.
    pub blink: bool,
}

impl Default for Limits {
    fn default() -> Self {
        const MINUTE: u64 = 60_000;
        const DAY: u64 = 24 * 60 * MINUTE;
        Self {
            code_ms: 10 * MINUTE,
            reading_ms: 2 * MINUTE,
            agreed_ms: 30_000,
            challenge_ms: 90_000,
            appraisal_ms: MINUTE,
            whole_ms: 10 * MINUTE,
            approval_ms: 5 * MINUTE,
            afterwards_ms: 10 * MINUTE,
            oldest_app: OldestApp::default(),
            attempts: 3,
            prompts: 4,
            further: Further::default(),
            prompt_ms: 8_000,
            extra_ms: 3_000,
            capture_ms: 60_000,
            claims: 10,
            claims_ms: 10 * MINUTE,
            opened_per_minute: 10,
            failures_on_device: 6,
            failures_of_subject: 15,
            failed_pictures_ms: DAY,
            seen_ms: 90 * DAY,
            appraisals: 2,
            appraisals_waiting: 32,
        }
    }
}

/// The version of the notice about face processing that must be agreed to.
pub const NOTICE_VERSION: u32 = 1;
