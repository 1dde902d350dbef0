//! What crosses between the portal and the phone: codes, signed statements, states.
//!
//! No I/O and no clock: times, randomness and keys are handed in, so every exchange can be
//! replayed from bytes to the same end. What is signed is never JSON: [`canonical`] writes one
//! byte string for one meaning, [`statement`] puts a label and a version in front of it, and
//! frozen-byte tests hold every one of them. JSON ([`wire`]) only carries those bytes.
//!
//! The order of a crossing: [`enrolment`] and [`attestation`] (once a phone) → [`invitation`] (the QR code) →
//! [`claim`] → [`receipt`] → [`consent`] → [`challenge`] → [`evidence`] → [`outcome`] →
//! [`package`]. Later a phone asks by [`status`], [`device`] and [`verification`]; [`variant`] asks
//! for other acts, [`typed`] stands in for a camera that fails. [`states`] says which step may follow which; [`refusal`] is the one table of
//! error codes and their texts.

pub mod attestation;
pub mod camera;
pub mod canonical;
pub mod chain;
pub mod challenge;
pub mod claim;
pub mod consent;
pub mod device;
pub mod enrolment;
pub mod evidence;
pub mod ids;
pub mod invitation;
pub mod keys;
pub mod outcome;
pub mod package;
pub mod prompt;
pub mod receipt;
pub mod refusal;
pub mod statement;
pub mod states;
pub mod status;
pub mod ticket;
pub mod transaction;
pub mod typed;
pub mod variant;
pub mod verification;
pub mod wire;
