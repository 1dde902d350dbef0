//! Region codes (GB/T 2260): Heilongjiang down to its counties, provinces by two digits.
//!
//! Two questions are answered here. Where somebody lives is chosen from today's tree
//! ([`province`], [`prefectures`], [`counties_of`], [`find`]; requirement PR-13). Where a number
//! was given may be long abolished ([`acquaintance`]): numbers never change with the map, so an
//! unknown place is a reason to look again, never to refuse (domain rules 2.1).

use std::sync::LazyLock;

use crate::complaint::RuleError;
use crate::complaint::code::Code;
use crate::complaint::field::Field;
use crate::language::Language;
use crate::normalise;

/// The code of Heilongjiang; also what people from other provinces choose (requirement PR-13).
pub const HEILONGJIANG: &str = "230000";

/// Provinces and equal regions by their two digits. 83, the permits of Taiwan residents, is no
/// province.
const PROVINCES: [&str; 34] = [
    "11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37", "41",
    "42", "43", "44", "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64", "65", "71",
    "81", "82",
];

/// Today's tree, sorted by code, so that the counties of a prefecture stand right behind it.
static TREE: LazyLock<Vec<Region>> = LazyLock::new(|| {
    include_str!("../data/heilongjiang.tsv")
        .lines()
        .filter_map(Region::of_row)
        .collect()
});

/// Every code of Heilongjiang that ever was, sorted.
static KNOWN: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let historic = include_str!("../data/heilongjiang-historic.txt").split_whitespace();
    let mut codes: Vec<_> = TREE
        .iter()
        .map(|region| region.code)
        .chain(historic)
        .collect();
    codes.sort_unstable();
    codes
});

/// A region of Heilongjiang that exists today.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Region {
    code: &'static str,
    zh: &'static str,
    en: &'static str,
}

/// Where a region stands in the tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Level {
    /// 省.
    Province,
    /// 市 and 地区.
    Prefecture,
    /// 区, 县 and county-level 市.
    County,
}

impl Region {
    fn of_row(row: &'static str) -> Option<Self> {
        let mut cells = row.split('\t');
        let (code, zh, en) = (cells.next()?, cells.next()?, cells.next()?);
        (code.len() == 6 && cells.next().is_none()).then_some(Self { code, zh, en })
    }

    /// Reads the usual place of residence as a form sends it.
    ///
    /// # Errors
    /// `REG_REGION_NOT_HLJ` for a code of another province, which tells people from there to
    /// choose Heilongjiang; `REG_REGION_UNKNOWN` for anything else.
    pub fn parse(typed: &str) -> Result<&'static Self, RuleError> {
        let code = normalise::number(typed);
        find(&code).ok_or_else(|| {
            let elsewhere = is_in_a_province(&code) && !code.starts_with("23");
            let six = code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit());
            let code = if elsewhere && six {
                Code::RegRegionNotHlj
            } else {
                Code::RegRegionUnknown
            };
            RuleError::new(code, Field::Region)
        })
    }

    /// The six digits.
    pub fn code(&self) -> &'static str {
        self.code
    }

    /// The name without those of the regions above it.
    pub fn name(&self, language: Language) -> &'static str {
        language.pick(self.zh, self.en)
    }

    /// The name with those of the regions above it: 黑龙江省哈尔滨市道里区.
    pub fn full_name(&self, language: Language) -> String {
        let mut names: Vec<&str> = [self.province_code(), self.prefecture_code()]
            .iter()
            .filter(|above| above.as_str() < self.code)
            .filter_map(|above| find(above))
            .map(|above| above.name(language))
            .collect();
        names.dedup();
        names.push(self.name(language));
        match language {
            Language::Zh => names.concat(),
            Language::En => {
                names.reverse();
                names.join(", ")
            }
        }
    }

    /// Where it stands in the tree.
    pub fn level(&self) -> Level {
        if self.code.ends_with("0000") {
            Level::Province
        } else if self.code.ends_with("00") {
            Level::Prefecture
        } else {
            Level::County
        }
    }

    /// The code of the prefecture it lies in, or is; of the province for the province.
    pub fn prefecture_code(&self) -> String {
        format!("{}00", self.code.split_at(4).0)
    }

    fn province_code(&self) -> String {
        format!("{}0000", self.code.split_at(2).0)
    }
}

/// The province, which is also the choice of people from other provinces (requirement PR-13).
/// None only if the table were empty.
pub fn province() -> Option<&'static Region> {
    find(HEILONGJIANG)
}

/// The thirteen prefectures, by code.
pub fn prefectures() -> impl Iterator<Item = &'static Region> + Clone {
    TREE.iter()
        .filter(|region| region.level() == Level::Prefecture)
}

/// The districts, counties and county-level cities of a prefecture, by code; none for a code that
/// is no prefecture.
pub fn counties_of(prefecture: &str) -> impl Iterator<Item = &'static Region> + Clone {
    let head = find(prefecture)
        .filter(|region| region.level() == Level::Prefecture)
        .map(|region| region.code.split_at(4).0);
    TREE.iter().filter(move |region| {
        region.level() == Level::County && head.is_some_and(|head| region.code.starts_with(head))
    })
}

/// The region of a code, if it is in Heilongjiang and exists today.
pub fn find(code: &str) -> Option<&'static Region> {
    let at = TREE.binary_search_by(|region| region.code.cmp(code)).ok()?;
    TREE.get(at)
}

/// How well a six-digit region code is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Acquaintance {
    /// In the table of Heilongjiang, today's or historic, or in a province without a table.
    Known,
    /// The province exists, the place in it is in no table.
    UnknownPlace,
    /// No such province.
    UnknownProvince,
}

/// How well the region in the first six characters of a number is known.
pub fn acquaintance(number: &str) -> Acquaintance {
    if !is_in_a_province(number) {
        return Acquaintance::UnknownProvince;
    }
    let place = number.get(..6).unwrap_or_default();
    if number.starts_with("23") && KNOWN.binary_search(&place).is_err() {
        Acquaintance::UnknownPlace
    } else {
        Acquaintance::Known
    }
}

/// Whether the first two characters are those of a province.
pub fn is_in_a_province(number: &str) -> bool {
    number
        .get(..2)
        .is_some_and(|head| PROVINCES.binary_search(&head).is_ok())
}

#[cfg(test)]
mod tests;
