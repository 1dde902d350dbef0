//! One line and one record for each step of the demo.

use std::fs;
use std::io;
use std::path::Path;
use std::pin::Pin;
use std::time::{Duration, Instant};

use serde::Serialize;

use crate::out;

/// One step as it stands in `report.json`.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct StepRecord {
    /// Its name.
    pub(crate) step: String,
    /// Whether it held.
    pub(crate) ok: bool,
    /// How long it took, in milliseconds.
    pub(crate) ms: u64,
    /// What was seen.
    pub(crate) detail: String,
}

/// The steps so far.
#[derive(Debug)]
pub(crate) struct Report {
    start: Instant,
    steps: Vec<StepRecord>,
}

impl Report {
    pub(crate) fn new() -> Self {
        Self {
            start: Instant::now(),
            steps: Vec::new(),
        }
    }

    /// Does a step, prints its line, keeps its record. Boxed at once: the futures of steps are
    /// large, and there is one of them at a time.
    pub(crate) fn step<'a, T, E, W>(
        &'a mut self,
        name: &'a str,
        work: W,
    ) -> Pin<Box<dyn Future<Output = Result<T, E>> + 'a>>
    where
        E: std::error::Error + 'a,
        T: 'a,
        W: Future<Output = Result<(T, String), E>> + 'a,
    {
        Box::pin(async move {
            let start = Instant::now();
            let result = work.await;
            let detail = match &result {
                Ok((_, detail)) => detail.clone(),
                Err(error) => with_sources(error),
            };
            self.keep(name, result.is_ok(), start.elapsed(), &detail);
            result.map(|(value, _)| value)
        })
    }

    fn keep(&mut self, name: &str, ok: bool, took: Duration, detail: &str) {
        let mark = if ok { "✓" } else { "✗" };
        out::line(format_args!("{mark} {:>6} ms  {name}", took.as_millis()));
        for line in detail.lines() {
            out::line(format_args!("             {line}"));
        }
        self.steps.push(StepRecord {
            step: name.to_owned(),
            ok,
            ms: u64::try_from(took.as_millis()).unwrap_or(u64::MAX),
            detail: detail.to_owned(),
        });
    }

    /// Whether every step held.
    pub(crate) fn held(&self) -> bool {
        self.steps.iter().all(|step| step.ok)
    }

    /// Writes `report.json` and prints the sum.
    pub(crate) fn close(&self, folder: &Path) -> io::Result<()> {
        let json = serde_json::to_string_pretty(&self.steps)?;
        fs::write(folder.join("report.json"), json + "\n")?;
        let held = self.steps.iter().filter(|step| step.ok).count();
        let took = self.start.elapsed().as_secs_f32();
        out::line(format_args!(
            "{held} of {} steps held, {took:.1} s in all",
            self.steps.len()
        ));
        out::line(format_args!("report and pictures: {}", folder.display()));
        Ok(())
    }
}

/// An error and everything behind it, in one line.
fn with_sources(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(inner) = source {
        let inner_text = inner.to_string();
        if !text.contains(&inner_text) {
            text.push_str(": ");
            text.push_str(&inner_text);
        }
        source = inner.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_step_that_fails_is_kept_with_its_cause_and_the_report_does_not_hold() {
        let mut report = Report::new();
        let good: Result<u8, io::Error> = report
            .step("good", async { Ok((7, "seen".to_owned())) })
            .await;
        assert_eq!(good.unwrap(), 7);
        assert!(report.held());
        let bad: Result<(), io::Error> = report
            .step("bad", async { Err(io::Error::other("no disk")) })
            .await;
        assert!(bad.is_err() && !report.held());
        let folder = tempfile::tempdir().unwrap();
        report.close(folder.path()).unwrap();
        let text = fs::read_to_string(folder.path().join("report.json")).unwrap();
        let steps: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(steps[0]["ok"], true);
        assert_eq!(steps[1]["detail"], "no disk");
    }
}
