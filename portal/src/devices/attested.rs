//! Who vouches for a device's key (record 55).

use std::path::PathBuf;
use std::sync::Arc;

use quanshengshi_attestation::level::Level;
use quanshengshi_attestation::status::{Revoked, StatusError};
use quanshengshi_attestation::trust::{App, Signer, Trust, TrustError};
use quanshengshi_attestation::vouch::vouch;
use quanshengshi_protocol::attestation::DeviceAttestation;
use quanshengshi_protocol::ids::DeviceId;
use quanshengshi_protocol::statement::Signed;
use quanshengshi_protocol::wire::AttestAnswer;
use rusqlite::{Connection, OptionalExtension as _, params};

use crate::audit::chain::append;
use crate::audit::entry::{Actor, AuditEntry, AuditEvent};
use crate::devices::refusal::Fault;
use crate::tasks::desk::TaskDesk;

/// What version 5 adds: the level of [`Level::code`].
pub const SCHEMA_5: &str = "
ALTER TABLE device ADD COLUMN attestation INTEGER NOT NULL DEFAULT 0;
";

/// Where it stands whom the portal believes about device keys.
#[derive(Debug, Clone)]
pub struct AttestationSettings {
    /// PEM file with the roots of phone makers.
    pub roots: PathBuf,
    /// The app's package.
    pub package: String,
    /// SHA-256 of the certificates it may be signed with.
    pub signers: Vec<Signer>,
    /// The makers' list of leaked keys, JSON; read when the portal starts.
    pub revoked: Option<PathBuf>,
    /// The oldest system, year and month, such as 202506.
    pub oldest_patch: Option<u32>,
}

/// Nothing to judge device keys by.
#[derive(Debug, thiserror::Error)]
pub enum AttestationError {
    /// A file that cannot be read.
    #[error("the attestation files: {0}")]
    File(#[from] std::io::Error),
    /// A list that is none.
    #[error(transparent)]
    Status(#[from] StatusError),
    /// Roots, signers or month.
    #[error(transparent)]
    Trust(#[from] TrustError),
}

impl AttestationSettings {
    /// Reads the files.
    ///
    /// # Errors
    /// [`AttestationError`] by variant.
    pub fn open(self) -> Result<Trust, AttestationError> {
        let roots = std::fs::read_to_string(&self.roots)?;
        let revoked = match &self.revoked {
            Some(file) => Revoked::parse(&std::fs::read_to_string(file)?)?,
            None => Revoked::default(),
        };
        let app = App {
            package: self.package,
            signers: self.signers,
        };
        Ok(Trust::new(&roots, app, revoked, self.oldest_patch)?)
    }
}

impl TaskDesk {
    /// Judges the chain of a device's key and remembers how well the key is kept. What cannot be relied on is no
    /// refusal: such a device is like one that nobody vouches for, and the audit says why. A later chain of the same device
    /// takes the place of an earlier one.
    ///
    /// # Errors
    /// As [`TaskDesk::authenticate`], or a fault of the storage.
    ///
    /// # Cancellation
    /// May be repeated.
    pub async fn attest(
        self: &Arc<Self>,
        signed: Signed<DeviceAttestation>,
    ) -> Result<AttestAnswer, Fault> {
        let (stated, known) = self.authenticate_device(&signed).await?;
        let device = known.id;
        let Some(trust) = self.trust.clone() else {
            return Ok(AttestAnswer {
                level: Level::None.code(),
            });
        };
        let now_s = self.clock.now_ms() / 1000;
        let judged = vouch(&trust, &stated.chain, &known.key, now_s);
        let level = judged.unwrap_or_default().code();
        self.write(move |work| {
            work.tx
                .prepare_cached("UPDATE device SET attestation = ?1 WHERE id = ?2")?
                .execute(params![level, device.as_bytes()])?;
            let decision = match judged {
                Ok(Level::Chip) => "chip".to_owned(),
                Ok(_) => "hardware".to_owned(),
                Err(doubt) => doubt.to_string(),
            };
            let entry = AuditEntry {
                device: Some(device),
                decision: &decision,
                ..AuditEntry::new(Actor::Phone, AuditEvent::DeviceAttested)
            };
            append(work.tx, work.now_ms, &entry)?;
            Ok(AttestAnswer { level })
        })
        .await
    }
}

/// How well the key of a device is kept, as it was last judged.
///
/// # Errors
/// [`Fault::Store`].
pub fn level_of(connection: &Connection, device: DeviceId) -> Result<Level, Fault> {
    let found: Option<u8> = connection
        .prepare_cached("SELECT attestation FROM device WHERE id = ?1")?
        .query_row([device.as_bytes()], |row| row.get(0))
        .optional()?;
    Ok(found.map(Level::from_code).unwrap_or_default())
}
