//! What another authority's sign-in service says of a person or an enterprise, parsed, and what
//! the portal makes of it.
//!
//! The national portal and the electronic licence vouch for people: no form, no mobile check, and
//! often no face. So every value is parsed with the same rules as a form before anything is done
//! with it ([`read`]), and [`admission`] decides whose account it opens.
//!
//! | word | means |
//! |---|---|
//! | role | in which capacity a person acts for an enterprise (requirement EL-06) |
//! | known | an account of that name exists and its person was proven |

pub mod admission;
pub mod dates;
pub mod read;
pub mod representative;

use quanshengshi_rules::credit_code::CreditCode;
use quanshengshi_rules::document::kind::DocumentKind;
use quanshengshi_rules::document::number::DocumentNumber;
use quanshengshi_rules::mobile::Mobile;
use quanshengshi_rules::organisation_name::OrganisationName;
use quanshengshi_rules::person_name::PersonName;

use crate::accounts::AccountKind;

/// In which capacity a person acts for an enterprise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// 法定代表人: may do everything; only this person's face opens certificates.
    LegalRepresentative,
    /// 电子营业执照管理员: may register the enterprise and sign in.
    LicenceAdministrator,
    /// 办事人员: may sign in to an account that exists.
    Operator,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 3] = [
        Self::LegalRepresentative,
        Self::LicenceAdministrator,
        Self::Operator,
    ];

    /// The word in assertions.
    pub const fn word(self) -> &'static str {
        match self {
            Self::LegalRepresentative => "legal_representative",
            Self::LicenceAdministrator => "licence_administrator",
            Self::Operator => "operator",
        }
    }

    /// Whether this role may make an account for its enterprise (requirement EL-06).
    pub const fn may_register(self) -> bool {
        matches!(self, Self::LegalRepresentative | Self::LicenceAdministrator)
    }
}

/// A person somebody vouches for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VouchedPerson {
    /// The name.
    pub name: PersonName,
    /// Kind of the document.
    pub document_kind: DocumentKind,
    /// Its number.
    pub document: DocumentNumber,
    /// The mobile number, where the service tells it.
    pub mobile: Option<Mobile>,
}

/// An enterprise somebody vouches for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VouchedEnterprise {
    /// Its unified social credit code, of any province (requirement NP-02).
    pub code: CreditCode,
    /// Its name.
    pub name: OrganisationName,
    /// In which capacity the person acts for it.
    pub role: Role,
}

/// What a service says: a person, and the enterprise they act for, if any.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vouched {
    /// The person who signed in there.
    pub person: VouchedPerson,
    /// The enterprise they act for; none for a person's own account.
    pub enterprise: Option<VouchedEnterprise>,
}

impl Vouched {
    /// Whose account it is about.
    pub fn kind(&self) -> AccountKind {
        match self.enterprise {
            Some(_) => AccountKind::Legal,
            None => AccountKind::Personal,
        }
    }

    /// The name of that account.
    pub fn account_name(&self) -> &str {
        match &self.enterprise {
            Some(enterprise) => enterprise.code.as_str(),
            None => self.person.document.as_str(),
        }
    }
}

#[cfg(test)]
mod tests;
