//! Decisions: one reviewer for a person; for an enterprise two who agree, or a senior where they
//! do not (requirement MR-09, decision record 14).

use rusqlite::{Transaction, params};

use crate::accounts::registration::{NewAccount, insert_account};
use crate::accounts::{AccountError, AccountKind, Proof};
use crate::audit::chain::append;
use crate::audit::entry::{Actor, AuditEntry, AuditEvent};
use crate::notices::notice::Notice;
use crate::notices::{NoticeId, queue};
use crate::review::application::{Application, ApplicationId, State, find};
use crate::review::reason::Reason;
use crate::review::reviewer::{Reviewer, ReviewerId, Role};
use crate::review::{Review, ReviewError, signed};

/// What a reviewer says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opinion {
    /// An account may be made.
    Approve,
    /// Back to the applicant, for these reasons.
    Return(Vec<Reason>),
}

/// A decision as a reviewer sends it.
#[derive(Debug, Clone)]
pub struct Decision {
    /// Which application.
    pub application: ApplicationId,
    /// Where it stood when the reviewer looked: a decision about something else is refused.
    pub seen: State,
    /// What they say.
    pub opinion: Opinion,
}

/// What was said before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Said {
    pub(super) reviewer: ReviewerId,
    pub(super) approves: bool,
    pub(super) reasons: Vec<Reason>,
}

/// Whether somebody may decide an application that stands somewhere, after those who have.
pub(super) fn may_decide(reviewer: &Reviewer, state: State, earlier: &[Said]) -> bool {
    let role = match state {
        State::Submitted | State::Second => reviewer.role != Role::Auditor,
        State::Senior => reviewer.role == Role::Senior,
        State::Approved | State::Returned => false,
    };
    role && earlier.iter().all(|said| said.reviewer != reviewer.id)
}

/// Where a decision leads, and for which reasons when it leads back.
pub(super) fn follow(
    kind: AccountKind,
    state: State,
    earlier: &[Said],
    opinion: &Opinion,
) -> (State, Vec<Reason>) {
    let (approves, reasons) = match opinion {
        Opinion::Approve => (true, Vec::new()),
        Opinion::Return(reasons) => (false, reasons.clone()),
    };
    let end = if approves {
        State::Approved
    } else {
        State::Returned
    };
    match (kind, state) {
        (AccountKind::Legal, State::Submitted) => (State::Second, Vec::new()),
        (AccountKind::Legal, State::Second) => {
            if earlier.iter().any(|said| said.approves != approves) {
                return (State::Senior, Vec::new());
            }
            let mut all = reasons;
            all.extend(earlier.iter().flat_map(|said| said.reasons.iter().copied()));
            all.sort_unstable();
            all.dedup();
            (end, all)
        }
        _ => (end, reasons),
    }
}

impl Review {
    /// Takes a decision. What follows from it — the account, the message, the audit — happens
    /// with it or not at all.
    ///
    /// # Errors
    /// [`ReviewError::Reasons`] for a return without them; [`ReviewError::Unknown`];
    /// [`ReviewError::Moved`] when it no longer stands where it was seen;
    /// [`ReviewError::NotYours`] by role, or the second time; [`ReviewError::Taken`] when no
    /// account can be made any more; the storage's.
    ///
    /// # Cancellation
    /// It is taken once it was queued.
    pub async fn decide(
        &self,
        reviewer: Reviewer,
        decision: Decision,
    ) -> Result<State, ReviewError> {
        let now_ms = self.clock.now_ms();
        self.store
            .write(move |transaction| decide(transaction, now_ms, &reviewer, &decision))
            .await
    }
}

fn decide(
    transaction: &Transaction<'_>,
    now_ms: u64,
    reviewer: &Reviewer,
    decision: &Decision,
) -> Result<State, ReviewError> {
    let id = decision.application;
    let found = find(transaction, "id = ?1", [id.0])?.ok_or(ReviewError::Unknown)?;
    if let Opinion::Return(reasons) = &decision.opinion {
        let allowed = Reason::of(found.kind);
        if reasons.is_empty() || reasons.iter().any(|reason| !allowed.contains(reason)) {
            return Err(ReviewError::Reasons);
        }
    }
    let earlier = said(transaction, id)?;
    if earlier.iter().any(|said| said.reviewer == reviewer.id) {
        return Err(ReviewError::NotYours);
    }
    if found.state != decision.seen {
        return Err(ReviewError::Moved);
    }
    if !may_decide(reviewer, found.state, &earlier) {
        return Err(ReviewError::NotYours);
    }
    let (next, reasons) = follow(found.kind, found.state, &earlier, &decision.opinion);
    keep(transaction, now_ms, reviewer, decision)?;
    if !found.state.may_become(next) {
        return Err(ReviewError::Moved);
    }
    let ended = (!next.is_open()).then(|| signed(now_ms));
    let changed = transaction.execute(
        "UPDATE review_applications SET state = ?2, reasons = ?3, decided_at_ms = ?4 \
         WHERE id = ?1 AND state = ?5",
        params![
            id.0,
            next.word(),
            Reason::written(&reasons),
            ended,
            found.state.word()
        ],
    )?;
    if changed != 1 {
        return Err(ReviewError::Moved);
    }
    let record = |event, decision| {
        let entry = AuditEntry {
            application: Some(id.0),
            reviewer: Some(reviewer.id.0),
            decision,
            ..AuditEntry::new(Actor::Reviewer, event)
        };
        append(transaction, now_ms, &entry)
    };
    let word = match decision.opinion {
        Opinion::Approve => "approve",
        Opinion::Return(_) => "return",
    };
    record(AuditEvent::ReviewDecided, word)?;
    let notice = match next {
        State::Approved => {
            make_account(transaction, now_ms, &found)?;
            record(AuditEvent::ReviewApproved, next.word())?;
            Some(queue(
                transaction,
                now_ms,
                &found.mobile,
                &Notice::ReviewApproved,
            )?)
        }
        State::Returned => {
            record(AuditEvent::ReviewReturned, next.word())?;
            let notice = Notice::ReviewReturned { reasons };
            Some(queue(transaction, now_ms, &found.mobile, &notice)?)
        }
        _ => None,
    };
    if let Some(NoticeId(notice)) = notice {
        transaction.execute(
            "UPDATE review_applications SET notice = ?2, password = '' WHERE id = ?1",
            params![id.0, notice],
        )?;
    }
    Ok(next)
}

fn keep(
    transaction: &Transaction<'_>,
    now_ms: u64,
    reviewer: &Reviewer,
    decision: &Decision,
) -> Result<(), ReviewError> {
    let (approves, reasons) = match &decision.opinion {
        Opinion::Approve => (true, String::new()),
        Opinion::Return(reasons) => (false, Reason::written(reasons)),
    };
    transaction.execute(
        "INSERT INTO review_decisions VALUES (?1, ?2, ?3, ?4, ?5)",
        params![
            decision.application.0,
            reviewer.id.0,
            approves,
            reasons,
            signed(now_ms)
        ],
    )?;
    Ok(())
}

/// What was said of an application, in its order.
pub(super) fn said(
    connection: &rusqlite::Connection,
    id: ApplicationId,
) -> Result<Vec<Said>, ReviewError> {
    let sql = "SELECT reviewer, approves, reasons FROM review_decisions \
               WHERE application = ?1 ORDER BY decided_at_ms, reviewer";
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map([id.0], |row| {
        Ok(Said {
            reviewer: ReviewerId(row.get(0)?),
            approves: row.get(1)?,
            reasons: Reason::read(&row.get::<_, String>(2)?),
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Makes the account, active: people have proven its person (requirement MR-08).
fn make_account(
    transaction: &Transaction<'_>,
    now_ms: u64,
    found: &Application,
) -> Result<(), ReviewError> {
    // Whoever began to register under this name and was never seen by face makes way for
    // somebody whom people have looked at (requirement SC-08).
    transaction.execute(
        "UPDATE accounts SET state = 'expired' \
         WHERE kind = ?1 AND name = ?2 AND state = 'pending'",
        params![found.kind.word(), found.name],
    )?;
    let sql = "SELECT password FROM review_applications WHERE id = ?1";
    let password: String = transaction.query_row(sql, [found.id.0], |row| row.get(0))?;
    let account = NewAccount {
        kind: found.kind,
        name: found.name.clone(),
        organisation: found.organisation.clone(),
        enterprise_type: found.enterprise_type.clone(),
        person_name: found.person_name.clone(),
        document_kind: found.document_kind.clone(),
        document_number: found.document_number.clone(),
        validity: found.validity.clone(),
        mobile: found.mobile.clone(),
        region: found.region.clone(),
        password: None,
        proof: Proof::Review,
        agreement: found.agreement.clone(),
    };
    match insert_account(transaction, now_ms, &account, &password) {
        Ok(_) => Ok(()),
        Err(AccountError::NameTaken | AccountError::MobileTaken) => Err(ReviewError::Taken),
        Err(other) => Err(other.into()),
    }
}
