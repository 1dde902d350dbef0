//! What a page is made of, with draw parameters already resolved.
//!
//! Lengths are millimetres. Every object has its own coordinates: `matrix` maps them to the inside
//! of `boundary`, whose corner lies on the page.

pub mod path_text;

use tiny_skia::{LineCap, LineJoin, Path, Rect, Transform};

/// One thing that is drawn.
#[derive(Debug, Clone)]
pub enum Object {
    /// Signs of a font.
    Text(TextObject),
    /// Lines and areas.
    Path(PathObject),
    /// A picture of the package.
    Picture(PictureObject),
}

/// What all objects have.
#[derive(Debug, Clone)]
pub struct Look {
    /// Where on the page the object lies.
    pub boundary: Rect,
    /// From the object's coordinates to the inside of the boundary.
    pub matrix: Transform,
    /// How opaque it is, 0 to 1.
    pub opacity: f32,
    /// The colour of areas; `None` if the object or its draw parameters name none.
    pub fill: Option<Colour>,
    /// The colour of lines.
    pub stroke: Option<Colour>,
    /// How lines are drawn.
    pub line: Line,
    /// Areas outside of which nothing is drawn, in the coordinates of the boundary.
    pub clips: Vec<Path>,
}

/// A colour of the sRGB space.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Colour {
    /// Red, green, blue.
    pub rgb: [u8; 3],
    /// How opaque, 0 to 1.
    pub opacity: f32,
}

impl Colour {
    /// Opaque black, the default of the standard.
    pub const BLACK: Self = Self {
        rgb: [0; 3],
        opacity: 1.0,
    };
}

/// How a line is drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Its width; 0.353 mm unless told (GB/T 33190 8.2).
    pub width_mm: f32,
    /// How it ends.
    pub cap: LineCap,
    /// How it turns.
    pub join: LineJoin,
    /// How far a mitred corner may reach, in line widths.
    pub miter_limit: f32,
    /// Lengths of strokes and gaps, an even number of them, and where in them the line starts.
    pub dash: Option<(Vec<f32>, f32)>,
}

/// Signs of a font.
#[derive(Debug, Clone)]
pub struct TextObject {
    /// What all objects have.
    pub look: Look,
    /// The id of the font in the resources.
    pub font: String,
    /// The size of the em square.
    pub size_mm: f32,
    /// How much wider than normal signs are.
    pub stretch: f32,
    /// Degrees each sign is turned by, clockwise.
    pub turn_degrees: f32,
    /// Whether signs lean.
    pub italic: bool,
    /// Whether areas of the signs are filled.
    pub filled: bool,
    /// Whether outlines of the signs are drawn.
    pub stroked: bool,
    /// The signs and where they stand.
    pub runs: Vec<TextRun>,
    /// Signs that are glyphs of the font instead of characters.
    pub glyphs: Vec<GlyphRun>,
}

impl TextObject {
    /// The characters, in order.
    pub fn text(&self) -> String {
        self.runs
            .iter()
            .flat_map(|run| run.characters.iter())
            .collect()
    }
}

/// Characters and where they stand.
#[derive(Debug, Clone)]
pub struct TextRun {
    /// The start of the baseline of the first character.
    pub at: (f32, f32),
    /// The characters.
    pub characters: Vec<char>,
    /// Steps to the right between characters; `None` leaves it to the font.
    pub right: Option<Vec<f32>>,
    /// Steps downwards between characters.
    pub down: Option<Vec<f32>>,
}

/// Glyphs that stand for some characters of a text object.
#[derive(Debug, Clone)]
pub struct GlyphRun {
    /// The first of these characters, counted over all runs of the object.
    pub first: usize,
    /// How many characters.
    pub count: usize,
    /// The glyphs of the font.
    pub glyphs: Vec<u32>,
}

/// Lines and areas.
#[derive(Debug, Clone)]
pub struct PathObject {
    /// What all objects have.
    pub look: Look,
    /// The path, in the object's coordinates; `None` if it has no length.
    pub path: Option<Path>,
    /// Whether its area is filled.
    pub filled: bool,
    /// Whether its line is drawn.
    pub stroked: bool,
    /// Whether areas within areas are holes.
    pub even_odd: bool,
}

/// A picture; its unit square is mapped by the look's matrix.
#[derive(Debug, Clone)]
pub struct PictureObject {
    /// What all objects have.
    pub look: Look,
    /// The id of the picture in the resources.
    pub resource: String,
}
