//! Writing the face of a certificate as a one-page OFD with an embedded font subset.
//!
//! Equal input gives equal bytes. The file carries no seal: it is what an issuer would seal.

pub mod dressing;
mod embedded_font;
mod face;
pub mod kind;
mod lines;
pub mod notice;
mod ornament;
mod package;
mod rows;
pub mod seal_face;
mod sheet;
mod turn;
mod typeface;
mod watermark;

use crate::record::{CertificateRecord, RecordError};
use crate::seal::verify::Stamp;
use dressing::{Dressing, Face, SealPlace};
use kind::Kind;
use notice::CopyNotice;
use package::{About, Picture};
use sheet::{PORTRAIT_ID, SEAL_ID, Sheet};
use typeface::Typeface;

/// Why the face of a certificate is not written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// A field of the record is empty or malformed.
    #[error(transparent)]
    Record(#[from] RecordError),
    /// The notice has no purpose, no watermark line, or lines that are too long.
    #[error("the notice has no purpose, no watermark, or lines that are too long")]
    Notice,
    /// The font has no sign for a character; nothing is drawn rather than a wrong name.
    #[error("the font has no sign for {character:?} (U+{:04X})", u32::from(*character))]
    MissingGlyph {
        /// The character.
        character: char,
    },
    /// The font bytes are no usable OpenType font.
    #[error("not a usable OpenType font")]
    Font,
    /// The texts do not fit the page even in the smallest type.
    #[error("the texts do not fit the page")]
    Overflow,
    /// The seal picture is no PNG or JPEG within the limits.
    #[error("the seal picture is no PNG or JPEG")]
    SealPicture,
    /// The portrait is no PNG or JPEG within the limits.
    #[error("the portrait is no PNG or JPEG")]
    Portrait,
    /// The package could not be made.
    #[error("the package could not be made")]
    Package(#[from] zip::result::ZipError),
}

/// Writes the annotated copy of a certificate as an OFD of one page of A4, in the layout that suits
/// every kind.
///
/// `seal_picture` is a PNG or JPEG laid over the issuer's name; it proves nothing. Without one a
/// sample record gets a plain ring marked 样例, any other record nothing. `font` is a whole OpenType
/// font; only the signs used are embedded.
///
/// # Errors
/// Any [`WriteError`].
pub fn write_ofd(
    record: &CertificateRecord,
    notice: &CopyNotice,
    seal_picture: Option<&[u8]>,
    font: &[u8],
) -> Result<Vec<u8>, WriteError> {
    let dressing = Dressing {
        seal: seal_picture.map_or(SealPlace::Bare, SealPlace::Picture),
        ..Dressing::default()
    };
    Ok(write(record, notice, &dressing, font, Kind::General)?.ofd)
}

/// Writes the annotated copy of a certificate in the layout of its kind ([`kind::Kind`]), with room
/// for its seal.
///
/// # Errors
/// Any [`WriteError`].
pub fn write_face(
    record: &CertificateRecord,
    notice: &CopyNotice,
    dressing: &Dressing<'_>,
    font: &[u8],
) -> Result<Face, WriteError> {
    write(record, notice, dressing, font, Kind::of(record))
}

/// Whether bytes are a PNG or JPEG that a face can carry.
pub fn is_picture(bytes: &[u8]) -> bool {
    Picture::new(PORTRAIT_ID, "", bytes).is_some()
}

fn write(
    record: &CertificateRecord,
    notice: &CopyNotice,
    dressing: &Dressing<'_>,
    font: &[u8],
    kind: Kind,
) -> Result<Face, WriteError> {
    record.check()?;
    notice.check()?;
    let (picture, mark) = match dressing.seal {
        SealPlace::Bare => (None, None),
        SealPlace::Picture(bytes) => (Some(bytes), None),
        SealPlace::Sealed(mark) => (None, Some(mark)),
    };
    let seal =
        picture.map(|bytes| Picture::new(SEAL_ID, "seal", bytes).ok_or(WriteError::SealPicture));
    let portrait = dressing
        .portrait
        .filter(|_| kind.has_portrait())
        .map(|bytes| Picture::new(PORTRAIT_ID, "portrait", bytes).ok_or(WriteError::Portrait));
    let (seal, portrait) = (seal.transpose()?, portrait.transpose()?);
    let mut sheet = Sheet::of_size(Typeface::new(font)?, kind.size());
    let id = record.id.to_string();
    let layout = kind::Layout {
        record,
        code: dressing.code.unwrap_or(&id),
        seal: dressing.seal.slot(),
        portrait: portrait.as_ref(),
    };
    let middle = kind.draw(&mut sheet, &layout)?;
    watermark::draw(&mut sheet, record, notice)?;
    let (content, typeface) = sheet.finish();
    let font = embedded_font::subset(font, &typeface)?;
    let about = About {
        title: &record.name,
        made_on: notice.made_at.date(),
        custom: package::custom_data(record, notice, mark),
    };
    let pictures: Vec<&Picture<'_>> = seal.iter().chain(&portrait).collect();
    let side = kind.seal_mm();
    let (left, top) = (middle.0 - side / 2.0, middle.1 - side / 2.0);
    Ok(Face {
        ofd: package::pack(&about, &content, &font, &pictures)?,
        stamp: Stamp {
            page: content.page_id().to_string(),
            boundary: [left, top, side, side],
            clip: None,
        },
    })
}

#[cfg(test)]
pub(crate) mod tests;
