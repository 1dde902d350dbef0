//! Which rows of the manual have a test that says so by its name.
//!
//! A row such as `PR-05` is proven by tests whose names hold `pr_05`. The table of rows is counted
//! from the specification; nothing but the counts stands here.

use std::collections::BTreeSet;

/// Groups of rows: their letters, and how many rows each has.
pub const GROUPS: &[(&str, usize)] = &[
    // Registration of a person, of an enterprise.
    ("pr", 24),
    ("lr", 20),
    // Scanning, signing in, the user space.
    ("sc", 10),
    ("lg", 10),
    ("us", 7),
    // Manual review, messages, the market regulator.
    ("mr", 9),
    ("sm", 6),
    ("ms", 8),
    // The national portal, the electronic licence.
    ("np", 3),
    ("el", 6),
];

/// Every row, as it stands in the names of tests.
pub fn rows() -> impl Iterator<Item = String> {
    let groups = GROUPS.iter();
    groups.flat_map(|(letters, count)| (1..=*count).map(move |row| format!("{letters}_{row:02}")))
}

/// The rows that the names of a source's tests hold.
pub fn named(source: &str) -> BTreeSet<String> {
    let lines = source.lines().map(str::trim_start);
    let names = lines.filter_map(|line| {
        let line = line.strip_prefix("async ").unwrap_or(line);
        // Kotlin and JavaScript say it in their own ways.
        let name = line
            .strip_prefix("fn ")
            .or_else(|| line.strip_prefix("fun "))?;
        name.split('(').next()
    });
    let names: Vec<String> = names.map(|name| format!("_{name}_")).collect();
    rows()
        .filter(|row| names.iter().any(|name| name.contains(&format!("_{row}_"))))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manifest::top;
    use crate::source::rust_files;

    #[test]
    fn rows_are_read_from_names_of_tests_only() {
        let source =
            "    async fn pr_14_pr_24_names() {}\nfn x() { /* lr_05 */ }\n// fn us_01_a() {}";
        let found: Vec<String> = named(source).into_iter().collect();
        assert_eq!(found, ["pr_14", "pr_24"]);
        assert_eq!(rows().count(), 103);
    }

    #[test]
    fn every_row_of_the_manual_has_a_test_named_after_it() {
        let mut missing: BTreeSet<String> = rows().collect();
        for file in rust_files(&top()).expect("the tree") {
            let source = std::fs::read_to_string(&file).expect("a source");
            for row in named(&source) {
                missing.remove(&row);
            }
        }
        assert!(missing.is_empty(), "no test is named after {missing:?}");
    }
}
