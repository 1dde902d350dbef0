//! What follows the text of a code: a terminator and bytes that the standard fixes (ISO/IEC 18004,
//! 7.4.9 and 7.4.10).

use rxing::qrcode::common::VersionRef;

/// The mode of a byte segment, which is what nearly all codes have.
const BYTES: usize = 4;
const PADS: [u8; 2] = [0xEC, 0x11];

/// Where the first segment of a message of bytes ends, in bits; none for other modes.
fn end(message: &[u8], version: VersionRef) -> Option<usize> {
    let number = |from: usize, count: usize| {
        (from..from + count).fold(0, |sum, at| sum << 1 | bit(message, at))
    };
    if number(0, 4) != BYTES {
        return None;
    }
    let counter = if version.getVersionNumber() < 10 {
        8
    } else {
        16
    };
    Some(4 + counter + number(4, counter) * 8)
}

fn bit(message: &[u8], at: usize) -> usize {
    message
        .get(at / 8)
        .map_or(0, |byte| usize::from(byte >> (7 - at % 8) & 1))
}

/// Whether what follows the first segment's end looks like the padding the standard asks for.
/// Checked for one byte segment; others are let through.
pub(crate) fn is_padded(message: &[u8], version: VersionRef) -> bool {
    let Some(end) = end(message, version) else {
        return true;
    };
    if end > message.len() * 8 {
        return false;
    }
    if (end..end + 4).any(|at| bit(message, at) == 1) {
        return true;
    }
    let rest = message.get((end + 4).div_ceil(8)..).unwrap_or_default();
    // Some writers put a byte of nothing before the padding.
    let rest = rest.strip_prefix(&[0]).unwrap_or(rest);
    let pads = PADS.into_iter().cycle();
    rest.iter().zip(pads).all(|(byte, pad)| *byte == pad) || rest.iter().all(|byte| *byte == 0)
}

/// The padding of a message of one byte segment whose length could be read, each symbol with where
/// it is drawn; empty for other messages.
pub(crate) fn padding(seen: &[(usize, u8)], version: VersionRef) -> Vec<(usize, u8)> {
    let message: Vec<u8> = seen.iter().map(|(_, byte)| *byte).collect();
    let Some(end) = end(&message, version) else {
        return Vec::new();
    };
    let rest = seen.get((end + 4).div_ceil(8)..).unwrap_or_default();
    let places = rest.iter().map(|(place, _)| *place);
    places.zip(PADS.into_iter().cycle()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rxing::qrcode::common::Version;

    #[test]
    fn what_follows_a_text_is_known_from_its_length() {
        let version = Version::getVersionForNumber(1).unwrap();
        // Mode 4, length 2, "hi", terminator, padding.
        let message = [0x40, 0x26, 0x86, 0x90, 0xEC, 0x11, 0xEC, 0x11];
        assert!(is_padded(&message, version));
        let mut torn: Vec<(usize, u8)> = message.into_iter().enumerate().collect();
        torn[5].1 = 0xFF;
        torn[6].1 = 0;
        assert!(!is_padded(
            &torn.iter().map(|word| word.1).collect::<Vec<_>>(),
            version
        ));
        let known = padding(&torn, version);
        assert_eq!(known, [(4, 0xEC), (5, 0x11), (6, 0xEC), (7, 0x11)]);
    }

    #[test]
    fn nothing_is_known_of_other_modes_and_of_a_length_beyond_the_end() {
        let version = Version::getVersionForNumber(1).unwrap();
        let drawn = |message: [u8; 4]| message.into_iter().enumerate().collect::<Vec<_>>();
        assert_eq!(padding(&drawn([0x10, 0x26, 0, 0]), version), []);
        assert_eq!(padding(&drawn([0x4F, 0xF6, 0, 0]), version), []);
        assert!(!is_padded(&[0x4F, 0xF6, 0, 0], version));
    }
}
