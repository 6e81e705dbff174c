"""Product quantization: known recalls, and distances to decoded vectors."""

import itertools

import numpy as np
import pytest

from clusterlib import datasets, quantization

PRODUCT = [
    (8, 16, 32, 223.4611, (0.3165, 0.8754, 1.0000)),
    (8, 64, 48, 98.92229, (0.6061, 0.9832, 1.0000)),
    (1, 256, 8, 209.9427, (0.1077, 0.7104, 0.9966)),
]


@pytest.mark.parametrize(("parts", "k", "bits", "error", "recalls"), PRODUCT)
def test_product_quantization(parts, k, bits, error, recalls):
    X = datasets.digits().X
    base, queries = X[:1500], X[1500:]
    quantizer = quantization.ProductQuantizer.train(base, parts, k, restarts=3, seed=0)
    codes = quantizer.encode(base)
    assert quantizer.bits == bits and codes.shape == (1500, parts)
    lost = ((base - quantizer.decode(codes)) ** 2).sum(axis=1).mean()
    assert lost == pytest.approx(error, rel=1e-4)
    exact = ((queries[:, None] - base) ** 2).sum(axis=2)
    found = quantizer.distances(queries, codes)
    for r, expected in zip((1, 10, 100), recalls, strict=True):
        assert quantization.recall(found, exact.argmin(axis=1), r) == pytest.approx(
            expected, abs=0.004
        )


def test_asymmetric_distances_are_distances_to_decoded_vectors():
    g = np.random.default_rng(1)
    X, Q = g.normal(size=(40, 6)), g.normal(size=(5, 6))
    quantizer = quantization.ProductQuantizer.train(X, parts=3, k=4, seed=0)
    codes = quantizer.encode(X)
    expected = ((Q[:, None] - quantizer.decode(codes)) ** 2).sum(axis=2)
    np.testing.assert_allclose(quantizer.distances(Q, codes), expected)
    for x, code in zip(X, codes, strict=True):
        words = itertools.product(range(4), repeat=3)
        best = min(((x - quantizer.decode([list(w)])[0]) ** 2).sum() for w in words)
        assert ((x - quantizer.decode([code])[0]) ** 2).sum() == pytest.approx(best)


QUANTIZER = quantization.ProductQuantizer.train(np.arange(16.0).reshape(4, 4), 2, 2, seed=0)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: quantization.ProductQuantizer.train(np.zeros((3, 5)), 2, 1), "`parts` is 2"),
        (lambda: QUANTIZER.encode(np.zeros((2, 5))), "`X` has 5 columns"),
        (lambda: QUANTIZER.decode([[0, 2]]), "from 0 to 1"),
        (lambda: QUANTIZER.decode([[0, 0.5]]), "whole numbers"),
        (lambda: quantization.recall([[0.0]], [0, 1], 1), "2 entries for 1"),
        (lambda: quantization.recall([[0.0]], [0], 0), "`r`"),
    ],
)
def test_bad_input_is_named(call, message):
    with pytest.raises(ValueError, match=message):
        call()
