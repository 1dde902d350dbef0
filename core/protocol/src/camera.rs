//! Which camera a capture came from, as the phone says.

use crate::canonical::{CanonicalError, Reader};

/// Where the frames came from. The numbers of the first two are those of the flag that stood here
/// before, so old headers read as they did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Camera {
    /// Built into the device, on the back of it.
    Rear,
    /// Built into the device, beside the screen.
    Front,
    /// Anything else: a webcam, a capture card, a program that says it is a camera.
    Other,
}

impl Camera {
    /// Every camera.
    pub const ALL: [Self; 3] = [Self::Rear, Self::Front, Self::Other];

    /// The number in signed bytes.
    pub const fn code(self) -> u8 {
        match self {
            Self::Rear => 0,
            Self::Front => 1,
            Self::Other => 2,
        }
    }

    /// The built-in camera on this side.
    pub const fn built_in(front: bool) -> Self {
        if front { Self::Front } else { Self::Rear }
    }

    pub(crate) fn read(body: &mut Reader<'_>, tag: u8) -> Result<Self, CanonicalError> {
        let code: u8 = body.small(tag)?;
        Self::ALL
            .into_iter()
            .find(|camera| camera.code() == code)
            .ok_or(CanonicalError::Value { tag })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::canonical::Writer;

    #[test]
    fn the_codes_are_frozen_and_those_of_the_old_flag() {
        assert_eq!(Camera::ALL.map(Camera::code), [0, 1, 2]);
        for front in [false, true] {
            let bytes = Writer::default().number(12, front.into()).finish();
            let mut body = Reader::new(&bytes).unwrap();
            assert_eq!(Camera::read(&mut body, 12), Ok(Camera::built_in(front)));
        }
        let bytes = Writer::default().number(12, 3).finish();
        let mut body = Reader::new(&bytes).unwrap();
        assert_eq!(
            Camera::read(&mut body, 12),
            Err(CanonicalError::Value { tag: 12 })
        );
    }
}
