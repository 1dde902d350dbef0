//! Passwords at rest: argon2id, on a bounded number of threads.

use std::sync::Arc;

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use tokio::sync::Semaphore;

use crate::accounts::AccountError;
use crate::random::Random;

/// Kibibytes of memory a hash takes (OWASP minimum for argon2id).
const MEMORY_KIB: u32 = 19_456;
/// Passes over that memory.
const PASSES: u32 = 2;

/// Hashes and compares passwords. As many at once as there are processors; four times as many may
/// wait, then people are asked to come back: memory is what an attacker would use up.
#[derive(Debug, Clone)]
pub struct Passwords {
    random: Random,
    running: Arc<Semaphore>,
    waiting: Arc<Semaphore>,
    /// What an unknown account's password is compared with, so that it takes as long.
    decoy: Arc<str>,
}

impl Passwords {
    /// A pool for this machine. Hashes once.
    ///
    /// # Errors
    /// [`AccountError::Hash`] when the machine has no randomness or memory.
    pub fn new(random: Random) -> Result<Self, AccountError> {
        let running = std::thread::available_parallelism().map_or(1, usize::from);
        let salt: [u8; 16] = random.make_bytes().map_err(|_| AccountError::Hash)?;
        let decoy = hash(b"nobody has this password", &salt)?;
        Ok(Self {
            random,
            running: Arc::new(Semaphore::new(running)),
            waiting: Arc::new(Semaphore::new(running * 5)),
            decoy: decoy.into(),
        })
    }

    /// The written hash (PHC string) of a password.
    ///
    /// # Errors
    /// [`AccountError::Busy`], [`AccountError::Hash`].
    ///
    /// # Cancellation
    /// Harmless; the thread ends its work.
    pub async fn hash(&self, password: &str) -> Result<String, AccountError> {
        let salt: [u8; 16] = self.random.make_bytes().map_err(|_| AccountError::Hash)?;
        let password = password.to_owned();
        self.run(move || hash(password.as_bytes(), &salt)).await?
    }

    /// Whether a password is the one of a written hash; without a hash, or with an empty one, the
    /// answer is no, after the same time.
    ///
    /// # Errors
    /// [`AccountError::Busy`].
    ///
    /// # Cancellation
    /// Harmless; the thread ends its work.
    pub async fn matches(
        &self,
        password: &str,
        written: Option<String>,
    ) -> Result<bool, AccountError> {
        let written = written.filter(|hash| !hash.is_empty());
        let known = written.is_some();
        let written = written.unwrap_or_else(|| self.decoy.as_ref().to_owned());
        let password = password.to_owned();
        let same = move || {
            PasswordHash::new(&written).is_ok_and(|parsed| {
                Argon2::default()
                    .verify_password(password.as_bytes(), &parsed)
                    .is_ok()
            })
        };
        Ok(self.run(same).await? && known)
    }

    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, AccountError> {
        let place = Arc::clone(&self.waiting)
            .try_acquire_owned()
            .map_err(|_| AccountError::Busy)?;
        let permit = Arc::clone(&self.running)
            .acquire_owned()
            .await
            .map_err(|_| AccountError::Busy)?;
        tokio::task::spawn_blocking(move || {
            let _held = (place, permit);
            work()
        })
        .await
        .map_err(|_| AccountError::Hash)
    }
}

fn hash(password: &[u8], salt: &[u8]) -> Result<String, AccountError> {
    let params = Params::new(MEMORY_KIB, PASSES, 1, None).map_err(|_| AccountError::Hash)?;
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_with_salt(password, salt)
        .map(|hash| hash.to_string())
        .map_err(|_| AccountError::Hash)
}

#[cfg(test)]
mod tests {
    use super::{Passwords, hash};
    use crate::random::Random;

    // The same value comes out of the reference implementation (argon2-cffi).
    #[test]
    fn the_written_form_names_the_parameters_and_is_frozen() {
        assert_eq!(
            hash(b"Songhua2026xue", &[7; 16]).expect("hashes"),
            "$argon2id$v=19$m=19456,t=2,p=1$BwcHBwcHBwcHBwcHBwcHBw$y6RN9jV6vwSYX7+rA7nxz0MXT00lHsNOPkuvrBXou1w"
        );
    }

    #[tokio::test]
    async fn pr_12_letter_case_counts() {
        let passwords = Passwords::new(Random::default()).expect("hashes");
        let written = passwords.hash("Songhua2026xue").await.expect("hashes");
        for (typed, same) in [("Songhua2026xue", true), ("songhua2026xue", false)] {
            let matches = passwords.matches(typed, Some(written.clone())).await;
            assert_eq!(matches.expect("compares"), same, "{typed}");
        }
        let unknown = passwords.matches("nobody has this password", None).await;
        assert!(!unknown.expect("compares"));
    }
}
