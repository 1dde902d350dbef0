//! Stills seen before, encoded anew: held against other tasks, of this person and of others.

use quanshengshi_appraisal::fingerprint::{BYTES, Fingerprint};
use quanshengshi_protocol::ids::{Digest, EvidenceId, TaskId};
use quanshengshi_protocol::outcome::Verdict;
use quanshengshi_protocol::refusal::RefusalCode;
use quanshengshi_protocol::states::TaskState;
use quanshengshi_protocol::transaction::TaskKind;

use super::bench::{Portal, portal};
use crate::tasks::likeness::{Looked, Nearest, SCHEMA_4, Wanted, keep, look};
use quanshengshi_appraisal::finding::Finding;

const SEEN: Verdict = Verdict::Review(RefusalCode::EvidenceReplayed);

/// Stills of four pictures that differ from `first`'s by so many bits each.
fn stills(first: u8, off: usize) -> Vec<Fingerprint> {
    let picture = |number: u8| {
        let mut bytes = [first.wrapping_add(number.wrapping_mul(91)); BYTES];
        for bit in 0..off {
            bytes[bit / 8] ^= 1 << (bit % 8);
        }
        Fingerprint::from_bytes(bytes)
    };
    (0..4).map(picture).collect()
}

async fn proven(portal: &Portal, looks: Vec<Fingerprint>) -> (TaskId, Verdict) {
    *portal.double.stills.lock().unwrap() = looks;
    let (phone, task, challenge) = portal.challenged(TaskKind::CertificateView).await;
    let answer = phone.submit(&phone.evidence(&challenge)).await.unwrap();
    (task, phone.outcome(&answer).verdict)
}

#[tokio::test]
async fn stills_nearer_than_the_limit_to_another_tasks_go_to_people() {
    let portal = portal().await;
    *portal.double.limits.lock().unwrap() = [20, 20];
    let (_, first) = proven(&portal, stills(3, 0)).await;
    assert_eq!(first, Verdict::Approved);
    let (task, again) = proven(&portal, stills(3, 9)).await;
    assert_eq!(again, SEEN);
    assert_eq!(portal.state(task).await, TaskState::Review);
    let reason = portal.view(task).await.reason;
    assert_eq!(reason, Some(RefusalCode::EvidenceReplayed));
    // The same person, another capture.
    let (_, other) = proven(&portal, stills(3, 60)).await;
    assert_eq!(other, Verdict::Approved);
}

#[tokio::test]
async fn attempts_of_one_task_are_not_held_against_each_other_and_failed_ones_are_not_kept() {
    let portal = portal().await;
    *portal.double.limits.lock().unwrap() = [20, 20];
    *portal.double.stills.lock().unwrap() = stills(7, 0);
    let (phone, task, challenge) = portal.challenged(TaskKind::CertificateView).await;
    let mismatch = RefusalCode::FaceMismatch;
    portal.double.say(Finding::Retry(mismatch));
    let answer = phone.submit(&phone.evidence(&challenge)).await.unwrap();
    assert_eq!(phone.outcome(&answer).verdict, Verdict::Retry(mismatch));
    assert_eq!(
        portal.number("SELECT count(*) FROM still_likeness").await,
        0
    );
    let next = phone.challenge(answer.challenge);
    let answer = phone.submit(&phone.evidence(&next)).await.unwrap();
    assert_eq!(phone.outcome(&answer).verdict, Verdict::Approved);
    assert_eq!(portal.state(task).await, TaskState::Approved);
    assert_eq!(
        portal.number("SELECT count(*) FROM still_likeness").await,
        1
    );
}

#[tokio::test]
async fn fingerprints_are_forgotten_when_digests_are() {
    let portal = portal().await;
    proven(&portal, stills(1, 0)).await;
    let kept = "SELECT count(*) FROM still_likeness";
    portal.clock.advance(89 * 86_400_000);
    portal.desk.sweep().await.unwrap();
    assert_eq!(portal.number(kept).await, 1);
    portal.clock.advance(2 * 86_400_000);
    portal.desk.sweep().await.unwrap();
    assert_eq!(portal.number(kept).await, 0);
}

#[test]
fn a_second_look_sees_only_what_came_since_and_tells_persons_apart() {
    let connection = rusqlite::Connection::open_in_memory().unwrap();
    connection
        .execute_batch("CREATE TABLE evidence (id BLOB PRIMARY KEY);")
        .unwrap();
    connection.execute_batch(SCHEMA_4).unwrap();
    connection
        .pragma_update(None, "foreign_keys", false)
        .unwrap();
    let wanted = |task: u8, subject: u8, off| Wanted {
        task: TaskId::from_bytes([task; 16]),
        subject: Digest::of(&[subject]),
        stills: stills(5, off),
    };
    let add = |number: u8, wanted: &Wanted| {
        keep(&connection, EvidenceId::from_bytes([number; 16]), wanted, 1).unwrap();
    };
    add(1, &wanted(1, 1, 30));
    add(2, &wanted(2, 2, 40));
    let new = wanted(3, 1, 0);
    let looked = look(&connection, &new, Looked::default()).unwrap();
    let nearest = |own, others| Nearest {
        own: Some(own),
        others: Some(others),
    };
    assert_eq!(looked.nearest, nearest(30, 40));
    // Its own task does not count, and neither does a row that was looked at.
    add(3, &wanted(3, 1, 0));
    add(4, &wanted(4, 2, 12));
    connection
        .execute(
            "UPDATE still_likeness SET stills = zeroblob(5) WHERE row = 1",
            [],
        )
        .unwrap();
    let later = look(&connection, &new, looked).unwrap();
    assert_eq!(later.nearest, nearest(30, 12));
    assert!(look(&connection, &new, Looked::default()).is_err());
    let none = Wanted {
        stills: Vec::new(),
        ..new
    };
    let unseen = look(&connection, &none, Looked::default()).unwrap();
    assert_eq!(unseen.nearest, Nearest::default());
}
