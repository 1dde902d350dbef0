//! From brightness and two colour differences to red, green and blue.

/// Which values of a byte are black and white.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Range {
    /// 0 to 255: Android's camera, JPEG, `420f` of iOS.
    #[default]
    Full,
    /// 16 to 235, differences 16 to 240: video, `420v` of iOS.
    Video,
}

/// How much red, green and blue count for brightness.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Matrix {
    /// ITU-R BT.601: phones' cameras and JPEG.
    #[default]
    Bt601,
    /// ITU-R BT.709: high definition video.
    Bt709,
}

/// How brightness and colour differences are to be read. The default is what phones' preview
/// streams deliver.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Encoding {
    /// Which values are black and white.
    pub range: Range,
    /// How much each colour counts.
    pub matrix: Matrix,
}

impl Encoding {
    pub(crate) const fn conversion(self) -> &'static Conversion {
        match (self.range, self.matrix) {
            (Range::Full, Matrix::Bt601) => &FULL_601,
            (Range::Full, Matrix::Bt709) => &FULL_709,
            (Range::Video, Matrix::Bt601) => &VIDEO_601,
            (Range::Video, Matrix::Bt709) => &VIDEO_709,
        }
    }
}

/// The numbers of an encoding, in units of 1/65536.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Conversion {
    black: u8,
    luma: i32,
    red_cr: i32,
    green_cb: i32,
    green_cr: i32,
    blue_cb: i32,
}

static FULL_601: Conversion = Conversion::new(0.299, 0.114, Range::Full);
static FULL_709: Conversion = Conversion::new(0.2126, 0.0722, Range::Full);
static VIDEO_601: Conversion = Conversion::new(0.299, 0.114, Range::Video);
static VIDEO_709: Conversion = Conversion::new(0.2126, 0.0722, Range::Video);

/// Binary places of the whole-number arithmetic.
const PLACES: u32 = 16;
const ONE: f32 = (1 << PLACES) as f32;
/// A colour difference of nothing.
const GREY: u8 = 128;

impl Conversion {
    const fn new(red: f64, blue: f64, range: Range) -> Self {
        let (black, luma, chroma) = match range {
            Range::Full => (0, 1.0, 1.0),
            Range::Video => (16, 255.0 / 219.0, 255.0 / 224.0),
        };
        let green = 1.0 - red - blue;
        let red_cr = 2.0 * (1.0 - red) * chroma;
        let blue_cb = 2.0 * (1.0 - blue) * chroma;
        Self {
            black,
            luma: fixed(luma),
            red_cr: fixed(red_cr),
            green_cb: fixed(-blue_cb * blue / green),
            green_cr: fixed(-red_cr * red / green),
            blue_cb: fixed(blue_cb),
        }
    }

    /// What black looks like.
    pub(crate) const fn black(&self) -> [u8; 3] {
        [self.black, GREY, GREY]
    }

    /// Brightness from black 0 to white 255.
    #[inline]
    pub(crate) fn brightness(&self, luma: u8) -> u8 {
        rounded(self.luma * (i32::from(luma) - i32::from(self.black)))
    }

    /// The colour of a pixel.
    #[inline]
    pub(crate) fn rgb(&self, [luma, cb, cr]: [u8; 3]) -> [u8; 3] {
        let luma = self.luma * (i32::from(luma) - i32::from(self.black));
        let (cb, cr) = (
            i32::from(cb) - i32::from(GREY),
            i32::from(cr) - i32::from(GREY),
        );
        [
            rounded(luma + self.red_cr * cr),
            rounded(luma + self.green_cb * cb + self.green_cr * cr),
            rounded(luma + self.blue_cb * cb),
        ]
    }

    /// The colour of a mixture of pixels, 0 to 255.
    #[inline]
    pub(crate) fn mixed(&self, [luma, cb, cr]: [f32; 3]) -> [f32; 3] {
        let luma = self.luma as f32 * (luma - f32::from(self.black));
        let (cb, cr) = (cb - f32::from(GREY), cr - f32::from(GREY));
        [
            cut(luma + self.red_cr as f32 * cr),
            cut(luma + self.green_cb as f32 * cb + self.green_cr as f32 * cr),
            cut(luma + self.blue_cb as f32 * cb),
        ]
    }
}

const fn fixed(value: f64) -> i32 {
    (value * (1 << PLACES) as f64).round() as i32
}

#[inline]
fn cut(value: f32) -> f32 {
    // A power of two: the product is exact.
    (value * (1.0 / ONE)).clamp(0.0, 255.0)
}

#[inline]
fn rounded(value: i32) -> u8 {
    ((value + (1 << (PLACES - 1))) >> PLACES).clamp(0, 255) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all() -> impl Iterator<Item = Encoding> {
        [Range::Full, Range::Video].into_iter().flat_map(|range| {
            [Matrix::Bt601, Matrix::Bt709].map(|matrix| Encoding { range, matrix })
        })
    }

    /// The definitions of the standards, from a colour to its bytes.
    fn encoded(encoding: Encoding, colour: [u8; 3]) -> [u8; 3] {
        let (red_share, blue_share) = match encoding.matrix {
            Matrix::Bt601 => (0.299, 0.114),
            Matrix::Bt709 => (0.2126, 0.0722),
        };
        let [red, green, blue] = colour.map(|value| f64::from(value) / 255.0);
        let luma = red_share * red + (1.0 - red_share - blue_share) * green + blue_share * blue;
        let cb = (blue - luma) / (2.0 * (1.0 - blue_share));
        let cr = (red - luma) / (2.0 * (1.0 - red_share));
        let bytes = match encoding.range {
            Range::Full => [255.0 * luma, 128.0 + 255.0 * cb, 128.0 + 255.0 * cr],
            Range::Video => [16.0 + 219.0 * luma, 128.0 + 224.0 * cb, 128.0 + 224.0 * cr],
        };
        bytes.map(|value| value.round().clamp(0.0, 255.0) as u8)
    }

    #[test]
    fn a_colour_encoded_by_the_standard_comes_back() {
        for encoding in all() {
            let conversion = encoding.conversion();
            for at in 0..17u32.pow(3) {
                let colour = [at % 17, at / 17 % 17, at / 289].map(|step| (step * 15) as u8);
                let bytes = encoded(encoding, colour);
                let back = conversion.rgb(bytes);
                let mixed = conversion.mixed(bytes.map(f32::from));
                for ((value, back), mixed) in colour.into_iter().zip(back).zip(mixed) {
                    assert!(value.abs_diff(back) <= 2, "{encoding:?} {colour:?} {back}");
                    assert!((f32::from(back) - mixed).abs() < 0.51, "{back} {mixed}");
                }
            }
        }
    }

    #[test]
    fn black_is_black_and_white_is_white_in_every_encoding() {
        for encoding in all() {
            let conversion = encoding.conversion();
            assert_eq!(conversion.rgb(conversion.black()), [0; 3]);
            let white = encoded(encoding, [255; 3]);
            assert_eq!(conversion.rgb(white), [255; 3]);
            assert_eq!(conversion.brightness(white[0]), 255);
            assert_eq!(conversion.brightness(conversion.black()[0]), 0);
        }
    }

    #[test]
    fn values_beyond_the_range_are_cut() {
        let video = Encoding {
            range: Range::Video,
            ..Encoding::default()
        };
        assert_eq!(video.conversion().brightness(0), 0);
        assert_eq!(video.conversion().brightness(255), 255);
        assert_eq!(video.conversion().rgb([255, 255, 255])[0], 255);
    }
}
