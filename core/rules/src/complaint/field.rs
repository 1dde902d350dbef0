//! The inputs a complaint can be about.

use std::fmt;

/// An input of the registration forms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    /// Personal or enterprise account.
    AccountKind,
    /// Kind of document of the person or legal representative.
    DocumentKind,
    /// Number of that document.
    DocumentNumber,
    /// Name of the person or legal representative.
    PersonName,
    /// First day of the document's validity.
    ValidityStart,
    /// Last day of the document's validity.
    ValidityEnd,
    /// Chosen term of validity.
    ValidityTerm,
    /// Kind of enterprise.
    EnterpriseType,
    /// Name of the enterprise.
    OrganisationName,
    /// Unified social credit code.
    CreditCode,
    /// Mobile number.
    Mobile,
    /// Password of the account.
    Password,
    /// Usual place of residence.
    Region,
    /// Tick under the agreement.
    Consent,
    /// Code received by SMS.
    SmsCode,
    /// Number printed on a social security card; optional.
    SocialCardNumber,
    /// Account name at the sign-in.
    Account,
    /// Slider of the sign-in.
    Captcha,
    /// Chosen certificates.
    Certificates,
    /// What an annotated copy is for.
    Purpose,
    /// Picture handed in for manual review.
    Material,
}

impl Field {
    /// The name of the input in forms and messages.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::AccountKind => "account_kind",
            Self::DocumentKind => "document_kind",
            Self::DocumentNumber => "document_number",
            Self::PersonName => "person_name",
            Self::ValidityStart => "validity_start",
            Self::ValidityEnd => "validity_end",
            Self::ValidityTerm => "validity_term",
            Self::EnterpriseType => "enterprise_type",
            Self::OrganisationName => "organisation_name",
            Self::CreditCode => "credit_code",
            Self::Mobile => "mobile",
            Self::Password => "password",
            Self::Region => "region",
            Self::Consent => "consent",
            Self::SmsCode => "sms_code",
            Self::SocialCardNumber => "social_card_number",
            Self::Account => "account",
            Self::Captcha => "captcha",
            Self::Certificates => "certificates",
            Self::Purpose => "purpose",
            Self::Material => "material",
        }
    }
}

impl fmt::Display for Field {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}
