//! Repeats, cuts, restarts, and two at once: nothing twice, nothing lost.

use quanshengshi_protocol::consent::Decision;
use quanshengshi_protocol::enrolment::DeviceGrant;
use quanshengshi_protocol::outcome::Verdict;
use quanshengshi_protocol::refusal::RefusalCode;
use quanshengshi_protocol::statement::Signed;
use quanshengshi_protocol::states::TaskState;
use quanshengshi_protocol::transaction::TaskKind;

use super::bench::portal;
use super::http::code_of;

#[tokio::test]
async fn every_request_sent_twice_is_done_once() {
    let portal = portal().await;
    let task = portal.open(TaskKind::RealNameLegal).await;
    let phone = portal.phone().await;
    let claim = phone.claim_of(&portal.code(task).await);
    let receipt = phone.send_claim(&claim).await.unwrap();
    portal.clock.advance(30_000);
    let again = phone.send_claim(&claim).await.unwrap();
    assert_eq!(again, receipt, "also when the code has long changed");
    let consent = phone.consent_of(&receipt, Decision::AgreeWithFace);
    let first = phone.consent(&consent).await.unwrap().challenge;
    let again = phone.consent(&consent).await.unwrap().challenge;
    assert_eq!(first, again);
    let evidence = phone.evidence(&phone.challenge(first));
    let answer = phone.submit(&evidence).await.unwrap();
    let again = phone.submit(&evidence).await.unwrap();
    assert_eq!(answer.outcome, again.outcome);
    for (table, expected) in [
        ("SELECT count(*) FROM device", 1),
        ("SELECT count(*) FROM challenge", 1),
        ("SELECT count(*) FROM evidence", 1),
        ("SELECT count(*) FROM audit WHERE event = 'task-claimed'", 1),
        ("SELECT count(*) FROM audit WHERE event = 'consented'", 1),
        ("SELECT count(*) FROM audit WHERE event = 'real-name'", 1),
    ] {
        assert_eq!(portal.number(table).await, expected, "{table}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_phones_at_once_one_gets_the_task() {
    let portal = portal().await;
    for _ in 0..8 {
        let task = portal.open(TaskKind::RealNameLegal).await;
        let (left, right) = (portal.phone().await, portal.phone().await);
        let code = portal.code(task).await;
        let (first, second) = tokio::join!(left.claim(&code), right.claim(&code));
        assert_ne!(first.is_ok(), second.is_ok());
        let loser = if first.is_ok() { second } else { first };
        assert_eq!(code_of(loser), RefusalCode::QrAlreadyUsed);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_evidence_twice_at_once_is_judged_once() {
    let portal = portal().await;
    let (phone, _, challenge) = portal.challenged(TaskKind::RealNameLegal).await;
    portal.double.hold(true);
    let evidence = phone.evidence(&challenge);
    let free = async {
        while portal.double.judged() == 0 {
            tokio::task::yield_now().await;
        }
        portal.double.hold(false);
    };
    let (first, second, ()) = tokio::join!(phone.submit(&evidence), phone.submit(&evidence), free);
    assert_eq!(first.unwrap().outcome, second.unwrap().outcome);
    assert_eq!(portal.double.judged(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_connection_that_is_cut_during_the_judgement_loses_nothing() {
    let portal = portal().await;
    let (phone, task, challenge) = portal.challenged(TaskKind::RealNameLegal).await;
    portal.double.hold(true);
    let evidence = phone.evidence(&challenge);
    tokio::select! {
        _ = phone.submit(&evidence) => panic!("answered while the judge stands still"),
        () = async { while portal.double.judged() == 0 { tokio::task::yield_now().await } } => {}
    }
    assert_eq!(portal.state(task).await, TaskState::Submitted);
    assert_eq!(phone.state(task).await.unwrap().state, "submitted");
    let mut events = portal.desk.subscribe(task);
    portal.double.hold(false);
    events.recv().await.unwrap();
    assert_eq!(portal.state(task).await, TaskState::Approved);
    let answer = phone.submit(&evidence).await.unwrap();
    assert_eq!(phone.outcome(&answer).verdict, Verdict::Approved);
    assert_eq!(portal.double.judged(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn evidence_whose_judge_died_with_the_process_is_judged_when_it_comes_again() {
    let mut portal = portal().await;
    let (mut phone, task, challenge) = portal.challenged(TaskKind::RealNameLegal).await;
    portal.double.hold(true);
    let evidence = phone.evidence(&challenge);
    tokio::select! {
        _ = phone.submit(&evidence) => panic!("answered while the judge stands still"),
        () = async { while portal.double.judged() == 0 { tokio::task::yield_now().await } } => {}
    }
    let dead = portal.double.clone();
    portal.restarted();
    phone.router = portal.router.clone();
    let answer = phone.submit(&evidence).await.unwrap();
    assert_eq!(phone.outcome(&answer).verdict, Verdict::Approved);
    assert_eq!(portal.state(task).await, TaskState::Approved);
    assert_eq!(portal.double.judged(), 1);
    dead.hold(false);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_appraisal_without_end_goes_to_people_and_its_late_word_counts_for_nothing() {
    let portal = portal().await;
    let (phone, task, challenge) = portal.challenged(TaskKind::RealNameLegal).await;
    portal.double.hold(true);
    let evidence = phone.evidence(&challenge);
    let late = async {
        while portal.double.judged() == 0 {
            tokio::task::yield_now().await;
        }
        portal.clock.advance(60_000);
        assert_eq!(portal.state(task).await, TaskState::Review);
        portal.double.hold(false);
    };
    let (answer, ()) = tokio::join!(phone.submit(&evidence), late);
    let verdict = phone.outcome(&answer.unwrap()).verdict;
    assert_eq!(verdict, Verdict::Review(RefusalCode::ServerBusy));
    assert_eq!(portal.state(task).await, TaskState::Review);
}

#[tokio::test]
async fn a_phone_that_lost_every_answer_finds_its_way_by_asking() {
    let portal = portal().await;
    let (phone, task, challenge) = portal.challenged(TaskKind::RealNameLegal).await;
    let state = phone.state(task).await.unwrap();
    assert_eq!(phone.challenge(state.challenge), challenge);
    assert!(state.outcome.is_none());
    phone.submit(&phone.evidence(&challenge)).await.unwrap();
    let state = phone.state(task).await.unwrap();
    assert_eq!(state.state, "approved");
    assert!(state.outcome.is_some() && state.challenge.is_none());
    portal
        .desk
        .close_approved(task, portal.session)
        .await
        .unwrap();
    assert_eq!(phone.state(task).await.unwrap().state, "closed");
}

#[tokio::test]
async fn everything_is_there_after_a_restart() {
    let mut portal = portal().await;
    let task = portal.open(TaskKind::RealNameLegal).await;
    let code = portal.code(task).await;
    let mut phone = portal.phone().await;
    let key = portal.key();
    portal.restarted();
    phone.router = portal.router.clone();
    assert_eq!(portal.key(), key);
    assert_eq!(portal.code(task).await, code);
    let receipt = phone.claim(&code).await.unwrap();
    let challenge = phone.agree(&receipt).await;
    portal.restarted();
    phone.router = portal.router.clone();
    let answer = phone.submit(&phone.evidence(&challenge)).await.unwrap();
    assert_eq!(phone.outcome(&answer).verdict, Verdict::Approved);
    let enrolled: Result<Signed<DeviceGrant>, _> = phone
        .post("/v1/devices", &phone.sign(&phone.enrolment().await))
        .await;
    let grant = enrolled.unwrap().verify(&key).unwrap();
    assert_eq!(grant.device, phone.device);
}
