"""Exercises of chapter 7, More data than memory.

Question: what must a chunk send, and what must it never send?
Chapter: 7, More data than memory.
Symbols: chunks, a list of arrays (m, d); c a code word, count the rows it has been given.
"""

import numpy as np

from clusterlib.exercises.checking import Function, Value


def variance(chunks):
    """Return the variance of each feature over the rows of all chunks."""
    return np.var(np.concatenate(chunks), axis=0)


def mean_of_variances(chunks):
    """Average the variances of the chunks that have rows."""
    return np.mean([np.var(chunk, axis=0) for chunk in chunks if len(chunk)], axis=0)


def weighted_variances(chunks):
    """Average the variances of the chunks, each with the weight of its rows."""
    sizes = [len(chunk) for chunk in chunks if len(chunk)]
    return np.average(
        [np.var(chunk, axis=0) for chunk in chunks if len(chunk)], axis=0, weights=sizes
    )


def mean_square(chunks):
    """Return the mean square, without taking off the square of the mean."""
    return np.mean(np.concatenate(chunks) ** 2, axis=0)


def less_one(chunks):
    """Divide by n - 1."""
    return np.var(np.concatenate(chunks), axis=0, ddof=1)


def cut_rows():
    """Return lists of chunks of different sizes, some of them empty."""
    X = np.random.default_rng(7).normal(size=(12, 3)).round(2) + [0, 2, 5]
    return [([X[:3], X[3:4], X[4:]],), ([X[:6, :2], X[:0, :2], X[6:11, :2]],)]


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
        variance,
        cut_rows,
        [
            (
                mean_of_variances,
                "The mean of the variances ignores how far the chunks' means lie "
                "apart, and gives a small chunk the weight of a large one.",
            ),
            (
                weighted_variances,
                "Within the chunks that is right. The means of the chunks differ "
                "too, and that is part of the variance.",
            ),
            (mean_square, "That is the mean square. Subtract the square of the mean."),
            (less_one, "You divide by n - 1; the exercise asks for n."),
        ],
        "Three things add up over chunks: the number of rows, their sum, their sum of squares.",
        "Counts, sums and sums of squares add up; variances do not.",
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
        264192,
        [
            (262144, "You sent the sums. The counts travel as well, one for each code word."),
            (33024, "Those are numbers. Each takes 8 bytes."),
            (524288, "That would be two numbers for each sum. The counts are 256 numbers."),
            (1024000000, "Those are the rows of the chunk. None of them leaves it."),
        ],
        "k rows of d sums and k counts, 8 bytes each, however many rows the chunk has.",
        "256 x 128 sums and 256 counts are 33,024 numbers of 8 bytes.",
        "a number of bytes",
    ),
}
