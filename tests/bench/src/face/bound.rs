//! How large a rate may be, given what was counted.

/// The one-sided 95 % upper bound of a rate after `part` of `whole` (Clopper and Pearson); 1 when
/// nothing was counted.
pub(crate) fn upper(part: usize, whole: usize) -> f64 {
    if part >= whole {
        return 1.0;
    }
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..60 {
        let rate = f64::midpoint(low, high);
        if at_most(part, whole, rate) > 0.05 {
            low = rate;
        } else {
            high = rate;
        }
    }
    high
}

/// The chance of at most `part` of `whole` at a rate.
fn at_most(part: usize, whole: usize, rate: f64) -> f64 {
    let mut log = whole as f64 * (1.0 - rate).ln();
    let mut sum = log.exp();
    for at in 1..=part {
        log += ((whole - at + 1) as f64 / at as f64).ln() + (rate / (1.0 - rate)).ln();
        sum += log.exp();
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bounds_are_those_of_the_tables() {
        for (part, whole, wanted) in [
            (0, 300, 0.00994),
            (0, 33, 0.0868),
            (1, 33, 0.1361),
            (2, 20, 0.2826),
            (0, 3, 0.6316),
            (3, 3, 1.0),
            (0, 0, 1.0),
        ] {
            assert!((upper(part, whole) - wanted).abs() < 1e-3, "{part} {whole}");
        }
    }
}
