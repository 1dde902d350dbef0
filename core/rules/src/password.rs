//! What a password must be (requirements PR-12 and PR-22).
//!
//! Length first, then two kinds of signs, then nothing that is guessed first. Letter case counts
//! and nothing is trimmed: a password is compared exactly as typed.

use crate::complaint::RuleError;
use crate::complaint::code::Code;
use crate::complaint::field::Field;

/// Fewest characters of a password.
pub const SHORTEST: usize = 10;
/// Most characters of a password: bounds the work of the hash.
pub const LONGEST: usize = 64;

/// Beginnings and bodies that are guessed first.
const COMMON: [&str; 12] = [
    "1234567890",
    "0123456789",
    "qwertyuiop",
    "password",
    "qwerty123",
    "abc123456",
    "a123456789",
    "iloveyou",
    "1q2w3e4r",
    "1qaz2wsx",
    "woaini",
    "admin123",
];

/// Checks a new password. `known` are the account name and mobile number, which it must not
/// contain.
///
/// # Errors
/// `REG_PASSWORD_WEAK`, always the same: the text names the whole policy.
pub fn check(password: &str, known: &[&str]) -> Result<(), RuleError> {
    let weak = Err(RuleError::new(Code::RegPasswordWeak, Field::Password));
    let length = password.chars().count();
    if !(SHORTEST..=LONGEST).contains(&length) || password.chars().any(char::is_control) {
        return weak;
    }
    let letters = password.chars().any(char::is_alphabetic);
    let digits = password.chars().any(|sign| sign.is_ascii_digit());
    let mut different: Vec<char> = password.chars().collect();
    different.sort_unstable();
    different.dedup();
    if !letters || !digits || different.len() < 5 {
        return weak;
    }
    let lower = password.to_lowercase();
    let holds = |part: &str| part.len() >= 4 && lower.contains(&part.to_lowercase());
    // A common word may be part of a password only where enough is added to it.
    let common = COMMON
        .iter()
        .any(|word| lower.contains(word) && length < word.len() + 6);
    if common || known.iter().any(|part| holds(part)) {
        return weak;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn pr_22_short_common_uniform_and_known_passwords_are_weak() {
        let known = ["91230102MA1B2C3D8J", "13800138000"];
        for password in [
            "Short1abc",
            "onlyletters",
            "1029384756",
            "aaaaaaaaa1",
            "Password123",
            "a1234567890",
            "x13800138000",
            "my91230102ma1b2c3d8j",
            "tab\tinside12",
        ] {
            let error = check(password, &known).unwrap_err();
            assert_eq!(error.code, Code::RegPasswordWeak, "{password}");
        }
        assert!(check(&"a1b2c3".repeat(11), &known).is_err());
    }

    #[test]
    fn pr_22_a_long_enough_mixed_password_passes() {
        for password in [
            "Songhua-2026-Xue",
            "北国风光 9 千里 冰封",
            "correct horse 7",
        ] {
            assert_eq!(check(password, &["13800138000"]), Ok(()), "{password}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_judged(text in "\\PC{0,80}") {
            let _ = check(&text, &[&text]);
        }
    }
}
