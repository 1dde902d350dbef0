//! Pixels being painted, and what painting them may cost.

use tiny_skia::{BlendMode, FilterQuality, Mask, Pixmap, PixmapPaint, Transform};

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

    /// Lays a piece over this one.
    pub(super) fn lay(&mut self, piece: &Self, opacity: f32, blend_mode: BlendMode) {
        let paint = PixmapPaint {
            opacity,
            blend_mode,
            quality: FilterQuality::Nearest,
        };
        self.pixmap.draw_pixmap(
            piece.area.left - self.area.left,
            piece.area.top - self.area.top,
            piece.pixmap.as_ref(),
            &paint,
            Transform::identity(),
            None,
        );
    }
}
