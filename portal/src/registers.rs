//! What the authorities know: ports to the outside registers, and what the portal asks of them.
//!
//! | port | what it stands for |
//! |---|---|
//! | [`PopulationRegister`] | persons, the validity of their documents, the photo on file |
//! | [`MarketRegister`] | enterprises, their legal representative, the filed contact number |
//!
//! [`sample`] answers both from the portal's own database, with invented people. What a register
//! says never reaches a page as it is: a page learns only whether everything matches (A19).

pub mod filing;
pub mod sample;
pub mod tries;

use std::fmt;
use std::sync::Arc;

use async_trait::async_trait;

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
    /// Its legal representative.
    pub representative: Representative,
    /// The filed contact number as it stands there; empty when none is filed.
    pub contact: String,
    /// Whether it is in business.
    pub active: bool,
}

/// A register did not answer; never to be taken for "not found" (requirement MS-07).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the register does not answer")]
pub struct RegisterUnavailable;

/// The population register.
#[async_trait]
pub trait PopulationRegister: Send + Sync + fmt::Debug {
    /// The person of a document number.
    ///
    /// # Errors
    /// [`RegisterUnavailable`].
    async fn person(&self, document_number: &str) -> Result<Option<Person>, RegisterUnavailable>;

    /// The photo on file as JPEG or PNG bytes.
    ///
    /// # Errors
    /// [`RegisterUnavailable`].
    async fn photo(&self, document_number: &str) -> Result<Option<Vec<u8>>, RegisterUnavailable>;
}

/// The market regulator's register (requirement MS-01).
#[async_trait]
pub trait MarketRegister: Send + Sync + fmt::Debug {
    /// The enterprise of a credit code.
    ///
    /// # Errors
    /// [`RegisterUnavailable`].
    async fn enterprise(
        &self,
        credit_code: &str,
    ) -> Result<Option<Enterprise>, RegisterUnavailable>;
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

    /// The person of a document number.
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
        self.population.person(document_number).await
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
        self.population.photo(document_number).await
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
        self.market.enterprise(credit_code).await
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
