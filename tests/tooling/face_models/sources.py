"""Opens the two pinned packages the networks come from and checks every byte taken out of them."""
import hashlib
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

MEDIAPIPE = ("mediapipe==0.10.9", "2c31ea1160c118daa50f7d43f0027d2480664568df53b7d7a7835b6e966f2cc2")
FACE_API = ("@vladmandic/face-api@1.7.15", "0d77fffeef362ef9c0939cf6c567f3a2e8e177f114fa257a3270cbd2e509b031")

# Path inside the wheel and SHA-256 of the file.
TFLITE = {
    "face_detection_short_range": (
        "mediapipe/modules/face_detection/face_detection_short_range.tflite",
        "bbff11cebd1eb27a1e004cae0b0e63ec8c551cbf34a4451148b4908b8db3eca8",
    ),
    "face_landmark": (
        "mediapipe/modules/face_landmark/face_landmark.tflite",
        "1055cb9d4a9ca8b8c688902a3a5194311138ba256bcc94e336d8373a5f30c814",
    ),
    "iris_landmark": (
        "mediapipe/modules/iris_landmark/iris_landmark.tflite",
        "d1744d2a09c25f501d39eba4faff47e53ecca8852c5ce19bce8eeac39357521f",
    ),
}
EMBEDDING = {
    "weights": (
        "package/model/face_recognition_model.bin",
        "b413e420d6840b2775fba32008db6f3cddb07d485967fb42cfcf379c16a8c589",
    ),
    "manifest": (
        "package/model/face_recognition_model-weights_manifest.json",
        "cbaffa501b0b9275a12b63357a6843e7e30c054e1c9151e1a5f879b26e32986b",
    ),
}


def checked(data, expected, what):
    """Returns data, or stops when its SHA-256 is not the pinned one."""
    found = hashlib.sha256(data).hexdigest()
    if found != expected:
        sys.exit(f"{what}: sha256 {found}, expected {expected}")
    return data


def wheel(folder):
    """The pinned mediapipe wheel (CPython 3.11, Linux x86-64; the networks are the same in all)."""
    found = next(Path(folder).glob("mediapipe-0.10.9-cp311-*manylinux*x86_64.whl"), None)
    if found is None:
        subprocess.run(
            [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--python-version", "3.11",
             "--platform", "manylinux_2_17_x86_64", "--only-binary=:all:", MEDIAPIPE[0], "-d", str(folder)],
            check=True)
        found = next(Path(folder).glob("mediapipe-0.10.9-cp311-*manylinux*x86_64.whl"))
    checked(found.read_bytes(), MEDIAPIPE[1], found.name)
    return found


def tflite(folder, name):
    """Bytes of one TFLite network out of the wheel."""
    path, digest = TFLITE[name]
    with zipfile.ZipFile(wheel(folder)) as archive:
        return checked(archive.read(path), digest, path)


def embedding(folder):
    """(weights, manifest) of the embedding network out of the npm package."""
    found = Path(folder) / "vladmandic-face-api-1.7.15.tgz"
    if not found.exists():
        subprocess.run(["npm", "pack", "--silent", FACE_API[0]], cwd=folder, check=True)
    checked(found.read_bytes(), FACE_API[1], found.name)
    with tarfile.open(found) as archive:
        return tuple(checked(archive.extractfile(path).read(), digest, path)
                     for path, digest in (EMBEDDING["weights"], EMBEDDING["manifest"]))
