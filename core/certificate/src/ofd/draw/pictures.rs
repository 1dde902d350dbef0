//! Pictures of the package on the page, each decoded for the size it is drawn at.

use std::collections::BTreeMap;
use std::rc::Rc;

use tiny_skia::{
    FillRule, FilterQuality, Paint as Brush, Path, PathBuilder, Pixmap, Point,
    PremultipliedColorU8, Rect, Transform,
};

use super::DrawError;
use super::area::{Area, Clip, upright};
use super::decode::{self, Wanted};
use super::painter::{Painter, Place, outset, pen_of, scale_of};
use super::shaders;
use super::target::{Budget, Laid, Target};
use crate::ofd::read::object::{Border, PictureObject};
use crate::ofd::read::page::LeftOut;
use crate::ofd::read::{Ofd, Resources};

/// The pictures of a page.
pub(super) struct Pictures<'p> {
    resources: &'p Resources,
    ofd: &'p Ofd,
    decoded: BTreeMap<Key, Option<Rc<Pixmap>>>,
    kept_pixels: usize,
}

/// A picture, its mask, and the size it was decoded for.
type Key = (String, Option<String>, (u32, u32));

/// The most pixels of pictures kept for another use on the page.
const MAX_KEPT_PIXELS: usize = 4_000_000;

impl<'p> Pictures<'p> {
    pub(super) fn new(ofd: &'p Ofd, resources: &'p Resources) -> Self {
        Self {
            resources,
            ofd,
            decoded: BTreeMap::new(),
            kept_pixels: 0,
        }
    }

    /// A picture of the package, decoded for about `wanted` pixels; `None` if it cannot be.
    fn decoded(
        &mut self,
        id: &str,
        mask: Option<&str>,
        wanted: (u32, u32),
        budget: &mut Budget,
    ) -> Result<Option<Rc<Pixmap>>, DrawError> {
        let key = (id.to_owned(), mask.map(str::to_owned), wanted);
        if let Some(known) = self.decoded.get(&key) {
            return Ok(known.clone());
        }
        let mut made = self.one(id, Wanted(wanted.0, wanted.1), budget)?;
        if let (Some(picture), Some(mask)) = (&mut made, mask) {
            let same = Wanted(picture.width(), picture.height());
            match self.one(mask, same, budget)? {
                Some(mask) => masked(picture, &mask),
                None => made = None,
            }
        }
        let made = made.map(Rc::new);
        let pixels = made.as_ref().map_or(0, |made| made.pixels().len());
        if self.kept_pixels + pixels <= MAX_KEPT_PIXELS {
            self.kept_pixels += pixels;
            self.decoded.insert(key, made.clone());
        }
        Ok(made)
    }

    fn one(
        &self,
        id: &str,
        wanted: Wanted,
        budget: &mut Budget,
    ) -> Result<Option<Pixmap>, DrawError> {
        let entry = self.resources.picture(id);
        let bytes = entry.and_then(|name| self.ofd.entry(name).ok());
        let Some(bytes) = bytes else { return Ok(None) };
        budget.spend(decode::cost(&bytes))?;
        Ok(decode::decode(&bytes, wanted))
    }
}

/// Makes each pixel as opaque as the mask is bright there.
fn masked(picture: &mut Pixmap, mask: &Pixmap) {
    let (width, height) = (picture.width(), picture.height());
    let (across, down) = (mask.width(), mask.height());
    let rows = picture.pixels_mut().chunks_exact_mut(width as usize);
    for (y, row) in (0_u32..).zip(rows) {
        let from = u64::from(y) * u64::from(down) / u64::from(height);
        for (x, pixel) in (0_u32..).zip(row) {
            let at = u64::from(x) * u64::from(across) / u64::from(width) + from * u64::from(across);
            let at = usize::try_from(at).unwrap_or(usize::MAX);
            let bright = mask.pixels().get(at).map_or(0, |pixel| pixel.green());
            *pixel = times(*pixel, bright);
        }
    }
}

fn times(pixel: PremultipliedColorU8, share: u8) -> PremultipliedColorU8 {
    let part = |value: u8| {
        let product = u16::from(value) * u16::from(share);
        u8::try_from((product + 127) / 255).unwrap_or(u8::MAX)
    };
    PremultipliedColorU8::from_rgba(
        part(pixel.red()),
        part(pixel.green()),
        part(pixel.blue()),
        part(pixel.alpha()),
    )
    .unwrap_or(PremultipliedColorU8::TRANSPARENT)
}

impl Painter<'_> {
    pub(super) fn picture(
        &mut self,
        target: &mut Target,
        object: &PictureObject,
        place: &Place,
    ) -> Result<(), DrawError> {
        let look = &object.look;
        let own = if object.fills_boundary {
            let (width, height) = (look.boundary.width(), look.boundary.height());
            look.inside(place.to_pixels).pre_scale(width, height)
        } else {
            look.own(place.to_pixels)
        };
        let Some(unit) = Rect::from_xywh(0.0, 0.0, 1.0, 1.0).map(PathBuilder::from_rect) else {
            return Ok(());
        };
        let Some(frame) = unit.clone().transform(own) else {
            return Ok(());
        };
        let content = (!object.fills_boundary).then_some((&unit, 0.0));
        let clip = self.clip(look, place, content)?;
        let seen = Area::around(frame.bounds()).and(clip.area).and(target.area);
        if seen.is_empty() {
            return Ok(());
        }
        let size = wanted(own);
        let decoded = self.pictures.decoded(
            &object.resource,
            object.mask.as_deref(),
            size,
            &mut self.budget,
        )?;
        match decoded {
            Some(picture) => {
                let opacity = look.opacity * place.opacity;
                self.pixels(target, &picture, &frame, own, &clip, opacity)?;
            }
            None => {
                self.left_out.insert(LeftOut::Picture);
            }
        }
        if let Some(border) = &object.border {
            self.border(target, border, own, place)?;
        }
        Ok(())
    }

    /// Paints pixels into the unit square that `own` maps to `frame`.
    fn pixels(
        &mut self,
        target: &mut Target,
        picture: &Pixmap,
        frame: &Path,
        own: Transform,
        clip: &Clip,
        opacity: f32,
    ) -> Result<(), DrawError> {
        let upright = upright(frame).filter(|_| own.sx > 0.0 && own.sy > 0.0);
        let bounds = frame.bounds();
        // Decoded for exactly these pixels: they are copied.
        if let Some(area) = upright.map(Area::within)
            && area.size() == (picture.width(), picture.height())
        {
            self.budget.spend(area.pixels() * 2)?;
            if clip.shapes.is_empty() {
                target.lay(picture, area, clip.area, opacity, Laid::AsPaint);
                return Ok(());
            }
            return self.within(target, clip, area.rect(), |_, target| {
                target.lay(picture, area, area, opacity, Laid::AsPaint);
                Ok(())
            });
        }
        let seen = Area::around(bounds).and(clip.area).and(target.area);
        self.budget.spend(seen.pixels() * shaders::SHADED_WEIGHT)?;
        #[expect(
            clippy::cast_precision_loss,
            reason = "picture sides are at most 16384"
        )]
        let texel = own.pre_scale(1.0 / picture.width() as f32, 1.0 / picture.height() as f32);
        // Few large squares, such as a code's, keep their edges.
        let quality = if scale_of(texel) > 3.0 {
            FilterQuality::Nearest
        } else {
            FilterQuality::Bilinear
        };
        let brush = Brush {
            shader: shaders::pixels_in_place(picture, texel, opacity, quality),
            ..Brush::default()
        };
        // A frame cut by a rectangle along the pixels is painted where both are.
        let cut = upright.and_then(|rect| clip.area.rect()?.intersect(&rect));
        if let (true, Some(cut)) = (clip.shapes.is_empty(), cut) {
            let path = PathBuilder::from_rect(cut);
            let here = target.local(Transform::identity());
            let mut pixels = target.pixmap.as_mut();
            pixels.fill_path(&path, &brush, FillRule::Winding, here, None);
            return Ok(());
        }
        self.within(target, clip, Some(bounds), |_, target| {
            let here = target.local(Transform::identity());
            let mut pixels = target.pixmap.as_mut();
            pixels.fill_path(frame, &brush, FillRule::Winding, here, None);
            Ok(())
        })
    }

    /// Draws a line around the unit square; its width and corners are millimetres of the page.
    fn border(
        &mut self,
        target: &mut Target,
        border: &Border,
        own: Transform,
        place: &Place,
    ) -> Result<(), DrawError> {
        let Some(back) = place.to_pixels.invert() else {
            return Ok(());
        };
        // The square's corners in millimetres, so that the line is as wide as it says.
        let on_page = own.post_concat(back);
        let corner = |x: f32, y: f32| {
            let mut point = Point::from_xy(x, y);
            on_page.map_point(&mut point);
            point
        };
        let corners = [
            corner(0.0, 0.0),
            corner(1.0, 0.0),
            corner(1.0, 1.0),
            corner(0.0, 1.0),
        ];
        let Some(path) = rounded(corners, border.corner) else {
            return Ok(());
        };
        let pen = pen_of(&border.line);
        let drawn = path.clone().transform(place.to_pixels);
        let bounds = drawn
            .and_then(|drawn| outset(drawn.bounds(), pen.width * scale_of(place.to_pixels) + 1.0));
        self.within(target, &place.clip, bounds, |painter, target| {
            let to_pixels = place.to_pixels;
            painter.stroke(target, &path, to_pixels, &border.paint, &pen, place.opacity)
        })
    }
}

/// About how many pixels the unit square covers.
fn wanted(own: Transform) -> (u32, u32) {
    // Along the pixels, the very pixels it will cover.
    if own.kx.abs() < 1e-4 && own.ky.abs() < 1e-4 {
        let rect = Rect::from_xywh(0.0, 0.0, 1.0, 1.0).and_then(|rect| rect.transform(own));
        if let Some(rect) = rect {
            return Area::within(rect).size();
        }
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "clamped to the limit"
    )]
    let side = |length: f32| length.clamp(1.0, 16_384.0).ceil() as u32;
    (side(own.sx.hypot(own.ky)), side(own.kx.hypot(own.sy)))
}

/// A four-sided path with corners rounded by radii along its first and second side.
fn rounded(corners: [Point; 4], (across, down): (f32, f32)) -> Option<Path> {
    let mut builder = PathBuilder::new();
    let [a, b, c, d] = corners;
    if across <= 0.0 || down <= 0.0 {
        builder.move_to(a.x, a.y);
        for point in [b, c, d] {
            builder.line_to(point.x, point.y);
        }
        builder.close();
        return builder.finish();
    }
    let toward = |from: Point, to: Point, radius: f32| {
        let side = to - from;
        let length = side.length();
        let share = if length > 0.0 {
            (radius / length).min(0.5)
        } else {
            0.0
        };
        Point::from_xy(from.x + side.x * share, from.y + side.y * share)
    };
    let start = toward(a, b, across);
    builder.move_to(start.x, start.y);
    let turns = [
        (a, b, c, across, down),
        (b, c, d, down, across),
        (c, d, a, across, down),
        (d, a, b, down, across),
    ];
    for (from, corner, next, before, after) in turns {
        let end = toward(corner, from, before);
        let begin = toward(corner, next, after);
        builder.line_to(end.x, end.y);
        builder.quad_to(corner.x, corner.y, begin.x, begin.y);
    }
    builder.close();
    builder.finish()
}
