//! JSON around signed bytes: the bodies of the phone's HTTP interface.
//!
//! | request | body | answer |
//! |---|---|---|
//! | `POST /v1/nonces` | – | [`NonceAnswer`] |
//! | `POST /v1/devices` | `Signed<Enrolment>` | `Signed<DeviceGrant>` |
//! | `POST /v1/devices/attest` | `Signed<DeviceAttestation>` | [`AttestAnswer`] |
//! | `POST /v1/claims` | `Signed<Claim>` | `Signed<ClaimReceipt>` |
//! | `POST /v1/typed` | `Signed<TypedCode>` | [`TypedAnswer`] |
//! | `POST /v1/tasks/{id}/consent` | `Signed<Consent>` | [`ConsentAnswer`] |
//! | `POST /v1/tasks/{id}/evidence` | [`crate::evidence::Submission`] bytes, `Idempotency-Key` | [`EvidenceAnswer`] |
//! | `POST /v1/tasks/{id}/state` | `Signed<TaskRequest>` | [`StateAnswer`] |
//! | `POST /v1/tasks/{id}/package` | `Signed<TaskRequest>` | `Signed<Package>` |
//! | `POST /v1/tasks/{id}/files/{digest}` | `Signed<TaskRequest>`, `Range`, `If-Range` | bytes, `ETag` the digest |
//! | `POST /v1/tasks/{id}/variant` | `Signed<VariantRequest>` | [`ConsentAnswer`] |
//! | `POST /v1/verification` | `Signed<VerificationRequest>` | `Signed<VerificationGrant>` |
//! | `POST /v1/devices/list` | `Signed<DeviceRequest>` | `Signed<DeviceList>` |
//! | `POST /v1/devices/leave` | `Signed<DeviceRequest>` | [`LeaveAnswer`] |
//! | `POST /v1/devices/revoke` | `Signed<DeviceRevocation>` | [`RevokeAnswer`] |
//! | `POST /v1/status` | `Signed<StatusRequest>` | `Signed<StatusList>` |
//! | `POST /v1/seals` | – | [`SealsAnswer`] |
//!
//! Every refusal is a [`RefusalAnswer`] with an HTTP status of 4xx or 503.

use serde::{Deserialize, Serialize};

use crate::challenge::Challenge;
use crate::ids::Nonce;
use crate::outcome::Outcome;
use crate::refusal::RefusalCode;
use crate::statement::Signed;

/// A nonce for enrolment.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct NonceAnswer {
    /// The nonce; used once, within five minutes.
    pub nonce: Nonce,
}

/// The answer to a consent.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ConsentAnswer {
    /// The first challenge after an agreement; none after a refusal.
    pub challenge: Option<Signed<Challenge>>,
}

/// The answer to typed digits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TypedAnswer {
    /// The written code the picture shows now, to be claimed as if it had been scanned.
    pub code: String,
}

/// What the seals of this portal's copies are judged with. Unsigned: a list proves itself by the
/// signature of its authority, and a root is only believed where the app brought it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct SealsAnswer {
    /// The roots, PEM; empty when copies carry no seal.
    pub roots_pem: String,
    /// The newest revocation list of every authority, PEM.
    pub revoked_pem: Vec<String>,
}

/// The answer to a phone that leaves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeaveAnswer {
    /// Whether the device was in use until now.
    pub left: bool,
}

/// The answer to a chain of certificates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttestAnswer {
    /// 0: nobody vouches for the key; 1: it lives in the phone's secure hardware; 2: in a chip of its own.
    pub level: u8,
}

/// The answer to a phone that disables another one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RevokeAnswer {
    /// Whether the other device was in use until now.
    pub revoked: bool,
}

/// The answer to evidence.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct EvidenceAnswer {
    /// The verdict.
    pub outcome: Signed<Outcome>,
    /// The next challenge when the verdict is a retry.
    pub challenge: Option<Signed<Challenge>>,
}

/// The answer to a question about a task's state.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct StateAnswer {
    /// The word of [`crate::states::TaskState`].
    pub state: String,
    /// The last outcome, when there was one.
    pub outcome: Option<Signed<Outcome>>,
    /// The challenge that waits for evidence, when one does.
    pub challenge: Option<Signed<Challenge>>,
}

/// A refusal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefusalAnswer {
    /// The code of [`RefusalCode`].
    pub code: String,
    /// Milliseconds after which trying again makes sense.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after_ms: Option<u64>,
}

impl RefusalAnswer {
    /// A refusal without details.
    pub fn new(code: RefusalCode) -> Self {
        Self {
            code: code.code().to_owned(),
            retry_after_ms: None,
        }
    }

    /// The code, when this version knows it.
    pub fn refusal(&self) -> Option<RefusalCode> {
        RefusalCode::from_code(&self.code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_json_is_frozen() {
        let refusal = RefusalAnswer::new(RefusalCode::QrExpired);
        assert_eq!(
            serde_json::to_string(&refusal).unwrap(),
            r#"{"code":"QR_EXPIRED"}"#
        );
        let later = RefusalAnswer {
            retry_after_ms: Some(9),
            ..refusal
        };
        assert_eq!(
            serde_json::to_string(&later).unwrap(),
            r#"{"code":"QR_EXPIRED","retry_after_ms":9}"#
        );
        let seals = SealsAnswer {
            roots_pem: "R".to_owned(),
            revoked_pem: vec!["L".to_owned()],
        };
        let written = serde_json::to_string(&seals).unwrap();
        assert_eq!(written, r#"{"roots_pem":"R","revoked_pem":["L"]}"#);
        let nonce = NonceAnswer {
            nonce: Nonce::from_bytes([0; 32]),
        };
        assert_eq!(
            serde_json::to_string(&nonce).unwrap(),
            r#"{"nonce":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}"#
        );
    }

    #[test]
    fn a_code_of_a_newer_portal_is_kept_and_not_guessed() {
        let answer: RefusalAnswer = serde_json::from_str(r#"{"code":"NEW_THING"}"#).unwrap();
        assert_eq!(answer.refusal(), None);
    }
}
