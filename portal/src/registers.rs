//! What the authorities know: ports to the outside registers, and what the portal asks of them.
//!
//! | port | what it stands for |
//! |---|---|
//! | [`PopulationRegister`] | persons, the validity of their documents, the photo on file |
//! | [`MarketRegister`] | enterprises, their legal representative, the filed contact number |
//!
//! [`http`] asks the real ones, in the words of `openapi/registers.json`, read by [`wire`];
//! [`sample`] answers both from the portal's own database, with invented people; [`connect`]
//! chooses. What a register says never reaches a page as it is: a page learns only whether
//! everything matches (A19).

pub mod connect;
pub mod filing;
pub mod http;
pub mod sample;
pub mod state;
pub mod tries;
pub mod wire;

use std::fmt;
use std::sync::Arc;

use async_trait::async_trait;

use crate::outside::fault::OutsideFault;
use crate::registers::state::{PersonStatus, RegisteredState};

/// The tables of this room, filled by the samples only.
pub const SCHEMA: &str = "
CREATE TABLE register_persons (
    document_number TEXT PRIMARY KEY,
    document_kind TEXT NOT NULL,
    name TEXT NOT NULL,
    valid_from TEXT NOT NULL,
    valid_to TEXT NOT NULL,
    photo BLOB
) STRICT;
CREATE TABLE register_enterprises (
    credit_code TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    representative_name TEXT NOT NULL,
    representative_kind TEXT NOT NULL,
    representative_number TEXT NOT NULL,
    contact TEXT NOT NULL,
    active INTEGER NOT NULL
) STRICT;
";

/// What version 2 adds to the samples. An empty state is the one that `active` says.
pub const SCHEMA_2: &str = "
ALTER TABLE register_persons ADD COLUMN status TEXT NOT NULL DEFAULT 'normal';
ALTER TABLE register_enterprises ADD COLUMN kind TEXT NOT NULL DEFAULT '';
ALTER TABLE register_enterprises ADD COLUMN state TEXT NOT NULL DEFAULT '';
";

/// A person as the population register knows them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Number of the document.
    pub document_number: String,
    /// Kind of the document.
    pub document_kind: String,
    /// The name.
    pub name: String,
    /// First day of validity, `2016-03-07`; empty for kinds without one.
    pub valid_from: String,
    /// Last day of validity, `9999-12-31` for long-term; empty for kinds without one.
    pub valid_to: String,
    /// Whether they live.
    pub status: PersonStatus,
}

/// Who may act for an enterprise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Representative {
    /// The name.
    pub name: String,
    /// Kind of the document.
    pub document_kind: String,
    /// Its number as it is filed.
    pub document_number: String,
}

/// An enterprise as the market regulator knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enterprise {
    /// Its unified social credit code.
    pub credit_code: String,
    /// Its name as registered, often with full-width brackets.
    pub name: String,
    /// Its type in the register's own words, such as `有限责任公司(自然人独资)`; may be empty.
    pub kind: String,
    /// Its legal representative.
    pub representative: Representative,
    /// The filed contact number as it stands there; empty when none is filed.
    pub contact: String,
    /// Its registered state.
    pub state: RegisteredState,
    /// Whether it is in business: what the state comes down to (requirement MS-08).
    pub active: bool,
}

/// A register gave no answer that can be used: it is down, slow or wrong. Which, is in the log
/// and no page's business; never to be taken for "not found" (requirement MS-07).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the register does not answer")]
pub struct RegisterUnavailable;

impl From<OutsideFault> for RegisterUnavailable {
    fn from(_: OutsideFault) -> Self {
        Self
    }
}

/// The population register.
#[async_trait]
pub trait PopulationRegister: Send + Sync + fmt::Debug {
    /// The person of a document number.
    ///
    /// # Errors
    /// [`OutsideFault`] by variant.
    async fn person(&self, document_number: &str) -> Result<Option<Person>, OutsideFault>;

    /// The photo on file as JPEG or PNG bytes.
    ///
    /// # Errors
    /// [`OutsideFault`] by variant.
    async fn photo(&self, document_number: &str) -> Result<Option<Vec<u8>>, OutsideFault>;
}

/// The market regulator's register (requirement MS-01).
#[async_trait]
pub trait MarketRegister: Send + Sync + fmt::Debug {
    /// The enterprise of a credit code.
    ///
    /// # Errors
    /// [`OutsideFault`] by variant.
    async fn enterprise(&self, credit_code: &str) -> Result<Option<Enterprise>, OutsideFault>;
}

/// Both registers.
#[derive(Debug, Clone)]
pub struct Registers {
    population: Arc<dyn PopulationRegister>,
    market: Arc<dyn MarketRegister>,
}

impl Registers {
    /// Over two ports.
    pub fn new(population: Arc<dyn PopulationRegister>, market: Arc<dyn MarketRegister>) -> Self {
        Self { population, market }
    }

    /// The living person of a document number. The dead register nothing: nobody finds out here
    /// that a number belonged to one.
    ///
    /// # Errors
    /// [`RegisterUnavailable`].
    ///
    /// # Cancellation
    /// Harmless.
    pub async fn person(
        &self,
        document_number: &str,
    ) -> Result<Option<Person>, RegisterUnavailable> {
        let found = self.population.person(document_number).await?;
        Ok(found.filter(|person| person.status == PersonStatus::Normal))
    }

    /// The photo a face is compared with, none when the register holds none (requirement SC-08).
    ///
    /// # Errors
    /// [`RegisterUnavailable`].
    ///
    /// # Cancellation
    /// Harmless.
    pub async fn reference_photo(
        &self,
        document_number: &str,
    ) -> Result<Option<Vec<u8>>, RegisterUnavailable> {
        Ok(self.population.photo(document_number).await?)
    }

    /// The enterprise of a credit code.
    ///
    /// # Errors
    /// [`RegisterUnavailable`].
    ///
    /// # Cancellation
    /// Harmless.
    pub async fn enterprise(
        &self,
        credit_code: &str,
    ) -> Result<Option<Enterprise>, RegisterUnavailable> {
        Ok(self.market.enterprise(credit_code).await?)
    }

    /// Today's legal representative of an enterprise; read anew at every approval (US-04).
    ///
    /// # Errors
    /// [`RegisterUnavailable`].
    ///
    /// # Cancellation
    /// Harmless.
    pub async fn legal_representative(
        &self,
        credit_code: &str,
    ) -> Result<Option<Representative>, RegisterUnavailable> {
        let found = self.market.enterprise(credit_code).await?;
        Ok(found.map(|enterprise| enterprise.representative))
    }
}

#[cfg(test)]
mod tests;
