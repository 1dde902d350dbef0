//! The words of a page and where they stand: for searching, selecting, and reading aloud.
//!
//! Files hold text in painting order, often one object a word. Here it is put into reading order:
//! lines from the top, each from the left; columns of upright signs from the right. In a file that
//! carries a signature, what no signature covers stands on lines of its own, and is marked.

mod lines;

use std::ops::Range;

use tiny_skia::{Point, Transform};

use crate::ofd::limits::MAX_OBJECTS;
use crate::ofd::read::Ofd;
use crate::ofd::read::covered::Covered;
use crate::ofd::read::object::{Direction, Object, TextObject};
use crate::ofd::read::page::{PageContent, PageError};
use crate::ofd::typeset::{self, Fonts};
use lines::Piece;

/// How far a sign reaches over its baseline, and under it, in em squares.
const OVER: f32 = 0.88;
const UNDER: f32 = 0.12;

/// The four corners of a sign or of a run of them, clockwise from where its text starts, in
/// millimetres of the page.
pub type Quad = [(f32, f32); 4];

/// A character and where it stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PlacedCharacter {
    /// The character.
    pub character: char,
    /// Its corners.
    pub quad: Quad,
}

/// Characters that are read one after the other.
#[derive(Debug, Clone, PartialEq)]
pub struct TextLine {
    /// The characters; a gap in the line is a space between the corners around it.
    pub characters: Vec<PlacedCharacter>,
    /// Whether the file may be taken at its word here: a signature covers all of the line, or the
    /// file carries none and claims nothing. What is not covered is drawn grey and hatched.
    pub covered: bool,
}

impl TextLine {
    /// The line as text.
    pub fn text(&self) -> String {
        self.characters
            .iter()
            .map(|placed| placed.character)
            .collect()
    }
}

/// The words of a page in reading order.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PageWords {
    /// The lines.
    pub lines: Vec<TextLine>,
}

/// Words that were found or selected.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// What stands there, a line feed between lines.
    pub text: String,
    /// Where, one quad a line.
    pub quads: Vec<Quad>,
    /// Whether all of its lines are covered, as [`TextLine::covered`] says.
    pub covered: bool,
}

/// The words of a page, counted from 0. The host's font matters where the file embeds none and
/// leaves distances to the font.
///
/// Like drawing, it has the signatures judged if nobody handed a verdict to [`Ofd::judged`].
///
/// # Errors
/// Any [`PageError`].
pub fn page_words(
    ofd: &Ofd,
    index: usize,
    fallback_font: Option<&[u8]>,
) -> Result<PageWords, PageError> {
    let page = ofd.page(index)?;
    Ok(words_of(ofd, &page, fallback_font))
}

fn words_of(ofd: &Ofd, page: &PageContent, fallback_font: Option<&[u8]>) -> PageWords {
    let mut gather = Gather {
        fonts: Fonts::new(ofd, &page.resources, fallback_font),
        pieces: Vec::new(),
        covered: true,
        left: MAX_OBJECTS,
    };
    let mut covered = Covered::of(ofd, page);
    for (number, object) in page.objects.iter().enumerate() {
        gather.covered = covered
            .as_mut()
            .is_none_or(|covered| covered.object(number, object));
        gather.objects(std::slice::from_ref(object), Transform::identity());
    }
    for annotation in page.annotations.iter().filter(|found| found.visible) {
        let (x, y) = (annotation.boundary.x(), annotation.boundary.y());
        gather.covered = covered
            .as_mut()
            .is_none_or(|covered| covered.annotation(annotation));
        gather.objects(&annotation.objects, Transform::from_translate(x, y));
    }
    PageWords {
        lines: lines::joined(gather.pieces),
    }
}

struct Gather<'p> {
    fonts: Fonts<'p>,
    pieces: Vec<Piece>,
    /// Whether what is gathered now is covered.
    covered: bool,
    /// How many more objects are looked at.
    left: usize,
}

impl Gather<'_> {
    fn objects(&mut self, objects: &[Object], to_page: Transform) {
        for object in objects {
            self.left = self.left.saturating_sub(1);
            match object {
                _ if self.left == 0 => return,
                Object::Text(text) => self.text(text, to_page),
                Object::Group(group) => {
                    self.objects(&group.objects, group.look.own(to_page));
                }
                Object::Path(_) | Object::Picture(_) => {}
            }
        }
    }

    fn text(&mut self, text: &TextObject, to_page: Transform) {
        let own = text.look.own(to_page);
        let faces = self.fonts.of(text);
        let mut placed = Vec::new();
        for sign in typeset::signs(text, &faces) {
            let quad = quad(text, own, sign.at, sign.advance);
            // Characters that share a glyph share its width.
            let count = sign.characters.len();
            for (at, index) in sign.characters.enumerate() {
                if let Some(character) = text.character(index) {
                    placed.push(PlacedCharacter {
                        character,
                        quad: share(quad, at, count),
                    });
                }
            }
        }
        let upright = text.turn_degrees.rem_euclid(180.0) < 45.0;
        let falls = text.runs.iter().any(|run| {
            let still = run
                .right
                .as_ref()
                .is_none_or(|steps| steps.iter().all(|s| *s == 0.0));
            let down = run
                .down
                .as_ref()
                .is_some_and(|steps| steps.iter().any(|s| *s > 0.0));
            still && down
        });
        let column = upright && (falls || text.reads == Direction::Down);
        // Writers end one object and start the next at a line break: each run is a piece.
        let mut from = 0;
        let ends = text.runs.iter().map(|run| run.characters.len());
        for length in ends {
            let piece: Vec<_> = placed.iter().skip(from).take(length).copied().collect();
            from += length;
            if piece.iter().any(|placed| !placed.character.is_whitespace()) {
                self.pieces.push(Piece::new(piece, column, self.covered));
            }
        }
    }
}

/// The corners of a sign on the page.
fn quad(text: &TextObject, own: Transform, (x, y): (f32, f32), advance: f32) -> Quad {
    let size = text.size_mm;
    let turned = Transform::from_rotate(text.turn_degrees).post_translate(x, y);
    let to_page = own.pre_concat(turned);
    [
        (0.0, -OVER * size),
        (advance, -OVER * size),
        (advance, UNDER * size),
        (0.0, UNDER * size),
    ]
    .map(|(x, y)| {
        let mut point = Point::from_xy(x, y);
        to_page.map_point(&mut point);
        (point.x, point.y)
    })
}

/// The part `at` of `count` equal parts along the baseline.
fn share(quad: Quad, at: usize, count: usize) -> Quad {
    if count <= 1 {
        return quad;
    }
    #[expect(clippy::cast_precision_loss, reason = "a few characters")]
    let (from, to) = (at as f32 / count as f32, (at + 1) as f32 / count as f32);
    let [a, b, c, d] = quad;
    let mix = |p: (f32, f32), q: (f32, f32), share: f32| {
        (p.0 + (q.0 - p.0) * share, p.1 + (q.1 - p.1) * share)
    };
    [
        mix(a, b, from),
        mix(a, b, to),
        mix(d, c, to),
        mix(d, c, from),
    ]
}

impl PageWords {
    /// The page as text, for a screen reader: a line feed between lines.
    pub fn text(&self) -> String {
        self.joined(|_| true)
    }

    /// The lines that a signature covers, or that no signature does, a line feed between them.
    pub fn text_covered(&self, covered: bool) -> String {
        self.joined(|line| line.covered == covered)
    }

    fn joined(&self, wanted: impl Fn(&TextLine) -> bool) -> String {
        let lines = self.lines.iter().filter(|line| wanted(line));
        lines.map(TextLine::text).collect::<Vec<_>>().join("\n")
    }

    /// Every place where `query` stands, first to last.
    ///
    /// White space is not looked at, nor letter case, nor whether a sign is as wide as a Chinese
    /// one; words that go on in the next line are found.
    pub fn find(&self, query: &str) -> Vec<Found> {
        let wanted: Vec<char> = query.chars().flat_map(folded).collect();
        if wanted.is_empty() {
            return Vec::new();
        }
        let mut all = Vec::new();
        for (line, text) in self.lines.iter().enumerate() {
            for (at, placed) in text.characters.iter().enumerate() {
                all.extend(folded(placed.character).map(|sign| (sign, (line, at))));
            }
        }
        let mut found = Vec::new();
        let mut from = 0;
        while let Some(window) = all.get(from..from + wanted.len()) {
            if window.iter().map(|(sign, _)| sign).eq(&wanted) {
                if let (Some((_, first)), Some((_, last))) = (window.first(), window.last()) {
                    found.push(self.between(*first, *last));
                }
                from += wanted.len();
            } else {
                from += 1;
            }
        }
        found
    }

    /// What a person selects by pressing at one place and letting go at another, millimetres of the
    /// page; `None` on a page without words.
    pub fn select(&self, from: (f32, f32), to: (f32, f32)) -> Option<Found> {
        let (first, last) = (self.nearest(from)?, self.nearest(to)?);
        Some(self.between(first.min(last), first.max(last)))
    }

    /// The character nearest to a place.
    fn nearest(&self, (x, y): (f32, f32)) -> Option<(usize, usize)> {
        let all = self.lines.iter().enumerate().flat_map(|(line, text)| {
            let signs = text.characters.iter().enumerate();
            signs.map(move |(at, placed)| ((line, at), placed.quad))
        });
        let distance = |quad: &Quad| {
            let [left, top, right, bottom] = lines::bounds(quad);
            let beside = (left - x).max(x - right).max(0.0);
            let over = (top - y).max(y - bottom).max(0.0);
            beside * beside + over * over
        };
        all.min_by(|(_, a), (_, b)| distance(a).total_cmp(&distance(b)))
            .map(|(place, _)| place)
    }

    /// What stands from one character to another, both included.
    fn between(&self, first: (usize, usize), last: (usize, usize)) -> Found {
        let (mut texts, mut quads) = (Vec::new(), Vec::new());
        let mut covered = true;
        for line in first.0..=last.0 {
            let Some(text) = self.lines.get(line) else {
                continue;
            };
            let from = if line == first.0 { first.1 } else { 0 };
            let end = text.characters.len();
            let to = if line == last.0 {
                (last.1 + 1).min(end)
            } else {
                end
            };
            let (words, quad) = text.part(from..to);
            texts.push(words);
            quads.extend(quad);
            covered &= text.covered;
        }
        Found {
            text: texts.join("\n"),
            quads,
            covered,
        }
    }
}

impl TextLine {
    fn part(&self, range: Range<usize>) -> (String, Option<Quad>) {
        let part = self.characters.get(range).unwrap_or_default();
        let text = part.iter().map(|placed| placed.character).collect();
        let quad = match part {
            [] => None,
            [only] => Some(only.quad),
            [first, .., last] => {
                let ([a, _, _, d], [_, b, c, _]) = (first.quad, last.quad);
                // Upright signs under each other: the quad goes from the top of the first down.
                let falls = (c.1 - a.1).abs() > (b.0 - a.0).abs() * 2.0;
                let [_, across, ..] = first.quad;
                let [_, _, _, under] = last.quad;
                Some(if falls {
                    [a, across, c, under]
                } else {
                    [a, b, c, d]
                })
            }
        };
        (text, quad)
    }
}

/// What a character is compared as; nothing for white space.
fn folded(character: char) -> impl Iterator<Item = char> {
    let narrow = match character {
        '\u{3000}' => ' ',
        '\u{FF01}'..='\u{FF5E}' => {
            char::from_u32(u32::from(character) - 0xFEE0).unwrap_or(character)
        }
        other => other,
    };
    narrow.to_lowercase().filter(|sign| !sign.is_whitespace())
}

#[cfg(test)]
mod tests;
