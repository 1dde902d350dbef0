//! The Swift package of the iOS shell, built and tested in a chroot that has Swift.
//!
//! Debian 12 has no Swift and its libraries are too old for Debian 13's, so the compiler lives in a
//! Debian 13 of its own. Every mount lies in a mount namespace of its own and goes with it, however
//! the work ends.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread::{self, JoinHandle};

use super::count::Count;
use super::swift_app;
use crate::ios_package;
use crate::needs::{DEBOOTSTRAP, is_root};
use crate::run::{command, read, step, top};

/// Debian packages: the compiler and what it links, the tests' OpenSSL, decoders of pictures and browser.
const PACKAGES: &str =
    "swiftlang libc6-dev libstdc++-14-dev git libssl-dev libturbojpeg0-dev libpng-dev curl";

/// What must be there for the chroot to be whole.
const SIGNS_OF_LIFE: [&str; 5] = [
    "usr/libexec/swift/bin/swift-build",
    "usr/include/turbojpeg.h",
    "usr/include/png.h",
    "usr/include/openssl/evp.h",
    "usr/bin/curl",
];

/// Where the chroot is, or would be made.
fn root() -> PathBuf {
    std::env::var_os("QSS_SWIFT_ROOT")
        .map_or_else(|| top().join("target/swift-chroot"), PathBuf::from)
}

fn is_whole(root: &Path) -> bool {
    SIGNS_OF_LIFE.iter().all(|sign| root.join(sign).exists())
}

/// `cargo verify --setup-swift`: makes the chroot; whether it stands.
pub(crate) fn set_up() -> bool {
    let root = root();
    if is_whole(&root) {
        println!("Swift is in {}", root.display());
        return true;
    }
    match step("Swift chroot", || make(&root)) {
        Ok(()) => true,
        Err(why) => {
            println!("Swift: {why}");
            false
        }
    }
}

/// A chroot on its way.
pub(super) type Making = JoinHandle<Result<(), String>>;

/// Begins to make the chroot where the run insists on Swift (`CI=true`) and there is none: it is fetched and unpacked while
/// everything else is built.
pub(super) fn begin() -> Option<Making> {
    let root = root();
    let insists = std::env::var("CI").is_ok_and(|value| value == "true");
    (insists && !is_whole(&root)).then(|| {
        // apt knows one user at a time, so what the host lacks is installed before anything else wants it.
        DEBOOTSTRAP.meet();
        thread::spawn(move || make(&root))
    })
}

/// Builds and tests `ios/` with the library as it ships and the generated Swift.
pub(super) fn verify(count: &mut Count, making: Option<Making>) {
    if let Some(making) = making {
        let made = step("Swift chroot, the rest of it", || making.join());
        if let Err(why) = made.unwrap_or_else(|_| Err("making the chroot fell over".to_owned())) {
            return count.skip("Swift", &why);
        }
    }
    let root = root();
    if !is_whole(&root) {
        return count.skip(
            "Swift",
            "no chroot with Swift; `cargo verify --setup-swift` makes one",
        );
    }
    if !may_mount(&root) {
        return count.skip("Swift", "the chroot needs root and leave to mount");
    }
    if let Err(why) = lay_out() {
        println!("{why}");
        return count.one("the generated Swift stands in ios/", false);
    }
    step("Swift", || test(&root, count));
}

/// Makes the chroot in a folder beside its place and moves it there when it is whole, so that one
/// that was begun and broken off is never taken for done.
fn make(root: &Path) -> Result<(), String> {
    if !is_root() {
        return Err("making the chroot needs root".to_owned());
    }
    if !DEBOOTSTRAP.meet() {
        return Err("no debootstrap, and it cannot be installed here".to_owned());
    }
    let mirror = mirror().ok_or("no Debian mirror in the sources of apt")?;
    let draft = root.with_extension("draft");
    if draft.exists() {
        fs::remove_dir_all(&draft).map_err(|error| format!("{}: {error}", draft.display()))?;
    }
    fs::create_dir_all(&draft).map_err(|error| format!("{}: {error}", draft.display()))?;
    let draft_text = draft.display().to_string();
    let base = [
        "unshare",
        "--mount",
        "debootstrap",
        "--variant=minbase",
        "--include=ca-certificates",
        "trixie",
        &draft_text,
        &mirror,
    ];
    println!("   a Debian of its own (240 MB)");
    if !quietly(command(&base)) {
        return Err("debootstrap did not finish".to_owned());
    }
    println!("   Swift (550 MB to fetch, 2.5 GB on disk)");
    let install =
        format!("apt-get -qq -y --no-install-recommends install {PACKAGES} && apt-get clean");
    if !quietly(inside(&draft, &install)) || !is_whole(&draft) {
        return Err("Swift could not be installed into the chroot".to_owned());
    }
    let _ = fs::remove_dir_all(root);
    fs::rename(&draft, root).map_err(|error| format!("{}: {error}", root.display()))
}

/// The mirror this machine itself was made from.
fn mirror() -> Option<String> {
    let mut files = vec![PathBuf::from("/etc/apt/sources.list")];
    if let Ok(entries) = fs::read_dir("/etc/apt/sources.list.d") {
        files.extend(entries.filter_map(Result::ok).map(|entry| entry.path()));
    }
    let texts = files
        .iter()
        .filter_map(|file| fs::read_to_string(file).ok());
    texts.into_iter().find_map(|text| mirror_in(&text))
}

/// The address of Debian's main archive in a file of sources, in either of the two forms.
fn mirror_in(sources: &str) -> Option<String> {
    let lines = sources.lines().map(str::trim);
    let addresses = lines.filter_map(|line| {
        let rest = line
            .strip_prefix("URIs:")
            .or_else(|| line.strip_prefix("deb "))?;
        rest.split_whitespace().find(|word| word.contains("://"))
    });
    // `debian-security` and other people's archives have no base system.
    let main = |address: &&str| address.trim_end_matches('/').ends_with("/debian");
    addresses.into_iter().find(main).map(str::to_owned)
}

/// A shell line in the chroot with its own /proc, in a mount namespace of its own; the checkout is
/// seen as /src.
fn inside(root: &Path, line: &str) -> Command {
    let mounts = "mkdir -p \"$R/src\" && mount -t proc proc \"$R/proc\" && \
        mount --bind \"$S\" \"$R/src\" && exec chroot \"$R\" env -i HOME=/root LANG=C.UTF-8 \
        DEBIAN_FRONTEND=noninteractive PATH=/usr/bin:/bin:/usr/sbin:/sbin:/usr/libexec/swift/bin \
        QSS_PORTAL=/src/target/debug/qss-portal sh -c \"$L\"";
    let mut shell = command(&[
        "unshare",
        "--mount",
        "--pid",
        "--fork",
        "--kill-child",
        "sh",
        "-c",
        mounts,
    ]);
    shell.env("R", root).env("S", top()).env("L", line);
    shell
}

fn may_mount(root: &Path) -> bool {
    is_root() && quietly(inside(root, "swiftc --version"))
}

fn quietly(mut command: Command) -> bool {
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

/// Puts the generated sources where the package looks for them, and the static library into a folder
/// without the shared one, which a linker would take first.
fn lay_out() -> Result<(), String> {
    let top = top();
    let pairs = [
        (
            "bindings/swift/QuanshengshiCore.swift",
            "ios/Sources/QuanshengshiCore/QuanshengshiCore.swift",
        ),
        (
            "bindings/swift/QuanshengshiCoreFFI.h",
            "ios/Sources/QuanshengshiCoreFFI/QuanshengshiCoreFFI.h",
        ),
        (
            "release/libquanshengshi.a",
            "target/swift-library/libquanshengshi.a",
        ),
    ];
    for (from, to) in pairs {
        let (from, to) = (top.join("target").join(from), top.join(to));
        let folder = to.parent().unwrap_or(&top);
        fs::create_dir_all(folder)
            .and_then(|()| fs::copy(&from, &to))
            .map_err(|error| format!("{} to {}: {error}", from.display(), to.display()))?;
    }
    Ok(())
}

fn test(root: &Path, count: &mut Count) {
    let format = "cd /src/ios && swift format lint --strict -r App Sources/HandsetKit Sources/HandsetModel Tests/HandsetTests";
    let formatted = inside(root, format).status();
    count.one(
        "Swift's format",
        formatted.is_ok_and(|status| status.success()),
    );
    // One after the other: a program that another test starts holds copies of all open files until it runs,
    // the locks of vaults among them, and a vault that is wiped or opened anew just then is “in use”.
    // A call that never ends must not hold up everything else. GNU ld does not find what
    // libswiftObservation wants of its neighbours; lld does.
    let line = "timeout 1200 swift test --package-path /src/ios --scratch-path /src/target/swift --jobs 2 --no-parallel \
        -Xswiftc -use-ld=lld -Xlinker -L/src/target/swift-library 2>&1";
    let said = read(inside(root, line), is_worth_showing);
    let (passed, failed) = sums(&said.lines);
    count.many("Swift", passed, failed);
    for skip in said.lines.iter().filter(|line| line.contains(" skipped: ")) {
        count.skip("a test of ios/", skip);
    }
    count.one("Swift ran its tests", said.well && passed > 0);
    let held = |line: &str| {
        inside(root, line)
            .status()
            .is_ok_and(|status| status.success())
    };
    swift_app::verify(count, held);
    if let Err(why) = ios_package::lay_out() {
        println!("{why}");
        return count.one("the iOS package is laid out", false);
    }
    let build = format!(
        "timeout 600 swift build --quiet --package-path /src/target/{} --scratch-path /src/target/swift-package --jobs 2",
        ios_package::FOLDER
    );
    count.one("the iOS package builds from its folder", held(&build));
}

fn is_worth_showing(line: &str) -> bool {
    let shown = [
        "error:",
        "recorded an issue",
        "failed after",
        "skipped",
        "Test run with",
    ];
    shown.iter().any(|word| line.contains(word))
}

/// How many tests passed and failed, by the line each of them ends with.
fn sums(lines: &[String]) -> (usize, usize) {
    let ended = |how: &str| {
        let of_one = |line: &&String| {
            line.contains(" Test ") && !line.contains(" Test run ") && line.contains(how)
        };
        lines.iter().filter(of_one).count()
    };
    (ended(" passed after "), ended(" failed after "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mirror_is_the_main_archive_in_both_forms_of_sources() {
        let stanzas = "Types: deb\nURIs: http://mirror.example/debian-security\n\
            Types: deb\n# URIs: http://old.example/debian\nURIs: http://mirror.example/debian\n";
        assert_eq!(
            mirror_in(stanzas).as_deref(),
            Some("http://mirror.example/debian")
        );
        let lines = "# deb http://old.example/debian bookworm main\n\
            deb https://packages.example/apt stable main\n\
            deb [arch=amd64] https://mirror.example/debian/ bookworm main\n";
        assert_eq!(
            mirror_in(lines).as_deref(),
            Some("https://mirror.example/debian/")
        );
        assert_eq!(
            mirror_in("deb https://packages.example/apt stable main"),
            None
        );
    }

    #[test]
    fn tests_are_counted_and_suites_and_the_closing_line_are_not() {
        let said = [
            "✔ Test a() passed after 0.001 seconds.",
            "✘ Test b() recorded an issue at B.swift:5:9: Expectation failed",
            "✘ Test b() failed after 0.001 seconds with 1 issue.",
            "✔ Suite A passed after 0.002 seconds.",
            "✘ Test run with 2 tests failed after 0.002 seconds with 1 issue.",
        ];
        let said = said.map(str::to_owned);
        assert_eq!(sums(&said), (1, 1));
    }
}
