#!/usr/bin/env python3
"""Outputs of onnxruntime for random crops of the reference pictures, for a test that needs no Python.

usage: make_crops.py REPOSITORY

Writes core/face/models/reference/crops.txt (network, picture, left, top and side of each crop) and crops.f32 (the
outputs of each crop one after the other, little-endian 32-bit floats; of the detector's 15,232 numbers every 7th).
A crop is enlarged or shrunk by taking the pixel at left + x * side // size: whole numbers, the same in any language.
"""
import random
import sys
from pathlib import Path

import numpy as np
import onnxruntime
from PIL import Image

NETWORKS = [  # name, side of its input, value range of the input, step through its outputs
    ("face_detection_short_range", 128, lambda x: x / np.float32(127.5) - np.float32(1), 7),
    ("face_landmark", 192, lambda x: x / np.float32(255), 1),
    ("iris_landmark", 64, lambda x: x / np.float32(255), 1),
]
CROPS = 9


def main():
    root = Path(sys.argv[1]) / "core/face/models"
    pictures = {name: np.asarray(Image.open(root / f"reference/{name}.png").convert("RGB")) for name, *_ in NETWORKS}
    chance = random.Random(20260)
    lines, numbers = [], []
    for network, size, scaled, step in NETWORKS:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        engine = onnxruntime.InferenceSession(str(root / f"{network}.onnx"), options)
        for at in range(CROPS):
            name = NETWORKS[at % 3][0]
            whole = pictures[name].shape[0]
            side = chance.randint(whole // 4, whole)
            left, top = chance.randint(0, whole - side), chance.randint(0, whole - side)
            index = np.arange(size) * side // size
            tile = pictures[name][top + index][:, left + index].astype(np.float32)
            outputs = engine.run(None, {engine.get_inputs()[0].name: scaled(tile).transpose(2, 0, 1)[None]})
            lines.append(f"{network} {name} {left} {top} {side}")
            numbers.append(np.concatenate([part.reshape(-1) for part in outputs])[::step])
    (root / "reference/crops.txt").write_text("\n".join(lines) + "\n")
    np.concatenate(numbers).astype("<f4").tofile(root / "reference/crops.f32")
    print(len(lines), "crops,", sum(map(len, numbers)), "numbers")


if __name__ == "__main__":
    main()
