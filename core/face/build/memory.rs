//! Which tensors share memory: those of equal shape whose lives do not overlap.
//!
//! The border of every tensor is zero and never written. Between equal shapes it stays so.

use std::collections::BTreeMap;

use crate::fuse::Fused;

/// Where each tensor lies.
pub(crate) struct Memory {
    /// Number of the place of each tensor.
    pub(crate) places: BTreeMap<String, usize>,
    /// Channels, height and width of each place; the input is place 0.
    pub(crate) shapes: Vec<[usize; 3]>,
}

/// Shares memory between the tensors of a network.
pub(crate) fn share(fused: &Fused<'_>) -> Memory {
    // The step after which nobody reads a tensor any more.
    let mut last = BTreeMap::new();
    for (at, step) in fused.steps.iter().enumerate() {
        last.insert(step.source.as_str(), at);
        if let Some(residual) = &step.residual {
            last.insert(residual.tensor.as_str(), at);
        }
    }
    for output in fused.outputs.iter().flatten() {
        last.insert(output, usize::MAX);
    }
    let mut memory = Memory {
        places: BTreeMap::from([(fused.input.clone(), 0)]),
        shapes: vec![fused.shapes[&fused.input]],
    };
    let mut free: BTreeMap<[usize; 3], Vec<usize>> = BTreeMap::new();
    for (at, step) in fused.steps.iter().enumerate() {
        let shape = fused.shapes[&step.target];
        let place = free.get_mut(&shape).and_then(Vec::pop).unwrap_or_else(|| {
            memory.shapes.push(shape);
            memory.shapes.len() - 1
        });
        memory.places.insert(step.target.clone(), place);
        let ended = last
            .iter()
            .filter(|(name, end)| **end == at && **name != fused.input);
        for (name, _) in ended {
            free.entry(fused.shapes[*name])
                .or_default()
                .push(memory.places[*name]);
        }
    }
    memory
}
