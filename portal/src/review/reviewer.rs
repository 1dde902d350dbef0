//! Reviewers: their own names, roles and passwords. They are no accounts, and no account opens
//! the desk.

use std::sync::Arc;

use quanshengshi_rules::password;
use rusqlite::{Connection, ErrorCode, OptionalExtension as _, params};

use crate::accounts::AccountError;
use crate::accounts::lockout::{self, Knock};
use crate::accounts::password::Passwords;
use crate::audit::chain::append;
use crate::audit::entry::{Actor, AuditEntry, AuditEvent};
use crate::clock::Clock;
use crate::review::signed;
use crate::store::{Store, StoreError};

/// The longest name of a reviewer, in characters.
const LONGEST_NAME: usize = 32;

/// A reviewer, by their number in the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReviewerId(pub i64);

/// What a reviewer may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Decides; for an enterprise, together with another one.
    Reviewer,
    /// Decides as well, and where two reviewers differ.
    Senior,
    /// Reads everything, decides nothing.
    Auditor,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 3] = [Self::Reviewer, Self::Senior, Self::Auditor];

    /// The word on the command line and in the database.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Reviewer => "reviewer",
            Self::Senior => "senior",
            Self::Auditor => "auditor",
        }
    }

    /// The role of a word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.word() == word)
    }
}

/// Who sits at the desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reviewer {
    /// Their number.
    pub id: ReviewerId,
    /// Their name at the sign-in.
    pub name: String,
    /// What they may do.
    pub role: Role,
}

/// Why a reviewer was not added or let in.
#[derive(Debug, thiserror::Error)]
pub enum ReviewerError {
    /// A name is letters, digits and hyphens, at most 32.
    #[error("a reviewer's name is 2 to 32 letters, digits or hyphens")]
    Name,
    /// The password is not strong enough.
    #[error(
        "the password needs at least 10 characters with letters and digits, and no common word"
    )]
    Weak,
    /// The name is there already.
    #[error("a reviewer of this name exists")]
    Exists,
    /// Unknown name or wrong password: nobody learns which.
    #[error("unknown name or wrong password")]
    BadCredentials,
    /// Too many failures; wait so many milliseconds.
    #[error("too many tries: wait {0} ms")]
    Locked(u64),
    /// Passwords cannot be compared now.
    #[error(transparent)]
    Account(#[from] AccountError),
    /// The storage failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<rusqlite::Error> for ReviewerError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(error.into())
    }
}

/// All reviewers.
#[derive(Debug, Clone)]
pub struct Reviewers {
    store: Store,
    clock: Arc<dyn Clock>,
    passwords: Passwords,
}

impl Reviewers {
    /// Over a storage.
    pub fn new(store: Store, clock: Arc<dyn Clock>, passwords: Passwords) -> Self {
        Self {
            store,
            clock,
            passwords,
        }
    }

    /// Adds a reviewer.
    ///
    /// # Errors
    /// [`ReviewerError::Name`], [`ReviewerError::Weak`], [`ReviewerError::Exists`], the storage's.
    ///
    /// # Cancellation
    /// They are added once it was queued.
    pub async fn add(
        &self,
        name: &str,
        role: Role,
        typed: &str,
    ) -> Result<ReviewerId, ReviewerError> {
        let plain = |sign: char| sign.is_alphanumeric() || sign == '-';
        let length = name.chars().count();
        if !(2..=LONGEST_NAME).contains(&length) || !name.chars().all(plain) {
            return Err(ReviewerError::Name);
        }
        password::check(typed, &[name]).map_err(|_| ReviewerError::Weak)?;
        let written = self.passwords.hash(typed).await?;
        let (name, now_ms) = (name.to_owned(), self.clock.now_ms());
        self.store
            .write(move |transaction| {
                let inserted = transaction.execute(
                    "INSERT INTO reviewers (name, role, password, added_at_ms) \
                     VALUES (?1, ?2, ?3, ?4)",
                    params![name, role.word(), written, signed(now_ms)],
                );
                match inserted {
                    Ok(_) => {}
                    Err(error)
                        if error.sqlite_error_code() == Some(ErrorCode::ConstraintViolation) =>
                    {
                        return Err(ReviewerError::Exists);
                    }
                    Err(error) => return Err(error.into()),
                }
                let id = transaction.last_insert_rowid();
                let entry = AuditEntry {
                    reviewer: Some(id),
                    decision: role.word(),
                    ..AuditEntry::new(Actor::Portal, AuditEvent::ReviewerAdded)
                };
                append(transaction, now_ms, &entry)?;
                Ok(ReviewerId(id))
            })
            .await
    }

    /// Lets a reviewer in by name and password. Every try is counted before it is judged, and
    /// takes as long for an unknown name.
    ///
    /// # Errors
    /// [`ReviewerError::BadCredentials`], [`ReviewerError::Locked`], [`ReviewerError::Account`]
    /// when too many are being compared, the storage's.
    ///
    /// # Cancellation
    /// The try stays counted.
    pub async fn sign_in(
        &self,
        name: &str,
        typed: &str,
        network: &str,
    ) -> Result<Reviewer, ReviewerError> {
        let now_ms = self.clock.now_ms();
        // Account names are numbers and codes: a colon keeps the two counts apart.
        let knock = Knock {
            name: format!("desk:{name}"),
            network: network.to_owned(),
            by_message: false,
        };
        let tried = knock.clone();
        let allowed = self
            .store
            .write(move |transaction| {
                lockout::take_try(transaction, &tried, now_ms).map_err(ReviewerError::from)
            })
            .await?;
        if let Err(wait_ms) = allowed {
            return Err(ReviewerError::Locked(wait_ms));
        }
        let asked = name.to_owned();
        let found: Option<(Reviewer, String)> = self
            .store
            .read(move |connection| {
                let sql = "SELECT id, name, role, password FROM reviewers WHERE name = ?1";
                let read = |row: &rusqlite::Row<'_>| Ok((from_row(row)?, row.get(3)?));
                Ok::<_, ReviewerError>(connection.query_row(sql, [asked], read).optional()?)
            })
            .await?;
        let (reviewer, written) = found.unzip();
        let right = self.passwords.matches(typed, written).await?;
        let Some(reviewer) = reviewer.filter(|_| right) else {
            return Err(ReviewerError::BadCredentials);
        };
        let id = reviewer.id.0;
        self.store
            .write(move |transaction| {
                lockout::clear(transaction, &knock, now_ms)?;
                let entry = AuditEntry {
                    reviewer: Some(id),
                    ..AuditEntry::new(Actor::Reviewer, AuditEvent::ReviewerSignedIn)
                };
                append(transaction, now_ms, &entry)?;
                Ok::<_, ReviewerError>(())
            })
            .await?;
        Ok(reviewer)
    }
}

/// The reviewer of a number.
pub(super) fn by_id(connection: &Connection, id: i64) -> rusqlite::Result<Option<Reviewer>> {
    let sql = "SELECT id, name, role FROM reviewers WHERE id = ?1";
    connection.query_row(sql, [id], from_row).optional()
}

fn from_row(row: &rusqlite::Row<'_>) -> rusqlite::Result<Reviewer> {
    let role: String = row.get(2)?;
    Ok(Reviewer {
        id: ReviewerId(row.get(0)?),
        name: row.get(1)?,
        // The column's own check allows no other word; one that reads only could do no harm.
        role: Role::from_word(&role).unwrap_or(Role::Auditor),
    })
}
