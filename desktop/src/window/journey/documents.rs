//! Files of anybody: chosen, looked at, refused with a way on.

use std::path::Path;

use crate::window::journey::driver::Driver;

/// The fixtures, and what a person might have beside them.
pub(super) fn lay_out(folder: &Path) {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures/certificates");
    for name in ["two_pages.ofd", "two_pages.pdf"] {
        std::fs::copy(fixtures.join(name), folder.join(name)).unwrap();
    }
    let whole = std::fs::read(folder.join("two_pages.pdf")).unwrap();
    std::fs::write(folder.join("cut.pdf"), &whole[..700]).unwrap();
    std::fs::write(folder.join("not.ofd"), b"no zip").unwrap();
}

/// From the wallet to files and back.
pub(super) fn look_at(window: &mut Driver) {
    window.press("打开证照文件");
    window.see("只在本机打开，不会保存");
    assert!(!window.says("code.png"), "only what can be opened is shown");
    window.shot("16-files");

    window.press("two_pages.ofd");
    window.see("证照文件");
    window.see("1 / 2");
    window.shot("16-file-ofd");
    window.press("下一页");
    window.see("2 / 2");
    // A screen reader hears the page in sight.
    window.see("页面上的文字\n");
    window.press("返回");

    window.press("two_pages.pdf");
    window.see("不核验 PDF 签名");
    window.see("1 / 2");
    window.shot("16-file-pdf");
    window.press("下一页");
    window.see("2 / 2");
    window.press("放大");
    window.press("返回");

    window.press("cut.pdf");
    window.see("这不是可以打开的 PDF 文件");
    window.shot("16-file-cut");
    window.press("选别的文件");
    window.press("not.ofd");
    window.see("这不是可以打开的 OFD 证照文件");
    window.press("选别的文件");
    window.see("只在本机打开，不会保存");
    window.press("返回");
    window.see("搜名称、编号、持有人");
}
