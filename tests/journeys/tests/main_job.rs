//! The main job without a browser: the same pages by HTTP.

use quanshengshi::seals::SealVerdict;
use quanshengshi::wallet::CopyFreshness;
use quanshengshi_frame::still::decode;
use quanshengshi_journeys::ground::{Ground, card_now, code_now};
use quanshengshi_journeys::phone::REPRESENTATIVE;
use quanshengshi_journeys::qss;
use quanshengshi_pc::form::EnterpriseForm;

#[tokio::test]
async fn from_registration_to_a_certificate_shown_offline() {
    let mut ground = Ground::start().await;
    let phone = ground.phone("phone");

    // 注册: the PC waits, the phone proves, the page turns.
    let (pc, page) = ground.registered().await;
    assert_eq!(card_now(&pc, &page).await, "waiting");
    let task = phone.claim(&code_now(&pc, &page).await).await.unwrap();
    assert_eq!(card_now(&pc, &page).await, "scanned");
    let asked: String = task
        .ask()
        .lines
        .into_iter()
        .map(|line| line.value + "\n")
        .collect();
    assert!(asked.contains("北疆云杉科技(哈尔滨)有限公司"), "{asked}");
    assert!(
        asked.contains("139****0037"),
        "the bound number is shown: {asked}"
    );
    assert!(
        !asked.contains("230102199705180024"),
        "no full document number: {asked}"
    );
    task.answer(quanshengshi::task::PersonDecision::AgreeWithFace, None)
        .await
        .unwrap();
    phone.approve(&task).await;
    assert_eq!(card_now(&pc, &page).await, "done");

    // 登录, 我的证照, 下载.
    let form = EnterpriseForm::sample();
    let home = pc.sign_in(&form.credit_code, &form.password).await.unwrap();
    assert!(home.markup.contains("/space"), "signed in: {}", home.path);
    let certificate = pc.find_certificate("营业执照").await.unwrap();
    let waiting = pc.ask("download", &certificate, "银行开户").await.unwrap();
    let task = phone.agree(&code_now(&pc, &waiting).await).await.unwrap();
    let stage = phone.prove(&task, REPRESENTATIVE).await.unwrap();
    assert_eq!(
        stage,
        quanshengshi::task::TaskStage::Approved { certificates: true }
    );
    let copy = pc.go_on(&waiting).await.unwrap();
    let file = pc.download(&copy).await.unwrap();
    assert!(file.starts_with(b"PK"), "an OFD is a zip");
    // Anybody can check it with the root the portal hands out, and nobody can change a byte.
    let folder = tempfile::tempdir().unwrap();
    let root = &ground.ready.seal_roots_pem;
    let verdict = qss::verify(folder.path(), &file, root);
    assert_eq!(verdict["verdict"], "intact_trusted", "{verdict}");
    assert_eq!(verdict["signers"][0]["seal"], "黑龙江政务服务网样例专用章");
    let mut changed = file.clone();
    let middle = changed.len() / 2;
    changed[middle] ^= 1;
    let verdict = qss::verify(folder.path(), &changed, root);
    assert_eq!(verdict["verdict"], "broken", "{verdict}");
    let again = pc.download(&copy).await.unwrap_err().to_string();
    assert!(
        again.contains("410") || again.contains("40"),
        "us_05: a ticket is used once: {again}"
    );

    // The phone keeps its own copy and shows it with nobody answering.
    let kept = phone
        .handset
        .wallet()
        .fetch(task.task_id(), None)
        .await
        .unwrap();
    assert_eq!(kept, std::slice::from_ref(&certificate));
    ground.stop().await;
    let wallet = phone.handset.wallet();
    assert_eq!(wallet.list().unwrap().len(), 1);
    let opened = wallet.open(&certificate).unwrap();
    let shown = opened.about();
    assert_eq!(shown.name, "营业执照");
    assert!(shown.sample && shown.holds);
    assert_eq!(
        shown.seal.verdict,
        SealVerdict::IntactTrusted,
        "{:?}",
        shown.seal
    );
    assert_eq!(shown.seal.uncovered, Vec::<String>::new());
    assert_eq!(shown.freshness, CopyFreshness::Confirmed);
    assert!(shown.mark.contains("离线"), "{}", shown.mark);
    let page = decode(&opened.draw_page(0, 4.0).unwrap().png).unwrap();
    let ink = page.pixels.iter().filter(|value| **value < 128).count();
    assert!(
        page.width >= 800 && ink > 5_000,
        "{}x{}, {ink} dark",
        page.width,
        page.height
    );

    // What was forgotten is gone.
    wallet.forget(&certificate).unwrap();
    assert!(wallet.list().unwrap().is_empty());
    assert!(wallet.open(&certificate).is_err());
}
