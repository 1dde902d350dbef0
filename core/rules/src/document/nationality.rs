//! Nationalities inside the numbers of foreigners' cards (`data/nationalities.tsv`).
//!
//! A card keeps the nationality of the day it was issued: withdrawn codes stay known.

static TABLE: &str = include_str!("../../data/nationalities.tsv");

/// Whether three capital letters are a nationality.
pub(super) fn is_known_by_letters(letters: &str) -> bool {
    rows().any(|(known, _)| known == letters)
}

/// Whether three digits are a nationality.
pub(super) fn is_known_by_digits(digits: &str) -> bool {
    rows().any(|(_, known)| known == digits)
}

fn rows() -> impl Iterator<Item = (&'static str, &'static str)> {
    let lines = TABLE.lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_once('\t'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_holds_codes_and_nothing_else() {
        assert_eq!(rows().count(), 249 + 12 + 4);
        for (letters, digits) in rows() {
            assert!(letters.len() == 3 && letters.bytes().all(|b| b.is_ascii_uppercase()));
            assert!(matches!(digits.len(), 0 | 3) && digits.bytes().all(|b| b.is_ascii_digit()));
        }
        assert!(is_known_by_letters("KAZ") && is_known_by_digits("398"));
        assert!(is_known_by_letters("YUG") && is_known_by_letters("XXA"));
        assert!(!is_known_by_letters("KAA") && !is_known_by_digits("999"));
        assert!(!is_known_by_letters("") && !is_known_by_digits("12"));
    }
}
