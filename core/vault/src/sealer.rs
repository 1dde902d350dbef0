//! The owner's keys at their places: what may be sealed where, and opened from where.

use rusqlite::Connection;
use zeroize::Zeroizing;

use crate::anchor::Mark;
use crate::database::{Single, StoredRow, read_single, write_single};
use crate::error::{Part, VaultError};
use crate::head::Head;
use crate::keys::{Keys, RowId};
use crate::randomness::Randomness;
use crate::record::{StoredFile, decode_body, decode_summary, encode_body, encode_summary};
use crate::seal::{Column, Place};

const CANARY: &[u8] = b"quanshengshi vault canary";

/// Seals and opens everything of one owner but the content of files.
pub(crate) struct Sealer {
    pub(crate) owner: String,
    pub(crate) keys: Keys,
}

impl Sealer {
    fn associated_data(
        &self,
        column: Column,
        id: &RowId,
        [version, sequence]: [u64; 2],
    ) -> Vec<u8> {
        Place {
            owner: &self.owner,
            column,
            id,
            version,
            sequence,
        }
        .associated_data()
    }

    fn row_place(&self, column: Column, row: &StoredRow) -> Vec<u8> {
        self.associated_data(column, &row.id, [row.version, row.sequence])
    }

    fn single_place(&self, column: Column) -> Vec<u8> {
        self.associated_data(column, &RowId::NONE, [0, 0])
    }

    /// A row ready to be written, sealed for its sequence and version.
    pub(crate) fn seal_row(
        &self,
        id: &str,
        [version, sequence]: [u64; 2],
        summary: &[u8],
        (files, body): (&[StoredFile], &[u8]),
        randomness: &dyn Randomness,
    ) -> Result<StoredRow, VaultError> {
        let row_id = self.keys.row_id(id);
        let place = |column| self.associated_data(column, &row_id, [version, sequence]);
        let record = &self.keys.record;
        let summary = encode_summary(id, summary);
        let body = encode_body(files, body);
        Ok(StoredRow {
            id: row_id,
            sequence,
            version,
            summary: record.seal(&place(Column::Summary), &summary, randomness)?,
            body: record.seal(&place(Column::Body), &body, randomness)?,
        })
    }

    /// The id and the summary of a row.
    pub(crate) fn open_summary(
        &self,
        row: &mut StoredRow,
    ) -> Result<(String, Zeroizing<Vec<u8>>), VaultError> {
        let place = self.row_place(Column::Summary, row);
        let sealed = std::mem::take(&mut row.summary);
        let plain = self.keys.record.open_sealed(&place, sealed);
        decode_summary(&plain.map_err(|_| VaultError::Damaged {
            what: Part::Summary,
        })?)
    }

    /// The files and the body of a row.
    pub(crate) fn open_body(
        &self,
        row: &mut StoredRow,
    ) -> Result<(Vec<StoredFile>, Zeroizing<Vec<u8>>), VaultError> {
        let place = self.row_place(Column::Body, row);
        let sealed = std::mem::take(&mut row.body);
        let plain = self.keys.record.open_sealed(&place, sealed);
        decode_body(&plain.map_err(|_| VaultError::Damaged { what: Part::Body })?)
    }

    /// The keyed tag of a row that is not yet opened.
    pub(crate) fn tag(&self, row: &StoredRow) -> [u8; 32] {
        let seals = [&row.summary[..], &row.body[..]];
        self.keys.row_tag(&row.id, row.sequence, row.version, seals)
    }

    /// A row's entry of the ledger.
    pub(crate) fn seal_tag(
        &self,
        sequence: u64,
        tag: &[u8; 32],
        randomness: &dyn Randomness,
    ) -> Result<Vec<u8>, VaultError> {
        self.keys
            .head
            .seal(&self.ledger_place(sequence), tag, randomness)
    }

    /// The tag in an entry of the ledger; none if the entry is not what was written for this row.
    pub(crate) fn open_tag(&self, sequence: u64, sealed: Vec<u8>) -> Option<[u8; 32]> {
        let opened = self
            .keys
            .head
            .open_sealed(&self.ledger_place(sequence), sealed);
        opened.ok()?.as_slice().try_into().ok()
    }

    fn ledger_place(&self, sequence: u64) -> Vec<u8> {
        self.associated_data(Column::Ledger, &RowId::NONE, [0, sequence])
    }

    /// Which vault this is, and how often it was changed.
    pub(crate) fn mark(&self, head: &Head) -> Mark {
        Mark {
            vault: self.keys.name,
            changes: head.counter,
        }
    }

    pub(crate) fn read_head(&self, connection: &Connection) -> Result<Head, VaultError> {
        let damaged = || VaultError::Damaged { what: Part::Head };
        let sealed = read_single(connection, Single::Head)?.ok_or_else(damaged)?;
        let place = self.single_place(Column::Head);
        Head::parse(
            &self
                .keys
                .head
                .open_sealed(&place, sealed)
                .map_err(|_| damaged())?,
        )
    }

    pub(crate) fn write_head(
        &self,
        connection: &Connection,
        head: &Head,
        randomness: &dyn Randomness,
    ) -> Result<(), VaultError> {
        let place = self.single_place(Column::Head);
        let plain = Zeroizing::new(head.to_bytes());
        let sealed = self.keys.head.seal(&place, &plain[..], randomness)?;
        write_single(connection, Single::Head, &sealed)
    }

    pub(crate) fn write_canary(
        &self,
        connection: &Connection,
        randomness: &dyn Randomness,
    ) -> Result<(), VaultError> {
        let place = self.single_place(Column::Canary);
        let sealed = self.keys.head.seal(&place, CANARY, randomness)?;
        write_single(connection, Single::Canary, &sealed)
    }

    /// Tells whether these keys belong to this database, and gives its head.
    ///
    /// The canary and the head row are two small values under one key. If neither opens, the key is wrong;
    /// if one does, the key is right and the other is damaged.
    pub(crate) fn prove_key(&self, connection: &Connection) -> Result<Head, VaultError> {
        let canary_opens = match read_single(connection, Single::Canary)? {
            Some(sealed) => {
                let place = self.single_place(Column::Canary);
                let opened = self.keys.head.open_sealed(&place, sealed);
                opened.is_ok_and(|plain| plain.as_slice() == CANARY)
            }
            None => false,
        };
        match (canary_opens, self.read_head(connection)) {
            (true, head) => head,
            (false, Ok(_)) => Err(VaultError::Damaged { what: Part::Canary }),
            (false, Err(VaultError::Damaged { what: Part::Head })) => Err(VaultError::WrongKey),
            (false, Err(other)) => Err(other),
        }
    }
}
