//! What a person can do so that the next frame is read.

/// Why a frame was not read, as far as the picture tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Guidance {
    /// A code is there, its modules have too few pixels: go nearer.
    TooFar,
    /// A code is there, out of focus or moved: hold still.
    TooBlurred,
    /// Hardly any light.
    TooDark,
    /// A code is there, a reflection lies on it: tilt the phone.
    Glare,
    /// Nothing that looks like a code.
    NothingSeen,
}

impl Guidance {
    /// The name in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::TooFar => "too_far",
            Self::TooBlurred => "too_blurred",
            Self::TooDark => "too_dark",
            Self::Glare => "glare",
            Self::NothingSeen => "nothing_seen",
        }
    }
}
