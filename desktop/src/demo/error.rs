//! Why a step of the demo did not hold.

use quanshengshi::error::QssError;
use quanshengshi_pc::error::BrowserError;
use quanshengshi_pc::plain::PlainError;
use quanshengshi_pc::portal_process::PortalProcessError;

use crate::phone_folder::{PhoneError, words_of};

/// What went wrong.
#[derive(Debug, thiserror::Error)]
pub(crate) enum DemoError {
    #[error("the portal")]
    Portal(#[from] PortalProcessError),
    #[error("a file of the demo")]
    Files(#[source] std::io::Error),
    #[error("at the PC")]
    Browser(#[from] BrowserError),
    #[error("at the PC, by HTTP")]
    Plain(#[from] PlainError),
    #[error("the phone said {0}")]
    Phone(String),
    #[error("the phone's folder")]
    Folder(#[from] PhoneError),
    #[error("no code of the portal in the camera's picture")]
    NoCode,
    #[error("the rendered person")]
    Person(String),
    #[error("{0}")]
    Unexpected(String),
}

impl From<QssError> for DemoError {
    fn from(error: QssError) -> Self {
        Self::Phone(words_of(error.code()))
    }
}
