//! What a phone asks later: signed requests, and the signed status list (M13).

use crate::canonical::{CanonicalError, Reader, Writer};
use crate::ids::{DeviceId, Nonce, TaskId};
use crate::statement::Statement;

/// The most certificates of one question.
pub const MOST_STATUSES: usize = 200;

/// A request about a task, signed by the device that holds it: its state, its package, its files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskRequest {
    /// The task.
    pub task: TaskId,
    /// Who asks.
    pub device: DeviceId,
    /// Fresh for each request.
    pub nonce: Nonce,
}

impl Statement for TaskRequest {
    const LABEL: &'static str = "HLJREQ1";

    fn write(&self, body: Writer) -> Writer {
        body.bytes(1, self.task.as_bytes())
            .bytes(2, self.device.as_bytes())
            .bytes(3, self.nonce.as_bytes())
    }

    fn read(body: &mut Reader<'_>) -> Result<Self, CanonicalError> {
        Ok(Self {
            task: TaskId::from_bytes(body.array(1)?),
            device: DeviceId::from_bytes(body.array(2)?),
            nonce: Nonce::from_bytes(body.array(3)?),
        })
    }
}

/// A question about the status of certificates, signed by the device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusRequest {
    /// Who asks.
    pub device: DeviceId,
    /// Identifiers as written.
    pub certificates: Vec<String>,
    /// Fresh for each question; stands again in the answer.
    pub nonce: Nonce,
}

impl Statement for StatusRequest {
    const LABEL: &'static str = "HLJSTATREQ1";

    fn write(&self, body: Writer) -> Writer {
        body.bytes(1, self.device.as_bytes())
            .list(2, &self.certificates, |text| text.as_bytes().to_vec())
            .bytes(3, self.nonce.as_bytes())
    }

    fn read(body: &mut Reader<'_>) -> Result<Self, CanonicalError> {
        Ok(Self {
            device: DeviceId::from_bytes(body.array(1)?),
            certificates: body.list(2, MOST_STATUSES, |bytes| {
                String::from_utf8(bytes.to_vec()).map_err(|_| CanonicalError::Value { tag: 2 })
            })?,
            nonce: Nonce::from_bytes(body.array(3)?),
        })
    }
}

/// The status of one certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusEntry {
    /// Identifier as written.
    pub certificate: String,
    /// Two-digit status code of the certificate crate's table; `99` when the portal does not
    /// know the certificate.
    pub status: String,
}

/// The portal's answer, signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusList {
    /// The question's nonce.
    pub nonce: Nonce,
    /// One entry for each certificate asked.
    pub entries: Vec<StatusEntry>,
    /// Portal time at which it was true, milliseconds since 1970.
    pub as_of_ms: u64,
    /// Portal time after which the copies are shown as “状态未核验”.
    pub valid_offline_until_ms: u64,
}

impl Statement for StatusList {
    const LABEL: &'static str = "HLJSTAT1";

    fn write(&self, body: Writer) -> Writer {
        body.bytes(1, self.nonce.as_bytes())
            .list(2, &self.entries, |entry| {
                Writer::default()
                    .text(1, &entry.certificate)
                    .text(2, &entry.status)
                    .finish()
            })
            .number(3, self.as_of_ms)
            .number(4, self.valid_offline_until_ms)
    }

    fn read(body: &mut Reader<'_>) -> Result<Self, CanonicalError> {
        Ok(Self {
            nonce: Nonce::from_bytes(body.array(1)?),
            entries: body.list(2, MOST_STATUSES, |bytes| {
                let mut entry = Reader::new(bytes)?;
                let read = StatusEntry {
                    certificate: entry.text(1)?,
                    status: entry.text(2)?,
                };
                entry.finish()?;
                Ok(read)
            })?,
            as_of_ms: body.number(3)?,
            valid_offline_until_ms: body.number(4)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statement::tests::holds;

    #[test]
    fn the_bytes_of_the_requests_are_frozen() {
        let request = TaskRequest {
            task: TaskId::from_bytes([1; 16]),
            device: DeviceId::from_bytes([2; 16]),
            nonce: Nonce::from_bytes([3; 32]),
        };
        holds(&request, "6h6Cnmb3PV09gtnZkEB6bQ056w79NZZuT6_K-N2vDiY");
        let request = StatusRequest {
            device: DeviceId::from_bytes([2; 16]),
            certificates: vec!["1.2.156.3005.2.x".to_owned()],
            nonce: Nonce::from_bytes([3; 32]),
        };
        holds(&request, "1pp7zkh_BYl05dSy_8WdUnlYZhD5P2OkQy9cNJ_Ddg8");
    }

    #[test]
    fn the_bytes_of_the_list_are_frozen() {
        let list = StatusList {
            nonce: Nonce::from_bytes([3; 32]),
            entries: vec![StatusEntry {
                certificate: "1.2.156.3005.2.x".to_owned(),
                status: "01".to_owned(),
            }],
            as_of_ms: 1,
            valid_offline_until_ms: 2,
        };
        holds(&list, "vOw8nNWjUp4MqfucAyHctEKBqJXmK2N-q00NjRb3Jyk");
    }
}
