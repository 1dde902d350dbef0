//! One phone, several holders: a person and the enterprises they represent.

use quanshengshi_protocol::ids::Digest;

use crate::wallet::error::WalletError;
use crate::wallet::flow::Wallet;
use crate::wallet::list::Listed;

/// A holder of kept certificates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// Names the holder; made of the holder's number without telling it.
    pub key: Digest,
    /// The holder's name.
    pub name: String,
    /// How many of its certificates are kept.
    pub certificates: usize,
}

impl Wallet {
    /// The holders of the kept certificates, in the order of the list.
    ///
    /// # Errors
    /// As [`Wallet::list`].
    pub fn subjects(&self) -> Result<Vec<Subject>, WalletError> {
        let mut subjects: Vec<Subject> = Vec::new();
        for line in self.list()? {
            let key = line.summary.subject;
            match subjects.iter_mut().find(|subject| subject.key == key) {
                Some(subject) => subject.certificates += 1,
                None => subjects.push(Subject {
                    key,
                    name: line.summary.holder,
                    certificates: 1,
                }),
            }
        }
        Ok(subjects)
    }

    /// Removes every certificate of one holder; gives how many there were. The others stay.
    ///
    /// # Errors
    /// [`WalletError::Vault`]; those removed before a failing one are gone.
    pub fn forget_subject(&self, key: Digest) -> Result<usize, WalletError> {
        let lines = self.list()?;
        let theirs = lines.iter().filter(|line| line.summary.subject == key);
        let mut forgotten = 0;
        for line in theirs {
            self.forget(&line.certificate)?;
            forgotten += 1;
        }
        Ok(forgotten)
    }

    /// The lines whose name, number, holder or issuer holds every word of a text; all lines for
    /// an empty one. Capitals do not matter.
    ///
    /// # Errors
    /// As [`Wallet::list`].
    pub fn search(&self, text: &str) -> Result<Vec<Listed>, WalletError> {
        let words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
        let mut lines = self.list()?;
        lines.retain(|line| {
            let summary = &line.summary;
            let all = [
                &summary.name,
                &summary.number,
                &summary.holder,
                &summary.issuer,
            ]
            .map(|part| part.to_lowercase());
            words
                .iter()
                .all(|word| all.iter().any(|part| part.contains(word)))
        });
        Ok(lines)
    }
}
