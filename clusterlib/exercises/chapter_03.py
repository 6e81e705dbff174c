"""Exercises of chapter 3, Codebooks at work.

Question: can you count every bit, and score without flattery?
Chapter: 3, Codebooks at work.
Symbols: none.
"""

import numpy as np

from clusterlib import datasets
from clusterlib.exercises.checking import Function, Score, Value, error_of_words
from clusterlib.quantization import palette


def psnr(image, coded):
    """Return the peak signal-to-noise ratio in decibels."""
    error = (np.asarray(image, dtype=float) - np.asarray(coded, dtype=float)) ** 2
    return 10 * np.log10(255**2 / error.mean())


def twenty(image, coded):
    """Take twenty logarithms of a ratio of squares."""
    return 2 * psnr(image, coded)


def wrapped(image, coded):
    """Subtract unsigned numbers as they come."""
    error = (np.asarray(image) - np.asarray(coded)) ** 2
    return 10 * np.log10(255**2 / error.mean())


def of_the_sum(image, coded):
    """Divide by the sum of the squared errors."""
    return psnr(image, coded) - 10 * np.log10(np.size(image))


def unsquared_peak(image, coded):
    """Forget the square of the peak."""
    return psnr(image, coded) - 10 * np.log10(255)


def pictures():
    """Return small images and coded images of unsigned bytes."""
    rng = np.random.default_rng(3)
    first = rng.integers(0, 256, (6, 6)).astype(np.uint8)
    second = rng.integers(0, 256, (6, 6)).astype(np.uint8)
    return [(first, second), (second, first // 2)]


def auc(target, background):
    """Return the share of pairs in which the target is higher."""
    target, background = np.asarray(target)[:, None], np.asarray(background)
    return float(((target > background) + 0.5 * (target == background)).mean())


def ties_lost(target, background):
    """Count a tie as nothing."""
    return float((np.asarray(target)[:, None] > np.asarray(background)).mean())


def turned(target, background):
    """Count pairs in which the background is higher."""
    return 1 - auc(target, background)


def against_the_mean(target, background):
    """Compare with the mean of the background only."""
    return float((np.asarray(target) > np.mean(background)).mean())


def error_of_the_flower(colours):
    """Return the mean squared error of every 25th pixel of the flower in eight colours."""
    pixels = datasets.flower()[::5, ::5].reshape(-1, 3)
    return error_of_words(pixels, colours, (8, 3), "mean square") / 3


EXERCISES = {
    "3.1": Value(
        19_200 * 6 + 64 * 16 * 8,
        [
            (19_200 * 6, "The codebook has to be sent too: 64 words of 16 pixels."),
            (640 * 480 * 6 + 64 * 16 * 8, "One index a block, not one a pixel."),
            (19_200 * 64 + 64 * 16 * 8, "Six bits name one of 64 words."),
            (19_200 * 6 + 64 * 8, "A word has 16 pixels of 8 bits each."),
        ],
        "Blocks times bits of an index, plus words times pixels times 8.",
        "115,200 bits of indices and 8,192 of codebook.",
    ),
    "3.2": Function(
        psnr,
        pictures,
        [
            (twenty, "The ratio is already one of squares: ten logarithms, not twenty."),
            (wrapped, "Bytes wrap around when you subtract them. Turn them into floats first."),
            (of_the_sum, "Divide by the mean of the squared errors, not by their sum."),
            (unsquared_peak, "The peak is squared too: 255**2."),
        ],
        "Mean of the squared differences, then 10 log10(255**2 / mean).",
        "The scale on which pictures are compared.",
    ),
    "3.3": Function(
        auc,
        lambda: [
            ([3.0, 5.0], [1.0, 3.0, 4.0]),
            ([2.0, 2.0], [2.0, 1.0]),
            ([0.0], [1.0, -1.0, 3.0]),
        ],
        [
            (ties_lost, "A tie counts one half."),
            (turned, "That is the share in which the background is higher."),
            (against_the_mean, "Compare with every background score, not with their mean."),
        ],
        "Compare every target score with every background score.",
        "One half is guessing, one is perfect.",
    ),
    "3.4": Value(
        "flower",
        [
            ("hopper", "It loses about 8 dB. One of the other two loses more."),
            ("china", "It loses most under the flower's book. Take the better foreign one."),
            ("temple", "Type the name that stands in the menu: hopper, china or flower."),
        ],
        "For each photo: PSNR with its own book, less the larger of the other two.",
        "35.7 dB with its own book and 26.1 dB with the better foreign one.",
        "the name of a photo, in quotes",
    ),
    "3.6": Score(
        error_of_the_flower,
        165.0,
        lambda: palette(datasets.flower(), 8),
        "Let k-means choose the colours: `quantization.palette`, or your own ten lines.",
        "That is a PSNR above 25.9 dB with three bits per pixel.",
        "eight rows of red, green and blue",
    ),
}
