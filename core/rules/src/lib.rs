//! What a person types: parsed, checked and explained in two languages.
//!
//! Every room takes text as typed and gives back a type that can only hold a checked value, or
//! one [`complaint::RuleError`] with its code, field, position and text. What is merely unusual
//! travels beside the value as a [`complaint::Warning`]; it never stops a person.
//!
//! Nothing here reads a clock: the day is handed in. Numbers never panic on foreign text.

pub mod complaint;
pub mod credit_code;
pub mod date;
pub mod document;
pub mod enterprise;
pub mod language;
pub mod mobile;
pub mod normalise;
pub mod organisation_name;
pub mod password;
pub mod person_name;
pub mod region;
pub mod validity;
pub mod working_days;
