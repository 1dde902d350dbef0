//! The page that waits for the phone, loaded again and again.

use axum::http::StatusCode;
use quanshengshi_protocol::ids::TaskId;

use super::{Answer, Browser, Portal};
use crate::accounts::registration::NewAccount;
use crate::accounts::{AccountId, AccountKind, Proof};

/// A person who just registered, and a browser in which they did.
async fn pending(portal: &Portal) -> (AccountId, Browser) {
    let account = NewAccount {
        kind: AccountKind::Personal,
        name: "230102199705180024".to_owned(),
        organisation: String::new(),
        enterprise_type: String::new(),
        person_name: "林知微".to_owned(),
        document_kind: "resident_id".to_owned(),
        document_number: "230102199705180024".to_owned(),
        validity: String::new(),
        mobile: "13845172680".to_owned(),
        region: "230102".to_owned(),
        password: None,
        proof: Proof::Face,
        agreement: "test".to_owned(),
    };
    let id = portal.app.accounts.register(account).await.expect("stored");
    (id, browser_of(portal, id).await)
}

async fn browser_of(portal: &Portal, account: AccountId) -> Browser {
    let mut browser = portal.browser();
    let fresh = portal.app.sessions.open().await.expect("opens");
    let session = portal
        .app
        .sessions
        .rotate(&fresh, None, Some(account))
        .await;
    let cookie = session.expect("rotates").cookie();
    browser.cookies.insert("__Host-qss".to_owned(), cookie);
    browser
}

async fn open(browser: &mut Browser) -> String {
    let fields = [("kind", "real_name")];
    let answer = browser
        .fill("/register/personal", "/pc/tasks", &fields)
        .await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    answer.location().to_owned()
}

/// Loads a page and follows where it leads.
async fn load(browser: &mut Browser, path: &str) -> (String, Answer) {
    let mut at = path.to_owned();
    for _ in 0..3 {
        let answer = browser.get(&at).await;
        if answer.status != StatusCode::SEE_OTHER {
            return (at, answer);
        }
        at = answer.location().to_owned();
    }
    panic!("it leads in circles");
}

async fn set(portal: &Portal, path: &str, state: &'static str) {
    let task = path.rsplit('/').next().expect("a task");
    let task = TaskId::parse(task).expect("a task");
    let write = portal.app.store.write(move |transaction| {
        let sql = "UPDATE task SET state = ?1 WHERE id = ?2";
        let values = rusqlite::params![state, task.as_bytes()];
        Ok::<_, crate::store::StoreError>(transaction.execute(sql, values)?)
    });
    assert_eq!(write.await.expect("stores"), 1);
}

async fn state_of(portal: &Portal, path: &str) -> String {
    let task = path.rsplit('/').next().expect("a task");
    let task = TaskId::parse(task).expect("a task");
    let read = portal.app.store.read(move |connection| {
        let sql = "SELECT state FROM task WHERE id = ?1";
        let state = connection.query_row(sql, [task.as_bytes()], |row| row.get(0))?;
        Ok::<String, crate::store::StoreError>(state)
    });
    read.await.expect("reads")
}

#[tokio::test]
async fn pr_18_loading_again_makes_a_new_task_and_kills_the_old_code() {
    let portal = Portal::open().await;
    let (account, mut browser) = pending(&portal).await;
    let first = open(&mut browser).await;
    let (at, shown) = load(&mut browser, &first).await;
    assert_eq!(at, first, "the first showing is the task that was made");
    let (second, again) = load(&mut browser, &first).await;
    assert_ne!(second, first);
    assert_ne!(
        again.between("data-qr=\"", "\""),
        shown.between("data-qr=\"", "\"")
    );
    assert_eq!(state_of(&portal, &first).await, "cancelled");
    assert_eq!(state_of(&portal, &second).await, "created");
    let kept = portal.app.accounts.by_id(account).await.expect("reads");
    assert_eq!(kept.id, account, "the same account");
}

#[tokio::test]
async fn pr_18_once_a_phone_has_claimed_it_every_address_leads_to_that_task() {
    let portal = Portal::open().await;
    let (_, mut browser) = pending(&portal).await;
    let first = open(&mut browser).await;
    load(&mut browser, &first).await;
    let (second, _) = load(&mut browser, &first).await;
    set(&portal, &second, "claimed").await;
    for path in [&first, &second, &second] {
        let (at, page) = load(&mut browser, path).await;
        assert_eq!(at, second);
        assert_eq!(page.between("data-state=\"", "\""), "scanned");
    }
}

#[tokio::test]
async fn pr_18_a_sign_in_elsewhere_kills_the_code_here() {
    let portal = Portal::open().await;
    let (account, mut here) = pending(&portal).await;
    let first = open(&mut here).await;
    let mut there = browser_of(&portal, account).await;
    open(&mut there).await;
    assert_eq!(state_of(&portal, &first).await, "cancelled");
    let page = here.get(&first).await;
    assert!(page.text().contains("重新发起"));
}

#[tokio::test]
async fn pr_18_reloading_without_end_keeps_one_code_and_shows_no_fault() {
    let portal = Portal::open().await;
    let (_, mut browser) = pending(&portal).await;
    let mut at = open(&mut browser).await;
    for _ in 0..20 {
        let (now, page) = load(&mut browser, &at).await;
        assert_eq!(page.status, StatusCode::OK);
        at = now;
    }
    let (last, _) = load(&mut browser, &at).await;
    assert_eq!(last, at, "no more than ten a minute");
}

#[tokio::test]
async fn sc_07_the_headline_and_the_steps_turn_when_it_is_done() {
    let portal = Portal::open().await;
    let (_, mut browser) = pending(&portal).await;
    let task = open(&mut browser).await;
    let (_, page) = load(&mut browser, &task).await;
    assert!(page.text().contains("<h1>信息核验通过，还差一步</h1>"));
    set(&portal, &task, "approved").await;
    let (_, page) = load(&mut browser, &task).await;
    assert!(page.text().contains("<h1>实名认证成功</h1>"));
    assert!(page.text().contains("<li aria-current=\"step\">完成</li>"));
    let path = format!("{task}/finish");
    let answer = browser.fill(&task, &path, &[]).await;
    assert_eq!(answer.location(), "/login?kind=personal");
}

#[tokio::test]
async fn pr_24_no_code_after_a_day() {
    let portal = Portal::open().await;
    let (account, _) = pending(&portal).await;
    portal.clock.advance(24 * 3_600_000);
    let mut browser = browser_of(&portal, account).await;
    let fields = [("kind", "real_name")];
    let answer = browser
        .fill("/register/personal", "/pc/tasks", &fields)
        .await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
}
