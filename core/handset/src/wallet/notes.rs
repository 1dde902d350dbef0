//! What stands on a copy of a certificate that its holder hands on: 加注件, a copy that says what it is for and until
//! when.

use quanshengshi_certificate::record::calendar::{CalendarError, Moment};
use quanshengshi_rules::language::Language;

use crate::wallet::open::OpenCertificate;

/// The most characters of a purpose, as on the portal's pages.
pub const MOST_PURPOSE: usize = 20;
/// Days a copy is for, as those the portal hands out.
pub const COPY_DAYS: u64 = 30;
const DAY_SECONDS: u64 = 24 * 3600;

/// What to draw over every page of a copy, and below it. A page must never leave without both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CopyNotes {
    /// The line over the picture, again and again.
    pub watermark: String,
    /// The lines below it.
    pub lines: Vec<String>,
}

/// Why nothing is handed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotesError {
    /// The purpose is empty, longer than [`MOST_PURPOSE`], or holds control characters.
    #[error("a purpose has 1 to {MOST_PURPOSE} characters")]
    Purpose,
    /// The certificate does not hold, or its seal is broken: its holder may look at it, no more.
    #[error("a certificate that does not hold is not handed on")]
    ViewOnly,
    /// The device's clock is outside the calendar.
    #[error(transparent)]
    Time(#[from] CalendarError),
}

impl OpenCertificate {
    /// The notes of a copy for one purpose, made when the certificate was opened. The copy is a picture: no seal
    /// covers it, and it says so.
    ///
    /// # Errors
    /// By variant of [`NotesError`].
    pub fn notes(&self, purpose: &str, language: Language) -> Result<CopyNotes, NotesError> {
        let purpose = purpose.trim();
        let fits = (1..=MOST_PURPOSE).contains(&purpose.chars().count());
        if !fits || purpose.chars().any(is_unseen) {
            return Err(NotesError::Purpose);
        }
        if !self.holds() {
            return Err(NotesError::ViewOnly);
        }
        let made = Moment::from_unix_seconds(self.opened_ms / 1000)?.date();
        let until = self.opened_ms / 1000 + COPY_DAYS * DAY_SECONDS;
        let until = Moment::from_unix_seconds(until)?.date();
        let (watermark, what, how) = match language {
            Language::Zh => (
                format!("仅限{purpose}使用 · 至 {until}"),
                format!("加注件 · 用途：{purpose} · 有效至 {until}"),
                format!(
                    "持证人于 {made} 在手机上制作，是画面副本，不带电子印章；真伪请以平台核验为准"
                ),
            ),
            Language::En => (
                format!("Only for {purpose} · until {until}"),
                format!("Annotated copy · for: {purpose} · valid until {until}"),
                format!(
                    "Made by the holder on a phone on {made}. It is a picture without an electronic seal; ask the portal whether it is genuine"
                ),
            ),
        };
        let verdict = self.seal.verdict.text(language);
        let original = match language {
            Language::Zh => format!("所据原件：{verdict}"),
            Language::En => format!("The original: {verdict}"),
        };
        Ok(CopyNotes {
            watermark,
            lines: vec![what, how, self.judged.mark(language), original],
        })
    }
}

/// Characters that are not seen, or turn what stands beside them.
fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}
