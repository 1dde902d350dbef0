//! The tokens of a PDF object (ISO 32000-1 clauses 7.2 and 7.3), read where they stand.

use std::borrow::Cow;

/// The most tokens of one object that are looked at.
const MAX_TOKENS: usize = 4096;
/// The deepest nesting of dictionaries and arrays.
const MAX_DEPTH: usize = 16;
/// The longest string or word that is read: signatures with their certificates and timestamps are
/// shorter.
const MAX_TOKEN: usize = 1 << 20;

/// How many more bytes may be looked at: dictionaries that never end would have every later byte
/// read again and again.
#[derive(Debug, Clone, Copy)]
pub(super) struct Effort(pub(super) usize);

impl Effort {
    /// What is too dear takes all that is left: tried again and again it would cost without end.
    fn spend(&mut self, bytes: usize) -> Option<()> {
        let left = self.0.checked_sub(bytes);
        self.0 = left.unwrap_or(0);
        left.map(|_| ())
    }
}

/// A token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// A name, as it is written behind its slash.
    Name(&'a [u8]),
    /// A whole number that is not below zero.
    Number(u64),
    /// A hexadecimal string: where its `<` stands, and where its `>` ends.
    Hex(usize, usize),
    /// `<<` or `[`.
    Open(Bracket),
    /// `>>` or `]`.
    Close(Bracket),
    /// Anything else: a literal string, another number, a keyword.
    Other,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bracket {
    Dictionary,
    Array,
}

/// A dictionary of the file; those inside of it are not looked into.
#[derive(Debug)]
pub(super) struct Dictionary<'a> {
    entries: Vec<(Cow<'a, [u8]>, Vec<Token<'a>>)>,
    /// Where it ends.
    pub(super) end: usize,
}

impl<'a> Dictionary<'a> {
    /// The one that starts at `at`, white space and comments left out; `None` if there is none, or it
    /// is malformed or beyond the limits.
    pub(super) fn read(bytes: &'a [u8], at: usize, effort: &mut Effort) -> Option<Self> {
        let mut lexer = Lexer { bytes, at, effort };
        if lexer.next()? != Token::Open(Bracket::Dictionary) {
            return None;
        }
        let mut entries: Vec<(Cow<'_, [u8]>, Vec<Token<'_>>)> = Vec::new();
        let mut open = vec![Bracket::Dictionary];
        let mut wants_key = true;
        for _ in 0..MAX_TOKENS {
            let token = lexer.next()?;
            match token {
                Token::Close(bracket) => {
                    if open.pop()? != bracket {
                        return None;
                    }
                    if open.is_empty() {
                        let end = lexer.at;
                        return Some(Self { entries, end });
                    }
                }
                Token::Open(bracket) => {
                    if open.len() >= MAX_DEPTH {
                        return None;
                    }
                    open.push(bracket);
                }
                _ => {}
            }
            if wants_key {
                let Token::Name(key) = token else { return None };
                entries.push((plain(key), Vec::new()));
                wants_key = false;
                continue;
            }
            let (_, value) = entries.last_mut()?;
            value.push(token);
            if open.len() > 1 {
                continue;
            }
            // A value that is a reference has two more tokens: they are taken up to the next name.
            let next = lexer.at;
            wants_key = matches!(lexer.next()?, Token::Name(_) | Token::Close(_));
            lexer.at = next;
        }
        None
    }

    /// The tokens of an entry.
    pub(super) fn get(&self, key: &str) -> Option<&[Token<'a>]> {
        let mut named = self.entries.iter();
        let named = named.find(|(name, _)| **name == *key.as_bytes());
        named.map(|(_, value)| value.as_slice())
    }

    /// An entry that is a name, without its escapes.
    pub(super) fn name(&self, key: &str) -> Option<Cow<'a, [u8]>> {
        match self.get(key) {
            Some([Token::Name(name)]) => Some(plain(name)),
            _ => None,
        }
    }

    /// Whether its `Type` is this.
    pub(super) fn is(&self, kind: &str) -> bool {
        self.name("Type")
            .is_some_and(|name| *name == *kind.as_bytes())
    }

    /// An entry that is a whole number.
    pub(super) fn number(&self, key: &str) -> Option<u64> {
        match self.get(key) {
            Some([Token::Number(number)]) => Some(*number),
            _ => None,
        }
    }

    /// The number of the object an entry refers to.
    pub(super) fn reference(&self, key: &str) -> Option<u64> {
        match self.get(key) {
            Some([Token::Number(object), Token::Number(_), Token::Other]) => Some(*object),
            _ => None,
        }
    }
}

/// A name without its escapes: `#` and two digits stand for a byte.
fn plain(name: &[u8]) -> Cow<'_, [u8]> {
    if !name.contains(&b'#') {
        return Cow::Borrowed(name);
    }
    let digit = |byte: &u8| char::from(*byte).to_digit(16);
    let mut plain = Vec::with_capacity(name.len());
    let mut rest = name;
    while let Some((first, after)) = rest.split_first() {
        let escaped = match (first, after) {
            (b'#', [high, low, ..]) => digit(high).zip(digit(low)),
            _ => None,
        };
        let byte = escaped.and_then(|(high, low)| u8::try_from(high * 16 + low).ok());
        plain.push(byte.unwrap_or(*first));
        let taken = if byte.is_some() { 3 } else { 1 };
        rest = rest.get(taken..).unwrap_or_default();
    }
    Cow::Owned(plain)
}

struct Lexer<'a, 'e> {
    bytes: &'a [u8],
    at: usize,
    effort: &'e mut Effort,
}

impl<'a> Lexer<'a, '_> {
    fn next(&mut self) -> Option<Token<'a>> {
        self.skip_blank()?;
        let start = self.at;
        let rest = self.bytes.get(start..)?;
        let rest = rest.get(..MAX_TOKEN).unwrap_or(rest);
        let (token, length) = match rest {
            [b'<', b'<', ..] => (Token::Open(Bracket::Dictionary), 2),
            [b'>', b'>', ..] => (Token::Close(Bracket::Dictionary), 2),
            [b'[', ..] => (Token::Open(Bracket::Array), 1),
            [b']', ..] => (Token::Close(Bracket::Array), 1),
            [b'<', ..] => {
                let other = |byte: &u8| !byte.is_ascii_hexdigit() && !is_blank(*byte);
                let inside = rest.iter().skip(1).position(other);
                let length = inside.unwrap_or(rest.len()) + 2;
                self.effort.spend(length)?;
                if rest.get(length - 1) != Some(&b'>') {
                    return None;
                }
                (Token::Hex(start, start + length), length)
            }
            [b'(', ..] => {
                let length = literal(rest);
                self.effort.spend(length.unwrap_or(rest.len()))?;
                (Token::Other, length?)
            }
            [b'/', after @ ..] => {
                let length = word(after);
                self.effort.spend(length)?;
                (Token::Name(after.get(..length)?), length + 1)
            }
            _ => {
                let length = word(rest);
                self.effort.spend(length)?;
                let text = std::str::from_utf8(rest.get(..length)?).ok();
                let number = text.and_then(|text| text.parse().ok());
                (number.map_or(Token::Other, Token::Number), length)
            }
        };
        if length == 0 {
            return None;
        }
        self.effort.spend(4)?;
        self.at += length;
        Some(token)
    }

    fn skip_blank(&mut self) -> Option<()> {
        let start = self.at;
        while let Some(byte) = self.bytes.get(self.at) {
            if *byte == b'%' {
                let rest = self.bytes.get(self.at..).unwrap_or_default();
                let line = rest.iter().position(|byte| matches!(byte, b'\r' | b'\n'));
                self.at += line.unwrap_or(rest.len());
            } else if is_blank(*byte) {
                self.at += 1;
            } else {
                break;
            }
        }
        self.effort.spend(self.at - start)
    }
}

/// White space (ISO 32000-1 table 1).
pub(super) fn is_blank(byte: u8) -> bool {
    matches!(byte, 0 | 9 | 10 | 12 | 13 | 32)
}

/// Where `wanted` stands at or after `from`.
pub(super) fn position(bytes: &[u8], from: usize, wanted: &[u8]) -> Option<usize> {
    let rest = bytes.get(from..)?;
    let at = rest.windows(wanted.len()).position(|found| found == wanted);
    at.map(|at| from + at)
}

/// The whole numbers at the start, with blanks between.
pub(super) fn numbers(bytes: &[u8], most: usize) -> Vec<u64> {
    let words = bytes
        .split(|byte| is_blank(*byte))
        .filter(|word| !word.is_empty());
    let number = |word: &[u8]| std::str::from_utf8(word).ok()?.parse().ok();
    words.map_while(number).take(most).collect()
}

/// How long a word without delimiters is.
fn word(bytes: &[u8]) -> usize {
    let ends = |byte: &u8| is_blank(*byte) || b"()<>[]{}/%".contains(byte);
    bytes.iter().position(ends).unwrap_or(bytes.len())
}

/// How long the literal string at the start is, its brackets included.
fn literal(bytes: &[u8]) -> Option<usize> {
    let (mut depth, mut escaped) = (0_usize, false);
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'(' => depth += 1,
            b')' => {
                depth -= 1;
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            _ => {}
        }
    }
    None
}
