//! One byte string for one meaning: length-prefixed fields in a fixed order.
//!
//! A field is `tag (1 byte) ‖ length (4 bytes, big endian) ‖ bytes`. Tags of one statement rise,
//! each stands exactly once, lists are nested field strings. There is no optional field and no
//! default, so two byte strings never mean the same and one never means two things. Why not
//! JSON: protocol 5.4.

/// The longest byte string read, in bytes: evidence of 1 MB with room.
pub const LONGEST: usize = 4 << 20;

/// Writes fields.
#[derive(Debug, Default)]
pub struct Writer {
    bytes: Vec<u8>,
}

impl Writer {
    /// Adds a field of bytes.
    #[must_use]
    pub fn bytes(mut self, tag: u8, value: &[u8]) -> Self {
        self.bytes.push(tag);
        // A field of 4 GiB cannot be built from statements that are bounded when read.
        let length = u32::try_from(value.len()).unwrap_or(u32::MAX);
        self.bytes.extend_from_slice(&length.to_be_bytes());
        self.bytes.extend_from_slice(value);
        self
    }

    /// Adds a field of UTF-8 text.
    #[must_use]
    pub fn text(self, tag: u8, value: &str) -> Self {
        self.bytes(tag, value.as_bytes())
    }

    /// Adds a number of eight big-endian bytes.
    #[must_use]
    pub fn number(self, tag: u8, value: u64) -> Self {
        self.bytes(tag, &value.to_be_bytes())
    }

    /// Adds a list: each item a field with tag 0.
    #[must_use]
    pub fn list<T>(self, tag: u8, items: &[T], mut write: impl FnMut(&T) -> Vec<u8>) -> Self {
        let mut inner = Self::default();
        for item in items {
            inner = inner.bytes(0, &write(item));
        }
        self.bytes(tag, &inner.finish())
    }

    /// The bytes written so far.
    pub fn finish(self) -> Vec<u8> {
        self.bytes
    }
}

/// Why bytes are not the canonical form of what was expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CanonicalError {
    /// The bytes end inside a field.
    #[error("the bytes end inside a field")]
    Truncated,
    /// Another field than the one that must stand here.
    #[error("field {found} where field {expected} must stand")]
    Tag {
        /// The tag that must stand here.
        expected: u8,
        /// The tag that stands here.
        found: u8,
    },
    /// A field has a value that its meaning does not allow.
    #[error("field {tag} has a value that is not allowed")]
    Value {
        /// The tag of the field.
        tag: u8,
    },
    /// Bytes are left over at the end.
    #[error("bytes left over at the end")]
    Trailing,
    /// Longer than [`LONGEST`].
    #[error("longer than allowed")]
    TooLong,
}

/// Reads fields in the order they must stand.
#[derive(Debug)]
pub struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    /// Starts at the first field.
    ///
    /// # Errors
    /// [`CanonicalError::TooLong`] above [`LONGEST`] bytes.
    pub fn new(bytes: &'a [u8]) -> Result<Self, CanonicalError> {
        if bytes.len() > LONGEST {
            return Err(CanonicalError::TooLong);
        }
        Ok(Self { rest: bytes })
    }

    /// The bytes of the next field, which must have this tag.
    ///
    /// # Errors
    /// [`CanonicalError::Truncated`] or [`CanonicalError::Tag`].
    pub fn bytes(&mut self, tag: u8) -> Result<&'a [u8], CanonicalError> {
        let (&found, rest) = self.rest.split_first().ok_or(CanonicalError::Truncated)?;
        if found != tag {
            return Err(CanonicalError::Tag {
                expected: tag,
                found,
            });
        }
        let (length, rest) = rest
            .split_first_chunk::<4>()
            .ok_or(CanonicalError::Truncated)?;
        let length = u32::from_be_bytes(*length) as usize;
        let (value, rest) = rest
            .split_at_checked(length)
            .ok_or(CanonicalError::Truncated)?;
        self.rest = rest;
        Ok(value)
    }

    /// The next field as an array of exactly `N` bytes.
    ///
    /// # Errors
    /// As [`Reader::bytes`], or [`CanonicalError::Value`] for another length.
    pub fn array<const N: usize>(&mut self, tag: u8) -> Result<[u8; N], CanonicalError> {
        self.bytes(tag)?
            .try_into()
            .map_err(|_| CanonicalError::Value { tag })
    }

    /// The next field as text.
    ///
    /// # Errors
    /// As [`Reader::bytes`], or [`CanonicalError::Value`] when it is not UTF-8.
    pub fn text(&mut self, tag: u8) -> Result<String, CanonicalError> {
        String::from_utf8(self.bytes(tag)?.to_vec()).map_err(|_| CanonicalError::Value { tag })
    }

    /// The next field as a number.
    ///
    /// # Errors
    /// As [`Reader::array`].
    pub fn number(&mut self, tag: u8) -> Result<u64, CanonicalError> {
        Ok(u64::from_be_bytes(self.array(tag)?))
    }

    /// The next field as a number that fits a smaller type.
    ///
    /// # Errors
    /// As [`Reader::number`], or [`CanonicalError::Value`] when it does not fit.
    pub fn small<T: TryFrom<u64>>(&mut self, tag: u8) -> Result<T, CanonicalError> {
        T::try_from(self.number(tag)?).map_err(|_| CanonicalError::Value { tag })
    }

    /// The next field as a yes or no.
    ///
    /// # Errors
    /// As [`Reader::number`], or [`CanonicalError::Value`] for anything but 0 and 1.
    pub fn flag(&mut self, tag: u8) -> Result<bool, CanonicalError> {
        match self.number(tag)? {
            0 => Ok(false),
            1 => Ok(true),
            _ => Err(CanonicalError::Value { tag }),
        }
    }

    /// The next field as a list of at most `most` items.
    ///
    /// # Errors
    /// As [`Reader::bytes`], [`CanonicalError::Value`] for too many items, or what `read` gives.
    pub fn list<T>(
        &mut self,
        tag: u8,
        most: usize,
        mut read: impl FnMut(&'a [u8]) -> Result<T, CanonicalError>,
    ) -> Result<Vec<T>, CanonicalError> {
        let mut inner = Reader {
            rest: self.bytes(tag)?,
        };
        let mut items = Vec::new();
        while !inner.rest.is_empty() {
            if items.len() == most {
                return Err(CanonicalError::Value { tag });
            }
            items.push(read(inner.bytes(0)?)?);
        }
        Ok(items)
    }

    /// Ends the reading.
    ///
    /// # Errors
    /// [`CanonicalError::Trailing`] when bytes are left.
    pub fn finish(self) -> Result<(), CanonicalError> {
        if self.rest.is_empty() {
            Ok(())
        } else {
            Err(CanonicalError::Trailing)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_bytes_are_frozen() {
        let bytes = Writer::default()
            .text(1, "证照")
            .number(2, 258)
            .list(3, &[b"a".to_vec(), b"".to_vec()], Clone::clone)
            .finish();
        assert_eq!(
            bytes,
            [
                1, 0, 0, 0, 6, 0xe8, 0xaf, 0x81, 0xe7, 0x85, 0xa7, 2, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0,
                1, 2, 3, 0, 0, 0, 11, 0, 0, 0, 0, 1, b'a', 0, 0, 0, 0, 0
            ]
        );
    }

    #[test]
    fn a_swapped_a_missing_and_a_left_over_field_are_refused() {
        let bytes = Writer::default().number(1, 7).number(2, 8).finish();
        let mut reader = Reader::new(&bytes).unwrap();
        assert_eq!(
            reader.number(2),
            Err(CanonicalError::Tag {
                expected: 2,
                found: 1
            })
        );
        let mut reader = Reader::new(&bytes).unwrap();
        assert_eq!(reader.number(1), Ok(7));
        assert_eq!(reader.finish(), Err(CanonicalError::Trailing));
        let mut reader = Reader::new(&bytes[..12]).unwrap();
        assert_eq!(reader.number(1), Err(CanonicalError::Truncated));
        assert_eq!(
            Reader::new(&vec![0; LONGEST + 1]).unwrap_err(),
            CanonicalError::TooLong
        );
    }

    #[test]
    fn a_flag_is_zero_or_one_and_a_list_is_bounded() {
        let bytes = Writer::default().number(1, 2).finish();
        let mut reader = Reader::new(&bytes).unwrap();
        assert_eq!(reader.flag(1), Err(CanonicalError::Value { tag: 1 }));
        let bytes = Writer::default()
            .list(1, &[1u8, 2, 3], |item| vec![*item])
            .finish();
        let mut reader = Reader::new(&bytes).unwrap();
        assert_eq!(
            reader.list(1, 2, |item| Ok(item.len())),
            Err(CanonicalError::Value { tag: 1 })
        );
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(text in ".{0,40}", number: u64, items in prop::collection::vec(any::<Vec<u8>>(), 0..5)) {
            let bytes = Writer::default().text(1, &text).number(2, number)
                .list(3, &items, Clone::clone).finish();
            let mut reader = Reader::new(&bytes).unwrap();
            prop_assert_eq!(reader.text(1).unwrap(), text);
            prop_assert_eq!(reader.number(2).unwrap(), number);
            prop_assert_eq!(reader.list(3, 9, |item| Ok(item.to_vec())).unwrap(), items);
            prop_assert!(reader.finish().is_ok());
        }

        #[test]
        fn junk_never_panics(junk: Vec<u8>) {
            let mut reader = Reader::new(&junk).unwrap();
            let _ = reader.list(1, 10, |item| Ok(item.len()));
            let _ = reader.text(2);
            let _ = reader.array::<32>(3);
        }
    }
}
