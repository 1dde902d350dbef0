//! The app of the iOS shell: parsed, and type-checked against stand-ins for Apple's frameworks.
//!
//! Linux has none of them, so this proves how the screens use the models and nothing about Apple's side.

use std::fs;
use std::path::{Path, PathBuf};

use super::count::Count;
use crate::run::top;

/// A stand-in and its files, each after those it imports.
const MODULES: [(&str, &[&str]); 11] = [
    ("CoreVideo", &["CoreVideo"]),
    ("UIKit", &["UIKit"]),
    ("OSLog", &["OSLog"]),
    ("Security", &["Security"]),
    ("LocalAuthentication", &["LocalAuthentication"]),
    ("CryptoKit", &["CryptoKit"]),
    ("UniformTypeIdentifiers", &["UniformTypeIdentifiers"]),
    ("CoreTransferable", &["CoreTransferable"]),
    ("PDFKit", &["PDFKit"]),
    ("AVFoundation", &["AVFoundation"]),
    (
        "SwiftUI",
        &[
            "SwiftUIViews",
            "SwiftUIModifiers",
            "SwiftUIState",
            "FoundationMore",
        ],
    ),
];

/// Where the stand-ins' modules go, in the checkout as the chroot sees it.
const MADE: &str = "/src/target/swift-frameworks";

/// Parses every file of the app, then type-checks all of them together; the package was built before.
pub(super) fn verify(count: &mut Count, in_chroot: impl Fn(&str) -> bool) {
    let files = files();
    count.one("the iOS app has its files", !files.is_empty());
    let files = files.join(" ");
    let parsed = in_chroot(&format!("swiftc -frontend -parse {files}"));
    count.one("the iOS app is parsed", parsed);
    let checked = in_chroot(&type_check(&files));
    count.one("the iOS app is type-checked against stand-ins", checked);
}

/// The lines that make the modules and check the app against them.
fn type_check(files: &str) -> String {
    let flags = format!("-swift-version 6 -parse-as-library -I {MADE}");
    let mut lines = vec![
        format!("mkdir -p {MADE}"),
        "cd /src/ios/Tests/Frameworks".to_owned(),
    ];
    for (name, parts) in MODULES {
        let parts: Vec<String> = parts.iter().map(|part| format!("{part}.swift")).collect();
        lines.push(format!(
            "swiftc {flags} -emit-module -module-name {name} -o {MADE}/{name}.swiftmodule {}",
            parts.join(" ")
        ));
    }
    lines.push(format!(
        "swiftc -typecheck -warnings-as-errors -module-name QuanshengshiApp {flags} -I /src/target/swift/debug/Modules \
         -Xcc -fmodule-map-file=/src/ios/Sources/QuanshengshiCoreFFI/module.modulemap {files}"
    ));
    lines.join(" && ")
}

/// Every Swift file of the app, as the chroot names it.
fn files() -> Vec<String> {
    let top = top();
    let mut folders: Vec<PathBuf> = vec![top.join("ios/App")];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path
                .extension()
                .is_some_and(|extension| extension == "swift")
            {
                found.extend(path.strip_prefix(&top).ok().map(in_src));
            }
        }
    }
    found.sort();
    found
}

fn in_src(path: &Path) -> String {
    format!("/src/{}", path.display())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_stand_in_is_made_and_the_app_has_its_screens() {
        let files = files();
        assert!(
            files
                .iter()
                .any(|file| file == "/src/ios/App/Screens/HomePage.swift")
        );
        let script = type_check(&files.join(" "));
        let folder = top().join("ios/Tests/Frameworks");
        for entry in fs::read_dir(folder).expect("the stand-ins").flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            if name != "README.md" {
                assert!(script.contains(&name), "{name} is not made into a module");
            }
        }
    }
}
