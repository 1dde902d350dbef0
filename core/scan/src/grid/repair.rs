//! Reed–Solomon with erasures over the field of the QR code.
//!
//! A symbol that is known to be unsure costs one check symbol, a wrong one that nobody suspects
//! costs two: naming the modules that glare has burnt out doubles what can be repaired. rxing
//! corrects errors only.

use std::sync::OnceLock;

/// Powers of the generator and their logarithms (polynomial 0x11D).
struct Field {
    power: [u8; 512],
    log: [u8; 256],
}

fn field() -> &'static Field {
    static FIELD: OnceLock<Field> = OnceLock::new();
    FIELD.get_or_init(|| {
        let mut field = Field {
            power: [0; 512],
            log: [0; 256],
        };
        let mut value: u16 = 1;
        for exponent in 0..255 {
            field.power[exponent] = value as u8;
            field.power[exponent + 255] = value as u8;
            field.log[value as usize] = exponent as u8;
            value <<= 1;
            if value & 0x100 != 0 {
                value ^= 0x11D;
            }
        }
        field
    })
}

impl Field {
    fn times(&self, a: u8, b: u8) -> u8 {
        if a == 0 || b == 0 {
            return 0;
        }
        self.power[usize::from(self.log[usize::from(a)]) + usize::from(self.log[usize::from(b)])]
    }

    /// `a / b`; zero for a zero divisor, which the callers rule out.
    fn over(&self, a: u8, b: u8) -> u8 {
        if a == 0 || b == 0 {
            return 0;
        }
        self.power
            [usize::from(self.log[usize::from(a)]) + 255 - usize::from(self.log[usize::from(b)])]
    }

    /// The value of a polynomial, lowest coefficient first.
    fn value(&self, polynomial: &[u8], x: u8) -> u8 {
        polynomial
            .iter()
            .rev()
            .fold(0, |sum, coefficient| self.times(sum, x) ^ coefficient)
    }
}

/// A block that may have to be repaired: the last `checks` symbols are check symbols.
pub(crate) struct Damaged<'a> {
    block: &'a [u8],
    checks: usize,
    syndromes: Vec<u8>,
}

/// A block after its repair.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Mended {
    pub(crate) block: Vec<u8>,
    /// Places that were wrong though nobody had named them.
    pub(crate) surprises: usize,
}

impl<'a> Damaged<'a> {
    pub(crate) fn new(block: &'a [u8], checks: usize) -> Self {
        Self {
            block,
            checks,
            syndromes: syndromes(field(), block, checks),
        }
    }

    /// The block repaired, where the places that are `unsure` may be anything; none when it is
    /// beyond repair.
    pub(crate) fn mended(&self, unsure: &[usize]) -> Option<Mended> {
        let field = field();
        let (block, checks, syndromes) = (self.block, self.checks, &self.syndromes);
        let length = block.len();
        if unsure.len() > checks || checks >= length || length > 255 {
            return None;
        }
        if syndromes.iter().all(|syndrome| *syndrome == 0) {
            return Some(Mended {
                block: block.to_vec(),
                surprises: 0,
            });
        }
        let locator = locator(field, syndromes, length, unsure);
        let found = locator.len() - 1;
        if found < unsure.len() || 2 * found - unsure.len() > checks {
            return None;
        }
        let evaluator: Vec<u8> = (0..checks)
            .map(|at| {
                let terms = locator.iter().take(at + 1).enumerate();
                terms.fold(0, |sum, (k, coefficient)| {
                    sum ^ field.times(*coefficient, syndromes[at - k])
                })
            })
            .collect();
        let odd = |(at, coefficient): (usize, &u8)| if at % 2 == 1 { *coefficient } else { 0 };
        let slope: Vec<u8> = locator.iter().enumerate().map(odd).skip(1).collect();
        let mut mended = block.to_vec();
        let (mut roots, mut surprises) = (0, 0);
        for (place, symbol) in mended.iter_mut().enumerate() {
            let exponent = length - 1 - place;
            let inverse = field.power[(255 - exponent) % 255];
            if field.value(&locator, inverse) != 0 {
                continue;
            }
            roots += 1;
            let below = field.value(&slope, inverse);
            if below == 0 {
                return None;
            }
            let amount = field.over(field.value(&evaluator, inverse), below);
            let amount = field.times(amount, field.power[exponent]);
            *symbol ^= amount;
            surprises += usize::from(amount != 0 && !unsure.contains(&place));
        }
        let whole = self::syndromes(field, &mended, checks);
        if roots != found || whole.iter().any(|syndrome| *syndrome != 0) {
            return None;
        }
        Some(Mended {
            block: mended,
            surprises,
        })
    }
}

/// The block's value at the roots of the code: all zero when nothing is wrong.
fn syndromes(field: &Field, block: &[u8], checks: usize) -> Vec<u8> {
    let value = |x: u8| {
        block
            .iter()
            .fold(0, |sum, symbol| field.times(sum, x) ^ symbol)
    };
    (0..checks).map(|at| value(field.power[at])).collect()
}

/// The polynomial with a root at the inverse of the power of each place to mend, counted from the
/// end, lowest coefficient first. It starts with the named places and grows by the way of
/// Berlekamp and Massey.
fn locator(field: &Field, syndromes: &[u8], length: usize, unsure: &[usize]) -> Vec<u8> {
    let mut locator = vec![1u8];
    for place in unsure {
        let root = field.power[length - 1 - *place];
        let mut longer = locator.clone();
        longer.push(0);
        for (at, coefficient) in locator.iter().enumerate() {
            longer[at + 1] ^= field.times(*coefficient, root);
        }
        locator = longer;
    }
    let mut before = locator.clone();
    let mut degree = unsure.len();
    let (mut gap, mut last) = (1, 1u8);
    for at in unsure.len()..syndromes.len() {
        let terms = locator.iter().take(at + 1).enumerate();
        let odd = terms.fold(0, |sum, (k, coefficient)| {
            sum ^ field.times(*coefficient, syndromes[at - k])
        });
        if odd == 0 {
            gap += 1;
            continue;
        }
        let factor = field.over(odd, last);
        let mut next = locator.clone();
        next.resize(next.len().max(before.len() + gap), 0);
        for (k, coefficient) in before.iter().enumerate() {
            next[k + gap] ^= field.times(*coefficient, factor);
        }
        if 2 * degree <= at + unsure.len() {
            degree = at + 1 + unsure.len() - degree;
            before = locator;
            last = odd;
            gap = 1;
        } else {
            gap += 1;
        }
        locator = next;
    }
    while locator.last() == Some(&0) {
        locator.pop();
    }
    locator
}

#[cfg(test)]
mod tests;
