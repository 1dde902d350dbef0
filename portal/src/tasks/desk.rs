//! The desk: what pages call about tasks, and how a step becomes one write.

use std::collections::HashSet;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use quanshengshi_attestation::trust::Trust;
use quanshengshi_protocol::ids::{Digest, EvidenceId, TaskId};
use quanshengshi_protocol::keys::PublicKey;
use quanshengshi_protocol::refusal::RefusalCode;
use rusqlite::Connection;
use tokio::sync::{Semaphore, broadcast};

use crate::accounts::Accounts;
use crate::certificates::Certificates;
use crate::clock::Clock;
use crate::devices::refusal::{Fault, Refusal};
use crate::events::{EventHub, TaskEvent};
use crate::random::Random;
use crate::registers::Registers;
use crate::signing::portal_keys::PortalKeys;
use crate::store::Store;
use crate::tasks::appraise::Appraise;
use crate::tasks::lapse::{ends_task, lapse};
use crate::tasks::limits::Limits;
use crate::tasks::open::{NewTask, cancel, close, open, rebind};
use crate::tasks::row::TaskRow;
use crate::tasks::sweep::sweep;
use crate::tasks::typed;
use crate::tasks::view::{TaskView, view};
use crate::tasks::work::{Tools, Work};

/// What a desk is made of.
#[derive(Debug)]
pub struct DeskParts {
    /// The storage.
    pub store: Store,
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// The portal's keys.
    pub keys: Arc<PortalKeys>,
    /// Whose accounts become real-name.
    pub accounts: Accounts,
    /// What is packed for phones.
    pub certificates: Certificates,
    /// Photos and legal representatives.
    pub registers: Registers,
    /// The judge of evidence.
    pub appraiser: Arc<dyn Appraise>,
    /// Whom the portal believes about device keys; none where nobody vouches for any.
    pub trust: Option<Arc<Trust>>,
    /// The portal's address as it stands in codes, such as `https://www.zwfw.hlj.gov.cn`.
    pub origin: String,
    /// The limits in force.
    pub limits: Limits,
}

/// The desk of all tasks.
#[derive(Debug)]
pub struct TaskDesk {
    pub(crate) store: Store,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) tools: Arc<Tools>,
    pub(crate) hub: EventHub,
    pub(crate) accounts: Accounts,
    pub(crate) certificates: Certificates,
    pub(crate) registers: Registers,
    pub(crate) appraiser: Arc<dyn Appraise>,
    pub(crate) trust: Option<Arc<Trust>>,
    /// Evidence that is being judged in this process.
    pub(crate) judging: Mutex<HashSet<EvidenceId>>,
    /// Appraisals at one time.
    pub(crate) turns: Arc<Semaphore>,
    /// Appraisals at one time and waiting.
    pub(crate) queue: Arc<Semaphore>,
}

impl TaskDesk {
    /// Opens the desk.
    pub fn new(parts: DeskParts) -> Arc<Self> {
        Arc::new(Self {
            store: parts.store,
            clock: parts.clock,
            turns: Arc::new(Semaphore::new(parts.limits.appraisals)),
            queue: Arc::new(Semaphore::new(parts.limits.appraisals_waiting)),
            tools: Arc::new(Tools {
                keys: parts.keys,
                random: Random::default(),
                limits: parts.limits,
                origin: parts.origin,
            }),
            hub: EventHub::default(),
            accounts: parts.accounts,
            certificates: parts.certificates,
            registers: parts.registers,
            appraiser: parts.appraiser,
            trust: parts.trust,
            judging: Mutex::default(),
        })
    }

    /// The key by which phones know this portal.
    pub fn public_key(&self) -> PublicKey {
        self.tools.keys.signer.public_key()
    }

    /// Opens a task.
    ///
    /// # Errors
    /// `DEVICE_LIMIT` when the session opens too many, `REQUEST_MALFORMED` when the certificates
    /// do not fit the kind, or a fault of storage or keys.
    ///
    /// # Cancellation
    /// The task may exist all the same; it expires by itself.
    pub async fn open(self: &Arc<Self>, new: NewTask) -> Result<TaskId, Fault> {
        self.write(move |work| open(work, new)).await
    }

    /// What the page sees of its task now.
    ///
    /// # Errors
    /// `TASK_UNKNOWN` for another session's task, or a fault of storage or keys.
    ///
    /// # Cancellation
    /// Harmless.
    pub async fn view(self: &Arc<Self>, id: TaskId, session: Digest) -> Result<TaskView, Fault> {
        let row = self.settled(id).await?;
        if row.session != session {
            return Err(RefusalCode::TaskUnknown.into());
        }
        let now_ms = self.clock.now_ms();
        let mut seen = view(&self.tools, &row, now_ms)?;
        if seen.code.is_some() {
            let digits = move |connection: &Connection| typed::digits(connection, id, now_ms);
            seen.typed_code = self.store.read(digits).await?;
        }
        Ok(seen)
    }

    /// The page gives its task up. Doing it twice is the same as once.
    ///
    /// # Errors
    /// `TASK_UNKNOWN`, `TASK_STATE` when it is judged or over, or a fault of the storage.
    ///
    /// # Cancellation
    /// It is given up once it was asked.
    pub async fn cancel(self: &Arc<Self>, id: TaskId, session: Digest) -> Result<(), Fault> {
        self.write(move |work| cancel(work, id, session)).await
    }

    /// The page has used the approval; it opens nothing more. Doing it twice is the same as once.
    ///
    /// # Errors
    /// `TASK_UNKNOWN`, the refusal of a task that is not approved, or a fault of the storage.
    ///
    /// # Cancellation
    /// It is closed once it was asked.
    pub async fn close_approved(
        self: &Arc<Self>,
        id: TaskId,
        session: Digest,
    ) -> Result<(), Fault> {
        self.write(move |work| close(work, id, session)).await
    }

    /// The page's session got a new secret; its task goes with it.
    ///
    /// # Errors
    /// `TASK_UNKNOWN`, or a fault of the storage.
    ///
    /// # Cancellation
    /// It is bound anew once it was asked.
    pub async fn rebind(
        self: &Arc<Self>,
        id: TaskId,
        from: Digest,
        to: Digest,
    ) -> Result<(), Fault> {
        self.write(move |work| rebind(work, id, from, to)).await
    }

    /// Everything that happens to a task from now on. Subscribe first, then [`TaskDesk::view`],
    /// then wait.
    pub fn subscribe(&self, id: TaskId) -> broadcast::Receiver<TaskEvent> {
        self.hub.subscribe(id)
    }

    /// Tidies once: writes down what time has ended, deletes what is no longer needed.
    ///
    /// # Errors
    /// A fault of the storage.
    ///
    /// # Cancellation
    /// Harmless.
    pub async fn sweep(self: &Arc<Self>) -> Result<(), Fault> {
        self.hub.tidy();
        self.write(sweep).await
    }

    /// Tidies now and then, as long as somebody else holds the desk. Nothing depends on it but
    /// the size of the database and pages that wait for the end of a task.
    pub fn start_sweeper(self: &Arc<Self>, every: Duration) -> tokio::task::JoinHandle<()> {
        let desk = Arc::downgrade(self);
        tokio::spawn(async move {
            loop {
                tokio::time::sleep(every).await;
                let Some(desk) = desk.upgrade() else { return };
                // A storage that is busy now is less so the next time.
                let _ = desk.sweep().await;
            }
        })
    }

    /// The task with its time limits applied; written only when time has changed it.
    pub(crate) async fn settled(self: &Arc<Self>, id: TaskId) -> Result<TaskRow, Fault> {
        let row = self
            .store
            .read(move |connection| TaskRow::find(connection, id))
            .await?
            .ok_or(RefusalCode::TaskUnknown)?;
        let attempts = self.tools.limits.attempts;
        match lapse(&row, self.clock.now_ms()) {
            Some(lapse) if ends_task(&row, lapse, attempts) => {
                self.write(move |work| work.task(id)).await
            }
            _ => Ok(row),
        }
    }

    /// Runs a step as one write and tells the waiting pages when it is synced. A refusal keeps
    /// what was written before it; every other fault undoes the step.
    ///
    /// # Cancellation
    /// The step runs to its end and the pages are told, also when nobody waits for the answer.
    pub(crate) async fn write<T, J>(self: &Arc<Self>, job: J) -> Result<T, Fault>
    where
        J: FnOnce(&mut Work<'_>) -> Result<T, Fault> + Send + 'static,
        T: Send + 'static,
    {
        let desk = Arc::clone(self);
        let step = async move {
            let (clock, tools) = (Arc::clone(&desk.clock), Arc::clone(&desk.tools));
            let written = desk
                .store
                .write(move |tx| {
                    let mut work = Work::new(tx, clock.now_ms(), &tools);
                    match job(&mut work) {
                        Ok(answer) => Ok((Ok(answer), work.events)),
                        Err(Fault::Refused(refusal)) => Ok((Err(refusal), work.events)),
                        Err(fault) => Err(fault),
                    }
                })
                .await;
            let (answer, events): (Result<T, Refusal>, _) = written?;
            for event in events {
                desk.hub.publish(event);
            }
            Ok(answer?)
        };
        let done = tokio::spawn(step).await;
        done.map_err(|_| Fault::Room("a step stopped".to_owned()))?
    }
}
