//! Patterns: a cell drawn again and again, each time as what it is and not as pixels.

use tiny_skia::{Point, Rect, Transform};

use super::DrawError;
use super::area::Area;
use super::painter::{Painter, Place};
use super::target::Target;
use crate::ofd::read::object::paint::Tiles;
use crate::ofd::read::page::LeftOut;

/// The most cells of one pattern.
const MAX_CELLS: f32 = 20_000.0;

/// Paints every cell that is seen; `place` says where the first one's coordinates lie.
pub(super) fn paint(
    painter: &mut Painter<'_>,
    target: &mut Target,
    tiles: &Tiles,
    place: &Place,
) -> Result<(), DrawError> {
    let base = place.to_pixels.pre_concat(tiles.matrix);
    let seen = place.clip.area.and(target.area);
    let Some((columns, rows)) = span(tiles, base, seen) else {
        painter.left_out.insert(LeftOut::Gradient);
        return Ok(());
    };
    #[expect(
        clippy::cast_possible_truncation,
        reason = "MAX_CELLS bounds their product"
    )]
    let whole = |(from, to): (f32, f32)| from as i32..=to as i32;
    for row in whole(rows) {
        for column in whole(columns) {
            #[expect(clippy::cast_precision_loss, reason = "at most MAX_CELLS")]
            let (x, y) = (column as f32 * tiles.step.0, row as f32 * tiles.step.1);
            let mut cell = base.pre_translate(x, y);
            let odd = |at: i32| at.rem_euclid(2) == 1;
            if tiles.mirrored.0 && odd(column) {
                cell = cell.pre_concat(Transform::from_row(-1.0, 0.0, 0.0, 1.0, tiles.cell.0, 0.0));
            }
            if tiles.mirrored.1 && odd(row) {
                cell = cell.pre_concat(Transform::from_row(1.0, 0.0, 0.0, -1.0, 0.0, tiles.cell.1));
            }
            let whole = Rect::from_xywh(0.0, 0.0, tiles.cell.0, tiles.cell.1);
            let Some(bounds) = whole.and_then(|rect| rect.transform(cell)) else {
                continue;
            };
            if Area::around(bounds).and(seen).is_empty() {
                continue;
            }
            let mut inner = Place {
                to_pixels: cell,
                ..place.clone()
            };
            inner.opacity *= tiles.opacity;
            painter.objects(target, &tiles.objects, &inner)?;
        }
    }
    Ok(())
}

/// First and last column and row that may be seen; `None` if there are too many to draw.
fn span(tiles: &Tiles, base: Transform, seen: Area) -> Option<((f32, f32), (f32, f32))> {
    let back = base.invert()?;
    let rect = seen.rect()?;
    let corners = [
        (rect.left(), rect.top()),
        (rect.right(), rect.top()),
        (rect.left(), rect.bottom()),
        (rect.right(), rect.bottom()),
    ]
    .map(|(x, y)| {
        let mut point = Point::from_xy(x, y);
        back.map_point(&mut point);
        point
    });
    let range = |of: fn(&Point) -> f32, step: f32, cell: f32| {
        let least = corners.iter().map(of).fold(f32::MAX, f32::min);
        let most = corners.iter().map(of).fold(f32::MIN, f32::max);
        (((least - cell) / step).floor(), (most / step).floor())
    };
    let columns = range(|point| point.x, tiles.step.0, tiles.cell.0);
    let rows = range(|point| point.y, tiles.step.1, tiles.cell.1);
    let count = (columns.1 - columns.0 + 1.0) * (rows.1 - rows.0 + 1.0);
    (count.is_finite() && count <= MAX_CELLS).then_some((columns, rows))
}
