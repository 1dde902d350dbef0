//! Outlines of text: the embedded font's, a fallback's where it has none.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use skrifa::charmap::Charmap;
use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::GlyphMetrics;
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::{FontRef, GlyphId, MetadataProvider, OutlineGlyphCollection};
use tiny_skia::{Path, PathBuilder, Transform};

use crate::ofd::read::Resources;
use crate::ofd::read::object::{TextObject, TextRun};
use crate::ofd::read::page::LeftOut;

type Bytes = Arc<[u8]>;

/// The fonts of a page and the outlines drawn so far, in em units.
pub(super) struct Fonts<'p> {
    resources: &'p Resources,
    fallback: Option<Bytes>,
    outlines: BTreeMap<(FontKey, u32), Option<Path>>,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum FontKey {
    Embedded(String),
    Fallback,
}

/// A sign to draw: the font and its glyph.
struct Sign {
    font: FontKey,
    glyph: u32,
}

impl<'p> Fonts<'p> {
    pub(super) fn new(resources: &'p Resources, fallback: Option<Bytes>) -> Self {
        Self {
            resources,
            fallback,
            outlines: BTreeMap::new(),
        }
    }

    /// The outline of a whole text, in the coordinates of its object; what has no sign is named.
    pub(super) fn outline(
        &mut self,
        text: &TextObject,
        left_out: &mut BTreeSet<LeftOut>,
    ) -> Option<Path> {
        let embedded = self.resources.font(&text.font);
        let own = embedded.as_deref().and_then(Source::new);
        let fallback_bytes = self.fallback.clone();
        let fallback = fallback_bytes.as_deref().and_then(Source::new);
        if own.is_none() {
            left_out.insert(LeftOut::Font);
        }
        let mut joined = PathBuilder::new();
        let (mut counted, mut next_run) = (0, 0);
        for run in &text.runs {
            let (mut x, mut y) = run.at;
            let mut skip = 0;
            for (at, &character) in run.characters.iter().enumerate() {
                let position = counted + at;
                let mut signs = Vec::new();
                if skip > 0 {
                    skip -= 1;
                } else if let Some(glyphs) = text
                    .glyphs
                    .get(next_run)
                    .filter(|glyphs| glyphs.first == position)
                {
                    next_run += 1;
                    skip = glyphs.count.saturating_sub(1);
                    let named = glyphs.glyphs.iter().map(|&glyph| Sign {
                        font: key(text),
                        glyph,
                    });
                    signs.extend(named);
                } else {
                    signs.extend(sign(text, character, own.as_ref(), fallback.as_ref()));
                    if signs.is_empty() && !character.is_whitespace() {
                        left_out.insert(LeftOut::Glyph(character));
                    }
                }
                let mut pen = x;
                for sign in signs {
                    let source = match sign.font {
                        FontKey::Embedded(_) => own.as_ref(),
                        FontKey::Fallback => fallback.as_ref(),
                    };
                    let Some(source) = source else { continue };
                    let place = placed(text, pen, y);
                    let outline = self
                        .outlines
                        .entry((sign.font, sign.glyph))
                        .or_insert_with(|| source.em_outline(sign.glyph));
                    if let Some(path) = outline.clone().and_then(|path| path.transform(place)) {
                        joined.push_path(&path);
                    }
                    pen += source.advance(sign.glyph) * text.size_mm * text.stretch;
                }
                let (right, down) = step(run, at);
                // Without steps of the file the font's own advance moves on.
                x += right.unwrap_or(if run.down.is_some() { 0.0 } else { pen - x });
                y += down.unwrap_or(0.0);
            }
            counted += run.characters.len();
        }
        joined.finish()
    }
}

fn key(text: &TextObject) -> FontKey {
    FontKey::Embedded(text.font.clone())
}

/// A font ready to be asked.
struct Source<'f> {
    outlines: OutlineGlyphCollection<'f>,
    characters: Charmap<'f>,
    metrics: GlyphMetrics<'f>,
    units_per_em: f32,
}

impl<'f> Source<'f> {
    /// `None` if the bytes are no font, or one without glyphs or with a senseless em square.
    fn new(bytes: &'f [u8]) -> Option<Self> {
        let font = FontRef::from_index(bytes, 0).ok()?;
        let metrics = font.metrics(Size::unscaled(), LocationRef::default());
        (metrics.units_per_em >= 16 && metrics.glyph_count > 0).then(|| Self {
            outlines: font.outline_glyphs(),
            characters: font.charmap(),
            metrics: font.glyph_metrics(Size::unscaled(), LocationRef::default()),
            units_per_em: f32::from(metrics.units_per_em),
        })
    }

    fn glyph(&self, character: char) -> Option<u32> {
        self.characters
            .map(character)
            .map(GlyphId::to_u32)
            .filter(|glyph| *glyph != 0)
    }

    /// How far a glyph moves the pen, in em squares.
    fn advance(&self, glyph: u32) -> f32 {
        self.metrics
            .advance_width(GlyphId::new(glyph))
            .unwrap_or(0.0)
            / self.units_per_em
    }

    /// The outline of a glyph, the em square being one unit.
    fn em_outline(&self, glyph: u32) -> Option<Path> {
        let glyph = self.outlines.get(GlyphId::new(glyph))?;
        let mut pen = Pen(PathBuilder::new());
        let settings = DrawSettings::unhinted(Size::unscaled(), LocationRef::default());
        glyph.draw(settings, &mut pen).ok()?;
        let scale = 1.0 / self.units_per_em;
        pen.0
            .finish()?
            .transform(Transform::from_scale(scale, scale))
    }
}

/// The sign of a character in the text's own font, else in the fallback.
fn sign(
    text: &TextObject,
    character: char,
    own: Option<&Source<'_>>,
    fallback: Option<&Source<'_>>,
) -> Option<Sign> {
    let embedded = own.and_then(|font| font.glyph(character));
    embedded
        .map(|glyph| Sign {
            font: key(text),
            glyph,
        })
        .or_else(|| {
            let glyph = fallback.and_then(|font| font.glyph(character))?;
            Some(Sign {
                font: FontKey::Fallback,
                glyph,
            })
        })
}

/// The steps after the character `at` of a run; `None` where the run leaves them to the font.
fn step(run: &TextRun, at: usize) -> (Option<f32>, Option<f32>) {
    let of = |steps: &Option<Vec<f32>>| {
        steps
            .as_ref()
            .map(|steps| steps.get(at).copied().unwrap_or(0.0))
    };
    (of(&run.right), of(&run.down))
}

/// From em units (up is positive) to the object's millimetres (down is positive).
fn placed(text: &TextObject, x: f32, y: f32) -> Transform {
    let lean = if text.italic { 0.25 } else { 0.0 };
    let size = text.size_mm;
    Transform::from_row(size * text.stretch, 0.0, lean * size, -size, 0.0, 0.0)
        .post_concat(Transform::from_rotate(text.turn_degrees))
        .post_translate(x, y)
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
