//! A small seeded generator (splitmix64): the same seed gives the same noise everywhere.

/// A stream of numbers that looks random.
#[derive(Debug, Clone)]
pub struct Splitmix {
    state: u64,
}

impl Splitmix {
    /// The stream of a seed.
    pub fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    /// The next 64 bits.
    pub fn next_bits(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut bits = self.state;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        bits ^ (bits >> 31)
    }

    /// The next number from a range, its upper end excluded.
    pub fn between(&mut self, low: f32, high: f32) -> f32 {
        let unit = (self.next_bits() >> 40) as f32 / (1u32 << 24) as f32;
        low + (high - low) * unit
    }

    /// The next number of a nearly normal distribution with mean 0 and deviation 1: four
    /// sixteen-bit numbers added, which is enough for sensor noise.
    pub fn normal(&mut self) -> f32 {
        let bits = self.next_bits();
        let sum: u32 = (0..4)
            .map(|part| (bits >> (16 * part)) as u32 & 0xFFFF)
            .sum();
        // Each part has the variance 65536² / 12.
        (sum as f32 - 131_070.0) / 37_837.2
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stream_is_the_published_one() {
        let mut stream = Splitmix::new(0);
        assert_eq!(stream.next_bits(), 0xE220_A839_7B1D_CDAF);
        assert_eq!(stream.next_bits(), 0x6E78_9E6A_A1B9_65F4);
    }

    #[test]
    fn normal_numbers_have_mean_zero_and_deviation_one() {
        let mut stream = Splitmix::new(7);
        let numbers: Vec<f32> = (0..20_000).map(|_| stream.normal()).collect();
        let mean = numbers.iter().sum::<f32>() / 20_000.0;
        let variance = numbers.iter().map(|x| (x - mean).powi(2)).sum::<f32>() / 20_000.0;
        assert!(
            mean.abs() < 0.03 && (variance - 1.0).abs() < 0.05,
            "{mean} {variance}"
        );
    }
}
