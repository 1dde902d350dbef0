//! What is typed to sign in (requirements LG-02 and LG-10).

use quanshengshi_rules::mobile::Mobile;
use quanshengshi_rules::normalise;
use rusqlite::params;

use crate::accounts::{Account, AccountError, AccountKind, AccountState, Accounts, find};

/// An account as it was typed, ready to be looked up: the credit code of an enterprise; the
/// document number or the bound mobile number of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignInName {
    /// Which tab it was typed in.
    pub kind: AccountKind,
    typed: String,
    mobile: String,
}

impl SignInName {
    /// Reads what was typed: trimmed, half-width, in capitals, without spaces and hyphens.
    pub fn read(kind: AccountKind, typed: &str) -> Self {
        let mobile = match kind {
            AccountKind::Legal => None,
            AccountKind::Personal => Mobile::parse(typed).ok(),
        };
        Self {
            kind,
            typed: normalise::number(typed).to_uppercase(),
            mobile: mobile.map_or_else(String::new, |parsed| parsed.value.as_str().to_owned()),
        }
    }

    /// What stands in the form when it comes back.
    pub fn written(&self) -> &str {
        &self.typed
    }

    /// What failures are counted by: the account, whichever of its names was typed.
    pub(super) fn counted_as(&self, account: Option<&Account>) -> String {
        let name = account.map_or(&self.typed, |account| &account.name);
        format!("{} {name}", self.kind.word())
    }
}

impl Accounts {
    /// The account that a typed name means, if there is one that can be signed in to.
    ///
    /// # Errors
    /// Only the storage's.
    ///
    /// # Cancellation
    /// Harmless.
    pub async fn by_sign_in_name(
        &self,
        name: &SignInName,
    ) -> Result<Option<Account>, AccountError> {
        let (kind, typed, mobile) = (name.kind, name.typed.clone(), name.mobile.clone());
        let found = self
            .store
            .read(move |connection| {
                // One question either way, so that it takes as long. An account's own name comes
                // before somebody's mobile number that reads the same.
                let which = "kind = ?1 AND state <> 'expired' \
                             AND (name = ?2 OR (mobile = ?3 AND ?3 <> '')) \
                             ORDER BY name = ?2 DESC LIMIT 1";
                find(connection, which, params![kind.word(), typed, mobile])
            })
            .await?;
        match found {
            Some(account)
                if account.state == AccountState::Pending
                    && !self.still_waits(&account).await? =>
            {
                Ok(None)
            }
            found => Ok(found),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{AccountKind, SignInName};

    #[test]
    fn lg_02_a_credit_code_is_trimmed_and_in_capitals() {
        let name = SignInName::read(AccountKind::Legal, " ９１230102-ma1b2c3d8j ");
        assert_eq!(name.written(), "91230102MA1B2C3D8J");
        assert_eq!(name.mobile, "", "an enterprise has no other name");
    }

    #[test]
    fn lg_10_a_person_types_a_document_number_or_a_mobile_number() {
        let read = |typed| SignInName::read(AccountKind::Personal, typed);
        let name = read("23010219970518002x");
        assert_eq!(
            (name.written(), name.mobile.as_str()),
            ("23010219970518002X", "")
        );
        assert_eq!(read("+86 139-0451-0037").mobile, "13904510037");
        assert_eq!(read("e12345678").written(), "E12345678");
    }
}
