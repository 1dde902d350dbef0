//! Faces that the portal left to people: a real phone sends the evidence, reviewers decide, and
//! the account goes on.

use quanshengshi_protocol::ids::{Digest, TaskId};
use quanshengshi_protocol::outcome::Verdict;
use quanshengshi_protocol::refusal::RefusalCode;
use quanshengshi_protocol::transaction::{PcContext, TaskKind, TaskObject};

use super::review::at_desk;
use super::{Answer, Browser, ORIGIN, Portal, StatusCode};
use crate::accounts::{AccountId, AccountState, PENDING_LIFE_MS};
use crate::audit::chain::verify_chain;
use crate::phone::tests::handheld::Phone;
use crate::review::ReviewError;
use crate::review::face_decide::USABLE_MS;
use crate::samples::people::LIN_ZHIWEI;
use crate::tasks::open::NewTask;

const CODE: &str = "91230102MA1B2C3D8J";
const FILED: &str = "13904510037";

/// A task of an account whose evidence the portal left to people.
async fn doubtful(
    portal: &Portal,
    account: AccountId,
    kind: TaskKind,
    objects: Vec<TaskObject>,
) -> TaskId {
    let session = Digest::of(account.0.to_string().as_bytes());
    let new = NewTask {
        kind,
        account,
        session,
        account_label: "样例".to_owned(),
        account_number_masked: "9123**********3D8J".to_owned(),
        subject_label: "林**".to_owned(),
        subject_document_masked: "**************0024".to_owned(),
        subject_document: LIN_ZHIWEI.number.to_owned(),
        objects,
        purpose: "投标".to_owned(),
        mobile_masked: "139****0037".to_owned(),
        pc: PcContext::default(),
    };
    let task = portal.app.tasks.open(new).await.expect("opens");
    let code = portal.app.tasks.view(task, session).await.expect("seen");
    let key = portal.app.tasks.public_key();
    let mut phone = Phone::new(portal.app.router(), key).of(ORIGIN);
    phone.enrol().await;
    let receipt = phone
        .claim(&code.code.expect("a code"))
        .await
        .expect("claims");
    let challenge = phone.agree(&receipt).await;
    let answer = phone.submit(&phone.evidence(&challenge)).await;
    let verdict = phone.outcome(&answer.expect("answers")).verdict;
    assert_eq!(verdict, Verdict::Review(RefusalCode::FaceMismatch));
    task
}

/// A pending account of a person, whose face was left to people.
async fn doubtful_person(portal: &Portal) -> (AccountId, TaskId) {
    let account = portal.pending_person().await;
    let task = doubtful(portal, account, TaskKind::RealNamePersonal, Vec::new()).await;
    (account, task)
}

/// A download of the enterprise's first certificate that was left to people.
async fn doubtful_download(portal: &Portal) -> (AccountId, TaskId) {
    let account = portal.active(CODE, FILED).await;
    let of = portal.app.accounts.by_id(account).await.expect("there");
    let held = portal.app.certificates.held_by(&of).await.expect("reads");
    let record = held.first().expect("a certificate");
    let object = TaskObject {
        certificate: record.id.to_string(),
        name: record.name.clone(),
    };
    let task = doubtful(portal, account, TaskKind::CertificateDownload, vec![object]).await;
    (account, task)
}

async fn decide(desk: &mut Browser, task: TaskId, verdict: &str) -> Answer {
    let page = desk.get(&format!("/desk/faces/{task}")).await;
    let seen = page.between("data-state=\"", "\"");
    let token = page.token();
    let fields = [
        ("form_token", token.as_str()),
        ("seen", &seen),
        ("verdict", verdict),
    ];
    desk.post(&format!("/desk/faces/{task}/decide"), &fields)
        .await
}

fn taken(answer: &Answer) {
    assert_eq!(
        answer.location(),
        "/desk/faces?said=yes",
        "{}",
        answer.text()
    );
}

fn refused(answer: &Answer, text: &str) {
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.text().contains(text), "{text}: {}", answer.text());
}

async fn outbox(portal: &Portal) -> String {
    portal.app.notices.send_due().await.expect("sends");
    portal.browser().get("/sample/outbox").await.text()
}

#[tokio::test]
async fn sc_08_people_see_the_capture_beside_the_registers_photo_and_the_account_goes_on() {
    let portal = Portal::open().await;
    let (account, task) = doubtful_person(&portal).await;
    let mut desk = at_desk(&portal, "sample-a").await;
    let list = desk.get("/desk/faces").await.text();
    assert!(list.contains(&format!("/desk/faces/{task}")) && list.contains("人脸与登记照片不一致"));
    let page = desk.get(&format!("/desk/faces/{task}")).await.text();
    assert!(page.contains("登记照片") && page.contains("正面"), "{page}");
    assert!(
        !page.contains(LIN_ZHIWEI.number),
        "numbers are no part of it"
    );
    let photo = desk.get(&format!("/desk/faces/{task}/photo")).await;
    assert_eq!(Some(photo.bytes.as_slice()), LIN_ZHIWEI.photo);
    let first = desk.get(&format!("/desk/faces/{task}/pictures/0")).await;
    assert!(first.text().ends_with("neutral 0"), "{}", first.text());
    let none = desk.get(&format!("/desk/faces/{task}/pictures/99")).await;
    assert_eq!(none.status, StatusCode::NOT_FOUND);
    refused(&decide(&mut desk, task, "").await, "请选择结论");
    taken(&decide(&mut desk, task, "approve").await);
    let found = portal.app.accounts.by_id(account).await.expect("there");
    assert_eq!(found.state, AccountState::Active);
    assert!(outbox(&portal).await.contains("账号已完成实名认证"));
    let list = desk.get("/desk/faces").await.text();
    assert!(!list.contains(&task.to_string()), "{list}");
    refused(&decide(&mut desk, task, "approve").await, "您已决定过");
}

#[tokio::test]
async fn sc_08_a_face_that_people_refuse_leaves_the_account_waiting() {
    let portal = Portal::open().await;
    let (account, task) = doubtful_person(&portal).await;
    let mut desk = at_desk(&portal, "sample-a").await;
    taken(&decide(&mut desk, task, "return").await);
    let found = portal.app.accounts.by_id(account).await.expect("there");
    assert_eq!(found.state, AccountState::Pending);
    assert!(outbox(&portal).await.contains("人脸核对未通过"));
}

#[tokio::test]
async fn sc_08_without_a_photo_on_file_people_confirm_nobody_either() {
    let portal = Portal::open().await;
    let (_, task) = doubtful_person(&portal).await;
    let write = portal.app.store.write(|transaction| {
        transaction.execute_batch("UPDATE register_persons SET photo = NULL")?;
        Ok::<_, crate::store::StoreError>(())
    });
    write.await.expect("changes");
    let mut desk = at_desk(&portal, "sample-a").await;
    let page = desk.get(&format!("/desk/faces/{task}")).await.text();
    assert!(page.contains("登记库没有照片") && !page.contains("value=\"approve\""));
    let answer = decide(&mut desk, task, "approve").await;
    refused(&answer, "请申请人提交材料走人工审核");
    taken(&decide(&mut desk, task, "return").await);
}

#[tokio::test]
async fn pr_24_an_account_is_kept_while_people_look_at_its_face() {
    let portal = Portal::open().await;
    let (account, task) = doubtful_person(&portal).await;
    portal.clock.advance(PENDING_LIFE_MS + 1);
    // Another registration is what frees the numbers of those who never came.
    portal.active(CODE, "13904510038").await;
    let mut desk = at_desk(&portal, "sample-a").await;
    taken(&decide(&mut desk, task, "approve").await);
    let found = portal.app.accounts.by_id(account).await.expect("there");
    assert_eq!(found.state, AccountState::Active);
}

#[tokio::test]
async fn mr_09_an_enterprises_face_needs_two_who_agree_and_opens_its_certificate_once() {
    let portal = Portal::open().await;
    let (account, task) = doubtful_download(&portal).await;
    let mut owner = portal.signed_in_as(account).await;
    let before = owner.get("/space/activity").await.text();
    assert!(before.contains("人工核对中") && !before.contains("打开证照"));
    for name in ["sample-a", "sample-b"] {
        let mut desk = at_desk(&portal, name).await;
        taken(&decide(&mut desk, task, "approve").await);
    }
    assert!(outbox(&portal).await.contains("人脸核对已通过"));
    let path = format!("/space/activity/{task}/open");
    // Another account's cannot be opened.
    let mut other = portal.signed_in("91230109MA1WHN150K", "13804510086").await;
    let stolen = other.fill("/space", &path, &[]).await;
    assert_ne!(stolen.status, StatusCode::SEE_OTHER);
    let before = owner.cookies["__Host-qss"].clone();
    let opened = owner.fill("/space/activity", &path, &[]).await;
    let after = &owner.cookies["__Host-qss"];
    assert_ne!(&before, after, "a stolen secret takes no ticket");
    let copies = opened.location().to_owned();
    assert!(copies.ends_with("/copies"), "{}", opened.text());
    let ticket = owner.get(&copies).await.between("/space/copies/", "\"");
    let file = owner.get(&format!("/pc/files/{ticket}")).await;
    assert_eq!(file.status, StatusCode::OK);
    let again = owner.fill("/space", &path, &[]).await;
    assert_ne!(again.status, StatusCode::SEE_OTHER, "once");
}

#[tokio::test]
async fn mr_09_a_senior_decides_where_two_differ_and_an_approval_ends_after_a_day() {
    let portal = Portal::open().await;
    let (account, task) = doubtful_download(&portal).await;
    let mut one = at_desk(&portal, "sample-a").await;
    let mut two = at_desk(&portal, "sample-b").await;
    taken(&decide(&mut one, task, "approve").await);
    taken(&decide(&mut two, task, "return").await);
    refused(&decide(&mut one, task, "approve").await, "您已决定过");
    let mut senior = at_desk(&portal, "sample-senior").await;
    let page = senior.get(&format!("/desk/faces/{task}")).await.text();
    assert!(page.contains("已有意见"), "{page}");
    taken(&decide(&mut senior, task, "approve").await);
    portal.clock.advance(USABLE_MS + 1);
    let mut owner = portal.signed_in_as(account).await;
    let page = owner.get("/space/activity").await.text();
    assert!(page.contains("人工核对通过") && !page.contains("打开证照"));
    let path = format!("/space/activity/{task}/open");
    let late = owner.fill("/space", &path, &[]).await;
    assert_ne!(late.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn us_04_a_changed_representative_is_not_confirmed_by_people_either() {
    let portal = Portal::open().await;
    let (_, task) = doubtful_download(&portal).await;
    let write = portal.app.store.write(|transaction| {
        transaction.execute_batch(
            "UPDATE register_enterprises SET representative_number = '230104200403090013'",
        )?;
        Ok::<_, crate::store::StoreError>(())
    });
    write.await.expect("changes");
    let mut desk = at_desk(&portal, "sample-a").await;
    refused(
        &decide(&mut desk, task, "approve").await,
        "法定代表人已变更",
    );
    portal.silence("register_enterprises").await;
    refused(&decide(&mut desk, task, "approve").await, "登记库没有回应");
}

#[tokio::test]
async fn mr_09_faces_are_for_the_desk_only_and_every_look_is_in_the_audit() {
    let portal = Portal::open().await;
    let (account, task) = doubtful_person(&portal).await;
    let mut owner = portal.signed_in_as(account).await;
    for end in ["", "/photo", "/pictures/0"] {
        let answer = owner.get(&format!("/desk/faces/{task}{end}")).await;
        assert_eq!(answer.location(), "/desk/login", "{end}");
    }
    let mut auditor = at_desk(&portal, "sample-auditor").await;
    let page = auditor.get(&format!("/desk/faces/{task}")).await.text();
    assert!(page.contains("您可以查看，不能决定") && !page.contains("id=\"decide\""));
    refused(
        &decide(&mut auditor, task, "approve").await,
        "不能决定这一件",
    );
    let mut desk = at_desk(&portal, "sample-a").await;
    taken(&decide(&mut desk, task, "return").await);
    let events = portal.app.store.read(|connection| {
        verify_chain(connection).expect("the chain holds");
        let sql = "SELECT event FROM audit WHERE event LIKE 'face-case-%' ORDER BY seq";
        let mut statement = connection.prepare(sql)?;
        let rows = statement.query_map([], |row| row.get::<_, String>(0))?;
        Ok::<_, ReviewError>(rows.collect::<Result<Vec<_>, _>>()?)
    });
    let events = events.await.expect("reads");
    let read = "face-case-read";
    assert_eq!(events, [read, read, read, read, "face-case-decided"]);
}
