//! Face capture and appraisal on a folder of recorded persons: error rates with their bounds,
//! tracking, angles, and time.

mod bound;
mod comparison;
mod orders;
mod pace;
pub(crate) mod sheet;
pub(crate) mod stress;
mod tracking;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use quanshengshi_presentations::recorded::sessions;
use quanshengshi_presentations::walk::{Presented, Verdict, WalkError, Walker};

use crate::clock;
use crate::face::bound::upper;

/// What presentations of one kind came to.
#[derive(Debug, Default)]
struct Tally {
    count: usize,
    passed: usize,
    reviewed: usize,
    silent: usize,
    finished: usize,
    alone: usize,
}

impl Tally {
    fn add(&mut self, presented: &Presented) {
        self.count += 1;
        self.passed += usize::from(presented.verdict == Verdict::Pass);
        self.reviewed += usize::from(presented.verdict == Verdict::Review);
        self.silent += usize::from(!presented.responded);
        self.finished += usize::from(presented.captured);
    }
}

/// The tables; `cues` adds a line a session with every value measured.
pub(crate) fn table(folder: &Path, cues: bool) -> Result<String, WalkError> {
    let start = clock::cpu_ms();
    let walker = Walker::load()?;
    let loaded = clock::cpu_ms() - start;
    let mut text = String::new();
    let mut kinds: BTreeMap<String, Tally> = BTreeMap::new();
    for session in sessions(&folder.join("sessions.json"))? {
        let kind = session.attack.clone().unwrap_or_else(|| "live".to_owned());
        let presented = walker.present(folder, &session)?;
        let tally = kinds.entry(kind).or_default();
        tally.add(&presented);
        let forged = walker.forge(folder, &session)?;
        tally.alone += usize::from(forged.verdict == Verdict::Pass);
        if cues {
            let _ = write!(
                text,
                "{}: {} {}; portal alone {} {}",
                session.id,
                presented.verdict.word(),
                presented.reasons.join(" "),
                forged.verdict.word(),
                forged.reasons.join(" ")
            );
            for (by, presented) in [("phone", &presented), ("alone", &forged)] {
                let _ = write!(text, "; {by}");
                for measured in &presented.cues {
                    let _ = write!(text, " {}={:.3}", measured.cue.word(), measured.value);
                }
            }
            text.push('\n');
        }
    }
    let live = kinds.remove("live").unwrap_or_default();
    let refused = live.count - live.passed;
    text += "| bona fide | n | refused | BPCER | 95 % bound | of these to people | no response | refused by the portal alone |\n|---|---|---|---|---|---|---|---|\n";
    let _ = writeln!(
        text,
        "| live | {} | {refused} | {} | {} | {} | {} | {} |\n",
        live.count,
        percent(refused, live.count),
        upper_percent(refused, live.count),
        live.reviewed,
        live.silent,
        live.count - live.alone,
    );
    text += "| attack instrument | n | passed | APCER | 95 % bound | to people | no response | finished on the phone | passed by the portal alone |\n|---|---|---|---|---|---|---|---|---|\n";
    for (kind, tally) in &kinds {
        let _ = writeln!(
            text,
            "| {kind} | {} | {} | {} | {} | {} | {} | {} | {} |",
            tally.count,
            tally.passed,
            percent(tally.passed, tally.count),
            upper_percent(tally.passed, tally.count),
            tally.reviewed,
            tally.silent,
            tally.finished,
            tally.alone,
        );
    }
    text.push('\n');
    text += &comparison::table(&walker, folder)?;
    text.push('\n');
    text += &orders::table(&walker, folder)?;
    text.push('\n');
    text += &tracking::table(&walker, folder)?;
    let _ = writeln!(text, "\nnetworks loaded in {loaded:.1} ms CPU");
    text += &pace::line(&walker, folder)?;
    Ok(text)
}

fn percent(part: usize, whole: usize) -> String {
    format!("{:.1} %", 100.0 * part as f64 / whole.max(1) as f64)
}

/// The 95 % upper bound of a rate.
fn upper_percent(part: usize, whole: usize) -> String {
    format!("{:.1} %", 100.0 * upper(part, whole))
}
