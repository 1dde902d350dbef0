//! Accounts: who registered, and who may sign in.
//!
//! An account is pending until its person was seen by face (requirement PR-18 to PR-21); a
//! pending one that nobody confirmed within a day is expired and frees its number (PR-24).
//! Passwords are kept as argon2id; the count of failed sign-ins belongs to the account name and
//! the network they came from, so that a stranger cannot lock a person out (LG-09).

pub mod lockout;
pub mod new_password;
pub mod password;
pub mod registration;
pub mod sign_in;
pub mod sign_in_name;
pub mod superseding;

use std::sync::Arc;

use quanshengshi_rules::mobile::Mobile;
use quanshengshi_rules::person_name::PersonName;
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::accounts::password::Passwords;
use crate::clock::Clock;
use crate::review::face_decide::waits_for_people;
use crate::store::{Store, StoreError};

/// The tables of this room.
pub const SCHEMA: &str = "
CREATE TABLE accounts (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('personal', 'legal')),
    name TEXT NOT NULL,
    organisation TEXT NOT NULL,
    enterprise_type TEXT NOT NULL,
    person_name TEXT NOT NULL,
    document_kind TEXT NOT NULL,
    document_number TEXT NOT NULL,
    validity TEXT NOT NULL,
    mobile TEXT NOT NULL,
    region TEXT NOT NULL,
    password TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('pending', 'active', 'expired')),
    agreement TEXT NOT NULL,
    agreed_at_ms INTEGER NOT NULL,
    created_at_ms INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX accounts_by_name ON accounts (kind, name) WHERE state <> 'expired';
CREATE UNIQUE INDEX accounts_by_mobile ON accounts (kind, mobile) WHERE state <> 'expired';
CREATE TABLE sign_in_failures (
    name TEXT NOT NULL,
    network TEXT NOT NULL,
    failures INTEGER NOT NULL,
    last_at_ms INTEGER NOT NULL,
    PRIMARY KEY (name, network)
) STRICT;
";

/// What version 2 adds: how a person was proven (MR-08, NP-03, EL-04), and accounts that another
/// authority vouches for and that bind no mobile number (NP-03, EL-03).
pub const SCHEMA_2: &str = "
ALTER TABLE accounts ADD COLUMN proven_by TEXT NOT NULL DEFAULT 'face'
    CHECK (proven_by IN ('face', 'review', 'national', 'electronic_licence'));
DROP INDEX accounts_by_mobile;
CREATE UNIQUE INDEX accounts_by_mobile ON accounts (kind, mobile)
    WHERE state <> 'expired' AND mobile <> '';
";

/// Milliseconds a pending account waits for its face (requirement PR-24).
pub const PENDING_LIFE_MS: u64 = 24 * 3_600_000;

/// An account, by its number in the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct AccountId(pub i64);

/// Whose account it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccountKind {
    /// A person's own.
    Personal,
    /// An enterprise's, opened by its legal representative.
    Legal,
}

impl AccountKind {
    /// The word in forms and in the database.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Personal => "personal",
            Self::Legal => "legal",
        }
    }

    /// The kind of a word.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Personal, Self::Legal]
            .into_iter()
            .find(|kind| kind.word() == word)
    }
}

/// How far an account is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccountState {
    /// Registered, not yet seen by face.
    Pending,
    /// Real-name: may sign in.
    Active,
}

impl AccountState {
    /// The word in the database.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Active => "active",
        }
    }
}

/// How the person of an account was proven, or will be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proof {
    /// By the face: the account stays pending until then (requirement PR-19).
    Face,
    /// By reviewers who looked at materials (requirement MR-08).
    Review,
    /// By the national portal's assertion (requirement NP-03).
    National,
    /// By the electronic licence (requirement EL-04).
    ElectronicLicence,
}

impl Proof {
    /// Every proof.
    pub const ALL: [Self; 4] = [
        Self::Face,
        Self::Review,
        Self::National,
        Self::ElectronicLicence,
    ];

    /// The word in the database.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Face => "face",
            Self::Review => "review",
            Self::National => "national",
            Self::ElectronicLicence => "electronic_licence",
        }
    }

    /// How far an account with this proof is when it is made.
    pub const fn first_state(self) -> AccountState {
        match self {
            Self::Face => AccountState::Pending,
            Self::Review | Self::National | Self::ElectronicLicence => AccountState::Active,
        }
    }
}

/// An account as it is stored, without its password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Its number.
    pub id: AccountId,
    /// Whose it is.
    pub kind: AccountKind,
    /// What is typed to sign in: the credit code of an enterprise.
    pub name: String,
    /// The enterprise's name; empty for a person.
    pub organisation: String,
    /// The kind of enterprise by its name in `rules`; empty for a person.
    pub enterprise_type: String,
    /// The person, or the legal representative.
    pub person_name: String,
    /// Kind of that person's document.
    pub document_kind: String,
    /// Number of that document.
    pub document_number: String,
    /// The bound mobile number.
    pub mobile: String,
    /// Region code.
    pub region: String,
    /// How far it is.
    pub state: AccountState,
    /// How its person was proven, or will be.
    pub proof: Proof,
    /// Portal time of registration.
    pub created_at_ms: u64,
}

impl Account {
    /// The enterprise's name, or the person's as others may see it: somebody may look over the
    /// shoulder.
    pub fn shown_name(&self) -> String {
        match self.kind {
            AccountKind::Legal => self.organisation.clone(),
            AccountKind::Personal => self.masked_person(),
        }
    }

    /// The person's name as others may see it.
    pub fn masked_person(&self) -> String {
        PersonName::parse(&self.person_name).map_or_else(|_| "*".to_owned(), |name| name.masked())
    }

    /// The bound mobile number as others may see it.
    pub fn masked_mobile(&self) -> String {
        Mobile::parse(&self.mobile).map_or_else(|_| "*".to_owned(), |parsed| parsed.value.masked())
    }
}

/// A number as others may see it: its first and last four characters.
pub fn masked_number(number: &str) -> String {
    let signs: Vec<char> = number.chars().collect();
    let hidden = signs.len().saturating_sub(8);
    let shown = |(at, sign): (usize, &char)| {
        if (4..4 + hidden).contains(&at) {
            '*'
        } else {
            *sign
        }
    };
    if hidden == 0 {
        return "*".repeat(signs.len());
    }
    signs.iter().enumerate().map(shown).collect()
}

/// Why an account could not be used.
#[derive(Debug, thiserror::Error)]
pub enum AccountError {
    /// The name is registered.
    #[error("an account of this name exists")]
    NameTaken,
    /// An open application for review holds the name or the mobile number (requirement MR-07).
    #[error("an application for review holds the name or the number")]
    UnderReview,
    /// The mobile number is bound to an account of the same kind.
    #[error("the mobile number is bound to another account")]
    MobileTaken,
    /// No such account.
    #[error("no such account")]
    Unknown,
    /// Too many passwords are being hashed.
    #[error("too many sign-ins at once")]
    Busy,
    /// A password could not be hashed.
    #[error("the password could not be hashed")]
    Hash,
    /// The storage failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<rusqlite::Error> for AccountError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(error.into())
    }
}

/// All accounts.
#[derive(Debug, Clone)]
pub struct Accounts {
    store: Store,
    clock: Arc<dyn Clock>,
    passwords: Passwords,
}

impl Accounts {
    /// Over a storage.
    pub fn new(store: Store, clock: Arc<dyn Clock>, passwords: Passwords) -> Self {
        Self {
            store,
            clock,
            passwords,
        }
    }

    /// The account of a number.
    ///
    /// # Errors
    /// [`AccountError::Unknown`], or the storage's.
    ///
    /// # Cancellation
    /// Harmless.
    pub async fn by_id(&self, id: AccountId) -> Result<Account, AccountError> {
        self.store
            .read(move |connection| find(connection, "id = ?1", params![id.0]))
            .await?
            .ok_or(AccountError::Unknown)
    }

    /// The account of a name that can still be used, if there is one.
    ///
    /// # Errors
    /// Only the storage's.
    ///
    /// # Cancellation
    /// Harmless.
    pub async fn by_name(
        &self,
        kind: AccountKind,
        name: &str,
    ) -> Result<Option<Account>, AccountError> {
        let name = name.to_owned();
        self.store
            .read(move |connection| {
                let which = "kind = ?1 AND name = ?2 AND state <> 'expired'";
                find(connection, which, params![kind.word(), name])
            })
            .await
    }

    /// Whether a pending account still waits for its face: for a day, and as long as people have
    /// to look at it.
    ///
    /// # Errors
    /// Only the storage's.
    ///
    /// # Cancellation
    /// Harmless.
    pub async fn still_waits(&self, account: &Account) -> Result<bool, AccountError> {
        let age_ms = self.clock.now_ms().saturating_sub(account.created_at_ms);
        if age_ms < PENDING_LIFE_MS {
            return Ok(true);
        }
        let id = account.id;
        let waits = self
            .store
            .read(move |connection| Ok::<_, AccountError>(waits_for_people(connection, id)?))
            .await?;
        Ok(waits)
    }

    /// Makes an account real-name after its face was approved (requirement PR-20).
    ///
    /// # Errors
    /// [`AccountError::Unknown`] when it is neither pending nor active, or the storage's.
    ///
    /// # Cancellation
    /// The change is made once it was queued.
    pub async fn mark_real_name(&self, account: AccountId) -> Result<(), AccountError> {
        self.store
            .write(move |transaction| mark_real_name_in(transaction, account))
            .await
    }
}

/// [`Accounts::mark_real_name`] inside a transaction of another room, so that the approval and
/// the account change together or not at all. Doing it twice is the same as once.
///
/// # Errors
/// [`AccountError::Unknown`] when it is neither pending nor active, or the storage's.
pub fn mark_real_name_in(connection: &Connection, account: AccountId) -> Result<(), AccountError> {
    let changed = connection.execute(
        "UPDATE accounts SET state = 'active' WHERE id = ?1 AND state <> 'expired'",
        [account.0],
    )?;
    if changed == 1 {
        Ok(())
    } else {
        Err(AccountError::Unknown)
    }
}

const COLUMNS: &str = "id, kind, name, organisation, enterprise_type, person_name, document_kind, \
     document_number, mobile, region, state, created_at_ms, proven_by";

fn find(
    connection: &Connection,
    which: &str,
    values: impl rusqlite::Params,
) -> Result<Option<Account>, AccountError> {
    let sql = format!("SELECT {COLUMNS} FROM accounts WHERE {which}");
    let mut statement = connection.prepare_cached(&sql)?;
    Ok(statement.query_row(values, from_row).optional()?)
}

fn from_row(row: &Row<'_>) -> Result<Account, rusqlite::Error> {
    let kind: String = row.get(1)?;
    let state: String = row.get(10)?;
    let proof: String = row.get(12)?;
    Ok(Account {
        id: AccountId(row.get(0)?),
        kind: AccountKind::from_word(&kind).unwrap_or(AccountKind::Personal),
        name: row.get(2)?,
        organisation: row.get(3)?,
        enterprise_type: row.get(4)?,
        person_name: row.get(5)?,
        document_kind: row.get(6)?,
        document_number: row.get(7)?,
        mobile: row.get(8)?,
        region: row.get(9)?,
        state: if state == "active" {
            AccountState::Active
        } else {
            AccountState::Pending
        },
        proof: Proof::ALL
            .into_iter()
            .find(|known| known.word() == proof)
            .unwrap_or(Proof::Face),
        created_at_ms: row.get::<_, i64>(11)?.unsigned_abs(),
    })
}

#[cfg(test)]
mod tests;
