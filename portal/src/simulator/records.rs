//! The people and enterprises a simulator knows.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use quanshengshi_rules::credit_code::CreditCode;
use serde::{Deserialize, Serialize};

use crate::outside::client::Reply;
use crate::registers::state::{PersonStatus, RegisteredState};
use crate::registers::wire;
use crate::samples::enterprises::{self, SampleEnterprise};
use crate::samples::people::{self, SamplePerson};

/// Why records cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum RecordsError {
    /// The file cannot be read.
    #[error("{path} cannot be read: {source}")]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// Not the documented form.
    #[error("line {line}, column {column}: not the form of openapi/registers.json: {source}")]
    Form {
        /// The line.
        line: usize,
        /// The column.
        column: usize,
        /// What the reader said.
        source: serde_json::Error,
    },
    /// A record that the portal would take for a wrong answer.
    #[error("{kind} {at} cannot be used: {why}")]
    Record {
        /// `person` or `enterprise`.
        kind: &'static str,
        /// Which one, from 1.
        at: usize,
        /// Why.
        why: String,
    },
}

/// A person, as served and as written in a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PersonRecord {
    /// Number of the document.
    pub document_number: String,
    /// Kind of the document.
    pub document_kind: String,
    /// The name.
    pub name: String,
    /// First day of validity.
    #[serde(default)]
    pub valid_from: Option<String>,
    /// Last day of validity.
    #[serde(default)]
    pub valid_to: Option<String>,
    /// `normal` or `deceased`.
    #[serde(default = "normal")]
    pub status: String,
    /// The photo on file, base64; served by itself only.
    #[serde(default, skip_serializing)]
    pub photo: Option<String>,
}

/// An enterprise, as served and as written in a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EnterpriseRecord {
    /// Its unified social credit code.
    pub credit_code: String,
    /// Its name as registered.
    pub name: String,
    /// Its type in the register's words.
    #[serde(rename = "type", default)]
    pub kind: String,
    /// Its registered state.
    #[serde(default = "in_business")]
    pub registered_state: String,
    /// Its legal representative.
    pub representative: RepresentativeRecord,
    /// The filed contact number.
    #[serde(default)]
    pub contact: String,
}

/// A legal representative, as served and as written in a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RepresentativeRecord {
    /// The name.
    pub name: String,
    /// Kind of the document.
    pub document_kind: String,
    /// Its number as it is filed.
    pub document_number: String,
}

fn normal() -> String {
    PersonStatus::Normal.word().to_owned()
}

fn in_business() -> String {
    RegisteredState::InBusiness.word().to_owned()
}

/// What a file holds.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    persons: Vec<PersonRecord>,
    #[serde(default)]
    enterprises: Vec<EnterpriseRecord>,
}

/// Records by their numbers.
#[derive(Debug, Clone, Default)]
pub struct Records {
    /// Persons by document number.
    pub persons: BTreeMap<String, PersonRecord>,
    /// Enterprises by credit code.
    pub enterprises: BTreeMap<String, EnterpriseRecord>,
}

impl Records {
    /// The invented people and enterprises of the samples.
    pub fn samples() -> Self {
        let mut records = Self::default();
        for person in people::ALL.iter().map(person) {
            records
                .persons
                .insert(person.document_number.clone(), person);
        }
        for enterprise in enterprises::ALL.iter().map(enterprise) {
            let code = enterprise.credit_code.clone();
            records.enterprises.insert(code, enterprise);
        }
        records
    }

    /// Adds the records of a file; one that is there already is replaced.
    ///
    /// # Errors
    /// [`RecordsError`] by variant.
    pub fn add_file(&mut self, path: &Path) -> Result<(), RecordsError> {
        let bytes = std::fs::read(path).map_err(|source| RecordsError::Read {
            path: path.to_owned(),
            source,
        })?;
        self.add(&bytes)
    }

    /// Adds records in their JSON form, all or none. Each is read by the portal's own reader
    /// first: what is served is what a portal takes.
    ///
    /// # Errors
    /// [`RecordsError::Form`], [`RecordsError::Record`].
    pub fn add(&mut self, bytes: &[u8]) -> Result<(), RecordsError> {
        let file: File = serde_json::from_slice(bytes).map_err(|source| RecordsError::Form {
            line: source.line(),
            column: source.column(),
            source,
        })?;
        for (at, record) in (1..).zip(&file.persons) {
            check_person(record).map_err(|why| refused("person", at, why))?;
        }
        for (at, record) in (1..).zip(&file.enterprises) {
            check_enterprise(record).map_err(|why| refused("enterprise", at, why))?;
        }
        let persons = file.persons.into_iter();
        self.persons
            .extend(persons.map(|record| (record.document_number.clone(), record)));
        let enterprises = file.enterprises.into_iter();
        self.enterprises
            .extend(enterprises.map(|record| (record.credit_code.clone(), record)));
        Ok(())
    }
}

fn refused(kind: &'static str, at: usize, why: String) -> RecordsError {
    RecordsError::Record { kind, at, why }
}

fn served(record: &impl Serialize) -> Result<Reply, String> {
    let body = serde_json::to_vec(record).map_err(|error| error.to_string())?;
    Ok(Reply {
        not_found: false,
        body,
    })
}

fn check_person(record: &PersonRecord) -> Result<(), String> {
    let number = &record.document_number;
    wire::person(number, &served(record)?).map_err(|fault| fault.to_string())?;
    if let Some(photo) = &record.photo {
        let answer = serde_json::json!({ "document_number": number, "photo": photo });
        wire::photo(number, &served(&answer)?).map_err(|fault| fault.to_string())?;
    }
    Ok(())
}

fn check_enterprise(record: &EnterpriseRecord) -> Result<(), String> {
    let code = &record.credit_code;
    wire::enterprise(code, &served(record)?).map_err(|fault| fault.to_string())?;
    match CreditCode::parse(code) {
        Ok(parsed) if parsed.value.as_str() == code => Ok(()),
        Ok(_) => Err("its credit code is not written as it is registered".to_owned()),
        Err(error) => Err(format!("its credit code breaks {}", error.code)),
    }
}

fn person(sample: &SamplePerson) -> PersonRecord {
    PersonRecord {
        document_number: sample.number.to_owned(),
        document_kind: sample.kind.to_owned(),
        name: sample.name.to_owned(),
        valid_from: written(sample.valid_from),
        valid_to: written(sample.valid_to),
        status: normal(),
        photo: sample.photo.map(|photo| STANDARD.encode(photo)),
    }
}

/// A day, where the kind of document has one.
fn written(day: &str) -> Option<String> {
    (!day.is_empty()).then(|| day.to_owned())
}

fn enterprise(sample: &SampleEnterprise) -> EnterpriseRecord {
    let state = if sample.active {
        RegisteredState::InBusiness
    } else {
        RegisteredState::Deregistered
    };
    EnterpriseRecord {
        credit_code: sample.code.to_owned(),
        name: sample.name.to_owned(),
        kind: sample.kind().to_owned(),
        registered_state: state.word().to_owned(),
        representative: RepresentativeRecord {
            name: sample.representative.name.to_owned(),
            document_kind: sample.representative.kind.to_owned(),
            document_number: sample.filed_number.to_owned(),
        },
        contact: sample.contact.to_owned(),
    }
}
