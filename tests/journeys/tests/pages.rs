//! Every page a visitor can reach, in Chromium: it fits, it is in the visitor's language, the
//! keyboard walks it, the console is silent, axe-core finds nothing of weight, and what codes it
//! shows can be read. Two walks, beside each other: what anybody sees, and what an enterprise sees.
//! Pictures of all of them stay in `target/pages`.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a journey that cannot go on has failed"
)]

use std::sync::LazyLock;
use std::time::Instant;

use quanshengshi_journeys::ground::Ground;
use quanshengshi_journeys::pages::axe::Axe;
use quanshengshi_journeys::pages::codes::{APP, TASK, read, read_paper};
use quanshengshi_journeys::pages::keyboard;
use quanshengshi_journeys::pages::pictures::{Pictures, target};
use quanshengshi_journeys::pages::table::{Page, public, signed_in};
use quanshengshi_journeys::pages::walk::{Reading, Walk};
use quanshengshi_pc::chromium::Chromium;
use quanshengshi_pc::form::EnterpriseForm;
use quanshengshi_pc::plain::PlainPc;

/// The checker, fetched once for both walks, or a line that says why it is left out.
fn axe() -> Option<&'static Axe> {
    static AXE: LazyLock<Option<Axe>> = LazyLock::new(|| match Axe::fetch(&target()) {
        Ok(axe) => Some(axe),
        Err(why) => {
            println!("SKIP axe-core on the pages: {why}");
            None
        }
    });
    AXE.as_ref()
}

/// The address that is open, below the origin.
async fn path_of(pc: &Chromium, origin: &str) -> String {
    let address = pc.address().await.unwrap();
    address.trim_start_matches(origin).to_owned()
}

/// What the code on a waiting page says now.
async fn invitation_on(pc: &Chromium, origin: &str, waiting: &str) -> String {
    pc.open(&format!("{origin}{waiting}")).await.unwrap();
    let shown = pc.find(TASK.selector).await.unwrap();
    shown.attr(TASK.attribute).await.unwrap().unwrap()
}

#[tokio::test]
async fn every_public_page_fits_speaks_and_can_be_walked_by_keyboard() {
    if !is_here() {
        return;
    }
    let (axe, start) = (axe(), Instant::now());
    let ground = Ground::start().await;
    let origin = ground.ready.origin.clone();
    let pc = Chromium::start().await.unwrap();
    let pictures = Pictures::new(target().join("pages/public"));
    let mut walk = Walk::new(&pc, &origin, axe, pictures);

    walk.through(public()).await;
    walk.in_other_colours(&[
        Page::new("home", "/"),
        Page::new("register-enterprise-faults", "/register/enterprise")
            .with_status(422)
            .after_press("#submit"),
        Page::new("login", "/login"),
    ])
    .await;
    let faults = keyboard::skips(&pc, &origin, "/login").await;
    walk.note("login", faults);
    let faults = told(walk, start);
    pc.close().await.unwrap();
    assert_eq!(faults, Vec::<String>::new());
}

#[tokio::test]
async fn every_page_of_an_enterprise_fits_speaks_and_can_be_walked_by_keyboard() {
    if !is_here() {
        return;
    }
    let (axe, start) = (axe(), Instant::now());
    let ground = Ground::start().await;
    let origin = ground.ready.origin.clone();
    let phone = ground.phone("phone");
    let form = EnterpriseForm::sample();
    let pc = Chromium::start().await.unwrap();
    let pictures = Pictures::new(target().join("pages/enterprise"));
    let mut walk = Walk::new(&pc, &origin, axe, pictures);
    walk.without(&public());

    // The page with the two codes, and what becomes of it.
    walk.read_as(Reading::USUAL).await;
    pc.register_enterprise(&origin, &form).await.unwrap();
    let waiting = path_of(&pc, &origin).await;
    codes_on(&mut walk, &waiting, "realname-waiting").await;
    let task = phone
        .agree(&invitation_on(&pc, &origin, &waiting).await)
        .await
        .unwrap();
    pc.wait_card("confirm").await.unwrap();
    walk.look(&Page::new("realname-confirm", &waiting), Reading::USUAL)
        .await;
    phone.approve(&task).await;
    pc.wait_card("done").await.unwrap();
    walk.look(&Page::new("realname-done", &waiting), Reading::USUAL)
        .await;

    pc.size(1280, 900).await.unwrap();
    pc.sign_in(&origin, &form.credit_code, &form.password)
        .await
        .unwrap();
    println!("registered: {:.1} s", start.elapsed().as_secs_f32());
    walk.through(signed_in()).await;
    walk.in_other_colours(&[Page::new("certificates", "/space/certificates")])
        .await;
    let faults = keyboard::menu(&pc, &origin).await;
    walk.note("space", faults);

    println!("signed in: {:.1} s", start.elapsed().as_secs_f32());
    // A certificate's code, and the copy it leads to.
    pc.size(1280, 900).await.unwrap();
    let certificate = pc.find_certificate(&origin, "营业执照").await.unwrap();
    pc.ask_download(&origin, &certificate, "银行开户")
        .await
        .unwrap();
    let waiting = path_of(&pc, &origin).await;
    codes_on(&mut walk, &waiting, "download-waiting").await;
    let task = phone
        .agree(&invitation_on(&pc, &origin, &waiting).await)
        .await
        .unwrap();
    phone.approve(&task).await;
    pc.wait_card("done").await.unwrap();
    pc.press("#done").await.unwrap();
    pc.until_address("/space/copies/").await.unwrap();
    let copy = Page::new("copy", &path_of(&pc, &origin).await);
    for reading in Reading::ALL.into_iter().chain(Reading::OTHER_COLOURS) {
        walk.read_as(reading).await;
        walk.look(&copy, reading).await;
        let faults = read_paper(&pc).await;
        walk.note(&format!("copy ({})", reading.name()), faults);
    }

    let faults = told(walk, start);
    pc.close().await.unwrap();
    assert_eq!(faults, Vec::<String>::new());
}

/// Whether there is a browser; a line where there is none.
fn is_here() -> bool {
    let here = Chromium::is_here();
    if !here {
        println!("SKIP browser journeys: no Chromium on this machine");
    }
    here
}

/// Tells what a walk saw, writes its sheet, and gives its faults.
fn told(walk: Walk<'_>, start: Instant) -> Vec<String> {
    for remark in &walk.remarks {
        println!("remark: {remark}");
    }
    println!(
        "{} looks in {:.1} s",
        walk.looked,
        start.elapsed().as_secs_f32()
    );
    walk.pictures.finish();
    walk.faults
}

/// Looks at a waiting page in every reading and reads its codes off the glass.
async fn codes_on(walk: &mut Walk<'_>, path: &str, name: &str) {
    let page = Page::new(name, path);
    let large = Reading::OTHER_COLOURS.map(|reading| Reading {
        large: true,
        ..reading
    });
    let readings = Reading::ALL.into_iter().chain(Reading::OTHER_COLOURS);
    for reading in readings.chain(large) {
        walk.read_as(reading).await;
        walk.look(&page, reading).await;
        for code in [TASK, APP] {
            let faults = read(walk.pc, code).await;
            let at = format!("{name} ({})", reading.name());
            walk.note(&at, faults);
        }
    }
    walk.read_as(Reading::USUAL).await;
}

#[tokio::test]
async fn pr_11_a_browser_in_compatibility_mode_is_asked_to_switch_and_can_go_on() {
    let ground = Ground::start().await;
    let trident = "Mozilla/5.0 (Windows NT 10.0; WOW64; Trident/7.0; rv:11.0) like Gecko";
    let root = ground.root_pem();
    let old = PlainPc::open_as(&ground.ready.origin, &root, trident).unwrap();
    let home = old.page("/", None).await.unwrap();
    assert!(home.markup.contains("极速模式"));
    assert!(home.markup.contains("href=\"/register\""), "it only warns");
    let form = old.page("/register/enterprise", None).await.unwrap();
    assert!(form.status.is_success());
    let home = ground.pc().page("/", None).await.unwrap();
    assert!(
        !home.markup.contains("极速模式"),
        "Chromium is not bothered"
    );
}
