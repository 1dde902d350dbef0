//! What areas and lines are painted with.

use std::sync::Arc;

use tiny_skia::Transform;

use super::Object;

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

/// What an area or line is painted with.
#[derive(Debug, Clone)]
pub enum Paint {
    /// One colour.
    Solid(Colour),
    /// Colours that run into each other.
    Shaded(Arc<Shading>),
    /// A cell that repeats.
    Tiles(Arc<Tiles>),
    /// Something that cannot be read; nothing is painted.
    Unreadable,
}

/// Colours that run into each other, in the coordinates of the object.
#[derive(Debug, Clone)]
pub struct Shading {
    /// How they run.
    pub kind: ShadingKind,
    /// How opaque the whole is, 0 to 1.
    pub opacity: f32,
}

/// How colours run.
#[derive(Debug, Clone)]
pub enum ShadingKind {
    /// Along a line.
    Axial {
        /// Where the line starts.
        from: (f32, f32),
        /// Where it ends.
        to: (f32, f32),
        /// The colours on it.
        ramp: Ramp,
    },
    /// From one ellipse to another.
    Radial {
        /// Centre and long radius of the first.
        from: ((f32, f32), f32),
        /// Centre and long radius of the second.
        to: ((f32, f32), f32),
        /// How far from circles they are, 0 to 1.
        eccentricity: f32,
        /// Degrees their long axis is turned by, clockwise.
        turn_degrees: f32,
        /// The colours between them.
        ramp: Ramp,
    },
    /// Between the corners of triangles.
    Mesh {
        /// The triangles.
        triangles: Vec<[Corner; 3]>,
        /// What lies outside of them.
        back: Option<Colour>,
    },
}

/// Colours in order.
#[derive(Debug, Clone)]
pub struct Ramp {
    /// Places, 0 to 1 and never falling, and their colours; at least one.
    pub stops: Vec<(f32, Colour)>,
    /// How the colours go on after the length of one run.
    pub repeat: Repeat,
    /// The length of one run, as a share of the whole, above 0 and at most 1.
    pub run: f32,
    /// Whether the first and the last colour reach beyond the ends.
    pub extends: (bool, bool),
}

/// How colours go on after one run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Repeat {
    /// One run is the whole.
    Once,
    /// From the first colour again.
    Again,
    /// Back and forth.
    Mirrored,
}

/// A corner of a triangle.
#[derive(Debug, Clone, Copy)]
pub struct Corner {
    /// Where.
    pub at: (f32, f32),
    /// Its colour.
    pub colour: Colour,
}

/// A cell that repeats.
#[derive(Debug, Clone)]
pub struct Tiles {
    /// Width and height of the cell, in its own units.
    pub cell: (f32, f32),
    /// From one cell to the next, across and down.
    pub step: (f32, f32),
    /// From the cells' units to the object's, or to the page's.
    pub matrix: Transform,
    /// Whether the first cell lies at the page's corner instead of the object's.
    pub on_page: bool,
    /// Whether every second column and row is mirrored.
    pub mirrored: (bool, bool),
    /// What a cell shows.
    pub objects: Arc<[Object]>,
    /// How opaque the whole is, 0 to 1.
    pub opacity: f32,
}
