//! The claims of the national portal beyond the standard ones.

use openidconnect::AdditionalClaims;
use quanshengshi_rules::date::Date;
use serde::{Deserialize, Serialize};

use crate::accounts::AccountKind;
use crate::vouched::Vouched;
use crate::vouched::read::{Assertion, AssertionFault};

/// The least real-name level at which a person needs no face here: 3, seen by face or at a
/// window. 1 is a number only, 2 a name and document that match.
pub const PROVEN_LEVEL: u8 = 3;

/// What an ID token says besides `sub` and `name`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct NationalClaims {
    /// Real-name level, 1 to 4.
    #[serde(default)]
    pub level: Option<u8>,
    /// Kind of the person's document.
    #[serde(default)]
    pub document_kind: String,
    /// Its number.
    #[serde(default)]
    pub document_number: String,
    /// The person's mobile number.
    #[serde(default)]
    pub mobile: String,
    /// The enterprise's code.
    #[serde(default)]
    pub credit_code: String,
    /// The enterprise's name.
    #[serde(default)]
    pub organisation_name: String,
    /// The person's role in the enterprise.
    #[serde(default)]
    pub role: String,
}

impl AdditionalClaims for NationalClaims {}

/// Somebody who signed in at the national portal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NationalPerson {
    /// The provider's name for them, the same at every sign-in.
    pub subject: String,
    /// Whether their real-name level is enough.
    pub proven: bool,
    /// What the provider says of them.
    pub vouched: Vouched,
}

impl NationalPerson {
    /// Reads verified claims about an account of a kind. A level that is not told is none.
    ///
    /// # Errors
    /// [`AssertionFault`].
    pub fn read(
        subject: &str,
        name: Option<&str>,
        claims: &NationalClaims,
        kind: AccountKind,
        today: Date,
    ) -> Result<Self, AssertionFault> {
        let told = claims.clone();
        let assertion = Assertion {
            person_name: name.unwrap_or_default().to_owned(),
            document_kind: told.document_kind,
            document_number: told.document_number,
            mobile: told.mobile,
            credit_code: told.credit_code,
            organisation_name: told.organisation_name,
            role: told.role,
        };
        Ok(Self {
            subject: subject.to_owned(),
            proven: claims.level.is_some_and(|level| level >= PROVEN_LEVEL),
            vouched: assertion.read(kind, today)?,
        })
    }
}
