//! What was done with this phone, and the portal's signed word for it (protocol 5.9).
//!
//! Every task that was claimed here leaves an entry: what was asked, when, from which computer, how
//! it ended. The portal's receipt and its last outcome are kept beside it with their signatures, so
//! that an entry can be proven later, and are verified again each time the log is read. All texts
//! are the masked ones of the transaction; there are no frames and no full numbers.

use quanshengshi_certificate::record::calendar::Moment;
use quanshengshi_protocol::canonical::{CanonicalError, Reader, Writer};
use quanshengshi_protocol::consent::Decision;
use quanshengshi_protocol::ids::{Digest, TaskId};
use quanshengshi_protocol::outcome::{Outcome, Verdict};
use quanshengshi_protocol::receipt::ClaimReceipt;
use quanshengshi_protocol::refusal::RefusalCode;
use quanshengshi_protocol::statement::{Signed, Statement as _};
use quanshengshi_protocol::states::TaskState;
use quanshengshi_protocol::transaction::Transaction;
use quanshengshi_rules::language::Language;
use quanshengshi_vault::vault::Vault;

use crate::handset::Handset;
use crate::portal_keys::PortalKeys;
use crate::state::{StateError, StateStore, put, read};

/// The most entries; the oldest make room.
pub const MOST_ENTRIES: usize = 500;
const LOG: &str = "log/";

/// How a task ended, as far as this phone knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// Not yet, or not told to this phone.
    Open,
    /// The PC could go on.
    Approved,
    /// The person said that it was somebody else.
    NotMe,
    /// The person changed their mind.
    Declined,
    /// No attempts were left.
    Failed(Option<RefusalCode>),
    /// People decide.
    Review(Option<RefusalCode>),
    /// A time limit passed.
    Expired,
    /// The PC gave up.
    Cancelled,
}

impl Ending {
    fn code(self) -> u8 {
        match self {
            Self::Open => 1,
            Self::Approved => 2,
            Self::NotMe => 3,
            Self::Declined => 4,
            Self::Failed(_) => 5,
            Self::Review(_) => 6,
            Self::Expired => 7,
            Self::Cancelled => 8,
        }
    }

    fn from_code(code: u8, reason: Option<RefusalCode>) -> Option<Self> {
        Some(match code {
            1 => Self::Open,
            2 => Self::Approved,
            3 => Self::NotMe,
            4 => Self::Declined,
            5 => Self::Failed(reason),
            6 => Self::Review(reason),
            7 => Self::Expired,
            8 => Self::Cancelled,
            _ => return None,
        })
    }

    /// Why it ended badly, when the portal said so.
    pub fn reason(self) -> Option<RefusalCode> {
        match self {
            Self::Failed(reason) | Self::Review(reason) => reason,
            _ => None,
        }
    }

    /// The words for a person.
    pub fn text(self, language: Language) -> &'static str {
        let (zh, en) = match self {
            Self::Open => ("进行中", "Under way"),
            Self::Approved => ("成功", "Done"),
            Self::NotMe => ("您说不是本人，已报告", "You said it was not you; reported"),
            Self::Declined => ("您拒绝了", "You declined"),
            Self::Failed(_) => ("未通过", "Not passed"),
            Self::Review(_) => ("人工审核", "Manual review"),
            Self::Expired => ("超时", "Timed out"),
            Self::Cancelled => ("电脑端已取消", "Cancelled on the computer"),
        };
        language.pick(zh, en)
    }

    /// What the portal's word for a task's state means here; none while it goes on.
    fn of_state(state: TaskState, verdict: Option<Verdict>) -> Option<Self> {
        let reason = verdict.and_then(Verdict::reason);
        match state {
            TaskState::Approved | TaskState::Closed => Some(Self::Approved),
            TaskState::Failed => Some(Self::Failed(reason)),
            TaskState::Review => Some(Self::Review(reason)),
            TaskState::Expired => Some(Self::Expired),
            TaskState::Cancelled => Some(Self::Cancelled),
            TaskState::Rejected => Some(Self::Declined),
            TaskState::Created
            | TaskState::Claimed
            | TaskState::Consented
            | TaskState::Challenged
            | TaskState::Submitted => None,
        }
    }
}

/// An entry as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogEntry {
    /// The portal's receipt of the claim.
    pub receipt: Signed<ClaimReceipt>,
    /// The portal's last outcome.
    pub outcome: Option<Signed<Outcome>>,
    /// How it ended.
    pub ending: Ending,
    /// Whether its certificates are kept on this phone since.
    pub kept: bool,
}

impl LogEntry {
    /// The stored form: `1` receipt, `2` its signature, `3` outcome, `4` its signature, `5` ending,
    /// `6` reason, `7` kept; a missing outcome or reason is empty.
    pub fn to_bytes(&self) -> Vec<u8> {
        let outcome = self.outcome.as_ref();
        Writer::default()
            .bytes(1, self.receipt.bytes())
            .bytes(2, self.receipt.signature())
            .bytes(3, outcome.map_or(&[], Signed::bytes))
            .bytes(4, outcome.map_or(&[], Signed::signature))
            .number(5, self.ending.code().into())
            .text(6, self.ending.reason().map_or("", RefusalCode::code))
            .number(7, self.kept.into())
            .finish()
    }

    /// Reads the stored form; nothing is verified yet.
    ///
    /// # Errors
    /// [`CanonicalError`] for anything but the one form.
    pub fn parse(bytes: &[u8]) -> Result<Self, CanonicalError> {
        let mut body = Reader::new(bytes)?;
        let receipt = Signed::from_parts(body.bytes(1)?.to_vec(), body.bytes(2)?.to_vec());
        let (outcome, signature) = (body.bytes(3)?, body.bytes(4)?);
        if outcome.is_empty() != signature.is_empty() {
            return Err(CanonicalError::Value { tag: 4 });
        }
        let outcome =
            (!outcome.is_empty()).then(|| Signed::from_parts(outcome.to_vec(), signature.to_vec()));
        let code = body.small(5)?;
        let reason = RefusalCode::from_code(&body.text(6)?);
        let ending = Ending::from_code(code, reason).ok_or(CanonicalError::Value { tag: 5 })?;
        let kept = body.flag(7)?;
        body.finish()?;
        Ok(Self {
            receipt,
            outcome,
            ending,
            kept,
        })
    }
}

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
    let text = entry.transaction.consent_text(language);
    let mut out = format!("\n{}  {}\n", minute(entry.claimed_at_ms), text.title);
    for line in text.lines {
        out.push_str(&format!("  {}：{}\n", line.label, line.value));
    }
    let label = |zh, en| language.pick(zh, en);
    let ending = entry.ending.text(language);
    let reason = entry.ending.reason().map_or("", |code| code.text(language));
    out.push_str(
        &format!("  {}：{ending} {reason}", label("结果", "Result"))
            .trim_end()
            .to_owned(),
    );
    if let Some(ms) = entry.decided_at_ms {
        out.push_str(&format!(" {}", minute(ms)));
    }
    out.push('\n');
    let proof = if entry.proven {
        label("服务器签名有效", "signed by the portal")
    } else {
        label(
            "服务器签名无法核验",
            "the portal's signature cannot be checked",
        )
    };
    out.push_str(&format!(
        "  {}：{} · {proof}\n",
        label("回执", "Receipt"),
        entry.receipt
    ));
    out
}

impl StateStore {
    /// Notes that a task was claimed; one that is in the log stays as it is.
    pub(crate) async fn log_claim(
        &self,
        task: TaskId,
        receipt: Signed<ClaimReceipt>,
    ) -> Result<(), StateError> {
        self.on_vault(move |vault| {
            let name = format!("{LOG}{task}");
            if read(vault, &name)?.is_some() {
                return Ok(());
            }
            let entry = LogEntry {
                receipt,
                outcome: None,
                ending: Ending::Open,
                kept: false,
            };
            put(vault, &name, &entry.to_bytes())?;
            for old in names(vault)?.into_iter().skip(MOST_ENTRIES) {
                vault.forget(&old)?;
            }
            Ok(())
        })
        .await
    }

    /// Changes the entry of a task, when there is one.
    async fn change_log(
        &self,
        task: TaskId,
        change: impl FnOnce(&mut LogEntry) + Send + 'static,
    ) -> Result<(), StateError> {
        self.on_vault(move |vault| {
            let name = format!("{LOG}{task}");
            let Some(body) = read(vault, &name)? else {
                return Ok(());
            };
            let before = LogEntry::parse(&body)?;
            let mut entry = before.clone();
            change(&mut entry);
            if entry != before {
                put(vault, &name, &entry.to_bytes())?;
            }
            Ok(())
        })
        .await
    }

    /// Notes what the person answered.
    pub(crate) async fn log_decision(
        &self,
        task: TaskId,
        decision: Decision,
    ) -> Result<(), StateError> {
        let ending = match decision {
            Decision::NotMe => Ending::NotMe,
            Decision::Decline => Ending::Declined,
            Decision::AgreeWithFace | Decision::AgreeWithoutFace => return Ok(()),
        };
        self.change_log(task, move |entry| entry.ending = ending)
            .await
    }

    /// Notes the portal's signed outcome, verified before.
    pub(crate) async fn log_outcome(
        &self,
        task: TaskId,
        verdict: Verdict,
        signed: Signed<Outcome>,
    ) -> Result<(), StateError> {
        self.change_log(task, move |entry| {
            entry.outcome = Some(signed);
            match verdict {
                Verdict::Approved => entry.ending = Ending::Approved,
                Verdict::Retry(_) => {}
                Verdict::Failed(reason) => entry.ending = Ending::Failed(Some(reason)),
                Verdict::Review(reason) => entry.ending = Ending::Review(Some(reason)),
            }
        })
        .await
    }

    /// Notes where the portal says that a task stands. What the person said stays said.
    pub(crate) async fn log_state(
        &self,
        task: TaskId,
        state: TaskState,
        verdict: Option<Verdict>,
    ) -> Result<(), StateError> {
        let Some(ending) = Ending::of_state(state, verdict) else {
            return Ok(());
        };
        self.change_log(task, move |entry| {
            if !matches!(entry.ending, Ending::NotMe | Ending::Declined) {
                entry.ending = ending;
            }
        })
        .await
    }

    /// Notes that the certificates of a task are kept here now.
    pub(crate) async fn log_kept(&self, task: TaskId) -> Result<(), StateError> {
        self.change_log(task, |entry| entry.kept = true).await
    }
}

/// The names of the entries, the one written last first.
fn names(vault: &Vault) -> Result<Vec<String>, StateError> {
    let entries = vault.list(usize::MAX)?;
    let names = entries.into_iter().map(|entry| entry.id);
    Ok(names.filter(|id| id.starts_with(LOG)).collect())
}

#[cfg(test)]
mod tests;
