//! What a reader made of the pictures, by kind.

use std::collections::BTreeMap;

use crate::scan::Picture;
use crate::scan::readers::Reading;

/// The kind that holds all others.
const ALL: &str = "all";

/// Counts of one kind of pictures.
#[derive(Default)]
pub(crate) struct Tally {
    pictures: usize,
    pub(crate) read: usize,
    pub(crate) wrong: usize,
    panics: usize,
    /// CPU milliseconds of single offers.
    times: Vec<f64>,
}

/// Counts by kind.
#[derive(Default)]
pub(crate) struct Tallies {
    kinds: BTreeMap<String, Tally>,
}

impl Tallies {
    /// Counts a reading; `missed`, `wrong` or `panicked` when it was not as it should be.
    pub(crate) fn add(&mut self, picture: &Picture, reading: &Reading) -> Option<&'static str> {
        let is_right = |text: &String| picture.text.as_ref().is_some_and(|known| same(text, known));
        let read = reading.texts.iter().any(is_right);
        let wrong = !reading.texts.iter().all(is_right);
        for kind in [picture.kind.as_str(), ALL] {
            let tally = self.kinds.entry(kind.to_owned()).or_default();
            tally.pictures += 1;
            tally.read += usize::from(read);
            tally.wrong += usize::from(wrong);
            tally.panics += usize::from(reading.panicked);
            tally.times.extend(&reading.times);
        }
        if reading.panicked {
            Some("panicked")
        } else if wrong {
            Some("wrong")
        } else {
            (!read && picture.text.is_some()).then_some("missed")
        }
    }

    /// CPU milliseconds of everything so far.
    pub(crate) fn spent(&self) -> f64 {
        self.kinds
            .get(ALL)
            .map_or(0.0, |all| all.times.iter().sum())
    }

    /// The counts over all kinds.
    #[cfg(test)]
    pub(crate) fn whole(&self) -> &Tally {
        &self.kinds[ALL]
    }

    /// A Markdown table, a row a kind.
    pub(crate) fn table(&self, name: &str) -> String {
        let mut lines = vec![
            format!("| {name} | read | % | wrong | panics | median ms | p95 | worst |"),
            "|---|---|---|---|---|---|---|---|".to_owned(),
        ];
        for (kind, tally) in &self.kinds {
            let mut times = tally.times.clone();
            times.sort_by(f64::total_cmp);
            let at = |share: usize| {
                let place = times.len().saturating_sub(1) * share / 100;
                times.get(place).copied().unwrap_or_default()
            };
            let share = 100.0 * tally.read as f64 / tally.pictures.max(1) as f64;
            lines.push(format!(
                "| {kind} | {}/{} | {share:.1} | {} | {} | {:.1} | {:.1} | {:.1} |",
                tally.read,
                tally.pictures,
                tally.wrong,
                tally.panics,
                at(50),
                at(95),
                at(100)
            ));
        }
        lines.push(String::new());
        lines.join("\n")
    }
}

/// Line ends and blanks at the end are the file's, not the code's.
fn same(text: &str, known: &str) -> bool {
    text.replace("\r\n", "\n").trim_end() == known.replace("\r\n", "\n").trim_end()
}
