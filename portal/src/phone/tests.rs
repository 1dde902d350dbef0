//! The phone's interface from outside: HTTP, a real database, real signatures; only the judge of
//! pictures is a double that says what the test wants.

mod attested;
mod bench;
mod devices;
mod evidence;
mod files;
mod forged;
pub(crate) mod handheld;
mod http;
mod likeness;
mod order;
mod races;
mod variants;
mod verification;
mod waits;
mod walk;
