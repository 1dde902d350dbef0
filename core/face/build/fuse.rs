//! From ONNX operations to the one kind of step the runner knows:
//! optional depthwise 3x3 → convolution → plus a residual → `PReLU`.

use std::collections::{BTreeMap, BTreeSet};

use crate::onnx::{Graph, Node};

/// A network as steps over named tensors.
pub(crate) struct Fused<'a> {
    pub(crate) steps: Vec<Step<'a>>,
    /// Channels, height and width of every tensor that is stored, by name; the input among them.
    pub(crate) shapes: BTreeMap<String, [usize; 3]>,
    pub(crate) input: String,
    /// The tensors whose values make up each output, one after the other.
    pub(crate) outputs: Vec<Vec<String>>,
}

/// One step.
pub(crate) struct Step<'a> {
    pub(crate) source: String,
    pub(crate) target: String,
    pub(crate) depthwise: Option<&'a Node>,
    pub(crate) convolution: &'a Node,
    pub(crate) residual: Option<Residual>,
    /// One slope a channel: 0 is a `ReLU`, 1 is no activation.
    pub(crate) slopes: Vec<f32>,
}

/// What is added before the activation.
#[derive(Clone)]
pub(crate) struct Residual {
    pub(crate) tensor: String,
    /// Whether the largest of each 2x2 pixels is added, and not the pixel.
    pub(crate) pooled: bool,
}

/// Fuses a graph; every node of it must end up in a step or in how an output is read.
pub(crate) fn fuse(graph: &Graph) -> Result<Fused<'_>, String> {
    let mut fusing = Fusing::new(graph);
    for node in &graph.nodes {
        fusing.check(node)?;
    }
    let mut steps = Vec::new();
    for (at, node) in graph.nodes.iter().enumerate() {
        if node.kind == "Conv" && !fusing.used.contains(&at) {
            steps.push(fusing.step(at)?);
        }
    }
    let outputs = graph.outputs.iter().map(|name| fusing.parts(name));
    let outputs = outputs.collect::<Result<_, _>>()?;
    let unused = graph.nodes.len() - fusing.used.len();
    if unused > 0 {
        return Err(format!("{unused} operations are in no step"));
    }
    let (input, shape) = graph.input.clone();
    let mut fused = Fused {
        steps: Vec::new(),
        shapes: BTreeMap::from([(input.clone(), shape)]),
        input,
        outputs,
    };
    order(graph, steps, &mut fused)?;
    Ok(fused)
}

struct Fusing<'a> {
    graph: &'a Graph,
    made_by: BTreeMap<&'a str, usize>,
    read_by: BTreeMap<&'a str, Vec<usize>>,
    used: BTreeSet<usize>,
}

impl<'a> Fusing<'a> {
    fn new(graph: &'a Graph) -> Self {
        let mut fusing = Self {
            graph,
            made_by: BTreeMap::new(),
            read_by: BTreeMap::new(),
            used: BTreeSet::new(),
        };
        for (at, node) in graph.nodes.iter().enumerate() {
            fusing.made_by.insert(node.output(), at);
            for input in &node.inputs {
                fusing.read_by.entry(input).or_default().push(at);
            }
        }
        fusing
    }

    /// Stops at anything whose meaning the runner does not know.
    fn check(&self, node: &Node) -> Result<(), String> {
        let shape = |at: usize| {
            let name = node.inputs.get(at)?;
            Some(self.graph.tensors.get(name)?.shape.as_slice())
        };
        let known = match node.kind.as_str() {
            "Conv" => {
                let group = node.numbers("group").first().copied().unwrap_or(1);
                let whole = group == 1;
                let depthwise =
                    matches!(shape(1), Some(&[channels, 1, 3, 3]) if group == channels as i64);
                node.inputs.len() == 3
                    && (whole || depthwise)
                    && node.numbers("dilations").iter().all(|step| *step == 1)
            }
            "MaxPool" => {
                node.numbers("kernel_shape") == [2, 2]
                    && node.numbers("strides") == [2, 2]
                    && node.numbers("pads").iter().all(|pad| *pad == 0)
            }
            "Pad" => {
                // Zero channels at the end, eight numbers in the order of NCHW.
                let pads = node
                    .inputs
                    .get(1)
                    .and_then(|name| self.graph.tensors.get(name));
                pads.is_some_and(
                    |pads| matches!(pads.whole[..], [0, 0, 0, 0, 0, more, 0, 0] if more > 0),
                )
            }
            "PRelu" | "Relu" | "Add" | "Transpose" | "Reshape" | "Identity" | "Concat" => true,
            _ => false,
        };
        if known {
            Ok(())
        } else {
            Err(format!("{} {} is not known", node.kind, node.output()))
        }
    }

    /// The step that begins with a convolution.
    fn step(&mut self, first: usize) -> Result<Step<'a>, String> {
        let graph = self.graph;
        let node = &graph.nodes[first];
        self.used.insert(first);
        let source = node.inputs.first().cloned().unwrap_or_default();
        let depthwise = (node.numbers("group").first().copied().unwrap_or(1) > 1).then_some(node);
        let convolution = if depthwise.is_some() {
            self.only_reader(node.output(), "Conv")
                .ok_or_else(|| format!("nothing follows {}", node.output()))?
        } else {
            node
        };
        let mut target = convolution.output();
        let mut residual = None;
        if let Some(sum) = self.only_reader(target, "Add") {
            let other = sum.inputs.iter().find(|name| *name != target);
            residual = Some(self.residual(other.ok_or("a sum of one")?));
            target = sum.output();
        }
        let channels = graph
            .tensors
            .get(&convolution.inputs[1])
            .map_or(0, |weights| weights.shape[0]);
        let mut slopes = vec![1.0; channels];
        if let Some(prelu) = self.only_reader(target, "PRelu") {
            let named = graph.tensors.get(&prelu.inputs[1]);
            slopes.clone_from(&named.ok_or("slopes that are computed")?.floats);
            target = prelu.output();
        } else if let Some(relu) = self.only_reader(target, "Relu") {
            slopes.fill(0.0);
            target = relu.output();
        }
        if slopes.len() != channels {
            return Err(format!("{target} has {} slopes", slopes.len()));
        }
        Ok(Step {
            source,
            target: target.to_owned(),
            depthwise,
            convolution,
            residual,
            slopes,
        })
    }

    /// The node of a kind that alone reads a tensor; it is used up.
    fn only_reader(&mut self, tensor: &str, kind: &str) -> Option<&'a Node> {
        let [reader] = self.read_by.get(tensor)?[..] else {
            return None;
        };
        let node = &self.graph.nodes[reader];
        (node.kind == kind && self.used.insert(reader)).then_some(node)
    }

    fn residual(&mut self, tensor: &str) -> Residual {
        let mut found = Residual {
            tensor: tensor.to_owned(),
            pooled: false,
        };
        // Padded channels have no residual: the runner knows by the number of channels.
        if let Some(node) = self.maker(&found.tensor, "Pad") {
            found.tensor.clone_from(&node.inputs[0]);
        }
        if let Some(node) = self.maker(&found.tensor, "MaxPool") {
            found.tensor.clone_from(&node.inputs[0]);
            found.pooled = true;
        }
        found
    }

    fn maker(&mut self, tensor: &str, kind: &str) -> Option<&'a Node> {
        let at = *self.made_by.get(tensor)?;
        let node = &self.graph.nodes[at];
        (node.kind == kind).then(|| {
            self.used.insert(at);
            node
        })
    }

    /// The stored tensors an output is made of. Transposed, reshaped and joined values are read
    /// from where they are: pixel by pixel, channels innermost.
    fn parts(&mut self, name: &str) -> Result<Vec<String>, String> {
        let at = *self.made_by.get(name).ok_or("an output nobody makes")?;
        let node = &self.graph.nodes[at];
        match node.kind.as_str() {
            "Transpose" if node.numbers("perm") != [0, 2, 3, 1] => {
                Err(format!("{name} is turned in another way"))
            }
            "Transpose" | "Reshape" | "Identity" | "Concat" => {
                self.used.insert(at);
                let inputs = node.inputs.iter();
                let joined = inputs.filter(|input| !self.graph.tensors.contains_key(*input));
                let joined: Vec<&String> = joined.collect();
                let mut parts = Vec::new();
                for input in joined {
                    parts.extend(self.parts(input)?);
                }
                Ok(parts)
            }
            _ => Ok(vec![name.to_owned()]),
        }
    }
}

/// Puts the steps into an order in which each finds what it reads, and notes all shapes.
fn order<'a>(graph: &Graph, mut steps: Vec<Step<'a>>, fused: &mut Fused<'a>) -> Result<(), String> {
    while !steps.is_empty() {
        let ready = |step: &Step<'_>| {
            let residual = step.residual.as_ref();
            fused.shapes.contains_key(&step.source)
                && residual.is_none_or(|residual| fused.shapes.contains_key(&residual.tensor))
        };
        let next = steps
            .iter()
            .position(ready)
            .ok_or("a step reads what nobody makes")?;
        let step = steps.remove(next);
        let [_, mut height, mut width] = fused.shapes[&step.source];
        for node in step.depthwise.into_iter().chain([step.convolution]) {
            let weights = &graph.tensors[&node.inputs[1]].shape;
            let window = Window::of(node)?;
            height = window.shrunk(height, weights[2], window.top + window.bottom);
            width = window.shrunk(width, weights[3], window.left + window.right);
        }
        let channels = step.slopes.len();
        let shape = [channels, height, width];
        fused.shapes.insert(step.target.clone(), shape);
        fused.steps.push(step);
    }
    Ok(())
}

/// How a convolution moves over its source.
#[derive(Clone, Copy)]
pub(crate) struct Window {
    pub(crate) stride: usize,
    pub(crate) top: usize,
    pub(crate) left: usize,
    bottom: usize,
    right: usize,
}

impl Window {
    /// The window of a node.
    pub(crate) fn of(node: &Node) -> Result<Self, String> {
        let stride = match node.numbers("strides") {
            [] => 1,
            [down, across] if down == across => *down as usize,
            other => return Err(format!("strides {other:?}")),
        };
        let (top, left, bottom, right) = match node.numbers("pads") {
            [] => (0, 0, 0, 0),
            [top, left, bottom, right] => (
                *top as usize,
                *left as usize,
                *bottom as usize,
                *right as usize,
            ),
            other => return Err(format!("pads {other:?}")),
        };
        Ok(Self {
            stride,
            top,
            left,
            bottom,
            right,
        })
    }

    fn shrunk(&self, side: usize, kernel: usize, pads: usize) -> usize {
        (side + pads - kernel) / self.stride + 1
    }
}
