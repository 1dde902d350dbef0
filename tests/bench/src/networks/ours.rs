//! Our runner.

use quanshengshi_face::network::Networks;
use quanshengshi_face::network::runner::Runner;

use super::{Engine, NETWORKS};
use crate::clock::{cpu_ms, median};

/// The networks as the library has them.
pub(super) struct Ours {
    networks: Networks,
    load_ms: f64,
}

impl Ours {
    /// Loads them for the first time, pages nobody touched before included.
    pub(super) fn load() -> Self {
        let start = cpu_ms();
        let networks = Networks::load();
        let load_ms = cpu_ms() - start;
        Self { networks, load_ms }
    }

    fn runner(&self, network: usize) -> Result<&Runner, String> {
        let each = self.networks.each();
        let found = each.get(network).map(|(_, runner)| *runner);
        found.ok_or_else(|| "no such network".to_owned())
    }
}

impl Engine for Ours {
    fn name(&self) -> &'static str {
        "ours"
    }

    fn median_ms(&mut self, networks: &[usize], runs: usize) -> Result<f64, String> {
        let runners: Vec<&Runner> = networks
            .iter()
            .map(|network| self.runner(*network))
            .collect::<Result<_, _>>()?;
        let pixels = NETWORKS.map(|(_, side)| vec![0.25; 3 * side * side]);
        let mut times = Vec::new();
        for _ in 0..runs {
            let start = cpu_ms();
            for (runner, network) in runners.iter().zip(networks) {
                std::hint::black_box(runner.run(&pixels[*network]));
            }
            times.push(cpu_ms() - start);
        }
        Ok(median(times))
    }

    fn outputs(&mut self, network: usize, pixels: &[f32]) -> Result<Vec<f32>, String> {
        Ok(self.runner(network)?.run(pixels).concat())
    }

    fn load_ms(&self) -> f64 {
        self.load_ms
    }
}
