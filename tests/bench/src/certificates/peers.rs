//! The other readers, each in a process of its own.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::Times;

pub(super) const READERS: [&str; 3] = ["ofdrw", "sofd", "ofd-core"];

/// What the peers said.
#[derive(Debug, Default)]
pub(super) struct Peers {
    pub(super) times: Times,
    /// Who is left out and why.
    pub(super) notes: Vec<String>,
}

/// Runs every peer that is here; ofdrw leaves its pictures in `out`.
pub(super) fn run(
    files: &[PathBuf],
    px_per_mm: f32,
    repeats: u32,
    font: &str,
    out: &Path,
) -> Peers {
    let mut peers = Peers::default();
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let numbers = [px_per_mm.to_string(), repeats.to_string()];
    let mut rust = Command::new("cargo");
    rust.args(["run", "--release", "--quiet", "--manifest-path"])
        .arg(here.join("peers/Cargo.toml"))
        .arg("--")
        .args(&numbers)
        .args(files);
    peers.take("sofd and ofd-core", &mut rust);
    let _ = fs::create_dir_all(out);
    let words: Vec<String> = numbers
        .into_iter()
        .chain([font.to_owned(), out.display().to_string()])
        .chain(files.iter().map(|file| file.display().to_string()))
        .collect();
    let mut java = Command::new("mvn");
    java.args(["--quiet", "--batch-mode", "--file"])
        .arg(here.join("ofdrw/pom.xml"))
        .args(["compile", "exec:java", "-Dexec.mainClass=Pages"])
        .arg(format!("-Dexec.args={}", words.join(" ")));
    peers.take("ofdrw", &mut java);
    peers
}

impl Peers {
    fn take(&mut self, name: &str, command: &mut Command) {
        let said = match command.output() {
            Ok(output) if output.status.success() => output.stdout,
            Ok(output) => {
                let error = String::from_utf8_lossy(&output.stderr);
                let last = error.lines().last().unwrap_or("").to_owned();
                self.notes.push(format!("{name} is left out: {last}"));
                return;
            }
            Err(error) => {
                self.notes.push(format!("{name} is left out: {error}"));
                return;
            }
        };
        for line in String::from_utf8_lossy(&said).lines() {
            // Maven ends its colours before the first line, whether or not it used any.
            let line = line.trim_start_matches("\u{1b}[0m");
            let words: Vec<&str> = line.split('\t').collect();
            let [reader, file, page, cost] = words[..] else {
                continue;
            };
            let Ok(page) = page.parse() else { continue };
            let cost = cost.parse().map_err(|_| cost.to_owned());
            let times = self.times.entry(reader.to_owned()).or_default();
            times.insert((file.to_owned(), page), cost);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_line_counts_behind_what_ends_colours() {
        let mut peers = Peers::default();
        let lines = "\u{1b}[0m\u{1b}[0mofdrw\tgood\t0\t82.30\nofdrw\tgood\t1\trefused: no\n";
        peers.take("ofdrw", Command::new("printf").args(["%s", lines]));
        let ofdrw = &peers.times["ofdrw"];
        assert_eq!(ofdrw[&("good".to_owned(), 0)], Ok(82.30));
        assert_eq!(
            ofdrw[&("good".to_owned(), 1)],
            Err("refused: no".to_owned())
        );
    }
}
