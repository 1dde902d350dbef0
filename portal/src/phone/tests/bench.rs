//! A portal and phones for tests.

use std::collections::VecDeque;
use std::sync::{Arc, Condvar, Mutex};

use axum::Router;
use quanshengshi_appraisal::finding::{Finding, ScoreBand};
use quanshengshi_appraisal::fingerprint::Fingerprint;
use quanshengshi_attestation::level::Level;
use quanshengshi_attestation::trust::Trust;
use quanshengshi_protocol::challenge::Challenge;
use quanshengshi_protocol::ids::{Digest, EvidenceId, TaskId};
use quanshengshi_protocol::keys::PublicKey;
use quanshengshi_protocol::outcome::Verdict;
use quanshengshi_protocol::refusal::RefusalCode;
use quanshengshi_protocol::states::TaskState;
use quanshengshi_protocol::transaction::{PcContext, TaskKind, TaskObject};

use super::handheld::Phone;
use crate::accounts::password::Passwords;
use crate::accounts::registration::NewAccount;
use crate::accounts::{AccountId, AccountKind, Accounts, Proof};
use crate::audit::chain::verify_chain;
use crate::certificates::Certificates;
use crate::clock::{Clock, SteppedClock};
use crate::random::Random;
use crate::registers::Registers;
use crate::registers::sample::SampleRegisters;
use crate::samples;
use crate::samples::enterprises::CLOUD_SPRUCE;
use crate::signing::portal_keys::PortalKeys;
use crate::store::{Store, StoreError};
use crate::tasks::appraise::{Appraise, Case, Judgement};
use crate::tasks::desk::{DeskParts, TaskDesk};
use crate::tasks::likeness::Nearest;
use crate::tasks::limits::Limits;
use crate::tasks::open::NewTask;
use crate::tasks::view::TaskView;

pub(super) const ORIGIN: &str = "https://portal.example";
pub(super) const START_MS: u64 = 1_790_000_000_000;
const FONT: &[u8] = include_bytes!(concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/fonts/NotoSerifCJKsc-Certificate.otf"
));

/// Says what it was told to say, then that the person passed; stands still while it is held.
#[derive(Debug, Default)]
pub(super) struct Double {
    /// What stills look like to it, from now on.
    pub(super) stills: Mutex<Vec<Fingerprint>>,
    /// Bits below which it leaves stills to people: of the same person, of others.
    pub(super) limits: Mutex<[u32; 2]>,
    findings: Mutex<VecDeque<Finding>>,
    held: Mutex<bool>,
    freed: Condvar,
    pub(super) judged: Mutex<Vec<(EvidenceId, bool)>>,
    /// How well the keys were kept whose evidence it saw.
    pub(super) levels: Mutex<Vec<Level>>,
}

impl Double {
    pub(super) fn say(&self, finding: Finding) {
        self.findings.lock().unwrap().push_back(finding);
    }

    pub(super) fn hold(&self, hold: bool) {
        *self.held.lock().unwrap() = hold;
        self.freed.notify_all();
    }

    pub(super) fn judged(&self) -> usize {
        self.judged.lock().unwrap().len()
    }
}

impl Appraise for Double {
    fn appraise(&self, case: Case<'_>) -> Judgement {
        let photo = case.reference_photo.is_some();
        self.judged.lock().unwrap().push((case.header.id, photo));
        self.levels.lock().unwrap().push(case.attestation);
        let mut held = self.held.lock().unwrap();
        while *held {
            held = self.freed.wait(held).unwrap();
        }
        let said = self.findings.lock().unwrap().pop_front();
        Judgement {
            finding: said.unwrap_or(Finding::Approved(ScoreBand::Clear)),
            stills: self.stills.lock().unwrap().clone(),
        }
    }

    fn likened(&self, finding: Finding, nearest: Nearest) -> Finding {
        let limits = *self.limits.lock().unwrap();
        let seen = [nearest.own, nearest.others]
            .into_iter()
            .zip(limits)
            .any(|(bits, limit)| bits.is_some_and(|bits| bits < limit));
        if seen {
            Finding::Review(RefusalCode::EvidenceReplayed)
        } else {
            finding
        }
    }

    fn policy(&self) -> &'static str {
        "double 1"
    }
}

/// A portal with the samples and one pending enterprise account.
pub(super) struct Portal {
    pub(super) folder: tempfile::TempDir,
    pub(super) store: Store,
    pub(super) clock: SteppedClock,
    pub(super) desk: Arc<TaskDesk>,
    pub(super) double: Arc<Double>,
    trust: Option<Arc<Trust>>,
    pub(super) accounts: Accounts,
    pub(super) account: AccountId,
    pub(super) router: Router,
    pub(super) session: Digest,
}

pub(super) async fn portal() -> Portal {
    portal_with(Limits::default()).await
}

pub(super) async fn portal_with(limits: Limits) -> Portal {
    let folder = tempfile::tempdir().unwrap();
    let clock = SteppedClock::at(START_MS);
    let double = Arc::new(Double::default());
    let store = Store::open(&folder.path().join("portal.sqlite3")).unwrap();
    samples::load(&store, START_MS).await.unwrap();
    let shared: Arc<dyn Clock> = Arc::new(clock.clone());
    let passwords = Passwords::new(Random::default()).unwrap();
    let accounts = Accounts::new(store.clone(), Arc::clone(&shared), passwords);
    let account = accounts.register(new_account()).await.unwrap();
    let desk = open_desk(&folder, &store, shared, &accounts, &double, limits, None);
    Portal {
        trust: None,
        router: crate::phone::router(Arc::clone(&desk)),
        session: Digest::of(b"the page's session"),
        folder,
        store,
        clock,
        desk,
        double,
        accounts,
        account,
    }
}

fn open_desk(
    folder: &tempfile::TempDir,
    store: &Store,
    clock: Arc<dyn Clock>,
    accounts: &Accounts,
    double: &Arc<Double>,
    limits: Limits,
    trust: Option<Arc<Trust>>,
) -> Arc<TaskDesk> {
    let register = Arc::new(SampleRegisters::new(store.clone()));
    TaskDesk::new(DeskParts {
        store: store.clone(),
        clock,
        keys: Arc::new(PortalKeys::open(&folder.path().join("keys")).unwrap()),
        accounts: accounts.clone(),
        certificates: Certificates::new(store.clone(), accounts.clone(), FONT.into()),
        registers: Registers::new(register.clone(), register),
        appraiser: double.clone(),
        trust,
        origin: ORIGIN.to_owned(),
        limits,
    })
}

fn new_account() -> NewAccount {
    let text = |text: &str| text.to_owned();
    NewAccount {
        kind: AccountKind::Legal,
        name: text(CLOUD_SPRUCE.code),
        organisation: text(CLOUD_SPRUCE.name),
        enterprise_type: text("limited"),
        person_name: text(CLOUD_SPRUCE.representative.name),
        document_kind: text(CLOUD_SPRUCE.representative.kind),
        document_number: text(CLOUD_SPRUCE.representative.number),
        validity: text(""),
        mobile: text("13904510037"),
        region: text("230102"),
        password: Some(text("Yun-shan 2026!")),
        proof: Proof::Face,
        agreement: text("agreement 1"),
    }
}

impl Portal {
    /// The same portal after a restart of its process.
    pub(super) fn restarted(&mut self) {
        self.double = Arc::new(Double::default());
        self.desk = open_desk(
            &self.folder,
            &self.store,
            Arc::new(self.clock.clone()),
            &self.accounts,
            &self.double,
            Limits::default(),
            self.trust.clone(),
        );
        self.router = crate::phone::router(Arc::clone(&self.desk));
    }

    /// The same portal, which from now on believes somebody about device keys.
    pub(super) fn believe(&mut self, trust: Trust) {
        self.trust = Some(Arc::new(trust));
        self.restarted();
    }

    pub(super) async fn certificates(&self) -> Vec<TaskObject> {
        let account = self.accounts.by_id(self.account).await.unwrap();
        let held = self.desk.certificates.held_by(&account).await.unwrap();
        assert!(!held.is_empty(), "the sample enterprise holds certificates");
        let object = |record: quanshengshi_certificate::record::CertificateRecord| TaskObject {
            certificate: record.id.to_string(),
            name: record.name,
        };
        held.into_iter().map(object).collect()
    }

    pub(super) async fn open(&self, kind: TaskKind) -> TaskId {
        let objects = if kind.opens_certificates() {
            self.certificates().await
        } else {
            Vec::new()
        };
        self.desk.open(self.new_task(kind, objects)).await.unwrap()
    }

    pub(super) fn new_task(&self, kind: TaskKind, objects: Vec<TaskObject>) -> NewTask {
        NewTask {
            kind,
            account: self.account,
            session: self.session,
            account_label: CLOUD_SPRUCE.name.to_owned(),
            account_number_masked: "9123**********3D8J".to_owned(),
            subject_label: "林**".to_owned(),
            subject_document_masked: "**************0024".to_owned(),
            subject_document: CLOUD_SPRUCE.representative.number.to_owned(),
            objects,
            purpose: "银行开户".to_owned(),
            mobile_masked: "139****0037".to_owned(),
            pc: PcContext::default(),
        }
    }

    pub(super) async fn view(&self, task: TaskId) -> TaskView {
        self.desk.view(task, self.session).await.unwrap()
    }

    pub(super) async fn code(&self, task: TaskId) -> String {
        self.view(task).await.code.expect("a code is shown")
    }

    pub(super) fn key(&self) -> PublicKey {
        self.desk.public_key()
    }

    /// The first column of the first row.
    pub(super) async fn number(&self, sql: &'static str) -> i64 {
        self.store
            .read(move |connection| {
                Ok::<_, StoreError>(connection.query_row(sql, [], |row| row.get(0))?)
            })
            .await
            .unwrap()
    }

    /// The audit's events in order; the chain must hold.
    pub(super) async fn audit(&self) -> Vec<String> {
        self.store
            .read(|connection| {
                verify_chain(connection).expect("the chain holds");
                let mut rows = connection.prepare("SELECT event FROM audit ORDER BY seq")?;
                let events = rows.query_map([], |row| row.get(0))?;
                Ok::<_, StoreError>(events.collect::<Result<_, _>>()?)
            })
            .await
            .unwrap()
    }

    /// An enrolled phone.
    pub(super) async fn phone(&self) -> Phone {
        let mut phone = Phone::new(self.router.clone(), self.key());
        phone.enrol().await;
        phone
    }

    /// A phone that holds a task and has its first challenge.
    pub(super) async fn challenged(&self, kind: TaskKind) -> (Phone, TaskId, Challenge) {
        let task = self.open(kind).await;
        let phone = self.phone().await;
        let receipt = phone.claim(&self.code(task).await).await.unwrap();
        let challenge = phone.agree(&receipt).await;
        (phone, task, challenge)
    }

    /// A phone with an approved task.
    pub(super) async fn approved(&self, kind: TaskKind) -> (Phone, TaskId) {
        let (phone, task, challenge) = self.challenged(kind).await;
        let answer = phone.submit(&phone.evidence(&challenge)).await.unwrap();
        assert_eq!(phone.outcome(&answer).verdict, Verdict::Approved);
        (phone, task)
    }

    pub(super) async fn state(&self, task: TaskId) -> TaskState {
        self.view(task).await.state
    }
}
