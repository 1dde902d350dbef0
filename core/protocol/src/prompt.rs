//! What the portal may ask a person to do.

/// One act of a challenge. Directions are the person's own. There is no blink: whoever cannot
/// blink, or open their eyes, must still be able to pass (protocol 5.8).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Prompt {
    /// Turn the head to the person's own left and back.
    TurnLeft,
    /// Turn the head to the person's own right and back.
    TurnRight,
    /// Open the mouth and close it.
    OpenMouth,
    /// Lower the head and raise it again.
    Nod,
}

impl Prompt {
    /// Every prompt.
    pub const ALL: [Self; 4] = [Self::TurnLeft, Self::TurnRight, Self::OpenMouth, Self::Nod];

    /// The number that stands in signed bytes.
    pub const fn code(self) -> u8 {
        match self {
            Self::TurnLeft => 1,
            Self::TurnRight => 2,
            Self::OpenMouth => 3,
            Self::Nod => 4,
        }
    }

    /// The prompt of a number from signed bytes.
    pub fn from_code(code: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|prompt| prompt.code() == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_codes_are_frozen_and_read_back() {
        assert_eq!(Prompt::ALL.map(Prompt::code), [1, 2, 3, 4]);
        for prompt in Prompt::ALL {
            assert_eq!(Prompt::from_code(prompt.code()), Some(prompt));
        }
        assert_eq!(Prompt::from_code(0), None);
    }
}
