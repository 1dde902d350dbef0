//! What the portal may ask a person to do.

/// One act of a challenge. Directions are the person's own.
///
/// [`Prompt::Blink`] is an extra: whoever cannot blink, or open their eyes, must still be able to
/// pass (protocol 5.8), so no capture fails by it.
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
    /// Look straight ahead for a moment.
    LookStraight,
    /// Bring face and camera closer together and apart again.
    ComeCloser,
    /// Close both eyes and open them.
    Blink,
}

impl Prompt {
    /// Every prompt.
    pub const ALL: [Self; 7] = [
        Self::TurnLeft,
        Self::TurnRight,
        Self::OpenMouth,
        Self::Nod,
        Self::LookStraight,
        Self::ComeCloser,
        Self::Blink,
    ];

    /// The movements of head and mouth: those a portal draws from, and those that betray a person
    /// who does something else than asked.
    pub const MOVEMENTS: [Self; 4] = [Self::TurnLeft, Self::TurnRight, Self::OpenMouth, Self::Nod];

    /// The number that stands in signed bytes.
    pub const fn code(self) -> u8 {
        match self {
            Self::TurnLeft => 1,
            Self::TurnRight => 2,
            Self::OpenMouth => 3,
            Self::Nod => 4,
            Self::LookStraight => 5,
            Self::ComeCloser => 6,
            Self::Blink => 7,
        }
    }

    /// The prompt of a number from signed bytes.
    pub fn from_code(code: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|prompt| prompt.code() == code)
    }

    /// Whether the head turns to a side: only that shows depth.
    pub const fn is_turn(self) -> bool {
        matches!(self, Self::TurnLeft | Self::TurnRight)
    }

    /// Whether a capture holds without it.
    pub const fn is_extra(self) -> bool {
        matches!(self, Self::Blink)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_codes_are_frozen_and_read_back() {
        assert_eq!(Prompt::ALL.map(Prompt::code), [1, 2, 3, 4, 5, 6, 7]);
        for prompt in Prompt::ALL {
            assert_eq!(Prompt::from_code(prompt.code()), Some(prompt));
        }
        assert_eq!(Prompt::from_code(0), None);
    }

    #[test]
    fn only_a_blink_may_be_left_out_and_only_turns_show_depth() {
        let extras = Prompt::ALL.into_iter().filter(|prompt| prompt.is_extra());
        assert_eq!(extras.collect::<Vec<_>>(), [Prompt::Blink]);
        let turns = Prompt::ALL.into_iter().filter(|prompt| prompt.is_turn());
        assert_eq!(
            turns.collect::<Vec<_>>(),
            [Prompt::TurnLeft, Prompt::TurnRight]
        );
    }
}
