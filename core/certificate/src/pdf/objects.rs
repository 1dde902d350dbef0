//! The objects of a file, found where they stand rather than by its tables, which a hostile file may
//! point anywhere: the last one of a number counts, as in a file that was added to.

use std::collections::BTreeMap;
use std::io::Read;

use flate2::read::ZlibDecoder;

use super::PdfError;
use super::lexer::{self, Dictionary, Effort, Token, is_blank};
use super::signatures::{self, PdfSignature};
use crate::ofd::limits::MAX_SIGNATURES;

/// How many times over the bytes may be looked at, and how many may be however short the file is.
const EFFORT: (usize, usize) = (8, 1 << 20);
/// What all object streams may inflate to, in bytes.
const MAX_INFLATED: u64 = 32 << 20;
/// The most nodes of page trees that are kept.
const MAX_NODES: usize = 100_000;
/// The most objects of an object stream.
const MAX_IN_STREAM: usize = 100_000;

const OBJECT: &[u8] = b"obj";
const STREAM: &[u8] = b"stream";
const STREAM_END: &[u8] = b"endstream";

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) pages: Option<u32>,
    pub(super) signatures: Vec<PdfSignature>,
}

/// Every object of the bytes.
pub(super) fn find(bytes: &[u8]) -> Result<Found, PdfError> {
    let mut reader = Reader {
        effort: Effort(bytes.len() * EFFORT.0 + EFFORT.1),
        inflatable: MAX_INFLATED,
        trees: Trees::default(),
        signatures: Vec::new(),
    };
    reader.file(bytes)?;
    Ok(Found {
        pages: reader.trees.pages(),
        signatures: reader.signatures,
    })
}

/// The page trees, by the numbers of their nodes.
#[derive(Debug, Default)]
struct Trees {
    /// What the last catalogue names as its tree.
    root: Option<u64>,
    /// How many pages hang on a node.
    counts: BTreeMap<u64, u64>,
}

impl Trees {
    fn note(&mut self, number: u64, dictionary: &Dictionary<'_>) {
        if dictionary.is("Catalog") {
            self.root = dictionary.reference("Pages");
        } else if dictionary.is("Pages")
            && let Some(count) = dictionary.number("Count")
            && (self.counts.len() < MAX_NODES || self.counts.contains_key(&number))
        {
            self.counts.insert(number, count);
        }
    }

    fn pages(&self) -> Option<u32> {
        let count = self.counts.get(self.root.as_ref()?)?;
        u32::try_from(*count).ok()
    }
}

struct Reader {
    effort: Effort,
    inflatable: u64,
    trees: Trees,
    signatures: Vec<PdfSignature>,
}

impl Reader {
    fn file(&mut self, bytes: &[u8]) -> Result<(), PdfError> {
        let mut from = 0;
        while let Some(start) = lexer::position(bytes, from, OBJECT) {
            from = start + OBJECT.len();
            let Some(number) = number_before(bytes, start) else {
                continue;
            };
            let read = Dictionary::read(bytes, from, &mut self.effort);
            if self.effort.0 < EFFORT.1 / 2 {
                return Err(PdfError::TooHeavy);
            }
            let Some(dictionary) = read else { continue };
            self.trees.note(number, &dictionary);
            if let Some(signature) = signatures::of(&dictionary, bytes.len()) {
                if self.signatures.len() >= MAX_SIGNATURES {
                    return Err(PdfError::TooHeavy);
                }
                self.signatures.push(signature);
            }
            // What looks like an object inside a stream is none.
            if let Some((data, end)) = stream(bytes, &dictionary) {
                if dictionary.is("ObjStm") {
                    self.object_stream(&dictionary, data)?;
                }
                from = end;
            }
        }
        Ok(())
    }

    /// Objects that lie packed in a stream (clause 7.5.7). Signatures cannot: their values would move.
    fn object_stream(&mut self, about: &Dictionary<'_>, data: &[u8]) -> Result<(), PdfError> {
        let deflated = match about.get("Filter") {
            Some([Token::Name(name)] | [_, Token::Name(name), _]) => *name == b"FlateDecode",
            _ => false,
        };
        let (Some(first), Some(count), true) = (about.number("First"), about.number("N"), deflated)
        else {
            return Ok(());
        };
        let mut bytes = Vec::new();
        let inflated = ZlibDecoder::new(data).take(self.inflatable + 1);
        let whole = { inflated }.read_to_end(&mut bytes);
        self.inflatable = match self.inflatable.checked_sub(bytes.len() as u64) {
            Some(left) => left,
            None => return Err(PdfError::TooHeavy),
        };
        // An encrypted one does not inflate; it tells nothing.
        let (Ok(_), Ok(first)) = (whole, usize::try_from(first)) else {
            return Ok(());
        };
        let most = usize::try_from(count).map_or(MAX_IN_STREAM, |count| count.min(MAX_IN_STREAM));
        let places = lexer::numbers(bytes.get(..first).unwrap_or_default(), most * 2);
        let mut effort = Effort(bytes.len() * EFFORT.0 + EFFORT.1);
        for place in places.chunks_exact(2) {
            let [number, offset] = *place else { continue };
            let at = usize::try_from(offset)
                .ok()
                .and_then(|at| first.checked_add(at));
            let read = at.and_then(|at| Dictionary::read(&bytes, at, &mut effort));
            if effort.0 < EFFORT.1 / 2 {
                return Err(PdfError::TooHeavy);
            }
            if let Some(dictionary) = read {
                self.trees.note(number, &dictionary);
            }
        }
        Ok(())
    }
}

/// The number of the object whose keyword stands at `start`: `12 0 obj`, not `endobj`.
fn number_before(bytes: &[u8], start: usize) -> Option<u64> {
    // No number of an object or a generation has more digits.
    let near = bytes.get(start.saturating_sub(32)..start)?;
    if !near.last().is_some_and(|byte| is_blank(*byte)) {
        return None;
    }
    let mut words = near
        .rsplit(|byte| is_blank(*byte))
        .filter(|word| !word.is_empty());
    let generation = std::str::from_utf8(words.next()?).ok()?;
    generation.parse::<u16>().ok()?;
    let number = words.next()?;
    let digits = number.iter().rev().take_while(|byte| byte.is_ascii_digit());
    let number = number.get(number.len() - digits.count()..)?;
    std::str::from_utf8(number).ok()?.parse().ok()
}

/// The data of the stream behind a dictionary, and where it ends.
fn stream<'a>(bytes: &'a [u8], about: &Dictionary<'_>) -> Option<(&'a [u8], usize)> {
    let rest = bytes.get(about.end..)?;
    let blank = rest.iter().take_while(|byte| is_blank(**byte)).count();
    let keyword = about.end + blank;
    if !bytes.get(keyword..)?.starts_with(STREAM) {
        return None;
    }
    let after = keyword + STREAM.len();
    let start = match bytes.get(after..)? {
        [b'\r', b'\n', ..] => after + 2,
        [b'\r' | b'\n', ..] => after + 1,
        _ => return None,
    };
    let told = about.number("Length").and_then(|length| {
        let end = start.checked_add(usize::try_from(length).ok()?)?;
        let behind = bytes.get(end..)?.get(..STREAM_END.len() + 2)?;
        lexer::position(behind, 0, STREAM_END).map(|_| end)
    });
    // A length that is a reference, or wrong: the keyword ends it.
    let end = told.or_else(|| lexer::position(bytes, start, STREAM_END))?;
    Some((bytes.get(start..end)?, end + STREAM_END.len()))
}
