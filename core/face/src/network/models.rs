//! The committed networks and what their bytes hash to. Origin and licence: `models/README.md`.

use quanshengshi_protocol::ids::Digest;

/// A network as committed.
pub(crate) struct Committed {
    /// SHA-256 of its ONNX file: what evidence names.
    pub(crate) digest: Digest,
    /// The file itself, for whoever checks the runner against another engine.
    #[cfg(test)]
    pub(crate) bytes: &'static [u8],
}

/// Short-range detector: 896 anchors of 16 numbers, 896 scores.
pub(crate) const DETECTOR: Committed = Committed {
    digest: hex("14331bed22d6aaa2aaf7d5eac9282bd586acd0f97f09da588eb57e1a64c9d156"),
    #[cfg(test)]
    bytes: include_bytes!("../../models/face_detection_short_range.onnx"),
};

/// Face mesh: 468 points of 3 numbers, one score.
pub(crate) const MESH: Committed = Committed {
    digest: hex("b598abcab110b3ac9cb1530c8f208ed9987f4461d98c59a6ba787e8954a28e43"),
    #[cfg(test)]
    bytes: include_bytes!("../../models/face_landmark.onnx"),
};

/// Iris: 71 points of the eye and brow, 5 of the iris, 3 numbers each.
pub(crate) const IRIS: Committed = Committed {
    digest: hex("a58025315911a9625ec9958ca1237a83d64934bf28f6c92c3950fdb170cf986c"),
    #[cfg(test)]
    bytes: include_bytes!("../../models/iris_landmark.onnx"),
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
