//! An application: what was handed in and where it stands.

use quanshengshi_rules::mobile::Mobile;
use quanshengshi_rules::person_name::PersonName;
use rusqlite::{Connection, OptionalExtension as _, Row};

use crate::accounts::AccountKind;
use crate::notices::NoticeId;
use crate::review::ReviewError;
use crate::review::reason::Reason;

/// Kind of document in an application whose own kind cannot register online (requirement PR-02).
pub const OTHER_DOCUMENT: &str = "other";

/// An application, by its number in the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ApplicationId(pub i64);

/// Where an application stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Nobody has decided.
    Submitted,
    /// One reviewer of an enterprise's application has; another one must (requirement MR-09).
    Second,
    /// The two differ; a senior decides.
    Senior,
    /// An account was made of it.
    Approved,
    /// It went back.
    Returned,
}

impl State {
    const ALL: [Self; 5] = [
        Self::Submitted,
        Self::Second,
        Self::Senior,
        Self::Approved,
        Self::Returned,
    ];

    /// The word in forms and in the database.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Submitted => "submitted",
            Self::Second => "second",
            Self::Senior => "senior",
            Self::Approved => "approved",
            Self::Returned => "returned",
        }
    }

    /// The state of a word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }

    /// Whether somebody still has to decide.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Submitted | Self::Second | Self::Senior)
    }

    /// Whether a step follows.
    pub const fn may_become(self, next: Self) -> bool {
        match self {
            Self::Submitted => matches!(next, Self::Second | Self::Approved | Self::Returned),
            Self::Second => matches!(next, Self::Senior | Self::Approved | Self::Returned),
            Self::Senior => matches!(next, Self::Approved | Self::Returned),
            Self::Approved | Self::Returned => false,
        }
    }
}

/// An application, without its password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Application {
    /// Its number in the database.
    pub id: ApplicationId,
    /// The number its applicant knows, `R20261123-00871`.
    pub number: String,
    /// Whose account it asks for.
    pub kind: AccountKind,
    /// Where it stands.
    pub state: State,
    /// The account's name: document number of a person, credit code of an enterprise.
    pub name: String,
    /// The enterprise's name; empty for a person.
    pub organisation: String,
    /// The kind of enterprise; empty for a person, and for codes that cannot register online.
    pub enterprise_type: String,
    /// The person, or the legal representative.
    pub person_name: String,
    /// Kind of that person's document, or [`OTHER_DOCUMENT`].
    pub document_kind: String,
    /// Its number.
    pub document_number: String,
    /// Its validity as `2016-03-07/2036-03-07`; empty where none is asked for.
    pub validity: String,
    /// The proven mobile number.
    pub mobile: String,
    /// Region code.
    pub region: String,
    /// Name and version of the agreement that was ticked.
    pub agreement: String,
    /// When it was handed in, milliseconds since 1970.
    pub submitted_at_ms: u64,
    /// When it is due, milliseconds since 1970 (requirement MR-03).
    pub due_at_ms: u64,
    /// Whether the holidays on the way are announced; the true time can be later otherwise.
    pub due_certain: bool,
    /// When it was found late.
    pub escalated_at_ms: Option<u64>,
    /// When it was decided.
    pub decided_at_ms: Option<u64>,
    /// Why it came back.
    pub reasons: Vec<Reason>,
    /// The message about its end.
    pub notice: Option<NoticeId>,
}

impl Application {
    /// The person's name as others may see it.
    pub fn masked_person(&self) -> String {
        PersonName::parse(&self.person_name).map_or_else(|_| "*".to_owned(), |name| name.masked())
    }

    /// The mobile number as others may see it.
    pub fn masked_mobile(&self) -> String {
        Mobile::parse(&self.mobile).map_or_else(|_| "*".to_owned(), |parsed| parsed.value.masked())
    }

    /// Whether it is open and past its due time.
    pub fn is_late(&self, now_ms: u64) -> bool {
        self.state.is_open() && now_ms >= self.due_at_ms
    }
}

const COLUMNS: &str = "id, number, kind, state, name, organisation, enterprise_type, person_name, \
     document_kind, document_number, validity, mobile, region, agreement, submitted_at_ms, \
     due_at_ms, due_certain, escalated_at_ms, decided_at_ms, reasons, notice";

/// The application of a condition, if there is one.
///
/// # Errors
/// The storage's.
pub(super) fn find(
    connection: &Connection,
    which: &str,
    values: impl rusqlite::Params,
) -> Result<Option<Application>, ReviewError> {
    let sql = format!("SELECT {COLUMNS} FROM review_applications WHERE {which}");
    let mut statement = connection.prepare_cached(&sql)?;
    Ok(statement.query_row(values, from_row).optional()?)
}

/// The applications of a condition with its order.
///
/// # Errors
/// The storage's.
pub(super) fn list(
    connection: &Connection,
    which: &str,
    values: impl rusqlite::Params,
) -> Result<Vec<Application>, ReviewError> {
    let sql = format!("SELECT {COLUMNS} FROM review_applications WHERE {which}");
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(values, from_row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<Application> {
    let time = |at: Option<i64>| at.map(i64::unsigned_abs);
    let (kind, state): (String, String) = (row.get(2)?, row.get(3)?);
    let (submitted, due): (i64, i64) = (row.get(14)?, row.get(15)?);
    let reasons: String = row.get(19)?;
    let notice: Option<i64> = row.get(20)?;
    Ok(Application {
        id: ApplicationId(row.get(0)?),
        number: row.get(1)?,
        kind: AccountKind::from_word(&kind).unwrap_or(AccountKind::Personal),
        // The column's own check allows no other word.
        state: State::from_word(&state).unwrap_or(State::Returned),
        name: row.get(4)?,
        organisation: row.get(5)?,
        enterprise_type: row.get(6)?,
        person_name: row.get(7)?,
        document_kind: row.get(8)?,
        document_number: row.get(9)?,
        validity: row.get(10)?,
        mobile: row.get(11)?,
        region: row.get(12)?,
        agreement: row.get(13)?,
        submitted_at_ms: submitted.unsigned_abs(),
        due_at_ms: due.unsigned_abs(),
        due_certain: row.get(16)?,
        escalated_at_ms: time(row.get(17)?),
        decided_at_ms: time(row.get(18)?),
        reasons: Reason::read(&reasons),
        notice: notice.map(NoticeId),
    })
}
