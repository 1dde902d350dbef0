//! Annotated copies (加注件): made at the moment they are handed out.

use std::sync::Arc;

use quanshengshi_certificate::ofd::draw::draw_page;
use quanshengshi_certificate::ofd::read::Ofd;
use quanshengshi_certificate::ofd::write::dressing::Dressing;
use quanshengshi_certificate::ofd::write::kind::Kind;
use quanshengshi_certificate::ofd::write::notice::CopyNotice;
use quanshengshi_certificate::ofd::write::{is_picture, write_face};
use quanshengshi_certificate::record::CertificateRecord;
use quanshengshi_certificate::record::calendar::{Date, Moment};

use crate::certificates::handed::{HandedCopy, remember};
use crate::certificates::{CertificateError, Certificates};

/// Who makes the copies.
pub const MAKER: &str = "黑龙江政务服务网（样例）";
/// How large the page is drawn: 152 dots an inch, sharp on a screen and readable on paper.
const PX_PER_MM: f32 = 6.0;
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
    /// Looked at on the PC by its holder, and not handed on.
    View {
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

impl CopyFor {
    /// The number of a copy that others will see.
    fn handed_number(&self) -> Option<&str> {
        match self {
            Self::Use { number, .. } | Self::Handset { number, .. } => Some(number),
            Self::View { .. } => None,
        }
    }
}

impl Certificates {
    /// The OFD bytes of a copy made at a portal time, milliseconds since 1970; sealed when the portal
    /// has a seal. A copy that others will see carries a code that opens its page of verification; one
    /// that is only looked at says the certificate's identifier there.
    ///
    /// # Errors
    /// [`CertificateError::Write`], [`CertificateError::Seal`], [`CertificateError::Time`],
    /// [`CertificateError::Store`].
    ///
    /// # Cancellation
    /// A thread ends its work; the code of a copy that was not handed out may stay known.
    pub async fn copy_for(
        &self,
        record: &CertificateRecord,
        copy: CopyFor,
        now_ms: u64,
    ) -> Result<Vec<u8>, CertificateError> {
        let number = copy.handed_number().map(str::to_owned);
        let notice = notice_for(copy, now_ms)?;
        let address = match number {
            Some(number) => self.remember_copy(record, &notice, number, now_ms).await?,
            None => None,
        };
        let portrait = self.portrait(record).await;
        let (record, font) = (record.clone(), Arc::clone(&self.font));
        let seals = self.seals.clone();
        let write = move || {
            let dressing = Dressing {
                portrait: portrait.as_deref(),
                code: address.as_deref(),
                ..Dressing::default()
            };
            match seals {
                Some(seals) => seals.write_sealed(&record, &notice, &dressing, &font, now_ms),
                None => Ok(write_face(&record, &notice, &dressing, &font)?.ofd),
            }
        };
        let written = tokio::task::spawn_blocking(write).await;
        written.map_err(|_| CertificateError::Time)?
    }

    /// The address of the code on a copy, from then on answered; none where the portal makes none.
    async fn remember_copy(
        &self,
        record: &CertificateRecord,
        notice: &CopyNotice,
        number: String,
        made_at_ms: u64,
    ) -> Result<Option<String>, CertificateError> {
        let Some(codes) = &self.codes else {
            return Ok(None);
        };
        let copy = HandedCopy {
            certificate: record.id.to_string(),
            number,
            purpose: notice.purpose.clone(),
            made_at_ms,
            valid_to: notice.valid_to,
        };
        let code = codes.code_of(&copy);
        self.store
            .write(move |transaction| remember(transaction, code, &copy))
            .await?;
        Ok(Some(codes.address(code)))
    }

    /// The photo on file of a card's holder. A register that does not answer costs the portrait, not
    /// the copy.
    async fn portrait(&self, record: &CertificateRecord) -> Option<Vec<u8>> {
        let [holder] = record.holders.as_slice() else {
            return None;
        };
        let wanted = Kind::of(record).has_portrait();
        let registers = self.registers.as_ref().filter(|_| wanted)?;
        let photo = registers.reference_photo(&holder.code).await.ok()??;
        is_picture(&photo).then_some(photo)
    }

    /// The first page of such a copy as a PNG.
    ///
    /// # Errors
    /// [`CertificateError::Drawing`]; as [`Certificates::copy_for`].
    ///
    /// # Cancellation
    /// Harmless; a thread ends its work.
    pub async fn picture_for(
        &self,
        record: &CertificateRecord,
        copy: CopyFor,
        now_ms: u64,
    ) -> Result<Vec<u8>, CertificateError> {
        let bytes = self.copy_for(record, copy, now_ms).await?;
        let drawn = tokio::task::spawn_blocking(move || draw(&bytes)).await;
        drawn.map_err(|_| CertificateError::Time)?
    }
}

fn draw(bytes: &[u8]) -> Result<Vec<u8>, CertificateError> {
    let failed = |error: &dyn std::error::Error| CertificateError::Drawing(error.to_string());
    let ofd = Ofd::open(bytes).map_err(|error| failed(&error))?;
    let picture = draw_page(&ofd, 0, PX_PER_MM).map_err(|error| failed(&error))?;
    picture.to_png().map_err(|error| failed(&error))
}

/// Width and height of the picture of a copy, in whole pixels.
pub fn picture_size(record: &CertificateRecord) -> (f32, f32) {
    let (width, height) = Kind::of(record).size();
    ((width * PX_PER_MM).round(), (height * PX_PER_MM).round())
}

/// What a copy made at a portal time says about itself.
///
/// # Errors
/// [`CertificateError::Time`] outside the calendar.
pub fn notice_for(copy: CopyFor, now_ms: u64) -> Result<CopyNotice, CertificateError> {
    let made_at = Moment::from_unix_seconds(now_ms / 1000).map_err(|_| CertificateError::Time)?;
    Ok(match copy {
        CopyFor::Use {
            purpose,
            asked_by,
            number,
        } => {
            let until = Some(last_day(now_ms)?);
            CopyNotice::for_use(&purpose, &asked_by, MAKER, made_at, until, &number)
        }
        CopyFor::View { asked_by, number } => CopyNotice {
            purpose: "本人查看".to_owned(),
            maker: MAKER.to_owned(),
            made_at,
            valid_to: None,
            watermark: vec![
                format!("仅供本人查看 · {asked_by}"),
                format!("{} · 第 {number} 号", made_at.date()),
            ],
        },
        CopyFor::Handset { asked_by, number } => {
            CopyNotice::for_handset(&asked_by, MAKER, made_at, &number)
        }
    })
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
