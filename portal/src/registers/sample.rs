//! Both registers, answered from the portal's own database.

use async_trait::async_trait;
use rusqlite::OptionalExtension;

use crate::outside::fault::OutsideFault;
use crate::registers::state::{PersonStatus, RegisteredState};
use crate::registers::{Enterprise, MarketRegister, Person, PopulationRegister, Representative};
use crate::store::{Store, StoreError};

/// The registers of the samples; empty unless samples were loaded.
#[derive(Debug, Clone)]
pub struct SampleRegisters(Store);

impl SampleRegisters {
    /// Over a storage.
    pub fn new(store: Store) -> Self {
        Self(store)
    }

    async fn one<T: Send + 'static>(
        &self,
        sql: &'static str,
        key: &str,
        read: impl Fn(&rusqlite::Row<'_>) -> Result<T, rusqlite::Error> + Send + 'static,
    ) -> Result<Option<T>, OutsideFault> {
        let key = key.to_owned();
        self.0
            .read(move |connection| {
                let mut statement = connection.prepare_cached(sql)?;
                Ok::<_, StoreError>(statement.query_row([key], |row| read(row)).optional()?)
            })
            .await
            .map_err(|_| OutsideFault::Down)
    }
}

#[async_trait]
impl PopulationRegister for SampleRegisters {
    async fn person(&self, document_number: &str) -> Result<Option<Person>, OutsideFault> {
        let sql = "SELECT document_number, document_kind, name, valid_from, valid_to, \
                   status FROM register_persons WHERE document_number = ?1";
        self.one(sql, document_number, |row| {
            Ok(Person {
                document_number: row.get(0)?,
                document_kind: row.get(1)?,
                name: row.get(2)?,
                valid_from: row.get(3)?,
                valid_to: row.get(4)?,
                // A word nobody knows is nobody's good standing.
                status: PersonStatus::parse(&row.get::<_, String>(5)?)
                    .unwrap_or(PersonStatus::Deceased),
            })
        })
        .await
    }

    async fn photo(&self, document_number: &str) -> Result<Option<Vec<u8>>, OutsideFault> {
        let sql = "SELECT photo FROM register_persons WHERE document_number = ?1";
        let found = self.one(sql, document_number, |row| row.get(0)).await?;
        Ok(found.flatten())
    }
}

#[async_trait]
impl MarketRegister for SampleRegisters {
    async fn enterprise(&self, credit_code: &str) -> Result<Option<Enterprise>, OutsideFault> {
        let sql = "SELECT credit_code, name, representative_name, representative_kind, \
                   representative_number, contact, active, kind, state \
                   FROM register_enterprises WHERE credit_code = ?1";
        self.one(sql, credit_code, |row| {
            let (active, state): (bool, String) = (row.get(6)?, row.get(8)?);
            let state = match RegisteredState::parse(&state) {
                Some(state) => state,
                None if active => RegisteredState::InBusiness,
                None => RegisteredState::Deregistered,
            };
            Ok(Enterprise {
                credit_code: row.get(0)?,
                name: row.get(1)?,
                kind: row.get(7)?,
                representative: Representative {
                    name: row.get(2)?,
                    document_kind: row.get(3)?,
                    document_number: row.get(4)?,
                },
                contact: row.get(5)?,
                state,
                active: active && state.is_active(),
            })
        })
        .await
    }
}
