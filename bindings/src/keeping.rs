//! The background check at the crossing.

use quanshengshi_handset::keeping::{KeptCheck, Mended};

/// What a check of everything kept found.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Enum)]
pub enum KeptState {
    /// Nothing was looked at: a check found nothing less than a day ago.
    NotDue,
    /// Everything is whole.
    Sound {
        /// Certificates looked at.
        certificates: u64,
        /// Files opened to their end.
        files: u64,
    },
    /// Something is not: tell the person, then `mend_kept` and fetch these again.
    Damaged {
        /// Identifiers, as far as they are known.
        certificates: Vec<String>,
        /// Whether more is wrong than these.
        more: bool,
    },
}

/// What mending took out.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct MendedLine {
    /// Identifiers of removed certificates, as far as they are known: fetch them again.
    pub certificates: Vec<String>,
    /// Whether certificates are gone that nobody can name.
    pub unnamed: bool,
    /// Whether something of the log, the open tasks or the enrolment is gone.
    pub state_lost: bool,
}

impl From<KeptCheck> for KeptState {
    fn from(found: KeptCheck) -> Self {
        match found {
            KeptCheck::NotDue => Self::NotDue,
            KeptCheck::Sound {
                certificates,
                files,
            } => Self::Sound {
                certificates,
                files,
            },
            KeptCheck::Damaged { certificates, more } => Self::Damaged { certificates, more },
        }
    }
}

impl From<Mended> for MendedLine {
    fn from(mended: Mended) -> Self {
        Self {
            certificates: mended.certificates,
            unnamed: mended.unnamed,
            state_lost: mended.state_lost,
        }
    }
}
