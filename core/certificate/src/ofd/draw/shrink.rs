//! Averaging rows of a picture into fewer pixels while they are read.
//!
//! Every pixel counts by the share of it that a smaller one covers, in parts of 256.

use tiny_skia::{Pixmap, PremultipliedColorU8};

/// One whole pixel, across or down.
const WHOLE: u64 = 256;

/// A picture being made smaller.
pub(super) struct Shrink {
    from: (u32, u32),
    to: (u32, u32),
    columns: Vec<Span>,
    /// Premultiplied colours and alpha of the row of pixels being summed.
    sums: Vec<[u64; 4]>,
    /// How many rows were read, and how much of them is in the sums.
    read: u32,
    rows: u64,
    pixels: Vec<PremultipliedColorU8>,
}

/// The columns a pixel is the mean of.
struct Span {
    first: usize,
    last: usize,
    /// How much of the first and of the last; of all between, everything.
    of_first: u32,
    of_last: u32,
    width: u64,
}

impl Span {
    fn of(at: u32, from: u32, to: u32) -> Self {
        let (start, end) = (edge(at, from, to), edge(at + 1, from, to));
        let index = |place: u64| usize::try_from(place / WHOLE).unwrap_or(usize::MAX);
        let part = |part: u64| u32::try_from(part).unwrap_or(0);
        let (first, last) = (index(start), index(end.saturating_sub(1)));
        let single = first == last;
        Self {
            first,
            last,
            of_first: part(if single {
                end - start
            } else {
                WHOLE - start % WHOLE
            }),
            of_last: part(if single { 0 } else { end - last as u64 * WHOLE }),
            width: end - start,
        }
    }
}

/// Where the pixel `at` of `to` starts, in parts of the pixels of `from`.
fn edge(at: u32, from: u32, to: u32) -> u64 {
    u64::from(at) * u64::from(from) * WHOLE / u64::from(to.max(1))
}

impl Shrink {
    /// `to` is at most `from`, both ways.
    pub(super) fn new(from: (u32, u32), to: (u32, u32)) -> Self {
        let columns = (0..to.0).map(|at| Span::of(at, from.0, to.0));
        Self {
            from,
            to,
            columns: columns.collect(),
            sums: vec![[0; 4]; to.0 as usize],
            read: 0,
            rows: 0,
            pixels: Vec::with_capacity(to.0 as usize * to.1 as usize),
        }
    }

    /// Takes the next row: 1 (grey), 2 (with alpha), 3 (colours) or 4 bytes a pixel.
    pub(super) fn row(&mut self, row: &[u8], channels: usize) {
        if self.read >= self.from.1 {
            return;
        }
        let start = u64::from(self.read) * WHOLE;
        self.read += 1;
        let done = u32::try_from(self.pixels.len()).unwrap_or(u32::MAX) / self.to.0.max(1);
        let end = edge(done + 1, self.from.1, self.to.1);
        let here = WHOLE.min(end.saturating_sub(start));
        match channels {
            1 => self.add(row.as_chunks().0, here, |[grey]: [u8; 1]| {
                [grey, grey, grey, 255]
            }),
            2 => self.add(row.as_chunks().0, here, |[grey, alpha]: [u8; 2]| {
                let grey = times(grey, alpha);
                [grey, grey, grey, alpha]
            }),
            3 => self.add(row.as_chunks().0, here, |[red, green, blue]: [u8; 3]| {
                [red, green, blue, 255]
            }),
            _ => self.add(
                row.as_chunks().0,
                here,
                |[red, green, blue, alpha]: [u8; 4]| {
                    [
                        times(red, alpha),
                        times(green, alpha),
                        times(blue, alpha),
                        alpha,
                    ]
                },
            ),
        }
    }

    /// Adds `here` of a row to the pixels being summed, and what is left of it to the next.
    fn add<const N: usize>(&mut self, row: &[[u8; N]], here: u64, of: impl Fn([u8; N]) -> [u8; 4]) {
        let rest = WHOLE - here;
        let mut next = if rest > 0 || self.ends(here) {
            vec![[0_u64; 4]; self.sums.len()]
        } else {
            Vec::new()
        };
        for (index, (sum, span)) in self.sums.iter_mut().zip(&self.columns).enumerate() {
            let Some(pixels) = row.get(span.first..=span.last) else {
                continue;
            };
            let mut across = [0_u32; 4];
            let mut put = |pixel: [u8; N], share: u32| {
                for (sum, part) in across.iter_mut().zip(of(pixel)) {
                    *sum += u32::from(part) * share;
                }
            };
            match *pixels {
                [] => {}
                [only] => put(only, span.of_first),
                [first, ref between @ .., last] => {
                    put(first, span.of_first);
                    put(last, span.of_last);
                    for pixel in between {
                        put(*pixel, 256);
                    }
                }
            }
            for (sum, part) in sum.iter_mut().zip(across) {
                *sum += u64::from(part) * here;
            }
            if rest > 0
                && let Some(next) = next.get_mut(index)
            {
                *next = across.map(|part| u64::from(part) * rest);
            }
        }
        self.rows += here;
        if self.ends(0) {
            self.put();
            self.sums = next;
            self.rows = rest;
        }
    }

    /// Whether the row of pixels is whole once `more` of a row is added.
    fn ends(&self, more: u64) -> bool {
        let done = u32::try_from(self.pixels.len()).unwrap_or(u32::MAX) / self.to.0.max(1);
        let height = edge(done + 1, self.from.1, self.to.1) - edge(done, self.from.1, self.to.1);
        self.rows + more >= height
    }

    fn put(&mut self) {
        for (sum, span) in self.sums.iter().zip(&self.columns) {
            let weight = (span.width * self.rows).max(1);
            let [red, green, blue, alpha] =
                sum.map(|sum| u8::try_from((sum + weight / 2) / weight).unwrap_or(u8::MAX));
            let least = |part: u8| part.min(alpha);
            let made =
                PremultipliedColorU8::from_rgba(least(red), least(green), least(blue), alpha);
            self.pixels
                .push(made.unwrap_or(PremultipliedColorU8::TRANSPARENT));
        }
    }

    /// The pixels; rows that never came are clear. `None` if none came.
    pub(super) fn finish(mut self) -> Option<Pixmap> {
        if self.read == 0 {
            return None;
        }
        if self.rows > 0 && self.read < self.from.1 {
            self.put();
        }
        let mut pixmap = Pixmap::new(self.to.0, self.to.1)?;
        for (to, from) in pixmap.pixels_mut().iter_mut().zip(&self.pixels) {
            *to = *from;
        }
        Some(pixmap)
    }
}

/// A colour premultiplied.
fn times(colour: u8, alpha: u8) -> u8 {
    let product = u16::from(colour) * u16::from(alpha);
    u8::try_from((product + 127) / 255).unwrap_or(u8::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shrunk(from: (u32, u32), to: (u32, u32), channels: usize, pixel: &[u8]) -> Vec<[u8; 4]> {
        let mut shrink = Shrink::new(from, to);
        let length = from.0 as usize * channels;
        let row: Vec<u8> = pixel.iter().copied().cycle().take(length).collect();
        for _ in 0..from.1 {
            shrink.row(&row, channels);
        }
        let pixmap = shrink.finish().unwrap();
        let pixels = pixmap.pixels().iter();
        pixels
            .map(|p| [p.red(), p.green(), p.blue(), p.alpha()])
            .collect()
    }

    #[test]
    fn even_pictures_stay_what_they_are() {
        for (channels, pixel, want) in [
            (1, &[77][..], [77, 77, 77, 255]),
            (2, &[200, 128][..], [100, 100, 100, 128]),
            (3, &[1, 128, 255][..], [1, 128, 255, 255]),
            (4, &[255, 0, 100, 51][..], [51, 0, 20, 51]),
        ] {
            let made = shrunk((37, 23), (7, 5), channels, pixel);
            assert_eq!(made.len(), 35);
            assert!(
                made.iter().all(|pixel| *pixel == want),
                "{channels}: {:?}",
                made[0]
            );
        }
    }

    #[test]
    fn pixels_count_by_their_share() {
        let made = shrunk((4, 4), (2, 2), 3, &[0, 0, 0, 200, 100, 50]);
        assert_eq!(made, vec![[100, 50, 25, 255]; 4]);
        // Two thirds of one and one third of the other.
        let made = shrunk((3, 1), (2, 1), 1, &[0, 90, 180]);
        assert_eq!([made[0][0], made[1][0]], [30, 150]);
        let made = shrunk((2, 2), (2, 2), 1, &[7, 9]);
        assert_eq!(made.iter().map(|p| p[0]).collect::<Vec<_>>(), [7, 9, 7, 9]);
    }

    proptest! {
        #[test]
        fn any_size_keeps_an_even_colour(from in (1_u32..60, 1_u32..60), share in (1_u32..61, 1_u32..61)) {
            let to = (share.0.min(from.0), share.1.min(from.1));
            let made = shrunk(from, to, 3, &[10, 20, 30]);
            prop_assert_eq!(made.len() as u32, to.0 * to.1);
            prop_assert!(made.iter().all(|pixel| *pixel == [10, 20, 30, 255]));
        }
    }
}
