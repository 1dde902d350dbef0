//! `rten`, the general engine in Rust, on the committed ONNX files.

use std::path::Path;
use std::sync::Arc;

use rten::{Model, ModelOptions, RunOptions, ThreadPool, Value};

use super::{Engine, NETWORKS};
use crate::clock::{cpu_ms, median};

/// The three models and one thread.
pub(super) struct Rten {
    models: Vec<Model>,
    thread: Arc<ThreadPool>,
    load_ms: f64,
}

impl Rten {
    /// Loads them.
    pub(super) fn load() -> Result<Self, String> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../core/face/models");
        let files = NETWORKS.map(|(file, _)| folder.join(file).with_extension("onnx"));
        let bytes: Vec<Vec<u8>> = files
            .iter()
            .map(|file| std::fs::read(file).map_err(|error| format!("{}: {error}", file.display())))
            .collect::<Result<_, _>>()?;
        let start = cpu_ms();
        let models = bytes
            .into_iter()
            .map(|bytes| ModelOptions::with_all_ops().load(bytes))
            .collect::<Result<_, _>>()
            .map_err(|error| error.to_string())?;
        Ok(Self {
            models,
            thread: Arc::new(ThreadPool::with_num_threads(1)),
            load_ms: cpu_ms() - start,
        })
    }

    fn run(&self, network: usize, pixels: &[f32]) -> Result<Vec<f32>, String> {
        let model = self.models.get(network).ok_or("no such network")?;
        let side = NETWORKS[network].1;
        let (triples, _) = pixels.as_chunks::<3>();
        let planes = (0..3).flat_map(|at| triples.iter().map(move |pixel| pixel[at]));
        let planes = Value::from_shape([1, 3, side, side], planes.collect::<Vec<f32>>());
        let planes = planes.map_err(|error| error.to_string())?;
        let mut options = RunOptions::default();
        options.thread_pool = Some(Arc::clone(&self.thread));
        let input = model.input_ids().first().copied().ok_or("no input")?;
        let outputs = model
            .run(
                vec![(input, planes.into())],
                model.output_ids(),
                Some(options),
            )
            .map_err(|error| error.to_string())?;
        let mut numbers = Vec::new();
        for output in outputs {
            if let Value::FloatTensor(output) = output {
                numbers.extend(output.into_data());
            }
        }
        Ok(numbers)
    }
}

impl Engine for Rten {
    fn name(&self) -> &'static str {
        "rten"
    }

    fn median_ms(&mut self, networks: &[usize], runs: usize) -> Result<f64, String> {
        let pixels = NETWORKS.map(|(_, side)| vec![0.25; 3 * side * side]);
        let mut times = Vec::new();
        // Its one worker is another thread, so the time of the whole process counts.
        for _ in 0..runs.div_ceil(4) {
            let start = crate::clock::process_ms();
            for network in networks {
                std::hint::black_box(self.run(*network, &pixels[*network])?);
            }
            times.push(crate::clock::process_ms() - start);
        }
        Ok(median(times))
    }

    fn outputs(&mut self, network: usize, pixels: &[f32]) -> Result<Vec<f32>, String> {
        self.run(network, pixels)
    }

    fn load_ms(&self) -> f64 {
        self.load_ms
    }
}
