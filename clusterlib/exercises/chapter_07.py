"""Exercises of chapter 7, More data than memory.

Question: what must a chunk send, and what must it never send?
Chapter: 7, More data than memory.
Symbols: C codebook (k, d), sums and counts of the rows of each code word.
"""

import numpy as np

from clusterlib.exercises.checking import Function, Value


def combine(sums, counts, C):
    """Return the codebook of the sums and counts of all chunks; empty cells keep theirs."""
    total, size = np.sum(sums, axis=0), np.sum(counts, axis=0)
    return np.where(size[:, None] > 0, total / np.maximum(size, 1)[:, None], C)


def mean_of_means(sums, counts, C):
    """Average the means of the chunks, each with the same weight."""
    sums, counts = np.asarray(sums, float), np.asarray(counts)
    means = sums / np.maximum(counts, 1)[:, :, None]
    seen = (counts > 0).sum(axis=0)
    return np.where(seen[:, None] > 0, means.sum(axis=0) / np.maximum(seen, 1)[:, None], C)


def to_the_origin(sums, counts, C):
    """Send the code word of an empty cell to the origin."""
    return np.sum(sums, axis=0) / np.maximum(np.sum(counts, axis=0), 1)[:, None]


def all_alike(sums, counts, C):
    """Divide by the number of all rows."""
    return np.sum(sums, axis=0) / np.sum(counts)


def chunks():
    """Return sums and counts of a few chunks, one cell empty everywhere, one empty in one."""
    rng = np.random.default_rng(7)
    counts = np.array([[3, 0, 2], [1, 0, 0], [6, 0, 4]])
    sums = rng.normal(size=(3, 3, 2)).round(2) * counts[:, :, None]
    C = rng.normal(size=(3, 2)).round(2)
    return [(sums, counts, C), (sums[:2], counts[:2], C + 1)]


def moved(c, count, batch):
    """Return the mean of `count` old rows with mean c and the rows of a batch, and the count."""
    m = len(batch)
    return (c * count + np.sum(batch, axis=0)) / (count + m)


def halfway(c, count, batch):
    """Go halfway to the mean of the batch."""
    return (c + np.mean(batch, axis=0)) / 2


def forgetful(c, count, batch):
    """Take the mean of the batch."""
    return np.mean(batch, axis=0)


def one_row(c, count, batch):
    """Count the batch as a single observation."""
    return c + (np.mean(batch, axis=0) - c) / (count + 1)


def batches():
    """Return code words, counts and batches."""
    rng = np.random.default_rng(8)
    return [
        (rng.normal(size=2).round(2), count, rng.normal(size=(m, 2)).round(2))
        for count, m in ((4, 3), (10, 2), (0, 5))
    ]


EXERCISES = {
    "7.1": Value(
        4,
        [
            (5, "That is the mean of the two means, 2 and 8. The first stands for two rows."),
            (6, "You divided the sum by the number of chunks. Divide it by the number of rows."),
            (12, "That is the sum of all rows. A mean also needs the count."),
        ],
        "Add the sums of the two chunks, add their counts, and divide once.",
        "Sums 4 and 8 make 12, counts 2 and 1 make 3.",
    ),
    "7.2": Function(
        combine,
        chunks,
        [
            (mean_of_means, "You average the means of chunks. A chunk with more rows counts more."),
            (to_the_origin, "An empty cell went to the origin. Let it keep its row of C."),
            (all_alike, "Divide each sum by the count of *its* code word, not by all rows."),
        ],
        "Sum over chunks first, divide last, and look after counts of 0.",
        "Sums and counts add up; means do not.",
    ),
    "7.3": Function(
        moved,
        batches,
        [
            (halfway, "Halfway weighs the batch like everything before it. Use `count`."),
            (forgetful, "You forget the old mean. It stands for `count` rows."),
            (one_row, "A batch of m rows counts m times, not once."),
        ],
        "count old rows with mean c have the sum c * count. Add the batch, divide by all rows.",
        "The step shrinks as the count grows.",
    ),
    "7.4": Value(
        808000,
        [
            (800000, "You sent the sums. The counts travel as well, one a code word."),
            (101000, "Those are numbers. Each takes 8 bytes."),
            (8000000, "That would be a codebook of 1000 words with 1000 features; d is 100."),
            (
                800000000,
                "Those are the rows of the chunk. None of them travels.",
            ),
        ],
        "k rows of d sums and k counts, 8 bytes each, however many rows the chunk has.",
        "(100,000 + 1,000) numbers of 8 bytes; the million rows would be 800 million bytes.",
        "a number of bytes",
    ),
}
