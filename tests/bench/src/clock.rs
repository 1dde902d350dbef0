//! CPU time of a thread, and how busy the machine is.

use std::fs;

use rustix::time::{ClockId, clock_gettime};

/// Milliseconds of CPU time this thread has used.
pub(crate) fn cpu_ms() -> f64 {
    ms_of(ClockId::ThreadCPUTime)
}

/// Milliseconds of CPU time all threads of this process have used.
pub(crate) fn process_ms() -> f64 {
    ms_of(ClockId::ProcessCPUTime)
}

#[expect(
    clippy::cast_precision_loss,
    reason = "times of a run, far below 2^52 ns"
)]
fn ms_of(clock: ClockId) -> f64 {
    let time = clock_gettime(clock);
    time.tv_sec as f64 * 1e3 + time.tv_nsec as f64 / 1e6
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
        let used = cpu_ms() - start;
        assert!(sum > 0 && used > 0.0 && process_ms() >= used);
    }

    #[test]
    fn the_median_is_in_the_middle() {
        assert!((median(vec![9.0, 1.0, 2.0]) - 2.0).abs() < f64::EPSILON);
    }
}
