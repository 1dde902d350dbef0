//! The font a face is set in: which signs it has, how wide they are, which were used.

use std::collections::BTreeMap;

use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, GlyphId, MetadataProvider};

use super::WriteError;

/// A font and the signs taken from it so far.
pub(super) struct Typeface<'f> {
    font: FontRef<'f>,
    units_per_em: f32,
    /// Glyph by character.
    used: BTreeMap<char, u16>,
}

impl<'f> Typeface<'f> {
    pub(super) fn new(bytes: &'f [u8]) -> Result<Self, WriteError> {
        let font = FontRef::new(bytes).map_err(|_| WriteError::Font)?;
        let units = font
            .metrics(Size::unscaled(), LocationRef::default())
            .units_per_em;
        if units < 16 {
            return Err(WriteError::Font);
        }
        Ok(Self {
            font,
            units_per_em: f32::from(units),
            used: BTreeMap::new(),
        })
    }

    /// How far a character moves the pen, in em squares; remembers that it is used.
    pub(super) fn advance(&mut self, character: char) -> Result<f32, WriteError> {
        let missing = WriteError::MissingGlyph { character };
        let blank = matches!(character, ' ' | '\u{3000}');
        let sane = !character.is_control() && (blank || !character.is_whitespace());
        let glyph = self
            .font
            .charmap()
            .map(character)
            .filter(|glyph| sane && *glyph != GlyphId::NOTDEF);
        let Some(glyph) = glyph else {
            return Err(missing);
        };
        // A character mapped to an empty glyph would vanish from a name.
        if !blank && self.font.outline_glyphs().get(glyph).is_none() {
            return Err(missing);
        }
        let metrics = self
            .font
            .glyph_metrics(Size::unscaled(), LocationRef::default());
        let advance = metrics.advance_width(glyph).ok_or(WriteError::Font)?;
        let small = u16::try_from(glyph.to_u32()).map_err(|_| WriteError::Font)?;
        self.used.insert(character, small);
        Ok(advance / self.units_per_em)
    }

    /// How wide a line is, in em squares.
    pub(super) fn width(&mut self, line: &str) -> Result<f32, WriteError> {
        line.chars().map(|character| self.advance(character)).sum()
    }

    /// The glyph of every character used, by character.
    pub(super) fn used(&self) -> &BTreeMap<char, u16> {
        &self.used
    }
}
