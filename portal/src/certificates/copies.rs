//! Annotated copies (加注件): made at the moment they are handed out.

use std::sync::Arc;

use quanshengshi_certificate::ofd::write::notice::CopyNotice;
use quanshengshi_certificate::ofd::write::write_ofd;
use quanshengshi_certificate::record::CertificateRecord;
use quanshengshi_certificate::record::calendar::{Date, Moment};

use crate::certificates::{CertificateError, Certificates};

/// Who makes the copies.
const MAKER: &str = "黑龙江政务服务网（样例）";
/// Days a copy for a use holds.
pub const COPY_DAYS: u64 = 30;
const DAY_MS: u64 = 86_400_000;

/// What a copy is made for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CopyFor {
    /// Handed out on the PC for one use.
    Use {
        /// The use, such as 投标.
        purpose: String,
        /// Who asked, masked.
        asked_by: String,
        /// The copy's number.
        number: String,
    },
    /// Kept on the holder's phone.
    Handset {
        /// Who asked, masked.
        asked_by: String,
        /// The copy's number.
        number: String,
    },
}

impl Certificates {
    /// The OFD bytes of a copy made at a portal time, milliseconds since 1970.
    ///
    /// # Errors
    /// [`CertificateError::Write`], [`CertificateError::Time`].
    ///
    /// # Cancellation
    /// Harmless; a thread ends its work.
    pub async fn copy_for(
        &self,
        record: &CertificateRecord,
        copy: CopyFor,
        now_ms: u64,
    ) -> Result<Vec<u8>, CertificateError> {
        let made_at =
            Moment::from_unix_seconds(now_ms / 1000).map_err(|_| CertificateError::Time)?;
        let notice = match copy {
            CopyFor::Use {
                purpose,
                asked_by,
                number,
            } => {
                let until = Some(last_day(now_ms)?);
                CopyNotice::for_use(&purpose, &asked_by, MAKER, made_at, until, &number)
            }
            CopyFor::Handset { asked_by, number } => {
                CopyNotice::for_handset(&asked_by, MAKER, made_at, &number)
            }
        };
        let (record, font) = (record.clone(), Arc::clone(&self.font));
        let write = move || write_ofd(&record, &notice, None, &font);
        let written = tokio::task::spawn_blocking(write).await;
        Ok(written.map_err(|_| CertificateError::Time)??)
    }
}

/// The last day of a copy that is made now.
///
/// # Errors
/// [`CertificateError::Time`] outside the calendar.
pub fn last_day(now_ms: u64) -> Result<Date, CertificateError> {
    Moment::from_unix_seconds(now_ms / 1000 + COPY_DAYS * DAY_MS / 1000)
        .map(Moment::date)
        .map_err(|_| CertificateError::Time)
}
