"""The clusters of a report in words and numbers: each k, each cluster, each class.

Question: what are my clusters, how many are there, and do they fit the classes I know?
Chapter: 6, Choosing k.
Symbols: X observations, k number of clusters, labels classes that you know.
"""

from __future__ import annotations

import html
from collections import Counter

import numpy as np

from clusterlib.reports.html import fixed, icon, number, table, word
from clusterlib.reports.payload import FEATURES, classes_of, representatives
from clusterlib.reports.profiles import HUGE, profile_clusters, telling
from clusterlib.reports.results import agreement, top_cuts

__all__ = ["comparison", "medoids", "numbers", "profile_list"]

MEANS = "k\N{NON-BREAKING HYPHEN}means"
CLASSES = 20  # of a table of classes and clusters
TOLD = 6  # features in the table of clusters
NOTHING = "No feature differs from the other rows by 0.8 standard deviations or more."


def profile_list(story, found):
    """Yield each cluster in words: its size, its typical row, what sets it apart."""
    typical = medoids(found)
    chosen = telling(story.measured, found.crowd, top_cuts([found.tree]), FEATURES)
    for p in profile_clusters(story.measured[:, chosen], found.clusters, typical):
        share = 100 * p.size / len(found.clusters)
        yield (
            f"<h3>{icon(p.cluster - 1)} Cluster {p.cluster}: {p.size:,} row{'s' * (p.size != 1)} "
            f"({share:.1f} %)</h3><p>Typical row: {word(story.row_title(p.typical))}.</p>"
        )
        told = [
            f"<li>{how(d)} {word(story.features[chosen[j]])}: {number(inside, 4)} on average, "
            f"{number(outside, 4)} elsewhere (d = {signed(d)})</li>"
            for j, d, inside, outside in p.told
        ]
        yield f"<ol>{''.join(told)}</ol>" if told else f"<p>{NOTHING}</p>"


def how(effect):
    """Return an effect size in words."""
    return f"{'much ' * (abs(effect) >= HUGE)}{'higher' if effect > 0 else 'lower'}"


def signed(value):
    """Return a number of two decimals with a minus sign proper."""
    return "∞" if value == np.inf else "−∞" if value == -np.inf else f"{value:.2f}".replace(
        "-", "−")  # fmt: skip


def medoids(found):
    """Return a row of each cluster: that of the point nearest, in sum, to all others."""
    scene, labels = found.crowd.scene, found.by_cut.state()["labels"]
    weights = np.ones(len(labels)) if scene.weights is None else scene.weights
    near, out = representatives(found.crowd), []
    for c in np.unique(labels):
        own = np.flatnonzero(labels == c)
        total = scene.distances[np.ix_(own, own)] @ weights[own]
        out.append(near[own[int(np.argmin(np.round(total, 5)))]])
    return out


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
    X = story.measured
    means = np.stack([X[found.clusters == c].mean(axis=0) for c in clusters])
    sizes = np.array([(found.clusters == c).sum() for c in clusters])
    between = sizes @ (means - X.mean(axis=0)) ** 2
    share = between / np.maximum(((X - X.mean(axis=0)) ** 2).sum(axis=0), 1e-300)
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
        for c, size, mean in zip(clusters, sizes, means, strict=True)
    ]
    some = f" ({TOLD} of {len(story.features)} features)" if len(story.features) > TOLD else ""
    return table(
        f"The clusters of the picture, with the means of the features that part them most{some}",
        head, rows,
    )  # fmt: skip


def comparison(story, found):
    """Yield the agreement with the first column of classes, and the table of both."""
    name, texts = next(iter(story.classes.items()))
    unknown = texts.count(None)
    without = f" {unknown} rows have no class and are not counted." if unknown else ""
    yield (
        f"<p>Agreement of the clusters with {word(name)} (adjusted Rand index): "
        f"{fixed(agreement(texts, found.clusters))}. It is 1 if they are the same and near 0 if "
        "they have nothing to do with each other. The classes took no part in the "
        f"clustering.{without}</p>"
    )
    names, _ = classes_of(texts)
    if not 0 < len(names) <= CLASSES:
        yield f"<p>There are {len(names)} classes, too many for a table.</p>" if names else ""
        return
    pairs = Counter(zip(texts, found.clusters.tolist(), strict=True))
    columns = np.unique(found.clusters).tolist()
    rows = [[word(name), *(pairs[name, c] for c in columns)] for name in sorted(names)]
    head = ["class", *(f"{icon(c)} cluster {c + 1}" for c in columns)]
    yield table("Known classes and the clusters of the picture", head, rows)
