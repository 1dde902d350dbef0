//! Reading codes at the crossing.

use std::sync::{Arc, Mutex, PoisonError};

use quanshengshi_frame::frame::Frame;
use quanshengshi_scan::code::QrText;
use quanshengshi_scan::scanner::Scanner as Core;

use crate::error::QssError;
use crate::frame::{FrameLayout, PlanesLayout};

/// Reads the codes of one camera frame after another.
#[derive(uniffi::Object)]
pub struct Scanner {
    core: Mutex<Core>,
}

/// A code that was read.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct ScannedCode {
    /// Its text; hand it to `Handset.read_code`.
    pub text: String,
    /// Its corners in the upright frame, clockwise from the code's own top left.
    pub corners: Vec<CodeCorner>,
}

/// A place in the upright frame, in pixels from the top left.
#[derive(Debug, Clone, Copy, PartialEq, uniffi::Record)]
pub struct CodeCorner {
    /// From the left.
    pub x: f32,
    /// From the top.
    pub y: f32,
}

impl From<QrText> for ScannedCode {
    fn from(code: QrText) -> Self {
        let corners = code.corners.into_iter();
        Self {
            text: code.text,
            corners: corners.map(|(x, y)| CodeCorner { x, y }).collect(),
        }
    }
}

#[uniffi::export]
impl Scanner {
    /// A scanner with nothing seen yet.
    #[uniffi::constructor]
    pub fn new() -> Arc<Self> {
        Arc::new(Self {
            core: Mutex::new(Core::new()),
        })
    }

    /// Every code in a frame, largest first. `bytes` are borrowed for the call.
    ///
    /// # Errors
    /// `Internal` for bytes that do not fit their layout.
    pub fn offer(
        &self,
        bytes: &[u8],
        layout: FrameLayout,
        t_ms: u64,
    ) -> Result<Vec<ScannedCode>, QssError> {
        Ok(self.read(&layout.frame(bytes, t_ms)?))
    }

    /// The same of a frame in planes, each borrowed for the call as the camera gave it.
    ///
    /// # Errors
    /// Those of `offer`.
    pub fn offer_planes(
        &self,
        luma: &[u8],
        second: &[u8],
        third: &[u8],
        layout: PlanesLayout,
        t_ms: u64,
    ) -> Result<Vec<ScannedCode>, QssError> {
        Ok(self.read(&layout.frame(luma, second, third, t_ms)?))
    }
}

impl Scanner {
    fn read(&self, frame: &Frame<'_>) -> Vec<ScannedCode> {
        let mut core = self.core.lock().unwrap_or_else(PoisonError::into_inner);
        core.offer(frame).into_iter().map(Into::into).collect()
    }
}
