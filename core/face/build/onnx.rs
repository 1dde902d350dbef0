//! Reads as much of an ONNX file as the committed networks use.
//!
//! Protocol buffers carry `key, value` pairs; a key is `field << 3 | wire type`. Field numbers are
//! those of `onnx.proto` (ONNX IR version 3 and later).

use std::collections::BTreeMap;

/// A network: nodes in an order in which they can be run.
pub(crate) struct Graph {
    pub(crate) nodes: Vec<Node>,
    /// Constants by name.
    pub(crate) tensors: BTreeMap<String, Tensor>,
    /// Name and shape (channels, height, width) of the one input.
    pub(crate) input: (String, [usize; 3]),
    /// Names of the outputs, in the order of the file.
    pub(crate) outputs: Vec<String>,
}

/// One operation.
#[derive(Default)]
pub(crate) struct Node {
    pub(crate) kind: String,
    pub(crate) inputs: Vec<String>,
    pub(crate) outputs: Vec<String>,
    attributes: BTreeMap<String, Vec<i64>>,
}

impl Node {
    /// The whole numbers of an attribute; none when it is not there.
    pub(crate) fn numbers(&self, name: &str) -> &[i64] {
        self.attributes.get(name).map_or(&[], Vec::as_slice)
    }

    /// The one output every operation of these networks has.
    pub(crate) fn output(&self) -> &str {
        self.outputs.first().map_or("", String::as_str)
    }
}

/// A constant: its shape, and its values when they are floats or whole numbers.
#[derive(Default)]
pub(crate) struct Tensor {
    pub(crate) shape: Vec<usize>,
    pub(crate) floats: Vec<f32>,
    pub(crate) whole: Vec<i64>,
}

impl Graph {
    /// Reads a file.
    pub(crate) fn parse(bytes: &[u8]) -> Result<Self, String> {
        let mut graph = Self {
            nodes: Vec::new(),
            tensors: BTreeMap::new(),
            input: (String::new(), [0; 3]),
            outputs: Vec::new(),
        };
        let mut inputs = Vec::new();
        let model = fields(bytes)?;
        let body = bytes_of(&model, 7).next().ok_or("no graph")?;
        for (field, value) in fields(body)? {
            match (field, value) {
                (1, Value::Bytes(node)) => graph.nodes.push(self::node(node)?),
                (5, Value::Bytes(tensor)) => {
                    let (name, tensor) = self::tensor(tensor)?;
                    graph.tensors.insert(name, tensor);
                }
                (11, Value::Bytes(input)) => inputs.push(named_shape(input)?),
                (12, Value::Bytes(output)) => graph.outputs.push(named_shape(output)?.0),
                _ => {}
            }
        }
        inputs.retain(|(name, _)| !graph.tensors.contains_key(name));
        match <[(String, Vec<usize>); 1]>::try_from(inputs) {
            Ok([(name, shape)]) => match shape[..] {
                [1, channels, height, width] => graph.input = (name, [channels, height, width]),
                _ => return Err(format!("the input has the shape {shape:?}")),
            },
            Err(inputs) => return Err(format!("{} inputs", inputs.len())),
        }
        Ok(graph)
    }
}

fn node(bytes: &[u8]) -> Result<Node, String> {
    let mut node = Node::default();
    for (field, value) in fields(bytes)? {
        match (field, value) {
            (1, Value::Bytes(name)) => node.inputs.push(text(name)),
            (2, Value::Bytes(name)) => node.outputs.push(text(name)),
            (4, Value::Bytes(kind)) => node.kind = text(kind),
            (5, Value::Bytes(attribute)) => {
                let parts = fields(attribute)?;
                let name = bytes_of(&parts, 1).next().map(text).unwrap_or_default();
                let single = numbers_of(&parts, 3)?;
                let several = numbers_of(&parts, 8)?;
                let numbers = if several.is_empty() { single } else { several };
                node.attributes.insert(name, numbers);
            }
            _ => {}
        }
    }
    Ok(node)
}

fn tensor(bytes: &[u8]) -> Result<(String, Tensor), String> {
    const FLOAT: i64 = 1;
    const INT64: i64 = 7;
    let parts = fields(bytes)?;
    let name = bytes_of(&parts, 8).next().map(text).unwrap_or_default();
    let shape = numbers_of(&parts, 1)?;
    let mut tensor = Tensor {
        shape: shape.iter().map(|side| *side as usize).collect(),
        ..Tensor::default()
    };
    let raw = bytes_of(&parts, 9).next().unwrap_or_default();
    match numbers_of(&parts, 2)?.first() {
        Some(&FLOAT) => {
            let packed = bytes_of(&parts, 4).next().unwrap_or(raw);
            let floats = packed.as_chunks::<4>().0.iter();
            tensor.floats = floats.map(|four| f32::from_le_bytes(*four)).collect();
            if tensor.floats.len() != tensor.shape.iter().product::<usize>() {
                return Err(format!("{name} has another length than its shape"));
            }
        }
        Some(&INT64) => {
            let whole = raw.as_chunks::<8>().0.iter();
            tensor.whole = whole.map(|eight| i64::from_le_bytes(*eight)).collect();
            tensor.whole.extend(numbers_of(&parts, 7)?);
        }
        // A constant nobody may use: whoever does is stopped by its missing values.
        _ => {}
    }
    Ok((name, tensor))
}

fn named_shape(bytes: &[u8]) -> Result<(String, Vec<usize>), String> {
    let parts = fields(bytes)?;
    let name = bytes_of(&parts, 1).next().map(text).unwrap_or_default();
    let mut shape = Vec::new();
    for kind in bytes_of(&parts, 2) {
        for tensor in bytes_of(&fields(kind)?, 1) {
            for sides in bytes_of(&fields(tensor)?, 2) {
                for side in bytes_of(&fields(sides)?, 1) {
                    let number = numbers_of(&fields(side)?, 1)?;
                    shape.push(number.first().copied().unwrap_or(0) as usize);
                }
            }
        }
    }
    Ok((name, shape))
}

/// One value of a message.
#[derive(Clone, Copy)]
enum Value<'a> {
    Number(u64),
    Bytes(&'a [u8]),
    /// Four or eight bytes of a float: no attribute of ours is one.
    Other,
}

type Fields<'a> = Vec<(u64, Value<'a>)>;

fn fields(mut bytes: &[u8]) -> Result<Fields<'_>, String> {
    let mut found = Vec::new();
    while !bytes.is_empty() {
        let key = number(&mut bytes)?;
        let value = match key & 7 {
            0 => Value::Number(number(&mut bytes)?),
            1 => {
                taken(&mut bytes, 8)?;
                Value::Other
            }
            2 => {
                let length = number(&mut bytes)? as usize;
                Value::Bytes(taken(&mut bytes, length)?)
            }
            5 => {
                taken(&mut bytes, 4)?;
                Value::Other
            }
            kind => return Err(format!("wire type {kind}")),
        };
        found.push((key >> 3, value));
    }
    Ok(found)
}

fn number(bytes: &mut &[u8]) -> Result<u64, String> {
    let mut value = 0;
    for at in 0..10 {
        let byte = taken(bytes, 1)?[0];
        value |= u64::from(byte & 0x7f) << (7 * at);
        if byte < 0x80 {
            return Ok(value);
        }
    }
    Err("a number without an end".to_owned())
}

fn taken<'a>(bytes: &mut &'a [u8], length: usize) -> Result<&'a [u8], String> {
    let (front, rest) = bytes.split_at_checked(length).ok_or("cut off")?;
    *bytes = rest;
    Ok(front)
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn bytes_of<'a>(fields: &[(u64, Value<'a>)], wanted: u64) -> impl Iterator<Item = &'a [u8]> {
    fields.iter().filter_map(move |(field, value)| match value {
        Value::Bytes(bytes) if *field == wanted => Some(*bytes),
        _ => None,
    })
}

/// Whole numbers of a field, written one by one or packed.
fn numbers_of(fields: &[(u64, Value<'_>)], wanted: u64) -> Result<Vec<i64>, String> {
    let mut numbers = Vec::new();
    for (field, value) in fields {
        match *value {
            Value::Number(number) if *field == wanted => numbers.push(number as i64),
            Value::Bytes(mut packed) if *field == wanted => {
                while !packed.is_empty() {
                    numbers.push(number(&mut packed)? as i64);
                }
            }
            _ => {}
        }
    }
    Ok(numbers)
}
