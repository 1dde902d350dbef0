//! The user space, the list of certificates, and several at once.

use axum::http::StatusCode;
use quanshengshi_certificate::identifier::CertificateId;
use quanshengshi_protocol::ids::TaskId;

use super::crossing::approve;
use super::{Answer, Browser, Portal};

const CODE: &str = "91230102MA1B2C3D8J";
const OTHER: &str = "91230109MA1WHN150K";
const MOBILE: &str = "13904510037";

/// The identifiers of the rows, with their words.
fn rows(page: &Answer) -> Vec<(String, String)> {
    let text = page.text();
    let rows = text.split("data-certificate=\"").skip(1);
    rows.map(|row| {
        let (identifier, rest) = row.split_once('"').expect("an identifier");
        let words = rest.split("</li>").next().unwrap_or_default();
        (identifier.to_owned(), words.to_owned())
    })
    .collect()
}

async fn choose(browser: &mut Browser, act: &str, chosen: &[String]) -> Answer {
    let mut fields = vec![("act", act)];
    fields.extend(chosen.iter().map(|chosen| ("certificate", chosen.as_str())));
    browser
        .fill("/space/certificates", "/space/certificates/ask", &fields)
        .await
}

#[tokio::test]
async fn us_01_the_menu_begins_with_the_user_space_and_shows_no_whole_number() {
    let portal = Portal::open().await;
    let mut browser = portal.signed_in(CODE, MOBILE).await;
    let page = browser.get("/space").await;
    let menu = page.between("id=\"user-list\"", "</ul>");
    let first = menu.split("<a href=\"").nth(1).expect("an entry");
    assert!(first.starts_with("/space\""), "{first}");
    for path in ["certificates", "devices", "activity", "password"] {
        assert!(menu.contains(&format!("/space/{path}")), "{path}");
    }
    assert!(menu.contains("action=\"/logout\"") && menu.contains("9123**********3D8J"));
    assert!(
        page.text()
            .contains("还有 <span class=\"num\">25</span> 天到期")
    );
    assert!(page.text().contains("<dd class=\"num\">139****0037</dd>"));
}

#[tokio::test]
async fn us_02_the_list_is_searched_and_filtered_without_script() {
    let portal = Portal::open().await;
    let mut browser = portal.signed_in(CODE, MOBILE).await;
    let mut names = async |query: &str| {
        let page = browser.get(&format!("/space/certificates{query}")).await;
        assert_eq!(page.status, StatusCode::OK, "{query}");
        rows(&page).len()
    };
    assert_eq!(names("").await, 8);
    assert_eq!(names("?state=valid").await, 4);
    assert_eq!(names("?state=ending").await, 1);
    assert_eq!(names("?state=void").await, 4);
    assert_eq!(names("?q=%E9%A3%9F%E5%93%81").await, 1, "食品");
    assert_eq!(names("?q=jy1230").await, 1);
    assert_eq!(names("?state=void&q=jy1230").await, 0);
    assert_eq!(names("?state=%3Cscript%3E&q=%22%3E%3Cscript%3E").await, 0);
    let odd = browser
        .get("/space/certificates?q=%22%3E%3Cscript%3E")
        .await;
    assert!(!odd.text().contains("\"><script>"));
    assert!(odd.text().contains("没有找到这样的证照"));
}

#[tokio::test]
async fn us_02_every_row_says_how_its_certificate_stands() {
    let portal = Portal::open().await;
    let mut browser = portal.signed_in(CODE, MOBILE).await;
    let list = rows(&browser.get("/space/certificates").await);
    let row = |name: &str, word: &str| {
        let found = list
            .iter()
            .find(|(_, row)| row.contains(name) && row.contains(word));
        found.map(|(_, row)| row.clone()).expect(word)
    };
    for (name, word) in [
        ("营业执照", "有效"),
        ("公共场所卫生许可证", "25 天后到期"),
        ("道路运输经营许可证", "已失效"),
        ("户外广告设置许可证", "已过期"),
        ("危险化学品经营许可证", "已暂停"),
        ("劳务派遣经营许可证", "已吊销"),
    ] {
        let row = row(name, word);
        let void = !["有效", "25 天后到期"].contains(&word);
        assert_eq!(row.contains("不能下载"), void, "{name}");
        assert_eq!(row.contains("/download\""), !void, "{name}");
    }
    assert!(row("劳务派遣经营许可证", "已吊销").contains("已换新证，编号 2301022026007"));
    assert!(row("劳务派遣经营许可证", "有效").contains("换自旧证，编号 2301022024001"));
}

#[tokio::test]
async fn us_02_a_person_sees_their_own_certificates_and_not_their_enterprises() {
    let portal = Portal::open().await;
    let id = portal.person().await;
    let mut browser = portal.signed_in_as(id).await;
    let page = browser.get("/space/certificates").await;
    let text = page.text();
    assert_eq!(rows(&page).len(), 3, "{text}");
    assert!(
        text.contains("居民身份证") && text.contains("社会保障卡") && text.contains("5 天后到期")
    );
    assert!(text.contains("请本人用") && !text.contains("营业执照"));
}

#[tokio::test]
async fn us_02_nothing_tells_another_accounts_certificate_from_none() {
    let portal = Portal::open().await;
    let mut other = portal.signed_in(OTHER, "13804510086").await;
    let theirs = rows(&other.get("/space/certificates").await).remove(0).0;
    let none = CertificateId::derive("11100000000013338W001", "11230000002411014Q", "NONE", 1);
    let none = none.expect("an identifier").to_string();
    let mut browser = portal.signed_in(CODE, MOBILE).await;
    let mut told = Vec::new();
    for identifier in [theirs, none, "1.2.3".to_owned()] {
        let page = format!("/space/certificates/{identifier}/download");
        let answer = browser.get(&page).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
        let chosen = choose(&mut browser, "view", std::slice::from_ref(&identifier)).await;
        assert_eq!(chosen.status, StatusCode::NOT_FOUND);
        told.push(answer.text().replace(&identifier, "-"));
    }
    assert!(told[0].contains("没有找到这张证照"));
    assert_eq!(told[0], told[1]);
    assert_eq!(told[0], told[2]);
}

#[tokio::test]
async fn us_03_nothing_chosen_or_something_void_is_said_on_the_list() {
    let portal = Portal::open().await;
    let mut browser = portal.signed_in(CODE, MOBILE).await;
    for act in ["view", "download"] {
        let answer = choose(&mut browser, act, &[]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.text().contains("请先选择要查看或下载的证照。"));
    }
    let list = rows(&browser.get("/space/certificates").await);
    let all: Vec<String> = list.into_iter().map(|(identifier, _)| identifier).collect();
    let answer = choose(&mut browser, "download", &all).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    let text = answer.text();
    assert!(text.contains("不能下载：") && text.contains("户外广告设置许可证"));
    assert_eq!(text.matches(" checked>").count(), 8, "the choice is kept");
    let answer = choose(&mut browser, "view", &all).await;
    assert!(answer.location().starts_with("/pc/tasks/"), "void ones too");
}

#[tokio::test]
async fn us_03_us_05_one_confirmation_opens_each_of_several_certificates_once() {
    let portal = Portal::open().await;
    let mut browser = portal.signed_in(CODE, MOBILE).await;
    let list = rows(&browser.get("/space/certificates?state=valid").await);
    let mut chosen: Vec<String> = list.into_iter().map(|(id, _)| id).take(2).collect();
    chosen.push(chosen[0].clone());
    let page = choose(&mut browser, "download", &chosen).await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(page.text().matches("name=\"certificate\"").count(), 2);
    let token = page.token();
    let fields = [
        ("form_token", token.as_str()),
        ("kind", "download"),
        ("certificate", chosen[0].as_str()),
        ("certificate", chosen[1].as_str()),
        ("purpose", "投标"),
    ];
    let answer = browser.post("/pc/tasks", &fields).await;
    let task = answer
        .location()
        .strip_prefix("/pc/tasks/")
        .expect("a task");
    let task = TaskId::parse(task).expect("a task");
    let waiting = browser.get(answer.location()).await.text();
    assert!(waiting.contains("等 2 张"), "the card says how many");
    approve(&portal, task).await;
    let path = format!("/pc/certificates/{}/ticket", chosen[0]);
    let written = task.to_string();
    let answer = browser
        .fill("/space/certificates", &path, &[("task", &written)])
        .await;
    assert_eq!(answer.location(), format!("/space/tasks/{task}/copies"));
    let page = browser.get(answer.location()).await;
    let text = page.text();
    let copies: Vec<&str> = text
        .split("href=\"/space/copies/")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect();
    assert_eq!(copies.len(), 2, "{text}");
    for ticket in copies {
        let copy = browser.get(&format!("/space/copies/{ticket}")).await;
        assert_eq!(copy.status, StatusCode::OK);
        let file = format!("/pc/files/{ticket}");
        assert_eq!(browser.get(&file).await.status, StatusCode::OK);
        assert_eq!(browser.get(&file).await.status, StatusCode::GONE);
    }
    let mut stranger = portal.signed_in(OTHER, "13804510086").await;
    let seen = stranger.get(answer.location()).await;
    assert_eq!(seen.status, StatusCode::GONE, "of its session only");
}

#[tokio::test]
async fn us_05_a_view_opens_the_page_and_no_file() {
    let portal = Portal::open().await;
    let mut browser = portal.signed_in(CODE, MOBILE).await;
    let list = rows(&browser.get("/space/certificates?state=void").await);
    let chosen = vec![list[0].0.clone()];
    let answer = choose(&mut browser, "view", &chosen).await;
    let task = answer
        .location()
        .strip_prefix("/pc/tasks/")
        .expect("a task");
    let task = TaskId::parse(task).expect("a task");
    approve(&portal, task).await;
    let path = format!("/pc/certificates/{}/ticket", chosen[0]);
    let written = task.to_string();
    let answer = browser
        .fill("/space/certificates", &path, &[("task", &written)])
        .await;
    let page = browser.get(answer.location()).await.text();
    assert!(page.contains("本人查看") && !page.contains("/pc/files/"));
    let picture = browser
        .get(&format!("{}/page.png", answer.location()))
        .await;
    assert!(picture.bytes.starts_with(b"\x89PNG"));
    let ticket = answer.location().rsplit('/').next().expect("a ticket");
    let file = browser.get(&format!("/pc/files/{ticket}")).await;
    assert_eq!(file.status, StatusCode::GONE);
}
