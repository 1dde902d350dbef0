//! The Rust of the phones, type-checked for their systems: what is compiled for Android or iOS alone would rot
//! unseen otherwise. Nothing is linked, so a compiler for C that writes empty objects is enough; it proves
//! nothing about C code or linking.

use std::fs;
use std::io;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use super::count::Count;
use crate::run::{command, held_quietly, read, step, top};

/// The systems of the phones that a person carries.
const TARGETS: [&str; 2] = ["aarch64-linux-android", "aarch64-apple-ios"];

/// Stands in for a compiler of C. It must not know `-?`, or it is taken for that of Windows.
const STAND_IN: &str = "#!/bin/sh\n\
    out=''; before=''; reads=''\n\
    for word in \"$@\"; do\n\
    [ \"$before\" = -o ] && out=\"$word\"\n\
    case \"$word\" in -o?*) out=\"${word#-o}\";; -E) reads=1;; '-?') exit 1;; --version) echo 'clang version 19.0.0'; exit 0;; esac\n\
    before=\"$word\"\n\
    done\n\
    [ -n \"$reads\" ] && exec cc \"$@\"\n\
    [ -n \"$out\" ] && : > \"$out\"\n\
    exit 0\n";

/// Checks the facade, and so everything below it, for each system whose standard library is there or can be fetched.
pub(super) fn verify(count: &mut Count) {
    step("phones", || {
        let stand_in = match stand_in() {
            Ok(file) => file,
            Err(error) => {
                println!("{error}");
                return count.one("a stand-in for a compiler of C", false);
            }
        };
        for target in TARGETS {
            if !is_there(target) && !held_quietly(&["rustup", "target", "add", target]) {
                count.skip(
                    &format!("type-checking for {target}"),
                    "its standard library is not here and cannot be fetched",
                );
                continue;
            }
            count.one(
                &format!("type-checked for {target}"),
                check(target, &stand_in),
            );
        }
    });
}

/// Whether the compiler has the standard library of a system.
fn is_there(target: &str) -> bool {
    let said = read(command(&["rustc", "--print", "sysroot"]), |_| false);
    let root = said.lines.first().map(Path::new);
    root.is_some_and(|root| root.join("lib/rustlib").join(target).join("lib").is_dir())
}

fn check(target: &str, stand_in: &Path) -> bool {
    let mut check = command(&[
        "cargo",
        "check",
        "--quiet",
        "--package",
        "quanshengshi-bindings",
        "--lib",
        "--target",
        target,
    ]);
    let name = target.replace('-', "_");
    check
        .env(format!("CC_{name}"), stand_in)
        .env(format!("AR_{name}"), "ar")
        // Apple's headers, of which there are none.
        .env("SDKROOT", stand_in.parent().unwrap_or(stand_in));
    check.status().is_ok_and(|status| status.success())
}

fn stand_in() -> io::Result<PathBuf> {
    let folder = top().join("target/phones");
    fs::create_dir_all(&folder)?;
    let file = folder.join("cc");
    fs::write(&file, STAND_IN)?;
    fs::set_permissions(&file, fs::Permissions::from_mode(0o755))?;
    Ok(file)
}
