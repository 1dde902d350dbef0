//! The model without a window.

use std::time::{Duration, Instant};

use quanshengshi::task::{AskScreen, OtherPersonLine};
use quanshengshi::wallet::VerificationLine;

use super::capture::Capture;
use super::order::{Event, Sheet};
use super::paper::Words;
use super::screen::{Devices, Looking, Tab, Wallet};
use super::trouble::Remedy;
use super::*;
use crate::window::camera::{CameraTrouble, Sight};
use quanshengshi::config::TextLanguage;
use quanshengshi::task::TaskStage;

fn opened() -> Model {
    let mut model = Model::new(Settings::default(), PathBuf::from("none"), false);
    assert_eq!(model.take_orders(), [Order::Open(TextLanguage::Zh)]);
    hear(&mut model, Event::Opened);
    model
}

fn hear(model: &mut Model, event: Event) {
    model.hear(model.visit, event, Instant::now());
}

fn asked(other: Option<bool>) -> Box<Asked> {
    let text = String::new();
    Box::new(Asked {
        screen: AskScreen {
            title: "下载".to_owned(),
            lines: Vec::new(),
            warning: text.clone(),
            other_person: other.map(|may_go_on| OtherPersonLine { text, may_go_on }),
            notice_version: 1,
        },
        ways: Vec::new(),
    })
}

#[test]
fn the_home_screen_scans_before_the_portal_was_heard() {
    let mut model = opened();
    assert_eq!(model.screen, Screen::Home(Home::default()));
    assert_eq!(model.take_orders(), [Order::Leave, Order::Home]);
    model.press(Press::Scan);
    assert!(matches!(&model.screen, Screen::Scan(scan) if scan.looking == Looking::Nowhere));
    hear(&mut model, Event::Unread(None));
    let Screen::Scan(scan) = &model.screen else {
        panic!("{:?}", model.screen)
    };
    assert_eq!(scan.say, "这里没有能读的图片");
}

#[test]
fn a_camera_looks_at_once_and_without_one_pictures_and_digits_are_left() {
    let mut model = Model::new(Settings::default(), PathBuf::from("none"), true);
    hear(&mut model, Event::Opened);
    model.take_orders();
    model.press(Press::Scan);
    assert_eq!(model.take_orders(), [Order::Leave, Order::Watch]);
    let line = |model: &Model| match &model.screen {
        Screen::Scan(scan) => (scan.say.clone(), scan.looking),
        other => panic!("{other:?}"),
    };
    hear(&mut model, Event::Seen(Sight::Nothing(None)));
    assert_eq!(
        line(&model),
        ("对准电脑上的大二维码".to_owned(), Looking::Camera)
    );
    hear(
        &mut model,
        Event::Seen(Sight::NotOurs("QR_NOT_OURS".to_owned())),
    );
    assert_ne!(line(&model).0, "QR_NOT_OURS", "a code is put into words");
    assert_eq!(line(&model).1, Looking::Camera, "it looks on");
    hear(&mut model, Event::NoCamera(CameraTrouble::Busy));
    assert_eq!(line(&model).1, Looking::Nowhere);
    assert!(line(&model).0.contains("摄像头打不开"));
    model.press(Press::Scan);
    assert_eq!(model.take_orders(), [Order::Leave, Order::Watch], "again");
}

#[test]
fn a_face_without_a_camera_has_another_try_and_other_ways() {
    let mut model = opened();
    hear(&mut model, Event::Claimed(asked(None), TaskStage::Ask));
    hear(&mut model, Event::NoCamera(CameraTrouble::Busy));
    let Screen::Trouble(trouble) = &model.screen else {
        panic!("{:?}", model.screen)
    };
    assert_eq!(
        trouble.remedies,
        [Remedy::Retry, Remedy::OtherWays, Remedy::Home]
    );
    model.take_orders();
    model.press(Press::Remedy(Remedy::Retry));
    assert_eq!(model.take_orders(), [Order::Leave, Order::Stage]);
}

#[test]
fn an_answer_to_an_earlier_screen_changes_nothing() {
    let mut model = opened();
    let before = model.visit;
    model.press(Press::Tab(Tab::Settings));
    model.hear(before, Event::Log(Vec::new()), Instant::now());
    assert_eq!(model.screen, Screen::Settings { asking: false });
}

#[test]
fn a_task_is_asked_then_agreed_then_captured_then_ended() {
    let mut model = opened();
    hear(&mut model, Event::Claimed(asked(None), TaskStage::Ask));
    assert_eq!(model.screen, Screen::Ask);
    model.press(Press::ItIsMe);
    assert!(matches!(&model.screen, Screen::FaceConsent(notice) if notice.version == 1));
    model.press(Press::Back);
    assert_eq!(
        model.screen,
        Screen::Ask,
        "nothing was sent before the face was agreed to"
    );
    model.press(Press::ItIsMe);
    model.take_orders();
    model.press(Press::AgreeFace);
    assert!(matches!(
        model.take_orders()[..],
        [Order::Leave, Order::Answer(_)]
    ));
    let reason = Some("FACE_MISMATCH".to_owned());
    hear(
        &mut model,
        Event::Stage(TaskStage::Capture {
            prompts: Vec::new(),
            attempt: 2,
            attempts: 3,
            reason,
        }),
    );
    let Screen::Capture(Capture::Ready {
        reason: Some(words),
        ..
    }) = &model.screen
    else {
        panic!("{:?}", model.screen)
    };
    assert_ne!(words, "FACE_MISMATCH", "a code is put into words");
    model.press(Press::Begin);
    assert!(model.take_orders().contains(&Order::Capture));
    hear(
        &mut model,
        Event::Stage(TaskStage::Approved { certificates: true }),
    );
    assert!(model.take_orders().contains(&Order::End));
    hear(
        &mut model,
        Event::End {
            receipt: None,
            kept: vec!["1".to_owned()],
            trouble: None,
        },
    );
    let Screen::Ended(ended) = &model.screen else {
        panic!("{:?}", model.screen)
    };
    assert!(ended.approved && ended.kept == 1 && !ended.loading);
}

#[test]
fn a_notice_this_app_has_no_words_for_is_never_agreed_to() {
    let mut model = opened();
    let mut newer = asked(None);
    newer.screen.notice_version = 2;
    hear(&mut model, Event::Claimed(newer, TaskStage::Ask));
    model.take_orders();
    model.press(Press::ItIsMe);
    assert!(matches!(&model.screen, Screen::Trouble(trouble) if trouble.code == "APP_TOO_OLD"));
    assert_eq!(model.take_orders(), [Order::Leave], "nothing is sent");
}

#[test]
fn somebody_else_can_only_decline() {
    let mut model = opened();
    hear(
        &mut model,
        Event::Claimed(asked(Some(false)), TaskStage::Ask),
    );
    model.press(Press::ItIsMe);
    assert_eq!(model.screen, Screen::Ask);
    model.press(Press::NotMe);
    assert_eq!(model.screen, Screen::Waiting);
}

#[test]
fn another_device_is_disabled_only_after_a_question() {
    let mut model = opened();
    model.press(Press::Devices);
    hear(&mut model, Event::Devices(Vec::new()));
    model.take_orders();
    model.press(Press::AskDisable(Some("1".to_owned())));
    let asking = |asking: Option<&str>| {
        Screen::Devices(Devices {
            lines: Vec::new(),
            asking: asking.map(str::to_owned),
        })
    };
    assert_eq!(model.screen, asking(Some("1")));
    model.press(Press::AskDisable(None));
    assert_eq!(model.screen, asking(None));
    assert!(
        model.take_orders().is_empty(),
        "nothing was asked of the portal"
    );
    model.press(Press::Disable("1".to_owned()));
    assert!(
        model
            .take_orders()
            .contains(&Order::Disable("1".to_owned()))
    );
}

#[test]
fn a_lost_network_leaves_the_wallet_and_says_so() {
    let mut model = opened();
    model.press(Press::Tab(Tab::Wallet));
    hear(
        &mut model,
        Event::Wallet {
            lines: Vec::new(),
            subjects: Vec::new(),
        },
    );
    assert!(model.take_orders().contains(&Order::Refresh));
    let error = QssError::TryAgain {
        code: "NET_UNREACHABLE".to_owned(),
        after_ms: 1,
    };
    hear(&mut model, Event::Refreshed(Err(error)));
    let offline = Wallet {
        offline: true,
        ..Wallet::default()
    };
    assert_eq!(model.screen, Screen::Wallet(offline));
}

#[test]
fn every_remedy_leads_somewhere() {
    for remedy in [
        Remedy::Retry,
        Remedy::Scan,
        Remedy::TypeDigits,
        Remedy::OtherWays,
        Remedy::Unlock,
        Remedy::Reset,
        Remedy::ForgetCopy,
        Remedy::OfflineCopies,
        Remedy::Home,
    ] {
        for again in [
            None,
            Some(Order::Capture),
            Some(Order::Certificate("1".to_owned())),
        ] {
            let mut model = opened();
            let code = "X".to_owned();
            model.trouble(&QssError::Internal { code }, again);
            model.press(Press::Remedy(remedy));
            assert!(!matches!(model.screen, Screen::Trouble(_)), "{remedy:?}");
        }
    }
}

#[test]
fn a_dead_code_never_stays_and_the_next_is_asked_for_once() {
    let now = Instant::now();
    let line = VerificationLine {
        address: String::new(),
        ends_in_ms: 180_000,
        rows: Vec::new(),
    };
    let mut it = screen::Certificate::new(shown(), Words::default());
    it.take_code(Ok(line), now);
    assert!(!it.wants_code(now + Duration::from_secs(174)));
    assert!(it.wants_code(now + Duration::from_secs(175)));
    assert!(
        !it.wants_code(now + Duration::from_secs(176)),
        "asked for already"
    );
    it.take_code(Err("离线".to_owned()), now);
    assert!(it.code.is_none() && it.wants_code(now + Duration::from_secs(2)));
    for _ in 0..9 {
        it.paper.step(true);
    }
    assert!((it.paper.zoom - 4.0).abs() < f32::EPSILON);
}

#[test]
fn pages_are_turned_within_the_certificate_and_a_page_that_fails_leaves_the_one_before() {
    let sheet = |text: &str| Sheet {
        drawn: quanshengshi::viewer::DrawnPage {
            width: 1,
            height: 1,
            png: Vec::new(),
            left_out: Vec::new(),
        },
        words: Words {
            text: text.to_owned(),
            uncovered: None,
        },
    };
    let mut model = opened();
    hear(&mut model, Event::Shown(Box::new(shown()), sheet("一")));
    let visit = model.visit;
    model.take_orders();
    model.press(Press::Turn(false));
    assert_eq!(model.take_orders(), [], "there is no page before the first");
    model.press(Press::Zoom(true));
    model.press(Press::Turn(true));
    assert_eq!(model.take_orders(), [Order::Turn(1)]);
    let code = "PAGE_UNDRAWN".to_owned();
    hear(
        &mut model,
        Event::Turned(1, Err(QssError::Refused { code })),
    );
    let Screen::Certificate(it) = &model.screen else {
        panic!("{:?}", model.screen)
    };
    assert_eq!((it.paper.page, it.paper.trouble.is_some()), (0, true));
    assert_eq!(it.paper.words.text, "一");
    hear(&mut model, Event::Turned(1, Ok(sheet("二"))));
    let Screen::Certificate(it) = &model.screen else {
        panic!("{:?}", model.screen)
    };
    assert_eq!((it.paper.page, &it.paper.trouble), (1, &None));
    assert_eq!(
        it.paper.words.text, "二",
        "a screen reader hears the page in sight"
    );
    assert!((it.paper.zoom - 1.0).abs() < f32::EPSILON);
    model.press(Press::Turn(true));
    assert_eq!(model.take_orders(), [], "there is none after the last");
    assert_eq!(model.visit, visit, "the code beside it goes on");
}

fn shown() -> quanshengshi::open::ShownCertificate {
    use quanshengshi::seals::{SealReport, SealVerdict};
    let text = String::new;
    quanshengshi::open::ShownCertificate {
        certificate: text(),
        name: text(),
        number: text(),
        holders: Vec::new(),
        issuer: text(),
        valid_from: text(),
        valid_to: None,
        holds: true,
        standing: text(),
        freshness: quanshengshi::wallet::CopyFreshness::Confirmed,
        mark: text(),
        as_of_ms: 0,
        days_left: None,
        banner: None,
        sample: true,
        seal: SealReport {
            verdict: SealVerdict::Unsigned,
            word: text(),
            text: text(),
            reasons: Vec::new(),
            uncovered: Vec::new(),
            uncovered_text: None,
            signers: Vec::new(),
        },
        pages: 2,
    }
}
