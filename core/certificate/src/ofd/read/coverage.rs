//! Which entries of a package its signatures cover, for whoever draws it.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use super::document::Ofd;
use crate::seal::verify::{SealReport, Verdict, judge_integrity};

/// What may be shown as sealed.
#[derive(Debug, Clone)]
pub(crate) enum Coverage {
    /// The file carries no signature: nothing of it claims to be sealed.
    Unsigned,
    /// Everything but these entries is covered by a signature that holds.
    Bare(BTreeSet<String>),
}

impl Coverage {
    fn of(report: &SealReport) -> Self {
        match report.verdict {
            Verdict::Unsigned => Self::Unsigned,
            _ => Self::Bare(report.uncovered.iter().cloned().collect()),
        }
    }

    /// Whether an entry may be shown as it is.
    pub(crate) fn holds(&self, entry: &str) -> bool {
        match self {
            Self::Unsigned => true,
            Self::Bare(bare) => !bare.contains(entry),
        }
    }
}

/// Found out when a page is first drawn, once for a document.
pub(super) type Judged = OnceLock<Coverage>;

impl Ofd {
    /// The document, drawn by a verdict that was reached over the same bytes.
    ///
    /// Without it the first page that is drawn has the signatures judged: whether they hold, not who
    /// stands behind them.
    #[must_use]
    pub fn judged(mut self, report: &SealReport) -> Self {
        self.judged = Judged::from(Coverage::of(report));
        self
    }

    pub(crate) fn coverage(&self) -> &Coverage {
        self.judged
            .get_or_init(|| Coverage::of(&judge_integrity(&self.archive)))
    }
}
