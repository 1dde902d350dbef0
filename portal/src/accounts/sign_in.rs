//! Judging a sign-in by password.

use rusqlite::{OptionalExtension, params};

use crate::accounts::{Account, AccountError, AccountKind, AccountState, Accounts, lockout};

/// A sign-in as it was typed, after the slider.
#[derive(Debug, Clone)]
pub struct Attempt {
    /// Which tab it was typed in.
    pub kind: AccountKind,
    /// The account name, trimmed and in capitals.
    pub name: String,
    /// The password, exactly as typed.
    pub password: String,
    /// The network it comes from.
    pub network: String,
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
    /// Too many failures; wait so many milliseconds.
    Locked(u64),
}

impl Accounts {
    /// Judges a sign-in. Every try is counted before it is judged.
    ///
    /// # Errors
    /// [`AccountError::Busy`] or the storage's.
    ///
    /// # Cancellation
    /// The try stays counted.
    pub async fn sign_in(&self, attempt: Attempt) -> Result<SignIn, AccountError> {
        let now_ms = self.clock.now_ms();
        let (name, network) = (attempt.name.clone(), attempt.network.clone());
        let allowed = self
            .store
            .write(move |transaction| {
                lockout::take_try(transaction, &name, &network, now_ms).map_err(AccountError::from)
            })
            .await?;
        if let Err(wait) = allowed {
            return Ok(SignIn::Locked(wait));
        }
        let found = self.by_name(attempt.kind, &attempt.name).await?;
        let found = found.filter(|account| {
            let age = now_ms.saturating_sub(account.created_at_ms);
            account.state == AccountState::Active || age < super::PENDING_LIFE_MS
        });
        let written = match &found {
            Some(account) => self.written_password(account.id.0).await?,
            None => None,
        };
        let right = self.passwords.matches(&attempt.password, written).await?;
        let Some(account) = found.filter(|_| right) else {
            return Ok(SignIn::BadCredentials);
        };
        self.store
            .write(move |transaction| {
                lockout::clear(transaction, &attempt.name, &attempt.network)
                    .map_err(AccountError::from)
            })
            .await?;
        Ok(match account.state {
            AccountState::Active => SignIn::Welcome(account),
            AccountState::Pending => SignIn::RealNameMissing(account),
        })
    }

    async fn written_password(&self, id: i64) -> Result<Option<String>, AccountError> {
        self.store
            .read(move |connection| {
                let sql = "SELECT password FROM accounts WHERE id = ?1";
                let found = connection.query_row(sql, params![id], |row| row.get(0));
                Ok(found.optional()?)
            })
            .await
    }
}
