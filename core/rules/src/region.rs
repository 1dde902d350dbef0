//! Region codes (GB/T 2260): provinces, and the prefectures of Heilongjiang.
//!
//! Numbers keep the region they were given in, also after a district is abolished, so old codes
//! are known here too and an unknown one is a reason to look again, never to refuse.

/// Provinces and equal regions by their two digits.
const PROVINCES: [&str; 34] = [
    "11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37", "41",
    "42", "43", "44", "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64", "65", "71",
    "81", "82",
];

/// Prefectures of Heilongjiang by their four digits, today's and historic ones (2321 to 2326 and
/// the county-level cities of 2390).
const HEILONGJIANG: [&str; 21] = [
    "2300", "2301", "2302", "2303", "2304", "2305", "2306", "2307", "2308", "2309", "2310", "2311",
    "2312", "2321", "2322", "2323", "2324", "2325", "2326", "2327", "2390",
];

/// How well a six-digit region code is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Acquaintance {
    /// In a table, or in a province without a finer table.
    Known,
    /// The province exists, the place in it is in no table.
    UnknownPlace,
    /// No such province.
    UnknownProvince,
}

/// How well the region at the start of a number is known. Only the first four characters count.
pub fn acquaintance(code: &str) -> Acquaintance {
    let starts_in = |table: &[&str]| table.iter().any(|known| code.starts_with(known));
    if !starts_in(&PROVINCES) {
        Acquaintance::UnknownProvince
    } else if code.starts_with("23") && !starts_in(&HEILONGJIANG) {
        Acquaintance::UnknownPlace
    } else {
        Acquaintance::Known
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn historic_places_of_heilongjiang_are_known_and_invented_ones_are_not() {
        for code in ["230102", "232701", "232321", "232126", "239001"] {
            assert_eq!(acquaintance(code), Acquaintance::Known, "{code}");
        }
        assert_eq!(acquaintance("239999"), Acquaintance::UnknownPlace);
        assert_eq!(acquaintance("990000"), Acquaintance::UnknownProvince);
        assert_eq!(acquaintance(""), Acquaintance::UnknownProvince);
    }
}
