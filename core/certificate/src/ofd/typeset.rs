//! Where the signs of a text stand: shared by drawing, searching and reading aloud.

use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;
use std::sync::Arc;

use tiny_skia::{Path, Transform};

use crate::ofd::font::Face;
use crate::ofd::read::object::{Direction, TextObject, TextRun};
use crate::ofd::read::{Ofd, Resources};

/// The most outlines that are kept; more are drawn anew.
const MAX_KEPT: usize = 20_000;

/// The fonts of a page, and the outlines drawn so far.
pub(crate) struct Fonts<'p> {
    resources: &'p Resources,
    ofd: &'p Ofd,
    embedded: BTreeMap<Arc<str>, Option<Rc<Face<'p>>>>,
    fallback: Option<Rc<Face<'p>>>,
    outlines: BTreeMap<(Arc<str>, u32), Option<Rc<Path>>>,
}

/// The fonts of one text.
#[derive(Clone)]
pub(crate) struct Faces<'p> {
    /// The embedded one.
    pub(crate) own: Option<Rc<Face<'p>>>,
    /// The host's.
    pub(crate) fallback: Option<Rc<Face<'p>>>,
    /// Whether signs of the fallback lean or are heavy.
    leans: bool,
    heavy: bool,
}

/// One sign and its place.
#[derive(Debug, Clone)]
pub(crate) struct Sign {
    /// The glyph; `None` where no font has one.
    pub(crate) glyph: Option<u32>,
    /// Whether the glyph is of the fallback font.
    pub(crate) replaced: bool,
    /// The characters it stands for, counted over the whole text; empty for a second glyph.
    pub(crate) characters: Range<usize>,
    /// The start of its baseline, in the coordinates of the text.
    pub(crate) at: (f32, f32),
    /// How far it reaches along its baseline, in the same.
    pub(crate) advance: f32,
}

impl Faces<'_> {
    /// Whether signs of the fallback want their lines thickened.
    pub(crate) fn is_heavy(&self) -> bool {
        self.heavy && self.own.is_none()
    }
}

impl<'p> Fonts<'p> {
    pub(crate) fn new(ofd: &'p Ofd, resources: &'p Resources, fallback: Option<&'p [u8]>) -> Self {
        Self {
            resources,
            ofd,
            embedded: BTreeMap::new(),
            fallback: fallback.and_then(Face::new).map(Rc::new),
            outlines: BTreeMap::new(),
        }
    }

    pub(crate) fn of(&mut self, text: &TextObject) -> Faces<'p> {
        let (ofd, resources) = (self.ofd, self.resources);
        let own = self.embedded.entry(text.font.clone()).or_insert_with(|| {
            let bytes = resources.font(ofd.archive(), &text.font)?;
            Face::new(bytes).map(Rc::new)
        });
        let entry = resources.font_entry(&text.font);
        Faces {
            own: own.clone(),
            fallback: self.fallback.clone(),
            leans: entry.is_some_and(|entry| entry.italic),
            heavy: text.weight >= 600 || entry.is_some_and(|entry| entry.bold),
        }
    }

    /// The outline of a sign, and what it needs to be drawn.
    pub(crate) fn outline(
        &mut self,
        text: &TextObject,
        faces: &Faces<'p>,
        sign: &Sign,
    ) -> Option<Outline> {
        let glyph = sign.glyph?;
        let (face, font) = if sign.replaced {
            (faces.fallback.as_ref()?, Arc::from(""))
        } else {
            (faces.own.as_ref()?, text.font.clone())
        };
        if self.outlines.len() >= MAX_KEPT {
            self.outlines.clear();
        }
        let em = self
            .outlines
            .entry((Arc::clone(&font), glyph))
            .or_insert_with(|| face.outline(glyph).map(Rc::new))
            .clone()?;
        let leans = text.italic || sign.replaced && faces.leans;
        Some(Outline {
            em,
            font,
            glyph,
            place: placed(text, leans, sign.at),
            heavy: sign.replaced && faces.heavy,
        })
    }
}

/// The outline of a sign.
pub(crate) struct Outline {
    /// In em squares, up being positive.
    pub(crate) em: Rc<Path>,
    /// The font; empty for the host's.
    pub(crate) font: Arc<str>,
    /// Its glyph.
    pub(crate) glyph: u32,
    /// From em squares to the coordinates of the text.
    pub(crate) place: Transform,
    /// Whether it wants to be heavier.
    pub(crate) heavy: bool,
}

/// From em units (up is positive) to the text's millimetres (down is positive).
fn placed(text: &TextObject, leans: bool, (x, y): (f32, f32)) -> Transform {
    let lean = if leans { 0.25 } else { 0.0 };
    let size = text.size_mm;
    Transform::from_row(size * text.stretch, 0.0, lean * size, -size, 0.0, 0.0)
        .post_concat(Transform::from_rotate(text.turn_degrees))
        .post_translate(x, y)
}

/// The signs of a text, in order.
pub(crate) fn signs(text: &TextObject, faces: &Faces<'_>) -> Vec<Sign> {
    let mut signs = Vec::new();
    let mut glyph_runs = text.glyphs.iter().peekable();
    let mut counted = 0;
    for run in &text.runs {
        let mut pen = Pen::new(text, run);
        let mut at = 0;
        while let Some(&character) = run.characters.get(at) {
            let position = counted + at;
            while glyph_runs
                .next_if(|glyphs| glyphs.first < position)
                .is_some()
            {}
            if let Some(glyphs) = glyph_runs.next_if(|glyphs| glyphs.first == position) {
                let end = (position + glyphs.count).min(counted + run.characters.len());
                if faces.own.is_none() {
                    let characters = run.characters.get(at..end - counted).unwrap_or_default();
                    pen.instead(faces, glyphs.glyphs.len(), characters, position, &mut signs);
                    at += glyphs.count;
                    continue;
                }
                let one_each = glyphs.glyphs.len() == glyphs.count;
                for (index, &glyph) in glyphs.glyphs.iter().enumerate() {
                    let characters = match (one_each, index) {
                        (true, _) => (position + index).min(end)..(position + index + 1).min(end),
                        (false, 0) => position..end,
                        (false, _) => end..end,
                    };
                    signs.push(pen.put(faces, Some(glyph), false, characters));
                }
                at += glyphs.count;
                continue;
            }
            let own = faces.own.as_ref().and_then(|face| face.glyph(character));
            let other = || {
                faces
                    .fallback
                    .as_ref()
                    .and_then(|face| face.glyph(character))
            };
            let glyph = own.or_else(other);
            signs.push(pen.put(faces, glyph, own.is_none(), position..position + 1));
            at += 1;
        }
        counted += run.characters.len();
    }
    signs
}

/// Where the next sign stands.
#[derive(Clone, Copy)]
struct Pen<'t> {
    text: &'t TextObject,
    run: &'t TextRun,
    at: (f32, f32),
    put: usize,
}

impl<'t> Pen<'t> {
    fn new(text: &'t TextObject, run: &'t TextRun) -> Self {
        Self {
            text,
            run,
            at: run.at,
            put: 0,
        }
    }

    /// Puts characters where glyphs of a missing font would stand. Glyphs are numbers of that font:
    /// without it the characters are all there is, and they keep the room the glyphs had.
    fn instead(
        &mut self,
        faces: &Faces<'_>,
        glyphs: usize,
        characters: &[char],
        position: usize,
        signs: &mut Vec<Sign>,
    ) {
        let after = self.after(faces, glyphs);
        let (right, down) = self.text.reads.unit();
        for (index, &character) in characters.iter().enumerate() {
            let glyph = faces
                .fallback
                .as_ref()
                .and_then(|face| face.glyph(character));
            let place = position + index;
            let sign = self.put(faces, glyph, true, place..place + 1);
            if glyphs != characters.len() {
                let (x, y) = sign.at;
                self.at = (x + right * sign.advance, y + down * sign.advance);
            }
            signs.push(sign);
        }
        (self.at, self.put) = after;
    }

    /// Where the pen stands after so many glyphs that are not put.
    fn after(&self, faces: &Faces<'_>, glyphs: usize) -> ((f32, f32), usize) {
        let mut ahead = *self;
        for _ in 0..glyphs {
            ahead.put(faces, None, true, 0..0);
        }
        (ahead.at, ahead.put)
    }

    fn put(
        &mut self,
        faces: &Faces<'_>,
        glyph: Option<u32>,
        replaced: bool,
        characters: Range<usize>,
    ) -> Sign {
        let face = if replaced {
            &faces.fallback
        } else {
            &faces.own
        };
        let em = face
            .as_ref()
            .zip(glyph)
            .map_or(0.5, |(face, glyph)| face.advance(glyph));
        let size = self.text.size_mm;
        let advance = em * size * self.text.stretch;
        let sign = Sign {
            glyph,
            replaced,
            characters,
            at: self.at,
            advance,
        };
        let step = |steps: &Option<Vec<f32>>| {
            steps
                .as_ref()
                .map(|steps| steps.get(self.put).copied().unwrap_or(0.0))
        };
        let (right, down) = match (step(&self.run.right), step(&self.run.down)) {
            // Without steps of the file the font's own advance moves on, or the line's height where
            // signs stand upright in a column.
            (None, None) => {
                let (x, y) = self.text.reads.unit();
                let upright = self.text.turn_degrees.rem_euclid(180.0) < 45.0;
                let along = matches!(self.text.reads, Direction::Down | Direction::Up);
                let length = if along && upright { size } else { advance };
                (x * length, y * length)
            }
            (right, down) => (right.unwrap_or(0.0), down.unwrap_or(0.0)),
        };
        self.at = (self.at.0 + right, self.at.1 + down);
        self.put += 1;
        sign
    }
}
