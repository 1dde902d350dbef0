//! What becomes of a right form: the number taken, the code, the account, the next visit.

use super::*;

#[tokio::test]
async fn pr_14_sm_06_a_taken_number_is_told_only_to_whoever_holds_the_phone() {
    let portal = Portal::open().await;
    register(&mut portal.browser(), &[]).await;
    portal.clock.advance(61_000);
    let other = [
        ("document_kind", "taiwan_permit"),
        ("person_name", "陈雨杉"),
        ("document_number", "16180339"),
    ];
    let mut browser = portal.browser();
    let mut asking = other.to_vec();
    asking.push(("act", "code"));
    let said = submit(&mut browser, &asking).await;
    assert!(said.text().contains("已发送到 138****2680"));
    assert!(!said.text().contains("该手机号已注册"));
    let wrong = submit(&mut browser, &other).await;
    assert!(!wrong.text().contains("该手机号已注册"));
    portal.clock.advance(61_000);
    let answer = register(&mut browser, &other).await;
    assert!(answer.text().contains("该手机号已注册"));
}

#[tokio::test]
async fn pr_14_a_number_may_have_one_account_of_each_kind() {
    let portal = Portal::open().await;
    portal.active("91230102MA1B2C3D8J", "13845172680").await;
    let answer = register(&mut portal.browser(), &[]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn pr_16_after_a_failed_check_the_form_goes_to_the_reviewers() {
    let portal = Portal::open().await;
    let mut browser = portal.browser();
    let failed = register(&mut browser, &[("person_name", "林知远")]).await;
    assert!(failed.text().contains("review-box"));
    let mark = failed.between("name=\"failed_check\" value=\"", "\"");
    let marked = [("failed_check", mark.as_str())];
    let kept = submit(&mut browser, &marked).await;
    assert!(kept.text().contains("review-box"), "it stays");
    let ticked = [("failed_check", mark.as_str()), ("manual_review", "yes")];
    let answer = submit(&mut browser, &ticked).await;
    assert_eq!(answer.status, StatusCode::TEMPORARY_REDIRECT);
    assert_eq!(answer.location(), "/review/apply?kind=personal");
    // The mark is of this form: an enterprise's has its own check.
    let page = "/register/enterprise";
    let answer = browser.fill(page, page, &changed(&GOOD, &ticked)).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn pr_08_pr_18_a_right_form_leads_to_the_code_of_the_person() {
    let portal = Portal::open().await;
    let mut browser = portal.browser();
    let before = browser.get(PAGE).await.token();
    let answer = register(&mut browser, &[]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    let page = browser.get(answer.location()).await;
    let text = page.text();
    assert!(page.between("data-qr=\"", "\"").contains("/q/1."));
    assert!(text.contains("个人实名认证 · 林*微"));
    assert!(!text.contains("法定代表人刷脸") && !text.contains("230102199705180024"));
    assert!(!text.contains(&before), "a new secret");
}

#[tokio::test]
async fn pr_19_a_person_registers_once() {
    let portal = Portal::open().await;
    register(&mut portal.browser(), &[]).await;
    let other = [("mobile", "13945172681")];
    let text = register(&mut portal.browser(), &other).await.text();
    assert!(text.contains("该证件已注册，请直接登录"));
}

#[tokio::test]
async fn pr_19_whoever_was_seen_before_is_not_asked_for_the_face_again() {
    let portal = Portal::open().await;
    let mut browser = portal.signed_in("91230102MA1B2C3D8J", "13904510037").await;
    let answer = register(&mut browser, &[]).await;
    assert_eq!(answer.location(), "/login?kind=personal");
    // Somebody else's session proves nothing.
    let other = [
        ("document_kind", "taiwan_permit"),
        ("person_name", "陈雨杉"),
        ("document_number", "16180339"),
        ("mobile", "13945172681"),
    ];
    let answer = register(&mut browser, &other).await;
    assert!(answer.location().starts_with("/pc/tasks/"));
}

#[tokio::test]
async fn pr_20_lg_08_a_pending_person_signs_in_to_a_fresh_code() {
    let portal = Portal::open().await;
    let first = register(&mut portal.browser(), &[]).await;
    let mut browser = portal.browser();
    let tried = Try {
        kind: "personal",
        account: "230102199705180024",
        ..right()
    };
    let answer = sign_in(&portal, &mut browser, tried).await;
    assert!(
        answer.location().starts_with("/pc/tasks/"),
        "{}",
        answer.text()
    );
    assert_ne!(answer.location(), first.location());
    let text = browser.get(answer.location()).await.text();
    assert!(text.contains("个人实名认证 · 林*微"));
    assert!(text.contains("还差一步：请先用手机扫码完成实名认证，再登录。"));
}

#[tokio::test]
async fn pr_23_the_code_is_of_this_number_and_session() {
    let portal = Portal::open().await;
    let mut browser = portal.browser();
    submit(&mut browser, &[("act", "code")]).await;
    let code = newest_code(&mut browser).await;
    let other = [("sms_code", code.as_str()), ("mobile", "13945172681")];
    let text = submit(&mut browser, &other).await.text();
    assert!(text.contains("验证码已过期或还没有获取"));
    let same = [("sms_code", code.as_str())];
    let text = submit(&mut portal.browser(), &same).await.text();
    assert!(text.contains("验证码已过期或还没有获取"), "another session");
    let answer = submit(&mut browser, &same).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn pr_24_what_was_abandoned_for_a_day_is_free_again() {
    let portal = Portal::open().await;
    register(&mut portal.browser(), &[]).await;
    portal.clock.advance(24 * 3_600_000 + 1);
    let answer = register(&mut portal.browser(), &[]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
}

#[tokio::test]
async fn sm_02_every_press_is_answered() {
    let portal = Portal::open().await;
    let mut browser = portal.browser();
    let landline = [("act", "code"), ("mobile", "0451-82345678")];
    let answer = submit(&mut browser, &landline).await;
    assert!(answer.text().contains("这是座机号，收不到短信"));
    submit(&mut browser, &[("act", "code")]).await;
    let again = submit(&mut browser, &[("act", "code")]).await;
    assert!(again.text().contains("发送太频繁") && again.text().contains("60 秒"));
}

#[tokio::test]
async fn pr_21_a_proven_person_signs_in() {
    let portal = Portal::open().await;
    let mut browser = portal.browser();
    register(&mut browser, &[]).await;
    let found = portal
        .app
        .accounts
        .by_name(AccountKind::Personal, "230102199705180024");
    let account = found.await.expect("reads").expect("an account");
    assert_eq!(account.state, AccountState::Pending);
    portal
        .app
        .accounts
        .mark_real_name(account.id)
        .await
        .expect("marks");
    let accounts = &portal.app.accounts;
    let outcome = accounts
        .sign_in(AccountKind::Personal, &account.name, PASSWORD)
        .await;
    assert!(matches!(outcome, SignIn::Welcome(who) if who.id == account.id));
}
