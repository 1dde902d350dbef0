//! Pictures of the package, decoded within limits and shrunk to about the size they are drawn at.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::rc::Rc;

use image::imageops::{FilterType, resize};
use image::{ImageReader, Limits, RgbaImage};
use tiny_skia::{ColorU8, Pixmap};

use crate::ofd::limits::{MAX_PICTURE_BYTES, MAX_PICTURE_SIDE};
use crate::ofd::read::{Ofd, Resources};

/// The pictures of a page, decoded once.
pub(super) struct Pictures<'p> {
    resources: &'p Resources,
    ofd: &'p Ofd,
    decoded: BTreeMap<String, Option<Rc<Pixmap>>>,
}

impl<'p> Pictures<'p> {
    pub(super) fn new(resources: &'p Resources, ofd: &'p Ofd) -> Self {
        Self {
            resources,
            ofd,
            decoded: BTreeMap::new(),
        }
    }

    /// A picture of the package, not much larger than `across` × `along` pixels.
    ///
    /// The first use decides the size: a picture drawn small and later large is drawn from the
    /// small one, which certificates do not do.
    pub(super) fn at_size(&mut self, id: &str, across: f32, along: f32) -> Option<Rc<Pixmap>> {
        if let Some(known) = self.decoded.get(id) {
            return known.clone();
        }
        let bytes = self
            .resources
            .picture(id)
            .and_then(|name| self.ofd.entry(name).ok());
        let pixmap = bytes
            .and_then(|bytes| fitted(&bytes, across, along))
            .map(Rc::new);
        self.decoded.insert(id.to_owned(), pixmap.clone());
        pixmap
    }
}

/// PNG or JPEG bytes as pixels, not many more than `across` × `along`.
pub(super) fn fitted(bytes: &[u8], across: f32, along: f32) -> Option<Pixmap> {
    pixmap(&shrunk(decode(bytes)?, across, along))
}

/// The pixels of PNG or JPEG bytes; `None` for anything else or beyond the limits.
pub(crate) fn decode(bytes: &[u8]) -> Option<RgbaImage> {
    let mut reader = ImageReader::new(Cursor::new(bytes))
        .with_guessed_format()
        .ok()?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(MAX_PICTURE_SIDE);
    limits.max_image_height = Some(MAX_PICTURE_SIDE);
    limits.max_alloc = Some(MAX_PICTURE_BYTES);
    reader.limits(limits);
    Some(reader.decode().ok()?.into_rgba8())
}

fn shrunk(picture: RgbaImage, across: f32, along: f32) -> RgbaImage {
    let side = |have: u32, want: f32| {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "clamped to the limit"
        )]
        let want = want.clamp(1.0, 16_384.0).ceil() as u32;
        have.min(want)
    };
    let (width, height) = (side(picture.width(), across), side(picture.height(), along));
    if width * 3 > picture.width() * 2 && height * 3 > picture.height() * 2 {
        return picture;
    }
    resize(&picture, width, height, FilterType::Triangle)
}

fn pixmap(picture: &RgbaImage) -> Option<Pixmap> {
    let mut pixmap = Pixmap::new(picture.width(), picture.height())?;
    for (to, from) in pixmap.pixels_mut().iter_mut().zip(picture.pixels()) {
        let [red, green, blue, alpha] = from.0;
        *to = ColorU8::from_rgba(red, green, blue, alpha).premultiply();
    }
    Some(pixmap)
}
