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

/// A row for each perturbation whose name holds `only`, over the sessions whose label is `label`
/// (both, when it is empty).
pub(crate) fn table(folder: &Path, label: &str, only: &str) -> Result<String, WalkError> {
    let walker = Walker::load()?;
    let wanted: Vec<Perturbation> = Perturbation::ALL
        .into_iter()
        .filter(|change| change.name().contains(only))
        .collect();
    let mut rows: Vec<Row> = wanted.iter().map(|_| Row::default()).collect();
    let chosen = sessions(&folder.join("sessions.json"))?
        .into_iter()
        .filter(|session| label.is_empty() || session.label == label);
    for (seed, session) in chosen.enumerate() {
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
