//! The Swift package of the phone's core as a folder that Xcode takes: an `XCFramework` with its headers, the
//! generated Swift, the kit and the models.
//!
//! Built and tried as far as Linux goes: the folder with the host's library. The libraries for iOS are put in
//! when they were built (on a Mac); until then their places are there and the closing lines name them.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::files::{copy, copy_folder, files_below, told};
use crate::run::top;

/// The folder, below `target`.
pub(crate) const FOLDER: &str = "ios-package";

const FRAMEWORK: &str = "QuanshengshiCoreFFI.xcframework";
const LIBRARY: &str = "libquanshengshi.a";

/// Rust's name of a target, the name of its slice, and whether it is the simulator's.
const SLICES: [(&str, &str, bool); 2] = [
    ("aarch64-apple-ios", "ios-arm64", false),
    ("aarch64-apple-ios-sim", "ios-arm64-simulator", true),
];

/// `ios-package`: lays the folder out anew; whether that went well.
pub(crate) fn run() -> bool {
    match lay_out() {
        Ok(missing) => {
            println!("target/{FOLDER}: laid out, SHA256SUMS beside it");
            for target in missing {
                println!(
                    "   not in it yet: cargo build --release -p quanshengshi-bindings --lib --target {target}"
                );
            }
            true
        }
        Err(why) => {
            println!("{why}");
            false
        }
    }
}

/// Lays the folder out; the targets whose library was not there.
pub(crate) fn lay_out() -> Result<Vec<&'static str>, String> {
    let target = top().join("target");
    let folder = target.join(FOLDER);
    if folder.exists() {
        fs::remove_dir_all(&folder).map_err(|error| told(&folder, &error))?;
    }
    let generated = target.join("bindings/swift");
    let ios = top().join("ios");
    copy(
        &ios.join("Packaging/Package.swift"),
        &folder.join("Package.swift"),
    )?;
    for name in ["HandsetKit", "HandsetModel"] {
        copy_folder(
            &ios.join("Sources").join(name),
            &folder.join("Sources").join(name),
        )?;
    }
    let swift = "QuanshengshiCore.swift";
    copy(
        &generated.join(swift),
        &folder.join("Sources/QuanshengshiCore").join(swift),
    )?;

    // The host's: what Linux links, by the map that Linux's compiler understands.
    let host = folder.join("host");
    let map = "module.modulemap";
    copy(&target.join("release").join(LIBRARY), &host.join(LIBRARY))?;
    copy(
        &ios.join("Sources/QuanshengshiCoreFFI").join(map),
        &host.join(map),
    )?;
    let header = "QuanshengshiCoreFFI.h";
    copy(&generated.join(header), &host.join(header))?;

    let framework = folder.join(FRAMEWORK);
    let mut missing = Vec::new();
    for (rust, slice, _) in SLICES {
        // A folder of their own: two frameworks with a map at the top of their headers do not build together.
        let headers = framework.join(slice).join("Headers/QuanshengshiCoreFFI");
        copy(&generated.join(header), &headers.join(header))?;
        copy(
            &generated.join("QuanshengshiCoreFFI.modulemap"),
            &headers.join(map),
        )?;
        let library = target.join(rust).join("release").join(LIBRARY);
        if library.exists() {
            copy(&library, &framework.join(slice).join(LIBRARY))?;
        } else {
            missing.push(rust);
        }
    }
    let list = framework.join("Info.plist");
    fs::write(&list, info()).map_err(|error| told(&list, &error))?;
    sums(&folder, &target.join(format!("{FOLDER}.SHA256SUMS")))?;
    Ok(missing)
}

/// What an `XCFramework` says of itself.
fn info() -> String {
    let slices = SLICES.map(|(_, slice, simulator)| slice_info(slice, simulator));
    let slices = slices.join("");
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>
<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">
<plist version=\"1.0\">
<dict>
    <key>AvailableLibraries</key>
    <array>
{slices}    </array>
    <key>CFBundlePackageType</key>
    <string>XFWK</string>
    <key>XCFrameworkFormatVersion</key>
    <string>1.0</string>
</dict>
</plist>
"
    )
}

/// What it says of one library.
fn slice_info(slice: &str, simulator: bool) -> String {
    let variant = if simulator {
        "
            <key>SupportedPlatformVariant</key>
            <string>simulator</string>"
    } else {
        ""
    };
    format!(
        "        <dict>
            <key>HeadersPath</key>
            <string>Headers</string>
            <key>LibraryIdentifier</key>
            <string>{slice}</string>
            <key>LibraryPath</key>
            <string>{LIBRARY}</string>
            <key>SupportedArchitectures</key>
            <array>
                <string>arm64</string>
            </array>
            <key>SupportedPlatform</key>
            <string>ios</string>{variant}
        </dict>
"
    )
}

/// Writes the SHA-256 of every file of a folder, by name, so that two folders can be told apart.
fn sums(folder: &Path, to: &Path) -> Result<(), String> {
    let mut files = Vec::new();
    files_below(folder, folder, &mut files)?;
    files.sort();
    // Debian's program, else the one that comes with a Mac.
    let programs = [vec!["sha256sum"], vec!["shasum", "-a", "256"]];
    let said = programs.iter().find_map(|words| {
        let (program, arguments) = words.split_first()?;
        let mut command = Command::new(program);
        command.args(arguments).args(&files).current_dir(folder);
        command.output().ok().filter(|said| said.status.success())
    });
    let said = said.ok_or("neither sha256sum nor shasum could be run")?;
    fs::write(to, said.stdout).map_err(|error| told(to, &error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_framework_names_a_library_for_the_phone_and_one_for_the_simulator() {
        let info = info();
        assert_eq!(info.matches("<string>ios</string>").count(), 2);
        assert_eq!(info.matches("SupportedPlatformVariant").count(), 1);
        for (_, slice, _) in SLICES {
            assert!(
                info.contains(&format!("<string>{slice}</string>")),
                "{slice}"
            );
        }
        assert_eq!(
            info.matches("<dict>").count(),
            info.matches("</dict>").count()
        );
    }
}
