//! Evidence from its arrival to the answer: taken in, judged outside the database, decided.

use std::sync::{Arc, PoisonError};
use std::time::Duration;

use quanshengshi_attestation::level::Level;
use quanshengshi_protocol::challenge::Challenge;
use quanshengshi_protocol::evidence::{EvidenceHeader, Submission};
use quanshengshi_protocol::ids::{EvidenceId, TaskId};
use quanshengshi_protocol::refusal::RefusalCode;
use quanshengshi_protocol::states::TaskState;
use quanshengshi_protocol::wire::EvidenceAnswer;

use crate::accounts::AccountKind;
use crate::devices::attested::level_of;
use crate::devices::refusal::{Fault, Refusal};
use crate::registers::RegisterUnavailable;
use crate::tasks::appraise::{Case, Judgement};
use crate::tasks::decision::{decide, kept_answer};
use crate::tasks::desk::TaskDesk;
use crate::tasks::evidence::{Begun, Received, begin, stated_challenge};
use crate::tasks::likeness::{Looked, Wanted, keep, look};
use crate::tasks::open::document;
use crate::tasks::phone_side::same_task;
use crate::tasks::row::TaskRow;
use crate::vouched::representative::representative_of;
use quanshengshi_appraisal::finding::Finding;
use quanshengshi_appraisal::form;

/// When a busy portal may be asked again, milliseconds.
const BUSY_RETRY_MS: u64 = 2_000;
/// How often somebody who waits for a judgement of somebody else looks by itself.
const LOOK_EVERY: Duration = Duration::from_secs(1);

impl TaskDesk {
    /// Takes evidence in, judges it and answers (M7 to M9). `key` is the idempotency key.
    ///
    /// # Errors
    /// `EVIDENCE_MALFORMED`, `IDEMPOTENCY_CONFLICT`, `SERVER_BUSY` when too many wait, the
    /// refusals of [`begin`] and [`TaskDesk::authenticate`].
    ///
    /// # Cancellation
    /// Evidence that was taken in is judged to the end; the same bytes get that answer later.
    pub async fn submit(
        self: &Arc<Self>,
        task: TaskId,
        key: EvidenceId,
        body: &[u8],
    ) -> Result<EvidenceAnswer, Fault> {
        let queue = Arc::clone(&self.queue)
            .try_acquire_owned()
            .map_err(|_| busy())?;
        let submission = Submission::parse(body).map_err(|_| RefusalCode::EvidenceMalformed)?;
        let header = self.authenticate(&submission.header).await?;
        same_task(task, header.task)?;
        if header.id != key {
            return Err(RefusalCode::RequestMalformed.into());
        }
        let desk = Arc::clone(self);
        let work = async move {
            let _queue = queue;
            desk.take_in(header, submission).await
        };
        let done = tokio::spawn(work).await;
        done.map_err(|_| Fault::Room("a judgement stopped".to_owned()))?
    }

    async fn take_in(
        self: &Arc<Self>,
        header: EvidenceHeader,
        submission: Submission,
    ) -> Result<EvidenceAnswer, Fault> {
        let (id, task, answers) = (header.id, header.task, header.challenge);
        let stated = self
            .store
            .read(move |connection| stated_challenge(connection, answers))
            .await?;
        let received = Arc::new(Received {
            request: Received::derive_request(&submission),
            flaw: stated
                .and_then(|challenge| form::check(&header, &submission.pictures, &challenge).err()),
            header,
            submission,
        });
        let given = Arc::clone(&received);
        match self.write(move |work| begin(work, &given)).await? {
            Begun::Answered(answer) => Ok(*answer),
            Begun::Judge {
                challenge,
                task: row,
                document,
            } => match Judging::start(self, id) {
                Some(_judging) => self.judge(&received, *challenge, &row, &document).await,
                None => self.wait_for_answer(task, id).await,
            },
        }
    }

    async fn judge(
        self: &Arc<Self>,
        received: &Arc<Received>,
        challenge: Challenge,
        row: &TaskRow,
        document: &str,
    ) -> Result<EvidenceAnswer, Fault> {
        let (task, id) = (row.id, received.header.id);
        let decided = self
            .store
            .read(move |connection| kept_answer(connection, id))
            .await?;
        if let Some(answer) = decided {
            // Somebody else was judging it until just now.
            return Ok(answer);
        }
        let device = received.header.device;
        let level = self
            .store
            .read(move |connection| level_of(connection, device))
            .await?;
        let unavailable = Finding::Review(RefusalCode::ServerBusy);
        let Judgement {
            mut finding,
            stills,
        } = match self.registers.reference_photo(document).await {
            Ok(photo) => self.appraise(received, challenge, photo, level).await,
            Err(RegisterUnavailable) => unavailable.into(),
        };
        if matches!(finding, Finding::Approved(_)) {
            finding = match self.may_act(row, document).await {
                Ok(true) => finding,
                Ok(false) => Finding::Retry(RefusalCode::LegalRepChanged),
                Err(_) => unavailable,
            };
        }
        let wanted = Wanted {
            task,
            subject: row.subject,
            stills,
        };
        let sought = wanted.clone();
        let looked = self
            .store
            .read(move |connection| look(connection, &sought, Looked::default()))
            .await?;
        let appraiser = Arc::clone(&self.appraiser);
        self.write(move |work| {
            let mut row = work.task(task)?;
            // What was stored since the look, by somebody who was judged at the same time.
            let nearest = look(work.tx, &wanted, looked)?.nearest;
            let finding = appraiser.likened(finding, nearest);
            if !matches!(finding, Finding::Retry(_)) {
                keep(work.tx, id, &wanted, work.now_ms)?;
            }
            decide(work, &mut row, id, finding, appraiser.policy())
        })
        .await
    }

    /// Looks at the pictures, on a thread that may block, in turn.
    async fn appraise(
        &self,
        received: &Arc<Received>,
        challenge: Challenge,
        photo: Option<Vec<u8>>,
        attestation: Level,
    ) -> Judgement {
        let Ok(turn) = Arc::clone(&self.turns).acquire_owned().await else {
            return Finding::Review(RefusalCode::ServerBusy).into();
        };
        let (appraiser, received) = (Arc::clone(&self.appraiser), Arc::clone(received));
        let look = move || {
            let _turn = turn;
            appraiser.appraise(Case {
                header: &received.header,
                pictures: &received.submission.pictures,
                challenge: &challenge,
                reference_photo: photo.as_deref(),
                attestation,
            })
        };
        let found = tokio::task::spawn_blocking(look).await;
        // A judge that fell over has not passed anybody.
        found.unwrap_or_else(|_| Finding::Review(RefusalCode::ServerBusy).into())
    }

    /// Whether the person whose face a task asked for may still act for its account (US-04).
    ///
    /// # Errors
    /// `TASK_UNKNOWN`, or a fault of the storage or the registers.
    ///
    /// # Cancellation
    /// Harmless.
    pub async fn may_still_act(&self, task: TaskId) -> Result<bool, Fault> {
        let (row, document) = self.with_document(task).await?;
        self.may_act(&row, &document).await
    }

    /// The number of the document of the person whose face a task asked for.
    ///
    /// # Errors
    /// `TASK_UNKNOWN`, or a fault of the storage.
    ///
    /// # Cancellation
    /// Harmless.
    pub async fn document_of(&self, task: TaskId) -> Result<String, Fault> {
        Ok(self.with_document(task).await?.1)
    }

    async fn with_document(&self, task: TaskId) -> Result<(TaskRow, String), Fault> {
        let row = self
            .store
            .read(move |connection| TaskRow::find(connection, task))
            .await?
            .ok_or(RefusalCode::TaskUnknown)?;
        let document = document(&self.tools, &row)?;
        Ok((row, document))
    }

    /// Whether the person of a document may still act for the task's account: its own person, or
    /// the enterprise's legal representative of today (US-04).
    async fn may_act(&self, row: &TaskRow, document: &str) -> Result<bool, Fault> {
        let room = |error: &dyn std::error::Error| Fault::Room(error.to_string());
        let account = self
            .accounts
            .by_id(row.account)
            .await
            .map_err(|error| room(&error))?;
        match account.kind {
            AccountKind::Personal => Ok(account.document_number == document),
            AccountKind::Legal => {
                let found = representative_of(&self.registers, &account).await;
                let today = found.map_err(|error| room(&error))?;
                Ok(today.is_some_and(|person| person.document_number == document))
            }
        }
    }

    /// Waits for the answer that somebody else's request is bringing about.
    async fn wait_for_answer(
        self: &Arc<Self>,
        task: TaskId,
        id: EvidenceId,
    ) -> Result<EvidenceAnswer, Fault> {
        let mut events = self.hub.subscribe(task);
        let looks = self.tools.limits.appraisal_ms / 1000 + 1;
        for _ in 0..looks {
            // One look at both: a decision between two looks would be taken for a refusal.
            let (answer, row) = self
                .store
                .read(move |connection| {
                    let row = TaskRow::find(connection, task)?;
                    Ok::<_, Fault>((kept_answer(connection, id)?, row))
                })
                .await?;
            if let Some(answer) = answer {
                return Ok(answer);
            }
            let row = row.ok_or(RefusalCode::TaskUnknown)?;
            if row.state != TaskState::Submitted {
                return Err(row.refusal().into());
            }
            self.settled(task).await?;
            // Woken or not: the store says what is.
            let _ = tokio::time::timeout(LOOK_EVERY, events.recv()).await;
        }
        Err(busy().into())
    }
}

fn busy() -> Refusal {
    Refusal {
        code: RefusalCode::ServerBusy,
        retry_after_ms: Some(BUSY_RETRY_MS),
    }
}

/// The sign that this process is judging some evidence; taken away when it is dropped.
struct Judging<'a> {
    desk: &'a TaskDesk,
    id: EvidenceId,
}

impl<'a> Judging<'a> {
    fn start(desk: &'a TaskDesk, id: EvidenceId) -> Option<Self> {
        let first = desk
            .judging
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(id);
        // Lazily: a sign that is made and dropped would take away the other one's.
        first.then(|| Self { desk, id })
    }
}

impl Drop for Judging<'_> {
    fn drop(&mut self) {
        let judging = &self.desk.judging;
        judging
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(&self.id);
    }
}
