//! Signature dictionaries (ISO 32000-1 clause 12.8.1): which bytes each of them is about.
//!
//! A signature's own bytes stand in the file as they are, because the ranges it covers leave out
//! exactly them. Nothing here says whose a signature is or whether it holds.

use super::lexer::{Bracket, Dictionary, Token};

/// The longest word of a file that is repeated, in characters.
const MAX_WORD: usize = 64;

/// Which bytes a signature is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PdfCoverage {
    /// The whole file but the signature's own value.
    WholeFile,
    /// All up to here, in bytes: something was added to the file after it was signed.
    UpTo(u64),
    /// Ranges that leave out something else than the value, overlap, or leave the file: whatever was
    /// signed, it is not this file.
    Senseless,
}

/// A signature a PDF carries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PdfSignature {
    /// The handler (`Adobe.PPKLite`), as the file says; empty if it does not.
    pub filter: String,
    /// The encoding of the value (`adbe.pkcs7.detached`, `ETSI.CAdES.detached`…), as the file says;
    /// empty if it does not.
    pub sub_filter: String,
    /// Which bytes it is about.
    pub coverage: PdfCoverage,
}

/// The signature a dictionary of a file of `length` bytes is; `None` for any other.
pub(super) fn of(dictionary: &Dictionary<'_>, length: usize) -> Option<PdfSignature> {
    let range = dictionary.get("ByteRange")?;
    let word = |key| {
        dictionary
            .name(key)
            .map_or_else(String::new, |name| seen(&name))
    };
    let contents = match dictionary.get("Contents") {
        Some([Token::Hex(start, end)]) => Some((*start, *end)),
        _ => None,
    };
    Some(PdfSignature {
        filter: word("Filter"),
        sub_filter: word("SubFilter"),
        coverage: coverage(length, range, contents).unwrap_or(PdfCoverage::Senseless),
    })
}

/// What can be seen of a word, and not more than a line of it.
fn seen(word: &[u8]) -> String {
    let seen = word.iter().filter(|byte| byte.is_ascii_graphic());
    seen.take(MAX_WORD).map(|byte| char::from(*byte)).collect()
}

fn coverage(
    length: usize,
    range: &[Token<'_>],
    contents: Option<(usize, usize)>,
) -> Option<PdfCoverage> {
    let [
        Token::Open(Bracket::Array),
        Token::Number(0),
        Token::Number(first),
        Token::Number(second),
        Token::Number(more),
        Token::Close(Bracket::Array),
    ] = *range
    else {
        return None;
    };
    let (start, end) = contents?;
    let whole = |number: u64| usize::try_from(number).ok();
    if (whole(first)?, whole(second)?) != (start, end) {
        return None;
    }
    let last = end.checked_add(whole(more)?)?;
    match last.cmp(&length) {
        std::cmp::Ordering::Less => Some(PdfCoverage::UpTo(last as u64)),
        std::cmp::Ordering::Equal => Some(PdfCoverage::WholeFile),
        std::cmp::Ordering::Greater => None,
    }
}
