//! How well a device key is kept.

/// Where a device key lives, as somebody the portal trusts says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Level {
    /// Nobody vouches for it.
    #[default]
    None,
    /// In the processor's secure world, behind a locked and verified system.
    Hardware,
    /// In a chip of its own.
    Chip,
}

impl Level {
    /// The number in answers and in the database.
    pub const fn code(self) -> u8 {
        match self {
            Self::None => 0,
            Self::Hardware => 1,
            Self::Chip => 2,
        }
    }

    /// The level of a number; [`Level::None`] for one that this version does not know.
    pub fn from_code(code: u8) -> Self {
        match code {
            1 => Self::Hardware,
            2 => Self::Chip,
            _ => Self::None,
        }
    }
}
