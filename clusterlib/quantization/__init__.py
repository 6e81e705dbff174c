"""Codebooks and what they are good for: pictures, symbols, targets, search.

Question: why quantize vectors, and where is it used?
Chapter: 1, Scalar quantizers; 2, Codebooks; 3, Codebooks at work.
Symbols: X observations, C codebook, k code words, labels.

`information` counts bits and decibels, `scalar` quantizes single numbers, `training` finds
codebooks, `images` codes pictures and counts every bit, `product` finds neighbours among
coded vectors, `signals` decides symbols and scores targets.
"""

from clusterlib.quantization.images import (
    CodedImage,
    code_image,
    grey,
    image_blocks,
    palette,
)
from clusterlib.quantization.product import ProductQuantizer, recall
from clusterlib.quantization.signals import (
    anomaly_score,
    error_rate,
    gaussian_score,
    name_cells,
    qam_channel,
    qam_constellation,
    qam_error_rate,
    rotate,
)
from clusterlib.quantization.training import lbg, lbg_steps, train_code_book

__all__ = [
    "CodedImage",
    "ProductQuantizer",
    "anomaly_score",
    "code_image",
    "error_rate",
    "gaussian_score",
    "grey",
    "image_blocks",
    "lbg",
    "lbg_steps",
    "name_cells",
    "palette",
    "qam_channel",
    "qam_constellation",
    "qam_error_rate",
    "recall",
    "rotate",
    "train_code_book",
]
