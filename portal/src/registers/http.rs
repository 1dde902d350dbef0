//! The real registers, asked over HTTP (requirement MS-01).

use async_trait::async_trait;
use serde_json::json;

use crate::outside::client::{OutsideClient, Question};
use crate::outside::fault::OutsideFault;
use crate::registers::wire::{self, LONGEST_PHOTO, LONGEST_RECORD};
use crate::registers::{Enterprise, MarketRegister, Person, PopulationRegister};

/// The population register behind its HTTP interface.
#[derive(Debug, Clone)]
pub struct HttpPopulation(OutsideClient);

impl HttpPopulation {
    /// Over a client.
    pub fn new(client: OutsideClient) -> Self {
        Self(client)
    }
}

#[async_trait]
impl PopulationRegister for HttpPopulation {
    async fn person(&self, document_number: &str) -> Result<Option<Person>, OutsideFault> {
        let asked = json!({ "document_number": document_number });
        let question = Question::query("/persons/query", &asked, LONGEST_RECORD);
        self.0
            .ask(question, |reply| wire::person(document_number, reply))
            .await
    }

    async fn photo(&self, document_number: &str) -> Result<Option<Vec<u8>>, OutsideFault> {
        let asked = json!({ "document_number": document_number });
        let question = Question::query("/persons/photo", &asked, LONGEST_PHOTO);
        self.0
            .ask(question, |reply| wire::photo(document_number, reply))
            .await
    }
}

/// The market regulator's register behind its HTTP interface.
#[derive(Debug, Clone)]
pub struct HttpMarket(OutsideClient);

impl HttpMarket {
    /// Over a client.
    pub fn new(client: OutsideClient) -> Self {
        Self(client)
    }
}

#[async_trait]
impl MarketRegister for HttpMarket {
    async fn enterprise(&self, credit_code: &str) -> Result<Option<Enterprise>, OutsideFault> {
        let asked = json!({ "credit_code": credit_code });
        let question = Question::query("/enterprises/query", &asked, LONGEST_RECORD);
        self.0
            .ask(question, |reply| wire::enterprise(credit_code, reply))
            .await
    }
}
