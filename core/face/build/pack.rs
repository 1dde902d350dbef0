//! The weights of a network in the order in which the runner reads them.
//!
//! Convolution: panels of 16 output channels (the last may have 8), in a panel kernel rows, kernel
//! columns, input channels, then the channels of the panel. Depthwise: blocks of 8 channels, in a
//! block nine taps and the bias. Bias and slopes: one number a channel. Channels are filled up to 8
//! with zeros, and every piece starts at a multiple of 16 numbers.

use crate::fuse::{Fused, Step, Window};
use crate::onnx::{Graph, Node, Tensor};
use crate::squeeze::Squeezed;

/// Channels of a vector.
pub(crate) const LANES: usize = 8;
/// Pixels of the picture from window to window: the runner's tiles of the picture are made for it.
const PICTURE_STRIDE: usize = 2;
/// Channels of a panel.
const PANEL: usize = 16;
/// Bits kept of the fractions of a matrix: what the iris network, whose weights are full floats,
/// needs to stay within a thousandth of a pixel. The others' are half floats and lose nothing.
const MATRIX: u32 = 15;
/// Bits kept of the others, which are few and count for a whole channel.
const OTHERS: u32 = 19;

/// Numbers under way to a weight file.
#[derive(Default)]
pub(crate) struct Packed {
    /// Numbers so far, as the reader counts them.
    pub(crate) length: usize,
    file: Squeezed,
}

impl Packed {
    fn put(&mut self, numbers: &[f32], most: u32) -> usize {
        let start = self.length;
        self.file.put(numbers, most);
        self.length = (start + numbers.len()).next_multiple_of(16);
        start
    }

    /// The file.
    pub(crate) fn into_bytes(self) -> Vec<u8> {
        self.file.into_bytes()
    }
}

/// Where the weights of a step lie, and how its windows move.
pub(crate) struct Weights {
    pub(crate) channels_in: usize,
    pub(crate) channels_out: usize,
    pub(crate) kernel: [usize; 2],
    pub(crate) window: Window,
    pub(crate) matrix: usize,
    pub(crate) bias: usize,
    pub(crate) slopes: usize,
    pub(crate) depthwise: Option<(Window, usize)>,
}

/// Packs the weights of all steps.
pub(crate) fn pack(
    graph: &Graph,
    fused: &Fused<'_>,
    packed: &mut Packed,
) -> Result<Vec<Weights>, String> {
    let steps = fused.steps.iter();
    steps
        .map(|step| pack_step(graph, fused, step, packed))
        .collect()
}

fn pack_step(
    graph: &Graph,
    fused: &Fused<'_>,
    step: &Step<'_>,
    packed: &mut Packed,
) -> Result<Weights, String> {
    let (weights, bias) = constants(graph, step.convolution)?;
    let &[outputs, inputs, height, width] = &weights.shape[..] else {
        return Err("a convolution without four sides".to_owned());
    };
    let window = Window::of(step.convolution)?;
    if step.source == fused.input && (step.depthwise.is_some() || window.stride != PICTURE_STRIDE) {
        return Err(format!("{} reads the picture in another way", step.target));
    }
    // The input keeps its three channels; everything else lies in eights.
    let channels_in = if step.source == fused.input {
        inputs
    } else {
        inputs.next_multiple_of(LANES)
    };
    let channels_out = outputs.next_multiple_of(LANES);
    let weight = |output: usize, input: usize, y: usize, x: usize| {
        if output < outputs && input < inputs {
            weights.floats[((output * inputs + input) * height + y) * width + x]
        } else {
            0.0
        }
    };
    let mut matrix = Vec::with_capacity(channels_out * height * width * channels_in);
    for first in (0..channels_out).step_by(PANEL) {
        let panel = first..channels_out.min(first + PANEL);
        for y in 0..height {
            for x in 0..width {
                for input in 0..channels_in {
                    matrix.extend(panel.clone().map(|output| weight(output, input, y, x)));
                }
            }
        }
    }
    let filled = |numbers: &[f32]| {
        let mut numbers = numbers.to_vec();
        numbers.resize(channels_out, 0.0);
        numbers
    };
    let depthwise = match step.depthwise {
        None => None,
        Some(node) => {
            let (taps, bias) = constants(graph, node)?;
            let channel = |at: usize, channel: usize| match at {
                _ if channel >= inputs => 0.0,
                9 => bias.floats[channel],
                tap => taps.floats[channel * 9 + tap],
            };
            let blocks = (0..channels_in).step_by(LANES);
            let numbers = blocks.flat_map(|block| {
                (0..10).flat_map(move |at| (block..block + LANES).map(move |one| (at, one)))
            });
            let numbers: Vec<f32> = numbers.map(|(at, one)| channel(at, one)).collect();
            let start = packed.put(&numbers, OTHERS);
            Some((Window::of(node)?, start))
        }
    };
    Ok(Weights {
        channels_in,
        channels_out,
        kernel: [height, width],
        window,
        matrix: packed.put(&matrix, MATRIX),
        bias: packed.put(&filled(&bias.floats), OTHERS),
        slopes: packed.put(&filled(&step.slopes), OTHERS),
        depthwise,
    })
}

fn constants<'a>(graph: &'a Graph, node: &Node) -> Result<(&'a Tensor, &'a Tensor), String> {
    let constant = |at: usize| {
        let name = node.inputs.get(at)?;
        graph
            .tensors
            .get(name)
            .filter(|tensor| !tensor.floats.is_empty())
    };
    constant(1)
        .zip(constant(2))
        .ok_or_else(|| format!("{} has no constant weights", node.output()))
}
