//! One DER element, written by hand: the one thing that must be put together before it is checked.

/// One element: tag, length, value.
pub(super) fn element(tag: u8, value: &[u8]) -> Vec<u8> {
    let mut bytes = vec![tag];
    let length = value.len();
    if length < 0x80 {
        bytes.extend(u8::try_from(length));
    } else {
        let digits: Vec<u8> = length
            .to_be_bytes()
            .into_iter()
            .skip_while(|digit| *digit == 0)
            .collect();
        bytes.extend(u8::try_from(digits.len()).map(|count| 0x80 | count));
        bytes.extend(digits);
    }
    bytes.extend_from_slice(value);
    bytes
}
