#!/usr/bin/env python3
"""The readers that come as Python wheels, on the same folders as ours: zxing-cpp, zbar, OpenCV.

usage: peers.py FOLDER... ; needs numpy, opencv-contrib-python-headless, zxing-cpp, pyzbar (and the
system's libzbar for the last). A reader that is not installed is left out with a line. WeChat's
reader is part of the OpenCV wheel, its networks are not: give their folder in WECHAT_MODELS.
A picture x.jpg has its text in x.txt; one without is to give nothing. CPU time of the process.
"""

import glob
import os
import sys
import time

import cv2

cv2.setNumThreads(1)


def readers():
    found = {}
    try:
        import zxingcpp

        found["zxing-cpp"] = lambda grey: [
            code.text for code in zxingcpp.read_barcodes(grey, formats=zxingcpp.BarcodeFormat.QRCode)
        ]
    except ImportError as error:
        print("left out zxing-cpp:", error)
    try:
        from pyzbar import pyzbar

        found["zbar"] = lambda grey: [
            code.data.decode("utf-8", "replace")
            for code in pyzbar.decode(grey, symbols=[pyzbar.ZBarSymbol.QRCODE])
        ]
    except ImportError as error:
        print("left out zbar:", error)
    models = os.environ.get("WECHAT_MODELS")
    if models:
        names = ("detect.prototxt", "detect.caffemodel", "sr.prototxt", "sr.caffemodel")
        wechat = cv2.wechat_qrcode_WeChatQRCode(*[os.path.join(models, name) for name in names])
        found["WeChat"] = lambda grey: [text for text in wechat.detectAndDecode(grey)[0] if text]
    else:
        print("left out WeChat: no WECHAT_MODELS")
    if os.environ.get("WITH_OPENCV"):
        detector = cv2.QRCodeDetector()
        found["OpenCV"] = lambda grey: [text for text in detector.detectAndDecodeMulti(grey)[1] if text]
    else:
        print("left out OpenCV: single frames take it tens of seconds; WITH_OPENCV=1 to run it")
    return found


def pictures(folders):
    for folder in folders:
        for file in sorted(glob.glob(os.path.join(folder, "**", "*"), recursive=True)):
            base, end = os.path.splitext(file)
            if end.lower() not in (".jpg", ".jpeg", ".png", ".webp"):
                continue
            grey = cv2.imread(file, cv2.IMREAD_GRAYSCALE)
            if grey is None:
                continue
            text = None
            if os.path.exists(base + ".txt"):
                with open(base + ".txt", encoding="utf-8", errors="replace") as expected:
                    text = expected.read().replace("\r\n", "\n").rstrip()
            yield os.path.basename(os.path.dirname(file)), grey, text


def main():
    found = readers()
    tallies = {name: {} for name in found}
    for kind, grey, expected in pictures(sys.argv[1:]):
        for name, read in found.items():
            start = time.process_time()
            panicked = False
            try:
                texts = read(grey)
            except Exception:
                texts, panicked = [], True
            took = (time.process_time() - start) * 1e3
            texts = [text.replace("\r\n", "\n").rstrip() for text in texts]
            right = any(text == expected for text in texts)
            wrong = any(text != expected for text in texts)
            for key in (kind, "all"):
                tally = tallies[name].setdefault(key, [0, 0, 0, 0, []])
                tally[0] += 1
                tally[1] += right
                tally[2] += wrong
                tally[3] += panicked
                tally[4].append(took)
    for name, kinds in tallies.items():
        print(f"\n| {name} | read | % | wrong | panics | median ms | p95 | worst |\n|---|---|---|---|---|---|---|---|")
        for kind, (count, right, wrong, panics, times) in sorted(kinds.items()):
            times.sort()
            last = len(times) - 1
            print(
                f"| {kind} | {right}/{count} | {right * 100 / count:.1f} | {wrong} | {panics} "
                f"| {times[last // 2]:.1f} | {times[last * 95 // 100]:.1f} | {times[last]:.1f} |"
            )


main()
