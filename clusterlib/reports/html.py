"""The words and tables of a report, as HTML in which every text of yours is text.

Question: what must a page say so that its reader can trust the picture?
Chapter: 12, Case studies.
Symbols: X observations, k number of clusters, labels classes that you know.
"""

from __future__ import annotations

import base64
import html
import re
from collections import Counter
from dataclasses import dataclass

import numpy as np

import clusterlib
from clusterlib.explorers.shared.explorer import read_part, svg_address
from clusterlib.explorers.shared.scenes import written
from clusterlib.explorers.shared.svg import mark
from clusterlib.reports.columns import Verdict
from clusterlib.reports.rows import fits, labels_csv

__all__ = ["Story", "cleaned", "tell"]

MEANS = "k\N{NON-BREAKING HYPHEN}means"
CLASSES = 20  # of a table of classes and clusters
LISTED = 30  # names in a sentence
COLUMNS = 200  # of the table of columns
ROWS = 1000  # of the table of rows; the file has them all
TOLD = 6  # features in the table of clusters
# What no page may hold, and what would break a line of it.
UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Story:
    """What the reader gave: all texts cleaned, numbers in their own units."""

    title: str
    notes: list[str]
    features: list[str]
    constant: list[str]
    measured: np.ndarray
    labels: list[str | None] | None
    unit: float | None
    method: str
    rng: int
    verdicts: tuple[Verdict, ...]
    records: np.ndarray
    row_names: tuple[str, ...] | None
    call: str | None


def cleaned(text):
    """Return `text` as one line without characters that no page may hold."""
    return UNFIT.sub("\N{REPLACEMENT CHARACTER}", re.sub(r"[\t\n\r]", " ", str(text)))


def word(text, most=60):
    """Return a text of the reader as HTML that cannot change what stands around it."""
    short = text if len(text) <= most else text[: most - 1] + "…"
    return f"<bdi>{html.escape(short)}</bdi>"


def words(texts):
    """Return a list of names in a sentence."""
    more = f" and {len(texts) - LISTED} more" if len(texts) > LISTED else ""
    return ", ".join(map(word, texts[:LISTED])) + more


def number(value, digits=3):
    """Return a number of `digits` significant digits, or a dash."""
    return "–" if value is None or not np.isfinite(value) else written(value, digits)


def fixed(value, digits=3):
    return "–" if value is None or not np.isfinite(value) else f"{value:.{digits}f}"


def table(caption, head, rows, chosen=None):
    """Return a table that scrolls within itself where the page is narrow; cells are HTML."""
    top = "".join(f'<th scope="col">{cell}</th>' for cell in head)
    body = ""
    for i, (first, *rest) in enumerate(rows):
        cells = "".join(f"<td>{cell}</td>" for cell in rest)
        marked = ' class="chosen"' if i == chosen else ""
        body += f'<tr{marked}><th scope="row">{first}</th>{cells}</tr>'
    return (
        f"<figure><figcaption>{html.escape(caption)}</figcaption>"
        f'<div class="scroll" role="region" tabindex="0" aria-label="{html.escape(caption)}">'
        f"<table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table></div></figure>"
    )


# ---------------------------------------------------------------- the parts of the page


def tell(story, found):
    """Return the body of the page and its result in one line."""
    parts = [
        f"<style>{read_part('report.css', 'clusterlib.reports')}</style>",
        "<h2>The data</h2>", *data(story, found.crowd),
        *judged(story),
        "<h2>The picture</h2>", picture(story, found),
        "<h2>The numbers</h2>", *numbers(story, found),
        "<h2>The rows</h2>", *row_table(story, found),
        "<h2>Move k yourself</h2>", found.by_k.html(),
        "<h2>Move the cut yourself</h2>", found.by_cut.html(),
        "<h2>How this page was made</h2>", method(story),
    ]  # fmt: skip
    n, d = found.crowd.X.shape
    headline = f"{n} observations, {d} feature{'s' * (d != 1)}; {found.verdict}"
    return f'<div class="clx-report">{"".join(parts)}</div>', headline


def data(story, crowd):
    """Yield paragraphs on what was clustered and what was left out."""
    n, d = crowd.X.shape
    yield f"<p>{n:,} observations of {d} feature{'s' * (d != 1)}: {words(story.features)}.</p>"
    if story.unit is None:
        yield (
            "<p>The features are standardized: each has mean 0 and standard deviation 1, so that "
            "all count alike whatever their units.</p>"
        )
    else:
        scaled = "" if story.unit == 1 else f" Distances are in units of {story.unit:g}."
        yield (
            f"<p>The features are taken as they are: one of larger numbers counts more.{scaled}</p>"
        )
    left = [f"<li>{word(note, 400)}</li>" for note in story.notes]
    if story.constant:
        left.append(f"<li>Left out because constant: {words(story.constant)}.</li>")
    if left:
        yield f"<ul>{''.join(left)}</ul>"
    yield from summarised(crowd)


def judged(story):
    """Yield the table of columns: what each was taken for, and why."""
    if story.verdicts:
        yield table(
            "The columns of your table",
            ["column", "what was done", "why"],
            [[word(v.name), v.use, word(v.reason, 200)] for v in story.verdicts[:COLUMNS]],
        )
        if len(story.verdicts) > COLUMNS:
            yield f"<p>And {len(story.verdicts) - COLUMNS:,} more columns.</p>"


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
    if story.call is not None:
        yield f"<p>In Python:</p><pre><code>{html.escape(cleaned_lines(story.call))}</code></pre>"


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
        yield (
            f"<p><strong>The explorers show a summary.</strong> k-means has put {n:,} observations "
            f"into {m} small cells. The explorers show the mean of each cell, its code word, as "
            f"large as its count, and cluster these with their counts. The cells hide "
            f"{100 * crowd.lost:.2g} % of the sum of squares. Of all observations are the SSE in "
            "the first table, the sizes and the agreement; of code words with their counts are "
            "the trees, the silhouettes and the scores inside the explorers. The gap statistic "
            f"comes from {len(crowd.scene.sample)} observations drawn at random.</p>"
        )
    if crowd.turned:
        yield (
            f"<p>With more features than points, the k explorer computes on {m} axes that hold "
            "all distances between the points.</p>"
        )


def picture(story, found):
    """Return the tree and the points at the chosen cut."""
    explorer = found.by_cut
    state = explorer.state()
    alt = (
        f"Above, a tree by {story.method} linkage with a dashed line across it; below, the points, "
        f"each with the colour and marker of its cluster. {explorer.say(state)}"
    )
    return (
        f'<figure><img alt="{html.escape(alt)}" src="{svg_address(explorer.draw(state))}">'
        f"<figcaption>Above, the tree by {story.method} linkage, cut into {state['count']} "
        "clusters. Below, the same clusters among the points, and how far the line can move at "
        "each number of clusters.</figcaption></figure>"
    )


def numbers(story, found):
    """Yield the tables: by k, by cluster, by class."""
    known = story.labels is not None
    head = ["k", f"SSE, {MEANS}", "SSE, tree", f"silhouette, {MEANS}", "silhouette, tree", "gap"]
    head += [f"agreement, {MEANS}", "agreement, tree"] * known
    rows = []
    for row in found.rows:
        ways = [row["means"], row["tree"]]
        short = row["tree"]["count"] != row["k"]
        cells = [number(way["sse"], 5) for way in ways] + [fixed(w["silhouette"]) for w in ways]
        cells.append(f"{fixed(row['gap'])} ± {fixed(row['s'])}" if row["s"] == row["s"] else "–")
        cells += [fixed(way["ari"]) for way in ways] if known else []
        rows.append([f"{row['k']}{' *' * short}", *cells])
    yield f"<p>{html.escape(found.why)}</p>"
    yield chance(found)
    yield table(f"Each number of clusters: k-means and the {story.method} tree", head, rows,
                chosen=found.chosen - 1)  # fmt: skip
    if any(row["tree"]["count"] != row["k"] for row in found.rows):
        yield "<p>* Merges tie, so the tree gives fewer clusters than k.</p>"
    yield clusters_table(story, found)
    if known:
        yield from classes(story, found.clusters)


def chance(found):
    """Return how the clusters of the picture stand against chance."""
    mean, shuffled, cloud = found.chance
    beaten = mean > np.nanmax([shuffled, cloud])
    said = "More than chance" if beaten else "No structure beyond chance"
    normal = f", and {fixed(cloud)} in 19 normal clouds of the same covariance" * (cloud == cloud)
    return (
        f"<p><strong>{said}.</strong> The mean silhouette of the rows compared is {fixed(mean)}; "
        f"the highest is {fixed(shuffled)} in 19 tables with shuffled columns{normal}.</p>"
    )


def clusters_table(story, found):
    """Return sizes of the clusters in the picture, and means of the features that tell them."""
    n, clusters = len(found.clusters), np.unique(found.clusters)
    X = found.crowd.X
    means = np.stack([X[found.clusters == c].mean(axis=0) for c in clusters])
    own = np.stack([story.measured[found.clusters == c].mean(axis=0) for c in clusters])
    sizes = np.array([(found.clusters == c).sum() for c in clusters])
    between = sizes @ (means - X.mean(axis=0)) ** 2
    share = between / ((X - X.mean(axis=0)) ** 2).sum(axis=0)
    told = np.argsort(-share, kind="stable")[:TOLD]
    head = ["cluster", "observations", "share", "comes back"] + [
        word(story.features[j], 24) for j in told
    ]
    rows = [
        [
            f"{icon(c)} {c + 1}",
            size,
            f"{100 * size / n:.1f} %",
            fixed(found.back[c], 2),
            *(number(v, 4) for v in mean[told]),
        ]
        for c, size, mean in zip(clusters, sizes, own, strict=True)
    ]
    some = f" ({TOLD} of {len(story.features)} features)" if len(story.features) > TOLD else ""
    return table(
        f"The clusters of the picture, with the means of the features that part them most{some}",
        head, rows,
    )  # fmt: skip


def icon(cluster):
    """Return the mark of a cluster."""
    return f'<svg viewBox="-9 -9 18 18" aria-hidden="true">{mark(int(cluster), 0, 0, 5.5)}</svg>'


def classes(story, clusters):
    """Yield what the agreement means and the table of classes and clusters."""
    unknown = story.labels.count(None)
    without = f" {unknown} observations have no class and are not counted." if unknown else ""
    yield (
        "<p>Agreement is the adjusted Rand index of clusters and known classes: 1 if they are the "
        "same, near 0 if they have nothing to do with each other. The classes took no part in the "
        f"clustering.{without}</p>"
    )
    names = [name for name, _ in Counter(v for v in story.labels if v is not None).most_common()]
    if not 0 < len(names) <= CLASSES:
        yield f"<p>There are {len(names)} classes, too many for a table.</p>" if names else ""
        return
    pairs = Counter(zip(story.labels, clusters.tolist(), strict=True))
    columns = np.unique(clusters).tolist()
    rows = [[word(name), *(pairs[name, c] for c in columns)] for name in sorted(names)]
    head = ["class", *(f"{icon(c)} cluster {c + 1}" for c in columns)]
    yield table("Known classes and the clusters of the picture", head, rows)


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
