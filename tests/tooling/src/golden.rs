//! What the generated Kotlin and Swift declare, beside the list kept of it: a host's code compiles against
//! these lines, so a change of one is a change for every host.

mod declarations;

use std::fs;
use std::path::PathBuf;

use crate::run::top;
use crate::verify::count::Count;
use declarations::{Tongue, declarations};

/// Each language, its generated file below `target/bindings`, and the list kept of it.
const LISTS: [(Tongue, &str, &str); 2] = [
    (
        Tongue::Kotlin,
        "kotlin/cn/quanshengshi/core/quanshengshi.kt",
        "kotlin.txt",
    ),
    (Tongue::Swift, "swift/QuanshengshiCore.swift", "swift.txt"),
];

/// How to renew the lists, for whoever meant the change.
const RENEW: &str = "when it is meant: `cargo run -p quanshengshi-tooling -- golden --renew`, and a line in \
    bindings/CHANGELOG.md that says to hosts what changes";

/// Compares what was generated with the lists, as a part of `cargo verify`.
pub(crate) fn verify(count: &mut Count) {
    for (tongue, generated, kept) in LISTS {
        let name = format!("{tongue:?} declares what bindings/golden says");
        count.one(&name, holds(tongue, generated, kept));
    }
}

/// Compares what was generated last with the lists; whether both hold.
pub(crate) fn check() -> bool {
    LISTS
        .iter()
        .all(|(tongue, generated, kept)| holds(*tongue, generated, kept))
}

fn holds(tongue: Tongue, generated: &str, kept: &str) -> bool {
    let list = fs::read_to_string(kept_at(kept))
        .map_err(|error| format!("bindings/golden/{kept}: {error}"));
    match read(generated).and_then(|text| list.map(|list| (text, list))) {
        Ok((text, list)) => report(tongue, &list, &declarations(tongue, &text)),
        Err(why) => {
            println!("{why}");
            false
        }
    }
}

/// Writes the lists anew from what was generated last; whether that went well.
pub(crate) fn renew() -> bool {
    LISTS.iter().all(|(tongue, generated, kept)| {
        let written = read(generated).and_then(|text| {
            let path = kept_at(kept);
            fs::write(&path, declarations(*tongue, &text))
                .map_err(|error| format!("{}: {error}", path.display()))
        });
        if let Err(why) = &written {
            println!("{why}");
        }
        written.is_ok()
    })
}

fn kept_at(name: &str) -> PathBuf {
    top().join("bindings/golden").join(name)
}

fn read(generated: &str) -> Result<String, String> {
    let path = top().join("target/bindings").join(generated);
    fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))
}

/// Prints every line that is only in one of two lists, and how to renew; whether there is none.
fn report(tongue: Tongue, kept: &str, now: &str) -> bool {
    let (gone, new) = differences(kept, now);
    for line in &gone {
        println!("   {tongue:?} has no longer: {line}");
    }
    for line in &new {
        println!("   {tongue:?} has new: {line}");
    }
    if kept != now {
        println!("   {RENEW}");
    }
    kept == now
}

/// The lines only in the first, and only in the second; each with the type it stands in.
fn differences(kept: &str, now: &str) -> (Vec<String>, Vec<String>) {
    let (kept, now) = (placed(kept), placed(now));
    let only = |from: &[String], other: &[String]| {
        let lines = from.iter().filter(|line| !other.contains(line));
        lines.cloned().collect()
    };
    (only(&kept, &now), only(&now, &kept))
}

fn placed(list: &str) -> Vec<String> {
    let mut place = "";
    let mut lines = Vec::new();
    for line in list.lines() {
        if line.starts_with(' ') {
            lines.push(format!("{place} › {}", line.trim()));
        } else {
            place = line;
            lines.push(line.to_owned());
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_line_is_told_with_its_type() {
        let kept = "class A\n  fun a()\nclass B\n  fun a()\n";
        let now = "class A\n  fun a()\nclass B\n  fun a(b: Int)\n";
        let (gone, new) = differences(kept, now);
        assert_eq!(gone, ["class B › fun a()"]);
        assert_eq!(new, ["class B › fun a(b: Int)"]);
        assert!(!report(Tongue::Kotlin, kept, now));
        assert!(report(Tongue::Kotlin, kept, kept));
    }

    #[test]
    fn the_kept_lists_name_the_core() {
        for (tongue, _, kept) in LISTS {
            let list = fs::read_to_string(kept_at(kept)).expect("a kept list");
            for word in ["Handset", "ConfirmTask", "Wallet", "QssE", "offerPlanes"] {
                assert!(list.contains(word), "{tongue:?}: {word}");
            }
            let inner = ["uniffi", "FfiConverter", "RustBuffer"];
            assert!(inner.iter().all(|word| !list.contains(word)), "{tongue:?}");
        }
    }
}
