//! What reviewers see: the list by due time, a case, its pictures. Every look at a case is in the
//! audit with the reviewer's number (requirement MR-09).

use crate::audit::chain::append;
use crate::audit::entry::{Actor, AuditEntry, AuditEvent};
use crate::review::application::{Application, State, find, list};
use crate::review::decide::{may_decide, said};
use crate::review::material::{Kept, Slot, kept};
use crate::review::reason::Reason;
use crate::review::reviewer::{Reviewer, Role};
use crate::review::submit::OPEN;
use crate::review::{Review, ReviewError};

/// The most rows of a list.
const MOST: u32 = 200;

/// Which applications a list holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shelf {
    /// Everything open.
    Open,
    /// Open ones of persons.
    Personal,
    /// Open ones of enterprises.
    Legal,
    /// Those that wait for a second reviewer or a senior.
    Second,
    /// What is decided, the latest first.
    Done,
}

impl Shelf {
    /// Every shelf, in the order of the page.
    pub const ALL: [Self; 5] = [
        Self::Open,
        Self::Personal,
        Self::Legal,
        Self::Second,
        Self::Done,
    ];

    /// The word in addresses.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Personal => "personal",
            Self::Legal => "legal",
            Self::Second => "second",
            Self::Done => "done",
        }
    }

    /// The shelf of a word; everything open for any other.
    pub fn from_word(word: &str) -> Self {
        Self::ALL
            .into_iter()
            .find(|shelf| shelf.word() == word)
            .unwrap_or(Self::Open)
    }
}

/// A case on the desk.
#[derive(Debug, Clone)]
pub struct Case {
    /// The application.
    pub application: Application,
    /// Its pictures, as far as they are not deleted.
    pub materials: Vec<Kept>,
    /// Whether the one who looks may decide it.
    pub may_decide: bool,
    /// What the two before a senior said; empty for everybody else, who should look for
    /// themselves.
    pub opinions: Vec<(bool, Vec<Reason>)>,
}

/// How many lie on the shelves of [`Shelf::ALL`].
pub type Counts = [u32; 5];

impl Review {
    /// The applications of a shelf, by due time, and how many lie on each.
    ///
    /// # Errors
    /// Only the storage's.
    ///
    /// # Cancellation
    /// Harmless.
    pub async fn on_shelf(&self, asked: Shelf) -> Result<(Vec<Application>, Counts), ReviewError> {
        self.store
            .read(move |connection| {
                let which = |shelf: Shelf| match shelf {
                    Shelf::Open => OPEN.to_owned(),
                    Shelf::Personal => format!("{OPEN} AND kind = 'personal'"),
                    Shelf::Legal => format!("{OPEN} AND kind = 'legal'"),
                    Shelf::Second => "state IN ('second', 'senior')".to_owned(),
                    Shelf::Done => "state IN ('approved', 'returned')".to_owned(),
                };
                let order = match asked {
                    Shelf::Done => "decided_at_ms DESC",
                    _ => "due_at_ms, id",
                };
                let sorted = format!("{} ORDER BY {order} LIMIT {MOST}", which(asked));
                let mut counts = Counts::default();
                for (count, shelf) in counts.iter_mut().zip(Shelf::ALL) {
                    let sql = format!(
                        "SELECT count(*) FROM review_applications WHERE {}",
                        which(shelf)
                    );
                    *count = connection.query_row(&sql, [], |row| row.get(0))?;
                }
                Ok((list(connection, &sorted, [])?, counts))
            })
            .await
    }

    /// A case, and an entry in the audit that it was looked at; `revealed` when the full numbers
    /// are shown.
    ///
    /// # Errors
    /// [`ReviewError::Unknown`], the storage's.
    ///
    /// # Cancellation
    /// The entry may be written.
    pub async fn look_at(
        &self,
        reviewer: Reviewer,
        number: &str,
        revealed: bool,
    ) -> Result<Case, ReviewError> {
        let number = number.to_owned();
        let now_ms = self.clock.now_ms();
        self.store
            .write(move |transaction| {
                let found = find(transaction, "number = ?1", [number])?;
                let application = found.ok_or(ReviewError::Unknown)?;
                let event = if revealed {
                    AuditEvent::ReviewRevealed
                } else {
                    AuditEvent::ReviewRead
                };
                let entry = AuditEntry {
                    application: Some(application.id.0),
                    reviewer: Some(reviewer.id.0),
                    ..AuditEntry::new(Actor::Reviewer, event)
                };
                append(transaction, now_ms, &entry)?;
                let earlier = said(transaction, application.id)?;
                let knows = reviewer.role == Role::Auditor
                    || application.state == State::Senior && reviewer.role == Role::Senior
                    || !application.state.is_open();
                Ok(Case {
                    may_decide: may_decide(&reviewer, application.state, &earlier),
                    materials: kept(transaction, "application = ?1", [application.id.0])?,
                    opinions: if knows {
                        earlier
                            .into_iter()
                            .map(|said| (said.approves, said.reasons))
                            .collect()
                    } else {
                        Vec::new()
                    },
                    application,
                })
            })
            .await
    }

    /// A picture of a case as JPEG, and an entry in the audit that it was looked at.
    ///
    /// # Errors
    /// [`ReviewError::Unknown`] also for deleted pictures, [`ReviewError::Sealing`], the storage's.
    ///
    /// # Cancellation
    /// The entry may be written.
    pub async fn look_at_material(
        &self,
        reviewer: &Reviewer,
        number: &str,
        slot: Slot,
    ) -> Result<Vec<u8>, ReviewError> {
        let application = self.by_number(number).await?.ok_or(ReviewError::Unknown)?;
        let picture = self.open_material(application.id, slot).await?;
        let (now_ms, by) = (self.clock.now_ms(), reviewer.id.0);
        self.store
            .write(move |transaction| {
                let entry = AuditEntry {
                    application: Some(application.id.0),
                    reviewer: Some(by),
                    decision: slot.word(),
                    ..AuditEntry::new(Actor::Reviewer, AuditEvent::ReviewMaterialRead)
                };
                append(transaction, now_ms, &entry)?;
                Ok::<_, ReviewError>(())
            })
            .await?;
        Ok(picture)
    }
}
