//! Which certificates of the list are shown: by state, and by a word of their face.

use quanshengshi_certificate::record::CertificateRecord;
use quanshengshi_certificate::record::calendar::Date;
use quanshengshi_rules::normalise;

use crate::certificates::standing::Standing;
use crate::pages::posted::Fields;

/// The most characters of a word that is looked for.
const MOST_CHARACTERS: usize = 64;

/// The states one can choose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ByState {
    /// Every certificate.
    #[default]
    All,
    /// Those that hold, also those that end soon.
    Valid,
    /// Those that end within the time of notice.
    Ending,
    /// Those that hold no more, or not now.
    Void,
}

impl ByState {
    /// Every choice, in the order of the page.
    pub const ALL: [Self; 4] = [Self::All, Self::Valid, Self::Ending, Self::Void];

    /// The word in the address.
    pub const fn word(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Valid => "valid",
            Self::Ending => "ending",
            Self::Void => "void",
        }
    }

    fn holds_for(self, standing: Standing) -> bool {
        match self {
            Self::All => true,
            Self::Valid => standing.is_downloadable(),
            Self::Ending => matches!(standing, Standing::Ending(_)),
            Self::Void => !standing.is_downloadable(),
        }
    }
}

/// What is looked for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    /// The state.
    pub state: ByState,
    /// The word as typed; every part of it must stand in the name, the number or the issuer.
    pub word: String,
}

impl Filter {
    /// Reads `state` and `q`; anything else is every certificate.
    pub fn of(fields: &Fields) -> Self {
        let word = normalise::line(fields.text("q"));
        let state = fields.text("state");
        Self {
            state: ByState::ALL
                .into_iter()
                .find(|known| known.word() == state)
                .unwrap_or_default(),
            word: word.chars().take(MOST_CHARACTERS).collect(),
        }
    }

    /// Whether a record is shown on a day.
    pub fn shows(&self, record: &CertificateRecord, today: Date) -> bool {
        self.state.holds_for(Standing::of(record, today)) && self.names(record)
    }

    /// How many of the records a state would show with this word.
    pub fn count(&self, state: ByState, records: &[CertificateRecord], today: Date) -> usize {
        let with = Self {
            state,
            word: self.word.clone(),
        };
        records
            .iter()
            .filter(|record| with.shows(record, today))
            .count()
    }

    fn names(&self, record: &CertificateRecord) -> bool {
        let face = [&record.name, &record.number, &record.issuer.name];
        let face = face
            .map(|text| normalise::line(text).to_lowercase())
            .join("\n");
        let word = self.word.to_lowercase();
        word.split_whitespace().all(|part| face.contains(part))
    }
}

#[cfg(test)]
mod tests {
    use super::{ByState, Filter};
    use crate::pages::posted::Fields;
    use crate::samples::certificates::records;

    fn filter(state: &str, word: &str) -> Filter {
        let fields = [("state", state), ("q", word)];
        let fields: Fields = fields
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        Filter::of(&fields)
    }

    #[test]
    fn us_02_a_word_is_found_in_name_number_and_issuer_however_it_is_typed() {
        let as_of = "2026-11-23T09:31:00+08:00".parse().expect("a moment");
        let records = records(as_of).expect("records");
        let (_, food) = records
            .iter()
            .find(|(_, record)| record.name == "食品经营许可证")
            .expect("a record");
        for word in ["食品", "jy1230", "ＪＹ１２", "审批局", "食品 道里区", ""] {
            assert!(filter("", word).shows(food, as_of.date()), "{word}");
        }
        for word in ["营业执照", "食品 哈尔滨", "JY999"] {
            assert!(!filter("", word).shows(food, as_of.date()), "{word}");
        }
    }

    #[test]
    fn us_02_unknown_states_show_everything_and_long_words_are_cut() {
        assert_eq!(filter("<b>", "").state, ByState::All);
        assert_eq!(filter("void", "").state, ByState::Void);
        assert_eq!(filter("", &"长".repeat(500)).word.chars().count(), 64);
    }
}
