//! Many pictures on one, small and in rows, to be looked at together.

use quanshengshi_frame::rgb::Rgb;

/// Pixels between pictures.
const GAP: u32 = 12;
/// The ground between them, grey.
const GROUND: u8 = 0x90;

/// Lays pictures out in rows of so many. Each is made as wide as its place and cut off where it
/// is higher.
pub fn lay_out(pictures: &[Rgb], columns: u32, width: u32, height: u32) -> Rgb {
    let columns = columns.max(1);
    let rows = (pictures.len() as u32).div_ceil(columns);
    let (sheet_width, sheet_height) = (
        GAP + columns * (width + GAP),
        GAP + rows.max(1) * (height + GAP),
    );
    let mut pixels = vec![GROUND; sheet_width as usize * sheet_height as usize * 3];
    for (at, picture) in (0..).zip(pictures) {
        let left = GAP + at % columns * (width + GAP);
        let top = GAP + at / columns * (height + GAP);
        let small = made_small(picture, width, height);
        let row_bytes = small.width as usize * 3;
        for (y, row) in (top..).zip(small.pixels.chunks_exact(row_bytes.max(1))) {
            let start = (y as usize * sheet_width as usize + left as usize) * 3;
            if let Some(place) = pixels.get_mut(start..start + row_bytes) {
                place.copy_from_slice(row);
            }
        }
    }
    Rgb {
        width: sheet_width,
        height: sheet_height,
        pixels,
    }
}

/// As wide as the place, and not higher.
fn made_small(picture: &Rgb, width: u32, height: u32) -> Rgb {
    let shown = (u64::from(height) * u64::from(picture.width) / u64::from(width.max(1))) as u32;
    let shown = shown.clamp(1, picture.height.max(1));
    let top = picture.crop(0, 0, picture.width, shown);
    let scaled = u64::from(shown) * u64::from(width) / u64::from(picture.width.max(1));
    let scaled = (scaled as u32).clamp(1, height);
    top.as_ref().unwrap_or(picture).resized(width, scaled)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(width: u32, height: u32, value: u8) -> Rgb {
        Rgb {
            width,
            height,
            pixels: vec![value; width as usize * height as usize * 3],
        }
    }

    #[test]
    fn pictures_stand_in_rows_and_long_ones_are_cut() {
        let pictures = [plain(100, 900, 10), plain(100, 50, 20), plain(50, 25, 30)];
        let sheet = lay_out(&pictures, 2, 40, 60);
        assert_eq!((sheet.width, sheet.height), (12 + 2 * 52, 12 + 2 * 72));
        assert_eq!(sheet.at(12, 12), Some([10; 3]));
        assert_eq!(
            sheet.at(12, 71),
            Some([10; 3]),
            "the long one fills its place"
        );
        assert_eq!(sheet.at(64, 12), Some([20; 3]));
        assert_eq!(
            sheet.at(64, 33),
            Some([GROUND; 3]),
            "the short one does not"
        );
        assert_eq!(sheet.at(12, 84), Some([30; 3]));
        assert_eq!(sheet.at(0, 0), Some([GROUND; 3]));
    }
}
