//! An assertion as it arrives, and what can be read from it.

use quanshengshi_rules::complaint::RuleError;
use quanshengshi_rules::credit_code::CreditCode;
use quanshengshi_rules::date::Date;
use quanshengshi_rules::document::kind::DocumentKind;
use quanshengshi_rules::document::number::DocumentNumber;
use quanshengshi_rules::mobile::Mobile;
use quanshengshi_rules::organisation_name::OrganisationName;
use quanshengshi_rules::person_name::PersonName;
use serde::{Deserialize, Serialize};

use crate::accounts::AccountKind;
use crate::vouched::{Role, Vouched, VouchedEnterprise, VouchedPerson};

/// An assertion in its own words, nothing checked yet.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Assertion {
    /// The person's name.
    #[serde(default)]
    pub person_name: String,
    /// Kind of the document, by its name in `rules`.
    #[serde(default)]
    pub document_kind: String,
    /// Its number.
    #[serde(default)]
    pub document_number: String,
    /// The mobile number; empty when it is not told.
    #[serde(default)]
    pub mobile: String,
    /// The enterprise's code; empty for a person.
    #[serde(default)]
    pub credit_code: String,
    /// The enterprise's name.
    #[serde(default)]
    pub organisation_name: String,
    /// The person's role in the enterprise.
    #[serde(default)]
    pub role: String,
}

/// Why an assertion cannot be used. Says no value: it may go to a log.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AssertionFault {
    /// A value is missing or breaks a rule.
    #[error("the assertion breaks {} at {}", .0.code, .0.field)]
    Rule(RuleError),
    /// The role is none of ours.
    #[error("the assertion names an unknown role")]
    Role,
}

impl From<RuleError> for AssertionFault {
    fn from(error: RuleError) -> Self {
        Self::Rule(error)
    }
}

impl Assertion {
    /// Reads an assertion about an account of a kind, by the rules of `core/rules`.
    ///
    /// # Errors
    /// [`AssertionFault::Rule`] with the first value that is missing or ill-formed,
    /// [`AssertionFault::Role`]. A mobile number that is none is left out: it is not checked
    /// (requirement NP-03).
    pub fn read(&self, kind: AccountKind, today: Date) -> Result<Vouched, AssertionFault> {
        let document_kind = DocumentKind::parse(&self.document_kind)?;
        let person = VouchedPerson {
            name: PersonName::parse(&self.person_name)?,
            document_kind,
            document: DocumentNumber::parse(document_kind, &self.document_number, today)?.value,
            mobile: Mobile::parse(&self.mobile).ok().map(|parsed| parsed.value),
        };
        let enterprise = match kind {
            AccountKind::Personal => None,
            AccountKind::Legal => Some(VouchedEnterprise {
                code: CreditCode::parse(&self.credit_code)?.value,
                name: OrganisationName::parse(&self.organisation_name)?.value,
                role: Role::ALL
                    .into_iter()
                    .find(|role| role.word() == self.role)
                    .ok_or(AssertionFault::Role)?,
            }),
        };
        Ok(Vouched { person, enterprise })
    }
}
