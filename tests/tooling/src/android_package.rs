//! The phone's core for Kotlin as a Maven repository in a folder: kit, sources, the library of this
//! machine for the JVM, and an AAR as soon as the library was built for a processor of Android.
//!
//! Tried as far as Linux goes: a project of its own resolves the kit and calls it (`first_hour`). The
//! libraries for Android need the NDK; their places are there and the closing lines name them.

mod first_hour;
mod pom;

use std::fs;
use std::path::{Path, PathBuf};

pub(crate) use first_hour::verify;

use crate::files::{copy, copy_folder, told};
use crate::run::{command, top};
use crate::verify::kotlin;
use pom::{Artifact, Versions};

/// What is published when nobody says otherwise.
pub(crate) const VERSION: &str = "0.1.0";

/// Rust's name of a target, and Android's of the processor.
const ABIS: [(&str, &str); 3] = [
    ("aarch64-linux-android", "arm64-v8a"),
    ("armv7-linux-androideabi", "armeabi-v7a"),
    ("x86_64-linux-android", "x86_64"),
];
const ANDROID_LIBRARY: &str = "libquanshengshi.so";

/// `android-package`: builds what it takes and lays the repository out anew; whether that went well.
pub(crate) fn run(out: &str) -> bool {
    if !(kotlin::made() && kotlin::compile()) {
        return false;
    }
    match lay_out(&top().join("target"), Path::new(out), VERSION) {
        Ok(missing) => {
            println!("{out}: a Maven repository with cn.quanshengshi:quanshengshi-kit:{VERSION}");
            for (target, abi) in missing {
                println!(
                    "   jni/{abi} is empty: cargo ndk -t {abi} build --release -p quanshengshi-bindings --lib  # {target}"
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

/// Lays the repository out, of what lies in a target folder; the ABIs whose library was not there.
pub(crate) fn lay_out(
    target: &Path,
    out: &Path,
    version: &str,
) -> Result<Vec<(&'static str, &'static str)>, String> {
    let group = out.join(pom::GROUP.replace('.', "/"));
    for old in [&group, &out.join("jni")] {
        if old.exists() {
            fs::remove_dir_all(old).map_err(|error| told(old, &error))?;
        }
    }
    let work = target.join("android-package-work");
    let _ = fs::remove_dir_all(&work);
    let versions = Versions::of_kit()?;
    let classes = target.join("kotlin/classes");

    let kit = Artifact::new(&group, "quanshengshi-kit", version);
    jar(&kit.file(".jar"), &classes)?;
    let sources = work.join("sources");
    copy_folder(&top().join("android/kit/src/main/kotlin"), &sources)?;
    copy_folder(&target.join("bindings/kotlin"), &sources)?;
    jar(&kit.file("-sources.jar"), &sources)?;
    kit.describe(&versions.kit(version))?;

    // Where JNA looks for a library of this machine among the classes.
    let native = Artifact::new(&group, "quanshengshi-native", version);
    let library = host_library();
    copy(
        &target.join("release").join(&library),
        &work.join("native").join(jna_folder()).join(&library),
    )?;
    jar(&native.file(".jar"), &work.join("native"))?;
    native.describe(&pom::native(version))?;

    let missing = android(target, out, &work)?;
    if missing.len() < ABIS.len() {
        let android = Artifact::new(&group, "quanshengshi-android", version);
        copy(&kit.file(".jar"), &work.join("aar/classes.jar"))?;
        copy_folder(&out.join("jni"), &work.join("aar/jni"))?;
        let manifest = work.join("aar/AndroidManifest.xml");
        fs::write(&manifest, pom::MANIFEST).map_err(|error| told(&manifest, &error))?;
        jar(&android.file(".aar"), &work.join("aar"))?;
        android.describe(&versions.android(version))?;
    }
    Ok(missing)
}

/// A folder for every ABI, with its library where it was built; those where it was not.
fn android(
    target: &Path,
    out: &Path,
    work: &Path,
) -> Result<Vec<(&'static str, &'static str)>, String> {
    fs::create_dir_all(work.join("aar")).map_err(|error| told(work, &error))?;
    let mut missing = Vec::new();
    for (rust, abi) in ABIS {
        let folder = out.join("jni").join(abi);
        fs::create_dir_all(&folder).map_err(|error| told(&folder, &error))?;
        let built = target.join(rust).join("release").join(ANDROID_LIBRARY);
        if built.exists() {
            copy(&built, &folder.join(ANDROID_LIBRARY))?;
        } else {
            missing.push((rust, abi));
        }
    }
    Ok(missing)
}

/// Puts a folder into an archive.
fn jar(file: &Path, folder: &Path) -> Result<(), String> {
    let parent = file.parent().unwrap_or(file);
    fs::create_dir_all(parent).map_err(|error| told(parent, &error))?;
    if !folder.is_dir() {
        return Err(format!("{}: is not there", folder.display()));
    }
    let mut archive = command(&["jar", "--create", "--no-manifest", "--file"]);
    archive.arg(file).arg("-C").arg(folder).arg(".");
    let made = archive.status().is_ok_and(|status| status.success());
    made.then_some(())
        .ok_or_else(|| format!("{}: the JDK's jar did not make it", file.display()))
}

/// The name of the shared library on this machine.
fn host_library() -> PathBuf {
    let (before, after) = (std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
    PathBuf::from(format!("{before}quanshengshi{after}"))
}

/// JNA's name of this machine.
fn jna_folder() -> String {
    let system = match std::env::consts::OS {
        "macos" => "darwin",
        "windows" => "win32",
        other => other,
    };
    let processor = match std::env::consts::ARCH {
        "x86_64" => "x86-64",
        other => other,
    };
    format!("{system}-{processor}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(path: &Path, bytes: &[u8]) {
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, bytes).expect("written");
    }

    #[test]
    fn what_was_built_for_a_phone_is_in_its_folder_and_in_an_aar() {
        if !command(&["jar", "--version"])
            .output()
            .is_ok_and(|said| said.status.success())
        {
            println!("SKIP the layout for Android: no JDK");
            return;
        }
        let folder = std::env::temp_dir().join(format!("qss-package-{}", std::process::id()));
        let (target, out) = (folder.join("target"), folder.join("out"));
        write(&target.join("kotlin/classes/A.class"), b"class");
        write(&target.join("bindings/kotlin/a.kt"), b"source");
        write(&target.join("release").join(host_library()), b"host");
        let missing = lay_out(&target, &out, "1.2.3").expect("laid out");
        assert_eq!(missing, ABIS);
        let group = out.join("cn/quanshengshi");
        assert!(out.join("jni/arm64-v8a").is_dir());
        assert!(
            !group.join("quanshengshi-android").exists(),
            "an AAR without a library would not run"
        );

        write(
            &target.join("aarch64-linux-android/release/libquanshengshi.so"),
            b"phone",
        );
        let missing = lay_out(&target, &out, "1.2.3").expect("laid out");
        assert_eq!(missing, ABIS[1..]);
        let library = out.join("jni/arm64-v8a/libquanshengshi.so");
        assert_eq!(fs::read(library).expect("there"), b"phone");
        let aar = group.join("quanshengshi-android/1.2.3/quanshengshi-android-1.2.3.aar");
        let mut list = command(&["jar", "--list", "--file"]);
        let listed = list.arg(aar).output().expect("listed").stdout;
        let listed = String::from_utf8_lossy(&listed);
        for entry in [
            "AndroidManifest.xml",
            "classes.jar",
            "jni/arm64-v8a/libquanshengshi.so",
        ] {
            assert!(
                listed.lines().any(|line| line == entry),
                "{entry}: {listed}"
            );
        }
        let pom = group.join("quanshengshi-kit/1.2.3/quanshengshi-kit-1.2.3.pom");
        assert!(pom.is_file() && pom.with_extension("pom.sha1").is_file());
        fs::remove_dir_all(&folder).expect("removed");
    }
}
