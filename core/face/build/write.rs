//! A plan as Rust source, for `src/network/plans.rs`.

use std::fmt::Write as _;

use crate::fuse::Fused;
use crate::memory::Memory;
use crate::pack::{LANES, Weights};

/// The plan of a network as a constant of a name.
pub(crate) fn plan(
    name: &str,
    fused: &Fused<'_>,
    weights: &[Weights],
    numbers: usize,
    memory: &Memory,
) -> String {
    let mut text = format!("pub(super) static {name}: Plan = Plan {{\n    places: &[\n");
    for (at, [channels, height, width]) in memory.shapes.iter().enumerate() {
        // The input needs a border for its 5x5 window, and keeps its three channels.
        let (channels, border) = match at {
            0 => (*channels, 2),
            _ => (channels.next_multiple_of(LANES), 1),
        };
        let _ = writeln!(
            text,
            "        Shape {{ height: {height}, width: {width}, channels: {channels}, border: {border} }},"
        );
    }
    text.push_str("    ],\n    steps: &[\n");
    for (step, weights) in fused.steps.iter().zip(weights) {
        let [_, height, width] = fused.shapes[&step.target];
        let residual = match &step.residual {
            None => "Residual::None".to_owned(),
            Some(residual) => format!(
                "Residual::{} {{ place: {} }}",
                if residual.pooled { "Pooled" } else { "Same" },
                memory.places[&residual.tensor]
            ),
        };
        let depthwise = match &weights.depthwise {
            None => "None".to_owned(),
            Some((window, start)) => format!(
                "Some(Depthwise {{ stride: {}, top: {}, left: {}, weights: {start} }})",
                window.stride, window.top, window.left
            ),
        };
        let window = weights.window;
        let _ = writeln!(
            text,
            "        Step {{ source: {}, target: {}, height: {height}, width: {width}, \
             kernel: {:?}, stride: {}, top: {}, left: {}, channels_in: {}, channels_out: {}, \
             matrix: {}, bias: {}, slopes: {}, residual: {residual}, depthwise: {depthwise} }},",
            memory.places[&step.source],
            memory.places[&step.target],
            weights.kernel,
            window.stride,
            window.top,
            window.left,
            weights.channels_in,
            weights.channels_out,
            weights.matrix,
            weights.bias,
            weights.slopes,
        );
    }
    text.push_str("    ],\n    outputs: [\n");
    for output in &fused.outputs {
        let parts = output.iter().map(|name| {
            let [channels, ..] = fused.shapes[name];
            format!(
                "Part {{ place: {}, channels: {channels} }}",
                memory.places[name]
            )
        });
        let _ = writeln!(text, "        &[{}],", parts.collect::<Vec<_>>().join(", "));
    }
    let _ = writeln!(
        text,
        "    ],\n    numbers: {numbers},\n    \
         weights: include_bytes!(concat!(env!(\"OUT_DIR\"), \"/{name}.weights\")),\n}};"
    );
    text
}
