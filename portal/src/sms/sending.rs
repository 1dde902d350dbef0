//! Making a code and handing it to the gateway.

use ring::hmac;
use rusqlite::{Transaction, params};

use crate::sms::{Recipient, Sms, SmsError, limits, message, signed};

impl Sms {
    /// Sends a new code; once it is taken, the one before it is dead.
    ///
    /// # Errors
    /// [`SmsError::TooOften`] beyond 1 a minute and 5 an hour for a number or 20 an hour for a
    /// network; [`SmsError::Gateway`], which does not count for the minute; the storage's.
    ///
    /// # Cancellation
    /// The sending goes on to its end; asking again is answered with the wait.
    pub async fn send_code(&self, to: Recipient, network: &str) -> Result<(), SmsError> {
        let (sms, network) = (self.clone(), network.to_owned());
        let work = async move { sms.make_and_send(to, network).await };
        let done = tokio::spawn(work).await;
        done.unwrap_or(Err(SmsError::Gateway))
    }

    async fn make_and_send(&self, to: Recipient, network: String) -> Result<(), SmsError> {
        let code = self.random.make_digits(6)?;
        let tag = hmac::sign(&self.key, &message(&to, &code));
        let tag = tag.as_ref().to_vec();
        let now_ms = self.clock.now_ms();
        let text = format!("【黑龙江政务服务】验证码 {code}，5 分钟内有效。请勿告诉他人。");
        let asked = to.clone();
        let id = self
            .store
            .write(move |transaction| {
                if let Some(wait_ms) = limits::wait(transaction, &asked.mobile, &network, now_ms)? {
                    return Err(SmsError::TooOften { wait_ms });
                }
                // Spent until the gateway has it: a place in the count, but no code.
                transaction.execute(
                    "INSERT INTO sms_codes \
                     (purpose, mobile, session, network, code, wrong, spent, sent_at_ms) \
                     VALUES (?1, ?2, ?3, ?4, ?5, 0, 1, ?6)",
                    params![
                        asked.purpose.word(),
                        asked.mobile,
                        asked.session.as_bytes(),
                        network,
                        tag,
                        signed(now_ms)
                    ],
                )?;
                Ok(transaction.last_insert_rowid())
            })
            .await?;
        let sent = self.gateway.send(&to.mobile, &text).await;
        let end = match &sent {
            Ok(()) => End::Taken,
            Err(SmsError::Unsure) => End::Unsure,
            Err(_) => End::Refused,
        };
        self.store
            .write(move |transaction| settle(transaction, id, &to, end))
            .await?;
        match sent {
            Err(SmsError::Unsure) => Err(SmsError::Gateway),
            other => other,
        }
    }
}

/// How the sending of a code ended.
#[derive(Debug, Clone, Copy)]
enum End {
    Taken,
    Refused,
    Unsure,
}

/// Writes down how the sending ended: a code that was taken lives and ends the one before it; one
/// that was refused was never there.
fn settle(
    transaction: &Transaction<'_>,
    id: i64,
    to: &Recipient,
    end: End,
) -> Result<(), SmsError> {
    match end {
        End::Taken => {
            transaction.execute(
                "UPDATE sms_codes SET spent = (id <> ?4) WHERE purpose = ?1 AND mobile = ?2 \
                 AND session = ?3 AND (spent = 0 OR id = ?4)",
                params![to.purpose.word(), to.mobile, to.session.as_bytes(), id],
            )?;
        }
        End::Refused => {
            transaction.execute("DELETE FROM sms_codes WHERE id = ?1", [id])?;
        }
        End::Unsure => {
            transaction.execute("UPDATE sms_codes SET unsure = 1 WHERE id = ?1", [id])?;
        }
    }
    Ok(())
}
