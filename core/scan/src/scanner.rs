//! The scanner: offered frames, gives codes.

use quanshengshi_frame::frame::Frame;
use quanshengshi_frame::luma::Luma;

use crate::code::QrText;
use crate::ladder::{Ladder, Step};
use crate::reader::Reader;

/// Reads the codes of one frame after another.
pub struct Scanner {
    reader: Reader,
}

impl Scanner {
    /// A scanner with nothing seen yet.
    pub fn new() -> Self {
        Self {
            reader: Reader::new(),
        }
    }

    /// Every code that can be read in a frame, largest first; empty when there is none. A page
    /// may show several codes: the caller picks by meaning.
    pub fn offer(&mut self, frame: &Frame<'_>) -> Vec<QrText> {
        self.read(&frame.luma())
    }

    /// Every code that can be read in an upright grey picture, largest first.
    pub fn read(&mut self, picture: &Luma) -> Vec<QrText> {
        let short_side = picture.width.min(picture.height);
        let mut ladder = Ladder::new(picture);
        let mut found: Vec<QrText> = Vec::new();
        for step in Step::ALL {
            if !step.fits(short_side) {
                continue;
            }
            let read = ladder.with(step, |grey| self.reader.read(grey));
            for code in read {
                if found.iter().all(|known| known.text != code.text) {
                    found.push(code.scaled(step.scale()));
                }
            }
            if !found.is_empty() && !step.overlooks_small_codes() {
                break;
            }
        }
        found.sort_by(|a, b| b.area().total_cmp(&a.area()));
        found
    }
}

impl Default for Scanner {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests;
