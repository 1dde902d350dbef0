//! Evidence: what is refused, retried, reviewed, and what it costs.

use quanshengshi_protocol::evidence::{EvidenceHeader, Submission};
use quanshengshi_protocol::outcome::Verdict;
use quanshengshi_protocol::refusal::RefusalCode;
use quanshengshi_protocol::statement::Statement as _;
use quanshengshi_protocol::states::TaskState;
use quanshengshi_protocol::transaction::TaskKind;

use super::bench::portal;
use super::handheld::answer_to;
use super::http::code_of;
use crate::accounts::AccountState;
use crate::samples::people::JIANG_YUNFAN;
use crate::store::StoreError;
use quanshengshi_appraisal::finding::Finding;

const MISMATCH: Finding = Finding::Retry(RefusalCode::FaceMismatch);

#[tokio::test]
async fn a_changed_still_costs_the_attempt_and_is_never_judged() {
    let portal = portal().await;
    let (phone, task, challenge) = portal.challenged(TaskKind::RealNameLegal).await;
    let mut evidence = phone.evidence(&challenge);
    evidence.pictures[0].push(b'x');
    let answer = phone.submit(&evidence).await.unwrap();
    let outcome = phone.outcome(&answer);
    assert_eq!(outcome.verdict, Verdict::Retry(RefusalCode::EvidenceDigest));
    assert_eq!(outcome.attempts_left, 2);
    assert_eq!(portal.double.judged(), 0);
    let next = phone.challenge(answer.challenge);
    assert_eq!(next.attempt, 2);
    assert_ne!(next.nonce, challenge.nonce);
    assert!(portal.audit().await.contains(&"security-forged".to_owned()));
    let answer = phone.submit(&phone.evidence(&next)).await.unwrap();
    assert_eq!(phone.outcome(&answer).verdict, Verdict::Approved);
    assert_eq!(portal.state(task).await, TaskState::Approved);
}

#[tokio::test]
async fn reordered_prompts_and_frames_are_refused() {
    let portal = portal().await;
    let (phone, _, challenge) = portal.challenged(TaskKind::RealNameLegal).await;
    let (mut header, pictures) = answer_to(&challenge);
    let first = header.spans[0].prompt;
    header.spans[0].prompt = header.spans[1].prompt;
    header.spans[1].prompt = first;
    let evidence = Submission {
        header: phone.sign(&header),
        pictures,
    };
    let answer = phone.submit(&evidence).await.unwrap();
    assert_eq!(
        phone.outcome(&answer).verdict,
        Verdict::Retry(RefusalCode::LivenessOrder)
    );
    let next = phone.challenge(answer.challenge);
    let (mut header, pictures) = answer_to(&next);
    header.links.swap(0, 1);
    let evidence = Submission {
        header: phone.sign(&header),
        pictures,
    };
    let answer = phone.submit(&evidence).await.unwrap();
    assert_eq!(
        phone.outcome(&answer).verdict,
        Verdict::Retry(RefusalCode::EvidenceDigest)
    );
    assert_eq!(portal.double.judged(), 0);
}

#[tokio::test]
async fn pictures_that_were_seen_before_are_refused_in_every_task() {
    let portal = portal().await;
    let (phone, task, challenge) = portal.challenged(TaskKind::RealNameLegal).await;
    let (recorded, pictures) = answer_to(&challenge);
    let sent = Submission {
        header: phone.sign(&recorded),
        pictures: pictures.clone(),
    };
    phone.submit(&sent).await.unwrap();
    assert_eq!(portal.state(task).await, TaskState::Approved);
    let (thief, second, next) = portal.challenged(TaskKind::CertificateView).await;
    let (fresh, _) = answer_to(&next);
    let mut replayed = EvidenceHeader {
        neutral: recorded.neutral,
        links: recorded.links.clone(),
        ..fresh
    };
    for (span, old) in replayed.spans.iter_mut().zip(&recorded.spans) {
        (span.peak, span.strip) = (old.peak, old.strip.clone());
    }
    replayed.chain_head =
        quanshengshi_protocol::chain::FrameChain::over(&next.nonce, &next.id, &replayed.links)
            .head();
    let replayed = Submission {
        header: thief.sign(&replayed),
        pictures,
    };
    let answer = thief.submit(&replayed).await.unwrap();
    assert_eq!(
        thief.outcome(&answer).verdict,
        Verdict::Retry(RefusalCode::EvidenceReplayed)
    );
    assert_eq!(portal.double.judged(), 1);
    assert_eq!(portal.state(second).await, TaskState::Challenged);
}

#[tokio::test]
async fn the_whole_submission_again_is_the_same_answer_or_a_used_challenge() {
    let portal = portal().await;
    let (phone, task, challenge) = portal.challenged(TaskKind::RealNameLegal).await;
    portal.double.say(MISMATCH);
    let evidence = phone.evidence(&challenge);
    let answer = phone.submit(&evidence).await.unwrap();
    let again = phone.submit(&evidence).await.unwrap();
    assert_eq!(again.outcome, answer.outcome);
    assert_eq!(again.challenge, answer.challenge);
    assert_eq!(portal.double.judged(), 1);
    let other = phone.evidence(&challenge);
    assert_eq!(
        code_of(phone.submit(&other).await),
        RefusalCode::EvidenceChallengeUsed
    );
    assert_eq!(portal.view(task).await.attempts_left, 2);
}

#[tokio::test]
async fn other_bytes_under_the_same_name_are_a_conflict() {
    let portal = portal().await;
    let (phone, _, challenge) = portal.challenged(TaskKind::RealNameLegal).await;
    let (header, pictures) = answer_to(&challenge);
    let first = Submission {
        header: phone.sign(&header),
        pictures: pictures.clone(),
    };
    phone.submit(&first).await.unwrap();
    let mut changed = first.clone();
    changed.pictures[1].push(0);
    assert_eq!(
        code_of(phone.submit(&changed).await),
        RefusalCode::IdempotencyConflict
    );
    let resigned = Submission {
        header: phone.sign(&header),
        pictures,
    };
    let answer = phone.submit(&resigned).await.unwrap();
    assert_eq!(phone.outcome(&answer).verdict, Verdict::Approved);
}

#[tokio::test]
async fn the_third_failed_attempt_ends_the_task() {
    let portal = portal().await;
    let (phone, task, mut challenge) = portal.challenged(TaskKind::RealNameLegal).await;
    for left in [2, 1] {
        portal.double.say(MISMATCH);
        let answer = phone.submit(&phone.evidence(&challenge)).await.unwrap();
        let outcome = phone.outcome(&answer);
        assert_eq!(outcome.verdict, Verdict::Retry(RefusalCode::FaceMismatch));
        assert_eq!(outcome.attempts_left, left);
        challenge = phone.challenge(answer.challenge);
        assert_eq!(portal.view(task).await.attempts_left, left);
    }
    portal.double.say(MISMATCH);
    let answer = phone.submit(&phone.evidence(&challenge)).await.unwrap();
    assert!(answer.challenge.is_none());
    let failed = Verdict::Failed(RefusalCode::FaceMismatch);
    assert_eq!(phone.outcome(&answer).verdict, failed);
    let view = portal.view(task).await;
    assert_eq!(view.state, TaskState::Failed);
    assert_eq!(view.reason, Some(RefusalCode::FaceMismatch));
    let account = portal.accounts.by_id(portal.account).await.unwrap();
    assert_eq!(account.state, AccountState::Pending);
    let kept = "SELECT count(*) FROM evidence WHERE submission_sealed IS NOT NULL";
    assert_eq!(portal.number(kept).await, 3);
    portal.clock.advance(86_400_000);
    portal.desk.sweep().await.unwrap();
    assert_eq!(portal.number(kept).await, 0, "failed pictures are gone");
}

#[tokio::test]
async fn doubt_goes_to_review_and_never_passes() {
    let portal = portal().await;
    let (phone, task, challenge) = portal.challenged(TaskKind::RealNameLegal).await;
    let doubt = RefusalCode::RefPhotoMissing;
    portal.double.say(Finding::Review(doubt));
    let answer = phone.submit(&phone.evidence(&challenge)).await.unwrap();
    assert_eq!(phone.outcome(&answer).verdict, Verdict::Review(doubt));
    let view = portal.view(task).await;
    assert_eq!((view.state, view.reason), (TaskState::Review, Some(doubt)));
    assert!(
        portal
            .desk
            .close_approved(task, portal.session)
            .await
            .is_err()
    );
    portal.clock.advance(30 * 86_400_000);
    portal.desk.sweep().await.unwrap();
    let kept = "SELECT count(*) FROM evidence WHERE submission_sealed IS NOT NULL";
    assert_eq!(portal.number(kept).await, 1, "people need the pictures");
}

#[tokio::test]
async fn a_judge_that_falls_over_passes_nobody() {
    let portal = portal().await;
    let (phone, task, challenge) = portal.challenged(TaskKind::RealNameLegal).await;
    // A poisoned lock makes the double panic inside the appraisal.
    let double = portal.double.clone();
    let _ = std::thread::spawn(move || {
        let _guard = double.judged.lock();
        panic!("poisons the lock");
    })
    .join();
    let answer = phone.submit(&phone.evidence(&challenge)).await.unwrap();
    assert_eq!(
        phone.outcome(&answer).verdict,
        Verdict::Review(RefusalCode::ServerBusy)
    );
    assert_eq!(portal.state(task).await, TaskState::Review);
}

#[tokio::test]
async fn us_04_a_changed_representative_ends_the_task() {
    let portal = portal().await;
    let (phone, task, challenge) = portal.challenged(TaskKind::CertificateDownload).await;
    portal
        .store
        .write(|tx| {
            tx.execute(
                "UPDATE register_enterprises SET representative_number = ?1",
                [JIANG_YUNFAN.number],
            )?;
            Ok::<_, StoreError>(())
        })
        .await
        .unwrap();
    let answer = phone.submit(&phone.evidence(&challenge)).await.unwrap();
    let verdict = Verdict::Failed(RefusalCode::LegalRepChanged);
    assert_eq!(phone.outcome(&answer).verdict, verdict);
    assert_eq!(portal.state(task).await, TaskState::Failed);
    let failures = "SELECT count(*) FROM face_failure";
    assert_eq!(
        portal.number(failures).await,
        0,
        "not a failure of the face"
    );
}

#[tokio::test]
async fn sc_05_six_failures_on_one_phone_send_the_person_to_review_there_only() {
    let portal = portal().await;
    let phone = portal.phone().await;
    for _ in 0..2 {
        let task = portal.open(TaskKind::RealNameLegal).await;
        let receipt = phone.claim(&portal.code(task).await).await.unwrap();
        let mut challenge = Some(phone.agree(&receipt).await);
        while let Some(open) = challenge {
            portal.double.say(MISMATCH);
            let answer = phone.submit(&phone.evidence(&open)).await.unwrap();
            challenge = answer.challenge.map(|next| phone.challenge(Some(next)));
        }
    }
    let task = portal.open(TaskKind::RealNameLegal).await;
    let receipt = phone.claim(&portal.code(task).await).await.unwrap();
    let consent = phone.consent_of(
        &receipt,
        quanshengshi_protocol::consent::Decision::AgreeWithFace,
    );
    let refused = phone.consent(&consent).await.unwrap_err();
    assert_eq!(refused.refusal(), Some(RefusalCode::SubjectLimit));
    assert_eq!(refused.retry_after_ms, Some(86_400_000));
    assert_eq!(portal.state(task).await, TaskState::Review);
    let again = phone.consent(&consent).await;
    assert_eq!(code_of(again), RefusalCode::SubjectLimit);
    let (_, other_task, _) = portal.challenged(TaskKind::RealNameLegal).await;
    assert_eq!(portal.state(other_task).await, TaskState::Challenged);
}

#[test]
fn the_name_of_evidence_leaves_the_signature_out() {
    let bytes = b"header".to_vec();
    let submission = |signature: &[u8], pictures: &[&[u8]]| Submission {
        header: quanshengshi_protocol::statement::Signed::from_parts(
            bytes.clone(),
            signature.to_vec(),
        ),
        pictures: pictures.iter().map(|picture| picture.to_vec()).collect(),
    };
    let name = |submission| crate::tasks::evidence::Received::derive_request(&submission);
    let one = name(submission(b"a", &[b"x", b"y"]));
    assert_eq!(one, name(submission(b"b", &[b"x", b"y"])));
    assert_ne!(one, name(submission(b"a", &[b"xy"])));
    assert_ne!(one, name(submission(b"a", &[b"y", b"x"])));
    assert_eq!(EvidenceHeader::LABEL, "HLJEVID1");
}
