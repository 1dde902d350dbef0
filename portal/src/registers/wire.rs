//! The answers of the registers, from bytes to typed values (`openapi/registers.json`).
//!
//! Unknown fields are passed over, so a register may grow. What is missing, of another type, of
//! an unknown word or **about somebody else than was asked** is a wrong answer. A 404 is "not
//! found" only with the documented body about the same number: a proxy's 404 says nothing about
//! an enterprise.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use quanshengshi_rules::date::Date;
use quanshengshi_rules::document::kind::DocumentKind;
use serde::Deserialize;

use crate::outside::client::Reply;
use crate::outside::fault::OutsideFault;
use crate::registers::state::{PersonStatus, RegisteredState};
use crate::registers::{Enterprise, Person, Representative};

/// The longest record in bytes.
pub const LONGEST_RECORD: usize = 64 << 10;
/// The longest answer with a photo, in bytes.
pub const LONGEST_PHOTO: usize = 4 << 20;
/// The longest text of a record, in characters.
const LONGEST_TEXT: usize = 300;

#[derive(Deserialize)]
struct PersonAnswer {
    document_number: String,
    document_kind: String,
    name: String,
    valid_from: Option<String>,
    valid_to: Option<String>,
    status: String,
}

#[derive(Deserialize)]
struct PhotoAnswer {
    document_number: String,
    photo: String,
}

#[derive(Deserialize)]
struct EnterpriseAnswer {
    credit_code: String,
    name: String,
    #[serde(rename = "type")]
    kind: String,
    registered_state: String,
    representative: RepresentativeAnswer,
    contact: String,
}

#[derive(Deserialize)]
struct RepresentativeAnswer {
    name: String,
    document_kind: String,
    document_number: String,
}

#[derive(Deserialize)]
struct NotFound {
    error: String,
    document_number: Option<String>,
    credit_code: Option<String>,
}

/// The person that was asked for, or none.
///
/// # Errors
/// [`OutsideFault::Malformed`], naming the part.
pub fn person(asked: &str, reply: &Reply) -> Result<Option<Person>, OutsideFault> {
    if reply.not_found {
        return nobody(asked, reply, &["not_found"]);
    }
    let answer: PersonAnswer = reply.json()?;
    same(&answer.document_number, asked, "another person")?;
    let kind = document_kind(&answer.document_kind)?;
    let (from, to) = (answer.valid_from, answer.valid_to);
    if kind.has_validity_term() && (from.is_none() || to.is_none()) {
        return Err(OutsideFault::malformed("validity"));
    }
    Ok(Some(Person {
        document_number: answer.document_number,
        document_kind: kind.as_str().to_owned(),
        name: text(answer.name, "name")?,
        valid_from: day(from)?,
        valid_to: day(to)?,
        status: PersonStatus::parse(&answer.status).ok_or(OutsideFault::malformed("status"))?,
    }))
}

/// The photo of the person that was asked for, or none.
///
/// # Errors
/// [`OutsideFault::Malformed`], naming the part.
pub fn photo(asked: &str, reply: &Reply) -> Result<Option<Vec<u8>>, OutsideFault> {
    if reply.not_found {
        return nobody(asked, reply, &["not_found", "no_photo"]);
    }
    let answer: PhotoAnswer = reply.json()?;
    same(&answer.document_number, asked, "another person")?;
    let wrong = OutsideFault::malformed("photo");
    let bytes = STANDARD.decode(answer.photo).map_err(|_| wrong)?;
    let (jpeg, png) = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n");
    if bytes.starts_with(jpeg) || bytes.starts_with(png) {
        Ok(Some(bytes))
    } else {
        Err(wrong)
    }
}

/// The enterprise that was asked for, or none.
///
/// # Errors
/// [`OutsideFault::Malformed`], naming the part.
pub fn enterprise(asked: &str, reply: &Reply) -> Result<Option<Enterprise>, OutsideFault> {
    if reply.not_found {
        return nobody(asked, reply, &["not_found"]);
    }
    let answer: EnterpriseAnswer = reply.json()?;
    same(&answer.credit_code, asked, "another enterprise")?;
    let state = RegisteredState::parse(&answer.registered_state);
    let state = state.ok_or(OutsideFault::malformed("registered_state"))?;
    let filed = answer.representative;
    Ok(Some(Enterprise {
        credit_code: answer.credit_code,
        name: text(answer.name, "name")?,
        kind: short(answer.kind, "type")?,
        representative: Representative {
            name: text(filed.name, "representative's name")?,
            document_kind: document_kind(&filed.document_kind)?.as_str().to_owned(),
            document_number: text(filed.document_number, "representative's number")?,
        },
        contact: short(answer.contact, "contact")?,
        state,
        active: state.is_active(),
    }))
}

fn nobody<T>(asked: &str, reply: &Reply, words: &[&str]) -> Result<Option<T>, OutsideFault> {
    let answer: NotFound = reply
        .json_of_any()
        .map_err(|_| OutsideFault::malformed("a bare 404"))?;
    let about = answer.document_number.or(answer.credit_code);
    if words.contains(&answer.error.as_str()) && about.as_deref() == Some(asked) {
        Ok(None)
    } else {
        Err(OutsideFault::malformed("a 404 about something else"))
    }
}

fn same(answered: &str, asked: &str, what: &'static str) -> Result<(), OutsideFault> {
    if answered == asked {
        Ok(())
    } else {
        Err(OutsideFault::malformed(what))
    }
}

fn text(value: String, what: &'static str) -> Result<String, OutsideFault> {
    if value.trim().is_empty() {
        return Err(OutsideFault::malformed(what));
    }
    short(value, what)
}

fn short(value: String, what: &'static str) -> Result<String, OutsideFault> {
    if value.chars().count() > LONGEST_TEXT || value.chars().any(char::is_control) {
        return Err(OutsideFault::malformed(what));
    }
    Ok(value)
}

fn document_kind(name: &str) -> Result<DocumentKind, OutsideFault> {
    DocumentKind::parse(name).map_err(|_| OutsideFault::malformed("document_kind"))
}

/// A day as `2016-03-07`, or nothing.
fn day(written: Option<String>) -> Result<String, OutsideFault> {
    let Some(written) = written else {
        return Ok(String::new());
    };
    let same_day = |date: Date| date.to_string() == written;
    if Date::from_written(&written).is_some_and(same_day) {
        Ok(written)
    } else {
        Err(OutsideFault::malformed("validity"))
    }
}
