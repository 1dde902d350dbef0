//! Form and smells of the Kotlin of kit and app: ktlint and detekt, which Maven fetches once.

use std::path::PathBuf;

use super::count::Count;
use crate::run::{command, held_quietly, top};

/// A checker: its name, its place in Maven's repository, what the file is called there.
struct Checker {
    name: &'static str,
    group: &'static str,
    artifact: &'static str,
    version: &'static str,
    arguments: &'static [&'static str],
}

const CHECKERS: [Checker; 2] = [
    Checker {
        name: "ktlint",
        group: "com.pinterest.ktlint",
        artifact: "ktlint-cli",
        version: "1.8.0",
        arguments: &["--relative", "{kit,app}/src/**/*.kt"],
    },
    Checker {
        name: "detekt",
        group: "io.gitlab.arturbosch.detekt",
        artifact: "detekt-cli",
        version: "1.23.8",
        arguments: &[
            "--input",
            "kit/src,app/src",
            "--config",
            "detekt.yml",
            "--build-upon-default-config",
            "--jvm-target",
            "17",
        ],
    },
];

/// Runs both; one that cannot be had here is skipped and says so.
pub(super) fn verify(count: &mut Count) {
    for checker in &CHECKERS {
        match checker.fetched() {
            Some(jar) => count.one(checker.name, checker.is_content(&jar)),
            None => count.skip(checker.name, "Maven cannot fetch it here"),
        }
    }
}

impl Checker {
    /// The program with everything it needs in one file, fetched when it is not there.
    fn fetched(&self) -> Option<PathBuf> {
        let folder = top().join("target/tools");
        let jar = folder.join(format!("{}-{}-all.jar", self.artifact, self.version));
        if !jar.is_file() {
            let Self {
                group,
                artifact,
                version,
                ..
            } = self;
            let artifact = format!("-Dartifact={group}:{artifact}:{version}:jar:all");
            let output = format!("-DoutputDirectory={}", folder.display());
            held_quietly(&["mvn", "-B", "-q", "dependency:copy", &artifact, &output]);
        }
        jar.is_file().then_some(jar)
    }

    /// Whether it finds nothing. It runs where its configuration lies: ktlint looks for that from
    /// the working directory, and walks all of it.
    fn is_content(&self, jar: &std::path::Path) -> bool {
        let mut run = command(&["java", "-jar"]);
        run.arg(jar).args(self.arguments);
        run.current_dir(top().join("android"));
        run.status().is_ok_and(|status| status.success())
    }
}
