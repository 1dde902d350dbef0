//! The nine digits under the picture, for cameras that fail (protocol 5.5).
//!
//! The phone sends what was typed and gets the code the picture shows at that moment; from there on
//! it is the ordinary claim.

use crate::canonical::{CanonicalError, Reader, Writer};
use crate::ids::{DeviceId, Nonce};
use crate::statement::Statement;

/// How many digits there are.
pub const DIGITS: usize = 9;
/// Milliseconds one set of digits lives.
pub const TYPED_LIFE_MS: u64 = 120_000;

/// Nine typed digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypedDigits(String);

/// A text that is not nine digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not nine digits")]
pub struct NotDigits;

impl TypedDigits {
    /// Reads what a person typed: blanks and dashes between the digits do not matter, full-width
    /// digits are digits.
    ///
    /// # Errors
    /// [`NotDigits`].
    pub fn parse(text: &str) -> Result<Self, NotDigits> {
        let mut digits = String::new();
        for sign in text.chars() {
            match sign {
                '0'..='9' => digits.push(sign),
                '０'..='９' => {
                    let digit = u32::from(sign) - u32::from('０');
                    digits.extend(char::from_digit(digit, 10));
                }
                ' ' | '\u{3000}' | '\t' | '-' | '－' => {}
                _ => return Err(NotDigits),
            }
        }
        if digits.len() == DIGITS {
            Ok(Self(digits))
        } else {
            Err(NotDigits)
        }
    }

    /// The digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Typed digits, signed by the device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypedCode {
    /// What was typed.
    pub digits: TypedDigits,
    /// Who typed.
    pub device: DeviceId,
    /// Fresh for each try.
    pub nonce: Nonce,
}

impl Statement for TypedCode {
    const LABEL: &'static str = "HLJTYPED1";

    fn write(&self, body: Writer) -> Writer {
        body.text(1, self.digits.as_str())
            .bytes(2, self.device.as_bytes())
            .bytes(3, self.nonce.as_bytes())
    }

    fn read(body: &mut Reader<'_>) -> Result<Self, CanonicalError> {
        let text = body.text(1)?;
        let digits = TypedDigits::parse(&text).map_err(|_| CanonicalError::Value { tag: 1 })?;
        if digits.as_str() != text {
            return Err(CanonicalError::Value { tag: 1 });
        }
        Ok(Self {
            digits,
            device: DeviceId::from_bytes(body.array(2)?),
            nonce: Nonce::from_bytes(body.array(3)?),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statement::tests::holds;

    #[test]
    fn sc_04_what_people_type_is_read_and_nothing_else() {
        for text in [
            "482915307",
            "482 915 307",
            "482-915-307",
            "４８２　９１５　３０７",
        ] {
            assert_eq!(TypedDigits::parse(text).unwrap().as_str(), "482915307");
        }
        for text in ["", "48291530", "4829153070", "48291530x", "٤٨٢٩١٥٣٠٧"] {
            assert_eq!(TypedDigits::parse(text), Err(NotDigits), "{text}");
        }
    }

    #[test]
    fn its_bytes_are_frozen() {
        let typed = TypedCode {
            digits: TypedDigits::parse("482915307").unwrap(),
            device: DeviceId::from_bytes([1; 16]),
            nonce: Nonce::from_bytes([2; 32]),
        };
        holds(&typed, "Gl3bZIH186M7QNtZH4vZiIz5OCxaZy2UHggex646Zyc");
    }
}
