//! Typed text before any check (head of the domain rules).
//!
//! Trimmed, without zero-width signs, full-width ASCII made half-width. Never NFKC: it rewrites
//! rare characters of names.

const ZERO_WIDTH: [char; 5] = ['\u{200B}', '\u{200C}', '\u{200D}', '\u{2060}', '\u{FEFF}'];

/// A sign of full-width ASCII (U+FF01 to U+FF5E, U+3000) as the plain one.
pub fn half_width(sign: char) -> char {
    match sign {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(sign) - 0xFEE0).unwrap_or(sign),
        '\u{3000}' => ' ',
        other => other,
    }
}

/// The text without spaces around it and without zero-width signs in it.
pub fn trimmed(text: &str) -> String {
    let visible: String = visible(text).collect();
    visible.trim().to_owned()
}

/// The text trimmed and in half-width signs.
pub fn line(text: &str) -> String {
    let half: String = visible(text).map(half_width).collect();
    half.trim().to_owned()
}

/// A number as it is checked: half-width, without spaces and hyphens, in capitals.
pub fn number(text: &str) -> String {
    visible(text)
        .map(half_width)
        .filter(|sign| !sign.is_whitespace() && !is_hyphen(*sign))
        .map(|sign| sign.to_ascii_uppercase())
        .collect()
}

fn visible(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|sign| !ZERO_WIDTH.contains(sign))
}

fn is_hyphen(sign: char) -> bool {
    matches!(sign, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_typed_with_a_chinese_keyboard_comes_out_plain() {
        assert_eq!(
            number("\u{FEFF} １１０１０５－1949 1231—002ｘ\u{200B}"),
            "11010519491231002X"
        );
    }

    #[test]
    fn a_rare_character_is_never_rewritten() {
        // U+F900 is a compatibility ideograph that NFKC would turn into U+8C48.
        assert_eq!(line("\u{F900}"), "\u{F900}");
        assert_eq!(trimmed("\u{3000}（林）\u{3000}"), "（林）");
    }
}
