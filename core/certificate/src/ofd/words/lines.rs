//! From pieces of text to lines in reading order.

use super::{PlacedCharacter, Quad, TextLine};

/// A gap this much of a sign's height wide is a space.
const SPACE: f32 = 0.35;

/// Characters that one object puts on one line.
#[derive(Debug)]
pub(super) struct Piece {
    characters: Vec<PlacedCharacter>,
    /// Whether signs stand upright under each other.
    column: bool,
    covered: bool,
    /// Left, top, right, bottom.
    bounds: [f32; 4],
}

impl Piece {
    pub(super) fn new(characters: Vec<PlacedCharacter>, column: bool, covered: bool) -> Self {
        let mut whole = [f32::MAX, f32::MAX, f32::MIN, f32::MIN];
        for placed in &characters {
            let [left, top, right, bottom] = bounds(&placed.quad);
            whole = [
                whole[0].min(left),
                whole[1].min(top),
                whole[2].max(right),
                whole[3].max(bottom),
            ];
        }
        Self {
            characters,
            column,
            covered,
            bounds: whole,
        }
    }

    fn height(&self) -> f32 {
        (self.bounds[3] - self.bounds[1]).max(0.01)
    }

    /// Whether it stands beside another on one line: half of the lower one's height is shared. What
    /// was added to a sealed page never goes on in a sealed line.
    fn is_beside(&self, other: &Self) -> bool {
        let shared = self.bounds[3].min(other.bounds[3]) - self.bounds[1].max(other.bounds[1]);
        self.covered == other.covered
            && !self.column
            && !other.column
            && shared > self.height().min(other.height()) * 0.5
    }
}

/// Left, top, right and bottom of a quad.
pub(super) fn bounds(quad: &Quad) -> [f32; 4] {
    let xs = quad.map(|(x, _)| x);
    let ys = quad.map(|(_, y)| y);
    let least = |values: [f32; 4]| values.into_iter().fold(f32::MAX, f32::min);
    let most = |values: [f32; 4]| values.into_iter().fold(f32::MIN, f32::max);
    [least(xs), least(ys), most(xs), most(ys)]
}

pub(super) fn joined(mut pieces: Vec<Piece>) -> Vec<TextLine> {
    // Equal places keep painting order.
    pieces.sort_by(|a, b| a.bounds[1].total_cmp(&b.bounds[1]));
    let mut lines: Vec<Vec<Piece>> = Vec::new();
    for piece in pieces {
        // Lower lines end the search: a piece joins only what starts near it.
        let found = lines
            .iter_mut()
            .rev()
            .take(64)
            .find(|line| line.first().is_some_and(|first| first.is_beside(&piece)));
        match found {
            Some(line) => line.push(piece),
            None => lines.push(vec![piece]),
        }
    }
    let mut lines: Vec<Vec<Piece>> = lines.into_iter().map(in_line).collect();
    columns_from_the_right(&mut lines);
    lines.into_iter().map(line).collect()
}

fn in_line(mut line: Vec<Piece>) -> Vec<Piece> {
    line.sort_by(|a, b| a.bounds[0].total_cmp(&b.bounds[0]));
    line
}

/// Neighbouring columns of upright signs are read from the right.
fn columns_from_the_right(lines: &mut [Vec<Piece>]) {
    let is_column = |line: &Vec<Piece>| line.first().is_some_and(|piece| piece.column);
    for run in lines.chunk_by_mut(|a, b| is_column(a) && is_column(b)) {
        if run.first().is_some_and(is_column) {
            let left = |line: &Vec<Piece>| line.first().map_or(0.0, |piece| piece.bounds[0]);
            run.sort_by(|a, b| left(b).total_cmp(&left(a)));
        }
    }
}

fn line(pieces: Vec<Piece>) -> TextLine {
    let covered = pieces.iter().all(|piece| piece.covered);
    let mut characters: Vec<PlacedCharacter> = Vec::new();
    for piece in pieces {
        let height = piece.height();
        if let (Some(last), Some(next)) = (characters.last().copied(), piece.characters.first()) {
            let gap = piece.bounds[0] - bounds(&last.quad)[2];
            let spaced = last.character.is_whitespace() || next.character.is_whitespace();
            if gap > height * SPACE && !spaced {
                let ([_, b, c, _], [a, _, _, d]) = (last.quad, next.quad);
                characters.push(PlacedCharacter {
                    character: ' ',
                    quad: [b, a, d, c],
                });
            }
        }
        characters.extend(piece.characters);
    }
    TextLine {
        characters,
        covered,
    }
}
