"""The page of a report, part by part: what was done, what was found, and how sure it is.

Question: what must a page say so that its reader can trust the picture?
Chapter: 12, Case studies.
Symbols: X observations, k number of clusters, labels classes that you know.
"""

from __future__ import annotations

import base64
import html
from dataclasses import dataclass
from typing import Any

import numpy as np

import clusterlib
from clusterlib.explorers.shared.explorer import read_part, to_json
from clusterlib.reports.cluster_words import comparison, numbers, profile_list
from clusterlib.reports.columns import Verdict
from clusterlib.reports.html import cleaned, fixed, icon, number, table, word, words
from clusterlib.reports.payload import page_data
from clusterlib.reports.rows import fits, labels_csv

__all__ = ["Story", "tell"]

COLUMNS = 200  # of the table of columns
ROWS = 1000  # of the table of rows where no script runs
LAST = " --method {method} --height {t} --labels-out labels.csv"
COORDINATES = (
    " The tree takes these distances as they are. k-means, the picture of the points, and Ward, "
    "centroid and median linkage use the principal coordinates, whose Euclidean distances come as "
    "near to them as any can."
)


@dataclass(frozen=True)
class Story:
    """What the reader gave: all texts cleaned, numbers in their own units."""

    title: str
    notes: list[str]
    features: list[str]
    used: list[str]
    constant: list[str]
    measured: np.ndarray
    labels: list[str | None] | None
    unit: float | None
    method: str
    rng: int
    metric: str
    verdicts: tuple[Verdict, ...]
    records: np.ndarray
    row_names: tuple[str, ...] | None
    call: str | None
    command: str | None
    classes: dict[str, tuple[str | None, ...]]
    settings: dict[str, Any]
    effects: list[dict[str, Any]]

    def row_title(self, i):
        """Return what row `i` is called."""
        return self.row_names[i] if self.row_names else f"row {self.records[i]}"


def tell(story, found):
    """Return the body of the page and its result in one line."""
    known = story.classes
    parts = [
        f"<style>{read_part('report.css', 'clusterlib.reports')}</style>",
        "<h2>The data</h2>", *data(story, found.crowd),
        *judged(story),
        "<h2>The picture</h2>", found.by_cut.html(),
        "<h2>The clusters</h2>", part("profiles", profile_list(story, found)),
        part("clustermap", []),
        *(["<h2>Known classes</h2>", part("classes", comparison(story, found))] if known else []),
        "<h2>The rows</h2>", part("rows", row_table(story, found)), *code(story),
        "<h2>The numbers</h2>", *numbers(story, found),
        "<h2>Move k yourself</h2>", *summed(found.crowd), found.by_k.html(),
        "<h2>How this page was made</h2>", method(story),
        f'<script type="application/json" data-report>{to_json(page_data(story, found))}</script>',
    ]  # fmt: skip
    n, d = len(found.clusters), len(story.used)
    headline = f"{n} observations, {d} feature{'s' * (d != 1)}; {found.verdict}"
    return f'<div class="clx-report">{"".join(parts)}</div>', headline


def part(name, pieces):
    """Return a part of the page that the script writes anew when the cut moves."""
    return f'<div data-part="{name}">{"".join(pieces)}</div>'


def data(story, crowd):
    """Yield paragraphs on what was clustered and what was left out."""
    n, d = len(crowd.X), len(story.used)
    yield f"<p>{n:,} observations of {d} feature{'s' * (d != 1)}: {words(story.used)}.</p>"
    yield f"<p>{scaled(story)}</p>"
    left = [f"<li>{word(note, 400)}</li>" for note in story.notes]
    if story.constant:
        left.append(f"<li>Left out because constant: {words(story.constant)}.</li>")
    if left:
        yield f"<ul>{''.join(left)}</ul>"
    yield from summarised(crowd)


def scaled(story):
    """Return how the features were scaled and what distance lies between the rows."""
    if story.metric == "gower":
        return (
            "Distances are Gower’s: each column counts from 0 to 1, numbers by their difference "
            "over the range of the column, categories by whether they differ, and a missing value "
            "not at all." + COORDINATES
        )
    if story.unit is None:
        said = (
            "The features are standardized: each has mean 0 and standard deviation 1, so that "
            "all count alike whatever their units."
        )
    else:
        units = "" if story.unit == 1 else f" Distances are in units of {story.unit:g}."
        said = f"The features are taken as they are: one of larger numbers counts more.{units}"
    if story.metric == "euclidean":
        return said
    return f"{said} The distance between rows is {story.metric}." + COORDINATES


def judged(story):
    """Yield the table of columns: what each was taken for, and why."""
    if not story.verdicts:
        return
    back = {effect["name"]: i for i, effect in enumerate(story.effects)}
    rows = []
    for v in story.verdicts[:COLUMNS]:
        button = (
            f' <button type="button" data-effect="{back[v.name]}">Put back</button>'
            if v.name in back else ""
        )  # fmt: skip
        rows.append([word(v.name), f"{v.use}{button}", word(v.reason, 200)])
    yield table("The columns of your table", ["column", "what was done", "why"], rows)
    if len(story.verdicts) > COLUMNS:
        yield f"<p>And {len(story.verdicts) - COLUMNS:,} more columns.</p>"
    for i, effect in enumerate(story.effects):
        yield f'<div data-told="{i}">{"".join(put_back(effect))}</div>'


def put_back(effect):
    """Yield what a doubtful column would change, and how to put it back."""
    drawn = f" (of {effect['drawn']:,} rows drawn at random)" if effect["drawn"] else ""
    yield (
        f"<p><strong>With {word(effect['name'])}</strong> as one more feature, the tree gives "
        f"{effect['count']} clusters{drawn}. Agreement with the clusters of the picture (adjusted "
        f"Rand index): {fixed(effect['ari'])}; 1 would mean that the column changes nothing.</p>"
    )
    head = ["clusters of the picture", *(f"with it: {c + 1}" for c in range(effect["count"]))]
    rows = [[f"{icon(c)} {c + 1}", *row] for c, row in enumerate(effect["table"])]
    yield table(f"Rows by cluster, without and with {effect['name']}", head, rows)
    if effect["command"] is not None:
        yield (
            "<p>To put it back for good:</p><pre><code>"
            f"{html.escape(cleaned(effect['command']))}</code></pre>"
        )


def row_table(story, found):
    """Yield each row with its cluster, how well it fits, and a file of all rows."""
    clusters = found.labels()
    file = base64.b64encode(labels_csv(story.records, story.row_names, clusters).encode()).decode()
    yield (
        f'<p><a download="labels.csv" href="data:text/csv;base64,{file}">Download labels.csv</a>: '
        f"{len(clusters):,} rows in the clusters of the picture.</p>"
    )
    fit, other = fits(found)
    rows = [
        [str(story.records[i]), word(story.row_names[i]) if story.row_names else "",
         f"{icon(clusters[i] - 1)} {clusters[i]}", fixed(fit[i]),
         str(other[i]) if other[i] else "–"]
        for i in range(min(len(clusters), ROWS))
    ]  # fmt: skip
    some = f" (the first {ROWS:,} of {len(clusters):,})" if len(clusters) > ROWS else ""
    yield table(
        f"The rows and their clusters{some}",
        ["row", "name", "cluster", "silhouette", "nearest other cluster"], rows,
    )  # fmt: skip


def code(story):
    """Yield the call that gives the labels of the cut on screen, and the command."""
    if story.call is not None:
        yield '<p>In Python, the clusters of the cut on screen:</p><pre><code data-part="call">'
        yield f"{html.escape(cleaned_lines(story.call.format(**story.settings)))}</code></pre>"
        yield '<p>The same on the command line:</p><pre><code data-part="command">'
        yield f"{html.escape(cleaned(story.command + LAST.format(**story.settings)))}</code></pre>"


def cleaned_lines(code):
    return "\n".join(map(cleaned, code.split("\n")))


def summarised(crowd):
    """Yield what the points of the explorers stand for, where they are not the observations."""
    m, n = len(crowd.scene.X), len(crowd.X)
    if crowd.scene.weights is not None and crowd.lost == 0:
        yield (
            f"<p>Only {m} of the observations differ. The explorers show each different one once, "
            "weighted by how often it comes; nothing is lost.</p>"
        )
    elif crowd.scene.weights is not None:
        if crowd.whole:
            made = (
                f"Ward's tree was built from all {n:,} observations; the page draws its last "
                f"{m - 1} merges. The explorers show the mean of each of the {m} cells that they "
                "join, its code word, as large as its count. The other linkages and k-means "
                "cluster these code words with their counts."
            )
        else:
            made = (
                f"k-means has put {n:,} observations into {m} small cells. The explorers show the "
                "mean of each cell, its code word, as large as its count, and cluster these with "
                "their counts."
            )
        yield (
            f"<p><strong>The explorers show a summary.</strong> {made} The cells hide "
            f"{100 * crowd.lost:.2g} % of the sum of squares. Of all observations are the SSE in "
            "the first table, the sizes and the agreement; of code words with their counts are "
            f"the {'other ' if crowd.whole else ''}trees, the silhouettes and the scores inside "
            "the explorers. The gap statistic comes from "
            f"{len(crowd.scene.sample)} observations drawn at random.</p>"
        )
    if crowd.turned:
        yield (
            f"<p>With more features than points, the k explorer computes on {m} axes that hold "
            "all distances between the points.</p>"
        )


def summed(crowd):
    """Yield how the SSE of the explorer and that of the first table differ."""
    if crowd.scene.weights is not None and crowd.lost:
        hidden = ((crowd.X - crowd.scene.X[crowd.member]) ** 2).sum()
        yield (
            f"<p>Here the SSE is that of the code words. The first table counts all rows: its SSE "
            f"is larger by {number(hidden, 5)}, which the cells hide.</p>"
        )


def method(story):
    """Return how the numbers were made, so that they can be made again."""
    return (
        f"<p>clusterlib {clusterlib.__version__}, seed {story.rng}. k-means: the best of 40 starts "
        "for each k. Silhouette: from −1 to 1, high if clusters are compact and apart. Gap: how "
        "much smaller the SSE is than in uniform noise in the same box, with its standard error; "
        "it takes the smallest k that no larger one beats by more than that. Comes "
        "back: the mean Jaccard index of a cluster and its best match in 25 subsamples of 80 % of "
        "the points, stable from 0.75 (Hennig 2007). Scores find clusters "
        "in many tables that have none: look at the picture, and ask new data. The page holds "
        "the points it shows, so share it only where the data may go.</p>"
    )
