//! The text form of key certificates and revocation lists (RFC 7468), as authorities hand them out:
//! several in one file, with words between them.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// The most parts of one file.
const MAX_PARTS: usize = 256;

/// The DER of every part of a kind; bytes that are no PEM are one part. `None` for a PEM file that
/// is damaged, has none of the kind, or too many.
pub(super) fn parts(bytes: &[u8], kind: &str) -> Option<Vec<Vec<u8>>> {
    let (begin, end) = (
        format!("-----BEGIN {kind}-----"),
        format!("-----END {kind}-----"),
    );
    let text = std::str::from_utf8(bytes).unwrap_or("");
    if !text.contains("-----BEGIN ") {
        return Some(vec![bytes.to_vec()]);
    }
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(&begin) {
        let (_, part) = rest.split_at(at);
        let length = part.find(&end)? + end.len();
        let (part, after) = part.split_at(length);
        // Windows writes its line ends, mails add spaces: the decoder wants neither.
        let lines: Vec<&str> = part.lines().map(str::trim).collect();
        let (_, der) = der::pem::decode_vec(lines.join("\n").as_bytes()).ok()?;
        found.push(der);
        rest = after;
    }
    (1..=MAX_PARTS).contains(&found.len()).then_some(found)
}

/// A part as it is handed out.
pub(super) fn written(kind: &str, der: &[u8]) -> String {
    let text = STANDARD.encode(der);
    let mut lines = vec![format!("-----BEGIN {kind}-----")];
    // Base64 is ASCII: every chunk of bytes is a text.
    let chunks = text.as_bytes().chunks(64);
    lines.extend(chunks.map(|line| String::from_utf8_lossy(line).into_owned()));
    lines.push(format!("-----END {kind}-----\n"));
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: &str = "-----BEGIN CERTIFICATE-----\nAQID\n-----END CERTIFICATE-----";

    #[test]
    fn parts_are_found_between_other_words() {
        let file = format!(
            "subject=a\r\n{}\r\nsubject=b\n{ONE}\n",
            ONE.replace('\n', "\r\n")
        );
        assert_eq!(
            parts(file.as_bytes(), "CERTIFICATE"),
            Some(vec![vec![1, 2, 3]; 2])
        );
        assert_eq!(
            parts(&[0x30, 0x00], "CERTIFICATE"),
            Some(vec![vec![0x30, 0x00]])
        );
        let long = written("X509 CRL", &[7; 200]);
        assert_eq!(parts(long.as_bytes(), "X509 CRL"), Some(vec![vec![7; 200]]));
        assert_eq!(parts(ONE.as_bytes(), "X509 CRL"), None, "of another kind");
        assert_eq!(parts(&ONE.as_bytes()[..50], "CERTIFICATE"), None, "cut");
        assert_eq!(
            parts(ONE.replace("AQID", "AQ*D").as_bytes(), "CERTIFICATE"),
            None
        );
    }
}
