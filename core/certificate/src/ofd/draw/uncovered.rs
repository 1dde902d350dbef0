//! What no signature covers, drawn so that nobody takes it for sealed.
//!
//! It is painted apart, made grey and pale, laid on the page as ink and hatched. Ink cannot hide what
//! lies under it, so whatever was added to a sealed page leaves every sealed word readable.

use tiny_skia::{PremultipliedColorU8, Rect, Transform};

use super::DrawError;
use super::area::Area;
use super::painter::{Painter, Place};
use super::target::{Target, times};
use crate::ofd::read::object::{Look, Object};
use crate::ofd::read::page::LeftOut;

/// How much of its darkness is left, of 255.
const PALE: u8 = 120;
/// The hatching, as ink: amber, which no seal is.
const HATCH: [u8; 3] = [244, 176, 92];
/// From one stroke of the hatching to the next, and how wide each is.
const HATCH_MM: (f32, f32) = (3.0, 0.3);
/// Pixels that are looked at together.
const RUN: usize = 16;
/// More places than these are hatched as one.
const MAX_PLACES: usize = 64;

/// The sheet such things are painted on.
#[derive(Default)]
pub(super) struct Uncovered {
    sheet: Option<Target>,
    places: Vec<Area>,
}

impl Uncovered {
    /// The sheet; `None` for a page without pixels.
    pub(super) fn sheet(
        &mut self,
        painter: &mut Painter<'_>,
        area: Area,
    ) -> Result<Option<&mut Target>, DrawError> {
        if self.sheet.is_none() {
            painter.budget.spend(area.pixels() * 6)?;
            painter.left_out.insert(LeftOut::Uncovered);
            self.sheet = Target::clear(area);
        }
        Ok(self.sheet.as_mut())
    }

    /// Paints an object and remembers where.
    pub(super) fn object(
        &mut self,
        painter: &mut Painter<'_>,
        area: Area,
        object: &Object,
        place: &Place,
    ) -> Result<(), DrawError> {
        self.hatch(area, look(object).boundary, place.to_pixels);
        match self.sheet(painter, area)? {
            Some(sheet) => painter.objects(sheet, std::slice::from_ref(object), place),
            None => Ok(()),
        }
    }

    /// Hatches a place, in millimetres of what `to_pixels` maps.
    pub(super) fn hatch(&mut self, area: Area, place: Rect, to_pixels: Transform) {
        let Some(place) = place.transform(to_pixels) else {
            return;
        };
        let place = Area::around(place).and(area);
        if !place.is_empty() && !self.places.iter().any(|known| known.and(place) == place) {
            self.places.push(place);
        }
        if self.places.len() > MAX_PLACES {
            let all = self.places.iter().copied().reduce(Area::joined);
            self.places = all.into_iter().collect();
        }
    }

    /// Lays the sheet on the page.
    pub(super) fn lay(self, target: &mut Target, px_per_mm: f32) {
        let Some(sheet) = &self.sheet else { return };
        let strokes = Strokes::of(target.area, px_per_mm);
        let (width, _) = target.area.size();
        let rows = target.pixmap.pixels_mut().chunks_exact_mut(width as usize);
        let inks = sheet.pixmap.pixels().chunks_exact(width as usize);
        for (y, (row, inks)) in (0_usize..).zip(rows.zip(inks)) {
            for (pixel, ink) in row.iter_mut().zip(inks) {
                if ink.alpha() > 0 {
                    *pixel = inked(*pixel, [pale(darkness(*ink)); 3]);
                }
            }
            for (from, to) in self.spans(y) {
                strokes.lay(row.get_mut(from..to).unwrap_or_default(), from + y);
            }
        }
    }

    /// Where a row is hatched, without overlaps.
    fn spans(&self, y: usize) -> Vec<(usize, usize)> {
        let whole = |side: i32| usize::try_from(side).unwrap_or(0);
        let here = |place: &&Area| (whole(place.top)..whole(place.bottom)).contains(&y);
        let here = self.places.iter().filter(here);
        let mut spans: Vec<(usize, usize)> = here
            .map(|place| (whole(place.left), whole(place.right)))
            .collect();
        spans.sort_unstable();
        let mut end = 0;
        for span in &mut spans {
            span.0 = span.0.max(end);
            end = end.max(span.1);
        }
        spans
    }
}

fn look(object: &Object) -> &Look {
    match object {
        Object::Text(text) => &text.look,
        Object::Path(path) => &path.look,
        Object::Picture(picture) => &picture.look,
        Object::Group(group) => &group.look,
    }
}

/// How dark a pixel makes white paper.
fn darkness(ink: PremultipliedColorU8) -> u8 {
    darkness_of([ink.red(), ink.green(), ink.blue(), ink.alpha()])
}

fn darkness_of([red, green, blue, alpha]: [u8; 4]) -> u8 {
    let [red, green, blue] = [red, green, blue].map(u32::from);
    let bright = (red * 299 + green * 587 + blue * 114) / 1000;
    alpha.saturating_sub(u8::try_from(bright).unwrap_or(255))
}

fn inked(pixel: PremultipliedColorU8, ink: [u8; 3]) -> PremultipliedColorU8 {
    let part = |value: u8, ink: u8| u8::try_from(times(value, ink)).unwrap_or(value);
    let [red, green, blue] = ink;
    PremultipliedColorU8::from_rgba(
        part(pixel.red(), red),
        part(pixel.green(), green),
        part(pixel.blue(), blue),
        pixel.alpha(),
    )
    .unwrap_or(pixel)
}

/// Makes a page on white paper grey, pale and hatched all over.
pub(super) fn dim(target: &mut Target, px_per_mm: f32) {
    let strokes = Strokes::of(target.area, px_per_mm);
    // As bytes: looked at one by one through the pixels' own functions, they cost ten times as much.
    for run in target.pixmap.data_mut().chunks_mut(RUN * 4) {
        // Paper, which is most of a page, stays as it is and is passed over by the run.
        if run.iter().fold(u8::MAX, |all, part| all & part) == u8::MAX {
            continue;
        }
        for pixel in run.chunks_exact_mut(4) {
            if let [red, green, blue, alpha] = *pixel {
                let left = pale(darkness_of([red, green, blue, alpha]));
                pixel.copy_from_slice(&[left, left, left, 255]);
            }
        }
    }
    let (width, _) = target.area.size();
    let rows = target.pixmap.pixels_mut().chunks_exact_mut(width as usize);
    for (y, row) in (0_usize..).zip(rows) {
        strokes.lay(row, y);
    }
}

/// Every bit that all four parts of a pixel have: all of them where it is white paper.
fn least(pixel: PremultipliedColorU8) -> u8 {
    pixel.red() & pixel.green() & pixel.blue() & pixel.alpha()
}

fn is_paper(pixel: PremultipliedColorU8) -> bool {
    least(pixel) == u8::MAX
}

/// What ink of this darkness leaves of paper once it is pale.
fn pale(darkness: u8) -> u8 {
    255 - u8::try_from(times(darkness, PALE)).unwrap_or(255)
}

/// The strokes of the hatching along one row: they slant, so the next row's lie one pixel further
/// to the left.
struct Strokes {
    /// Where there is ink, by the sum of row and column, and what it leaves of white paper.
    inks: Vec<(usize, PremultipliedColorU8)>,
}

impl Strokes {
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "far below 2^23 pixels; 0 to 255"
    )]
    fn of(area: Area, px_per_mm: f32) -> Self {
        let step = (HATCH_MM.0 * px_per_mm).max(6.0);
        let half = (HATCH_MM.1 * px_per_mm).max(1.0) / 2.0;
        let (width, height) = area.size();
        // How much of a pixel a stroke covers, of 255.
        let share = |along: u32| {
            let across = (along as f32 * std::f32::consts::FRAC_1_SQRT_2) % step;
            let away = (across - step / 2.0).abs();
            ((half - away + 0.5).clamp(0.0, 1.0) * 255.0) as u8
        };
        let ink = |share: u8| {
            let [red, green, blue] =
                HATCH.map(|part| 255 - u8::try_from(times(255 - part, share)).unwrap_or(255));
            PremultipliedColorU8::from_rgba(red, green, blue, 255)
        };
        let shares = (0..width.saturating_add(height)).map(share);
        let inks = (0_usize..).zip(shares).filter(|(_, share)| *share > 0);
        Self {
            inks: inks
                .filter_map(|(along, share)| Some((along, ink(share)?)))
                .collect(),
        }
    }

    /// Lays them on pixels of a row whose first one has this sum of row and column.
    fn lay(&self, row: &mut [PremultipliedColorU8], first: usize) {
        let from = self.inks.partition_point(|(along, _)| *along < first);
        for (along, ink) in self.inks.get(from..).unwrap_or_default() {
            let Some(pixel) = row.get_mut(along - first) else {
                break;
            };
            *pixel = if is_paper(*pixel) {
                *ink
            } else {
                inked(*pixel, [ink.red(), ink.green(), ink.blue()])
            };
        }
    }
}

#[cfg(test)]
mod tests;
