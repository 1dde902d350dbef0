//! The log and the devices at the crossing.

use quanshengshi_handset::activity::Activity;
use quanshengshi_handset::activity::entry::Ending;
use quanshengshi_handset::devices::KnownDevices;
use quanshengshi_handset::people::Person;
use quanshengshi_protocol::device::DeviceEntry;
use quanshengshi_protocol::enrolment::Platform;
use quanshengshi_rules::language::Language;

use crate::config::HostPlatform;

/// One entry of the log.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ActivityLine {
    /// The task.
    pub task: String,
    /// What was asked.
    pub title: String,
    /// Names of the certificates it was about.
    pub certificates: Vec<String>,
    /// What the copy was for; empty when nothing was copied.
    pub purpose: String,
    /// The account.
    pub account: String,
    /// Browser, system, place and network of the computer.
    pub place: String,
    /// Portal time of the claim, milliseconds since 1970.
    pub claimed_at_ms: u64,
    /// Portal time of the last decision, when there was one.
    pub decided_at_ms: Option<u64>,
    /// How it ended, in words.
    pub outcome: String,
    /// Whether the PC could go on.
    pub approved: bool,
    /// Code of the reason, when it ended badly and the portal said why.
    pub reason: Option<String>,
    /// Whether its certificates were kept on this phone.
    pub kept: bool,
    /// Whether the portal's signature on it holds.
    pub proven: bool,
    /// What to quote when the entry is asked about.
    pub receipt: String,
}

impl ActivityLine {
    pub(crate) fn of(entry: Activity, language: Language) -> Self {
        let reason = entry.ending.reason().map(|code| code.code().to_owned());
        Self {
            title: entry.title(language),
            place: entry.place(),
            outcome: entry.ending.text(language).to_owned(),
            approved: entry.ending == Ending::Approved,
            reason,
            claimed_at_ms: entry.claimed_at_ms,
            decided_at_ms: entry.decided_at_ms,
            kept: entry.kept,
            proven: entry.proven,
            receipt: entry.receipt.to_string(),
            task: entry.transaction.task.to_string(),
            certificates: entry
                .transaction
                .objects
                .into_iter()
                .map(|object| object.name)
                .collect(),
            purpose: entry.transaction.purpose,
            account: entry.transaction.account,
        }
    }
}

/// A device that acted for one of this phone's accounts.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct DeviceLine {
    /// The portal's name for it.
    pub device: String,
    /// Whether it is this phone.
    pub this_phone: bool,
    /// What runs its core.
    pub platform: HostPlatform,
    /// Version of its app when it enrolled.
    pub app_version: String,
    /// The account it acted for.
    pub account: String,
    /// Portal time of its first approved task, milliseconds since 1970.
    pub first_at_ms: u64,
    /// Portal time of its last one.
    pub last_at_ms: u64,
}

impl DeviceLine {
    pub(crate) fn all_of(known: KnownDevices) -> Vec<Self> {
        let this = known.this;
        let line = |entry: DeviceEntry| Self {
            this_phone: entry.device == this,
            device: entry.device.to_string(),
            platform: match entry.platform {
                Platform::Android => HostPlatform::Android,
                Platform::Ios => HostPlatform::Ios,
                Platform::Desktop => HostPlatform::Desktop,
            },
            app_version: entry.app_version,
            account: entry.account,
            first_at_ms: entry.first_at_ms,
            last_at_ms: entry.last_at_ms,
        };
        known.entries.into_iter().map(line).collect()
    }
}

/// A person whose face was accepted through this phone.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct PersonLine {
    /// The person's masked name.
    pub label: String,
    /// Portal time of the last time, milliseconds since 1970.
    pub last_at_ms: u64,
}

impl From<Person> for PersonLine {
    fn from(person: Person) -> Self {
        Self {
            label: person.label,
            last_at_ms: person.last_at_ms,
        }
    }
}
