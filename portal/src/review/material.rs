//! Pictures of documents: read, redrawn, sealed (requirement MR-02).
//!
//! What a browser sends is never kept. It is decoded under limits and written anew as JPEG, so
//! that EXIF, a place, anything hidden in or behind the picture is gone; then it is sealed, and
//! only a reviewer's page opens it. A good picture is kept as a draft of its session, so that a
//! fault elsewhere in the form does not cost it.

use quanshengshi_frame::rgb::Rgb;
use quanshengshi_frame::still::{self, LONGEST_STILL_SIDE};
use quanshengshi_protocol::ids::Digest;
use quanshengshi_rules::complaint::code::Code;
use rusqlite::{Connection, OptionalExtension as _, params};

use crate::accounts::AccountKind;
use crate::review::application::ApplicationId;
use crate::review::{Review, ReviewError, signed};

/// The most bytes of one picture as it is sent.
pub const MOST_BYTES: usize = 5 << 20;
/// The most pixels that are decoded: a phone's sharpest pictures that fit the bytes.
pub const MOST_PIXELS: u64 = 50_000_000;
/// Milliseconds a draft is kept that nobody hands in.
pub const DRAFT_LIFE_MS: u64 = 3_600_000;
/// The longest side that is kept, in pixels: small print of a card stays readable.
const LONGEST_KEPT: u32 = 2400;
const QUALITY: u8 = 88;
/// Where a picture is sealed for.
const COLUMN: &str = "review_materials.sealed";

/// What a picture shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Slot {
    /// The side of the document with the portrait; the page with the portrait of a passport.
    Front,
    /// The other side: the emblem and the validity.
    Back,
    /// 营业执照 or 统一代码证书.
    Licence,
}

impl Slot {
    /// What an application of a kind needs.
    pub const fn of(kind: AccountKind) -> &'static [Self] {
        match kind {
            AccountKind::Personal => &[Self::Front, Self::Back],
            AccountKind::Legal => &[Self::Front, Self::Back, Self::Licence],
        }
    }

    /// The name of the input, and the word in the database.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Front => "photo_front",
            Self::Back => "photo_back",
            Self::Licence => "photo_licence",
        }
    }

    /// The slot of a word.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Front, Self::Back, Self::Licence]
            .into_iter()
            .find(|slot| slot.word() == word)
    }
}

/// What came in an input.
#[derive(Debug, Clone)]
pub enum Upload {
    /// At most [`MOST_BYTES`].
    Bytes(Vec<u8>),
    /// More: the rest was thrown away.
    TooLarge,
}

/// A picture that is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kept {
    /// What it shows.
    pub slot: Slot,
    /// Its size in bytes, as it is kept.
    pub size: u64,
}

/// Redraws a picture: nothing of the file but its pixels is left.
///
/// # Errors
/// `REVIEW_MATERIAL_TOO_LARGE` by bytes or pixels, `REVIEW_MATERIAL_TYPE` for everything that is
/// not a whole JPEG or PNG.
pub fn redraw(bytes: &[u8]) -> Result<Vec<u8>, Code> {
    if bytes.len() > MOST_BYTES {
        return Err(Code::ReviewMaterialTooLarge);
    }
    let (width, height) = still::stored_size(bytes).map_err(|_| Code::ReviewMaterialType)?;
    let longest = width.max(height);
    if longest > LONGEST_STILL_SIDE || u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err(Code::ReviewMaterialTooLarge);
    }
    if !is_whole(bytes) {
        return Err(Code::ReviewMaterialType);
    }
    let picture = still::decode(bytes).map_err(|_| Code::ReviewMaterialType)?;
    still::encode_jpeg(&shrunk(picture), QUALITY).map_err(|_| Code::ReviewMaterialType)
}

/// Whether a JPEG has its end: the decoder fills what was cut off with grey, and a reviewer would
/// be left to guess. A PNG that was cut off does not decode.
fn is_whole(bytes: &[u8]) -> bool {
    let last = |mark: [u8; 2]| bytes.windows(2).rposition(|pair| pair == mark);
    if !bytes.starts_with(&[0xff, 0xd8]) {
        return true;
    }
    // Inside the pixels 0xff is always escaped: the last start of a scan is the picture's own,
    // and not that of a thumbnail in front of it.
    match (last([0xff, 0xda]), last([0xff, 0xd9])) {
        (Some(scan), Some(end)) => end > scan,
        _ => false,
    }
}

fn shrunk(picture: Rgb) -> Rgb {
    let longest = picture.width.max(picture.height);
    if longest <= LONGEST_KEPT {
        return picture;
    }
    let scaled = |side: u32| {
        let side = u64::from(side) * u64::from(LONGEST_KEPT) / u64::from(longest);
        u32::try_from(side).unwrap_or(LONGEST_KEPT).max(1)
    };
    picture.resized(scaled(picture.width), scaled(picture.height))
}

impl Review {
    /// Redraws a picture and keeps it as the session's draft, in place of the one before.
    ///
    /// # Errors
    /// Inside: as [`redraw`]. Outside: [`ReviewError::Sealing`], [`ReviewError::Store`].
    ///
    /// # Cancellation
    /// It may be kept.
    pub async fn keep_draft(
        &self,
        session: Digest,
        kind: AccountKind,
        slot: Slot,
        upload: Upload,
    ) -> Result<Result<(), Code>, ReviewError> {
        let Upload::Bytes(bytes) = upload else {
            return Ok(Err(Code::ReviewMaterialTooLarge));
        };
        let jpeg = {
            // The semaphore is never closed.
            let permit = self.pictures.clone().acquire_owned().await.ok();
            let work = move || {
                let _held = permit;
                redraw(&bytes)
            };
            match tokio::task::spawn_blocking(work).await {
                Ok(Ok(jpeg)) => jpeg,
                Ok(Err(code)) => return Ok(Err(code)),
                // A decoder that fell over has not read a picture.
                Err(_) => return Ok(Err(Code::ReviewMaterialType)),
            }
        };
        let id: [u8; 16] = self.random.make_bytes()?;
        let sealed = self.keys.sealing.seal(COLUMN, &id, &jpeg)?;
        let (size, now) = (signed(jpeg.len() as u64), signed(self.clock.now_ms()));
        self.store
            .write(move |transaction| {
                transaction.execute(
                    "DELETE FROM review_materials \
                     WHERE session = ?1 AND kind = ?2 AND slot = ?3",
                    params![session.as_bytes(), kind.word(), slot.word()],
                )?;
                transaction.execute(
                    "INSERT INTO review_materials (id, session, kind, slot, sealed, size, at_ms) \
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                    params![
                        id,
                        session.as_bytes(),
                        kind.word(),
                        slot.word(),
                        sealed,
                        size,
                        now
                    ],
                )?;
                Ok::<_, ReviewError>(Ok(()))
            })
            .await
    }

    /// The drafts of a session.
    ///
    /// # Errors
    /// Only the storage's.
    ///
    /// # Cancellation
    /// Harmless.
    pub async fn drafts(
        &self,
        session: Digest,
        kind: AccountKind,
    ) -> Result<Vec<Kept>, ReviewError> {
        self.store
            .read(move |connection| {
                let which = "session = ?1 AND kind = ?2";
                kept(connection, which, params![session.as_bytes(), kind.word()])
            })
            .await
    }

    /// A picture of an application, as JPEG.
    ///
    /// # Errors
    /// [`ReviewError::Unknown`] when there is none, or it is deleted already.
    ///
    /// # Cancellation
    /// Harmless.
    pub(super) async fn open_material(
        &self,
        application: ApplicationId,
        slot: Slot,
    ) -> Result<Vec<u8>, ReviewError> {
        let found: Option<([u8; 16], Vec<u8>)> = self
            .store
            .read(move |connection| {
                let sql = "SELECT id, sealed FROM review_materials \
                           WHERE application = ?1 AND slot = ?2";
                let read = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?));
                let values = params![application.0, slot.word()];
                let found = connection.query_row(sql, values, read).optional()?;
                Ok::<_, ReviewError>(found)
            })
            .await?;
        let (id, sealed) = found.ok_or(ReviewError::Unknown)?;
        Ok(self.keys.sealing.open_sealed(COLUMN, &id, &sealed)?)
    }
}

/// The pictures of a condition, in the order of their slots.
pub(super) fn kept(
    connection: &Connection,
    which: &str,
    values: impl rusqlite::Params,
) -> Result<Vec<Kept>, ReviewError> {
    let sql = format!("SELECT slot, size FROM review_materials WHERE {which}");
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(values, |row| {
        Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?))
    })?;
    let mut all = Vec::new();
    for row in rows {
        let (word, size) = row?;
        if let Some(slot) = Slot::from_word(&word) {
            let size = size.unsigned_abs();
            all.push(Kept { slot, size });
        }
    }
    all.sort_by_key(|kept| kept.slot);
    Ok(all)
}
