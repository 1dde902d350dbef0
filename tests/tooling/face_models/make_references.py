#!/usr/bin/env python3
"""Reference inputs (PNG) and outputs (little-endian 32-bit floats) of the networks, from a picture of a fixture person.

usage: make_references.py DOWNLOAD_FOLDER REPOSITORY

The three MediaPipe networks are run by LiteRT from the original TFLite bytes, so that the stored outputs check the
conversion and the Rust engine at once. The embedding is run by onnxruntime from the committed ONNX file. Outputs of one
network are stored one after the other in the order of the ONNX file.
"""
import sys
from pathlib import Path

import numpy as np
import onnxruntime
from ai_edge_litert.interpreter import Interpreter
from PIL import Image

import sources

PICTURE = "tests/fixtures/people/p01/neutral/0000.jpg"  # 360 x 480
# Network, side of its input, box (left, top, right, bottom) cut from the picture, value range of the input.
CASES = [
    ("face_detection_short_range", 128, (0, 60, 360, 420), lambda x: x / 127.5 - 1),
    ("face_landmark", 192, (45, 90, 315, 360), lambda x: x / 255),
    ("iris_landmark", 64, (94, 160, 180, 246), lambda x: x / 255),
]
EMBEDDING_BOX = (80, 120, 280, 320)


def cut(picture, box, side):
    return picture.crop(box).resize((side, side), Image.BILINEAR)


def main():
    downloads, root = Path(sys.argv[1]), Path(sys.argv[2])
    picture = Image.open(root / PICTURE).convert("RGB")
    for name, side, box, scaled in CASES:
        tile = cut(picture, box, side)
        tile.save(root / f"core/face/models/reference/{name}.png")
        engine = Interpreter(model_content=sources.tflite(downloads, name))
        engine.allocate_tensors()
        engine.set_tensor(engine.get_input_details()[0]["index"], scaled(np.asarray(tile, np.float32))[None])
        engine.invoke()
        outputs = [engine.get_tensor(entry["index"]).reshape(-1) for entry in engine.get_output_details()]
        flat = np.concatenate(outputs).astype("<f4")
        flat.tofile(root / f"core/face/models/reference/{name}.f32")
        print(name, [len(part) for part in outputs], float(flat.min()), float(flat.max()))
    tile = cut(picture, EMBEDDING_BOX, 150)
    tile.save(root / "portal/appraisal/models/reference/dlib_resnet_u8.png")
    options = onnxruntime.SessionOptions()
    options.add_session_config_entry("session.disable_quant_qdq", "1")  # its rewriting changes the result
    engine = onnxruntime.InferenceSession(str(root / "portal/appraisal/models/dlib_resnet_u8.onnx"), options)
    flat = engine.run(None, {"input": np.asarray(tile, np.float32).transpose(2, 0, 1)[None]})[0].reshape(-1)
    flat.astype("<f4").tofile(root / "portal/appraisal/models/reference/dlib_resnet_u8.f32")
    print("dlib_resnet_u8", len(flat), float(flat.min()), float(flat.max()))


if __name__ == "__main__":
    main()
