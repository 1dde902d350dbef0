//! Parts of files: `Range` and `If-Range` (RFC 9110, sections 13.1.5 and 14), so that a download
//! that was cut goes on where it stopped.

use axum::body::Body;
use axum::http::header::{
    ACCEPT_RANGES, CACHE_CONTROL, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE, ETAG, HeaderName,
    IF_RANGE, RANGE,
};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};

use crate::devices::refusal::Fault;
use crate::packages::files::StoredFile;
use crate::phone::reply::Denied;

/// The headers that ask for a part.
pub const FILE_HEADERS: [HeaderName; 2] = [RANGE, IF_RANGE];

/// Which part of a file is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// All of it.
    Whole,
    /// Bytes from `first` to `last`, both included.
    Span {
        /// First byte.
        first: usize,
        /// Last byte.
        last: usize,
    },
    /// A part that the file does not have.
    Outside,
}

/// Reads a `Range` header for a file of `length` bytes. Several ranges, other units and anything
/// malformed mean the whole file, as the standard allows.
pub fn part(range: Option<&str>, length: usize) -> Part {
    let Some((first, last)) = range
        .and_then(|range| range.strip_prefix("bytes="))
        .and_then(|range| range.trim().split_once('-'))
    else {
        return Part::Whole;
    };
    let digits = |text: &str| text.bytes().all(|digit| digit.is_ascii_digit());
    if !digits(first) || !digits(last) {
        return Part::Whole;
    }
    // Numbers too large for the machine lie behind the end of every file.
    let number = |text: &str| text.parse().unwrap_or(usize::MAX);
    let (first, last) = match (first, last) {
        ("", "") => return Part::Whole,
        ("", tail) if number(tail) == 0 => return Part::Outside,
        ("", tail) => (length.saturating_sub(number(tail)), usize::MAX),
        (first, "") => (number(first), usize::MAX),
        (first, last) if number(last) < number(first) => return Part::Whole,
        (first, last) => (number(first), number(last)),
    };
    if first >= length {
        return Part::Outside;
    }
    Part::Span {
        first,
        last: last.min(length - 1),
    }
}

/// The answer with a file, or the part of it that was asked for. A part is only given of the file
/// the phone has begun with.
///
/// # Errors
/// A fault when a header cannot be written.
pub fn file_response(
    file: StoredFile,
    range: Option<&str>,
    if_range: Option<&str>,
) -> Result<Response, Denied> {
    let tag = format!("\"{}\"", file.digest);
    let same = if_range.is_none_or(|wanted| wanted == tag);
    let length = file.bytes.len();
    let part = if same {
        part(range, length)
    } else {
        Part::Whole
    };
    let (status, content_range, bytes) = match part {
        Part::Whole => (StatusCode::OK, None, file.bytes),
        Part::Span { first, last } => (
            StatusCode::PARTIAL_CONTENT,
            Some(format!("bytes {first}-{last}/{length}")),
            file.bytes.get(first..=last).unwrap_or_default().to_vec(),
        ),
        Part::Outside => (
            StatusCode::RANGE_NOT_SATISFIABLE,
            Some(format!("bytes */{length}")),
            Vec::new(),
        ),
    };
    let value = |text: &str| HeaderValue::from_str(text).map_err(|_| Fault::Damaged("file header"));
    let mut response = (status, Body::empty()).into_response();
    let headers = response.headers_mut();
    headers.insert(ETAG, value(&tag)?);
    headers.insert(CONTENT_TYPE, value(&file.media_type)?);
    headers.insert(ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(CONTENT_LENGTH, HeaderValue::from(bytes.len()));
    if let Some(content_range) = content_range {
        headers.insert(CONTENT_RANGE, value(&content_range)?);
    }
    *response.body_mut() = Body::from(bytes);
    Ok(response)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn ranges_are_read_as_the_standard_says() {
        let span = |first, last| Part::Span { first, last };
        let cases = [
            (None, Part::Whole),
            (Some("bytes=0-"), span(0, 9)),
            (Some("bytes=4-"), span(4, 9)),
            (Some("bytes=4-5"), span(4, 5)),
            (Some("bytes=4-99"), span(4, 9)),
            (Some("bytes=-3"), span(7, 9)),
            (Some("bytes=-99"), span(0, 9)),
            (Some("bytes=-0"), Part::Outside),
            (Some("bytes=10-"), Part::Outside),
            (Some("bytes=99999999999999999999999-"), Part::Outside),
            (Some("bytes=5-4"), Part::Whole),
            (Some("bytes=0-1,3-4"), Part::Whole),
            (Some("bytes=-"), Part::Whole),
            (Some("bytes=+1-2"), Part::Whole),
            (Some("items=0-1"), Part::Whole),
        ];
        for (range, expected) in cases {
            assert_eq!(part(range, 10), expected, "{range:?}");
        }
        assert_eq!(part(Some("bytes=0-"), 0), Part::Outside);
    }

    proptest! {
        #[test]
        fn no_range_reaches_outside(range in "(bytes=)?[-0-9, ]{0,24}", length in 0usize..100) {
            if let Part::Span { first, last } = part(Some(&range), length) {
                prop_assert!(first <= last && last < length);
            }
        }
    }
}
