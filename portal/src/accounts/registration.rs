//! Making an account, pending or proven by another way than the face.

use rusqlite::{ErrorCode, Transaction, params};

use crate::accounts::{AccountError, AccountId, AccountKind, Accounts, PENDING_LIFE_MS, Proof};
use crate::notices::notice::Notice;
use crate::notices::queue_for_account;
use crate::review::face_decide::UNDER_REVIEW;
use crate::review::submit::{Held, held};

/// An account that passed every check and is to be stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAccount {
    /// Whose it is.
    pub kind: AccountKind,
    /// What will be typed to sign in.
    pub name: String,
    /// The enterprise's name; empty for a person.
    pub organisation: String,
    /// The kind of enterprise; empty for a person.
    pub enterprise_type: String,
    /// The person, or the legal representative.
    pub person_name: String,
    /// Kind of that person's document.
    pub document_kind: String,
    /// Its number.
    pub document_number: String,
    /// Its validity as `2016-03-07/2036-03-07`; empty where none is asked for.
    pub validity: String,
    /// The mobile number to bind; empty when none is told (requirement NP-03).
    pub mobile: String,
    /// Region code.
    pub region: String,
    /// The password as typed; none for an account that is opened by another service only.
    pub password: Option<String>,
    /// How its person was proven, or will be: an account whose face is still to come is pending.
    pub proof: Proof,
    /// Name and version of the agreement that was ticked (requirement PR-07).
    pub agreement: String,
}

impl Accounts {
    /// Stores an account, and tells its number that it was registered (requirement SM-05).
    ///
    /// # Errors
    /// [`AccountError::UnderReview`] before [`AccountError::NameTaken`] before
    /// [`AccountError::MobileTaken`]; [`AccountError::Busy`], [`AccountError::Hash`] or the
    /// storage's.
    ///
    /// # Cancellation
    /// The account is made once it was queued.
    pub async fn register(&self, account: NewAccount) -> Result<AccountId, AccountError> {
        // What is no hash matches no password.
        let password = match &account.password {
            Some(typed) => self.passwords.hash(typed).await?,
            None => String::new(),
        };
        let now_ms = self.clock.now_ms();
        self.store
            .write(move |transaction| {
                match held(transaction, account.kind, &account.name, &account.mobile)? {
                    Held::Free => {}
                    Held::Name | Held::Mobile => return Err(AccountError::UnderReview),
                }
                let id = insert_account(transaction, now_ms, &account, &password)?;
                queue_for_account(transaction, now_ms, id, &Notice::AccountRegistered)?;
                Ok(id)
            })
            .await
    }
}

/// Stores an account whose password is hashed already, inside the transaction of another room.
///
/// # Errors
/// [`AccountError::NameTaken`] before [`AccountError::MobileTaken`], or the storage's; the whole
/// transaction must then be undone.
pub fn insert_account(
    transaction: &Transaction<'_>,
    now_ms: u64,
    account: &NewAccount,
    password: &str,
) -> Result<AccountId, AccountError> {
    let now = i64::try_from(now_ms).unwrap_or(i64::MAX);
    let dead = now.saturating_sub_unsigned(PENDING_LIFE_MS);
    // One whose face people still have to look at is kept: they have longer than a day.
    let over = format!(
        "UPDATE accounts SET state = 'expired' \
         WHERE state = 'pending' AND created_at_ms < ?1 AND NOT {UNDER_REVIEW}"
    );
    transaction.execute(&over, [dead])?;
    let taken = |column: &str, value: &str| {
        let sql = format!(
            "SELECT count(*) FROM accounts \
             WHERE kind = ?1 AND {column} = ?2 AND state <> 'expired'"
        );
        let values = params![account.kind.word(), value];
        transaction.query_row(&sql, values, |row| Ok(row.get::<_, i64>(0)? > 0))
    };
    if taken("name", &account.name)? {
        return Err(AccountError::NameTaken);
    }
    if !account.mobile.is_empty() && taken("mobile", &account.mobile)? {
        return Err(AccountError::MobileTaken);
    }
    let inserted = transaction.execute(
        "INSERT INTO accounts (kind, name, organisation, enterprise_type, person_name, \
         document_kind, document_number, validity, mobile, region, password, state, agreement, \
         agreed_at_ms, created_at_ms, proven_by) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?14, ?15)",
        params![
            account.kind.word(),
            account.name,
            account.organisation,
            account.enterprise_type,
            account.person_name,
            account.document_kind,
            account.document_number,
            account.validity,
            account.mobile,
            account.region,
            password,
            account.proof.first_state().word(),
            account.agreement,
            now,
            account.proof.word(),
        ],
    );
    match inserted {
        Ok(_) => Ok(AccountId(transaction.last_insert_rowid())),
        // The index is the last word, whatever was read before.
        Err(error) if error.sqlite_error_code() == Some(ErrorCode::ConstraintViolation) => {
            Err(AccountError::NameTaken)
        }
        Err(error) => Err(error.into()),
    }
}
