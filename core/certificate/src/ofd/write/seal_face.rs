//! What a round seal looks like: a ring, its name along it, a snow crystal of ours in the middle.
//!
//! The picture is an OFD of one page, as seal makers write them: sharp at every size, and a tenth of
//! the pixels' bytes. It proves nothing; a seal proves by its signature. No emblem of a state is drawn.

use super::WriteError;
use super::package::{About, pack};
use super::sheet::{Ink, Sheet, Style};
use super::typeface::Typeface;
use super::{embedded_font, ornament, turn};
use crate::record::calendar::Date;

/// Width and height of the picture, in millimetres.
pub const SEAL_MM: f32 = 40.0;
const MIDDLE: f32 = SEAL_MM / 2.0;
const RED: Ink = Ink {
    rgb: [200, 30, 30],
    opacity: 230,
};
const RING_RADIUS: f32 = 18.9;
const RING_WIDTH: f32 = 1.1;
/// Where the feet of the name's signs stand.
const NAME_RADIUS: f32 = 13.4;
const NAME_SIZE: f32 = 4.3;
/// How much of the circle the name may fill, in radians.
const NAME_SPREAD: f32 = 4.3;
const FOOT_SIZE: f32 = 3.4;

/// The picture of a seal: `name` along the ring, `under` under the middle. `font` is a whole OpenType
/// font. Equal input, equal bytes.
///
/// # Errors
/// [`WriteError::MissingGlyph`], [`WriteError::Font`], [`WriteError::Overflow`] for a name of more
/// signs than the ring has room for.
pub fn write_seal_picture(
    name: &str,
    under: &str,
    made_on: Date,
    font: &[u8],
) -> Result<Vec<u8>, WriteError> {
    let mut sheet = Sheet::of_size(Typeface::new(font)?, (SEAL_MM, SEAL_MM));
    ornament::ring(&mut sheet, (MIDDLE, MIDDLE), RING_RADIUS, RING_WIDTH, RED);
    ornament::crystal(&mut sheet, (MIDDLE, MIDDLE - 0.5), 6.2, RED);
    along_the_ring(&mut sheet, name)?;
    let mut style = Style {
        bold: 0.12,
        spacing: 0.1,
        ..Style::new(FOOT_SIZE, RED)
    };
    let width = sheet.width(under, style)?;
    style.size *= (20.0 / width).min(1.0);
    sheet.centred(under, MIDDLE, MIDDLE + 11.6, style)?;
    let (content, typeface) = sheet.finish();
    let font = embedded_font::subset(font, &typeface)?;
    let about = About {
        title: name,
        made_on,
        custom: Vec::new(),
    };
    pack(&about, &content, &font, &[])
}

/// Sets the signs of a name along the ring, the middle one on top, tighter when there are many.
fn along_the_ring(sheet: &mut Sheet<'_>, name: &str) -> Result<(), WriteError> {
    let signs: Vec<char> = name.chars().collect();
    if signs.is_empty() || signs.len() > 28 {
        return Err(WriteError::Overflow);
    }
    #[expect(clippy::cast_precision_loss, reason = "at most 28 signs")]
    let (count, at) = (signs.len() as f32, |index: usize| index as f32);
    let step = (NAME_SPREAD / (count - 1.0).max(1.0)).min(0.46);
    let size = NAME_SIZE.min(step * NAME_RADIUS * 1.02);
    let style = Style {
        bold: 0.14,
        ..Style::new(size, RED)
    };
    for (index, sign) in signs.iter().enumerate() {
        let angle = (at(index) - (count - 1.0) / 2.0) * step;
        let (sin, cos) = turn::sin_cos(angle);
        let text = sign.to_string();
        let half = sheet.width(&text, style)? / 2.0;
        let x = MIDDLE + NAME_RADIUS * sin - half * cos;
        let y = MIDDLE - NAME_RADIUS * cos - half * sin;
        sheet.turned(&text, [cos, sin, -sin, cos, x, y], style)?;
    }
    Ok(())
}
