//! Fonts that travel inside a file, and the one the host hands in.
//!
//! Understood: sfnt (TrueType and OpenType, collections by their first font), bare CFF and Type 1.
//! [`repair`] mends headers that writers garble.

pub(crate) mod repair;

use skrifa::charmap::Charmap;
use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::GlyphMetrics;
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::raw::ps::cff::CffFontRef;
use skrifa::raw::ps::type1::Type1Font;
use skrifa::raw::ps::{Sid, UnicodeCharmap};
use skrifa::{FontRef, GlyphId, MetadataProvider, OutlineGlyphCollection};
use tiny_skia::{Path, PathBuilder, Transform};

/// A font ready to be asked.
pub(crate) struct Face<'f> {
    kind: Kind<'f>,
    units_per_em: f32,
}

enum Kind<'f> {
    Sfnt(Box<Sfnt<'f>>),
    Cff(Box<CffFontRef<'f>>, UnicodeCharmap),
    Type1(Box<Type1Font>),
}

struct Sfnt<'f> {
    outlines: OutlineGlyphCollection<'f>,
    characters: Charmap<'f>,
    metrics: GlyphMetrics<'f>,
}

impl<'f> Face<'f> {
    /// `None` if the bytes are no font, or one without glyphs or with a senseless em square.
    pub(crate) fn new(bytes: &'f [u8]) -> Option<Self> {
        match bytes {
            [1, 0, 4..=255, 1..=4, ..] => Self::cff(bytes),
            [b'%', b'!', ..] | [0x80, 1, ..] => Self::type1(bytes),
            _ => Self::sfnt(bytes),
        }
    }

    fn sfnt(bytes: &'f [u8]) -> Option<Self> {
        let font = FontRef::from_index(bytes, 0).ok()?;
        let metrics = font.metrics(Size::unscaled(), LocationRef::default());
        (metrics.units_per_em >= 16 && metrics.glyph_count > 0).then(|| Self {
            kind: Kind::Sfnt(Box::new(Sfnt {
                outlines: font.outline_glyphs(),
                characters: font.charmap(),
                metrics: font.glyph_metrics(Size::unscaled(), LocationRef::default()),
            })),
            units_per_em: f32::from(metrics.units_per_em),
        })
    }

    fn cff(bytes: &'f [u8]) -> Option<Self> {
        let font = CffFontRef::new(bytes, 0, None).ok()?;
        let names = font.charset().map(|charset| {
            let named = charset.iter().filter_map(|(glyph, name)| {
                let name = font.string(name)?;
                Some((glyph, std::str::from_utf8(name).ok()?))
            });
            UnicodeCharmap::from_glyph_names(named)
        });
        let names = names.filter(|_| !font.is_cid()).unwrap_or_default();
        let units_per_em = em(font.upem())?;
        (font.num_glyphs() > 0).then_some(Self {
            kind: Kind::Cff(Box::new(font), names),
            units_per_em,
        })
    }

    fn type1(bytes: &[u8]) -> Option<Self> {
        let font = Type1Font::new(bytes).ok()?;
        let units_per_em = em(font.upem())?;
        (font.num_glyphs() > 0).then(|| Self {
            kind: Kind::Type1(Box::new(font)),
            units_per_em,
        })
    }

    /// The glyph of a character; `None` if the font has none.
    pub(crate) fn glyph(&self, character: char) -> Option<u32> {
        let found = match &self.kind {
            Kind::Sfnt(font) => font.characters.map(character),
            Kind::Cff(_, names) => names.map(character),
            Kind::Type1(font) => font.unicode_charmap().map(character),
        };
        found.map(GlyphId::to_u32).filter(|glyph| *glyph != 0)
    }

    /// The glyph a number in a file means. In a bare CFF font keyed by character identifiers it is
    /// such an identifier, as in the PDF files these fonts come from.
    fn numbered(&self, number: u32) -> GlyphId {
        let by_identifier = match &self.kind {
            Kind::Cff(font, _) if font.is_cid() => u16::try_from(number)
                .ok()
                .and_then(|number| font.charset()?.glyph_id(Sid::new(number))),
            _ => None,
        };
        by_identifier.unwrap_or(GlyphId::new(number))
    }

    /// How far a glyph moves the pen, in em squares.
    pub(crate) fn advance(&self, glyph: u32) -> f32 {
        let glyph = self.numbered(glyph);
        let units = match &self.kind {
            Kind::Sfnt(font) => font.metrics.advance_width(glyph),
            Kind::Cff(font, _) => font
                .subfont_index(glyph)
                .and_then(|index| font.subfont(index, &[]).ok())
                .and_then(|subfont| font.advance(&subfont, glyph, &[], None).ok().flatten()),
            Kind::Type1(font) => font.advance(glyph, None).ok().flatten(),
        };
        units.unwrap_or(0.0) / self.units_per_em
    }

    /// The outline of a glyph, the em square being one unit, up being positive.
    pub(crate) fn outline(&self, glyph: u32) -> Option<Path> {
        let glyph = self.numbered(glyph);
        let mut pen = Pen(PathBuilder::new());
        match &self.kind {
            Kind::Sfnt(font) => {
                let settings = DrawSettings::unhinted(Size::unscaled(), LocationRef::default());
                font.outlines.get(glyph)?.draw(settings, &mut pen).ok()?;
            }
            Kind::Cff(font, _) => {
                let subfont = font.subfont(font.subfont_index(glyph)?, &[]).ok()?;
                font.draw(&subfont, glyph, &[], None, &mut pen).ok()?;
            }
            Kind::Type1(font) => {
                font.draw(glyph, None, &mut pen).ok()?;
            }
        }
        let scale = 1.0 / self.units_per_em;
        pen.0
            .finish()?
            .transform(Transform::from_scale(scale, scale))
    }
}

/// Units of an em square, if they make sense.
fn em(units: i32) -> Option<f32> {
    u16::try_from(units)
        .ok()
        .filter(|units| *units >= 16)
        .map(f32::from)
}

struct Pen(PathBuilder);

impl OutlinePen for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.0.move_to(x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.0.line_to(x, y);
    }

    fn quad_to(&mut self, cx0: f32, cy0: f32, x: f32, y: f32) {
        self.0.quad_to(cx0, cy0, x, y);
    }

    fn curve_to(&mut self, cx0: f32, cy0: f32, cx1: f32, cy1: f32, x: f32, y: f32) {
        self.0.cubic_to(cx0, cy0, cx1, cy1, x, y);
    }

    fn close(&mut self) {
        self.0.close();
    }
}

#[cfg(test)]
pub(crate) mod tests;
