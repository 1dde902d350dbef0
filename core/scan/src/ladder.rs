//! The ways a frame is tried, cheapest gain first.
//!
//! Order and choice were measured on screen photos (README, measurements). The first steps are
//! tried on every frame; the hard ones take turns over the frames that follow.

use quanshengshi_frame::luma::Luma;

use crate::grey::double::double;
use crate::grey::half::half;
use crate::grey::inverted::inverted;
use crate::grey::mean::{below_mean, reach};
use crate::grey::sharp::sharp;
use crate::grey::smooth::smooth;
use crate::likeness::sightings;
use crate::reader::{Findings, Search, read, read_bits};

/// The short side in pixels below which nothing is tried: the smallest code has 21 modules.
pub const SHORTEST_SIDE: u32 = 21;
/// The short side in pixels from which the half-size picture is worth a try.
pub const SHORTEST_HALVED_SIDE: u32 = 700;

/// One way to look at a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Step {
    /// The surroundings of the codes of the frame before.
    Tracked,
    /// Half the size.
    Half,
    /// As it is.
    Native,
    /// Half the size, sharpened.
    HalfSharp,
    /// Light and dark exchanged.
    Inverted,
    /// Sharpened.
    Sharp,
    /// Against the mean of the surroundings.
    Mean,
    /// Half the size, against the mean.
    HalfMean,
    /// Softened, against the mean.
    SmoothMean,
    /// A quarter of the size, against the mean.
    QuarterMean,
    /// Half the size, light and dark exchanged, against the mean.
    HalfInvertedMean,
    /// Half the size, by the likeness of areas.
    HalfLikeness,
    /// A quarter of the size, by the likeness of areas.
    QuarterLikeness,
    /// Sharpened, light and dark exchanged.
    SharpInverted,
    /// A window of dense edges as it is, then with light and dark exchanged.
    Window,
    /// A window of dense edges at twice its size, sharpened, against the mean.
    WindowDoubleMean,
    /// A window of dense edges at twice its size.
    WindowDouble,
    /// A window of dense edges, softened, against the mean.
    WindowSmoothMean,
    /// A window of dense edges at twice its size, sharpened, light and dark exchanged.
    WindowDoubleInverted,
}

impl Step {
    /// What every frame is tried as.
    pub const FIRST: [Self; 2] = [Self::Half, Self::Native];
    /// What takes turns.
    pub const HARD: [Self; 15] = [
        Self::HalfSharp,
        Self::Inverted,
        Self::QuarterLikeness,
        Self::HalfLikeness,
        Self::WindowDoubleMean,
        Self::HalfInvertedMean,
        Self::HalfMean,
        Self::QuarterMean,
        Self::Sharp,
        Self::Mean,
        Self::SmoothMean,
        Self::SharpInverted,
        Self::WindowDouble,
        Self::WindowSmoothMean,
        Self::WindowDoubleInverted,
    ];

    /// The name in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Tracked => "tracked",
            Self::Half => "half",
            Self::Native => "native",
            Self::HalfSharp => "half_sharp",
            Self::Inverted => "inverted",
            Self::Sharp => "sharp",
            Self::Mean => "mean",
            Self::HalfMean => "half_mean",
            Self::SmoothMean => "smooth_mean",
            Self::QuarterMean => "quarter_mean",
            Self::HalfInvertedMean => "half_inverted_mean",
            Self::HalfLikeness => "half_likeness",
            Self::QuarterLikeness => "quarter_likeness",
            Self::SharpInverted => "sharp_inverted",
            Self::Window => "window",
            Self::WindowDoubleMean => "window_double_mean",
            Self::WindowDouble => "window_double",
            Self::WindowSmoothMean => "window_smooth_mean",
            Self::WindowDoubleInverted => "window_double_inverted",
        }
    }

    /// Whether the step looks at windows of dense edges, one a time.
    pub fn is_in_windows(self) -> bool {
        matches!(
            self,
            Self::Window
                | Self::WindowDoubleMean
                | Self::WindowDouble
                | Self::WindowSmoothMean
                | Self::WindowDoubleInverted
        )
    }

    /// Whether a picture with this short side is tried at this step.
    pub fn fits(self, short_side: u32) -> bool {
        let halved = matches!(
            self,
            Self::Half
                | Self::HalfSharp
                | Self::HalfMean
                | Self::HalfInvertedMean
                | Self::QuarterMean
                | Self::HalfLikeness
                | Self::QuarterLikeness
        );
        short_side >= SHORTEST_SIDE && (!halved || short_side >= SHORTEST_HALVED_SIDE)
    }

    /// How many pixels of the picture one pixel of this step's stands for, along a side.
    pub(crate) fn scale(self) -> f32 {
        match self {
            Self::Half
            | Self::HalfSharp
            | Self::HalfMean
            | Self::HalfInvertedMean
            | Self::HalfLikeness => 2.0,
            Self::QuarterMean | Self::QuarterLikeness => 4.0,
            Self::WindowDoubleMean | Self::WindowDouble | Self::WindowDoubleInverted => 0.5,
            _ => 1.0,
        }
    }

    /// A first guess at nanoseconds for a pixel of the picture, on the slow side; a scanner learns
    /// better ones.
    pub(crate) fn first_pace(self) -> f32 {
        match self {
            Self::Half
            | Self::HalfMean
            | Self::HalfInvertedMean
            | Self::QuarterMean
            | Self::QuarterLikeness => 1.5,
            Self::Tracked | Self::HalfSharp | Self::Native | Self::Window => 3.0,
            Self::WindowDoubleMean | Self::WindowDouble | Self::WindowDoubleInverted => 25.0,
            _ => 6.0,
        }
    }

    /// What the step finds in a picture, in that picture's own pixels.
    pub(crate) fn look(self, picture: &Luma, search: Search) -> Findings {
        let dark = |picture: &Luma| read(picture, false, search);
        let mean = |picture: &Luma, inverted: bool| {
            let short_side = picture.width.min(picture.height);
            let bits = below_mean(picture, reach(short_side), 5);
            bits.map(|bits| read_bits(&bits, inverted, search))
                .unwrap_or_default()
        };
        let alike = |picture: &Luma| Findings {
            codes: Vec::new(),
            sightings: sightings(picture),
        };
        match self {
            Self::Tracked | Self::Native => dark(picture),
            Self::Window => {
                let mut found = dark(picture);
                if found.codes.is_empty() {
                    let light = read(&inverted(picture), true, search);
                    found.codes = light.codes;
                    found.sightings.extend(light.sightings);
                }
                found
            }
            Self::Half => dark(&half(picture)),
            Self::HalfSharp => dark(&sharp(&half(picture))),
            Self::Sharp => dark(&sharp(picture)),
            Self::WindowDouble => dark(&double(picture)),
            Self::Inverted => read(&inverted(picture), true, search),
            Self::HalfLikeness => alike(&half(picture)),
            Self::QuarterLikeness => alike(&half(&half(picture))),
            Self::SharpInverted => read(&inverted(&sharp(picture)), true, search),
            Self::Mean => mean(picture, false),
            Self::HalfMean => mean(&half(picture), false),
            Self::SmoothMean | Self::WindowSmoothMean => mean(&smooth(picture), false),
            Self::QuarterMean => mean(&half(&half(picture)), false),
            Self::HalfInvertedMean => mean(&inverted(&half(picture)), true),
            Self::WindowDoubleMean => mean(&sharp(&double(picture)), false),
            Self::WindowDoubleInverted => read(&inverted(&sharp(&double(picture))), true, search),
        }
    }
}
