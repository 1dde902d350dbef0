//! The committed networks and what their bytes hash to. Origin and licence: `models/README.md`.

use quanshengshi_protocol::ids::Digest;

/// A network as committed.
pub(crate) struct Committed {
    /// ONNX bytes.
    pub(crate) bytes: &'static [u8],
    /// SHA-256 of the bytes.
    pub(crate) digest: Digest,
    /// Side of the square input in pixels.
    pub(crate) side: usize,
    /// Numbers in each output.
    pub(crate) outputs: &'static [usize],
}

/// Short-range detector: 896 anchors of 16 numbers, 896 scores.
pub(crate) const DETECTOR: Committed = Committed {
    bytes: include_bytes!("../../models/face_detection_short_range.onnx"),
    digest: hex("14331bed22d6aaa2aaf7d5eac9282bd586acd0f97f09da588eb57e1a64c9d156"),
    side: 128,
    outputs: &[896 * 16, 896],
};

/// Face mesh: 468 points of 3 numbers, one score.
pub(crate) const MESH: Committed = Committed {
    bytes: include_bytes!("../../models/face_landmark.onnx"),
    digest: hex("b598abcab110b3ac9cb1530c8f208ed9987f4461d98c59a6ba787e8954a28e43"),
    side: 192,
    outputs: &[468 * 3, 1],
};

/// Iris: 71 points of the eye and brow, 5 of the iris, 3 numbers each.
pub(crate) const IRIS: Committed = Committed {
    bytes: include_bytes!("../../models/iris_landmark.onnx"),
    digest: hex("a58025315911a9625ec9958ca1237a83d64934bf28f6c92c3950fdb170cf986c"),
    side: 64,
    outputs: &[71 * 3, 5 * 3],
};

const fn nibble(letter: u8) -> u8 {
    match letter {
        b'0'..=b'9' => letter - b'0',
        b'a'..=b'f' => letter - b'a' + 10,
        // Compile-time only: a wrong letter shows as a digest that no file has.
        _ => 0,
    }
}

const fn hex(text: &str) -> Digest {
    let letters = text.as_bytes();
    let mut bytes = [0; 32];
    let mut at = 0;
    while at < 32 {
        bytes[at] = nibble(letters[2 * at]) << 4 | nibble(letters[2 * at + 1]);
        at += 1;
    }
    Digest::from_bytes(bytes)
}
