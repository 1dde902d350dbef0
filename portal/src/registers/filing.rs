//! The filed mobile number of an enterprise, and why there may be none (requirements MS-02 to
//! MS-05).

use quanshengshi_rules::mobile::{Mobile, is_landline};

use crate::registers::Enterprise;

/// Why the filed number cannot be used; each cause has its own advice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FilingFault {
    /// No number, or one that is no number.
    #[error("no mobile number is filed")]
    Missing,
    /// A landline is filed (requirement MS-04).
    #[error("a landline is filed")]
    Landline,
    /// The representative is filed under an old 15-digit number (requirement MS-05).
    #[error("the representative is filed under a 15-digit number")]
    FifteenDigits,
}

/// The mobile number filed for an enterprise.
///
/// # Errors
/// [`FilingFault`], the representative's number first.
pub fn filed_mobile(enterprise: &Enterprise) -> Result<Mobile, FilingFault> {
    let number = &enterprise.representative.document_number;
    if number.len() == 15 && number.bytes().all(|digit| digit.is_ascii_digit()) {
        return Err(FilingFault::FifteenDigits);
    }
    if is_landline(&enterprise.contact) {
        return Err(FilingFault::Landline);
    }
    Mobile::parse(&enterprise.contact)
        .map(|parsed| parsed.value)
        .map_err(|_| FilingFault::Missing)
}

#[cfg(test)]
mod tests {
    use quanshengshi_rules::mobile::Mobile;

    use super::{FilingFault, filed_mobile};
    use crate::registers::state::RegisteredState;
    use crate::registers::{Enterprise, Representative};

    #[test]
    fn ms_02_to_05_every_cause_is_told_apart() {
        let cases = [
            ("13904510037", "230102199705180024", Ok("13904510037")),
            (
                "0451-84556677",
                "230102199705180024",
                Err(FilingFault::Landline),
            ),
            ("", "230102199705180024", Err(FilingFault::Missing)),
            (
                "13904510037",
                "230102700102001",
                Err(FilingFault::FifteenDigits),
            ),
        ];
        for (contact, number, expected) in cases {
            let enterprise = Enterprise {
                credit_code: String::new(),
                name: String::new(),
                kind: String::new(),
                representative: Representative {
                    name: String::new(),
                    document_kind: "resident_id".to_owned(),
                    document_number: number.to_owned(),
                },
                contact: contact.to_owned(),
                state: RegisteredState::InBusiness,
                active: true,
            };
            let found = filed_mobile(&enterprise);
            assert_eq!(
                found.as_ref().map(Mobile::as_str),
                expected.as_ref().copied()
            );
        }
    }
}
