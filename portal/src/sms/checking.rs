//! Judging a typed code.

use ring::hmac;
use rusqlite::{OptionalExtension, params};

use crate::sms::{LIFE_MS, Recipient, Sms, SmsError, message, signed};

/// Wrong tries after which a code is dead.
const MOST_WRONG: i64 = 5;

impl Sms {
    /// Checks a typed code and leaves it alive: a form may have another fault.
    ///
    /// # Errors
    /// [`SmsError::Expired`]; [`SmsError::Wrong`], five of which kill the code.
    ///
    /// # Cancellation
    /// A wrong try stays counted.
    pub async fn check_code(&self, to: Recipient, typed: &str) -> Result<(), SmsError> {
        self.judge(to, typed, false).await
    }

    /// Checks a typed code and uses it up.
    ///
    /// # Errors
    /// As [`Sms::check_code`].
    ///
    /// # Cancellation
    /// The code may be used up.
    pub async fn spend_code(&self, to: Recipient, typed: &str) -> Result<(), SmsError> {
        self.judge(to, typed, true).await
    }

    async fn judge(&self, to: Recipient, typed: &str, spend: bool) -> Result<(), SmsError> {
        let tried = message(&to, typed.trim());
        let (key, now_ms) = (self.key.clone(), self.clock.now_ms());
        let right: Result<(), SmsError> = self
            .store
            .write(move |transaction| {
                let sql = "SELECT id, code, wrong FROM sms_codes WHERE purpose = ?1 \
                           AND mobile = ?2 AND session = ?3 AND spent = 0 AND sent_at_ms > ?4 \
                           ORDER BY id DESC LIMIT 1";
                let after = signed(now_ms.saturating_sub(LIFE_MS));
                let values = params![to.purpose.word(), to.mobile, to.session.as_bytes(), after];
                let found: Option<(i64, Vec<u8>, i64)> = transaction
                    .query_row(sql, values, |row| {
                        Ok((row.get(0)?, row.get(1)?, row.get(2)?))
                    })
                    .optional()?;
                let Some((id, code, _)) = found.filter(|(_, _, wrong)| *wrong < MOST_WRONG) else {
                    return Ok(Err(SmsError::Expired));
                };
                if hmac::verify(&key, &tried, &code).is_err() {
                    let sql = "UPDATE sms_codes SET wrong = wrong + 1 WHERE id = ?1";
                    transaction.execute(sql, [id])?;
                    return Ok(Err(SmsError::Wrong));
                }
                if spend {
                    transaction.execute("UPDATE sms_codes SET spent = 1 WHERE id = ?1", [id])?;
                }
                Ok::<_, SmsError>(Ok(()))
            })
            .await?;
        right
    }
}
