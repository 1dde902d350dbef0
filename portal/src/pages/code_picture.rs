//! A QR code as the path of an SVG: black modules on whole units, quiet zone of four.

use std::fmt::Write as _;

use qrcode::{Color, EcLevel, QrCode};

use crate::pages::fault::PageFault;

/// Modules of white around the code.
const QUIET: usize = 4;

/// A drawn code.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CodePicture {
    /// Units of a side, quiet zone included.
    pub side: usize,
    /// The `d` of a path that fills the black modules.
    pub path: String,
}

/// Draws a text at level M.
///
/// # Errors
/// [`PageFault::Internal`] when the text is too long for a code.
pub fn draw(text: &str) -> Result<CodePicture, PageFault> {
    let code = QrCode::with_error_correction_level(text.as_bytes(), EcLevel::M)
        .map_err(PageFault::internal)?;
    let width = code.width();
    let colours = code.to_colors();
    let mut path = String::new();
    for (row, line) in colours.chunks(width).enumerate() {
        let mut column = 0;
        for run in line.chunk_by(|one, next| one == next) {
            if run.first() == Some(&Color::Dark) {
                let (x, y, long) = (column + QUIET, row + QUIET, run.len());
                // Writing into a string cannot fail.
                let _ = write!(path, "M{x} {y}h{long}v1h-{long}z");
            }
            column += run.len();
        }
    }
    Ok(CodePicture {
        side: width + 2 * QUIET,
        path,
    })
}

#[cfg(test)]
mod tests {
    use super::draw;

    #[test]
    fn an_invitation_fits_version_five_with_its_quiet_zone() {
        let vector =
            "https://www.zwfw.hlj.gov.cn/q/1.AAECAwQFBgcICQoLDA0ODw.0.j6Am7MmeBvx1H8ZsVqnKhg";
        let picture = draw(vector).expect("draws");
        assert_eq!(picture.side, 37 + 8);
        assert!(picture.path.starts_with("M4 4h7v1h-7z"));
    }
}
