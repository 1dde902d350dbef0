//! Putting a proven account in the place of one that waits.

use rusqlite::params;

use crate::accounts::{AccountError, AccountKind, Accounts};

impl Accounts {
    /// Ends the pending account of a name, if there is one: somebody whom another authority
    /// vouches for needs the name. Its password, which a stranger may have typed, opens nothing
    /// any more; its name and number are free.
    ///
    /// # Errors
    /// Only the storage's.
    ///
    /// # Cancellation
    /// It ends once it was queued.
    pub async fn supersede_pending(
        &self,
        kind: AccountKind,
        name: &str,
    ) -> Result<(), AccountError> {
        let name = name.to_owned();
        self.store
            .write(move |transaction| {
                transaction.execute(
                    "UPDATE accounts SET state = 'expired' \
                     WHERE kind = ?1 AND name = ?2 AND state = 'pending'",
                    params![kind.word(), name],
                )?;
                Ok(())
            })
            .await
    }
}
