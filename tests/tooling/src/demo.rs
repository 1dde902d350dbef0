//! `cargo demo`: builds what the demo needs and walks it.

use crate::needs::{BROWSER, SIGNS};
use crate::run::{held, step, top};

/// Builds and walks; whether every step held.
pub(crate) fn demo(arguments: &[&str]) -> bool {
    let browser = BROWSER.meet();
    if !browser {
        println!("   no Chromium here and none can be installed: the PC's steps go by HTTP");
    }
    if browser && !SIGNS.meet() {
        println!("   no Chinese font here and none can be installed: screenshots show boxes");
    }
    let build = [
        "cargo",
        "build",
        "--profile",
        "demo",
        "--package",
        "quanshengshi-portal",
        "--package",
        "quanshengshi-desktop",
        "--bins",
    ];
    if !step("build (a first time takes minutes)", || held(&build)) {
        println!("the build failed; nothing was walked");
        return false;
    }
    let qss = top().join("target/demo/qss");
    let mut walk = vec![qss.to_str().unwrap_or("target/demo/qss"), "demo"];
    walk.extend(arguments);
    held(&walk)
}
