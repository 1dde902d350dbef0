//! Averaging rows of a picture into fewer pixels while they are read.
//!
//! Every pixel counts by the share of it that a smaller one covers. Rows are summed first, as whole
//! numbers side by side, which processors do many at a time; columns only once a row is done.

use tiny_skia::{IntSize, Pixmap, PremultipliedColorU8};

/// One whole pixel, across or down.
const WHOLE: u32 = 256;

/// A picture being made smaller.
pub(super) struct Shrink {
    from: (u32, u32),
    to: (u32, u32),
    columns: Vec<Span>,
    /// Bytes a pixel: premultiplied colours, and alpha where there is one.
    channels: usize,
    /// A row with its colours premultiplied.
    line: Vec<u8>,
    /// The rows that make the next row of pixels, each byte times its share.
    sums: Vec<u32>,
    /// How many rows were read, and how much of them is in the sums.
    read: u32,
    rows: u32,
    /// How many rows of pixels are done, and whether only the last of them is kept.
    done: u32,
    keeps_last: bool,
    pixels: Option<Pixmap>,
}

/// The columns a pixel is the mean of.
struct Span {
    first: usize,
    last: usize,
    /// How much of the first and of the last; of all between, everything.
    of_first: f32,
    of_last: f32,
    width: f32,
}

impl Span {
    #[expect(clippy::cast_precision_loss, reason = "at most 16384 times 256")]
    fn of(at: u32, from: u32, to: u32) -> Self {
        let whole = u64::from(WHOLE);
        let (start, end) = (edge(at, from, to), edge(at + 1, from, to));
        let index = |place: u64| usize::try_from(place / whole).unwrap_or(usize::MAX);
        let (first, last) = (index(start), index(end.saturating_sub(1)));
        let single = first == last;
        let of_first = if single {
            end - start
        } else {
            whole - start % whole
        };
        let of_last = if single { 0 } else { end - last as u64 * whole };
        Self {
            first,
            last,
            of_first: of_first as f32 / 256.0,
            of_last: of_last as f32 / 256.0,
            width: (end - start) as f32 / 256.0,
        }
    }
}

/// Where the pixel `at` of `to` starts, in parts of the pixels of `from`.
fn edge(at: u32, from: u32, to: u32) -> u64 {
    u64::from(at) * u64::from(from) * u64::from(WHOLE) / u64::from(to.max(1))
}

impl Shrink {
    /// `to` is at most `from`, both ways.
    pub(super) fn new(from: (u32, u32), to: (u32, u32)) -> Self {
        let columns = (0..to.0).map(|at| Span::of(at, from.0, to.0));
        Self {
            from,
            to,
            columns: columns.collect(),
            channels: 0,
            line: Vec::new(),
            sums: Vec::new(),
            read: 0,
            rows: 0,
            done: 0,
            keeps_last: false,
            pixels: Pixmap::new(to.0, to.1),
        }
    }

    /// Shrinks the rows of a whole picture in the memory they lie in: a large scan is not held beside
    /// its smaller self. Such as take no less room smaller are given back.
    pub(super) fn in_place(
        mut bytes: Vec<u8>,
        channels: usize,
        from: (u32, u32),
        to: (u32, u32),
    ) -> Result<Option<Pixmap>, Vec<u8>> {
        let area = |(width, height): (u32, u32)| width as usize * height as usize;
        let fits = area(to) * 4 <= area(from) * channels && bytes.len() == area(from) * channels;
        let Some((size, last)) = IntSize::from_wh(to.0, to.1)
            .zip(Pixmap::new(to.0, 1))
            .filter(|_| fits)
        else {
            return Err(bytes);
        };
        let mut shrink = Self::new(from, (to.0, 0));
        shrink.to = to;
        shrink.keeps_last = true;
        shrink.pixels = Some(last);
        let across = from.0 as usize * channels;
        let mut row = Vec::with_capacity(across);
        let mut written = 0;
        for at in 0..from.1 as usize {
            row.clear();
            row.extend_from_slice(
                bytes
                    .get(at * across..(at + 1) * across)
                    .unwrap_or_default(),
            );
            let done = shrink.done;
            shrink.row(&row, channels);
            // What is written never reaches what is still to be read.
            if let (true, Some(made)) = (shrink.done > done, &shrink.pixels) {
                let made = made.data();
                let end = written + made.len();
                if let Some(place) = bytes.get_mut(written..end) {
                    place.copy_from_slice(made);
                }
                written = end;
            }
        }
        bytes.truncate(written);
        bytes.shrink_to_fit();
        Ok(Pixmap::from_vec(bytes, size))
    }

    /// Takes the next row: 1 (grey), 2 (with alpha), 3 (colours) or 4 bytes a pixel.
    pub(super) fn row(&mut self, row: &[u8], channels: usize) {
        if self.read >= self.from.1 {
            return;
        }
        if self.sums.is_empty() {
            self.channels = channels;
            self.sums = vec![0; self.from.0 as usize * channels];
        }
        match channels {
            2 => self.add_premultiplied(row, |[grey, alpha]: [u8; 2]| [times(grey, alpha), alpha]),
            4 => self.add_premultiplied(row, |[red, green, blue, alpha]: [u8; 4]| {
                let part = |colour| times(colour, alpha);
                [part(red), part(green), part(blue), alpha]
            }),
            _ => self.add(row),
        }
    }

    fn add_premultiplied<const N: usize>(&mut self, row: &[u8], of: impl Fn([u8; N]) -> [u8; N]) {
        let mut line = std::mem::take(&mut self.line);
        line.resize(row.len(), 0);
        let made = line.as_chunks_mut::<N>().0.iter_mut();
        for (made, pixel) in made.zip(row.as_chunks::<N>().0) {
            *made = of(*pixel);
        }
        self.add(&line);
        self.line = line;
    }

    fn add(&mut self, row: &[u8]) {
        let start = u64::from(self.read) * u64::from(WHOLE);
        self.read += 1;
        let end = edge(self.done + 1, self.from.1, self.to.1);
        let left = u32::try_from(end.saturating_sub(start)).unwrap_or(WHOLE);
        let here = left.min(WHOLE);
        for (sum, byte) in self.sums.iter_mut().zip(row) {
            *sum += u32::from(*byte) * here;
        }
        self.rows += here;
        if left <= WHOLE {
            self.put();
            let rest = WHOLE - here;
            for (sum, byte) in self.sums.iter_mut().zip(row) {
                *sum = u32::from(*byte) * rest;
            }
            self.rows = rest;
        }
    }

    fn put(&mut self) {
        match self.channels {
            1 => self.put_as(|[grey]: [u8; 1]| [grey, grey, grey, 255]),
            2 => self.put_as(|[grey, alpha]: [u8; 2]| [grey, grey, grey, alpha]),
            3 => self.put_as(|[red, green, blue]: [u8; 3]| [red, green, blue, 255]),
            _ => self.put_as(|pixel: [u8; 4]| pixel),
        }
    }

    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_precision_loss,
        clippy::cast_sign_loss,
        reason = "means of bytes; sums lose less than a half"
    )]
    fn put_as<const N: usize>(&mut self, of: impl Fn([u8; N]) -> [u8; 4]) {
        let (columns, _) = self.sums.as_chunks::<N>();
        let width = self.to.0 as usize;
        let start = if self.keeps_last {
            0
        } else {
            self.done as usize * width
        };
        self.done += 1;
        let pixels = self.pixels.as_mut().map(Pixmap::pixels_mut);
        let row = pixels.and_then(|pixels| pixels.get_mut(start..start + width));
        for (span, pixel) in self.columns.iter().zip(row.unwrap_or_default()) {
            let mut sum = [0.0_f32; N];
            let mut add = |column: &[u32; N], share: f32| {
                for (sum, part) in sum.iter_mut().zip(column) {
                    // At most 16384 rows: below 2^31, and processors read a signed number faster.
                    *sum += part.cast_signed() as f32 * share;
                }
            };
            match columns.get(span.first..=span.last).unwrap_or_default() {
                [] => {}
                [only] => add(only, span.of_first),
                [first, between @ .., last] => {
                    add(first, span.of_first);
                    add(last, span.of_last);
                    for column in between {
                        add(column, 1.0);
                    }
                }
            }
            let weight = 1.0 / (span.width * self.rows.max(1) as f32);
            let [red, green, blue, alpha] = of(sum.map(|sum| (sum * weight + 0.5) as u8));
            let least = |part: u8| part.min(alpha);
            let made =
                PremultipliedColorU8::from_rgba(least(red), least(green), least(blue), alpha);
            *pixel = made.unwrap_or(PremultipliedColorU8::TRANSPARENT);
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
        self.pixels
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
        fn in_place_it_is_the_same(from in (1_u32..40, 1_u32..40), share in (1_u32..41, 1_u32..41), grey: bool, seed: u8) {
            let to = (share.0.min(from.0), share.1.min(from.1));
            let channels = if grey { 1 } else { 3 };
            let length = from.0 as usize * channels;
            let bytes: Vec<u8> = (0_u8..=250).cycle().map(|byte| byte.wrapping_mul(37) ^ seed).take(length * from.1 as usize).collect();
            let mut shrink = Shrink::new(from, to);
            bytes.chunks_exact(length).for_each(|row| shrink.row(row, channels));
            match Shrink::in_place(bytes.clone(), channels, from, to) {
                Ok(made) => prop_assert_eq!(made, shrink.finish()),
                Err(back) => {
                    prop_assert_eq!(back, bytes);
                    prop_assert!(to.0 * to.1 * 4 > from.0 * from.1 * u32::try_from(channels).unwrap());
                }
            }
        }

        #[test]
        fn any_size_keeps_an_even_colour(from in (1_u32..60, 1_u32..60), share in (1_u32..61, 1_u32..61)) {
            let to = (share.0.min(from.0), share.1.min(from.1));
            let made = shrunk(from, to, 3, &[10, 20, 30]);
            prop_assert_eq!(made.len(), to.0 as usize * to.1 as usize);
            prop_assert!(made.iter().all(|pixel| *pixel == [10, 20, 30, 255]));
        }
    }
}
