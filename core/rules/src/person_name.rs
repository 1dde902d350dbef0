//! Names of persons (domain rules 2.7, requirement PR-03).

use crate::complaint::RuleError;
use crate::complaint::code::Code;
use crate::complaint::field::Field;
use crate::normalise;

/// The one separator of parts of a name, U+00B7 (GB 18030 A1A4).
pub const SEPARATOR: char = '\u{00B7}';

/// A checked name: Chinese characters with U+00B7 between parts, or Latin letters.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PersonName(String);

impl PersonName {
    /// Reads a name as typed. Dots between Chinese characters become U+00B7, spaces between them
    /// go; rare characters are kept as they are.
    ///
    /// # Errors
    /// `REG_NAME_PUA` with the position of a private-use character, `REG_NAME_FORMAT` with the
    /// position of a digit, sign or misplaced dot, `REG_NAME_LENGTH` outside 2 to 50 characters.
    pub fn parse(typed: &str) -> Result<Self, RuleError> {
        let text = normalise::line(typed);
        let name = if text.chars().any(is_han) {
            text.chars()
                .filter(|sign| !sign.is_whitespace())
                .map(|sign| if is_dot(sign) { SEPARATOR } else { sign })
                .collect()
        } else {
            text.split_whitespace().collect::<Vec<_>>().join(" ")
        };
        check_signs(&name)?;
        match name.chars().count() {
            2..=50 => Ok(Self(name)),
            _ => Err(RuleError::new(Code::RegNameLength, Field::PersonName)),
        }
    }

    /// The name as it is stored and compared.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether two names are the same: Latin letters without regard to case, as passports print
    /// them in capitals.
    pub fn same_as(&self, other: &Self) -> bool {
        self.0.to_lowercase() == other.0.to_lowercase()
    }

    /// The name as others may see it: 周*, 林*远, 欧**明, 阿*·*.
    pub fn masked(&self) -> String {
        let signs: Vec<char> = self.0.chars().collect();
        let Some((first, rest)) = signs.split_first() else {
            return String::new();
        };
        let later_parts = rest.iter().filter(|sign| **sign == SEPARATOR).count();
        if later_parts > 0 {
            return format!("{first}*{}", "·*".repeat(later_parts));
        }
        match rest.split_last() {
            Some((last, middle)) if !middle.is_empty() => {
                format!("{first}{}{last}", "*".repeat(middle.len()))
            }
            _ => format!("{first}*"),
        }
    }
}

fn check_signs(name: &str) -> Result<(), RuleError> {
    let complaint = |code, at: usize| Err(RuleError::new(code, Field::PersonName).at(at + 1));
    let signs: Vec<char> = name.chars().collect();
    if let Some(at) = signs.iter().position(|sign| is_private(*sign)) {
        return complaint(Code::RegNamePua, at);
    }
    let chinese = signs.iter().any(|sign| is_han(*sign));
    for (at, sign) in signs.iter().enumerate() {
        let inside = at > 0 && at + 1 < signs.len();
        let after_dot = at > 0 && signs.get(at - 1) == Some(&SEPARATOR);
        let fits = match *sign {
            SEPARATOR => chinese && inside && !after_dot,
            other if chinese => is_han(other),
            ' ' | '-' | '\'' | '’' | ',' => inside,
            other => is_latin(other),
        };
        if !fits {
            return complaint(Code::RegNameFormat, at);
        }
    }
    Ok(())
}

/// Signs people type for U+00B7 (2.7); the full-width full stop is already half-width here.
fn is_dot(sign: char) -> bool {
    matches!(
        sign,
        '.' | '\u{2022}' | '\u{2027}' | '\u{30FB}' | '\u{FF65}' | '\u{2219}'
    )
}

/// All CJK unified and compatibility ideographs, and 〇: a narrower range refuses people.
fn is_han(sign: char) -> bool {
    matches!(u32::from(sign),
        0x3007 | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF
        | 0x20000..=0x2FA1F | 0x30000..=0x323AF)
}

fn is_latin(sign: char) -> bool {
    sign.is_ascii_alphabetic()
        || (sign.is_alphabetic() && matches!(u32::from(sign), 0x00C0..=0x024F | 0x1E00..=0x1EFF))
}

fn is_private(sign: char) -> bool {
    matches!(u32::from(sign), 0xE000..=0xF8FF | 0xF0000..=0x10_FFFF)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn parsed(typed: &str) -> String {
        PersonName::parse(typed).unwrap().as_str().to_owned()
    }

    fn refused(typed: &str) -> (Code, Option<usize>) {
        let error = PersonName::parse(typed).unwrap_err();
        (error.code, error.position)
    }

    #[test]
    fn pr_03_every_dot_between_chinese_characters_becomes_the_one_separator() {
        for dot in ['·', '•', '‧', '・', '･', '．', '∙', '.'] {
            let typed = format!("阿卜杜{dot}热合曼");
            assert_eq!(parsed(&typed), "阿卜杜\u{B7}热合曼", "{dot}");
        }
        assert_eq!(refused("·阿卜杜"), (Code::RegNameFormat, Some(1)));
        assert_eq!(refused("阿卜杜·"), (Code::RegNameFormat, Some(4)));
        assert_eq!(refused("阿··曼"), (Code::RegNameFormat, Some(3)));
    }

    #[test]
    fn pr_03_rare_characters_pass_unchanged() {
        for name in [
            "㐱明",
            "\u{20000}明",
            "\u{2A6D6}明",
            "\u{30EDE}明",
            "王〇",
            "\u{F91D}明",
        ] {
            assert_eq!(parsed(name), name);
        }
    }

    #[test]
    fn pr_03_private_use_characters_get_their_own_text() {
        assert_eq!(refused("张\u{E863}"), (Code::RegNamePua, Some(2)));
    }

    #[test]
    fn pr_03_empty_digits_and_emoji_are_refused() {
        assert_eq!(refused("  "), (Code::RegNameLength, None));
        assert_eq!(refused("张"), (Code::RegNameLength, None));
        assert_eq!(refused("张3"), (Code::RegNameFormat, Some(2)));
        assert_eq!(refused("张😀"), (Code::RegNameFormat, Some(2)));
        assert_eq!(refused("12"), (Code::RegNameFormat, Some(1)));
        assert_eq!(refused(&"明".repeat(51)), (Code::RegNameLength, None));
        assert_eq!(parsed(&"明".repeat(50)).chars().count(), 50);
    }

    #[test]
    fn pr_03_spaces_go_in_chinese_names_and_stay_single_in_latin_ones() {
        assert_eq!(parsed(" 林\u{3000}知 远"), "林知远");
        assert_eq!(parsed("O'Brien-Müller,  Anna"), "O'Brien-Müller, Anna");
        let name = |text| PersonName::parse(text).unwrap();
        assert!(name("Anna Lee").same_as(&name("ANNA LEE")));
    }

    #[test]
    fn masks_show_enough_for_the_owner_only() {
        for (name, mask) in [
            ("周明", "周*"),
            ("林知远", "林*远"),
            ("欧阳小明", "欧**明"),
            ("阿卜杜·热合曼", "阿*·*"),
        ] {
            assert_eq!(PersonName::parse(name).unwrap().masked(), mask);
        }
    }

    proptest! {
        #[test]
        fn any_text_is_a_name_or_a_typed_error_and_a_name_reads_as_itself(text in "\\PC{0,60}") {
            if let Ok(name) = PersonName::parse(&text) {
                prop_assert_eq!(PersonName::parse(name.as_str()).unwrap(), name.clone());
                prop_assert!(!name.masked().is_empty());
            }
        }
    }
}
