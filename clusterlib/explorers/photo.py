"""The photo explorer: a picture, its codebook, and all bits counted.

Question: how good does a picture look for how many bits?
Chapter: 3, Codebooks at work.
Symbols: X blocks of pixels, C codebook of k blocks, b side of a block.

The pictures are small grey copies, a quarter of the width and height of the
bundled photos.  Code words are whole numbers from 0 to 255, as a file would
store them.  The bits of a picture's own codebook are part of the rate; a codebook of another
picture is there before, so it need not be sent.
"""

from __future__ import annotations

import base64
import functools

import numpy as np

from clusterlib import datasets
from clusterlib.explorers.shared import svg
from clusterlib.explorers.shared.explorer import Explorer, Question
from clusterlib.explorers.shared.scenes import rounded
from clusterlib.quantization import (
    code_image,
    grey,
    image_blocks,
    lbg_steps,
)
from clusterlib.quantization.information import psnr
from clusterlib.quantization.scalar import optimal_levels

__all__ = ["PhotoExplorer", "book_of", "copy"]

IMAGES = {"hopper": datasets.hopper, "china": datasets.china, "flower": datasets.flower}
BLOCKS = (1, 2, 4)
POWERS = range(1, 9)  # k = 2, 4, ..., 256


@functools.cache
def copy(name):
    """Return the grey copy of a photo: means of 4 x 4 pixels, rounded, sides multiples of 4."""
    image = grey(IMAGES[name]())
    rows, columns = (size // 16 * 16 for size in image.shape)
    small = image[:rows, :columns].reshape(rows // 4, 4, columns // 4, 4).mean(axis=(1, 3))
    return np.rint(small)


@functools.cache
def book_of(name, block):
    """Return the codebooks of a copy for k = 2, 4, ..., 256, as whole numbers."""
    if block == 1:
        values, counts = np.unique(copy(name), return_counts=True)
        books = [optimal_levels(values, min(2**p, len(values)), counts).levels[:, None]
                 for p in POWERS]  # fmt: skip
    else:
        blocks = image_blocks(copy(name), block)
        books = [state.C for state in lbg_steps(blocks, 2 ** POWERS[-1])][1:]
    return [np.rint(C).clip(0, 255) for C in books]


@functools.cache
def coded(image, source, block, power):
    """Return the coded copy, its PSNR, and bits per pixel without and with the codebook."""
    original = copy(image)
    C = book_of(source, block)[power - 1]
    out = code_image(original, C, block)
    bits = float(np.log2(len(C))) / block**2
    sent = 8 * C.size / original.size if image == source else 0.0
    return out, psnr(original, out.decode()), bits, bits + sent


class PhotoExplorer(Explorer):
    """A photo coded with codebooks of any block and size, its own or a foreign one.

    Parameters
    ----------
    uid : str, optional
        Name of the figure in the page's address; see `Explorer`.

    Examples
    --------
    >>> from clusterlib.explorers import PhotoExplorer
    >>> state = PhotoExplorer().state(block=1, power=1)
    >>> len(state["C"]), state["bits"], round(state["total"], 4)
    (2, 1.0, 1.0008)
    """

    name = "photo"
    title = "The photo and its bits"
    caption = "Rates count the codebook, so more code words are not always better."
    question = Question(
        ask="One bit per pixel: which looks better, two grey levels or sixteen tiles of "
        "2 x 2 pixels?",
        options={
            "two grey levels": "They are the best code for single pixels, but a single pixel "
            "tells nothing of its neighbours.",
            "sixteen tiles": "Neighbouring pixels are alike, and only a code for several pixels at "
            "once can use that.",
            "both the same": "The bits are the same, the errors are not.",
        },
        answer=1,
        explain="On the full photo of Grace Hopper two levels reach 18.68 dB and sixteen tiles "
        "27.72 dB, both with one bit per pixel.",
        before={"block": 1, "power": 1},
        after={"block": 2, "power": 4},
    )

    def state(self, before=None, **values):
        values = {"image": "hopper", "source": "hopper", "block": 2, "power": 4, **values}
        out, quality, bits, total = coded(*(values[v] for v in
                                            ("image", "source", "block", "power")))  # fmt: skip
        use = np.bincount(out.labels, minlength=len(out.C))
        return {"values": values, "C": out.C, "image": out.decode(), "psnr": quality,
                "bits": bits, "total": total, "use": use}  # fmt: skip

    def controls(self, **values):
        return [
            {"kind": "range", "key": "power", "label": "log2 k", "min": 1, "max": 8},
            {"kind": "select", "key": "block", "label": "Block", "options": list(BLOCKS)},
            {"kind": "select", "key": "image", "label": "Photo", "options": list(IMAGES)},
            {"kind": "select", "key": "source", "label": "Codebook of", "options": list(IMAGES)},
        ]

    def say(self, state):
        values, k = state["values"], len(state["C"])
        own = values["image"] == values["source"]
        whose = "its own" if own else f"the {values['source']}"
        exact = np.isinf(state["psnr"])
        quality = "no error" if exact else f"PSNR {state['psnr']:.2f} dB"
        charged = (f"{state['total']:.3f} with the codebook" if own
                   else "as this codebook need not be sent")  # fmt: skip
        return (
            f"A copy of {values['image']} with {whose} codebook of {k} blocks of "
            f"{values['block']} x {values['block']} pixels: {quality} at {state['bits']:.3g} bits "
            f"per pixel, {charged}, {8 / state['total']:.2f} times "
            f"smaller than 8 bits per pixel."
        )

    def draw(self, state):
        v = state["values"]
        curve = [coded(v["image"], v["source"], v["block"], p) for p in POWERS]
        quality = [c[1] if np.isfinite(c[1]) else None for c in curve]
        chart = svg.curve([c[3] for c in curve], quality, v["power"] - 1,
                               "PSNR by bits per pixel", "bits, codebook counted")  # fmt: skip
        return svg.grid([
            (svg.W, svg.photo(copy(v["image"]), "original")),
            (svg.W, svg.photo(state["image"], f"{len(state['C'])} code words")),
            (svg.W, chart),
        ])  # fmt: skip

    def data(self):
        def packed(array):
            return base64.b64encode(np.asarray(array, np.uint8).tobytes()).decode()

        table = {
            f"{image},{source},{block}": [
                rounded(c[1:], 6)
                for c in (coded(image, source, block, p) for p in POWERS)
            ]
            for image in IMAGES for source in IMAGES for block in BLOCKS
        }  # fmt: skip
        return {
            "images": {n: {"rows": len(copy(n)), "grey": packed(copy(n))} for n in IMAGES},
            "books": {f"{n},{b}": [packed(C) for C in book_of(n, b)] for n in IMAGES
                      for b in BLOCKS},
            "blocks": list(BLOCKS), "powers": len(POWERS), "table": table,
        }  # fmt: skip
