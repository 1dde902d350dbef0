//! Counting what passed, failed and was skipped.

use std::collections::BTreeSet;

use crate::run::Said;

/// Marks the line that a test prints when it leaves something out.
const SKIP: &str = "SKIP";

/// The sums of a run.
#[derive(Debug, Default)]
pub(crate) struct Count {
    passed: usize,
    failed: usize,
    /// What was skipped and why; a set, so that one cause counts once.
    skipped: BTreeSet<String>,
    failures: Vec<String>,
}

/// Whether a line of a test run is worth a reader's time: names of files, failures, skips, sums.
pub(crate) fn is_worth_showing(line: &str) -> bool {
    let quiet = line.is_empty()
        || line.starts_with("running ")
        || line.ends_with(" ... ok")
        || line.starts_with("test result: ok. 0 passed; 0 failed; 0 ignored");
    let loud = line.contains("FAILED")
        || line.contains("panicked")
        || line.starts_with(SKIP)
        || line.starts_with("test result")
        || line.starts_with("error");
    loud && !quiet
}

impl Count {
    /// One thing that held or not.
    pub(crate) fn one(&mut self, name: &str, held: bool) {
        if held {
            self.passed += 1;
        } else {
            self.failed += 1;
            self.failures.push(name.to_owned());
        }
    }

    /// Something that could not be tried.
    pub(crate) fn skip(&mut self, what: &str, why: &str) {
        println!("{SKIP} {what}: {why}");
        self.skipped.insert(format!("{what}: {why}"));
    }

    /// The sums of many.
    pub(crate) fn many(&mut self, name: &str, passed: usize, failed: usize) {
        self.passed += passed;
        self.failed += failed;
        if failed > 0 {
            self.failures.push(format!("{name}: {failed}"));
        }
    }

    /// The closing lines of a run of `cargo test`.
    pub(crate) fn cargo(&mut self, said: &Said) {
        let before = self.failed;
        for line in &said.lines {
            if let Some(sums) = line.strip_prefix("test result: ") {
                let number = |word: &str| -> usize {
                    let mut parts = sums.split([';', '.']).map(str::trim);
                    let part = parts.find_map(|part| part.strip_suffix(word));
                    part.and_then(|part| part.trim().parse().ok()).unwrap_or(0)
                };
                self.passed += number(" passed");
                self.failed += number(" failed");
                if number(" ignored") > 0 {
                    self.skipped
                        .insert(format!("{} tests marked ignored", number(" ignored")));
                }
            } else if line.ends_with(" ... FAILED") {
                self.failures.push(line.clone());
            } else if let Some(skip) = line.strip_prefix(SKIP) {
                self.skipped
                    .insert(skip.trim_start_matches([':', ' ']).to_owned());
            }
        }
        // A test that does not build, or dies, prints no sums.
        if !said.well && self.failed == before {
            self.one("cargo test", false);
        }
    }

    /// Prints the closing line; whether all held. On CI a skip is a failure, as everything can be
    /// installed there; but for Swift, and for the APK, whose compiler is not in every registry.
    pub(crate) fn close(mut self) -> bool {
        let on_ci = std::env::var("CI").is_ok_and(|value| value == "true");
        for skip in &self.skipped {
            println!("skipped: {skip}");
            if on_ci && !skip.starts_with("Swift") && !skip.starts_with("APK") {
                self.failed += 1;
                self.failures.push(format!("skipped on CI: {skip}"));
            }
        }
        for failure in &self.failures {
            println!("failed: {failure}");
        }
        println!(
            "{} passed, {} failed, {} skipped",
            self.passed,
            self.failed,
            self.skipped.len()
        );
        self.failed == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(well: bool, lines: &[&str]) -> Said {
        Said {
            well,
            lines: lines.iter().map(|line| (*line).to_owned()).collect(),
        }
    }

    #[test]
    fn sums_of_several_files_are_added_and_one_cause_is_skipped_once() {
        let mut count = Count::default();
        let first = "test result: ok. 12 passed; 0 failed; 0 ignored; 0 measured; 3 filtered out";
        let second = "test result: FAILED. 2 passed; 1 failed; 0 ignored; 0 measured; 0 filtered";
        let skip = "SKIP: ../shared is not here";
        count.cargo(&said(
            false,
            &[first, skip, "test a ... FAILED", second, skip],
        ));
        assert_eq!(
            (count.passed, count.failed, count.skipped.len()),
            (14, 1, 1)
        );
        assert_eq!(count.failures, ["test a ... FAILED"]);
    }

    #[test]
    fn a_run_that_dies_without_sums_is_a_failure() {
        let mut count = Count::default();
        count.cargo(&said(false, &["error: could not compile"]));
        assert_eq!((count.passed, count.failed), (0, 1));
    }

    #[test]
    fn failures_and_skips_are_shown_and_passes_are_not() {
        assert!(is_worth_showing("test a::b ... FAILED"));
        assert!(is_worth_showing("SKIP: no tmpfs"));
        assert!(!is_worth_showing("test a::b ... ok"));
        assert!(!is_worth_showing(
            "test result: ok. 0 passed; 0 failed; 0 ignored; 0 measured"
        ));
    }
}
