//! Judging a sign-in: a try is taken, then the password compared.

use rusqlite::{OptionalExtension, params};

#[cfg(test)]
use crate::accounts::AccountKind;
use crate::accounts::lockout::{self, Knock};
use crate::accounts::sign_in_name::SignInName;
use crate::accounts::{Account, AccountError, AccountState, Accounts};

/// A try that may be made. It is counted as failed until it is judged.
#[derive(Debug, Clone)]
pub struct Trial {
    /// The account that was meant, if there is one; whether there is stays unsaid.
    pub account: Option<Account>,
    knock: Knock,
}

/// What came of a sign-in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignIn {
    /// In.
    Welcome(Account),
    /// Right, but its person was not seen by face yet (requirement PR-20).
    RealNameMissing(Account),
    /// Unknown account or wrong password: nobody learns which (requirement LG-02).
    BadCredentials,
}

impl Accounts {
    /// Takes one try at an account, or gives the milliseconds to wait (requirement LG-09).
    ///
    /// # Errors
    /// Only the storage's.
    ///
    /// # Cancellation
    /// The try stays counted.
    pub async fn knock(
        &self,
        name: &SignInName,
        network: &str,
        by_message: bool,
    ) -> Result<Result<Trial, u64>, AccountError> {
        let account = self.by_sign_in_name(name).await?;
        let knock = Knock {
            name: name.counted_as(account.as_ref()),
            network: network.to_owned(),
            by_message,
        };
        let allowed = self.take_try(&knock).await?;
        Ok(allowed.map(|()| Trial { account, knock }))
    }

    /// Compares the password of a try, exactly as typed.
    ///
    /// # Errors
    /// [`AccountError::Busy`] or the storage's.
    ///
    /// # Cancellation
    /// The try stays counted.
    pub async fn judge(&self, trial: Trial, password: &str) -> Result<SignIn, AccountError> {
        let written = match &trial.account {
            Some(account) => self.written_password(account.id.0).await?,
            None => None,
        };
        let right = self.passwords.matches(password, written).await?;
        let Some(account) = trial.account.filter(|_| right) else {
            return Ok(SignIn::BadCredentials);
        };
        self.forget_failures(trial.knock).await?;
        Ok(match account.state {
            AccountState::Active => SignIn::Welcome(account),
            AccountState::Pending => SignIn::RealNameMissing(account),
        })
    }

    /// A sign-in by password as the page does it, for tests of other rooms.
    #[cfg(test)]
    pub(crate) async fn sign_in(&self, kind: AccountKind, name: &str, password: &str) -> SignIn {
        let name = SignInName::read(kind, name);
        let knocked = self.knock(&name, "127.0.0.*", false).await;
        let trial = knocked.expect("knocks").expect("no wait");
        self.judge(trial, password).await.expect("judges")
    }

    /// Failures of the last 15 minutes that make a sign-in dearer: of the network, or at the
    /// account when one was typed, whichever is more.
    ///
    /// # Errors
    /// Only the storage's.
    ///
    /// # Cancellation
    /// Harmless.
    pub async fn recent_failures(
        &self,
        network: &str,
        name: Option<&SignInName>,
    ) -> Result<u32, AccountError> {
        let counted_as = match name {
            Some(name) => {
                let account = self.by_sign_in_name(name).await?;
                Some(name.counted_as(account.as_ref()))
            }
            None => None,
        };
        let (network, now_ms) = (network.to_owned(), self.clock.now_ms());
        self.store
            .read(move |connection| {
                let here = lockout::failures_of_network(connection, &network, now_ms)?;
                let there = match counted_as {
                    Some(name) => lockout::failures_at(connection, &name, now_ms)?,
                    None => 0,
                };
                Ok(here.max(there))
            })
            .await
    }

    pub(super) async fn take_try(&self, knock: &Knock) -> Result<Result<(), u64>, AccountError> {
        let (knock, now_ms) = (knock.clone(), self.clock.now_ms());
        self.store
            .write(move |transaction| {
                lockout::take_try(transaction, &knock, now_ms).map_err(AccountError::from)
            })
            .await
    }

    pub(super) async fn forget_failures(&self, knock: Knock) -> Result<(), AccountError> {
        let now_ms = self.clock.now_ms();
        self.store
            .write(move |transaction| {
                lockout::clear(transaction, &knock, now_ms).map_err(AccountError::from)
            })
            .await
    }

    pub(super) async fn written_password(&self, id: i64) -> Result<Option<String>, AccountError> {
        self.store
            .read(move |connection| {
                let sql = "SELECT password FROM accounts WHERE id = ?1";
                let found = connection.query_row(sql, params![id], |row| row.get(0));
                Ok(found.optional()?)
            })
            .await
    }
}
