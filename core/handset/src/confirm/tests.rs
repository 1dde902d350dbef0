//! What is believed of a portal's answers, and what is repeated how.

use std::time::Duration;

use quanshengshi_protocol::challenge::Challenge;
use quanshengshi_protocol::claim::Claim;
use quanshengshi_protocol::consent::{Consent, Decision};
use quanshengshi_protocol::ids::{DeviceId, Digest, EvidenceId, Nonce, TaskId};
use quanshengshi_protocol::outcome::{Outcome, Verdict};
use quanshengshi_protocol::receipt::ClaimReceipt;
use quanshengshi_protocol::refusal::RefusalCode;
use quanshengshi_protocol::statement::Statement as _;
use quanshengshi_protocol::transaction::{TaskKind, TaskObject};
use quanshengshi_protocol::variant::{Variant, VariantRequest};
use quanshengshi_rules::language::Language;

use crate::confirm::claimed::Answered;
use crate::confirm::deadline::Deadline;
use crate::confirm::error::{ConfirmError, Part};
use crate::confirm::scripted_portal::{
    Scene, TASK, body, challenge, invitation, ports, prepared, scene, transaction,
};
use crate::confirm::submit::Appraised;
use crate::failure::sorted::{Failure, NextStep};
use crate::handset::Handset;
use crate::portal_client::error::PortalError;
use crate::portal_client::test_portal::PortalKey;

type Case<S> = (fn(&mut S), Part);

#[tokio::test]
async fn a_claim_is_believed_and_shows_what_is_signed() {
    let scene = scene(|_| ());
    let claimed = scene.handset.claim(&invitation()).await.unwrap();
    assert_eq!(claimed.transaction(), &transaction());
    assert!(
        claimed
            .deadline()
            .remaining_ms(scene.handset.inner.clock.as_ref())
            <= 120_000
    );
    let answered = scene
        .handset
        .answer(&claimed, Decision::AgreeWithFace)
        .await
        .unwrap();
    let Answered::Challenged(challenged) = answered else {
        panic!("no challenge");
    };
    assert_eq!(challenged.challenge(), &challenge(1));
    let consent: Consent = body(&scene.script.lock().unwrap().consents[0]);
    assert_eq!(consent.transaction, transaction().digest());
}

#[tokio::test]
async fn a_receipt_of_another_portal_device_claim_or_task_is_not_believed() {
    let forged = scene(|_| ());
    forged.script.lock().unwrap().key = PortalKey::make();
    let error = forged.handset.claim(&invitation()).await.unwrap_err();
    // The grant is signed by the wrong key already.
    assert!(matches!(error, ConfirmError::Device(_)), "{error:?}");

    let late = scene(|_| ());
    late.handset.enrol().await.unwrap();
    late.script.lock().unwrap().key = PortalKey::make();
    let error = late.handset.claim(&invitation()).await.unwrap_err();
    assert!(matches!(error, ConfirmError::Forged(_)), "{error:?}");

    let cases: [Case<ClaimReceipt>; 3] = [
        (
            |receipt| receipt.device = DeviceId::from_bytes([7; 16]),
            Part::Device,
        ),
        (
            |receipt| receipt.claim_nonce = Nonce::from_bytes([0; 32]),
            Part::Nonce,
        ),
        (
            |receipt| receipt.transaction.task = TaskId::from_bytes([0; 16]),
            Part::Task,
        ),
    ];
    for (twist, part) in cases {
        let scene = scene(|script| script.receipt = Some(twist));
        let error = scene.handset.claim(&invitation()).await.unwrap_err();
        assert!(
            matches!(error, ConfirmError::Foreign(found) if found == part),
            "{error:?}"
        );
    }
}

#[tokio::test]
async fn a_challenge_for_another_device_task_or_transaction_is_not_believed() {
    let cases: [Case<Challenge>; 5] = [
        (
            |challenge| challenge.device = DeviceId::from_bytes([7; 16]),
            Part::Device,
        ),
        (
            |challenge| challenge.task = TaskId::from_bytes([0; 16]),
            Part::Task,
        ),
        (
            |challenge| challenge.transaction = Digest::from_bytes([0; 32]),
            Part::Transaction,
        ),
        (|challenge| challenge.steps.clear(), Part::Challenge),
        (|challenge| challenge.attempt = 4, Part::Challenge),
    ];
    for (twist, part) in cases {
        let scene = scene(|script| script.challenge = Some(twist));
        let claimed = scene.handset.claim(&invitation()).await.unwrap();
        let error = scene
            .handset
            .answer(&claimed, Decision::AgreeWithFace)
            .await
            .unwrap_err();
        assert!(
            matches!(error, ConfirmError::Foreign(found) if found == part),
            "{error:?}"
        );
    }
}

#[tokio::test]
async fn a_verdict_on_other_evidence_task_or_transaction_is_not_believed() {
    let cases: [Case<Outcome>; 3] = [
        (
            |outcome| outcome.evidence = EvidenceId::from_bytes([0; 16]),
            Part::Evidence,
        ),
        (
            |outcome| outcome.task = TaskId::from_bytes([0; 16]),
            Part::Task,
        ),
        (
            |outcome| outcome.transaction = Digest::from_bytes([0; 32]),
            Part::Transaction,
        ),
    ];
    for (twist, part) in cases {
        let scene = scene(|script| script.outcome = Some(twist));
        let error = scene.handset.confirm(&prepared()).await.unwrap_err();
        assert!(
            matches!(error, ConfirmError::Foreign(found) if found == part),
            "{error:?}"
        );
    }
}

#[tokio::test]
async fn a_retry_brings_a_later_attempt_or_is_not_believed() {
    let reason = RefusalCode::FaceMismatch;
    let good = scene(|script| script.verdict = Verdict::Retry(reason));
    let Appraised::Retry { challenged, .. } = good.handset.confirm(&prepared()).await.unwrap()
    else {
        panic!("no retry");
    };
    assert_eq!(challenged.challenge().attempt, 2);

    let stale = scene(|script| {
        script.verdict = Verdict::Retry(reason);
        script.challenge = Some(|challenge| challenge.attempt = 1);
    });
    let error = stale.handset.confirm(&prepared()).await.unwrap_err();
    assert!(
        matches!(error, ConfirmError::Foreign(Part::Challenge)),
        "{error:?}"
    );
}

#[tokio::test]
async fn a_claim_dropped_in_the_middle_is_repeated_with_the_same_nonce() {
    let scene = scene(|script| script.hold_claim = Some(Duration::from_secs(5)));
    let invitation = invitation();
    let claim = scene.handset.claim(&invitation);
    let cut = tokio::time::timeout(Duration::from_millis(1_500), claim);
    assert!(cut.await.is_err(), "the first claim was answered");
    scene.handset.claim(&invitation).await.unwrap();
    let script = scene.script.lock().unwrap();
    let nonces: Vec<Nonce> = script
        .claims
        .iter()
        .map(|bytes| body::<Claim>(bytes).nonce)
        .collect();
    assert_eq!(nonces.len(), 2);
    assert_eq!(nonces[0], nonces[1]);
}

#[tokio::test]
async fn the_same_decision_is_sent_with_the_same_bytes() {
    let scene = scene(|_| ());
    let claimed = scene.handset.claim(&invitation()).await.unwrap();
    for _ in 0..2 {
        scene
            .handset
            .answer(&claimed, Decision::AgreeWithFace)
            .await
            .unwrap();
    }
    {
        let script = scene.script.lock().unwrap();
        assert_eq!(script.consents[0], script.consents[1]);
    }
    let answered = scene.handset.answer(&claimed, Decision::NotMe).await;
    assert!(matches!(answered, Ok(Answered::Ended)));
    assert!(scene.handset.open_tasks().await.unwrap().is_empty());
    let script = scene.script.lock().unwrap();
    let last: Consent = body(&script.consents[2]);
    assert_eq!(last.decision, Decision::NotMe);
}

#[tokio::test]
async fn a_portal_that_forgot_the_device_gets_a_new_enrolment_once() {
    let scene = scene(|script| script.refuse_claims = vec![RefusalCode::DeviceUnknown]);
    scene.handset.claim(&invitation()).await.unwrap();
    let enrolments = scene.script.lock().unwrap().enrolments.clone();
    assert_eq!(enrolments.len(), 2);
    assert_eq!(enrolments[0].install, enrolments[1].install);
    assert_eq!(enrolments[0].key, enrolments[1].key);
}

#[tokio::test]
async fn a_refused_claim_is_typed_and_leaves_no_open_task() {
    let scene = scene(|script| script.refuse_claims = vec![RefusalCode::QrExpired]);
    let error = scene.handset.claim(&invitation()).await.unwrap_err();
    assert!(
        matches!(
            error,
            ConfirmError::Portal(PortalError::Refused {
                code: RefusalCode::QrExpired,
                ..
            })
        ),
        "{error:?}"
    );
    assert!(scene.handset.open_tasks().await.unwrap().is_empty());
}

#[tokio::test]
async fn a_killed_app_finds_its_task_again() {
    let first = scene(|_| ());
    first.handset.claim(&invitation()).await.unwrap();
    let Scene {
        handset,
        script,
        settings,
        folder,
        _portal,
    } = first;
    drop(handset);
    let handset = Handset::open(settings, ports(folder.path())).unwrap();
    assert_eq!(handset.open_tasks().await.unwrap(), [TASK]);
    let resumed = handset.resume(TASK).await.unwrap();
    assert_eq!(resumed.claimed.transaction(), &transaction());
    assert_eq!(resumed.challenged.unwrap().challenge().attempt, 2);
    let script = script.lock().unwrap();
    assert_eq!((script.enrolments.len(), script.claims.len()), (1, 1));
}

#[tokio::test]
async fn a_task_the_journal_does_not_know_is_refused() {
    let scene = scene(|_| ());
    let unknown = TaskId::from_bytes([5; 16]);
    let error = scene.handset.resume(unknown).await.unwrap_err();
    assert!(matches!(error, ConfirmError::UnknownTask), "{error:?}");
}

#[tokio::test]
async fn an_approval_ends_a_task_that_opens_no_certificates() {
    let scene = scene(|_| ());
    scene.handset.claim(&invitation()).await.unwrap();
    assert_eq!(scene.handset.open_tasks().await.unwrap(), [TASK]);
    let appraised = scene.handset.confirm(&prepared()).await.unwrap();
    assert!(matches!(appraised, Appraised::Approved));
    assert!(scene.handset.open_tasks().await.unwrap().is_empty());
}

/// Makes the scripted receipt a task of another kind and person.
fn of_another(receipt: &mut ClaimReceipt) {
    receipt.transaction.subject = "江*帆".to_owned();
    receipt.transaction.subject_key = Digest::from_bytes([9; 32]);
}

fn opening(receipt: &mut ClaimReceipt) {
    receipt.transaction.kind = TaskKind::CertificateDownload;
    receipt.transaction.objects = vec![TaskObject {
        certificate: "1.2.156.3005.2.x".to_owned(),
        name: "营业执照".to_owned(),
    }];
}

#[tokio::test]
async fn sc_03_a_fresh_phone_serves_everybody_without_a_sign_in() {
    let scene = scene(|script| {
        script.receipt = Some(|receipt| {
            opening(receipt);
            of_another(receipt);
        });
    });
    let claimed = scene.handset.claim(&invitation()).await.unwrap();
    assert_eq!(claimed.other_person(), None);
}

#[tokio::test]
async fn sc_03_somebody_else_is_told_and_only_proving_who_they_are_may_go_on() {
    let scene = scene(|_| ());
    let own = scene.handset.claim(&invitation()).await.unwrap();
    assert_eq!(own.other_person(), None);
    scene.handset.confirm(&prepared()).await.unwrap();
    assert_eq!(scene.handset.people().await.unwrap()[0].label, "林*远");

    let own = scene.handset.claim(&invitation()).await.unwrap();
    assert_eq!(own.other_person(), None, "the same person again");

    scene.script.lock().unwrap().receipt = Some(of_another);
    let real_name = scene.handset.claim(&invitation()).await.unwrap();
    let other = real_name.other_person().unwrap();
    assert!(other.may_go_on);
    let text = other.text(Language::Zh);
    assert!(
        text.contains("当前登录的是 林*远，本次认证对象是 江*帆"),
        "{text}"
    );

    scene.script.lock().unwrap().receipt = Some(|receipt| {
        opening(receipt);
        of_another(receipt);
    });
    let certificates = scene.handset.claim(&invitation()).await.unwrap();
    assert!(!certificates.other_person().unwrap().may_go_on);
    let before = scene.script.lock().unwrap().consents.len();
    let error = scene
        .handset
        .answer(&certificates, Decision::AgreeWithFace)
        .await
        .unwrap_err();
    assert!(matches!(error, ConfirmError::OtherPerson), "{error:?}");
    assert_eq!(Failure::from(error).code, "OTHER_PERSON");
    assert_eq!(scene.script.lock().unwrap().consents.len(), before);
    let no = scene.handset.answer(&certificates, Decision::NotMe).await;
    assert!(matches!(no, Ok(Answered::Ended)), "no is always possible");
}

#[tokio::test]
async fn sc_10_evidence_never_waits_for_a_network_past_its_challenge() {
    let scene = scene(|_| ());
    scene.handset.claim(&invitation()).await.unwrap();
    let mut late = prepared();
    late.deadline = Deadline::starting_now(scene.handset.inner.clock.as_ref(), 0, 0);
    let error = scene.handset.confirm(&late).await.unwrap_err();
    assert!(matches!(error, ConfirmError::ChallengeOver), "{error:?}");
    let failure = Failure::from(error);
    assert_eq!(failure.next, NextStep::NewAttempt);
    assert!(scene.script.lock().unwrap().submissions.is_empty());
}

#[tokio::test]
async fn sc_10_without_a_network_the_failure_says_so_and_nothing_is_queued() {
    let Scene {
        handset,
        script,
        settings: _settings,
        folder: _folder,
        _portal: portal,
    } = scene(|_| ());
    handset.claim(&invitation()).await.unwrap();
    drop(portal);
    let error = handset.confirm(&prepared()).await.unwrap_err();
    let failure = Failure::from(error);
    assert_eq!(
        (failure.next, failure.code.as_str()),
        (NextStep::TryAgain, "NET_OFFLINE")
    );
    assert!(script.lock().unwrap().submissions.is_empty());
}

#[tokio::test]
async fn other_acts_take_the_place_of_the_challenge() {
    let scene = scene(|_| ());
    let claimed = scene.handset.claim(&invitation()).await.unwrap();
    let changed = scene
        .handset
        .change_variant(&claimed, Variant::Seated)
        .await
        .unwrap();
    assert_eq!(changed.unwrap().challenge().attempt, 1);
    let wish: VariantRequest = body(&scene.script.lock().unwrap().variants[0]);
    assert_eq!(wish.variant, Variant::Seated);
    assert_eq!(wish.task, TASK);
}
