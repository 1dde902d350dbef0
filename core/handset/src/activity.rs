//! What was done with this phone, and the portal's signed word for it (protocol 5.9).
//!
//! Every task that was claimed here leaves an entry: what was asked, when, from which computer, how
//! it ended. The portal's receipt and its last outcome are kept beside it with their signatures, so
//! that an entry can be proven later, and are verified again each time the log is read. All texts
//! are the masked ones of the transaction; there are no frames and no full numbers.
//!
//! | room | gives |
//! |---|---|
//! | [`entry`] | an entry as it is stored |
//! | `log` | what the flows write |

pub mod entry;
pub(crate) mod log;

use quanshengshi_certificate::record::calendar::Moment;
use quanshengshi_protocol::canonical::CanonicalError;
use quanshengshi_protocol::ids::Digest;
use quanshengshi_protocol::outcome::Outcome;
use quanshengshi_protocol::receipt::ClaimReceipt;
use quanshengshi_protocol::statement::Statement as _;
use quanshengshi_protocol::transaction::Transaction;
use quanshengshi_rules::language::Language;

use crate::activity::entry::{Ending, LogEntry};
use crate::activity::log::names;
use crate::handset::Handset;
use crate::portal_keys::PortalKeys;
use crate::state::{StateError, read};

/// The most entries; the oldest make room.
pub const MOST_ENTRIES: usize = 500;

/// One entry of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Activity {
    /// What was asked.
    pub transaction: Transaction,
    /// Portal time of the claim, milliseconds since 1970.
    pub claimed_at_ms: u64,
    /// Portal time of the last decision, when there was one.
    pub decided_at_ms: Option<u64>,
    /// How it ended.
    pub ending: Ending,
    /// Whether its certificates were kept on this phone.
    pub kept: bool,
    /// Whether the portal's keys vouch for receipt and outcome now.
    pub proven: bool,
    /// Digest of the receipt: what to quote when an entry is asked about.
    pub receipt: Digest,
}

impl Activity {
    fn of(entry: &LogEntry, keys: &PortalKeys) -> Result<Self, StateError> {
        let proven_receipt = keys.verify(&entry.receipt);
        let proven_outcome = entry.outcome.as_ref().map(|signed| keys.verify(signed));
        let proven = proven_receipt.is_ok() && !matches!(proven_outcome, Some(Err(_)));
        // A key that was retired since takes the proof away, not the memory.
        let malformed = |_| CanonicalError::Value { tag: 1 };
        let receipt = match proven_receipt {
            Ok(receipt) => receipt,
            Err(_) => ClaimReceipt::parse(entry.receipt.bytes()).map_err(malformed)?,
        };
        let decided = match (&entry.outcome, proven_outcome) {
            (_, Some(Ok(outcome))) => Some(outcome.decided_at_ms),
            (Some(signed), _) => Outcome::parse(signed.bytes())
                .ok()
                .map(|outcome| outcome.decided_at_ms),
            (None, _) => None,
        };
        Ok(Self {
            claimed_at_ms: receipt.issued_at_ms,
            transaction: receipt.transaction,
            decided_at_ms: decided,
            ending: entry.ending,
            kept: entry.kept,
            proven,
            receipt: Digest::of(entry.receipt.bytes()),
        })
    }

    /// What was asked, in words.
    pub fn title(&self, language: Language) -> String {
        self.transaction.consent_text(language).title
    }

    /// From which computer, in words.
    pub fn place(&self) -> String {
        let pc = &self.transaction.pc;
        let parts = [&pc.browser, &pc.system, &pc.place, &pc.network];
        let told: Vec<&str> = parts
            .into_iter()
            .map(String::as_str)
            .filter(|part| !part.is_empty())
            .collect();
        told.join(" · ")
    }
}

impl Handset {
    /// What was done with this phone, newest first. Needs no network.
    ///
    /// # Errors
    /// [`StateError::Vault`], [`StateError::Malformed`].
    ///
    /// # Cancellation
    /// Harmless.
    pub async fn activity(&self) -> Result<Vec<Activity>, StateError> {
        let keys = self.inner.device.portal_keys.clone();
        self.inner
            .device
            .state
            .on_vault(move |vault| {
                let mut entries = Vec::new();
                for name in names(vault)? {
                    if let Some(body) = read(vault, &name)? {
                        entries.push(Activity::of(&LogEntry::parse(&body)?, &keys)?);
                    }
                }
                entries.sort_by_key(|entry| std::cmp::Reverse(entry.claimed_at_ms));
                Ok(entries)
            })
            .await
    }

    /// The log as plain text for the person to keep or to send, newest first.
    ///
    /// # Errors
    /// As [`Handset::activity`].
    ///
    /// # Cancellation
    /// Harmless.
    pub async fn export_activity(&self, language: Language) -> Result<String, StateError> {
        let entries = self.activity().await?;
        let mut out = format!(
            "{}\n",
            language.pick("全省事 · 记录", "Quanshengshi · activity")
        );
        for entry in &entries {
            out.push_str(&written(entry, language));
        }
        Ok(out)
    }
}

/// One entry as text.
fn written(entry: &Activity, language: Language) -> String {
    let minute = |ms: u64| {
        Moment::from_unix_seconds(ms / 1000).map_or_else(|_| "-".to_owned(), Moment::on_face)
    };
    let label = |zh, en| language.pick(zh, en);
    let text = entry.transaction.consent_text(language);
    let mut lines = vec![format!("{}  {}", minute(entry.claimed_at_ms), text.title)];
    let facts = text.lines.into_iter();
    lines.extend(facts.map(|line| format!("  {}：{}", line.label, line.value)));
    let mut ending = vec![entry.ending.text(language).to_owned()];
    ending.extend(
        entry
            .ending
            .reason()
            .map(|code| code.text(language).to_owned()),
    );
    ending.extend(entry.decided_at_ms.map(minute));
    lines.push(format!(
        "  {}：{}",
        label("结果", "Result"),
        ending.join(" ")
    ));
    let proof = if entry.proven {
        label("服务器签名有效", "signed by the portal")
    } else {
        label(
            "服务器签名无法核验",
            "the portal's signature cannot be checked",
        )
    };
    lines.push(format!(
        "  {}：{} · {proof}",
        label("回执", "Receipt"),
        entry.receipt
    ));
    format!("\n{}\n", lines.join("\n"))
}

#[cfg(test)]
mod tests;
