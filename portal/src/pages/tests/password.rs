//! Changing the password.

use axum::http::StatusCode;

use super::{Answer, Browser, PASSWORD, Portal};
use crate::accounts::sign_in::SignIn;
use crate::accounts::sign_in_name::SignInName;
use crate::accounts::{AccountId, AccountKind};

const CODE: &str = "91230102MA1B2C3D8J";
const NEW: &str = "Mudanjiang2027he";

async fn change(browser: &mut Browser, old: &str, new: &str, again: &str) -> Answer {
    let fields = [("old", old), ("password", new), ("password_again", again)];
    browser
        .fill("/space/password", "/space/password", &fields)
        .await
}

async fn opens_with(portal: &Portal, password: &str) -> bool {
    let name = SignInName::read(AccountKind::Legal, CODE);
    let trial = portal.app.accounts.knock(&name, "elsewhere", false).await;
    let trial = trial.expect("counts").expect("is free");
    let judged = portal.app.accounts.judge(trial, password).await;
    matches!(judged.expect("judges"), SignIn::Welcome(_))
}

#[tokio::test]
async fn us_01_pr_22_a_new_password_ends_every_other_session_of_the_account() {
    let portal = Portal::open().await;
    let mut browser = portal.signed_in(CODE, "13904510037").await;
    let mut elsewhere = portal.signed_in_as(AccountId(1)).await;
    let before = browser.clone();
    assert_eq!(elsewhere.get("/space").await.status, StatusCode::OK);
    let answer = change(&mut browser, PASSWORD, NEW, NEW).await;
    assert_eq!(answer.location(), "/space?said=password");
    let page = browser.get(answer.location()).await.text();
    assert!(page.contains("密码已修改"));
    for mut ended in [elsewhere, before] {
        assert_eq!(ended.get("/space").await.status, StatusCode::SEE_OTHER);
    }
    assert!(opens_with(&portal, NEW).await);
    assert!(!opens_with(&portal, PASSWORD).await);
}

#[tokio::test]
async fn pr_12_pr_22_what_is_wrong_is_said_at_its_field_and_nothing_changes() {
    let portal = Portal::open().await;
    let mut browser = portal.signed_in(CODE, "13904510037").await;
    for (old, new, again, said) in [
        ("", NEW, NEW, "原密码不对"),
        ("songhua2026xue", NEW, NEW, "原密码不对"),
        (PASSWORD, NEW, "Mudanjiang2027HE", "两次输入的密码不一样"),
        (PASSWORD, PASSWORD, PASSWORD, "新密码和原密码一样"),
        (PASSWORD, "short1", "short1", "密码至少 10 位"),
        (
            PASSWORD,
            "91230102MA1B2C3D8J",
            "91230102MA1B2C3D8J",
            "不能含账号",
        ),
    ] {
        let answer = change(&mut browser, old, new, again).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{said}");
        let text = answer.text();
        assert!(text.contains(said), "{said}: {text}");
        for typed in [old, new] {
            let kept = format!("value=\"{typed}\"");
            assert!(
                typed.is_empty() || typed == CODE || !text.contains(&kept),
                "a password never comes back"
            );
        }
    }
    assert!(opens_with(&portal, PASSWORD).await);
}

#[tokio::test]
async fn lg_09_guesses_at_the_old_password_make_one_wait() {
    let portal = Portal::open().await;
    let mut browser = portal.signed_in(CODE, "13904510037").await;
    for _ in 0..5 {
        change(&mut browser, "Wrong2026xue", NEW, NEW).await;
    }
    let answer = change(&mut browser, PASSWORD, NEW, NEW).await;
    assert!(answer.text().contains("尝试太多"), "{}", answer.text());
    portal.clock.advance(1_000);
    let answer = change(&mut browser, PASSWORD, NEW, NEW).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
}
