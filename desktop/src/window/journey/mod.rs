//! The window's journey: its screens over a running portal, without a display. A driver presses what
//! a screen reader would name, and draws what a person would see into `target/window`.

mod copies;
mod documents;
mod driver;
mod live;
mod troubles;

use std::path::{Path, PathBuf};

use quanshengshi_frame::still::encode_png;
use quanshengshi_pc::drawing::draw_code;
use quanshengshi_pc::form::EnterpriseForm;
use quanshengshi_pc::plain::{PlainPage, PlainPc};
use quanshengshi_pc::portal_process::PortalProcess;

use crate::phone_folder::PhoneSettings;
use crate::window::font::fonts;
use crate::window::journey::driver::Driver;

/// A running portal, a PC before it, and what a phone has to know of it.
async fn ground(folder: &Path) -> (PortalProcess, PlainPc, PhoneSettings) {
    let portal = PortalProcess::start(&program(), &folder.join("portal"))
        .await
        .unwrap();
    let ready = portal.ready.clone();
    let roots_pem = std::fs::read_to_string(&ready.ca).unwrap();
    let pc = PlainPc::open(&ready.origin, &roots_pem).unwrap();
    let settings = PhoneSettings {
        origin: ready.origin,
        roots_pem,
        portal_key: ready.portal_key,
        seal_roots_pem: ready.seal_roots_pem,
    };
    (portal, pc, settings)
}

/// The portal's program, built into the same target folder as this test.
fn program() -> PathBuf {
    let here = std::env::current_exe().unwrap();
    here.parent()
        .and_then(Path::parent)
        .unwrap()
        .join("qss-portal")
}

/// A rendered person, who belongs to nobody.
fn person(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../tests/fixtures/people")
        .join(name)
}

/// Puts a picture of the code that the PC shows now where the window looks for pictures.
async fn photograph(pc: &PlainPc, page: &PlainPage, file: &Path) {
    let now = pc.page(&page.path, None).await.unwrap();
    let code = draw_code(&now.attribute("data-qr").unwrap()).unwrap();
    std::fs::write(file, encode_png(&code).unwrap()).unwrap();
}

/// From the picture of a code to the portal's verdict.
fn prove(window: &mut Driver, shots: bool) {
    window.press("扫一扫");
    window.see("把二维码的图片或文件夹拖进来");
    window.shot_if(shots, "02-scan");
    window.press("code.png");
    window.see("请核对");
    assert!(!shots || window.says("139****0037"), "the bound number");
    assert!(window.says("北疆云杉科技"), "whom it is about is shown");
    assert!(
        !window.says("230102199705180024"),
        "no full document number"
    );
    window.shot_if(shots, "03-ask");
    window.press("是我，继续");
    window.see("刷脸前，请您单独同意");
    window.shot_if(shots, "04-face-consent");
    window.press("同意，开始刷脸");
    window.see("准备好再开始");
    window.shot_if(shots, "05-capture-ready");
    window.press("开始");
    window.see("动作 ");
    window.shot_if(shots, "06-capture");
    window.see("请回到电脑继续");
    window.see("平台签名已核对");
}

#[tokio::test]
async fn a_person_registers_downloads_and_shows_offline_in_the_window() {
    if fonts(None).is_err() {
        println!("SKIP the window's journey: no font with Chinese signs");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let (portal, pc, settings) = ground(folder.path()).await;
    let phone = folder.path().join("phone");

    // Without a phone's folder the window says what is missing, and finds it when it is there.
    let mut window = Driver::open(&phone, &person("p01"));
    window.see("还没有手机");
    window.shot("11-no-phone");
    settings.write(&phone).unwrap();
    window.press("再试一次");

    // 注册: signed out, straight to scanning.
    window.see("不用登录，打开就扫");
    window.shot("01-home");
    wrong_digits(&mut window);
    let form = EnterpriseForm::sample();
    let page = pc.register_enterprise(&form).await.unwrap();
    photograph(&pc, &page, &folder.path().join("code.png")).await;
    prove(&mut window, true);
    window.shot("07-result");
    window.press("完成");
    let now = pc.page(&page.path, None).await.unwrap();
    assert_eq!(now.attribute("data-state").unwrap(), "done");

    // 登录, 我的证照, 下载: the certificate comes into the wallet.
    pc.sign_in(&form.credit_code, &form.password).await.unwrap();
    let certificate = pc.find_certificate("营业执照").await.unwrap();
    let page = pc.ask("download", &certificate, "银行开户").await.unwrap();
    photograph(&pc, &page, &folder.path().join("code.png")).await;
    window.see("扫一扫");
    prove(&mut window, false);
    window.see("已存入卡包 · 1");
    window.press("看卡包");
    window.see("搜名称、编号、持有人");
    window.shot("08-wallet");
    window.press("营业执照 ");
    window.see("秒后自动更换");
    window.see("印章有效");
    window.see("页面上的文字\n");
    window.shot("09-certificate");
    window.press("放大");
    window.shot("09-certificate-larger");
    copies::hand_on(&mut window, folder.path());
    pages(&mut window);
    window.press("返回");
    window.see("搜名称、编号、持有人");
    documents::lay_out(folder.path());
    documents::look_at(&mut window);
    window.type_into("搜名称、编号、持有人", "没有这个名字");
    window.see("没有找到");

    look_around(&mut window);
    not_me(&mut window, &pc, &certificate, folder.path()).await;

    // Nobody answers from here on.
    portal.stop().await.unwrap();
    offline(&mut window);
    leave(&mut window);
}

/// One page has nothing to turn. A face that is shorter than it says leads nowhere: the page in sight stays.
fn pages(window: &mut Driver) {
    assert!(!window.says("下一页"));
    window.press("缩小");
    window.claim_pages(2);
    window.press("下一页");
    window.see("文件中没有这一页");
    window.see("1 / 2");
    window.see("秒后自动更换");
    window.shot("09-certificate-no-such-page");
}

/// “不是我” is as near as “是我”, and the PC is told.
async fn not_me(window: &mut Driver, pc: &PlainPc, certificate: &str, folder: &Path) {
    let page = pc.ask("download", certificate, "银行开户").await.unwrap();
    photograph(pc, &page, &folder.join("code.png")).await;
    window.press("扫一扫");
    window.press("code.png");
    window.see("请核对");
    window.press("不是我");
    window.see("本次操作已结束");
    window.shot("07-result-not-me");
    let now = pc.page(&page.path, None).await.unwrap();
    assert_eq!(now.attribute("data-state").unwrap(), "rejected");
    window.press("完成");
    window.see("扫电脑上的二维码");
}

/// Digits that no page shows lead back to the scanner.
fn wrong_digits(window: &mut Driver) {
    window.press("扫不了");
    window.type_into("123 456 789", "000 000 000");
    window.shot("02-digits");
    window.press("继续");
    window.see("重新扫");
    window.shot("11-wrong-digits");
    window.press("重新扫");
    window.see("把二维码的图片或文件夹拖进来");
    window.press("返回");
    window.see("不用登录，打开就扫");
}

/// Log, devices, settings; the other language and large text, and back.
fn look_around(window: &mut Driver) {
    window.press("记录");
    window.see("银行开户");
    window.shot("10-log");
    window.press("设置");
    window.see("退出并清空本机");
    window.shot("10-settings");
    window.press("我的手机");
    window.see("这台");
    window.shot("12-devices");
    window.press("返回");
    window.press("大字");
    window.press("English");
    window.see("Scan the code on the computer");
    window.shot("13-home-english-large");
    window.press("Settings");
    window.press("Usual");
    window.press("中文");
    window.see("扫电脑上的二维码");
}

/// What is kept is shown; what needs the portal says so and leads on.
fn offline(window: &mut Driver) {
    window.press("卡包");
    window.see("没有网络，正在看离线副本");
    window.shot("14-wallet-offline");
    window.press("营业执照 ");
    window.see("现在出不了核验码");
    window.see("印章有效");
    window.press("返回");
    window.press("设置");
    window.press("我的手机");
    window.see("看离线证照");
    window.shot("11-no-network");
    window.press("看离线证照");
    window.see("没有网络，正在看离线副本");
}

/// Everything is wiped, without a network too.
fn leave(window: &mut Driver) {
    window.press("设置");
    window.press("退出并清空本机");
    window.see("确定要清空吗");
    window.shot("10-sign-out");
    window.press("确定清空");
    window.see("请在电脑“我的手机”里停用本机");
    window.shot("15-signed-out");
    window.press("卡包");
    window.see("还没有证照");
    window.shot("08-wallet-empty");
}
