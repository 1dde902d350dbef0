//! What a person types at the PC.

/// The fields of an enterprise's registration, as typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnterpriseForm {
    /// `enterprise`, as the value of the radio button.
    pub enterprise_type: String,
    /// Name as on the licence.
    pub organisation_name: String,
    /// Unified social credit code; also the account.
    pub credit_code: String,
    /// Name of the legal representative.
    pub person_name: String,
    /// Number of the representative's resident identity card.
    pub document_number: String,
    /// First day on the back of the card.
    pub validity_start: String,
    /// Last day, or 长期.
    pub validity_end: String,
    /// `5`, `10`, `20` or `long`.
    pub validity_term: String,
    /// Mobile number filed with the market regulator.
    pub mobile: String,
    /// Password, twice.
    pub password: String,
    /// Six-digit region.
    pub region: String,
}

impl EnterpriseForm {
    /// The fictional enterprise of the sample register, as its operator types it.
    #[must_use]
    pub fn sample() -> Self {
        Self {
            enterprise_type: "enterprise".to_owned(),
            organisation_name: "北疆云杉科技(哈尔滨)有限公司".to_owned(),
            credit_code: "91230102MA1B2C3D8J".to_owned(),
            person_name: "林知微".to_owned(),
            document_number: "230102199705180024".to_owned(),
            validity_start: "2023.06.12".to_owned(),
            validity_end: "2043.06.12".to_owned(),
            validity_term: "20".to_owned(),
            mobile: "13904510037".to_owned(),
            password: "Yunshan-2026-qss".to_owned(),
            region: "230100".to_owned(),
        }
    }

    /// The fields by the names of their inputs, without those that come later.
    pub fn fields(&self) -> [(&'static str, &str); 12] {
        [
            ("organisation_name", &self.organisation_name),
            ("credit_code", &self.credit_code),
            ("person_name", &self.person_name),
            ("document_number", &self.document_number),
            ("validity_start", &self.validity_start),
            ("validity_end", &self.validity_end),
            ("validity_term", &self.validity_term),
            ("mobile", &self.mobile),
            ("password", &self.password),
            ("password_again", &self.password),
            ("region", &self.region),
            ("enterprise_type", &self.enterprise_type),
        ]
    }
}

/// The fields of a person's registration, as typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonalForm {
    /// `resident_id`, as the value of the choice.
    pub document_kind: String,
    /// Name as on the document.
    pub person_name: String,
    /// Number of the document; also the account.
    pub document_number: String,
    /// First day on the back of the ID card; empty for other documents.
    pub validity_start: String,
    /// Last day, or 长期; empty for other documents.
    pub validity_end: String,
    /// `5`, `10`, `20` or `long`; empty for other documents.
    pub validity_term: String,
    /// Six-digit region.
    pub region: String,
    /// Mobile number of one's own.
    pub mobile: String,
    /// Password, twice.
    pub password: String,
}

impl PersonalForm {
    /// The fictional person of the sample register, as they type it.
    #[must_use]
    pub fn sample() -> Self {
        Self {
            document_kind: "resident_id".to_owned(),
            person_name: "林知微".to_owned(),
            document_number: "230102199705180024".to_owned(),
            validity_start: "2023.06.12".to_owned(),
            validity_end: "2043.06.12".to_owned(),
            validity_term: "20".to_owned(),
            region: "230102".to_owned(),
            mobile: "13845172680".to_owned(),
            password: "Songhua-2026-qss".to_owned(),
        }
    }

    /// The fields by the names of their inputs, without those that come later and those that the
    /// document has none of.
    pub fn fields(&self) -> Vec<(&'static str, &str)> {
        let all: [(&str, &str); 10] = [
            ("document_kind", &self.document_kind),
            ("person_name", &self.person_name),
            ("document_number", &self.document_number),
            ("validity_start", &self.validity_start),
            ("validity_end", &self.validity_end),
            ("validity_term", &self.validity_term),
            ("region", &self.region),
            ("mobile", &self.mobile),
            ("password", &self.password),
            ("password_again", &self.password),
        ];
        all.into_iter()
            .filter(|(_, value)| !value.is_empty())
            .collect()
    }
}
