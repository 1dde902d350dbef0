//! Whose account an assertion opens, and making it when there is none.
//!
//! An account that is still pending proves nothing: whoever made it may be a stranger who typed a
//! password and waits for the real person to prove it. So a vouched sign-in never takes over a
//! pending account, it replaces it; nothing of the pending one lives on.

use quanshengshi_rules::complaint::code::Code;
use quanshengshi_rules::enterprise::EnterpriseType;
use quanshengshi_rules::region;

use crate::accounts::registration::NewAccount;
use crate::accounts::{Account, AccountError, AccountState, Accounts, Proof};
use crate::registers::{Enterprise, RegisterUnavailable, Registers, Representative};
use crate::vouched::representative::{is_kept_elsewhere, is_old_form, same_name};
use crate::vouched::{Role, Vouched, VouchedEnterprise};

/// Why somebody is not admitted.
#[derive(Debug, thiserror::Error)]
pub enum AdmissionFault {
    /// Refused, with the sentence of a code.
    #[error("refused: {0}")]
    Refused(Code),
    /// The accounts failed.
    #[error(transparent)]
    Accounts(#[from] AccountError),
}

impl From<Code> for AdmissionFault {
    fn from(code: Code) -> Self {
        Self::Refused(code)
    }
}

impl From<RegisterUnavailable> for AdmissionFault {
    fn from(_: RegisterUnavailable) -> Self {
        Self::Refused(Code::MsaUnavailable)
    }
}

/// What an account is made with besides the assertion.
#[derive(Debug, Clone)]
pub struct Terms {
    /// How its person was proven, or will be.
    pub proof: Proof,
    /// Validity of the representative's document as it is stored; empty where none is told.
    pub validity: String,
    /// Name and version of what was agreed to.
    pub agreement: &'static str,
}

/// Admits people whom another authority vouches for.
#[derive(Debug, Clone)]
pub struct Admission {
    accounts: Accounts,
    registers: Registers,
}

impl Admission {
    /// Over the accounts and the registers.
    pub fn new(accounts: Accounts, registers: Registers) -> Self {
        Self {
            accounts,
            registers,
        }
    }

    /// The account an assertion is about, proven or pending, if there is one.
    ///
    /// # Errors
    /// [`AdmissionFault::Refused`] with `REG_IDENTITY_MISMATCH` when a person's account has
    /// another name on it, or the storage's.
    ///
    /// # Cancellation
    /// Harmless.
    pub async fn find(&self, vouched: &Vouched) -> Result<Option<Account>, AdmissionFault> {
        let name = vouched.account_name();
        let found = self.accounts.by_name(vouched.kind(), name).await?;
        if let Some(account) = &found
            && vouched.enterprise.is_none()
            && account.state == AccountState::Active
            && !same_name(&account.person_name, vouched.person.name.as_str())
        {
            return Err(Code::RegIdentityMismatch.into());
        }
        Ok(found)
    }

    /// Whether an account may be made of an assertion: for an enterprise only by its legal
    /// representative or a licence administrator (requirement EL-06), and only while it is in
    /// business. Gives the person the account will name.
    ///
    /// # Errors
    /// [`AdmissionFault::Refused`] with `ROLE_NOT_ALLOWED`, `ENT_NOT_ACTIVE`,
    /// `ENT_INFO_MISMATCH` for a company of ours that the register does not know,
    /// `LEGAL_REP_MISMATCH` or `MSA_UNAVAILABLE`.
    ///
    /// # Cancellation
    /// Harmless.
    pub async fn check(&self, vouched: &Vouched) -> Result<Representative, AdmissionFault> {
        let asserted = Representative {
            name: vouched.person.name.as_str().to_owned(),
            document_kind: vouched.person.document_kind.as_str().to_owned(),
            document_number: vouched.person.document.as_str().to_owned(),
        };
        let Some(enterprise) = &vouched.enterprise else {
            return Ok(asserted);
        };
        if !enterprise.role.may_register() {
            return Err(Code::RoleNotAllowed.into());
        }
        let filed = self.registers.enterprise(enterprise.code.as_str()).await?;
        if filed.as_ref().is_some_and(|filed| !filed.active) {
            return Err(Code::EntNotActive.into());
        }
        match (enterprise.role, filed) {
            (Role::LegalRepresentative, None) if is_kept_elsewhere(enterprise.code.as_str()) => {
                Ok(asserted)
            }
            (Role::LegalRepresentative, None) => Err(Code::EntInfoMismatch.into()),
            (Role::LegalRepresentative, Some(filed)) => {
                if is_the_filed_one(&filed, &asserted) {
                    Ok(asserted)
                } else {
                    Err(Code::LegalRepMismatch.into())
                }
            }
            // An administrator signs for the representative, whom only a register can name; an
            // old number names nobody.
            (_, Some(filed)) if filed.representative.document_number.len() != 15 => {
                Ok(filed.representative)
            }
            _ => Err(Code::RoleNotAllowed.into()),
        }
    }

    /// Makes the account of an assertion, in the place of a pending one. Its mobile number is
    /// bound when it is told and free; it is not checked (requirement NP-03).
    ///
    /// # Errors
    /// As [`Admission::check`]; `ENT_EXISTS` or `REG_PERSON_EXISTS` when somebody proved an
    /// account of that name meanwhile.
    ///
    /// # Cancellation
    /// The account is made once it was queued.
    pub async fn make(&self, vouched: &Vouched, terms: Terms) -> Result<Account, AdmissionFault> {
        let person = self.check(vouched).await?;
        let account = new_account(vouched, person, terms);
        self.accounts
            .supersede_pending(account.kind, &account.name)
            .await?;
        let unbound = NewAccount {
            mobile: String::new(),
            ..account.clone()
        };
        let mut made = self.accounts.register(account).await;
        if let Err(AccountError::MobileTaken) = made {
            made = self.accounts.register(unbound).await;
        }
        match made {
            Ok(id) => Ok(self.accounts.by_id(id).await?),
            Err(AccountError::NameTaken) => Err(match vouched.enterprise {
                Some(_) => Code::EntExists.into(),
                None => Code::RegPersonExists.into(),
            }),
            Err(other) => Err(other.into()),
        }
    }
}

fn is_the_filed_one(filed: &Enterprise, asserted: &Representative) -> bool {
    let (known, told) = (&filed.representative, asserted);
    let number = known.document_number == told.document_number
        || is_old_form(&known.document_number, &told.document_number);
    number && same_name(&known.name, &told.name)
}

fn new_account(vouched: &Vouched, person: Representative, terms: Terms) -> NewAccount {
    // An administrator's number is not the enterprise's.
    let own = vouched
        .enterprise
        .as_ref()
        .is_none_or(|enterprise| enterprise.role == Role::LegalRepresentative);
    let mobile = vouched.person.mobile.as_ref().filter(|_| own);
    NewAccount {
        kind: vouched.kind(),
        name: vouched.account_name().to_owned(),
        organisation: vouched
            .enterprise
            .as_ref()
            .map_or_else(String::new, |enterprise| {
                enterprise.name.as_str().to_owned()
            }),
        enterprise_type: vouched
            .enterprise
            .as_ref()
            .map_or_else(String::new, |enterprise| {
                kind_of(enterprise).as_str().to_owned()
            }),
        person_name: person.name,
        document_kind: person.document_kind,
        document_number: person.document_number,
        validity: terms.validity,
        mobile: mobile.map_or_else(String::new, |mobile| mobile.as_str().to_owned()),
        region: place_of(vouched.enterprise.as_ref()),
        password: None,
        proof: terms.proof,
        agreement: terms.agreement.to_owned(),
    }
}

/// The kind of an enterprise by its code; where the manual names no kind for a code, by who
/// registered it.
fn kind_of(enterprise: &VouchedEnterprise) -> EnterpriseType {
    let code = enterprise.code.as_str();
    enterprise
        .code
        .class()
        .unwrap_or(if code.starts_with("92") {
            EnterpriseType::SoleTrader
        } else if code.starts_with('1') {
            EnterpriseType::PublicInstitution
        } else {
            EnterpriseType::Enterprise
        })
}

/// The usual place: the prefecture in the code of an enterprise of ours, the province for all
/// others (requirement PR-13).
fn place_of(enterprise: Option<&VouchedEnterprise>) -> String {
    enterprise
        .and_then(|enterprise| enterprise.code.as_str().get(2..6))
        .and_then(|place| region::find(&format!("{place}00")))
        .map_or(region::HEILONGJIANG, region::Region::code)
        .to_owned()
}
