//! The colours of a frame, converted when the first picture is kept of it: most frames keep none.

use std::cell::OnceCell;

use quanshengshi_frame::frame::Frame;
use quanshengshi_frame::rgb::Rgb;

/// A frame and, once somebody asked, its upright colours.
pub(super) struct Colours<'a> {
    frame: &'a Frame<'a>,
    picture: OnceCell<Rgb>,
}

impl<'a> Colours<'a> {
    /// Nothing is converted yet.
    pub(super) fn of(frame: &'a Frame<'a>) -> Self {
        Self {
            frame,
            picture: OnceCell::new(),
        }
    }

    /// The frame itself, for whoever looks at parts of it.
    pub(super) fn frame(&self) -> &'a Frame<'a> {
        self.frame
    }

    /// All its colours.
    pub(super) fn picture(&self) -> &Rgb {
        self.picture.get_or_init(|| self.frame.rgb())
    }
}
