//! The test authority of a sample site: root, seal maker and signers, in one file of mode 0600.
//!
//! The file holds the secrets and the moment they were made; certificates, seal and lists follow from
//! them, so equal files give equal bytes. Everything it signs says 样例.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use quanshengshi_certificate::ofd::write::seal_face::{SEAL_MM, write_seal_picture};
use quanshengshi_certificate::record::calendar::Moment;
use quanshengshi_certificate::seal::anchor::{KeyCertificate, RevocationList};
use quanshengshi_certificate::seal::sealing::authority::{Authority, KeyPair, KeyUse, Subject};
use quanshengshi_certificate::seal::sealing::revocation::Revoked;
use quanshengshi_certificate::seal::sealing::sealer::{SealFace, Sealer};
use serde::{Deserialize, Serialize};

use crate::packages::VALID_OFFLINE_MS;
use crate::random::Random;
use crate::seals::SealError;

/// What stands along the ring.
const SEAL_NAME: &str = "黑龙江政务服务网样例专用章";
const ROOT_NAME: &str = "CN=全省事样例根,O=全省事样例,C=CN";
const MAKER_NAME: &str = "CN=全省事样例制章单位,O=全省事样例,C=CN";
const SIGNER_NAME: &str = "CN=黑龙江政务服务网（样例）,O=全省事样例,C=CN";
const FORM: u16 = 1;
const DAY_S: u64 = 86_400;
/// Days the certificates hold: ten years.
const LIFE_DAYS: u64 = 3653;
const ROOT_SERIAL: u64 = 1;
const MAKER_SERIAL: u64 = 2;
const FIRST_SIGNER_SERIAL: u64 = 100;
/// A list says the same for an hour.
const LIST_STEP_MS: u64 = 3_600_000;

/// The test authority of a sample site.
#[derive(Debug)]
pub struct TestAuthority {
    stored: Stored,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Stored {
    form: u16,
    made_at_s: u64,
    root: String,
    maker: String,
    /// The last one signs.
    signers: Vec<StoredSigner>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct StoredSigner {
    secret: String,
    made_at_s: u64,
    revoked_at_s: Option<u64>,
}

impl std::fmt::Debug for Stored {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut shown = f.debug_struct("Stored");
        shown
            .field("signers", &self.signers.len())
            .finish_non_exhaustive()
    }
}

/// The file of a sample site's authority: beside its database.
pub fn file_beside(database: &Path) -> PathBuf {
    database.with_extension("seal-authority.json")
}

impl TestAuthority {
    /// Opens the authority of a file, making it when it is missing. Two portals that start at once
    /// end up with the same one.
    ///
    /// # Errors
    /// [`SealError::File`], [`SealError::Damaged`], [`SealError::Random`].
    pub fn open(file: &Path, now_ms: u64) -> Result<Self, SealError> {
        if let Some(stored) = read(file)? {
            return Ok(Self { stored });
        }
        let made_at_s = (now_ms / 1000).saturating_sub(DAY_S);
        let stored = Stored {
            form: FORM,
            made_at_s,
            root: make_secret()?,
            maker: make_secret()?,
            signers: vec![StoredSigner {
                secret: make_secret()?,
                made_at_s,
                revoked_at_s: None,
            }],
        };
        write(file, &stored, false)?;
        // Another portal may have been faster.
        let stored = read(file)?.ok_or_else(|| SealError::Damaged(file.to_owned()))?;
        Ok(Self { stored })
    }

    /// Revokes the signer as of now and makes a new one; portals seal with it after their next start.
    /// Gives the serial number of the revoked certificate.
    ///
    /// # Errors
    /// As [`TestAuthority::open`].
    pub fn renew(file: &Path, now_ms: u64) -> Result<u64, SealError> {
        let mut authority = Self::open(file, now_ms)?;
        let revoked = authority.signer_serial();
        let at_s = now_ms / 1000;
        let signers = &mut authority.stored.signers;
        if let Some(last) = signers.last_mut() {
            last.revoked_at_s = Some(at_s);
        }
        signers.push(StoredSigner {
            secret: make_secret()?,
            made_at_s: at_s,
            revoked_at_s: None,
        });
        write(file, &authority.stored, true)?;
        Ok(revoked)
    }

    /// The root's certificate.
    ///
    /// # Errors
    /// [`SealError::Sealing`].
    pub fn root(&self) -> Result<KeyCertificate, SealError> {
        let root = self.root_authority()?;
        KeyCertificate::parse(root.certificate()).map_err(|_| damaged())
    }

    /// The seal in the hand of the present signer.
    ///
    /// # Errors
    /// [`SealError::Sealing`], [`SealError::Write`] when the font cannot draw the seal.
    pub fn sealer(&self, font: &[u8]) -> Result<Sealer, SealError> {
        let root = self.root_authority()?;
        let valid_s = self.valid_s(self.stored.made_at_s);
        let maker = root.issue(
            pair(&self.stored.maker)?,
            &subject(MAKER_NAME, MAKER_SERIAL, valid_s, KeyUse::Signing),
        )?;
        let signer = self.stored.signers.last().ok_or_else(damaged)?;
        let own_valid_s = self.valid_s(signer.made_at_s);
        let serial = self.signer_serial();
        let signer = root.issue(
            pair(&signer.secret)?,
            &subject(SIGNER_NAME, serial, own_valid_s, KeyUse::Signing),
        )?;
        let made_on = Moment::from_unix_seconds(self.stored.made_at_s);
        let made_on = made_on.map_err(|_| SealError::Time)?.date();
        let picture = write_seal_picture(SEAL_NAME, "样例", made_on, font)?;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a constant of 40"
        )]
        let side = SEAL_MM as u8;
        let id = format!("SAMPLE{serial:08}");
        let face = SealFace {
            id: &id,
            name: SEAL_NAME,
            picture: &picture,
            size_mm: (side, side),
            valid_s: (own_valid_s.0.cast_signed(), own_valid_s.1.cast_signed()),
        };
        Ok(Sealer::with_picture(&maker, signer, &face, "OFD"))
    }

    /// The revocation list as it is now.
    ///
    /// # Errors
    /// [`SealError::Sealing`].
    pub fn revocations(&self, now_ms: u64) -> Result<RevocationList, SealError> {
        let hour_ms = now_ms - now_ms % LIST_STEP_MS;
        let entries: Vec<(u64, i64)> = self
            .stored
            .signers
            .iter()
            .zip(FIRST_SIGNER_SERIAL..)
            .filter_map(|(signer, serial)| Some((serial, signer.revoked_at_s?.cast_signed())))
            .collect();
        // A revocation of this hour is not to wait for the next.
        let newest_s = entries.iter().map(|(_, since_s)| *since_s).max();
        let made_at_s = (hour_ms / 1000).cast_signed().max(newest_s.unwrap_or(0));
        let list = self.root_authority()?.sign_revocations(&Revoked {
            number: made_at_s.unsigned_abs(),
            made_at_s,
            next_at_s: made_at_s + (VALID_OFFLINE_MS / 1000).cast_signed(),
            entries: &entries,
        })?;
        RevocationList::parse(&list).map_err(|_| damaged())
    }

    fn root_authority(&self) -> Result<Authority, SealError> {
        let valid_s = self.valid_s(self.stored.made_at_s);
        let subject = subject(ROOT_NAME, ROOT_SERIAL, valid_s, KeyUse::Authority);
        Ok(Authority::new_root(pair(&self.stored.root)?, &subject)?)
    }

    /// From a moment until the root's own end.
    fn valid_s(&self, from_s: u64) -> (u64, u64) {
        (from_s, self.stored.made_at_s + LIFE_DAYS * DAY_S)
    }

    fn signer_serial(&self) -> u64 {
        FIRST_SIGNER_SERIAL + self.stored.signers.len().saturating_sub(1) as u64
    }
}

fn damaged() -> SealError {
    SealError::Damaged(PathBuf::from("the file of the test authority"))
}

fn subject(name: &str, serial: u64, valid_s: (u64, u64), key_use: KeyUse) -> Subject<'_> {
    Subject {
        name,
        serial,
        valid_s,
        key_use,
    }
}

fn pair(secret: &str) -> Result<KeyPair, SealError> {
    let bytes = STANDARD.decode(secret).ok();
    let bytes: Option<[u8; 32]> = bytes.and_then(|bytes| bytes.try_into().ok());
    Ok(KeyPair::from_secret(&bytes.ok_or_else(damaged)?)?)
}

/// 32 random bytes that are an SM2 key: all but one in four thousand million are.
fn make_secret() -> Result<String, SealError> {
    loop {
        let bytes = Random::default().make_bytes::<32>()?;
        if KeyPair::from_secret(&bytes).is_ok() {
            return Ok(STANDARD.encode(bytes));
        }
    }
}

fn read(file: &Path) -> Result<Option<Stored>, SealError> {
    let text = match fs::read(file) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(source) => {
            let path = file.to_owned();
            return Err(SealError::File { path, source });
        }
    };
    let stored: Option<Stored> = serde_json::from_slice(&text).ok();
    let sound = stored.filter(|stored| {
        let mut secrets = stored.signers.iter().map(|signer| &signer.secret);
        let whole = pair(&stored.root).is_ok() && pair(&stored.maker).is_ok();
        stored.form == FORM
            && !stored.signers.is_empty()
            && whole
            && secrets.all(|secret| pair(secret).is_ok())
    });
    sound
        .map(Some)
        .ok_or_else(|| SealError::Damaged(file.to_owned()))
}

/// The file appears whole; without `replace`, only where there is none yet.
fn write(file: &Path, stored: &Stored, replace: bool) -> Result<(), SealError> {
    let failed = |source| SealError::File {
        path: file.to_owned(),
        source,
    };
    let text = serde_json::to_vec_pretty(stored).map_err(|error| failed(error.into()))?;
    let number = u64::from_be_bytes(Random::default().make_bytes()?);
    let unfinished = file.with_extension(format!("{number:016x}.unfinished"));
    let written = write_private(&unfinished, &text).and_then(|()| {
        if replace {
            return fs::rename(&unfinished, file);
        }
        let linked = fs::hard_link(&unfinished, file);
        fs::remove_file(&unfinished)?;
        match linked {
            Err(error) if error.kind() != ErrorKind::AlreadyExists => Err(error),
            _ => Ok(()),
        }
    });
    written.map_err(failed)
}

fn write_private(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    let mut file = options.open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}
