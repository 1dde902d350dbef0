//! What goes wrong on a phone's life, in the window: somebody else's face, keys that are lost, a phone that was
//! disabled from another phone or on the PC.

use std::path::Path;

use quanshengshi_pc::form::EnterpriseForm;
use quanshengshi_pc::plain::{PlainPage, PlainPc};

use super::{ground, person, photograph, prove};
use crate::window::font::fonts;
use crate::window::journey::driver::Driver;

#[tokio::test]
async fn a_wrong_face_lost_keys_and_a_disabled_phone_are_told_and_gone_on_from_in_the_window() {
    if fonts(None).is_err() {
        println!("SKIP the window's troubles: no font with Chinese signs");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let (portal, pc, settings) = ground(folder.path()).await;
    let phone = folder.path().join("phone");
    settings.write(&phone).unwrap();
    let form = EnterpriseForm::sample();
    let page = pc.register_enterprise(&form).await.unwrap();
    photograph(&pc, &page, &folder.path().join("code.png")).await;

    wrong_face(&phone);
    right_face(&phone);
    let now = pc.page(&page.path, None).await.unwrap();
    assert_eq!(now.attribute("data-state").unwrap(), "done");

    pc.sign_in(&form.credit_code, &form.password).await.unwrap();
    let lost = folder.path().join("lost");
    settings.write(&lost).unwrap();
    let mut window = Driver::open(&phone, &person("p01"));
    window.see("不用登录，打开就扫");
    let certificate = pc.find_certificate("营业执照").await.unwrap();
    let page = pc.ask("download", &certificate, "银行开户").await.unwrap();
    photograph(&pc, &page, &folder.path().join("code.png")).await;
    disables_another(&mut window, &lost);
    disabled(&mut window, &pc).await;
    drop(window);
    lost_keys(&phone);
    portal.stop().await.unwrap();
}

/// Somebody else stands before the camera: why it failed is said, and another attempt and other ways are offered.
fn wrong_face(phone: &Path) {
    let mut window = Driver::open(phone, &person("p09"));
    window.press("扫一扫");
    window.press("code.png");
    window.press("是我，继续");
    window.press("同意，开始刷脸");
    window.see("准备好再开始");
    window.press("开始");
    window.see("人脸与登记照片不一致");
    window.shot("06-capture-wrong-face");
    window.see("换个动作，或用其他办法");
}

/// The window was closed in the middle; the person it is about goes on.
fn right_face(phone: &Path) {
    let mut window = Driver::open(phone, &person("p01"));
    window.see("没办完的事");
    window.shot("01-home-open-task");
    window.press("继续办理");
    window.see("准备好再开始");
    window.press("开始");
    window.see("请回到电脑继续");
}

/// A second phone acts for the same enterprise and is lost; the first one disables it, after a question.
fn disables_another(window: &mut Driver, lost: &Path) {
    let mut other = Driver::open(lost, &person("p01"));
    other.see("不用登录，打开就扫");
    prove(&mut other, false);
    other.press("完成");
    window.press("设置");
    window.press("我的手机");
    window.see("停用这台");
    window.shot("12-devices-two");
    window.press("停用这台");
    window.see("不能撤回");
    window.shot("12-devices-ask");
    window.press("先不停用");
    window.press("停用这台");
    window.press("确认停用");
    window.gone("停用这台");
    window.see("能代表您账号的手机");
    window.press("返回");
    other.press("设置");
    other.press("我的手机");
    other.see("此设备已停用");
}

/// The PC disables the phone: its next question to the portal wipes it, and the window says so.
async fn disabled(window: &mut Driver, pc: &PlainPc) {
    let list = pc.page("/space/devices", None).await.unwrap();
    let path = revoking(&list);
    let question = pc.page(&path, None).await.unwrap();
    let token = question.hidden("form_token").unwrap();
    let fields = [("form_token", token.as_str())];
    let done = pc.page(&path, Some(&fields)).await.unwrap();
    assert!(done.markup.contains("已停用"), "{}", done.path);
    window.press("设置");
    window.press("我的手机");
    window.see("此设备已停用");
    window.shot("11-wiped");
    window.press("回首页");
    window.see("不用登录，打开就扫");
    window.press("记录");
    window.see("还没有记录");
}

/// Where the first phone of the list is disabled.
fn revoking(list: &PlainPage) -> String {
    let (_, after) = list.markup.split_once("\"/space/devices/").unwrap();
    let (device, _) = after.split_once("/revoke").unwrap();
    format!("/space/devices/{device}/revoke")
}

/// Without their keys the vaults are opened by nobody: one press makes the phone empty and usable.
fn lost_keys(phone: &Path) {
    std::fs::remove_dir_all(phone.join("keys")).unwrap();
    let mut window = Driver::open(phone, &person("p01"));
    window.see("手机上的证照已无法打开");
    window.shot("11-vault-reset");
    window.press("清空卡包");
    window.see("不用登录，打开就扫");
    window.press("卡包");
    window.see("还没有证照");
}
