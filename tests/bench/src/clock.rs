//! CPU time of a thread, and how busy the machine is.

use std::fs;

/// Milliseconds of CPU time this thread has used, by the kernel's count; zero where there is none.
pub(crate) fn cpu_ms() -> f64 {
    let count = fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let first = count.split_whitespace().next().unwrap_or_default();
    first.parse::<f64>().unwrap_or(0.0) / 1e6
}

/// A line about the machine.
pub(crate) fn load() -> String {
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let load: Vec<&str> = load.split_whitespace().take(3).collect();
    format!("{cores} cores, load {}", load.join(" "))
}

/// The middle value; zero of nothing.
pub(crate) fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_costs_cpu_time() {
        let start = cpu_ms();
        let sum: u64 = std::hint::black_box((0..30_000_000_u64).fold(0, |sum, at| sum ^ (at * at)));
        assert!(sum > 0 && cpu_ms() > start);
    }

    #[test]
    fn the_median_is_in_the_middle() {
        assert!((median(vec![9.0, 1.0, 2.0]) - 2.0).abs() < f64::EPSILON);
    }
}
