//! The few DER shapes of a seal.

use crate::seal::encode::element;

/// 2050-01-01.
const LAST_UTC_TIME_S: i64 = 2_524_608_000;

pub(crate) fn sequence(parts: &[&[u8]]) -> Vec<u8> {
    element(0x30, &parts.concat())
}

/// An INTEGER from 0 to 127.
pub(crate) fn small(value: u8) -> Vec<u8> {
    element(0x02, &[value & 0x7F])
}

pub(crate) fn octets(value: &[u8]) -> Vec<u8> {
    element(0x04, value)
}

pub(crate) fn bits(value: &[u8]) -> Vec<u8> {
    element(0x03, &[&[0], value].concat())
}

pub(crate) fn utf8(value: &str) -> Vec<u8> {
    element(0x0C, value.as_bytes())
}

pub(crate) fn ia5(value: &str) -> Vec<u8> {
    element(0x16, value.as_bytes())
}

/// A `GeneralizedTime` in UTC.
pub(crate) fn time(at_s: i64) -> Vec<u8> {
    element(0x18, written(at_s).as_bytes())
}

/// A time as X.509 writes it: `UTCTime` until 2049 (RFC 5280 clause 4.1.2.5).
pub(crate) fn x509_time(at_s: i64) -> Vec<u8> {
    let text = written(at_s);
    let short = text
        .get(2..)
        .filter(|_| (0..LAST_UTC_TIME_S).contains(&at_s));
    match short {
        Some(short) => element(0x17, short.as_bytes()),
        None => element(0x18, text.as_bytes()),
    }
}

/// `yyyymmddhhmmssZ`
fn written(at_s: i64) -> String {
    let (days, second) = (at_s.div_euclid(86_400), at_s.rem_euclid(86_400));
    // Hinnant's `civil_from_days`.
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = (month_from_march + 2) % 12 + 1;
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
    format!("{year:04}{month:02}{day:02}{hour:02}{minute:02}{second:02}Z")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::seal::asn1::Element;

    proptest! {
        #[test]
        fn a_written_time_is_read_back(at_s in 0_i64..4_000_000_000) {
            let written = time(at_s);
            prop_assert_eq!(Element::whole(&written).unwrap().time_s(), Ok(at_s));
            let written = x509_time(at_s);
            prop_assert_eq!(Element::whole(&written).unwrap().time_s(), Ok(at_s));
        }

        #[test]
        fn elements_are_read_back(value in proptest::collection::vec(any::<u8>(), 0..700)) {
            let written = octets(&value);
            prop_assert_eq!(Element::whole(&written).unwrap().octets(), Ok(value.as_slice()));
        }
    }
}
