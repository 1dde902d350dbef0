//! Enrolled devices: phones that proved to hold a key (protocol M0).
//!
//! | room | gives |
//! |---|---|
//! | [`refusal`] | what a phone is told when something is not done |
//! | [`columns`] | times as the database keeps them |
//! | [`answers`] | answers kept, so that the same signed bytes get the same answer |
//! | [`enrolment`] | a key becomes a device |
//! | [`device`] | the devices that are known |
//! | [`uses`] | which devices acted for which accounts, and what they keep |
//! | [`asked`] | lists, leaving, revoking |
//! | [`attested`] | who vouches for a device's key |
//! | [`signer`] | which statements name the device that must have signed them |

pub mod answers;
pub mod asked;
pub mod attested;
pub mod columns;
pub mod device;
pub mod enrolment;
pub mod refusal;
pub mod signer;
pub mod uses;

/// The tables of this room.
pub const SCHEMA: &str = "
CREATE TABLE device (
  id BLOB PRIMARY KEY CHECK (length(id) = 16),
  install BLOB NOT NULL CHECK (length(install) = 16),
  key BLOB NOT NULL CHECK (length(key) = 65),
  platform INTEGER NOT NULL,
  app_version TEXT NOT NULL,
  enrolled_at_ms INTEGER NOT NULL,
  revoked_at_ms INTEGER,
  UNIQUE (install, key)
) STRICT;
CREATE TABLE used_nonce (
  nonce BLOB PRIMARY KEY CHECK (length(nonce) = 32),
  ends_at_ms INTEGER NOT NULL
) STRICT;
CREATE TABLE kept_answer (
  request BLOB PRIMARY KEY CHECK (length(request) = 32),
  answer TEXT NOT NULL,
  ends_at_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX kept_answer_end ON kept_answer (ends_at_ms);
";
