//! What a page is made of, with draw parameters already resolved.
//!
//! Lengths are millimetres. Every object has its own coordinates: `matrix` maps them to the inside
//! of `boundary`, whose corner lies on the page.

pub mod paint;
pub mod path_text;

use std::sync::Arc;

use tiny_skia::{LineCap, LineJoin, Path, Rect, Transform};

use paint::Paint;

/// One thing that is drawn.
#[derive(Debug, Clone)]
pub enum Object {
    /// Signs of a font.
    Text(TextObject),
    /// Lines and areas.
    Path(PathObject),
    /// A picture of the package.
    Picture(PictureObject),
    /// Objects that are drawn as one.
    Group(GroupObject),
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
    /// What areas are painted with; `None` if the object or its draw parameters name nothing.
    pub fill: Option<Paint>,
    /// What lines are painted with.
    pub stroke: Option<Paint>,
    /// How lines are drawn.
    pub line: Line,
    /// Areas outside of all of which nothing is drawn.
    pub clips: Vec<Clip>,
}

impl Look {
    /// From the inside of the boundary to whatever the page's millimetres become.
    pub(crate) fn inside(&self, page: Transform) -> Transform {
        page.pre_translate(self.boundary.x(), self.boundary.y())
    }

    /// From the object's coordinates to whatever the page's millimetres become.
    pub(crate) fn own(&self, page: Transform) -> Transform {
        self.inside(page).pre_concat(self.matrix)
    }
}

/// An area: whatever lies in one of its parts.
#[derive(Debug, Clone)]
pub struct Clip {
    /// The parts.
    pub parts: Vec<ClipPart>,
}

/// A part of a clip, in the coordinates of the boundary.
#[derive(Debug, Clone)]
pub enum ClipPart {
    /// The inside of a path; areas within areas are holes if the flag says so.
    Path(Path, bool),
    /// The inside of signs.
    Text(Box<TextObject>, Transform),
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
    pub font: Arc<str>,
    /// The size of the em square.
    pub size_mm: f32,
    /// How heavy the signs are, 400 being normal; only looked at where a font is replaced.
    pub weight: u16,
    /// Where the next sign stands when the file does not say.
    pub reads: Direction,
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
    /// A character, counted over all runs.
    pub fn character(&self, mut at: usize) -> Option<char> {
        for run in &self.runs {
            match run.characters.get(at) {
                Some(&found) => return Some(found),
                None => at -= run.characters.len(),
            }
        }
        None
    }

    /// The characters, in order.
    pub fn text(&self) -> String {
        self.runs
            .iter()
            .flat_map(|run| run.characters.iter())
            .collect()
    }
}

/// Where text runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// To the right.
    Right,
    /// Down.
    Down,
    /// To the left.
    Left,
    /// Up.
    Up,
}

impl Direction {
    /// The direction of `ReadDirection`, degrees clockwise.
    pub fn of_degrees(degrees: f32) -> Self {
        let turned = degrees.rem_euclid(360.0);
        if (45.0..135.0).contains(&turned) {
            Self::Down
        } else if (135.0..225.0).contains(&turned) {
            Self::Left
        } else if (225.0..315.0).contains(&turned) {
            Self::Up
        } else {
            Self::Right
        }
    }

    /// One unit that way, right and down.
    pub fn unit(self) -> (f32, f32) {
        match self {
            Self::Right => (1.0, 0.0),
            Self::Down => (0.0, 1.0),
            Self::Left => (-1.0, 0.0),
            Self::Up => (0.0, -1.0),
        }
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
    /// The id of the picture whose brightness tells how opaque each pixel is.
    pub mask: Option<String>,
    /// A line around it.
    pub border: Option<Border>,
    /// Whether the matrix was left out: the picture then fills the boundary.
    pub fills_boundary: bool,
}

/// A line around a picture.
#[derive(Debug, Clone)]
pub struct Border {
    /// How it is drawn.
    pub line: Line,
    /// What it is painted with.
    pub paint: Paint,
    /// Radii of the corners, across and down, in millimetres.
    pub corner: (f32, f32),
}

/// Objects that are drawn as one: a composite of the resources.
#[derive(Debug, Clone)]
pub struct GroupObject {
    /// What all objects have; paints and lines mean nothing here.
    pub look: Look,
    /// What it shows, in its own coordinates.
    pub objects: Arc<[Object]>,
}
