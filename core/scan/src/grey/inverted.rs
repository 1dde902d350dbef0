//! Light and dark exchanged, for codes drawn light on dark.

use quanshengshi_frame::luma::Luma;

/// The negative of a picture.
pub fn inverted(picture: &Luma) -> Luma {
    Luma {
        pixels: picture.pixels.iter().map(|value| 255 - value).collect(),
        ..*picture
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn black_becomes_white() {
        let picture = Luma {
            width: 2,
            height: 1,
            pixels: vec![0, 200],
        };
        assert_eq!(inverted(&picture).pixels, [255, 55]);
    }
}
