//! Nationalities inside the numbers of foreigners' cards (`data/nationalities.tsv`).
//!
//! A card keeps the nationality of the day it was issued: withdrawn codes stay known.

use std::sync::LazyLock;

static TABLE: &str = include_str!("../../data/nationalities.tsv");

/// Sorted; reading the table for every number cost more than all other checks of it.
static LETTERS: LazyLock<Vec<&str>> = LazyLock::new(|| sorted(rows().map(|(letters, _)| letters)));
/// Sorted; withdrawn codes without digits left out.
static DIGITS: LazyLock<Vec<&str>> = LazyLock::new(|| sorted(rows().map(|(_, digits)| digits)));

/// Whether three capital letters are a nationality.
pub(super) fn is_known_by_letters(letters: &str) -> bool {
    LETTERS.binary_search(&letters).is_ok()
}

/// Whether three digits are a nationality.
pub(super) fn is_known_by_digits(digits: &str) -> bool {
    DIGITS.binary_search(&digits).is_ok()
}

fn sorted(codes: impl Iterator<Item = &'static str>) -> Vec<&'static str> {
    let mut codes: Vec<_> = codes.filter(|code| !code.is_empty()).collect();
    codes.sort_unstable();
    codes
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
