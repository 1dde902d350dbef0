//! Whose face was accepted through this phone (requirement SC-03).
//!
//! There is no sign-in on the phone: whoever proved their identity here is its person. A task about
//! somebody else is told as such before the camera opens; proving who somebody is may go on,
//! opening certificates may not (decision record 22).

use quanshengshi_protocol::canonical::{Reader, Writer};
use quanshengshi_protocol::ids::Digest;
use quanshengshi_protocol::transaction::Transaction;
use quanshengshi_rules::language::Language;
use quanshengshi_vault::vault::Vault;

use crate::handset::Handset;
use crate::state::{StateError, StateStore, put, read};

const PERSON: &str = "person/";

/// A person of this phone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The portal's keyed name for the person; tells nothing else.
    pub subject: Digest,
    /// The person's masked name.
    pub label: String,
    /// Portal time at which the face was accepted last, milliseconds since 1970.
    pub last_at_ms: u64,
}

/// A task is about somebody else than the people of this phone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherPerson {
    /// The masked name of this phone's person, the one of last time.
    pub present: String,
    /// The masked name of the task's person.
    pub asked: String,
    /// Whether the task may go on here all the same.
    pub may_go_on: bool,
}

impl OtherPerson {
    /// The line that stands over the task.
    pub fn text(&self, language: Language) -> String {
        let Self { present, asked, .. } = self;
        match (language, self.may_go_on) {
            (Language::Zh, true) => {
                format!("当前登录的是 {present}，本次认证对象是 {asked}。请确认本人在场。")
            }
            (Language::Zh, false) => format!(
                "当前登录的是 {present}，本次认证对象是 {asked}。打开证照请用 {asked} 自己的手机，或先在这台手机上退出登录。"
            ),
            (Language::En, true) => format!(
                "This phone is {present}'s; this task is about {asked}. Go on only if {asked} is here."
            ),
            (Language::En, false) => format!(
                "This phone is {present}'s; this task is about {asked}. To open certificates, use {asked}'s own phone, or sign out on this one first."
            ),
        }
    }
}

impl Handset {
    /// The people of this phone, the one of last time first.
    ///
    /// # Errors
    /// [`StateError::Vault`], [`StateError::Malformed`].
    ///
    /// # Cancellation
    /// Harmless.
    pub async fn people(&self) -> Result<Vec<Person>, StateError> {
        self.inner.device.state.on_vault(people).await
    }
}

impl StateStore {
    /// Notes that a person's face was accepted.
    pub(crate) async fn note_person(
        &self,
        transaction: &Transaction,
        at_ms: u64,
    ) -> Result<(), StateError> {
        let name = format!("{PERSON}{}", transaction.subject_key);
        let body = Writer::default()
            .text(1, &transaction.subject)
            .number(2, at_ms)
            .finish();
        self.on_vault(move |vault| Ok(put(vault, &name, &body)?))
            .await
    }

    /// Whether a task is about somebody else than the people of this phone.
    pub(crate) async fn other_person(
        &self,
        transaction: &Transaction,
    ) -> Result<Option<OtherPerson>, StateError> {
        let known = self.on_vault(people).await?;
        let same = |person: &Person| person.subject == transaction.subject_key;
        let Some(last) = known.first() else {
            return Ok(None);
        };
        Ok((!known.iter().any(same)).then(|| OtherPerson {
            present: last.label.clone(),
            asked: transaction.subject.clone(),
            may_go_on: !transaction.kind.opens_certificates(),
        }))
    }
}

fn people(vault: &Vault) -> Result<Vec<Person>, StateError> {
    let mut found = Vec::new();
    for entry in vault.list(usize::MAX)? {
        let Some(Ok(subject)) = entry.id.strip_prefix(PERSON).map(Digest::parse) else {
            continue;
        };
        let Some(body) = read(vault, &entry.id)? else {
            continue;
        };
        let mut body = Reader::new(&body)?;
        found.push(Person {
            subject,
            label: body.text(1)?,
            last_at_ms: body.number(2)?,
        });
        body.finish()?;
    }
    found.sort_by_key(|person| std::cmp::Reverse(person.last_at_ms));
    Ok(found)
}
