"""The engines the face networks are measured beside: LiteRT (with XNNPACK) and onnxruntime, one thread.

usage: peers.py LiteRT|onnxruntime FOLDER_OF_ONNX FOLDER_OF_TFLITE

Says the CPU milliseconds of loading the three networks, then answers lines of its input until that ends:
"time RUNS NETWORK..." with the median CPU milliseconds of running those networks one after the other, "look NETWORK"
(then the pixels, little-endian floats, row by row, red green blue) with the number of outputs and the outputs.
"""
import statistics
import sys
import time
from pathlib import Path

import numpy as np

NETWORKS = [("face_detection_short_range", 128), ("face_landmark", 192), ("iris_landmark", 64)]


def litert(folder):
    from ai_edge_litert.interpreter import Interpreter

    def load(name, side):
        engine = Interpreter(model_path=str(folder / f"{name}.tflite"), num_threads=1)
        engine.allocate_tensors()
        place = engine.get_input_details()[0]["index"]
        outputs = [entry["index"] for entry in engine.get_output_details()]

        def run(pixels):
            engine.set_tensor(place, pixels)
            engine.invoke()
            return [engine.get_tensor(index) for index in outputs]

        run(np.zeros((1, side, side, 3), np.float32))
        return run, lambda pixels: pixels.reshape(1, side, side, 3)

    return load


def onnx(folder):
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1

    def load(name, side):
        engine = onnxruntime.InferenceSession(str(folder / f"{name}.onnx"), options)
        entry = engine.get_inputs()[0].name
        shaped = lambda pixels: np.ascontiguousarray(pixels.reshape(1, side, side, 3).transpose(0, 3, 1, 2))
        return lambda pixels: engine.run(None, {entry: pixels}), shaped

    return load


def main():
    load = litert(Path(sys.argv[3])) if sys.argv[1] == "LiteRT" else onnx(Path(sys.argv[2]))
    start = time.process_time()
    engines = [load(name, side) for name, side in NETWORKS]
    loaded = (time.process_time() - start) * 1e3
    out = sys.stdout.buffer
    answer = lambda value: (out.write(f"{value}\n".encode()), out.flush())
    answer(loaded)
    blank = [shaped(np.full((side, side, 3), 0.25, np.float32)) for (_, shaped), (_, side) in zip(engines, NETWORKS)]
    for line in sys.stdin.buffer:
        words = line.split()
        if words[0] == b"time":
            runs, networks = int(words[1]), [int(word) for word in words[2:]]
            times = []
            for _ in range(runs):
                start = time.process_time_ns()
                for network in networks:
                    engines[network][0](blank[network])
                times.append((time.process_time_ns() - start) / 1e6)
            answer(statistics.median(times))
        else:
            network = int(words[1])
            side = NETWORKS[network][1]
            pixels = np.frombuffer(sys.stdin.buffer.read(side * side * 12), "<f4")
            run, shaped = engines[network]
            numbers = np.concatenate([part.reshape(-1) for part in run(shaped(pixels))]).astype("<f4")
            out.write(f"{len(numbers)}\n".encode() + numbers.tobytes())
            out.flush()


if __name__ == "__main__":
    main()
