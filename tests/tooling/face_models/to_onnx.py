#!/usr/bin/env python3
"""The three MediaPipe face networks, TFLite to ONNX (NCHW, opset 13), byte for byte reproducible.

usage: to_onnx.py DOWNLOAD_FOLDER OUTPUT_FOLDER

Only the operators these three networks use are known; anything else stops the conversion. Half-precision weights are
widened to single precision. The result is compared with the digests of the committed files.
"""
import hashlib
import sys
from pathlib import Path

import numpy as np
import onnx
import tflite
from onnx import TensorProto, helper, numpy_helper

import sources

EXPECTED = {
    "face_detection_short_range": "14331bed22d6aaa2aaf7d5eac9282bd586acd0f97f09da588eb57e1a64c9d156",
    "face_landmark": "b598abcab110b3ac9cb1530c8f208ed9987f4461d98c59a6ba787e8954a28e43",
    "iris_landmark": "a58025315911a9625ec9958ca1237a83d64934bf28f6c92c3950fdb170cf986c",
}
ACTIVATION = {0: None, 1: "Relu"}
DTYPE = {0: np.float32, 1: np.float16, 2: np.int32}


def same_padding(size, kernel, stride, dilation=1):
    """TensorFlow's SAME padding (before, after) of one axis."""
    out = -(-size // stride)
    total = max((out - 1) * stride + (kernel - 1) * dilation + 1 - size, 0)
    return total // 2, total - total // 2


class Graph:
    """An ONNX graph under construction; tensors of rank 4 are kept NCHW for a logical NHWC."""

    def __init__(self):
        self.nodes, self.initial, self.count = [], {}, 0
        self.onnx_name, self.constant, self.shape = {}, {}, {}

    def const(self, array):
        self.count += 1
        self.initial[f"k{self.count}"] = np.array(array, order="C")
        return f"k{self.count}"

    def node(self, kind, inputs, **attributes):
        self.count += 1
        self.nodes.append(helper.make_node(kind, list(inputs), [f"t{self.count}"], **attributes))
        return f"t{self.count}"

    def value(self, index):
        if index not in self.onnx_name:
            self.onnx_name[index] = f"w_{index}"
            self.initial[f"w_{index}"] = np.array(self.constant[index], order="C")
        return self.onnx_name[index]

    def is_picture(self, index):
        return index not in self.constant and len(self.shape[index]) == 4

    def nhwc(self, index):
        if self.is_picture(index):
            return self.node("Transpose", [self.value(index)], perm=[0, 2, 3, 1])
        return self.value(index)

    def put_nhwc(self, index, name):
        if len(self.shape[index]) == 4:
            name = self.node("Transpose", [name], perm=[0, 3, 1, 2])
        self.onnx_name[index] = name

    def activated(self, name, kind):
        return name if kind is None else self.node(kind, [name])

    def operand(self, index, beside_picture):
        if index not in self.constant:
            return self.value(index)
        array = self.constant[index]
        if beside_picture and array.ndim >= 1 and array.size > 1:
            array = array.reshape((1,) * (4 - array.ndim) + array.shape).transpose(0, 3, 1, 2)
        return self.const(array)

    def conv(self, source, weights, bias, strides, same, dilations, groups, activation, out):
        kernel, size = weights.shape[2:], self.shape[source]
        top = left = bottom = right = 0
        if same:
            top, bottom = same_padding(size[1], kernel[0], strides[0], dilations[0])
            left, right = same_padding(size[2], kernel[1], strides[1], dilations[1])
        inputs = [self.value(source), self.const(weights.astype(np.float32))]
        if bias is not None:
            inputs.append(self.const(bias.astype(np.float32)))
        made = self.node("Conv", inputs, strides=list(strides), pads=[top, left, bottom, right],
                         dilations=list(dilations), group=groups, kernel_shape=list(kernel))
        self.onnx_name[out] = self.activated(made, activation)

    def pool(self, source, kernel, strides, same, activation, out):
        size = self.shape[source]
        top = left = bottom = right = 0
        if same:
            top, bottom = same_padding(size[1], kernel[0], strides[0])
            left, right = same_padding(size[2], kernel[1], strides[1])
        made = self.node("MaxPool", [self.value(source)], kernel_shape=list(kernel), strides=list(strides),
                         pads=[top, left, bottom, right])
        self.onnx_name[out] = self.activated(made, activation)

    def pad(self, source, paddings, out):
        paddings = np.asarray(paddings).reshape(-1, 2)
        if len(paddings) == 4:
            paddings = paddings[[0, 3, 1, 2]]
        self.onnx_name[out] = self.node("Pad", [
            self.value(source), self.const(paddings.T.reshape(-1).astype(np.int64)), self.const(np.float32(0))])

    def model(self, inputs, outputs):
        graph_inputs, graph_outputs = [], []
        for index, name in inputs:
            shape = self.shape[index]
            shape = [1, shape[3], shape[1], shape[2]] if len(shape) == 4 else [1] + shape[1:]
            graph_inputs.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, shape))
        for index, name in outputs:
            made = self.nhwc(index)
            self.nodes.append(helper.make_node("Identity", [made], [name]))
            shape = [int(side) if side and side > 0 else 1 for side in self.shape[index]]
            graph_outputs.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, shape))
        used = {name for node in self.nodes for name in node.input}
        initial = [numpy_helper.from_array(array, name) for name, array in self.initial.items() if name in used]
        graph = helper.make_graph(self.nodes, "g", graph_inputs, graph_outputs, initial)
        live, keep = {value.name for value in graph.output}, []
        for node in reversed(graph.node):
            if any(name in live for name in node.output):
                keep.append(node)
                live.update(node.input)
        del graph.node[:]
        graph.node.extend(reversed(keep))
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], producer_name="to_onnx.py")
        model.ir_version = 8
        model = onnx.shape_inference.infer_shapes(model)
        onnx.checker.check_model(model)
        return model


def options(operator, kind):
    made = kind()
    made.Init(operator.BuiltinOptions().Bytes, operator.BuiltinOptions().Pos)
    return made


def convert(data):
    """ONNX model of a TFLite file."""
    model = tflite.Model.GetRootAsModel(data, 0)
    source, graph = model.Subgraphs(0), Graph()
    names = {code: name for name, code in vars(tflite.BuiltinOperator).items() if not name.startswith("_")}
    for index in range(source.TensorsLength()):
        tensor = source.Tensors(index)
        graph.shape[index] = [int(side) for side in (tensor.ShapeAsNumpy() if tensor.ShapeLength() else [])]
        buffer = model.Buffers(tensor.Buffer())
        if buffer.DataLength():
            raw = buffer.DataAsNumpy().tobytes()
            graph.constant[index] = np.frombuffer(raw, DTYPE[tensor.Type()]).reshape(graph.shape[index])
    inputs = [(int(i), source.Tensors(int(i)).Name().decode()) for i in source.InputsAsNumpy()]
    for index, name in inputs:
        graph.onnx_name[index] = name
    for number in range(source.OperatorsLength()):
        operator = source.Operators(number)
        code = model.OperatorCodes(operator.OpcodeIndex())
        kind = names[max(code.BuiltinCode(), code.DeprecatedBuiltinCode())]
        takes = [int(v) for v in operator.InputsAsNumpy()]
        gives = [int(v) for v in operator.OutputsAsNumpy()]
        if kind == "DEQUANTIZE" and takes[0] in graph.constant:
            graph.constant[gives[0]] = graph.constant[takes[0]].astype(np.float32)
        elif kind == "CONV_2D":
            o = options(operator, tflite.Conv2DOptions)
            bias = graph.constant[takes[2]] if len(takes) > 2 and takes[2] >= 0 else None
            graph.conv(takes[0], graph.constant[takes[1]].transpose(0, 3, 1, 2), bias, (o.StrideH(), o.StrideW()),
                       o.Padding() == 0, (o.DilationHFactor(), o.DilationWFactor()), 1,
                       ACTIVATION[o.FusedActivationFunction()], gives[0])
        elif kind == "DEPTHWISE_CONV_2D":
            o = options(operator, tflite.DepthwiseConv2DOptions)
            graph.conv(takes[0], graph.constant[takes[1]].transpose(3, 0, 1, 2), graph.constant[takes[2]],
                       (o.StrideH(), o.StrideW()), o.Padding() == 0, (o.DilationHFactor(), o.DilationWFactor()),
                       graph.shape[takes[0]][3], ACTIVATION[o.FusedActivationFunction()], gives[0])
        elif kind == "MAX_POOL_2D":
            o = options(operator, tflite.Pool2DOptions)
            graph.pool(takes[0], (o.FilterHeight(), o.FilterWidth()), (o.StrideH(), o.StrideW()), o.Padding() == 0,
                       ACTIVATION[o.FusedActivationFunction()], gives[0])
        elif kind == "ADD":
            o = options(operator, tflite.AddOptions)
            beside = graph.is_picture(takes[0]) or graph.is_picture(takes[1])
            made = graph.node("Add", [graph.operand(takes[0], beside), graph.operand(takes[1], beside)])
            graph.onnx_name[gives[0]] = graph.activated(made, ACTIVATION[o.FusedActivationFunction()])
        elif kind == "PRELU":
            slope = graph.constant[takes[1]]
            slope = slope.reshape((1,) * (4 - slope.ndim) + slope.shape).transpose(0, 3, 1, 2)[0]
            graph.onnx_name[gives[0]] = graph.node("PRelu", [
                graph.value(takes[0]), graph.const(slope.astype(np.float32))])
        elif kind == "PAD":
            graph.pad(takes[0], graph.constant[takes[1]], gives[0])
        elif kind == "RELU":
            graph.onnx_name[gives[0]] = graph.node("Relu", [graph.value(takes[0])])
        elif kind == "RESHAPE":
            made = graph.node("Reshape", [graph.nhwc(takes[0]), graph.const(np.array(graph.shape[gives[0]], np.int64))])
            graph.put_nhwc(gives[0], made)
        elif kind == "CONCATENATION":
            axis = options(operator, tflite.ConcatenationOptions).Axis()
            rank = len(graph.shape[gives[0]])
            axis %= rank
            if rank == 4:
                axis = [0, 2, 3, 1][axis]
            graph.onnx_name[gives[0]] = graph.node("Concat", [graph.value(i) for i in takes], axis=axis)
        else:
            sys.exit(f"operator {kind} is not known")
    outputs = []
    for number, index in enumerate(source.OutputsAsNumpy()):
        name = source.Tensors(int(index)).Name().decode().replace("/", "_").replace(":", "_")
        outputs.append((int(index), f"o{number}_{name}"))
    return graph.model(inputs, outputs)


def main():
    downloads, output = Path(sys.argv[1]), Path(sys.argv[2])
    for name, expected in EXPECTED.items():
        path = output / f"{name}.onnx"
        onnx.save(convert(sources.tflite(downloads, name)), path)
        found = hashlib.sha256(path.read_bytes()).hexdigest()
        print(path, path.stat().st_size, found)
        if found != expected:
            sys.exit(f"{name}: not the committed network")


if __name__ == "__main__":
    main()
