//! The list of the wallet: standing, days left, holders, search.

use super::*;

#[tokio::test]
async fn us_06_a_line_tells_standing_freshness_and_the_days_that_are_left() {
    let scene = scene(|script| {
        let mut record = record();
        record.validity.to = Some("2027-01-10".parse().unwrap());
        script.package.items[0].record = record.to_bytes().unwrap();
    });
    let wallet = scene.handset.wallet();
    wallet.fetch(TASK).await.unwrap();
    let at = |ms| {
        *scene.wall.0.lock().unwrap() = ms;
        wallet.list().unwrap().remove(0).judged
    };
    let now = at(NOW_MS);
    assert_eq!(
        (now.days_left, now.freshness),
        (Some(48), Freshness::Confirmed)
    );
    assert_eq!(now.notice(), Some(ExpiryNotice::Within60));
    assert_eq!(
        at(NOW_MS + 20 * DAY_MS).notice(),
        Some(ExpiryNotice::Within30)
    );
    let late = at(NOW_MS + 31 * DAY_MS);
    assert_eq!(late.freshness, Freshness::Unconfirmed);
    assert!(late.mark(Language::Zh).contains("状态未核验"));
    assert_eq!(late.standing, Standing::Holds);
    let over = at(NOW_MS + 60 * DAY_MS);
    assert_eq!(over.notice(), Some(ExpiryNotice::Over));
    assert!(over.banner(Language::Zh).unwrap().contains("只能查看"));
    // Expired, and still shown.
    let shown = wallet.open(&Scene::id()).unwrap();
    assert!(matches!(shown.judged.standing, Standing::Over { .. }));
    assert_eq!(shown.judged, over);
}

#[tokio::test]
async fn us_06_a_suspended_certificate_is_marked_in_the_list_after_a_refresh() {
    let scene = scene(|_| ());
    let wallet = scene.handset.wallet();
    wallet.fetch(TASK).await.unwrap();
    scene.script.lock().unwrap().status = "02";
    wallet.refresh().await.unwrap();
    let line = wallet.list().unwrap().remove(0);
    assert_eq!(line.judged.standing, Standing::Not(RecordState::Suspended));
    let banner = line.judged.banner(Language::Zh).unwrap();
    assert!(banner.contains("只能查看"), "{banner}");
    assert_eq!(line.judged.notice(), None);
}

#[tokio::test]
async fn certificates_are_grouped_found_and_forgotten_by_holder() {
    let mine = record();
    let mut person = record();
    person.id = CertificateId::derive(
        "11100000000013338W001",
        "11230000002411014Q",
        "20260009999",
        1,
    )
    .unwrap();
    person.name = "驾驶证".to_owned();
    person.previous = Some(mine.id.clone());
    person.holders = vec![Holder {
        name: "林知微".to_owned(),
        code: "230102199705180024".to_owned(),
        code_type: HolderCodeType::CitizenId,
    }];
    let (added, id) = (person.to_bytes().unwrap(), person.id.to_string());
    let named = id.clone();
    let scene = scene(move |script| {
        let mut item = script.package.items[0].clone();
        item.certificate = named;
        item.record = added;
        script.package.items.push(item);
    });
    let wallet = scene.handset.wallet();
    wallet.fetch(TASK).await.unwrap();
    let subjects = wallet.subjects().unwrap();
    let counts: Vec<(&str, usize)> = subjects
        .iter()
        .map(|subject| (subject.name.as_str(), subject.certificates))
        .collect();
    assert_eq!(
        counts,
        [("林知微", 1), ("北疆云杉科技（哈尔滨）有限公司", 1)]
    );
    for (text, found) in [
        ("", 2),
        ("驾驶", 1),
        ("云杉 营业", 1),
        ("云杉 驾驶", 0),
        ("示例登记机关", 2),
        ("2026001", 2),
    ] {
        assert_eq!(wallet.search(text).unwrap().len(), found, "{text}");
    }
    let lines = wallet.list().unwrap();
    let old = lines.iter().find(|line| line.certificate == Scene::id());
    assert_eq!(old.unwrap().successor.as_deref(), Some(id.as_str()));
    assert_eq!(wallet.forget_subject(subjects[0].key).unwrap(), 1);
    assert_eq!(wallet.forget_subject(subjects[0].key).unwrap(), 0);
    let left = wallet.list().unwrap();
    assert_eq!(left.len(), 1);
    assert_eq!(left[0].certificate, Scene::id());
}
