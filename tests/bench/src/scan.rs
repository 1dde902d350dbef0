//! Our scanner beside the readers a developer could pick today.
//!
//! `scan` takes photos of a screen that are drawn here; `scan FOLDER…` takes any pictures, `x.jpg`
//! with its text in `x.txt` (one without is to give nothing), the kind being the name of the folder;
//! `scan --sequences FOLDER…` takes each folder as the frames of one video.

mod drawn;
mod folder;
mod python;
mod readers;
mod sequences;
mod tally;

use std::path::PathBuf;

use crate::scan::folder::pictures;
use crate::scan::readers::{READERS, Reading};
use crate::scan::tally::Tallies;

/// CPU milliseconds a reader gets for all pictures; single frames of rqrr have taken half a minute.
const BUDGET_MS: f64 = 600_000.0;

/// A picture to read.
pub(crate) struct Picture {
    pub(crate) kind: String,
    pub(crate) name: String,
    pub(crate) luma: quanshengshi_frame::luma::Luma,
    /// None when there is nothing to read.
    pub(crate) text: Option<String>,
}

/// Markdown tables, one a reader.
pub(crate) fn table(arguments: &[String]) -> String {
    match arguments {
        [] => tables(drawn::pictures(drawn::HANDS)),
        [word, folders @ ..] if word == "--sequences" => sequences::table(folders),
        folders => {
            let folders: Vec<PathBuf> = folders.iter().map(PathBuf::from).collect();
            let mut text = tables(pictures(&folders));
            text.push_str(&python::tables(&folders));
            text
        }
    }
}

fn tables(pictures: impl Iterator<Item = Picture>) -> String {
    let mut tallies: Vec<Tallies> = READERS.iter().map(|_| Tallies::default()).collect();
    let mut notes = Vec::new();
    for picture in pictures {
        for ((name, read), tallies) in READERS.iter().zip(&mut tallies) {
            if tallies.spent() > BUDGET_MS {
                continue;
            }
            let reading = Reading::of(*read, &picture.luma);
            let judged = tallies.add(&picture, &reading);
            if let Some(judged) = judged.filter(|judged| *name == "ours" || *judged == "wrong") {
                notes.push(format!("{name}: {judged} {}\n", picture.name));
            }
        }
    }
    let named = READERS.iter().zip(&tallies);
    let tables: Vec<String> = named.map(|((name, _), tally)| tally.table(name)).collect();
    format!("{}\n{}", notes.concat(), tables.join("\n"))
}

#[cfg(test)]
mod tests {
    use std::thread;

    use super::*;

    #[test]
    fn ours_reads_what_it_has_read_before_and_more_than_any_other() {
        let pictures: Vec<Picture> = drawn::pictures(15).collect();
        // One of the others takes longer than the rest together, so each has a thread of its own.
        let mut read: Vec<(usize, &str)> = thread::scope(|scope| {
            let reading = READERS.map(|(name, reader)| {
                let pictures = &pictures;
                scope.spawn(move || {
                    let mut tallies = Tallies::default();
                    for picture in pictures {
                        tallies.add(picture, &Reading::of(reader, &picture.luma));
                    }
                    let whole = tallies.whole();
                    assert_eq!(whole.wrong, 0, "{name}");
                    (whole.read, name)
                })
            });
            reading
                .into_iter()
                .map(|reader| reader.join().expect("no reader fails"))
                .collect()
        });
        let (ours, name) = read.remove(0);
        assert_eq!(name, "ours");
        assert!(ours >= 12, "ours reads {ours} of 15");
        assert!(
            read.iter().all(|(count, _)| *count < ours),
            "{ours}, {read:?}"
        );
    }
}
