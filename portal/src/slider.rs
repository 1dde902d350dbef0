//! The sliding puzzle before a sign-in (requirement LG-03).
//!
//! The portal draws a picture with a dark square and the piece that belongs there, and keeps the
//! place only in its own database. One try a picture, two minutes, a few pixels of tolerance. The
//! movement is kept for risk; it must at least be a hand's movement. Meanwhile the browser does
//! some [`work`]. It is a native range: drag, tap and correct, or arrow keys, and an SMS code is
//! the way beside it.

pub mod picture;
pub mod track;
pub mod work;

use std::sync::Arc;

use quanshengshi_protocol::ids::{Digest, TaskId};
use rusqlite::{OptionalExtension, params};

use crate::clock::Clock;
use crate::random::{Random, RandomError};
use crate::slider::picture::{HEIGHT, PIECE, Scene, WIDTH};
use crate::slider::track::Track;
use crate::store::{Store, StoreError};

/// The tables of this room.
pub const SCHEMA: &str = "
CREATE TABLE slider_puzzles (
    id BLOB NOT NULL UNIQUE,
    session BLOB NOT NULL,
    seed INTEGER NOT NULL,
    x INTEGER NOT NULL,
    y INTEGER NOT NULL,
    made_at_ms INTEGER NOT NULL,
    tried_at_ms INTEGER,
    held INTEGER,
    track TEXT
) STRICT;
";

/// What version 2 adds: the work that was asked for, and from where.
pub const SCHEMA_2: &str = "
ALTER TABLE slider_puzzles ADD COLUMN bits INTEGER NOT NULL DEFAULT 0;
ALTER TABLE slider_puzzles ADD COLUMN network TEXT NOT NULL DEFAULT '';
CREATE INDEX slider_puzzles_by_network ON slider_puzzles (network, tried_at_ms);
";

/// Milliseconds a picture lives.
pub const LIFE_MS: u64 = 120_000;
/// Failed pictures within this time make the next work more, milliseconds.
const WINDOW_MS: u64 = 15 * 60_000;
/// How far beside the place still counts, in units of the picture's width of 400.
pub const TOLERANCE: u32 = 6;

/// A puzzle, by its random name.
pub type PuzzleId = TaskId;

/// Why a puzzle does not let anybody through.
#[derive(Debug, thiserror::Error)]
pub enum SliderError {
    /// Not in the right place, no movement, or the work is missing. The picture is used up.
    #[error("the piece is not in its place")]
    Wrong,
    /// Too old, tried before, or of another session.
    #[error("the picture has expired")]
    Expired,
    /// No randomness for a picture.
    #[error(transparent)]
    Random(#[from] RandomError),
    /// The picture could not be encoded.
    #[error("the picture could not be encoded")]
    Picture,
    /// The storage failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<rusqlite::Error> for SliderError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(error.into())
    }
}

/// Which of the two pictures of a puzzle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The landscape with the dark square.
    Landscape,
    /// The piece.
    Piece,
}

/// A new puzzle, as far as the page may know it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Puzzle {
    /// Its name.
    pub id: PuzzleId,
    /// Distance of the piece from the top, in units of the picture's height of 150.
    pub y: u32,
    /// Zeros that the work begins with.
    pub bits: u32,
}

/// The one try of a picture, as a form brings it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tried {
    /// Where the piece was left, in units of the picture's width of 400.
    pub place: u32,
    /// How it got there.
    pub track: String,
    /// The number that was worked out.
    pub work: String,
}

/// Makes and judges puzzles.
#[derive(Debug, Clone)]
pub struct Slider {
    store: Store,
    clock: Arc<dyn Clock>,
    random: Random,
}

impl Slider {
    /// Over a storage.
    pub fn new(store: Store, clock: Arc<dyn Clock>, random: Random) -> Self {
        Self {
            store,
            clock,
            random,
        }
    }

    /// A new puzzle for a session in a network, whose work grows with the network's pictures
    /// that failed and with `failures` that others counted.
    ///
    /// # Errors
    /// [`SliderError::Random`] or the storage's.
    ///
    /// # Cancellation
    /// Harmless.
    pub async fn make(
        &self,
        session: Digest,
        network: &str,
        failures: u32,
    ) -> Result<Puzzle, SliderError> {
        let id = PuzzleId::from_bytes(self.random.make_bytes()?);
        let seed = self.random.make_below(u32::MAX)?;
        let x = 2 * PIECE + self.random.make_below(WIDTH - 3 * PIECE - 8)?;
        let y = 12 + self.random.make_below(HEIGHT - PIECE - 24)?;
        let (now, network) = (signed(self.clock.now_ms()), network.to_owned());
        let bits = self
            .store
            .write(move |transaction| {
                let old = now.saturating_sub_unsigned(24 * 3_600_000);
                transaction.execute("DELETE FROM slider_puzzles WHERE made_at_ms < ?1", [old])?;
                let failed: u32 = transaction.query_row(
                    "SELECT count(*) FROM slider_puzzles \
                     WHERE network = ?1 AND tried_at_ms > ?2 AND held = 0",
                    params![network, now.saturating_sub_unsigned(WINDOW_MS)],
                    |row| row.get(0),
                )?;
                let bits = work::bits_after(failed.max(failures));
                transaction.execute(
                    "INSERT INTO slider_puzzles \
                     (id, session, seed, x, y, made_at_ms, bits, network) \
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                    params![
                        id.as_bytes(),
                        session.as_bytes(),
                        seed,
                        x,
                        y,
                        now,
                        bits,
                        network
                    ],
                )?;
                Ok::<_, SliderError>(bits)
            })
            .await?;
        Ok(Puzzle { id, y, bits })
    }

    /// PNG bytes of one of the pictures, for the session it was made for.
    ///
    /// # Errors
    /// [`SliderError::Expired`] for other sessions and used pictures.
    ///
    /// # Cancellation
    /// Harmless.
    pub async fn picture(
        &self,
        id: PuzzleId,
        session: Digest,
        part: Part,
    ) -> Result<Vec<u8>, SliderError> {
        let scene = self.scene(id, session).await?;
        tokio::task::spawn_blocking(move || {
            let picture = match part {
                Part::Landscape => scene.landscape(),
                Part::Piece => scene.piece(),
            };
            quanshengshi_frame::still::encode_png(&picture).map_err(|_| SliderError::Picture)
        })
        .await
        .map_err(|_| SliderError::Picture)?
    }

    /// Where the piece of a session's newest picture belongs.
    #[cfg(test)]
    pub(crate) async fn newest_place(&self, session: Digest) -> Result<u32, SliderError> {
        self.store
            .read(move |connection| {
                let sql = "SELECT x FROM slider_puzzles WHERE session = ?1 \
                           AND tried_at_ms IS NULL ORDER BY rowid DESC LIMIT 1";
                let found = connection.query_row(sql, [session.as_bytes()], |row| row.get(0));
                found.optional()?.ok_or(SliderError::Expired)
            })
            .await
    }

    /// Judges the one try of a picture.
    ///
    /// # Errors
    /// [`SliderError::Expired`] or [`SliderError::Wrong`]; after either the picture is used up.
    ///
    /// # Cancellation
    /// The try is used up.
    pub async fn judge(
        &self,
        id: PuzzleId,
        session: Digest,
        tried: Tried,
    ) -> Result<(), SliderError> {
        let now_ms = self.clock.now_ms();
        let held = self
            .store
            .write(move |transaction| {
                let sql = "SELECT x, made_at_ms, bits FROM slider_puzzles \
                           WHERE id = ?1 AND session = ?2 AND tried_at_ms IS NULL";
                let values = params![id.as_bytes(), session.as_bytes()];
                let found: Option<(u32, i64, u32)> = transaction
                    .query_row(sql, values, |row| {
                        Ok((row.get(0)?, row.get(1)?, row.get(2)?))
                    })
                    .optional()?;
                let Some((x, made, bits)) = found else {
                    return Ok(None);
                };
                let age = now_ms.saturating_sub(made.unsigned_abs());
                let held = x.abs_diff(tried.place) <= TOLERANCE
                    && Track::parse(&tried.track)
                        .is_some_and(|track| track.leads_to(tried.place, age))
                    && work::is_done(id, bits, &tried.work);
                let track: String = tried.track.chars().take(track::MOST_CHARACTERS).collect();
                transaction.execute(
                    "UPDATE slider_puzzles SET tried_at_ms = ?2, held = ?3, track = ?4 \
                     WHERE id = ?1",
                    params![id.as_bytes(), signed(now_ms), held, track],
                )?;
                Ok::<_, SliderError>((age < LIFE_MS).then_some(held))
            })
            .await?;
        match held {
            None => Err(SliderError::Expired),
            Some(false) => Err(SliderError::Wrong),
            Some(true) => Ok(()),
        }
    }

    async fn scene(&self, id: PuzzleId, session: Digest) -> Result<Scene, SliderError> {
        self.store
            .read(move |connection| {
                let sql = "SELECT seed, x, y FROM slider_puzzles \
                           WHERE id = ?1 AND session = ?2 AND tried_at_ms IS NULL";
                let values = params![id.as_bytes(), session.as_bytes()];
                let found = connection.query_row(sql, values, |row| {
                    Ok(Scene {
                        seed: row.get(0)?,
                        x: row.get(1)?,
                        y: row.get(2)?,
                    })
                });
                found.optional()?.ok_or(SliderError::Expired)
            })
            .await
    }
}

fn signed(at_ms: u64) -> i64 {
    i64::try_from(at_ms).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests;
