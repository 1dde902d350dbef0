//! What the artifacts say of themselves to Maven and Gradle.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use crate::files::told;
use crate::run::{command, top};

pub(super) const GROUP: &str = "cn.quanshengshi";

/// Android's own description of the AAR.
pub(super) const MANIFEST: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?>
<manifest xmlns:android=\"http://schemas.android.com/apk/res/android\" package=\"cn.quanshengshi.kit\">
    <uses-sdk android:minSdkVersion=\"29\"/>
</manifest>
";

/// A place in the repository.
pub(super) struct Artifact {
    folder: PathBuf,
    stem: String,
}

impl Artifact {
    pub(super) fn new(group: &Path, name: &str, version: &str) -> Self {
        Self {
            folder: group.join(name).join(version),
            stem: format!("{name}-{version}"),
        }
    }

    /// One of its files.
    pub(super) fn file(&self, ending: &str) -> PathBuf {
        self.folder.join(format!("{}{ending}", self.stem))
    }

    /// Writes its description, and a sum beside every file, without which Maven warns.
    pub(super) fn describe(&self, pom: &str) -> Result<(), String> {
        let file = self.file(".pom");
        fs::write(&file, pom).map_err(|error| told(&file, &error))?;
        let files = fs::read_dir(&self.folder).map_err(|error| told(&self.folder, &error))?;
        for file in files.filter_map(Result::ok).map(|entry| entry.path()) {
            let sum = sha1(&file)?;
            let beside = PathBuf::from(format!("{}.sha1", file.display()));
            fs::write(&beside, sum).map_err(|error| told(&beside, &error))?;
        }
        Ok(())
    }
}

/// The SHA-1 of a file, by Debian's program or the one that comes with a Mac.
fn sha1(file: &Path) -> Result<String, String> {
    let programs: [&[&str]; 2] = [&["sha1sum"], &["shasum"]];
    let said = programs.iter().find_map(|words| {
        let said = command(words).arg(file).output().ok()?;
        said.status.success().then_some(said.stdout)
    });
    let said = said.ok_or("neither sha1sum nor shasum could be run")?;
    let said = String::from_utf8_lossy(&said);
    let sum = said.split_whitespace().next().unwrap_or_default();
    // A name with a backslash in it makes the line begin with one.
    Ok(sum.trim_start_matches('\\').to_owned())
}

/// Versions of what the kit stands on, as it is built and tested.
pub(super) struct Versions {
    kotlin: String,
    coroutines: String,
    jna: String,
}

impl Versions {
    /// Those of the kit's own build.
    pub(super) fn of_kit() -> Result<Self, String> {
        let path = top().join("android/kit/pom.xml");
        let pom = fs::read_to_string(&path).map_err(|error| told(&path, &error))?;
        Self::in_pom(&pom).ok_or_else(|| format!("{}: not all versions", path.display()))
    }

    fn in_pom(pom: &str) -> Option<Self> {
        let version = |name: &str| {
            let (_, after) = pom.split_once(&format!("<{name}.version>"))?;
            Some(after.split_once('<')?.0.to_owned())
        };
        Some(Self {
            kotlin: version("kotlin")?,
            coroutines: version("coroutines")?,
            jna: version("jna")?,
        })
    }

    /// The kit on a JVM: JNA, and the library of the machine that made the repository.
    pub(super) fn kit(&self, version: &str) -> String {
        let (jna, native) = (dependency("net.java.dev.jna", "jna", &self.jna, ""), GROUP);
        let native = dependency(
            native,
            "quanshengshi-native",
            version,
            "<scope>runtime</scope>",
        );
        pom(
            "quanshengshi-kit",
            version,
            "jar",
            &(self.languages("core-jvm") + &jna + &native),
        )
    }

    /// The kit on Android: JNA with its own libraries, and ours inside.
    pub(super) fn android(&self, version: &str) -> String {
        let jna = dependency("net.java.dev.jna", "jna", &self.jna, "<type>aar</type>");
        pom(
            "quanshengshi-android",
            version,
            "aar",
            &(self.languages("android") + &jna),
        )
    }

    fn languages(&self, coroutines: &str) -> String {
        let name = format!("kotlinx-coroutines-{coroutines}");
        dependency("org.jetbrains.kotlin", "kotlin-stdlib", &self.kotlin, "")
            + &dependency("org.jetbrains.kotlinx", &name, &self.coroutines, "")
    }
}

/// The library of the machine that made the repository.
pub(super) fn native(version: &str) -> String {
    pom("quanshengshi-native", version, "jar", "")
}

fn pom(name: &str, version: &str, packaging: &str, dependencies: &str) -> String {
    let mut pom = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>
<project xmlns=\"http://maven.apache.org/POM/4.0.0\">
  <modelVersion>4.0.0</modelVersion>
  <groupId>{GROUP}</groupId>
  <artifactId>{name}</artifactId>
  <version>{version}</version>
  <packaging>{packaging}</packaging>
  <licenses><license><name>MIT</name></license></licenses>
"
    );
    if !dependencies.is_empty() {
        let _ = write!(pom, "  <dependencies>\n{dependencies}  </dependencies>\n");
    }
    pom + "</project>\n"
}

fn dependency(group: &str, name: &str, version: &str, more: &str) -> String {
    format!(
        "    <dependency><groupId>{group}</groupId><artifactId>{name}</artifactId><version>{version}</version>{more}</dependency>\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kit_asks_for_the_versions_it_was_tested_with() {
        let versions = Versions::of_kit().expect("the kit's build");
        let pom = versions.kit("7");
        for words in [
            format!(
                "<artifactId>jna</artifactId><version>{}</version>",
                versions.jna
            ),
            format!(
                "<artifactId>kotlin-stdlib</artifactId><version>{}<",
                versions.kotlin
            ),
            "<artifactId>quanshengshi-native</artifactId><version>7<".to_owned(),
        ] {
            assert!(pom.contains(&words), "{words}\n{pom}");
        }
        assert!(versions.android("7").contains("<type>aar</type>"));
        assert!(!native("7").contains("<dependencies>"));
        assert!(Versions::in_pom("<kotlin.version>1</kotlin.version>").is_none());
    }
}
