"""Detectors: how many targets for how many false alarms.

Question: does a score tell targets from background, at any threshold?
Chapter: 6, Choosing k.
Symbols: truth 1 for a target, scores larger for more suspicious observations.
Sources: Hanley, McNeil 1982, The meaning and use of the area under a receiver
operating characteristic curve.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from clusterlib.core.checks import as_vector

__all__ = ["auc", "roc_curve"]


def roc_curve(truth: ArrayLike, scores: ArrayLike) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return false alarms and detections for every threshold on a score.

    Parameters
    ----------
    truth : array_like, shape (n,), bool or 0/1
        True for a target; both kinds must occur.
    scores : array_like, shape (n,)
        Larger means more suspicious.

    Returns
    -------
    false_alarms : ndarray, shape (m + 1,)
        Share of the background at or above each threshold, from 0 to 1.
    detections : ndarray, shape (m + 1,)
        Share of the targets at or above each threshold, from 0 to 1.
    thresholds : ndarray, shape (m + 1,)
        Infinity, then the m different scores in falling order.

    Raises
    ------
    ValueError
        If lengths differ, truth is not 0/1, or one of its kinds is missing.

    References
    ----------
    J. A. Hanley, B. J. McNeil, 1982, The meaning and use of the area under a receiver
    operating characteristic (ROC) curve.

    Examples
    --------
    >>> false_alarms, detections, thresholds = roc_curve([0, 1, 0, 1], [1, 2, 3, 4])
    >>> false_alarms.tolist(), detections.tolist()
    ([0.0, 0.0, 0.5, 0.5, 1.0], [0.0, 0.5, 0.5, 1.0, 1.0])
    """
    target, score = as_vector("truth", truth), as_vector("scores", scores)
    if len(target) != len(score):
        raise ValueError(f"`truth` has {len(target)} entries and `scores` has {len(score)}.")
    if not np.isin(target, [0, 1]).all() or len(np.unique(target)) != 2:
        raise ValueError("`truth` must hold 0 and 1 (or False and True), and both must occur.")
    return _roc_curve(target.astype(bool), score)


def _roc_curve(target, scores):
    order = np.argsort(-scores.astype(float), kind="stable")
    target, scores = target[order], scores[order].astype(float)
    last = np.append(scores[1:] != scores[:-1], True)  # equal scores fall together
    detections = np.cumsum(target)[last]
    false_alarms = np.cumsum(~target)[last]
    start = np.zeros(1)
    return (
        np.concatenate([start, false_alarms / false_alarms[-1]]),
        np.concatenate([start, detections / detections[-1]]),
        np.concatenate([[np.inf], scores[last]]),
    )


def auc(truth: ArrayLike, scores: ArrayLike) -> float:
    """Return the area under the ROC curve: how often a target outscores the background.

    Parameters
    ----------
    truth : array_like, shape (n,), bool or 0/1
        True for a target; both kinds must occur.
    scores : array_like, shape (n,)
        Larger means more suspicious.

    Returns
    -------
    float
        1 if every target scores above the background, .5 for random scores; ties count half.

    Raises
    ------
    ValueError
        As `roc_curve`.

    References
    ----------
    J. A. Hanley, B. J. McNeil, 1982, The meaning and use of the area under a receiver
    operating characteristic (ROC) curve.

    Examples
    --------
    >>> auc([0, 1, 0, 1], [1, 2, 3, 4])
    0.75
    """
    false_alarms, detections, _ = roc_curve(truth, scores)
    middle = (detections[1:] + detections[:-1]) / 2
    return float(np.diff(false_alarms) @ middle)
