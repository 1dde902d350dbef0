//! The style of the Kotlin, the library that ships, its Kotlin and Swift, and the tests of kit and app on the JVM.

use std::fs;

use super::count::Count;
use super::swift::{self, Making};
use super::{apk, kotlin_style};
use crate::android_package;
use crate::run::{command, held, held_quietly, read, step, top};

/// Where Maven writes the kit; the app lies in it.
pub(crate) const OUTPUT: &str = "target/kotlin";
const KIT_REPORTS: &str = "target/kotlin/surefire-reports";
const APP_REPORTS: &str = "target/kotlin/app/surefire-reports";
/// The largest thing that the app's tests need.
const FRAMEWORK: &str =
    "-Dartifact=org.robolectric:android-all-instrumented:14-robolectric-10818077-i7";

/// Builds the library as it ships, generates both languages, runs the JVM's and Swift's tests.
pub(super) fn verify(count: &mut Count, chroot: Option<Making>) {
    kotlin_style::verify(count);
    let built = step("library as it ships", library);
    count.one("the library as it ships", built);
    if !built {
        return;
    }
    let generated = generate("kotlin") && generate("swift");
    count.one("Kotlin and Swift are generated", generated);
    if generated {
        maven(count);
        swift::verify(count, chroot);
    }
}

/// Builds the generator and the library as it ships, and generates the Kotlin; whether that went well.
pub(crate) fn made() -> bool {
    let generator = [
        "cargo",
        "build",
        "--package",
        "quanshengshi-bindgen",
        "--quiet",
    ];
    held(&generator) && library() && generate("kotlin")
}

/// The library as it ships.
pub(crate) fn library() -> bool {
    held(&[
        "cargo",
        "build",
        "--release",
        "--package",
        "quanshengshi-bindings",
        "--lib",
        "--quiet",
    ])
}

/// The kit's classes without its tests; whether they were compiled.
pub(crate) fn compile() -> bool {
    let mut maven = command(&["mvn", "-B", "-q", "compile", "-pl", "kit"]);
    maven.args(places()).current_dir(top().join("android"));
    maven.status().is_ok_and(|status| status.success())
}

/// Where Maven finds what cargo made, and where it writes.
pub(crate) fn places() -> [String; 3] {
    let top = top();
    let at = |name: &str, folder: &str| format!("-D{name}={}", top.join(folder).display());
    [
        at("native.dir", "target/release"),
        at("generated.dir", "target/bindings/kotlin"),
        at("project.output", OUTPUT),
    ]
}

/// One language, by the generator that was built with the programs, out of the static library, which keeps the names that stripping takes away.
pub(crate) fn generate(language: &str) -> bool {
    let out = format!("target/bindings/{language}");
    let _ = fs::remove_dir_all(top().join(&out));
    held(&[
        "target/debug/uniffi-bindgen",
        "generate",
        "target/release/libquanshengshi.a",
        "--language",
        language,
        "--no-format",
        "--config",
        "uniffi.toml",
        "--out-dir",
        &out,
    ])
}

/// The kit's tests, and the app's where Maven can fetch the Android framework that they run on.
fn maven(count: &mut Count) {
    let top = top();
    let app = held_quietly(&[
        "mvn",
        "-B",
        "-q",
        "dependency:get",
        "-Dtransitive=false",
        FRAMEWORK,
    ]);
    if !app {
        count.skip(
            "the Android app",
            "Maven cannot fetch Robolectric's framework here",
        );
    }
    // What a run before left would be counted again.
    for folder in [KIT_REPORTS, APP_REPORTS] {
        let _ = fs::remove_dir_all(top.join(folder));
    }
    let modules = if app { "kit,app" } else { "kit" };
    let mut tests = command(&["mvn", "-B", "-q", "test", "-pl", modules]);
    tests.args(places()).current_dir(top.join("android"));
    // The journeys start this portal.
    tests.env("QSS_PORTAL", top.join("target/debug/qss-portal"));
    let said = read(tests, |line| {
        line.contains("ERROR") || line.contains("Tests run")
    });
    let kit = counted(count, "Kotlin on the JVM", KIT_REPORTS);
    count.one("Maven ran the Kotlin tests", said.well && kit > 0);
    if said.well {
        step("first hour", || android_package::verify(count));
    }
    if app {
        let passed = counted(count, "the Android app", APP_REPORTS);
        count.one("Maven ran the app's tests", said.well && passed > 0);
        if said.well {
            apk::verify(count);
        }
    }
}

/// Adds up what Surefire wrote into a folder, one file a class; how many passed.
fn counted(count: &mut Count, name: &str, folder: &str) -> usize {
    let (mut passed, mut failed) = (0, 0);
    for report in reports(folder) {
        let number = |name: &str| -> usize {
            let start = report
                .find(&format!(" {name}=\""))
                .map(|at| at + name.len() + 3);
            let digits = start.and_then(|start| report.get(start..)).unwrap_or("");
            digits
                .split('"')
                .next()
                .and_then(|digits| digits.parse().ok())
                .unwrap_or(0)
        };
        let bad = number("failures") + number("errors");
        failed += bad;
        passed += number("tests").saturating_sub(bad + number("skipped"));
    }
    count.many(name, passed, failed);
    passed
}

fn reports(folder: &str) -> Vec<String> {
    let Ok(entries) = fs::read_dir(top().join(folder)) else {
        return Vec::new();
    };
    let xml = entries.filter_map(Result::ok).map(|entry| entry.path());
    let xml = xml.filter(|path| path.extension().is_some_and(|extension| extension == "xml"));
    xml.filter_map(|path| fs::read_to_string(path).ok())
        .collect()
}
