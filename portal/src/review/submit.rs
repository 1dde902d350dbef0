//! Handing in, and finding one's own application again.

use quanshengshi_protocol::ids::Digest;
use quanshengshi_rules::date::Date;
use quanshengshi_rules::working_days;
use rusqlite::{Connection, Transaction, params};

use crate::accounts::registration::NewAccount;
use crate::accounts::{AccountKind, AccountState};
use crate::audit::chain::append;
use crate::audit::entry::{Actor, AuditEntry, AuditEvent};
use crate::notices::{Delivery, delivery};
use crate::review::application::{Application, ApplicationId, State, find};
use crate::review::material::{self, Slot};
use crate::review::{Review, ReviewError, signed};

/// Open states, as conditions name them.
pub(super) const OPEN: &str = "state IN ('submitted', 'second', 'senior')";

/// Why an application is not taken in; nothing typed is lost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refused {
    /// One for the same document or code is open (requirement MR-07).
    Pending,
    /// The document or code has an account that may sign in.
    NameTaken,
    /// The number is bound to another account, or held by another application.
    MobileTaken,
    /// Pictures that are missing.
    Missing(Vec<Slot>),
}

/// What an application asks other registrations to wait for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held {
    /// Nothing is held.
    Free,
    /// The account name.
    Name,
    /// The mobile number.
    Mobile,
}

/// Whether an open application holds an account name or a mobile number (requirement MR-07).
///
/// # Errors
/// The storage's.
pub fn held(
    connection: &Connection,
    kind: AccountKind,
    name: &str,
    mobile: &str,
) -> rusqlite::Result<Held> {
    let any = |column: &str, value: &str| {
        let sql = format!(
            "SELECT count(*) FROM review_applications WHERE kind = ?1 AND {column} = ?2 AND {OPEN}"
        );
        connection.query_row(&sql, params![kind.word(), value], |row| {
            Ok(row.get::<_, i64>(0)? > 0)
        })
    };
    Ok(if any("name", name)? {
        Held::Name
    } else if !mobile.is_empty() && any("mobile", mobile)? {
        Held::Mobile
    } else {
        Held::Free
    })
}

impl Review {
    /// Takes an application in, with the drafts of its session as its pictures. The account is
    /// what will be made of it; its password is hashed here and stands nowhere else.
    ///
    /// # Errors
    /// Inside: [`Refused`]. Outside: [`ReviewError::Account`], [`ReviewError::Store`].
    ///
    /// # Cancellation
    /// It is taken in once it was queued.
    pub async fn submit(
        &self,
        session: Digest,
        account: NewAccount,
    ) -> Result<Result<Application, Refused>, ReviewError> {
        let password = match &account.password {
            Some(typed) => self.passwords.hash(typed).await?,
            None => String::new(),
        };
        let now_ms = self.clock.now_ms();
        self.store
            .write(move |transaction| {
                if let Some(refused) = refusal(transaction, session, &account)? {
                    return Ok(Err(refused));
                }
                let id = insert(transaction, now_ms, &account, &password)?;
                transaction.execute(
                    "UPDATE review_materials SET application = ?1, session = NULL \
                     WHERE session = ?2 AND kind = ?3",
                    params![id.0, session.as_bytes(), account.kind.word()],
                )?;
                transaction.execute(
                    "INSERT INTO review_views VALUES (?1, ?2, ?3)",
                    params![session.as_bytes(), id.0, signed(now_ms)],
                )?;
                let entry = AuditEntry {
                    application: Some(id.0),
                    decision: State::Submitted.word(),
                    ..AuditEntry::new(Actor::Page, AuditEvent::ReviewSubmitted)
                };
                append(transaction, now_ms, &entry)?;
                let made = find(transaction, "id = ?1", [id.0])?;
                Ok(Ok(made.ok_or(ReviewError::Unknown)?))
            })
            .await
    }

    /// The application of a number, for sending a code to whoever handed it in. Not for showing.
    ///
    /// # Errors
    /// Only the storage's.
    ///
    /// # Cancellation
    /// Harmless.
    pub async fn by_number(&self, number: &str) -> Result<Option<Application>, ReviewError> {
        let number = number.to_owned();
        self.store
            .read(move |connection| find(connection, "number = ?1", [number]))
            .await
    }

    /// Lets a session see an application: it has just proven its number.
    ///
    /// # Errors
    /// Only the storage's.
    ///
    /// # Cancellation
    /// It sees it once it was queued.
    pub async fn let_see(&self, session: Digest, id: ApplicationId) -> Result<(), ReviewError> {
        let now = signed(self.clock.now_ms());
        self.store
            .write(move |transaction| {
                transaction.execute(
                    "INSERT OR REPLACE INTO review_views VALUES (?1, ?2, ?3)",
                    params![session.as_bytes(), id.0, now],
                )?;
                Ok(())
            })
            .await
    }

    /// The application a session may see, the latest first, and where its message is.
    ///
    /// # Errors
    /// Only the storage's.
    ///
    /// # Cancellation
    /// Harmless.
    pub async fn seen_by(
        &self,
        session: Digest,
    ) -> Result<Option<(Application, Option<Delivery>)>, ReviewError> {
        self.store
            .read(move |connection| {
                let which = "id = (SELECT application FROM review_views WHERE session = ?1 \
                             ORDER BY at_ms DESC, application DESC LIMIT 1)";
                let Some(found) = find(connection, which, [session.as_bytes()])? else {
                    return Ok(None);
                };
                let delivered = match found.notice {
                    Some(notice) => delivery(connection, notice)?,
                    None => None,
                };
                Ok(Some((found, delivered)))
            })
            .await
    }
}

fn refusal(
    transaction: &Transaction<'_>,
    session: Digest,
    account: &NewAccount,
) -> Result<Option<Refused>, ReviewError> {
    match held(transaction, account.kind, &account.name, &account.mobile)? {
        Held::Name => return Ok(Some(Refused::Pending)),
        Held::Mobile => return Ok(Some(Refused::MobileTaken)),
        Held::Free => {}
    }
    // A pending account of the same name is what review is for when its face cannot be seen
    // (requirement SC-08); its number may be bound again.
    let count = |which: &str, value: &str| {
        let sql = format!("SELECT count(*) FROM accounts WHERE kind = ?1 AND {which}");
        transaction.query_row(&sql, params![account.kind.word(), value], |row| {
            row.get::<_, i64>(0)
        })
    };
    let active = format!("name = ?2 AND state = '{}'", AccountState::Active.word());
    if count(&active, &account.name)? > 0 {
        return Ok(Some(Refused::NameTaken));
    }
    let bound: i64 = transaction.query_row(
        "SELECT count(*) FROM accounts \
         WHERE kind = ?1 AND mobile = ?2 AND name <> ?3 AND state <> 'expired'",
        params![account.kind.word(), account.mobile, account.name],
        |row| row.get(0),
    )?;
    if bound > 0 {
        return Ok(Some(Refused::MobileTaken));
    }
    let which = "session = ?1 AND kind = ?2";
    let drafts = material::kept(
        transaction,
        which,
        params![session.as_bytes(), account.kind.word()],
    )?;
    let missing: Vec<Slot> = Slot::of(account.kind)
        .iter()
        .copied()
        .filter(|slot| !drafts.iter().any(|kept| kept.slot == *slot))
        .collect();
    Ok((!missing.is_empty()).then_some(Refused::Missing(missing)))
}

fn insert(
    transaction: &Transaction<'_>,
    now_ms: u64,
    account: &NewAccount,
    password: &str,
) -> Result<ApplicationId, ReviewError> {
    let next: i64 = transaction.query_row(
        "SELECT coalesce(max(id), 0) + 1 FROM review_applications",
        [],
        |row| row.get(0),
    )?;
    let day = Date::in_china(now_ms);
    let (year, month, day) = (day.year(), day.month(), day.day());
    let number = format!("R{year:04}{month:02}{day:02}-{next:05}");
    let due = working_days::due_at_ms(now_ms);
    transaction.execute(
        "INSERT INTO review_applications (id, number, kind, state, name, organisation, \
         enterprise_type, person_name, document_kind, document_number, validity, mobile, region, \
         password, agreement, submitted_at_ms, due_at_ms, due_certain, reasons) \
         VALUES (?1, ?2, ?3, 'submitted', ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, \
         ?16, ?17, '')",
        params![
            next,
            number,
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
            account.agreement,
            signed(now_ms),
            signed(due.at_ms),
            due.footing == working_days::Footing::Announced,
        ],
    )?;
    Ok(ApplicationId(next))
}
