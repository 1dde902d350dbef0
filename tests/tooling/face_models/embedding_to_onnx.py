#!/usr/bin/env python3
"""dlib's face recognition ResNet, as shipped by @vladmandic/face-api, to ONNX with its 8-bit weights kept.

usage: embedding_to_onnx.py DOWNLOAD_FOLDER OUTPUT.onnx

Input 1x3x150x150 RGB 0..255, output 128 floats. The package stores w = scale * q + min; min is a whole multiple of
scale in this package, so DequantizeLinear(q, scale, zero point) gives the same weights. The per-channel scale of the
batch normalisation stays a float multiplication on the dequantised constant, which an engine folds once at load.
"""
import hashlib
import json
import sys
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

import sources

EXPECTED = "02d306db19b1ffdb92cbe40e72bcbd7936695f91be21ee86ad1732dbbed1f9e6"
MEAN = [122.782, 117.001, 104.298]  # dlib's pixel mean


class Weights:
    """Tensors of the package: plain float ones, and (bytes, scale, min) for the quantised."""

    def __init__(self, data, manifest):
        self.plain, self.quantised = {}, {}
        for group in json.loads(manifest):
            offset = 0
            for entry in group["weights"]:
                size = int(np.prod(entry["shape"])) if entry["shape"] else 1
                quantisation = entry.get("quantization")
                array = np.frombuffer(data, np.uint8 if quantisation else np.float32, size, offset)
                offset += array.nbytes
                if quantisation:
                    self.quantised[entry["name"]] = (
                        array.reshape(entry["shape"]), quantisation["scale"], quantisation["min"])
                    array = array.astype(np.float32) * quantisation["scale"] + quantisation["min"]
                self.plain[entry["name"]] = array.reshape(entry["shape"]).astype(np.float32)


class Network:
    """The ResNet, written down layer by layer."""

    def __init__(self, weights):
        self.weights, self.nodes, self.initial, self.count = weights, [], [], 0

    def const(self, array):
        self.count += 1
        self.initial.append(numpy_helper.from_array(np.array(array, order="C"), f"k{self.count}"))
        return f"k{self.count}"

    def node(self, kind, inputs, **attributes):
        self.count += 1
        self.nodes.append(helper.make_node(kind, inputs, [f"t{self.count}"], **attributes))
        return f"t{self.count}"

    def weight(self, name, order):
        if name not in self.weights.quantised:
            return self.const(self.weights.plain[name].transpose(order))
        data, scale, low = self.weights.quantised[name]
        zero = int(np.clip(round(-low / scale), 0, 255))
        if abs(low + zero * scale) > 1e-12:
            sys.exit(f"{name}: its minimum is no multiple of its scale")
        return self.node("DequantizeLinear", [
            self.const(data.transpose(order)), self.const(np.float32(scale)), self.const(np.uint8(zero))])

    def conv(self, source, name, stride, pad, relu):
        plain = self.weights.plain
        scale = plain[f"{name}/scale/weights"]
        bias = plain[f"{name}/conv/bias"] * scale + plain[f"{name}/scale/biases"]
        side = plain[f"{name}/conv/filters"].shape[:2]
        filters = self.node("Mul", [
            self.weight(f"{name}/conv/filters", (3, 2, 0, 1)), self.const(scale.reshape(-1, 1, 1, 1))])
        made = self.node("Conv", [source, filters, self.const(bias)], strides=[stride] * 2, pads=[pad] * 4,
                         kernel_shape=list(side))
        return self.node("Relu", [made]) if relu else made

    def block(self, source, name):
        inner = self.conv(self.conv(source, f"{name}/conv1", 1, 1, True), f"{name}/conv2", 1, 1, False)
        return self.node("Relu", [self.node("Add", [inner, source])])

    def down(self, source, name, size, channels_in, channels_out):
        inner = self.conv(self.conv(source, f"{name}/conv1", 2, 0, True), f"{name}/conv2", 1, 1, False)
        pooled = self.node("AveragePool", [source], kernel_shape=[2, 2], strides=[2, 2])
        size_inner, size_pooled = (size - 3) // 2 + 1, size // 2
        if size_inner != size_pooled:
            grow = size_pooled - size_inner
            inner = self.node("Pad", [
                inner, self.const(np.array([0, 0, 0, 0, 0, 0, grow, grow], np.int64)), self.const(np.float32(0))])
        if channels_in != channels_out:
            grow = channels_out - channels_in
            pooled = self.node("Pad", [
                pooled, self.const(np.array([0, 0, 0, 0, 0, grow, 0, 0], np.int64)), self.const(np.float32(0))])
        return self.node("Relu", [self.node("Add", [pooled, inner])]), size_pooled

    def model(self):
        mean = self.const(np.array(MEAN, np.float32).reshape(3, 1, 1))
        x = self.node("Sub", ["input", mean])
        x = self.node("Mul", [x, self.const(np.float32(1 / 255))])
        x = self.conv(x, "conv32_down", 2, 0, True)
        size = (150 - 7) // 2 + 1
        x = self.node("MaxPool", [x], kernel_shape=[3, 3], strides=[2, 2])
        size = (size - 3) // 2 + 1
        for number in (1, 2, 3):
            x = self.block(x, f"conv32_{number}")
        x, size = self.down(x, "conv64_down", size, 32, 64)
        for number in (1, 2, 3):
            x = self.block(x, f"conv64_{number}")
        x, size = self.down(x, "conv128_down", size, 64, 128)
        for number in (1, 2):
            x = self.block(x, f"conv128_{number}")
        x, size = self.down(x, "conv256_down", size, 128, 256)
        for number in (1, 2):
            x = self.block(x, f"conv256_{number}")
        x, size = self.down(x, "conv256_down_out", size, 256, 256)
        x = self.node("ReduceMean", [x], axes=[2, 3], keepdims=0)
        self.nodes.append(helper.make_node("MatMul", [x, self.weight("fc", (0, 1))], ["desc"]))
        graph = helper.make_graph(
            self.nodes, "g", [helper.make_tensor_value_info("input", TensorProto.FLOAT, [1, 3, 150, 150])],
            [helper.make_tensor_value_info("desc", TensorProto.FLOAT, [1, 128])], self.initial)
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], producer_name="quant_embedding.py")
        model.ir_version = 8
        model = onnx.shape_inference.infer_shapes(model)
        onnx.checker.check_model(model)
        del model.graph.value_info[:]
        return model


def main():
    path = Path(sys.argv[2])
    onnx.save(Network(Weights(*sources.embedding(Path(sys.argv[1])))).model(), path)
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    print(path, path.stat().st_size, found)
    if found != EXPECTED:
        sys.exit("not the committed network")


if __name__ == "__main__":
    main()
