//! The same presentations as other cameras, hands and rooms would have shown them.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use quanshengshi_presentations::perturb::Perturbation;
use quanshengshi_presentations::recorded::{Recorded, bytes, sessions};
use quanshengshi_presentations::walk::{Presented, Verdict, WalkError, Walker, challenge};

use crate::face::{percent, upper_percent};

/// What became of all presentations under one perturbation.
#[derive(Default)]
struct Row {
    living: usize,
    refused: usize,
    attacks: usize,
    passed: usize,
    /// Attacks passed by the portal alone, with evidence cut out of the clips.
    alone: usize,
    /// Why living ones were refused, and which attacks passed.
    why: BTreeMap<String, usize>,
    which: BTreeMap<String, usize>,
}

/// What is walked.
pub(crate) struct Chosen {
    /// Sessions of this label; of every label when it is empty.
    pub(crate) label: String,
    /// Perturbations whose name holds this.
    pub(crate) only: String,
    /// At most so many sessions of an attack instrument; of living persons all.
    pub(crate) most: usize,
}

impl Chosen {
    /// The sessions of a file that are walked, in its order.
    fn of(&self, all: Vec<Recorded>) -> Vec<Recorded> {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        all.into_iter()
            .filter(|session| self.label.is_empty() || session.label == self.label)
            .filter(|session| {
                let Some(attack) = &session.attack else {
                    return true;
                };
                let count = counts.entry(attack.clone()).or_default();
                *count += 1;
                *count <= self.most
            })
            .collect()
    }
}

/// A row for each perturbation, then one for each attack instrument over all of them.
pub(crate) fn table(folder: &Path, choice: &Chosen) -> Result<String, WalkError> {
    let walker = Walker::load()?;
    let wanted: Vec<Perturbation> = Perturbation::ALL
        .into_iter()
        .filter(|change| change.name().contains(&choice.only))
        .collect();
    let mut rows: Vec<Row> = wanted.iter().map(|_| Row::default()).collect();
    let mut instruments: BTreeMap<String, [usize; 3]> = BTreeMap::new();
    let chosen = choice.of(sessions(&folder.join("sessions.json"))?);
    for (seed, session) in chosen.into_iter().enumerate() {
        let asked = challenge(&session.id, &session.prompts()?);
        let photo = bytes(&folder.join(&session.id_photo))?;
        let clips = session.clips(folder)?;
        for (change, row) in wanted.iter().zip(&mut rows) {
            let changed = clips
                .iter()
                .map(|clip| change.of(clip, seed as u64))
                .collect::<Result<Vec<_>, _>>()?;
            let presented = walker.capture_from(&asked, &photo, &changed, change.is_mirrored())?;
            // Somebody who cuts evidence out of clips mirrors it back.
            let alone = if session.attack.is_some() && !change.is_mirrored() {
                let forged = walker.forge_from(&asked, &photo, &changed)?;
                forged.verdict == Verdict::Pass
            } else {
                false
            };
            row.add(&session, &presented, alone);
            if let Some(attack) = &session.attack {
                let [count, passed, passed_alone] = instruments.entry(attack.clone()).or_default();
                *count += 1;
                *passed += usize::from(presented.verdict == Verdict::Pass);
                *passed_alone += usize::from(alone);
            }
        }
    }
    let mut text = String::from(
        "| perturbation | living n | refused | BPCER, 95 % bound | why | attacks n | passed | APCER, 95 % bound | which | passed by the portal alone |\n|---|---|---|---|---|---|---|---|---|---|\n",
    );
    for (change, row) in wanted.iter().zip(&rows) {
        let _ = writeln!(
            text,
            "| {} | {} | {} | {}, {} | {} | {} | {} | {}, {} | {} | {} |",
            change.name(),
            row.living,
            row.refused,
            percent(row.refused, row.living),
            upper_percent(row.refused, row.living),
            counted(&row.why),
            row.attacks,
            row.passed,
            percent(row.passed, row.attacks),
            upper_percent(row.passed, row.attacks),
            counted(&row.which),
            row.alone,
        );
    }
    if instruments.is_empty() {
        return Ok(text);
    }
    text += "\n| attack instrument, all perturbations | n | passed | APCER, 95 % bound | passed by the portal alone |\n|---|---|---|---|---|\n";
    for (instrument, [count, passed, alone]) in &instruments {
        let _ = writeln!(
            text,
            "| {instrument} | {count} | {passed} | {}, {} | {alone} |",
            percent(*passed, *count),
            upper_percent(*passed, *count),
        );
    }
    Ok(text)
}

impl Row {
    fn add(&mut self, session: &Recorded, presented: &Presented, alone: bool) {
        let passed = presented.verdict == Verdict::Pass;
        if let Some(attack) = &session.attack {
            self.attacks += 1;
            self.passed += usize::from(passed);
            self.alone += usize::from(alone);
            if passed {
                *self.which.entry(attack.clone()).or_default() += 1;
            }
        } else {
            self.living += 1;
            self.refused += usize::from(!passed);
            if !passed {
                let why = format!("{} {}", session.person, presented.reasons.join(" "));
                *self.why.entry(why).or_default() += 1;
            }
        }
    }
}

fn counted(counts: &BTreeMap<String, usize>) -> String {
    let words: Vec<String> = counts
        .iter()
        .map(|(word, count)| format!("{word} × {count}"))
        .collect();
    words.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_keeps_all_living_and_so_many_of_each_instrument() {
        let session = |attack: Option<&str>| Recorded {
            id: String::new(),
            label: if attack.is_some() { "attack" } else { "live" }.to_owned(),
            attack: attack.map(str::to_owned),
            person: String::new(),
            id_photo: std::path::PathBuf::new(),
            steps: Vec::new(),
        };
        let all = || {
            [None, Some("a"), Some("a"), Some("b"), None]
                .map(session)
                .to_vec()
        };
        let kept = |label: &str, most| {
            let choice = Chosen {
                label: label.to_owned(),
                only: String::new(),
                most,
            };
            choice.of(all()).len()
        };
        assert_eq!((kept("", 1), kept("", usize::MAX)), (4, 5));
        assert_eq!((kept("live", 1), kept("attack", 1)), (2, 2));
    }
}
