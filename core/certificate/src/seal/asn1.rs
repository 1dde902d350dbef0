//! A walk through DER that keeps the original bytes of every element.
//!
//! Signatures cover bytes, not meanings: what is verified is the slice as it stands in the file.

use der::asn1::{AnyRef, ObjectIdentifier};
use der::{Decode, Reader, SliceReader, Tag, Tagged};

/// The most elements of one sequence; a seal's list holds a few.
const MAX_CHILDREN: usize = 10_000;

/// Bytes that are not the ASN.1 that was expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not the expected ASN.1")]
pub(super) struct Asn1Error;

impl From<der::Error> for Asn1Error {
    fn from(_: der::Error) -> Self {
        Self
    }
}

/// One element: its tag, all its bytes, and the bytes inside.
#[derive(Debug, Clone, Copy)]
pub(super) struct Element<'a> {
    pub(super) tag: Tag,
    pub(super) raw: &'a [u8],
    pub(super) value: &'a [u8],
}

impl<'a> Element<'a> {
    /// The one element that `bytes` are.
    pub(super) fn whole(bytes: &'a [u8]) -> Result<Self, Asn1Error> {
        match list(bytes)?.as_slice() {
            [only] => Ok(*only),
            _ => Err(Asn1Error),
        }
    }

    /// The elements of a sequence.
    pub(super) fn sequence(self) -> Result<Vec<Self>, Asn1Error> {
        self.tagged(Tag::Sequence)?.inside()
    }

    /// The elements of anything constructed.
    pub(super) fn inside(self) -> Result<Vec<Self>, Asn1Error> {
        if self.tag.is_constructed() {
            list(self.value)
        } else {
            Err(Asn1Error)
        }
    }

    /// The bytes of an OCTET STRING.
    pub(super) fn octets(self) -> Result<&'a [u8], Asn1Error> {
        Ok(self.tagged(Tag::OctetString)?.value)
    }

    /// The bytes of a BIT STRING of whole bytes.
    pub(super) fn bits(self) -> Result<&'a [u8], Asn1Error> {
        match self.tagged(Tag::BitString)?.value {
            [0, bytes @ ..] => Ok(bytes),
            _ => Err(Asn1Error),
        }
    }

    /// An object identifier.
    pub(super) fn object(self) -> Result<ObjectIdentifier, Asn1Error> {
        Ok(ObjectIdentifier::from_der(self.raw)?)
    }

    /// A number from 0 to 255.
    pub(super) fn small(self) -> Result<u8, Asn1Error> {
        Ok(u8::from_der(self.raw)?)
    }

    /// A text of any string type that is UTF-8.
    pub(super) fn text(self) -> Result<&'a str, Asn1Error> {
        std::str::from_utf8(self.value).map_err(|_| Asn1Error)
    }

    /// A time in seconds since 1970: `GeneralizedTime` or `UTCTime`, with or without seconds, in UTC
    /// or with an offset; all of them are met in seals.
    pub(super) fn time_s(self) -> Result<i64, Asn1Error> {
        let year_digits = match self.tag {
            Tag::GeneralizedTime => 4,
            Tag::UtcTime => 2,
            _ => return Err(Asn1Error),
        };
        written_time_s(self.text()?, year_digits).ok_or(Asn1Error)
    }

    fn tagged(self, tag: Tag) -> Result<Self, Asn1Error> {
        if self.tag == tag {
            Ok(self)
        } else {
            Err(Asn1Error)
        }
    }
}

fn list(bytes: &[u8]) -> Result<Vec<Element<'_>>, Asn1Error> {
    let mut reader = SliceReader::new(bytes)?;
    let mut found = Vec::new();
    while !reader.is_finished() {
        if found.len() == MAX_CHILDREN {
            return Err(Asn1Error);
        }
        let raw = reader.tlv_bytes()?;
        let any = AnyRef::from_der(raw)?;
        found.push(Element {
            tag: any.tag(),
            raw,
            value: any.value(),
        });
    }
    Ok(found)
}

/// `2026-11-23 09:31:00` as writers of V1 put it: without a zone, so China's.
pub(super) fn text_time_s(text: &[u8]) -> Option<i64> {
    let text = std::str::from_utf8(text).ok()?;
    let (digits, signs): (String, String) = text.chars().partition(char::is_ascii_digit);
    let known = ["-- ::", "// ::", "--T::"].contains(&signs.as_str());
    (known && digits.len() == 14).then(|| written_time_s(&format!("{digits}+0800"), 4))?
}

fn written_time_s(text: &str, year_digits: usize) -> Option<i64> {
    let digits_end = text
        .find(|sign: char| !sign.is_ascii_digit())
        .unwrap_or(text.len());
    let (digits, rest) = text.split_at(digits_end);
    let number = |from: usize, count: usize| digits.get(from..from + count)?.parse::<i64>().ok();
    let year = number(0, year_digits)?;
    let year = match (year_digits, year) {
        (2, year @ 50..) => 1900 + year,
        (2, year) => 2000 + year,
        (_, year) => year,
    };
    let part = |at: usize| number(year_digits + 2 * at, 2);
    let (month, day, hour, minute) = (part(0)?, part(1)?, part(2)?, part(3)?);
    let second = part(4).unwrap_or(0);
    let sound = (1..=12).contains(&month)
        && (1..=31).contains(&day)
        && hour < 24
        && minute < 60
        && second < 61;
    // A fraction of a second changes no verdict.
    let rest = match rest.strip_prefix('.') {
        Some(fraction) => fraction.trim_start_matches(|sign: char| sign.is_ascii_digit()),
        None => rest,
    };
    let offset_s = offset_s(rest)?;
    sound.then(|| {
        days_since_1970(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second - offset_s
    })
}

/// `Z`, nothing (taken as UTC), `+0800`, `+08'00'` or `-08`.
fn offset_s(text: &str) -> Option<i64> {
    let (sign, digits) = match text.chars().next() {
        None | Some('Z') => return Some(0),
        Some('+') => (1, &text[1..]),
        Some('-') => (-1, &text[1..]),
        Some(_) => return None,
    };
    let digits: String = digits.chars().filter(char::is_ascii_digit).collect();
    let hours: i64 = digits.get(0..2)?.parse().ok()?;
    let minutes: i64 = digits.get(2..4).map_or(Ok(0), str::parse).ok()?;
    Some(sign * (hours * 3600 + minutes * 60))
}

/// Days of a proleptic Gregorian date since 1970-01-01 (Hinnant's `days_from_civil`).
fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year - era * 400;
    let month_from_march = (month + 9) % 12;
    let day_of_year = (153 * month_from_march + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn general(text: &str) -> Option<i64> {
        written_time_s(text, 4)
    }

    #[test]
    fn times_of_every_shape_are_one_moment() {
        let noon = Some(1_780_315_200);
        assert_eq!(general("20260601120000Z"), noon);
        assert_eq!(general("202606011200Z"), noon);
        assert_eq!(general("20260601200000+0800"), noon);
        assert_eq!(general("20260601120000.123Z"), noon);
        assert_eq!(general("20260601120000"), noon);
        assert_eq!(written_time_s("260601120000Z", 2), noon);
        assert_eq!(written_time_s("700101000000Z", 2), Some(0));
        assert_eq!(text_time_s(b"2026-06-01 20:00:00"), noon);
        assert_eq!(text_time_s(b"2026-06-01"), None);
        assert_eq!(text_time_s(b"2026-06-01 20:00:99"), None);
        for bad in [
            "",
            "2026",
            "20261301120000Z",
            "20260601250000Z",
            "20260601120000X",
        ] {
            assert_eq!(general(bad), None, "{bad}");
        }
    }

    #[test]
    fn only_whole_elements_are_taken() {
        assert!(Element::whole(&[0x30, 0x03, 0x02, 0x01, 0x05]).is_ok());
        assert!(Element::whole(&[0x30, 0x03, 0x02, 0x01, 0x05, 0x00]).is_err());
        assert!(Element::whole(&[0x30, 0x04, 0x02, 0x01, 0x05]).is_err());
        // An indefinite length is no DER.
        assert!(Element::whole(&[0x30, 0x80, 0x02, 0x01, 0x05, 0x00, 0x00]).is_err());
    }

    proptest! {
        #[test]
        fn arbitrary_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200), text in "\\PC{0,24}") {
            if let Ok(element) = Element::whole(&bytes) {
                let _ = (element.sequence(), element.bits(), element.object(), element.small(), element.time_s());
            }
            let _ = (general(&text), written_time_s(&text, 2));
        }
    }
}
