//! Reading codes at the crossing.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use quanshengshi_frame::frame::Frame;
use quanshengshi_scan::code::QrText;
use quanshengshi_scan::deadline::Deadline;
use quanshengshi_scan::guidance::Guidance;
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

/// What a camera frame gave.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct ScanGlance {
    /// Every code that was read, largest first.
    pub codes: Vec<ScannedCode>,
    /// What to tell the person; none when a code was read.
    pub guidance: Option<ScanGuidance>,
    /// Which step read the first code, for reports.
    pub step: Option<String>,
}

/// Why a frame was not read. The words are the host's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum ScanGuidance {
    /// Go nearer.
    TooFar,
    /// Hold still.
    TooBlurred,
    /// More light.
    TooDark,
    /// A reflection lies on the code: tilt the phone.
    Glare,
    /// No code in sight.
    NothingSeen,
}

impl From<Guidance> for ScanGuidance {
    fn from(guidance: Guidance) -> Self {
        match guidance {
            Guidance::TooFar => Self::TooFar,
            Guidance::TooBlurred => Self::TooBlurred,
            Guidance::TooDark => Self::TooDark,
            Guidance::Glare => Self::Glare,
            Guidance::NothingSeen => Self::NothingSeen,
        }
    }
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

    /// What a camera frame gives within `budget_ms`, 25 being a good one: a view that was not read
    /// is worth offering again, for the hard steps take turns. `bytes` are borrowed for the call.
    ///
    /// # Errors
    /// `Internal` for bytes that do not fit their layout.
    pub fn look(
        &self,
        bytes: &[u8],
        layout: FrameLayout,
        t_ms: u64,
        budget_ms: u32,
    ) -> Result<ScanGlance, QssError> {
        Ok(self.glance(&layout.frame(bytes, t_ms)?, budget_ms))
    }

    /// The same of a frame in planes, each borrowed for the call as the camera gave it. Codes are read
    /// of the brightness alone; the colours are checked with the rest of the layout.
    ///
    /// # Errors
    /// Those of `look`.
    pub fn look_planes(
        &self,
        luma: &[u8],
        second: &[u8],
        third: &[u8],
        layout: PlanesLayout,
        t_ms: u64,
        budget_ms: u32,
    ) -> Result<ScanGlance, QssError> {
        let frame = layout.frame(luma, second, third, t_ms)?;
        Ok(self.glance(&frame, budget_ms))
    }

    /// Every code in a single picture, largest first, however long it takes. `bytes` are borrowed
    /// for the call.
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
    /// The time counts from here: borrowing costs nothing.
    fn glance(&self, frame: &Frame<'_>, budget_ms: u32) -> ScanGlance {
        let start = Instant::now();
        let mut core = self.core.lock().unwrap_or_else(PoisonError::into_inner);
        let spent = || start.elapsed();
        let budget = Duration::from_millis(budget_ms.into());
        let glance = core.look(frame, &Deadline::within(budget, &spent));
        let on_grid = if glance.on_grid { "+grid" } else { "" };
        ScanGlance {
            codes: glance.codes.into_iter().map(Into::into).collect(),
            guidance: glance.guidance.map(Into::into),
            step: glance.step.map(|step| format!("{}{on_grid}", step.name())),
        }
    }

    fn read(&self, frame: &Frame<'_>) -> Vec<ScannedCode> {
        let mut core = self.core.lock().unwrap_or_else(PoisonError::into_inner);
        core.offer(frame).into_iter().map(Into::into).collect()
    }
}
