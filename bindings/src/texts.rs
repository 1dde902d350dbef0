//! The text of every code that can cross.

use quanshengshi_handset::failure::code::text_of;

use crate::config::TextLanguage;

/// The text of a code for a person; none for a code this version does not know. `{n}` and
/// `{action}` are places for details.
#[uniffi::export]
pub fn code_text(code: &str, language: TextLanguage) -> Option<String> {
    text_of(code, language.into()).map(str::to_owned)
}
