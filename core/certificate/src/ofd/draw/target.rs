//! Pixels being painted, and what painting them may cost.

use tiny_skia::{IntSize, Mask, Pixmap, PremultipliedColorU8, Transform};

use super::DrawError;
use super::area::{Area, Clip};
use crate::ofd::limits::{MAX_COVERINGS, MAX_PAINTED_FREE};

/// What a page may still cost, in pixels painted with one colour.
#[derive(Debug)]
pub(super) struct Budget {
    left: u64,
    objects: usize,
}

impl Budget {
    pub(super) fn of(area: Area, objects: usize) -> Self {
        Self {
            left: (area.pixels() * MAX_COVERINGS).max(MAX_PAINTED_FREE),
            objects,
        }
    }

    pub(super) fn spend(&mut self, pixels: u64) -> Result<(), DrawError> {
        self.left = self.left.checked_sub(pixels).ok_or(DrawError::TooHeavy)?;
        Ok(())
    }

    /// Counts an object, wherever it came from: a composite that is shown often counts often.
    pub(super) fn object(&mut self) -> Result<(), DrawError> {
        self.objects = self.objects.checked_sub(1).ok_or(DrawError::TooHeavy)?;
        Ok(())
    }
}

/// A piece of the page.
pub(super) struct Target {
    pub(super) pixmap: Pixmap,
    pub(super) area: Area,
}

impl Target {
    /// Nothing painted yet; `None` for an empty area.
    pub(super) fn clear(area: Area) -> Option<Self> {
        let (width, height) = area.size();
        Some(Self {
            pixmap: Pixmap::new(width, height)?,
            area,
        })
    }

    /// White paper. Every byte of it is 255, so it is filled as it is made: cleared first and painted
    /// then, a page would be written twice. `None` for an empty area.
    pub(super) fn paper(area: Area) -> Option<Self> {
        let (width, height) = area.size();
        let size = IntSize::from_wh(width, height)?;
        let bytes = usize::try_from(area.pixels() * 4).ok()?;
        Some(Self {
            pixmap: Pixmap::from_vec(vec![255; bytes], size)?,
            area,
        })
    }

    /// From pixels of the page to pixels of this piece.
    pub(super) fn local(&self, from: Transform) -> Transform {
        #[expect(clippy::cast_precision_loss, reason = "far below 2^23 pixels")]
        let (left, top) = (self.area.left as f32, self.area.top as f32);
        from.post_translate(-left, -top)
    }

    /// Keeps what lies in all shapes.
    pub(super) fn cut(&mut self, clip: &Clip) {
        let Some(((first, rule), rest)) = clip.shapes.split_first() else {
            return;
        };
        let Some(mut mask) = Mask::new(self.pixmap.width(), self.pixmap.height()) else {
            return;
        };
        let here = self.local(Transform::identity());
        mask.fill_path(first, *rule, true, here);
        for (shape, rule) in rest {
            mask.intersect_path(shape, *rule, true, here);
        }
        self.pixmap.apply_mask(&mask);
    }

    /// Lays pixels over this piece: as paint, or as ink that what is dark shows through.
    ///
    /// `pixels` has its first pixel at the left top of `area`, which is no larger than it; only
    /// what lies in `seen` is laid.
    pub(super) fn lay(&mut self, pixmap: &Pixmap, area: Area, seen: Area, opacity: f32, how: Laid) {
        let seen = seen.and(area).and(self.area);
        if seen.is_empty() {
            return;
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "0 to 256"
        )]
        let share = (opacity.clamp(0.0, 1.0) * 256.0).round() as u32;
        let (width, _) = seen.size();
        let width = width as usize;
        let offset = |of: Area, row: i32, across: u32| {
            let down = usize::try_from(row - of.top).unwrap_or(0);
            let left = usize::try_from(seen.left - of.left).unwrap_or(0);
            down * across as usize + left
        };
        let (from_width, to_width) = (pixmap.width(), self.pixmap.width());
        let here = self.area;
        for row in seen.top..seen.bottom {
            let from = offset(area, row, from_width);
            let to = offset(here, row, to_width);
            let from = pixmap.pixels().get(from..from + width);
            let to = self.pixmap.pixels_mut().get_mut(to..to + width);
            let (Some(from), Some(to)) = (from, to) else {
                continue;
            };
            match how {
                Laid::AsPaint if share == 256 => {
                    for (to, from) in to.iter_mut().zip(from) {
                        match from.alpha() {
                            255 => *to = *from,
                            0 => {}
                            _ => *to = over(*from, *to),
                        }
                    }
                }
                Laid::AsPaint => {
                    for (to, from) in to.iter_mut().zip(from) {
                        *to = over(faded(*from, share), *to);
                    }
                }
                Laid::AsInk => {
                    for (to, from) in to.iter_mut().zip(from) {
                        // Most of a seal is nothing, and nothing changes nothing.
                        if from.alpha() != 0 {
                            *to = multiplied(faded(*from, share), *to);
                        }
                    }
                }
            }
        }
    }
}

/// How pixels are laid over others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Laid {
    /// They cover what lies under them.
    AsPaint,
    /// They are multiplied with it.
    AsInk,
}

/// `a` times `b`, both shares of 255.
pub(super) fn times(a: u8, b: u8) -> u16 {
    let product = u16::from(a) * u16::from(b) + 128;
    (product + (product >> 8)) >> 8
}

fn pixel(parts: [u16; 4]) -> PremultipliedColorU8 {
    let [red, green, blue, alpha] = parts.map(|part| u8::try_from(part).unwrap_or(u8::MAX));
    let least = |part: u8| part.min(alpha);
    PremultipliedColorU8::from_rgba(least(red), least(green), least(blue), alpha)
        .unwrap_or(PremultipliedColorU8::TRANSPARENT)
}

fn parts(pixel: PremultipliedColorU8) -> [u8; 4] {
    [pixel.red(), pixel.green(), pixel.blue(), pixel.alpha()]
}

pub(super) fn over(from: PremultipliedColorU8, to: PremultipliedColorU8) -> PremultipliedColorU8 {
    let rest = 255 - from.alpha();
    let (from, to) = (parts(from), parts(to));
    pixel([0, 1, 2, 3].map(|at: usize| u16::from(from[at]) + times(to[at], rest)))
}

fn multiplied(from: PremultipliedColorU8, to: PremultipliedColorU8) -> PremultipliedColorU8 {
    let (of_from, of_to) = (255 - to.alpha(), 255 - from.alpha());
    let (from, to) = (parts(from), parts(to));
    pixel([0, 1, 2, 3].map(|at: usize| {
        let both = times(from[at], to[at]);
        // Alpha comes out like that of paint.
        both + times(from[at], of_from) + times(to[at], of_to)
    }))
}

fn faded(from: PremultipliedColorU8, share: u32) -> PremultipliedColorU8 {
    if share == 256 {
        return from;
    }
    let part = |value: u8| u16::try_from((u32::from(value) * share + 128) >> 8).unwrap_or(u16::MAX);
    pixel(parts(from).map(part))
}
