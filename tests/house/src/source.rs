//! What the sources say: `use` lines, `lib.rs`, the size of a room.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The most lines of a file; lines of tests count half.
pub const MOST_LINES: usize = 500;

/// Every Rust file below a folder, except what is built.
///
/// # Errors
/// What the file system gives.
pub fn rust_files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    files_of(folder, "rs")
}

/// Every file below a folder whose name ends so, but for what was built.
///
/// # Errors
/// As `rust_files`.
pub fn files_of(folder: &Path, ending: &str) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            if !path.ends_with("target") {
                files.extend(files_of(&path, ending)?);
            }
        } else if path
            .extension()
            .is_some_and(|extension| extension == ending)
        {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// Names of our crates that a text mentions outside comments, without the prefix.
pub fn rooms_named(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    for line in text
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
    {
        let mut rest = line;
        while let Some(at) = rest.find("quanshengshi_") {
            rest = &rest[at + "quanshengshi_".len()..];
            let end = rest.find(|sign: char| !sign.is_ascii_alphanumeric() && sign != '_');
            let name = &rest[..end.unwrap_or(rest.len())];
            if rest[name.len()..].starts_with("::") {
                names.push(name.to_owned());
            }
        }
    }
    names
}

/// Lines of a file, those of its test module counted half. The path is the one below the top.
pub fn weighed_lines(path: &Path, text: &str) -> usize {
    let all = text.lines().count();
    let tests_only = path.components().any(|part| {
        let part = part.as_os_str();
        part == "tests" || part == "tests.rs"
    });
    if tests_only {
        return all / 2;
    }
    let code = text
        .lines()
        .take_while(|line| !line.starts_with("#[cfg(test)]"))
        .count();
    code + (all - code) / 2
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manifest::top;
    use crate::plan::ROOMS;

    #[test]
    fn the_reader_of_use_lines_sees_what_it_should() {
        // The prefix is put in apart, or this very file would name rooms.
        let text = "use PREFIXvault::vault::Vault;\n// PREFIXscan::x\nlet a = PREFIXface::x();";
        let text = text.replace("PREFIX", concat!("quanshengshi", "_"));
        assert_eq!(rooms_named(&text), ["vault", "face"]);
    }

    #[test]
    fn no_use_line_crosses_a_wall() {
        for room in ROOMS {
            for file in rust_files(&top().join(room.folder)).unwrap() {
                let inner = ROOMS.iter().any(|other| {
                    other.folder.starts_with(&format!("{}/", room.folder))
                        && file.starts_with(top().join(other.folder))
                });
                if inner {
                    continue;
                }
                let text = fs::read_to_string(&file).unwrap();
                for name in rooms_named(&text) {
                    let known = name == room.name
                        || room.sees.contains(&name.as_str())
                        || room.sees_in_tests.contains(&name.as_str());
                    assert!(known, "{} names {name}", file.display());
                }
            }
        }
    }

    #[test]
    fn the_front_door_of_a_crate_defines_nothing() {
        let defining = [
            "fn ",
            "struct ",
            "enum ",
            "trait ",
            "impl ",
            "const ",
            "static ",
            "type ",
            "macro_rules",
        ];
        for room in ROOMS {
            let path = top().join(room.folder).join("src/lib.rs");
            let Ok(text) = fs::read_to_string(&path) else {
                continue;
            };
            for line in text.lines() {
                let bare = line
                    .trim_start_matches("pub ")
                    .trim_start_matches("pub(crate) ");
                let defines = defining.iter().any(|word| bare.starts_with(word));
                assert!(!defines, "{} defines something: {line}", path.display());
                assert!(
                    !line.starts_with("pub use "),
                    "{} re-exports: {line}",
                    path.display()
                );
            }
        }
    }

    #[test]
    fn no_room_is_larger_than_a_reader_can_hold() {
        for room in ROOMS {
            for file in rust_files(&top().join(room.folder)).unwrap() {
                let inside = file.strip_prefix(top()).unwrap();
                let lines = weighed_lines(inside, &fs::read_to_string(&file).unwrap());
                assert!(lines <= MOST_LINES, "{} has {lines} lines", file.display());
            }
        }
    }

    #[test]
    fn the_top_of_the_tree_holds_what_the_map_names() {
        let allowed = [
            "Cargo.lock",
            "Cargo.toml",
            "LICENSE",
            "README.md",
            "android",
            "bindings",
            "clippy.toml",
            "core",
            "desktop",
            "docs",
            "ios",
            "portal",
            "rust-toolchain.toml",
            "rustfmt.toml",
            "target",
            "tests",
            "uniffi.toml",
        ];
        for entry in fs::read_dir(top()).unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            let known = name.starts_with('.') || allowed.contains(&name.as_str());
            assert!(known, "{name} stands at the top");
        }
    }
}
