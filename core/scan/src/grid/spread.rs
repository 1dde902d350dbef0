//! What each module lends to its neighbours, and the colours that explain all that is seen.
//!
//! The equaliser asks for weights that undo the mixture; when a hand moved by two modules, no weights
//! of five by five do. The other way round is always well posed: from the colours, as far as they
//! are known, follows how much of a module reaches each neighbour, and from that which colours would
//! show what was seen. Modules change their colour one at a time as long as the picture is explained
//! better, and what a change would cost tells how sure a module is.

use crate::grid::equaliser::solved;
use crate::grid::soft::{MARGIN, Soft};

/// Modules that a module reaches to each side.
const REACH: usize = 3;
const ACROSS: usize = 2 * REACH + 1;
const TAPS: usize = ACROSS * ACROSS;
/// Shares of the neighbourhood and a constant.
const SHARES: usize = TAPS + 1;
/// Modules around the symbol: the quiet zone that is seen, and what reaches it.
const RIM: usize = REACH + MARGIN;
/// Rounds over all modules; most are done after three.
const SWEEPS: usize = 6;
/// Holds back shares that the symbol says little about.
const CAUTION: f32 = 0.5;

/// Better values (positive is dark) for the modules of a symbol, one clean module being one; those
/// that are `fixed` keep their colour. None when nothing can be said.
pub(crate) fn explained(soft: &Soft, values: &[f32], fixed: &[Option<bool>]) -> Option<Vec<f32>> {
    let mut view = View::of(soft, values, fixed);
    let shares = view.shares()?;
    view.subtract(&shares);
    let mut out = values.to_vec();
    for _ in 0..SWEEPS {
        if !view.sweep(&shares, fixed, &mut out) {
            break;
        }
    }
    Some(out)
}

/// The symbol with a rim around it, row by row.
struct View {
    side: usize,
    row: usize,
    /// `1.0` dark, `-1.0` light.
    colours: Vec<f32>,
    /// What is seen and, later, what of it the colours do not explain.
    seen: Vec<f32>,
    /// How much what is seen there counts; nothing beyond the seen part of the quiet zone.
    trust: Vec<f32>,
}

impl View {
    fn of(soft: &Soft, values: &[f32], fixed: &[Option<bool>]) -> Self {
        let side = soft.side;
        let row = side + 2 * RIM;
        let mut view = Self {
            side,
            row,
            colours: vec![-1.0; row * row],
            seen: vec![0.0; row * row],
            trust: vec![0.0; row * row],
        };
        for (at, (value, fixed)) in values.iter().zip(fixed).enumerate() {
            if fixed.unwrap_or(*value > 0.0) {
                let place = view.place(at);
                view.colours[place] = 1.0;
            }
        }
        let across = side + 2 * MARGIN;
        for y in 0..across {
            let to = (y + REACH) * row + REACH;
            let from = y * across;
            view.seen[to..to + across].copy_from_slice(&soft.values[from..from + across]);
            let trust = view.trust[to..to + across].iter_mut();
            for (trust, contrast) in trust.zip(&soft.contrast[from..from + across]) {
                *trust = contrast.clamp(0.02, 0.3);
            }
        }
        view
    }

    /// Where the so-many-eth module of the symbol is.
    fn place(&self, at: usize) -> usize {
        (at / self.side + RIM) * self.row + at % self.side + RIM
    }

    /// The places that are seen.
    fn seen_places(&self) -> impl Iterator<Item = usize> + use<> {
        let row = self.row;
        (REACH..row - REACH).flat_map(move |y| (REACH..row - REACH).map(move |x| y * row + x))
    }

    /// The shares that explain what is seen best, in the least squares: the share at
    /// `(REACH + u, REACH + v)` is what a module lends to a place `u` columns to its left and `v`
    /// rows above; the last one is a constant.
    fn shares(&self) -> Option<[f32; SHARES]> {
        let mut products = vec![[0.0f32; SHARES]; SHARES];
        let mut answers = [0.0f32; SHARES];
        let mut around = [1.0f32; SHARES];
        for place in self.seen_places() {
            let first = place - REACH * self.row - REACH;
            for (line, part) in around[..TAPS].chunks_exact_mut(ACROSS).enumerate() {
                part.copy_from_slice(&self.colours[first + line * self.row..][..ACROSS]);
            }
            let (trust, seen) = (self.trust[place], self.seen[place]);
            for (at, row) in products.iter_mut().enumerate() {
                let a = around[at] * trust;
                for (sum, b) in row[..=at].iter_mut().zip(&around) {
                    *sum += a * b;
                }
                answers[at] += a * seen;
            }
        }
        for (at, row) in products.iter_mut().enumerate() {
            row[at] += CAUTION;
        }
        solved(&mut products, answers)
    }

    /// Takes away what the colours explain.
    fn subtract(&mut self, shares: &[f32; SHARES]) {
        for place in self.seen_places() {
            let first = place - REACH * self.row - REACH;
            let mut sum = shares[TAPS];
            for (line, shares) in shares[..TAPS].chunks_exact(ACROSS).enumerate() {
                let colours = &self.colours[first + line * self.row..][..ACROSS];
                sum += shares.iter().zip(colours).map(|(a, b)| a * b).sum::<f32>();
            }
            self.seen[place] -= sum;
        }
    }

    /// Looks at every module once and changes those that explain more in the other colour; whether
    /// there were any.
    fn sweep(&mut self, shares: &[f32; SHARES], fixed: &[Option<bool>], out: &mut [f32]) -> bool {
        let mut changed = false;
        for (at, (out, fixed)) in out.iter_mut().zip(fixed).enumerate() {
            let place = self.place(at);
            let colour = self.colours[place];
            // The last share belongs to the first place that is reached.
            let first = place - REACH * self.row - REACH;
            let (mut gain, mut whole) = (0.0f32, 1e-6f32);
            for (line, shares) in shares[..TAPS].rchunks_exact(ACROSS).enumerate() {
                let start = first + line * self.row;
                let seen = &self.seen[start..start + ACROSS];
                let trust = &self.trust[start..start + ACROSS];
                for ((share, seen), trust) in shares.iter().rev().zip(seen).zip(trust) {
                    gain += trust * share * seen;
                    whole += trust * share * share;
                }
            }
            let sure = 1.0 + colour * gain / whole;
            *out = colour * sure;
            if sure < 0.0 && fixed.is_none() {
                changed = true;
                self.colours[place] = -colour;
                for (line, shares) in shares[..TAPS].rchunks_exact(ACROSS).enumerate() {
                    let seen = &mut self.seen[first + line * self.row..][..ACROSS];
                    for (share, seen) in shares.iter().rev().zip(seen) {
                        *seen += 2.0 * colour * share;
                    }
                }
            }
        }
        changed
    }
}
