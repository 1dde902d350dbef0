//! What a list shows of a kept certificate without opening it.

use quanshengshi_certificate::record::calendar::Date;
use quanshengshi_certificate::record::{CertificateRecord, Validity};
use quanshengshi_protocol::canonical::{CanonicalError, Reader, Writer};
use quanshengshi_protocol::ids::Digest;

use crate::wallet::kept::Verified;
use crate::wallet::standing::Basis;

/// What a list shows of a kept certificate without opening it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// What stands on top of the face.
    pub name: String,
    /// The number people quote.
    pub number: String,
    /// The first holder's name.
    pub holder: String,
    /// The issuer's name.
    pub issuer: String,
    /// Portal time at which the status was true, milliseconds since 1970.
    pub as_of_ms: u64,
    /// Whether the certificate is invented.
    pub sample: bool,
    /// Names the first holder; made of the holder's number without telling it.
    pub subject: Digest,
    /// From when to when it holds.
    pub validity: Validity,
    /// Two-digit code of its state.
    pub state: String,
    /// Portal time after which the phone should ask again, milliseconds since 1970.
    pub refresh_ms: u64,
    /// Portal time after which it is shown as not confirmed, milliseconds since 1970.
    pub until_ms: u64,
    /// The certificate it took the place of; empty for none.
    pub previous: String,
}

impl Summary {
    pub(crate) fn of(copy: &Verified) -> Self {
        let record = &copy.record;
        let basis = Basis::of_copy(copy);
        Self {
            name: record.name.clone(),
            number: record.number.clone(),
            holder: record
                .holders
                .first()
                .map(|holder| holder.name.clone())
                .unwrap_or_default(),
            issuer: record.issuer.name.clone(),
            as_of_ms: basis.as_of_ms,
            sample: record.sample,
            subject: derive_subject(record),
            validity: basis.validity,
            state: basis.state.code().to_owned(),
            refresh_ms: basis.refresh_ms,
            until_ms: basis.until_ms,
            previous: record
                .previous
                .as_ref()
                .map(ToString::to_string)
                .unwrap_or_default(),
        }
    }

    /// The stored form.
    pub fn to_bytes(&self) -> Vec<u8> {
        let to = self.validity.to.map(|to| to.to_string());
        Writer::default()
            .text(1, &self.name)
            .text(2, &self.number)
            .text(3, &self.holder)
            .text(4, &self.issuer)
            .number(5, self.as_of_ms)
            .number(6, self.sample.into())
            .bytes(7, self.subject.as_bytes())
            .text(8, &self.validity.from.to_string())
            .text(9, &to.unwrap_or_default())
            .text(10, &self.state)
            .number(11, self.refresh_ms)
            .number(12, self.until_ms)
            .text(13, &self.previous)
            .finish()
    }

    /// Reads the stored form.
    ///
    /// # Errors
    /// [`CanonicalError`] for anything but the one form.
    pub fn parse(bytes: &[u8]) -> Result<Self, CanonicalError> {
        let mut body = Reader::new(bytes)?;
        let summary = Self {
            name: body.text(1)?,
            number: body.text(2)?,
            holder: body.text(3)?,
            issuer: body.text(4)?,
            as_of_ms: body.number(5)?,
            sample: body.flag(6)?,
            subject: Digest::from_bytes(body.array(7)?),
            validity: Validity {
                from: day(8, &body.text(8)?)?,
                to: match body.text(9)?.as_str() {
                    "" => None,
                    to => Some(day(9, to)?),
                },
            },
            state: body.text(10)?,
            refresh_ms: body.number(11)?,
            until_ms: body.number(12)?,
            previous: body.text(13)?,
        };
        body.finish()?;
        Ok(summary)
    }

    /// Whether bytes are the form of 0.1.0, which ended with the sixth field.
    ///
    /// # Errors
    /// [`CanonicalError`] for anything but that form.
    pub(crate) fn check_old(bytes: &[u8]) -> Result<(), CanonicalError> {
        let mut body = Reader::new(bytes)?;
        for tag in 1..=4 {
            body.text(tag)?;
        }
        body.number(5)?;
        body.flag(6)?;
        body.finish()
    }
}

fn day(tag: u8, text: &str) -> Result<Date, CanonicalError> {
    text.parse().map_err(|_| CanonicalError::Value { tag })
}

fn derive_subject(record: &CertificateRecord) -> Digest {
    let holder = record.holders.first();
    let (kind, code) = holder.map_or(("", ""), |holder| {
        (holder.code_type.code(), holder.code.as_str())
    });
    Digest::of(format!("HLJHOLDER1\0{kind}\0{code}").as_bytes())
}
