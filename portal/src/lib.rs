//! The portal: pages, phone interface, registers, appraisal and storage.
//!
//! A person does something on a PC; the portal shows a code, judges the evidence a phone sends,
//! and lets the page go on. One process, one database file.
//!
//! | rooms | what they are |
//! |---|---|
//! | [`settings`], [`server`] | how it is started, and what all rooms share |
//! | [`store`], [`clock`], [`random`] | the ground: one writer thread, one clock, one random source |
//! | [`accounts`], [`sessions`], [`slider`], [`sms`] | who may come in |
//! | [`national`], [`electronic_licence`], [`vouched`], [`outbound`] | sign-in by other authorities |
//! | [`registers`], [`certificates`], [`samples`] | what the authorities know, behind ports |
//! | [`outside`], [`simulator`] | calls to the systems of others, and a stand-in program for them |
//! | [`tasks`], [`events`], [`devices`], [`phone`], [`signing`], [`packages`], [`audit`] | the crossing to the phone |
//! | [`review`], [`notices`] | people who look where the portal cannot decide, and messages that must arrive |
//! | [`pages`], [`texts`] | what the person at the PC sees |

pub mod accounts;
pub mod audit;
pub mod certificates;
pub mod clock;
pub mod devices;
pub mod electronic_licence;
pub mod events;
pub mod national;
pub mod notices;
pub mod outbound;
pub mod outside;
pub mod packages;
pub mod pages;
pub mod phone;
pub mod random;
pub mod registers;
pub mod review;
pub mod samples;
pub mod seals;
pub mod server;
pub mod sessions;
pub mod settings;
pub mod signing;
pub mod simulator;
pub mod slider;
pub mod sms;
pub mod store;
pub mod tasks;
pub mod texts;
pub mod vouched;
