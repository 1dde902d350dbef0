//! Handing a copy on from the certificate's screen.

use std::path::Path;

use crate::pixels::read_picture;
use crate::window::journey::driver::Driver;

/// Without a purpose nothing is made; with one the copy lies where the window says, higher than its page.
pub(super) fn hand_on(window: &mut Driver, folder: &Path) {
    window.press("分享加注件");
    window.see("加注件是写明用途和期限的副本");
    window.press("制作加注件");
    window.see("请填写用途，最多 20 字");
    window.type_into("用途，例如", "银行开户");
    window.shot("17-copy-purpose");
    window.press("制作加注件");
    window.see("加注件已存到");
    window.shot("17-copy-made");
    let made = folder
        .join("copies")
        .join("营业执照-银行开户")
        .join("1.png");
    let copy = read_picture(&made).unwrap();
    assert_eq!(copy.width, 2376, "a page of 297 mm");
    assert!(copy.height > 1680, "notes below its 210: {}", copy.height);
    let shots = super::driver::shots();
    std::fs::copy(made, shots.join("17-copy.png")).unwrap();
    window.press("完成");
    window.see("分享加注件");
}
