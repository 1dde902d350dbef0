//! `cargo verify`: everything that must hold before a change lands.

mod apk;
pub(crate) mod count;
pub(crate) mod kotlin;
mod kotlin_style;
mod phones;
pub(crate) mod swift;
mod swift_app;

use crate::golden;
use crate::needs::{BROWSER, CLANG, DISPLAY, JVM, NODE, SIGNS};
use crate::run::{command, held, read, step};
use count::Count;

/// The window of the desktop shell and its webcam are no defaults (decision record 45), and are verified with
/// the rest.
const SHELL: [&str; 2] = [
    "--features",
    "quanshengshi-desktop/window,quanshengshi-desktop/camera",
];
/// Where the webcam cannot be built.
const WINDOW: [&str; 2] = ["--features", "quanshengshi-desktop/window"];

/// How much is verified.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Depth {
    /// Everything.
    Full,
    /// The inner loop: no browser, no JVM.
    Quick,
}

/// What the inner loop neither builds nor tests.
fn left_out(depth: Depth) -> &'static [&'static str] {
    match depth {
        Depth::Full => &[],
        Depth::Quick => &["--exclude", "quanshengshi-journeys"],
    }
}

/// `cargo verify --apk`: the package alone, of the classes that the last run compiled.
pub(crate) fn apk_alone() -> bool {
    let mut count = Count::default();
    apk::verify(&mut count);
    count.close()
}

/// Verifies and prints the closing line; whether all of it held.
pub(crate) fn verify(depth: Depth) -> bool {
    let mut count = Count::default();
    let chroot = match depth {
        Depth::Full => swift::begin(),
        Depth::Quick => None,
    };
    step("format", || {
        count.one("format", held(&["cargo", "fmt", "--all", "--check"]));
    });
    let shell = if CLANG.meet() {
        SHELL
    } else {
        count.skip(
            CLANG.purpose,
            "no libclang, and it cannot be installed here",
        );
        WINDOW
    };
    step("lints", || {
        let mut lints = command(&["cargo", "clippy", "--workspace", "--all-targets", "--quiet"]);
        lints.args(shell).args(["--", "-D", "warnings"]);
        count.one("lints", lints.status().is_ok_and(|status| status.success()));
    });
    step("documents", || {
        let mut documents = command(&["cargo", "doc", "--workspace", "--no-deps", "--quiet"]);
        documents.env("RUSTDOCFLAGS", "-D warnings");
        count.one(
            "documents",
            documents.status().is_ok_and(|status| status.success()),
        );
    });
    // The journeys start the portal and the shell as programs. Everything is built at once, as the tests
    // will want it: a build of some packages alone takes other features of what they share, and the
    // tests would then build half of the dependencies a second time.
    let built = step("programs", || {
        let mut programs = command(&["cargo", "build", "--workspace", "--all-targets", "--quiet"]);
        programs.args(shell).args(left_out(depth));
        programs.status().is_ok_and(|status| status.success())
    });
    count.one("programs", built);

    if depth == Depth::Full && BROWSER.meet() {
        NODE.meet();
    }
    if depth == Depth::Full {
        // Without it the window's tests say so themselves.
        DISPLAY.meet();
        SIGNS.meet();
    }
    // One test of the seals asks a Java program.
    let jvm = depth == Depth::Full && JVM.meet();
    step("tests", || {
        let mut tests = command(&["cargo", "test", "--workspace", "--no-fail-fast"]);
        tests.args(shell);
        tests.args(left_out(depth));
        tests.args(["--", "--show-output"]);
        if depth == Depth::Quick {
            // Tables over many captures of many people: minutes.
            tests.args([
                "--skip",
                "prints_masks_puppets",
                "--skip",
                "stills_never_pass",
                "--skip",
                "ofdrw_and_we_agree",
                "--skip",
                "in_the_window",
            ]);
        }
        let said = read(tests, count::is_worth_showing);
        count.cargo(&said);
    });
    match depth {
        Depth::Quick => println!("   quick: no journeys, no browser, no JVM"),
        Depth::Full => {
            phones::verify(&mut count);
            // Without a browser, or without npm, its journeys say so themselves, and are counted by that line.
            if !jvm {
                count.skip(
                    JVM.purpose,
                    "no JDK or Maven, and they cannot be installed here",
                );
            } else if built {
                step("Kotlin", || kotlin::verify(&mut count, chroot));
                golden::verify(&mut count);
            }
        }
    }
    count.close()
}
