//! One ONNX network with a square picture as input: the one door to the inference engine.

use std::sync::Arc;

use rten::{Model, ModelOptions, NodeId, OpRegistry, RunOptions, ThreadPool, Value, op_types};

/// Why a network cannot be loaded or run.
#[derive(Debug, thiserror::Error)]
pub enum NetworkError {
    /// The bytes are no network this engine can run.
    #[error("network cannot be loaded")]
    Load(#[source] rten::LoadError),
    /// The network has other inputs or outputs than its room expects.
    #[error("network has another shape than expected")]
    Shape,
    /// The engine failed on an input.
    #[error("network failed")]
    Run(#[source] rten::RunError),
}

/// The one thread on which a set of networks runs: a phone has better use for its other cores,
/// and networks this small gain little from them.
#[derive(Clone)]
pub struct Worker(Arc<ThreadPool>);

impl Worker {
    /// Starts the thread; it sleeps while no network runs, and ends with the last of them.
    #[must_use]
    pub fn start() -> Self {
        Self(Arc::new(ThreadPool::with_num_threads(1)))
    }
}

/// A loaded network.
pub struct Engine {
    model: Model,
    input: NodeId,
    side: usize,
    outputs: Vec<usize>,
    worker: Worker,
}

impl Engine {
    /// Loads a network whose input is one picture of `side` by `side` pixels with 3 channels and
    /// whose outputs have these lengths.
    ///
    /// # Errors
    /// [`NetworkError::Load`] for other bytes, [`NetworkError::Shape`] for another number of
    /// inputs or outputs.
    pub fn load(
        worker: &Worker,
        bytes: &'static [u8],
        side: usize,
        outputs: &[usize],
    ) -> Result<Self, NetworkError> {
        // Only the operators the four networks use, so that the linker drops the others.
        let operators = OpRegistry::with_ops(&[
            &op_types::Add,
            &op_types::AveragePool,
            &op_types::Concat,
            &op_types::Conv,
            &op_types::DequantizeLinear,
            &op_types::Identity,
            &op_types::MatMul,
            &op_types::MaxPool,
            &op_types::Mul,
            &op_types::PRelu,
            &op_types::Pad,
            &op_types::ReduceMean,
            &op_types::Relu,
            &op_types::Reshape,
            &op_types::Sub,
            &op_types::Transpose,
        ]);
        let model = ModelOptions::with_ops(operators)
            .prepack_weights(true)
            .load_static_slice(bytes)
            .map_err(NetworkError::Load)?;
        let &[input] = model.input_ids() else {
            return Err(NetworkError::Shape);
        };
        if model.output_ids().len() != outputs.len() {
            return Err(NetworkError::Shape);
        }
        Ok(Self {
            model,
            input,
            side,
            outputs: outputs.to_vec(),
            worker: worker.clone(),
        })
    }

    /// Side of the input picture in pixels.
    pub fn side(&self) -> usize {
        self.side
    }

    /// Runs the network on `3 * side * side` numbers, channel by channel; gives its outputs in
    /// the order of the file.
    ///
    /// # Errors
    /// [`NetworkError::Shape`] for another length of input or output, [`NetworkError::Run`].
    pub fn run(&self, input: Vec<f32>) -> Result<Vec<Vec<f32>>, NetworkError> {
        let shape = [1, 3, self.side, self.side];
        let input = Value::from_shape(shape, input).map_err(|_| NetworkError::Shape)?;
        let mut options = RunOptions::default();
        options.thread_pool = Some(Arc::clone(&self.worker.0));
        let outputs = self
            .model
            .run(
                vec![(self.input, input.into())],
                self.model.output_ids(),
                Some(options),
            )
            .map_err(NetworkError::Run)?;
        outputs
            .into_iter()
            .zip(&self.outputs)
            .map(|(output, length)| {
                match output {
                    Value::FloatTensor(tensor) => Some(tensor.into_data()),
                    _ => None,
                }
                .filter(|numbers| numbers.len() == *length)
                .ok_or(NetworkError::Shape)
            })
            .collect()
    }
}
