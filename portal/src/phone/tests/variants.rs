//! Other acts for whoever cannot do the usual ones (protocol 5.8), typed digits, the oldest app.

use quanshengshi_protocol::ids::{Nonce, TaskId};
use quanshengshi_protocol::invitation::{Code, Invitation};
use quanshengshi_protocol::outcome::Verdict;
use quanshengshi_protocol::prompt::Prompt;
use quanshengshi_protocol::refusal::{NextStep, RefusalCode};
use quanshengshi_protocol::states::TaskState;
use quanshengshi_protocol::transaction::TaskKind;
use quanshengshi_protocol::typed::{TypedCode, TypedDigits};
use quanshengshi_protocol::variant::{Variant, VariantRequest};
use quanshengshi_protocol::wire::{ConsentAnswer, RefusalAnswer, TypedAnswer};

use super::bench::{ORIGIN, portal, portal_with};
use super::handheld::{Phone, random_bytes};
use super::http::code_of;
use crate::tasks::limits::Limits;
use crate::tasks::version::OldestApp;
use quanshengshi_appraisal::finding::Finding;

async fn wish(
    phone: &Phone,
    task: TaskId,
    variant: Variant,
) -> Result<ConsentAnswer, RefusalAnswer> {
    let request = VariantRequest {
        task,
        device: phone.device,
        variant,
        nonce: Nonce::from_bytes(random_bytes()),
    };
    let path = format!("/v1/tasks/{task}/variant");
    phone.post(&path, &phone.sign(&request)).await
}

#[tokio::test]
async fn other_acts_take_the_place_of_the_waiting_ones_and_cost_no_attempt() {
    let portal = portal().await;
    let (phone, task, first) = portal.challenged(TaskKind::RealNameLegal).await;
    let seated = phone.challenge(wish(&phone, task, Variant::Seated).await.unwrap().challenge);
    assert_ne!(seated.id, first.id);
    assert_eq!((seated.attempt, seated.attempts), (1, 3));
    assert!(seated.steps.iter().all(|step| step.prompt != Prompt::Nod));
    assert_eq!(seated.steps[0].window_ms, 2 * first.steps[0].window_ms);
    assert_eq!(seated.expires_at_ms - seated.issued_at_ms, 180_000);
    // The old one opens nothing any more, the new one does.
    let old = phone.submit(&phone.evidence(&first)).await;
    assert_eq!(code_of(old), RefusalCode::EvidenceChallengeUsed);
    let answer = phone.submit(&phone.evidence(&seated)).await.unwrap();
    assert_eq!(phone.outcome(&answer).verdict, Verdict::Approved);
    assert!(portal.audit().await.contains(&"variant-asked".to_owned()));
}

#[tokio::test]
async fn a_wish_before_the_answer_holds_for_every_challenge_of_the_task() {
    let portal = portal().await;
    let task = portal.open(TaskKind::RealNameLegal).await;
    let phone = portal.phone().await;
    let receipt = phone.claim(&portal.code(task).await).await.unwrap();
    let noted = wish(&phone, task, Variant::NoMouth).await.unwrap();
    assert!(noted.challenge.is_none());
    let mut challenge = phone.agree(&receipt).await;
    portal.double.say(Finding::Retry(RefusalCode::FaceMismatch));
    for attempt in 1..=2 {
        assert_eq!(challenge.attempt, attempt);
        let mouth =
            |step: &quanshengshi_protocol::challenge::PromptStep| step.prompt == Prompt::OpenMouth;
        assert!(!challenge.steps.iter().any(mouth));
        let answer = phone.submit(&phone.evidence(&challenge)).await.unwrap();
        if attempt == 1 {
            challenge = phone.challenge(answer.challenge);
        }
    }
    assert_eq!(portal.state(task).await, TaskState::Approved);
}

#[tokio::test]
async fn acts_are_drawn_anew_three_times_and_the_same_wish_draws_nothing() {
    let portal = portal().await;
    let (phone, task, first) = portal.challenged(TaskKind::RealNameLegal).await;
    let same = wish(&phone, task, Variant::Usual).await.unwrap();
    assert_eq!(phone.challenge(same.challenge), first);
    for variant in [Variant::Seated, Variant::Helper, Variant::NoHead] {
        wish(&phone, task, variant).await.unwrap();
    }
    let again = wish(&phone, task, Variant::NoHead).await.unwrap();
    let challenge = phone.challenge(again.challenge);
    assert_eq!(challenge.steps.len(), 1);
    let more = wish(&phone, task, Variant::Usual).await;
    assert_eq!(code_of(more), RefusalCode::VariantLimit);
    // A capture without the head shows no depth: the judge hands it to people.
    portal
        .double
        .say(Finding::Review(RefusalCode::LivenessStatic));
    phone.submit(&phone.evidence(&challenge)).await.unwrap();
    assert_eq!(portal.state(task).await, TaskState::Review);
    let over = wish(&phone, task, Variant::Seated).await;
    assert_eq!(code_of(over), RefusalCode::LivenessStatic);
}

#[tokio::test]
async fn nobody_elses_phone_changes_the_acts() {
    let portal = portal().await;
    let (_, task, _) = portal.challenged(TaskKind::RealNameLegal).await;
    let stranger = portal.phone().await;
    let refused = wish(&stranger, task, Variant::Seated).await;
    assert_eq!(code_of(refused), RefusalCode::TaskUnknown);
}

#[tokio::test]
async fn sc_02_an_app_too_old_for_the_kind_of_task_is_told_so_and_the_code_stays_free() {
    let portal = portal_with(Limits {
        oldest_app: OldestApp {
            real_name: "0.1.0".parse().unwrap(),
            certificates: "0.2.0".parse().unwrap(),
        },
        ..Limits::default()
    })
    .await;
    let phone = portal.phone().await;
    let task = portal.open(TaskKind::CertificateView).await;
    let code = portal.code(task).await;
    assert_eq!(code_of(phone.claim(&code).await), RefusalCode::AppTooOld);
    assert_eq!(portal.state(task).await, TaskState::Created);
    let mut newer = phone.claim_of(&code);
    newer.app_version = "0.2.0".to_owned();
    phone.send_claim(&newer).await.unwrap();
    let real_name = portal.open(TaskKind::RealNameLegal).await;
    phone.claim(&portal.code(real_name).await).await.unwrap();
}

#[tokio::test]
async fn sc_07_a_result_nobody_waits_for_is_there_at_the_next_load() {
    let mut portal = portal().await;
    // No page listens: the PC was closed right after the code was shown.
    let (_, task) = portal.approved(TaskKind::RealNameLegal).await;
    portal.clock.advance(200_000);
    portal.restarted();
    assert_eq!(portal.state(task).await, TaskState::Approved);
    let account = portal.accounts.by_id(portal.account).await.unwrap();
    assert_eq!(account.state, crate::accounts::AccountState::Active);
    portal
        .desk
        .close_approved(task, portal.session)
        .await
        .unwrap();
}

#[tokio::test]
async fn sc_08_a_register_without_a_photo_hands_the_task_to_people() {
    let portal = portal().await;
    let (phone, task, challenge) = portal.challenged(TaskKind::RealNameLegal).await;
    portal
        .double
        .say(Finding::Review(RefusalCode::RefPhotoMissing));
    let answer = phone.submit(&phone.evidence(&challenge)).await.unwrap();
    let verdict = phone.outcome(&answer).verdict;
    assert_eq!(verdict, Verdict::Review(RefusalCode::RefPhotoMissing));
    assert_eq!(
        portal.view(task).await.reason,
        Some(RefusalCode::RefPhotoMissing)
    );
    assert_eq!(RefusalCode::RefPhotoMissing.next_step(), NextStep::OtherWay);
}

async fn type_in(phone: &Phone, digits: &str) -> Result<TypedAnswer, RefusalAnswer> {
    let typed = TypedCode {
        digits: TypedDigits::parse(digits).unwrap(),
        device: phone.device,
        nonce: Nonce::from_bytes(random_bytes()),
    };
    phone.post("/v1/typed", &phone.sign(&typed)).await
}

#[tokio::test]
async fn sc_04_nine_digits_stand_in_for_a_camera_that_fails() {
    let portal = portal().await;
    let task = portal.open(TaskKind::RealNameLegal).await;
    let phone = portal.phone().await;
    let first = portal.view(task).await.typed_code.unwrap();
    assert_eq!(first.len(), 9);
    portal.clock.advance(120_000);
    let second = portal.view(task).await.typed_code.unwrap();
    assert_ne!(first, second);
    portal.clock.advance(8_999);
    type_in(&phone, &first).await.unwrap();
    portal.clock.advance(1);
    let late = type_in(&phone, &first).await;
    assert_eq!(code_of(late), RefusalCode::TypedCodeWrong);
    let answer = type_in(&phone, &second).await.unwrap();
    let code = Code::parse(&answer.code).unwrap();
    assert_eq!(code.task, task);
    phone
        .claim(&Invitation::written(ORIGIN, &code))
        .await
        .unwrap();
    assert_eq!(portal.view(task).await.typed_code, None);
    let used = type_in(&phone, &second).await;
    assert_eq!(code_of(used), RefusalCode::TypedCodeWrong);
}

#[tokio::test]
async fn digits_can_be_tried_five_times() {
    let portal = portal().await;
    let phone = portal.phone().await;
    for _ in 0..5 {
        let wrong = type_in(&phone, "000000000").await;
        assert_eq!(code_of(wrong), RefusalCode::TypedCodeWrong);
    }
    let limited = type_in(&phone, "000000000").await.unwrap_err();
    assert_eq!(limited.refusal(), Some(RefusalCode::DeviceLimit));
    assert_eq!(limited.retry_after_ms, Some(600_000));
    portal.clock.advance(600_000);
    let again = type_in(&phone, "000000000").await;
    assert_eq!(code_of(again), RefusalCode::TypedCodeWrong);
}
