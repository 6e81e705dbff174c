"""Your own data in one file: two explorers, the numbers and the picture.

Question: which clusters have my data, and how do I show them to a colleague?
Chapter: 12, Case studies.
Symbols: X observations, k number of clusters, labels classes that you know.

A report is one page of HTML that asks no other host for anything and needs no Python to
answer.  It says what was left out, summarised or standardized, and it shows every text of
yours as text: names and labels are escaped, and the page's policy forbids all scripts but
its own.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike

from clusterlib.core.checks import one_of, whole_number
from clusterlib.core.choices import Method, MetricName
from clusterlib.core.progress import Parts
from clusterlib.explorers.shared import explorer
from clusterlib.explorers.shared.cut_trees import METHODS
from clusterlib.reports.calls import command, including, reproduced
from clusterlib.reports.doubts import put_back
from clusterlib.reports.html import cleaned
from clusterlib.reports.points import prepared
from clusterlib.reports.results import Findings, find
from clusterlib.reports.rows import labels_csv
from clusterlib.reports.sections import Story, tell
from clusterlib.reports.tables import Table
from clusterlib.reports.writing import write_whole

__all__ = ["Report", "explore"]

STEPS = 2 + len(METHODS)  # of the progress: the points, the scores, one tree a method
LONG = 20_000  # rows from which on the progress is told while the first tree grows


@dataclass(frozen=True)
class Report:
    """A page about some data, made by `explore`.

    Attributes
    ----------
    title : str
        Title of the page.
    body : str
        What stands below it, in HTML.
    headline : str
        The result in one line.
    """

    title: str
    body: str
    headline: str
    found: Findings = field(repr=False)
    records: np.ndarray = field(repr=False)
    row_names: tuple[str, ...] | None = field(default=None, repr=False)

    @property
    def linkage(self) -> np.ndarray:
        """The linkage matrix of the tree: of the rows, or of the code words that stand for them."""
        return self.found.tree.Z

    @property
    def codebook(self) -> np.ndarray:
        """The points of the tree: the scaled rows, or the code words that stand for them."""
        return self.found.crowd.scene.X

    def labels(
        self, k: int | None = None, *, height: float | None = None, method: str | None = None
    ) -> np.ndarray:
        """Return the cluster of each row, from 1, as the page numbers them.

        Parameters
        ----------
        k : int, optional
            Number of clusters, at most; by default the cut of the picture.
        height : float, optional
            Cut the tree at this height instead.
        method : str, optional
            The linkage method of the tree; by default that of the picture.

        Returns
        -------
        ndarray of int, shape (n,)
            The larger part of a cluster that splits keeps its number, so that a step from k to
            k + 1 clusters renumbers only the part split off.

        Raises
        ------
        ValueError
            If both are given, or one is out of range.

        Examples
        --------
        >>> explore([[0.0], [1.0], [8.0], [9.0]]).labels(2)
        array([1, 1, 2, 2])
        """
        if method is not None:
            one_of("method", method, METHODS)
        return self.found.labels(k, height, method)

    def labels_csv(self) -> str:
        """Return the clusters of the picture as CSV: row, name, cluster."""
        return labels_csv(self.records, self.row_names, self.labels())

    def __repr__(self) -> str:
        return f"<report {self.title!r}: {self.headline}>"

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict:
        script = explorer.frontend_script(scripts())
        return {"text/plain": repr(self), "text/html": self.body + script}

    def page(self) -> str:
        """Return the page: one offline file that holds all it needs."""
        return explorer.page(self.title, self.body, more=scripts())

    def save(self, path: str | os.PathLike, *, overwrite: bool = False) -> Path:
        """Write the page to a file.

        Parameters
        ----------
        path : str or path
            The file, by custom ``*.html``.
        overwrite : bool, default False
            Whether a file that is there may be replaced.

        Returns
        -------
        Path
            The file.

        Raises
        ------
        FileExistsError
            If the file is there and may not be replaced.
        OSError
            If it cannot be written; a file that was there is then still whole.
        """
        path = Path(path)
        if not overwrite and path.exists():
            raise FileExistsError(17, "the file exists; allow `overwrite` or choose another", path)
        write_whole(path, self.page())
        return path


def explore(
    X: ArrayLike | Table,
    labels: Sequence[Any] | None = None,
    *,
    names: Sequence[str] | None = None,
    title: str = "Clusters in your data",
    standardize: bool = True,
    method: Method | None = None,
    metric: MetricName | Literal["gower"] = "euclidean",
    rng: int = 0,
    k: int | None = None,
    height: float | None = None,
    source: tuple[str, dict[str, Any]] | None = None,
    notes: Sequence[str] = (),
    progress: Callable[[int, int], Any] | None = None,
) -> Report:
    """Cluster your data in every way that two explorers know, as one page.

    Parameters
    ----------
    X : array_like, Table or data frame, shape (n, d)
        A data frame may hold texts, dates, missing values and an index that names the rows:
        its columns are judged as `read_table` judges those of a file.
        Else numbers, at least three different rows; NaN is a missing value, treated as in a data
        frame, and inf is refused.  Constant columns are left out.  From
        301 rows on the page shows 300 code words, weighted by their counts, and says what
        that loses.  Up to three features of a million rows lose nothing of Ward's tree: the
        code words are its last 300 clusters.
    labels : sequence of length n, optional
        A class you know for each row, of any type, None or NaN where you do not; the page
        says how well the clusters agree with it.
    names : sequence of d str, optional
        Names of the features; by default those of the data frame, or "feature 1", ...
    title : str, optional
        Title of the page.
    standardize : bool, default True
        Whether each feature gets mean 0 and standard deviation 1 first; the page says which.
    method : str, optional
        The linkage method of the picture and the numbers; the page can show all seven.  By
        default 'ward', or 'average' with another distance than the Euclidean one.
    metric : str, default 'euclidean'
        The distance between rows: any of `pdist`, such as 'correlation' for genes, or 'gower'
        for mixed columns and missing values.
    rng : int, default 0
        Seed of all random numbers: the same call gives the same page, byte by byte.
    k : int, optional
        Number of clusters of the picture; by default chosen, and the page says why.
    height : float, optional
        Cut the tree of the picture at this height instead.
    source : (str, dict), optional
        The file of the table and the arguments of `read_table`, for the call on the page.
    notes : sequence of str, optional
        Sentences about where the data come from, which the page repeats.
    progress : callable, optional
        Called with the number of steps done and their total.

    Returns
    -------
    Report
        Shows itself in a notebook; ``save(path)`` writes the page, ``page()`` returns it.

    Raises
    ------
    ValueError
        If `X` is no table of finite numbers or has fewer than three different rows, or
        another argument does not fit.

    Examples
    --------
    >>> from clusterlib import datasets
    >>> clouds = datasets.clouds()
    >>> report = explore(clouds.X[::2], clouds.labels[::2], names=["x", "y"])
    >>> report
    <report 'Clusters in your data': 50 observations, 2 features; 3 clusters that come ...>
    >>> report.page().startswith("<!doctype html>")
    True
    """
    given = prepared(X, labels, names, standardize, metric)
    plain = given.metric.name == "euclidean"
    linked = one_of("method", method or ("ward" if plain else "average"), METHODS)
    rng = whole_number("rng", rng, 0)
    step = Parts(progress, STEPS, steps=100 if len(given.X) >= LONG else 1)
    found = find(given.X, given.features, given.known, linked, rng, step, k, height, given.metric)
    state = found.by_cut.state()
    effects = put_back(given.doubtful, given.measured, found, rng, standardize, given.metric)
    for effect in effects:
        more = including(source, effect["column"])
        effect["command"] = command(more, rng, standardize, metric)
    story = Story(
        title=cleaned(title), notes=[cleaned(note) for note in notes], features=given.features,
        used=given.used,
        constant=given.constant, measured=given.measured, labels=given.known, unit=given.unit,
        method=linked, rng=rng, metric=given.metric.name, verdicts=given.verdicts,
        records=given.records, row_names=given.row_names,
        call=reproduced(source, linked, rng, standardize, metric),
        command=command(source, rng, standardize, metric), classes=given.classes,
        settings={"method": linked, "t": state["t"], "k": state["count"]}, effects=effects,
    )  # fmt: skip
    body, headline = tell(story, found)
    return Report(story.title, body, headline, found, given.records, given.row_names)


@functools.cache
def scripts():
    """Return the modules of the page's own script, as pairs (path, source)."""
    folder = resources.files("clusterlib.reports").joinpath("page")
    return tuple(sorted((f"page/{entry.name}", entry.read_text(encoding="utf-8"))
                 for entry in folder.iterdir() if entry.name.endswith(".js")))  # fmt: skip
