"""Make a screenshot small: at most 256 colours, packed well. No library needed but NumPy."""

from __future__ import annotations

import base64
import struct
import zlib
from typing import Any

import numpy as np
from numpy.typing import NDArray

COLOURS = 256
STEP = 8  # colours nearer than this are candidates for one entry of the palette
PIXELS = """async picture => {
    const image = new Image();
    image.src = "data:image/png;base64," + picture;
    await image.decode();
    const canvas = new OffscreenCanvas(image.width, image.height);
    const context = canvas.getContext("2d");
    context.drawImage(image, 0, 0);
    const bytes = context.getImageData(0, 0, image.width, image.height).data;
    let text = "";
    for (let from = 0; from < bytes.length; from += 32768)
        text += String.fromCharCode(...bytes.subarray(from, from + 32768));
    return [image.width, image.height, btoa(text)];
}"""
Pixels = NDArray[np.uint8]


def small_png(page: Any, picture: bytes) -> bytes:
    """The same picture with a palette; `page` is any page of a browser, which reads it for us."""
    width, height, raw = page.evaluate(PIXELS, base64.b64encode(picture).decode())
    rgba = np.frombuffer(base64.b64decode(raw), np.uint8).reshape(height * width, 4)
    palette, places = reduced(rgba[:, :3])
    return written(width, height, palette, places.reshape(height, width))


def reduced(pixels: Pixels) -> tuple[Pixels, Pixels]:
    """A palette and, for every pixel, its place in it. Colours that are few stay exact."""
    packed = pixels.astype(np.uint32) @ np.array([1 << 16, 1 << 8, 1], np.uint32)
    numbers, back, count = np.unique(packed, return_inverse=True, return_counts=True)
    found = np.stack([numbers >> 16, numbers >> 8 & 255, numbers & 255], axis=1).astype(np.uint8)
    palette = found if len(found) <= COLOURS else _palette(found, count)
    return palette, _nearest(found, palette)[back]


def _palette(found: Pixels, count: NDArray[np.int64]) -> Pixels:
    """The most frequent colour of each small cube, of the cubes with the most pixels."""
    cube = (found // STEP).astype(np.int64) @ np.array([1_000_000, 1_000, 1])
    order = np.lexsort((-count, cube))
    first = np.flatnonzero(np.diff(cube[order], prepend=-1))
    weight = np.add.reduceat(count[order], first)
    most = np.argsort(-weight, kind="stable")[:COLOURS]
    return found[order][first][most]


def _nearest(found: Pixels, palette: Pixels) -> Pixels:
    there = palette.astype(np.int32)
    places = [((there - colour) ** 2).sum(axis=1).argmin() for colour in found.astype(np.int32)]
    return np.array(places, np.uint8)


def written(width: int, height: int, palette: Pixels, places: Pixels) -> bytes:
    """A PNG with a palette, 8 bits a pixel."""
    lines = np.hstack([np.zeros((height, 1), np.uint8), places])  # 0: the line is not filtered
    head = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    chunks = [
        (b"IHDR", head),
        (b"PLTE", palette.tobytes()),
        (b"IDAT", zlib.compress(lines.tobytes(), 9)),
        (b"IEND", b""),
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in chunks)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
