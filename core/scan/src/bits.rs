//! A picture of black and white: as words for the search, as rxing's matrix for reading a code.

use rxing::common::{BitArray, BitMatrix};

/// Pixels in a word, which is one of rxing.
const IN_WORD: usize = usize::BITS as usize;

/// Black and white; a set bit is dark, the lowest bit of a word is its leftmost pixel.
pub(crate) struct Bits {
    pub(crate) matrix: BitMatrix,
    words: Vec<usize>,
    words_in_row: usize,
}

/// Rows being made: every pixel begins light.
pub(crate) struct Drawing {
    width: u32,
    height: u32,
    words: Vec<usize>,
    words_in_row: usize,
}

impl Drawing {
    pub(crate) fn new(width: u32, height: u32) -> Self {
        let words_in_row = (width as usize).div_ceil(IN_WORD);
        Self {
            width,
            height,
            words: vec![0; words_in_row * height as usize],
            words_in_row,
        }
    }

    /// Darkens the pixels of a row whose mark is 1; every mark is 0 or 1.
    pub(crate) fn darken(&mut self, y: usize, marks: &[u8]) {
        let words = &mut self.words[y * self.words_in_row..][..self.words_in_row];
        for (word, marks) in words.iter_mut().zip(marks.chunks(IN_WORD)) {
            let (eights, rest) = marks.as_chunks::<8>();
            for (at, eight) in eights.iter().enumerate() {
                *word |= packed(*eight) << (8 * at);
            }
            for (at, mark) in rest.iter().enumerate() {
                *word |= usize::from(*mark) << (8 * eights.len() + at);
            }
        }
    }

    /// The picture; none without pixels.
    pub(crate) fn done(self) -> Option<Bits> {
        let mut matrix = BitMatrix::new(self.width, self.height).ok()?;
        let mut line = BitArray::with_size(self.width as usize);
        for (y, words) in (0..self.height).zip(self.words.chunks_exact(self.words_in_row)) {
            for (at, word) in words.iter().enumerate() {
                line.setBulk(at * IN_WORD, *word);
            }
            matrix.setRow(y, &line);
        }
        Some(Bits {
            matrix,
            words: self.words,
            words_in_row: self.words_in_row,
        })
    }
}

/// Eight marks as eight bits: the factor moves each mark to its place in the highest byte.
fn packed(marks: [u8; 8]) -> usize {
    (u64::from_le_bytes(marks).wrapping_mul(0x0102_0408_1020_4080) >> 56) as usize
}

impl Bits {
    /// Lengths of light and dark runs of a row, in turn and beginning and ending with light (which
    /// may be of no length), as rxing wants them.
    pub(crate) fn runs(&self, y: u32, runs: &mut Vec<u16>) {
        runs.clear();
        let mut start = 0;
        for place in self.changes(y) {
            runs.push((place - start) as u16);
            start = place;
        }
        runs.push((self.matrix.width() as usize - start) as u16);
        if runs.len().is_multiple_of(2) {
            runs.push(0);
        }
    }

    /// The share of neighbouring pixels along every sixteenth row that differ.
    pub(crate) fn edges(&self) -> f32 {
        let rows = (0..self.matrix.height()).step_by(16);
        let changes: usize = rows.clone().map(|y| self.changes(y).count()).sum();
        changes as f32 / (rows.len() * self.matrix.width() as usize).max(1) as f32
    }

    /// Where a row changes its colour, from the left; before it all is light.
    fn changes(&self, y: u32) -> impl Iterator<Item = usize> {
        let words = &self.words[y as usize * self.words_in_row..][..self.words_in_row];
        let width = self.matrix.width() as usize;
        let before = std::iter::once(0).chain(words.iter().map(|word| word >> (IN_WORD - 1)));
        let changes = words.iter().zip(before).enumerate();
        changes
            .flat_map(|(at, (word, before))| {
                let mut left = word ^ (word << 1 | before);
                std::iter::from_fn(move || {
                    let place = left.trailing_zeros() as usize;
                    left &= left.wrapping_sub(1);
                    (place < IN_WORD).then_some(at * IN_WORD + place)
                })
            })
            .filter(move |place| *place < width)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rxing::common::cpp_essentials::{GetPatternRowTP, PatternRow};

    proptest! {
        #[test]
        fn runs_are_those_that_rxing_counts(marks in prop::collection::vec(0u8..2, 1..300)) {
            let mut drawing = Drawing::new(marks.len() as u32, 1);
            drawing.darken(0, &marks);
            let bits = drawing.done().unwrap();
            for (x, mark) in marks.iter().enumerate() {
                prop_assert_eq!(bits.matrix.get(x as u32, 0), *mark == 1);
            }
            let mut theirs = PatternRow::default();
            GetPatternRowTP(&bits.matrix, 0, &mut theirs, false);
            let mut ours = Vec::new();
            bits.runs(0, &mut ours);
            let theirs = theirs.into_pattern_view();
            prop_assert_eq!(&ours[..], theirs.data());
        }
    }
}
