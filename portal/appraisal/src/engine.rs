//! The embedding network by a general inference engine: the face crate's own runner knows only
//! the three networks that a phone runs.

use std::sync::Arc;

use rten::{Model, ModelOptions, NodeId, OpRegistry, RunOptions, ThreadPool, Value, op_types};

/// Why a network cannot be loaded or run.
#[derive(Debug, thiserror::Error)]
pub enum NetworkError {
    /// The bytes are no network this engine can run.
    #[error("network cannot be loaded")]
    Load(#[source] rten::LoadError),
    /// The network has other inputs or outputs than expected.
    #[error("network has another shape than expected")]
    Shape,
    /// The engine failed on an input.
    #[error("network failed")]
    Run(#[source] rten::RunError),
}

/// A loaded network: a square picture in, one row of numbers out.
pub struct Engine {
    model: Model,
    input: NodeId,
    output: NodeId,
    side: usize,
    /// One thread: appraisals already run beside each other.
    thread: Arc<ThreadPool>,
}

impl Engine {
    /// Loads a network whose one input is a picture of `side` by `side` pixels with 3 channels and
    /// which has one output.
    ///
    /// # Errors
    /// [`NetworkError::Load`] for other bytes, [`NetworkError::Shape`] for another number of
    /// inputs or outputs.
    pub fn load(bytes: &'static [u8], side: usize) -> Result<Self, NetworkError> {
        // Only the operators the network uses, so that the linker drops the others.
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
        let (&[input], &[output]) = (model.input_ids(), model.output_ids()) else {
            return Err(NetworkError::Shape);
        };
        Ok(Self {
            model,
            input,
            output,
            side,
            thread: Arc::new(ThreadPool::with_num_threads(1)),
        })
    }

    /// Runs the network on `side * side` pixels, row by row, three numbers a pixel.
    ///
    /// # Errors
    /// [`NetworkError::Shape`] for another length of input or an output that is no numbers,
    /// [`NetworkError::Run`].
    pub fn run(&self, pixels: &[f32]) -> Result<Vec<f32>, NetworkError> {
        // The network wants its colours apart.
        let (pixels, _) = pixels.as_chunks::<3>();
        let colours = (0..3).flat_map(|colour| pixels.iter().map(move |pixel| pixel[colour]));
        let input = Value::from_shape([1, 3, self.side, self.side], colours.collect::<Vec<f32>>())
            .map_err(|_| NetworkError::Shape)?;
        let mut options = RunOptions::default();
        options.thread_pool = Some(Arc::clone(&self.thread));
        let outputs = self
            .model
            .run(
                vec![(self.input, input.into())],
                &[self.output],
                Some(options),
            )
            .map_err(NetworkError::Run)?;
        match outputs.into_iter().next() {
            Some(Value::FloatTensor(tensor)) => Ok(tensor.into_data()),
            _ => Err(NetworkError::Shape),
        }
    }
}
