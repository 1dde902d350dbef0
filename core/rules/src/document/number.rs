//! A number of whichever kind of document was chosen.

use crate::complaint::{Parsed, RuleError};
use crate::date::Date;
use crate::document::foreign::ForeignCardNumber;
use crate::document::kind::DocumentKind;
use crate::document::resident_id::ResidentId;
use crate::document::travel::TravelNumber;

/// A checked document number.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum DocumentNumber {
    /// Of an ID card or a social security card: both carry the resident ID number.
    Resident(ResidentId),
    /// Of a passport or travel permit.
    Travel(TravelNumber),
    /// Of a foreigner's permanent residence card.
    Foreign(ForeignCardNumber),
}

impl DocumentNumber {
    /// Reads a number as typed, by the rules of its kind.
    ///
    /// # Errors
    /// As [`ResidentId::parse`], [`TravelNumber::parse`] and [`ForeignCardNumber::parse`].
    pub fn parse(kind: DocumentKind, typed: &str, today: Date) -> Result<Parsed<Self>, RuleError> {
        match kind {
            DocumentKind::ResidentId | DocumentKind::SocialSecurityCard => {
                Ok(ResidentId::parse(typed, today)?.map(Self::Resident))
            }
            DocumentKind::OrdinaryPassport
            | DocumentKind::HongKongMacaoPermit
            | DocumentKind::TaiwanPermit => Ok(TravelNumber::parse(kind, typed)?.map(Self::Travel)),
            DocumentKind::ForeignPermanentResident => {
                let number = ForeignCardNumber::parse(typed, today)?;
                Ok(Parsed::plain(Self::Foreign(number)))
            }
        }
    }

    /// The normalised number.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Resident(number) => number.as_str(),
            Self::Travel(number) => number.as_str(),
            Self::Foreign(number) => number.as_str(),
        }
    }

    /// The day of birth, where the number tells it.
    pub fn birth(&self) -> Option<Date> {
        match self {
            Self::Resident(number) => Some(number.birth()),
            Self::Foreign(number) => number.birth(),
            Self::Travel(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::complaint::code::Code;

    #[test]
    fn pr_02_a_social_security_card_carries_the_resident_number() {
        let today = Date::new(2026, 11, 23).unwrap();
        let kind = DocumentKind::SocialSecurityCard;
        let parsed = DocumentNumber::parse(kind, "230102199003070015", today).unwrap();
        assert_eq!(parsed.value.birth(), Date::new(1990, 3, 7));
        let error = DocumentNumber::parse(kind, "A12345678", today).unwrap_err();
        assert_eq!(error.code, Code::RegIdLength);
    }

    #[test]
    fn lr_05_the_number_is_read_by_the_chosen_kind() {
        let today = Date::new(2026, 11, 23).unwrap();
        let kind = DocumentKind::TaiwanPermit;
        let parsed = DocumentNumber::parse(kind, "12345678", today).unwrap();
        assert_eq!(
            (parsed.value.as_str(), parsed.value.birth()),
            ("12345678", None)
        );
        let kind = DocumentKind::ForeignPermanentResident;
        let parsed = DocumentNumber::parse(kind, "911398199012310021", today).unwrap();
        assert_eq!(parsed.value.birth(), Date::new(1990, 12, 31));
    }
}
