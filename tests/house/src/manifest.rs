//! The edges that the manifests draw.

use std::fs;
use std::path::{Path, PathBuf};

/// What a manifest asks for.
#[derive(Debug, Default)]
pub struct Edges {
    /// Names under `[dependencies]` and `[build-dependencies]`.
    pub ships: Vec<String>,
    /// Names under `[dev-dependencies]`.
    pub tests: Vec<String>,
}

/// Why a manifest could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ManifestError {
    /// The file cannot be read.
    #[error("{0} cannot be read")]
    Read(PathBuf, #[source] std::io::Error),
    /// The file is not TOML.
    #[error("{0} is not TOML")]
    Parse(PathBuf, #[source] Box<toml::de::Error>),
}

/// The top of the workspace.
pub fn top() -> PathBuf {
    // By parents, so that no part of the path is called "tests" but those below the top.
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).unwrap_or(here).to_owned()
}

/// Reads a manifest as a table.
///
/// # Errors
/// [`ManifestError`] by variant.
pub fn table(path: &Path) -> Result<toml::Table, ManifestError> {
    let text =
        fs::read_to_string(path).map_err(|error| ManifestError::Read(path.to_owned(), error))?;
    toml::from_str(&text).map_err(|error| ManifestError::Parse(path.to_owned(), Box::new(error)))
}

/// The edges of the crate in a folder.
///
/// # Errors
/// [`ManifestError`] by variant.
pub fn edges(folder: &str) -> Result<Edges, ManifestError> {
    let manifest = table(&top().join(folder).join("Cargo.toml"))?;
    let mut edges = Edges::default();
    collect(&manifest, &mut edges);
    if let Some(targets) = manifest.get("target").and_then(toml::Value::as_table) {
        for target in targets.values().filter_map(toml::Value::as_table) {
            collect(target, &mut edges);
        }
    }
    Ok(edges)
}

fn collect(manifest: &toml::Table, edges: &mut Edges) {
    let names = |section: &str| -> Vec<String> {
        let table = manifest.get(section).and_then(toml::Value::as_table);
        table
            .map(|table| table.keys().cloned().collect())
            .unwrap_or_default()
    };
    edges.ships.extend(names("dependencies"));
    edges.ships.extend(names("build-dependencies"));
    edges.tests.extend(names("dev-dependencies"));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::{DOORS, ROOMS, find};

    const PREFIX: &str = "quanshengshi-";

    #[test]
    fn every_member_is_a_room_of_the_plan_and_every_room_a_member() {
        let manifest = table(&top().join("Cargo.toml")).unwrap();
        let members = manifest["workspace"]["members"].as_array().unwrap();
        let members: Vec<&str> = members
            .iter()
            .map(|member| member.as_str().unwrap())
            .collect();
        let planned: Vec<&str> = ROOMS.iter().map(|room| room.folder).collect();
        for member in &members {
            assert!(planned.contains(member), "{member} is not in the plan");
        }
        for folder in &planned {
            assert!(members.contains(folder), "{folder} is not a member");
        }
    }

    #[test]
    fn a_package_is_named_after_its_room() {
        for room in ROOMS {
            let manifest = table(&top().join(room.folder).join("Cargo.toml")).unwrap();
            let name = manifest["package"]["name"].as_str().unwrap();
            assert_eq!(name, format!("{PREFIX}{}", room.name));
            let lints = &manifest["lints"]["workspace"];
            assert_eq!(
                lints.as_bool(),
                Some(true),
                "{name} keeps the lints of the workspace"
            );
        }
    }

    #[test]
    fn no_edge_between_rooms_that_is_not_in_the_plan() {
        for room in ROOMS {
            let edges = edges(room.folder).unwrap();
            for name in edges
                .ships
                .iter()
                .filter_map(|name| name.strip_prefix(PREFIX))
            {
                assert!(
                    room.sees.contains(&name),
                    "{} must not see {name}",
                    room.name
                );
            }
            for name in edges
                .tests
                .iter()
                .filter_map(|name| name.strip_prefix(PREFIX))
            {
                let allowed = room.sees.contains(&name) || room.sees_in_tests.contains(&name);
                assert!(allowed, "the tests of {} must not see {name}", room.name);
            }
        }
    }

    #[test]
    fn an_outside_crate_comes_in_through_its_door() {
        for room in ROOMS {
            let edges = edges(room.folder).unwrap();
            for (outside, doors, test_doors) in DOORS {
                let ships = edges.ships.iter().any(|name| name == outside);
                // The bench is a test as a whole.
                let door = doors.contains(&room.name)
                    || (room.name == "bench" && test_doors.contains(&"bench"));
                assert!(!ships || door, "{} must not name {outside}", room.name);
                let tests = edges.tests.iter().any(|name| name == outside);
                let door = door || test_doors.contains(&room.name);
                assert!(
                    !tests || door,
                    "the tests of {} must not name {outside}",
                    room.name
                );
            }
        }
    }

    #[test]
    fn the_plan_has_no_circle() {
        fn depth(name: &str, path: &mut Vec<String>) {
            assert!(
                !path.iter().any(|item| item == name),
                "circle {path:?} → {name}"
            );
            path.push(name.to_owned());
            for next in find(name).unwrap().sees {
                depth(next, path);
            }
            path.pop();
        }
        for room in ROOMS {
            depth(room.name, &mut Vec::new());
        }
    }
}
