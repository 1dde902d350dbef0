//! How like two pictures of a page are: SSIM of the half-size grey pictures, windows of 8 by 8.

use std::path::Path;

use image::GrayImage;
use quanshengshi_certificate::ofd::draw::picture::Picture;

/// The likeness of a drawn page to a picture in a file, 1 for the same; none if the file cannot be
/// read or is of another size.
pub(super) fn to_file(picture: &Picture, file: &Path) -> Option<f64> {
    let theirs = image::open(file).ok()?.into_luma8();
    let ours = image::RgbaImage::from_raw(picture.width, picture.height, picture.rgba.clone())?;
    let ours = image::DynamicImage::from(ours).into_luma8();
    // One pixel more or less is rounding.
    let near = |a: u32, b: u32| a.abs_diff(b) <= 1;
    if !near(ours.width(), theirs.width()) || !near(ours.height(), theirs.height()) {
        return None;
    }
    Some(ssim(&half(&ours), &half(&theirs)))
}

fn half(picture: &GrayImage) -> GrayImage {
    GrayImage::from_fn(picture.width() / 2, picture.height() / 2, |x, y| {
        let at = |dx, dy| u16::from(picture.get_pixel(x * 2 + dx, y * 2 + dy).0[0]);
        let sum = at(0, 0) + at(1, 0) + at(0, 1) + at(1, 1);
        image::Luma([u8::try_from(sum / 4).unwrap_or(u8::MAX)])
    })
}

fn ssim(a: &GrayImage, b: &GrayImage) -> f64 {
    let (width, height) = (a.width().min(b.width()), a.height().min(b.height()));
    let (mut sum, mut count) = (0.0, 0.0);
    for top in (0..height.saturating_sub(7)).step_by(4) {
        for left in (0..width.saturating_sub(7)).step_by(4) {
            sum += window(a, b, left, top);
            count += 1.0;
        }
    }
    if count > 0.0 { sum / count } else { 1.0 }
}

fn window(a: &GrayImage, b: &GrayImage, left: u32, top: u32) -> f64 {
    let (mut sa, mut sb, mut saa, mut sbb, mut sab) = (0_u32, 0_u32, 0_u32, 0_u32, 0_u32);
    for y in top..top + 8 {
        for x in left..left + 8 {
            let (p, q) = (
                u32::from(a.get_pixel(x, y).0[0]),
                u32::from(b.get_pixel(x, y).0[0]),
            );
            sa += p;
            sb += q;
            saa += p * p;
            sbb += q * q;
            sab += p * q;
        }
    }
    let n = 64.0;
    let (ma, mb) = (f64::from(sa) / n, f64::from(sb) / n);
    let (va, vb) = (f64::from(saa) / n - ma * ma, f64::from(sbb) / n - mb * mb);
    let cov = f64::from(sab) / n - ma * mb;
    let (c1, c2) = (6.5025, 58.5225);
    ((2.0 * ma * mb + c1) * (2.0 * cov + c2)) / ((ma * ma + mb * mb + c1) * (va + vb + c2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_is_one_and_another_is_less() {
        let even = GrayImage::from_fn(32, 32, |x, y| {
            image::Luma([if (x + y) % 8 < 4 { 0 } else { 255 }])
        });
        let moved = GrayImage::from_fn(32, 32, |x, y| {
            image::Luma([if (x + y) % 8 < 6 { 0 } else { 255 }])
        });
        assert!((ssim(&even, &even) - 1.0).abs() < 1e-9);
        let like = ssim(&even, &moved);
        assert!((0.1..0.9).contains(&like), "{like}");
    }
}
