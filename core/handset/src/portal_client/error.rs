//! Why the portal gave no answer that can be used.

use quanshengshi_protocol::refusal::RefusalCode;

/// Why the portal gave no answer that can be used. No variant carries text of a dependency.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PortalError {
    /// No connection, or it was cut.
    #[error("no connection to the portal")]
    Offline,
    /// No answer in time.
    #[error("no answer in time")]
    Timeout,
    /// Whoever answered is not the portal: unknown root, wrong name, expired, or none of the
    /// pinned keys.
    #[error("the server is not the portal")]
    Untrusted,
    /// The portal cannot answer now.
    #[error("the portal is busy")]
    Busy {
        /// Milliseconds after which trying again makes sense, when the portal said so.
        retry_after_ms: Option<u64>,
    },
    /// The portal refused.
    #[error("refused: {}", code.code())]
    Refused {
        /// The code of the table.
        code: RefusalCode,
        /// Milliseconds after which trying again makes sense, when the portal said so.
        retry_after_ms: Option<u64>,
    },
    /// The portal refused with a code that this version does not know.
    #[error("refused with the unknown code {code}")]
    RefusedUnknown {
        /// The code: capital letters, digits and underscores, at most 64.
        code: String,
    },
    /// The answer is not one of the interface.
    #[error("not an answer of the interface: {what}")]
    Malformed {
        /// What was wrong with it.
        what: &'static str,
    },
}

impl PortalError {
    /// Whether the same request may succeed in a moment.
    pub fn is_passing(&self) -> bool {
        matches!(self, Self::Offline | Self::Timeout | Self::Busy { .. })
    }

    /// An error of reqwest, by what the person can do about it.
    pub(crate) fn of(error: &reqwest::Error) -> Self {
        if is_tls_refusal(error) {
            Self::Untrusted
        } else if error.is_timeout() {
            Self::Timeout
        } else if error.is_builder() {
            Self::Malformed {
                what: "address of the portal",
            }
        } else {
            Self::Offline
        }
    }
}

/// Whether a certificate was refused somewhere below this error.
fn is_tls_refusal(error: &(dyn std::error::Error + 'static)) -> bool {
    if let Some(tls) = error.downcast_ref::<rustls::Error>() {
        return matches!(tls, rustls::Error::InvalidCertificate(_));
    }
    // The source of an I/O error is the source of what it wraps, so what it wraps is asked first.
    let wrapped = error
        .downcast_ref::<std::io::Error>()
        .and_then(std::io::Error::get_ref);
    match wrapped {
        Some(wrapped) => is_tls_refusal(wrapped),
        None => error.source().is_some_and(is_tls_refusal),
    }
}
