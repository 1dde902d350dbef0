//! Texts that hosts show as they are: of every code that can cross, and of the face notice.

use quanshengshi_handset::confirm::notice::{FaceNotice as CoreNotice, NoticePart as CorePart};
use quanshengshi_handset::failure::code::text_of;
use quanshengshi_handset::failure::sorted::Failure;
use quanshengshi_protocol::refusal::RefusalCode;

use crate::config::TextLanguage;
use crate::error::QssError;

/// What a person is told before the face is looked at. Show all of it, in this order.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct FaceNotice {
    /// Which it is; the signed consent names it.
    pub version: u32,
    /// What stands on top.
    pub title: String,
    /// What is told.
    pub parts: Vec<NoticePart>,
}

/// A part of a notice.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct NoticePart {
    /// The question it answers.
    pub heading: String,
    /// The answer.
    pub text: String,
}

/// The text of a code for a person; none for a code this version does not know. `{n}` and
/// `{action}` are places for details.
#[uniffi::export]
pub fn code_text(code: &str, language: TextLanguage) -> Option<String> {
    text_of(code, language.into()).map(str::to_owned)
}

/// The face notice of a version, as `AskScreen.notice_version` names it.
///
/// # Errors
/// `Refused` with `APP_TOO_OLD` for a version this app has no words for: never let anybody agree to
/// other words.
#[uniffi::export]
pub fn face_notice(version: u32, language: TextLanguage) -> Result<FaceNotice, QssError> {
    let notice = CoreNotice::of(version, language.into());
    let notice = notice.ok_or_else(|| Failure::of_refusal(RefusalCode::AppTooOld, None))?;
    let part = |part: &CorePart| NoticePart {
        heading: part.heading.to_owned(),
        text: part.text.to_owned(),
    };
    Ok(FaceNotice {
        version: notice.version,
        title: notice.title.to_owned(),
        parts: notice.parts.iter().map(part).collect(),
    })
}
