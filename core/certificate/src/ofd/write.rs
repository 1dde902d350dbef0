//! Writing the face of a certificate as a one-page OFD with an embedded font subset.
//!
//! Equal input gives equal bytes. The file carries no seal: it is what an issuer would seal.

mod embedded_font;
mod face;
mod lines;
pub mod notice;
mod ornament;
mod package;
mod sheet;
mod typeface;
mod watermark;

use crate::record::{CertificateRecord, RecordError};
use notice::CopyNotice;
use sheet::Sheet;
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
    /// The package could not be made.
    #[error("the package could not be made")]
    Package(#[from] zip::result::ZipError),
}

/// Writes the annotated copy of a certificate as an OFD.
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
    record.check()?;
    notice.check()?;
    let mut sheet = Sheet::new(Typeface::new(font)?);
    let seal = seal_picture.map(package::SealPicture::new).transpose()?;
    face::draw(&mut sheet, record, seal.as_ref())?;
    watermark::draw(&mut sheet, record, notice)?;
    let (content, typeface) = sheet.finish();
    let font = embedded_font::subset(font, &typeface)?;
    package::pack(record, notice, &content, &font, seal.as_ref())
}

#[cfg(test)]
pub(crate) mod tests;
