//! Changing the password of an account that is signed in.

use quanshengshi_protocol::ids::Digest;
use quanshengshi_rules::complaint::RuleError;
use quanshengshi_rules::password;
use rusqlite::params;

use crate::accounts::lockout::Knock;
use crate::accounts::{Account, AccountError, Accounts};
use crate::sessions;

/// What came of a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Changed; every other session of the account has ended.
    Done,
    /// The old password is not the one of the account.
    OldWrong,
    /// The new one does not follow the policy (requirement PR-22).
    Weak(RuleError),
    /// Too many wrong ones; wait so many milliseconds.
    Locked(u64),
}

impl Accounts {
    /// Whether an account has a password at all: one that another service opens has none.
    ///
    /// # Errors
    /// Only the storage's.
    ///
    /// # Cancellation
    /// Harmless.
    pub async fn has_password(&self, account: &Account) -> Result<bool, AccountError> {
        let written = self.written_password(account.id.0).await?;
        Ok(written.is_some_and(|hash| !hash.is_empty()))
    }

    /// Changes a password, both exactly as typed, and ends every session of the account but one.
    /// Wrong old passwords count like failed sign-ins of that network.
    ///
    /// # Errors
    /// [`AccountError::Busy`], [`AccountError::Hash`] or the storage's.
    ///
    /// # Cancellation
    /// A try stays counted; the change is made, with the end of the sessions, once it was queued.
    pub async fn change_password(
        &self,
        account: &Account,
        (old, new): (&str, &str),
        kept: Digest,
        network: &str,
    ) -> Result<Change, AccountError> {
        let known = [account.name.as_str(), account.mobile.as_str()];
        if let Err(error) = password::check(new, &known) {
            return Ok(Change::Weak(error));
        }
        let knock = Knock {
            name: format!("{} {}", account.kind.word(), account.name),
            network: network.to_owned(),
            by_message: false,
        };
        if let Err(wait) = self.take_try(&knock).await? {
            return Ok(Change::Locked(wait));
        }
        let written = self.written_password(account.id.0).await?;
        if !self.passwords.matches(old, written).await? {
            return Ok(Change::OldWrong);
        }
        self.forget_failures(knock).await?;
        let (hash, id) = (self.passwords.hash(new).await?, account.id);
        self.store
            .write(move |transaction| {
                transaction.execute(
                    "UPDATE accounts SET password = ?2 WHERE id = ?1",
                    params![id.0, hash],
                )?;
                sessions::close_others_in(transaction, id, kept)?;
                Ok::<_, AccountError>(())
            })
            .await?;
        Ok(Change::Done)
    }
}
