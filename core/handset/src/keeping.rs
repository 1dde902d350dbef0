//! Whether everything kept on this phone is still whole: a check in the background, and how to go on.
//!
//! Both vaults are opened to the last byte, step by step: each step is short, the pause after it is at
//! least as long, and a check that found nothing is not repeated within a day. Damage is told with the
//! identifiers to fetch again; nothing is removed before the person was told.

use std::time::{Duration, Instant};

use quanshengshi_protocol::canonical::{Reader, Writer};
use quanshengshi_vault::check::CheckReport;
use quanshengshi_vault::error::VaultError;
use quanshengshi_vault::repair::Repaired;

use crate::blocking::{Stopped, blocking};
use crate::handset::Handset;
use crate::place::Place;
use crate::state::{StateError, put, read};

/// A check that found nothing is good for this long.
const GOOD_FOR_MS: u64 = 24 * 60 * 60 * 1000;
/// The shortest pause between two steps.
const PAUSE: Duration = Duration::from_millis(5);
/// The name of the record that says when nothing was found.
const CHECKED: &str = "checked";

/// Why what is kept was not checked or mended.
#[derive(Debug, thiserror::Error)]
pub enum KeepingError {
    /// A vault failed, or is too broken to be mended: `Handset::reset` starts anew.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// The record of the last check failed.
    #[error(transparent)]
    State(#[from] StateError),
    /// The thread was stopped.
    #[error(transparent)]
    Stopped(#[from] Stopped),
}

/// What a check found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeptCheck {
    /// Nothing was looked at: a check found nothing less than a day ago.
    NotDue,
    /// Everything kept is whole.
    Sound {
        /// Certificates looked at.
        certificates: u64,
        /// Files opened to their end.
        files: u64,
    },
    /// Something is not: [`Handset::mend_kept`] removes what is broken.
    Damaged {
        /// The certificates to fetch again, as far as they are known.
        certificates: Vec<String>,
        /// Whether more is wrong than these: certificates may be missing, or what the phone knows of
        /// itself is broken.
        more: bool,
    },
}

/// What mending took out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mended {
    /// The certificates that were removed, as far as they are known: fetch them again.
    pub certificates: Vec<String>,
    /// Whether certificates are gone that nobody can name.
    pub unnamed: bool,
    /// Whether something of the log, the open tasks or the enrolment is gone. The phone enrols anew by
    /// itself.
    pub state_lost: bool,
}

impl Handset {
    /// Opens everything that is kept once, slowly, away from the threads that poll. Call it after the
    /// first list was shown; needs no network. `now` looks even when a check found nothing today.
    ///
    /// # Errors
    /// [`KeepingError`] by variant when the check could not be carried out; damage is no error.
    ///
    /// # Cancellation
    /// Ends with the step that is under way; the next call begins again.
    pub async fn check_kept(&self, now: bool) -> Result<KeptCheck, KeepingError> {
        if !now && !self.check_is_due().await? {
            return Ok(KeptCheck::NotDue);
        }
        let state = check_slowly(self.inner.device.state.place()).await?;
        let wallet = check_slowly(self.inner.wallet.place()).await?;
        if state.is_sound() && wallet.is_sound() {
            self.note_checked().await?;
            return Ok(KeptCheck::Sound {
                certificates: wallet.rows,
                files: wallet.files,
            });
        }
        let named = wallet.findings.len() == wallet.ids.len();
        Ok(KeptCheck::Damaged {
            certificates: wallet.ids,
            more: !named || !state.is_sound(),
        })
    }

    /// Removes what does not open any more, from the wallet and from what the phone knows of itself, so
    /// that the rest is sound again. Tell the person what is gone.
    ///
    /// # Errors
    /// [`KeepingError::Vault`] with `Damaged` when a vault is beyond this: `Handset::reset`.
    ///
    /// # Cancellation
    /// What was begun goes on by itself; may be repeated.
    pub async fn mend_kept(&self) -> Result<Mended, KeepingError> {
        let repair = |place: &Place| {
            let place = place.clone();
            blocking(move || place.with(|vault| Ok::<_, KeepingError>(vault.repair()?)))
        };
        let wallet = repair(self.inner.wallet.place()).await?;
        let state = repair(self.inner.device.state.place()).await?;
        let named = wallet.ids.len() as u64 == wallet.removed;
        Ok(Mended {
            unnamed: wallet.missing > 0 || wallet.uncounted || !named,
            certificates: wallet.ids,
            state_lost: state != Repaired::default(),
        })
    }

    async fn check_is_due(&self) -> Result<bool, KeepingError> {
        let now = self.inner.clock.wall_ms();
        let last = self.inner.device.state.on_vault(|vault| {
            let Some(body) = read(vault, CHECKED)? else {
                return Ok(None);
            };
            let mut body = Reader::new(&body)?;
            let at = body.number(1)?;
            body.finish()?;
            Ok(Some(at))
        });
        // A record that does not open is what the check is for.
        let last = last.await.unwrap_or(None);
        // A clock that was put back proves nothing.
        Ok(last.is_none_or(|last| now < last || now - last >= GOOD_FOR_MS))
    }

    async fn note_checked(&self) -> Result<(), KeepingError> {
        let body = Writer::default()
            .number(1, self.inner.clock.wall_ms())
            .finish();
        let noted = self
            .inner
            .device
            .state
            .on_vault(move |vault| Ok(put(vault, CHECKED, &body)?));
        Ok(noted.await?)
    }
}

/// A whole check, a step at a time.
async fn check_slowly(place: &Place) -> Result<CheckReport, KeepingError> {
    let mut checking = place
        .later(|vault| Ok::<_, KeepingError>(vault.begin_check()))
        .await?;
    loop {
        let started = Instant::now();
        let (done, next) = place
            .later(move |vault| {
                let done = vault.step(&mut checking)?;
                Ok::<_, KeepingError>((done, checking))
            })
            .await?;
        if done {
            return Ok(next.report().clone());
        }
        checking = next;
        tokio::time::sleep(started.elapsed().max(PAUSE)).await;
    }
}

#[cfg(test)]
mod tests;
