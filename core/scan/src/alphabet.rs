//! Which alphabet bytes without a label are in.

use encoding_rs::GB18030;
use rxing::common::cpp_essentials::DecoderResult;

/// The text of a read code: UTF-8 when it is that, else what rxing guesses (Shift-JIS among it),
/// except that Chinese text which it takes for half-width katakana or for Latin letters with
/// accents is read as GB 18030.
pub(crate) fn text(read: &DecoderResult<bool>) -> String {
    let guessed = read.text();
    let content = read.content();
    if content.has_eci {
        return guessed;
    }
    if let Ok(text) = std::str::from_utf8(content.bytes()) {
        return text.to_owned();
    }
    let foreign = guessed.chars().filter(|letter| !letter.is_ascii()).count();
    let odd = guessed.chars().filter(|letter| is_odd(*letter)).count();
    // Chinese bytes taken for katakana hardly ever have voiced marks; katakana nearly always does.
    if odd * 2 < foreign.max(1) || guessed.contains(['ﾞ', 'ﾟ']) {
        return guessed;
    }
    let chinese = GB18030.decode_without_bom_handling_and_without_replacement(content.bytes());
    chinese.map_or(guessed, Into::into)
}

/// Half-width katakana, accented Latin letters, and what stands for bytes that are no letter.
fn is_odd(letter: char) -> bool {
    matches!(letter, '\u{FF61}'..='\u{FF9F}' | '\u{80}'..='\u{FF}' | '\u{FFFD}')
}
