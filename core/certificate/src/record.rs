//! What a register says about one certificate: the record that is stored, sent and drawn.
//!
//! Fields follow the metadata of GB/T 36903 as met in public systems; the names in brackets are the
//! ones written into an OFD's custom data. The stored form is JSON with a fixed field order and a
//! version, so equal records have equal bytes; those bytes are frozen in a test.

pub mod calendar;
pub mod status;

use serde::{Deserialize, Serialize};

use crate::identifier::CertificateId;
use calendar::Date;
use status::Status;

/// The version of the stored form this crate writes and reads.
pub const RECORD_VERSION: u16 = 1;

/// The longest stored form that is read, in bytes.
pub const MAX_RECORD_BYTES: usize = 256 * 1024;

const MAX_HOLDERS: usize = 64;
const MAX_ITEMS: usize = 64;
const MAX_TEXT: usize = 4096;

/// One certificate as its register knows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CertificateRecord {
    /// What stands on top of the face, such as 营业执照 (ZZMC).
    pub name: String,
    /// The name of the type in the national directory (ZZLXMC).
    pub type_name: String,
    /// The number people quote (ZZBH).
    pub number: String,
    /// The identifier (ZZBS); its type code is ZZLXDM.
    pub id: CertificateId,
    /// Who issued it.
    pub issuer: Issuer,
    /// The day of issue (ZZBFRQ).
    pub issue_date: Date,
    /// About whom it is; never empty in a record that was read or encoded.
    pub holders: Vec<Holder>,
    /// From when to when it holds.
    pub validity: Validity,
    /// Whether it holds now, and when that was last confirmed.
    pub status: Status,
    /// The items of the face that only this type has, in the order they are shown.
    pub items: Vec<FaceItem>,
    /// The identifier of the certificate this one replaced.
    pub previous: Option<CertificateId>,
    /// Whether the record is invented: its face is marked as a sample.
    pub sample: bool,
}

/// The body that issued a certificate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Issuer {
    /// Its name (ZZBFJG).
    pub name: String,
    /// Its code: unified social credit code, or a region of 6 digits (ZZBFJGDM).
    pub code: String,
}

/// A person or body a certificate is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Holder {
    /// The name (CZZT).
    pub name: String,
    /// The code of that person or body (CZZTDM).
    pub code: String,
    /// What kind of code it is (CZZTDMLX).
    pub code_type: HolderCodeType,
}

/// What kind of code identifies a holder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HolderCodeType {
    /// 公民身份号码, code `111`.
    CitizenId,
    /// 统一社会信用代码, code `001`.
    CreditCode,
    /// Another kind: its code in the exchange tables and its name.
    Other {
        /// The code of the kind, such as `414`.
        code: String,
        /// The name of the kind, such as 普通护照.
        name: String,
    },
}

impl HolderCodeType {
    /// The name of the kind (CZZTDMLX), also the label on the face.
    pub fn name(&self) -> &str {
        match self {
            Self::CitizenId => "公民身份号码",
            Self::CreditCode => "统一社会信用代码",
            Self::Other { name, .. } => name,
        }
    }

    /// The code of the kind (CZZTDMLXDM).
    pub fn code(&self) -> &str {
        match self {
            Self::CitizenId => "111",
            Self::CreditCode => "001",
            Self::Other { code, .. } => code,
        }
    }

    /// What the holder's name is called on the face.
    pub fn holder_label(&self) -> &'static str {
        match self {
            Self::CitizenId => "姓名",
            Self::CreditCode => "名称",
            Self::Other { .. } => "持有者",
        }
    }
}

/// From when to when a certificate holds, both days included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Validity {
    /// The first day (ZZYXQQSRQ).
    pub from: Date,
    /// The last day (ZZYXQJZRQ); `None` is 长期, without end.
    pub to: Option<Date>,
}

impl Validity {
    /// Whether the certificate is within its validity on a day.
    pub fn covers(&self, day: Date) -> bool {
        self.from <= day && self.to.is_none_or(|to| day <= to)
    }
}

/// One type-specific item of a certificate face.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FaceItem {
    /// Its name in custom data after `KZ_`: capital letters, digits and underscores.
    pub key: String,
    /// The Chinese label, such as 法定代表人.
    pub label_zh: String,
    /// The English label.
    pub label_en: String,
    /// The value, as it is drawn.
    pub value: String,
}

/// Why bytes are no certificate record, or a record may not be encoded.
#[derive(Debug, thiserror::Error)]
pub enum RecordError {
    /// The bytes are more than [`MAX_RECORD_BYTES`].
    #[error("a certificate record has at most {MAX_RECORD_BYTES} bytes, not {0}")]
    TooLong(usize),
    /// The bytes are not the JSON of a record.
    #[error("not a certificate record")]
    Json(#[from] serde_json::Error),
    /// The version is one this crate does not know.
    #[error("certificate record of unknown version {0}")]
    Version(u16),
    /// A field that must say something is empty, too long or malformed.
    #[error("the field {0} of a certificate record is empty, too long or malformed")]
    Field(&'static str),
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Stored<T> {
    version: u16,
    record: T,
}

#[derive(Deserialize)]
struct VersionOnly {
    version: u16,
}

impl CertificateRecord {
    /// The stored form: compact JSON, fields in the order of this type, version first.
    ///
    /// # Errors
    /// [`RecordError::Field`] if a needed field is empty or one is malformed; [`RecordError::TooLong`].
    pub fn to_bytes(&self) -> Result<Vec<u8>, RecordError> {
        self.check()?;
        let bytes = serde_json::to_vec(&Stored {
            version: RECORD_VERSION,
            record: self,
        })?;
        if bytes.len() > MAX_RECORD_BYTES {
            return Err(RecordError::TooLong(bytes.len()));
        }
        Ok(bytes)
    }

    /// Reads the stored form.
    ///
    /// # Errors
    /// Any [`RecordError`]: too long, no JSON of a record, unknown version, a bad field.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, RecordError> {
        if bytes.len() > MAX_RECORD_BYTES {
            return Err(RecordError::TooLong(bytes.len()));
        }
        let VersionOnly { version } = serde_json::from_slice(bytes)?;
        if version != RECORD_VERSION {
            return Err(RecordError::Version(version));
        }
        let Stored { record, .. } = serde_json::from_slice::<Stored<Self>>(bytes)?;
        record.check()?;
        Ok(record)
    }

    /// Checks what the types cannot say.
    ///
    /// # Errors
    /// [`RecordError::Field`] with the name of the first field that does not hold.
    pub fn check(&self) -> Result<(), RecordError> {
        let said = |text: &str| !text.trim().is_empty() && text.len() <= MAX_TEXT;
        let holds = [
            ("name", said(&self.name)),
            ("type_name", said(&self.type_name)),
            ("number", said(&self.number)),
            ("issuer", said(&self.issuer.name) && said(&self.issuer.code)),
            ("holders", (1..=MAX_HOLDERS).contains(&self.holders.len())),
            (
                "holder",
                self.holders
                    .iter()
                    .all(|holder| said(&holder.name) && said(&holder.code)),
            ),
            (
                "validity",
                self.validity.to.is_none_or(|to| self.validity.from <= to),
            ),
            ("items", self.items.len() <= MAX_ITEMS),
            (
                "item",
                self.items
                    .iter()
                    .all(|item| item.holds() && said(&item.value)),
            ),
        ];
        match holds.into_iter().find(|(_, holds)| !holds) {
            Some((field, _)) => Err(RecordError::Field(field)),
            None => Ok(()),
        }
    }
}

impl FaceItem {
    fn holds(&self) -> bool {
        let key_byte = |b: u8| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_';
        (1..=32).contains(&self.key.len())
            && self.key.bytes().all(key_byte)
            && !self.label_zh.trim().is_empty()
            && self.label_zh.chars().count() <= 16
            && self.label_en.len() <= 64
    }
}

#[cfg(test)]
pub(crate) mod tests;
