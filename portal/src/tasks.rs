//! Tasks: one crossing from the PC to the phone and back.
//!
//! Everything that changes a task runs in one write of the store: the conditional change of the
//! state, the audit entry, and the answer that is kept for a repeated request. States only go
//! forward ([`quanshengshi_protocol::states::TaskState`]); a time limit is looked at whenever a
//! task is read or changed, so none depends on a sweeper.
//!
//! Decisions of this portal where protocol 5.7 leaves room:
//! - The code of a task is renewed by letting the same task's code rotate on: five renewals of
//!   120 s. The ten minutes of the whole task count from the claim, as they would for a renewed
//!   task.
//! - A phone has one open task (A16): claiming a newer one gives the older one up, unless its
//!   evidence is being judged.
//! - Unknown, altered and expired codes are answered alike (A6).
//! - Evidence that is signed by the right device for the open challenge, but whose pictures,
//!   digests or order do not hold, costs the attempt. Evidence that is not, changes nothing.
//!
//! | room | gives |
//! |---|---|
//! | [`desk`], [`phone_side`] | what pages and what phones call |
//! | [`open`], [`claim`], [`consent`], [`challenge`], [`variant`], [`typed`], [`evidence`], [`decision`] | the steps, each inside one write |
//! | [`work`], [`row`], [`lapse`], [`limits`], [`version`] | a write in progress, the stored task, its limits, the oldest app |
//! | [`judge`], [`appraise`] | evidence from its arrival to the answer, and the port to the appraisal |
//! | [`likeness`] | stills that were seen before, encoded anew |
//! | [`view`], [`history`], [`renewal`] | what a page sees, what happened, one living code for each account |
//! | [`sweep`], [`schema`] | what is tidied, the tables |

pub mod appraise;
pub mod challenge;
pub mod claim;
pub mod consent;
pub mod decision;
pub mod desk;
pub mod evidence;
pub mod history;
pub mod judge;
pub mod lapse;
pub mod likeness;
pub mod limits;
pub mod open;
pub mod phone_side;
pub mod renewal;
pub mod row;
pub mod schema;
pub mod sweep;
pub mod typed;
pub mod variant;
pub mod version;
pub mod view;
pub mod work;

/// The tables of this room.
pub const SCHEMA: &str = schema::TABLES;

#[cfg(test)]
mod tests;
