"""A small picture for each chapter, computed by the package, and the mark of the book.

The front page shows the pictures on its cards, as drawings inside the page: ink is the colour
of the text, so they follow light and dark.  They carry no words, and the cards name them.
"""

import numpy as np

from clusterlib import datasets, vq
from clusterlib.distance import squareform
from clusterlib.explorers.shared.svg import mark
from clusterlib.hierarchy import cophenet, fcluster, leaves_list, linkage
from clusterlib.hierarchy.algorithms.prim import prim_points
from clusterlib.plotting import MARKS
from clusterlib.plotting.cells import voronoi_polygons
from clusterlib.quantization.scalar import lloyd_max
from clusterlib.vq.lloyd import lloyd_steps
from clusterlib.vq.seeding import SEEDINGS

W, H, EDGE = 160, 100, 10  # of a picture, in its own units
INK = 'fill="none" stroke="currentColor"'


def fitted(X, box=(EDGE, EDGE, W - EDGE, H - EDGE), equal=True):
    """Return the points of `X` in the middle of `box`, with `equal` to one scale for both axes."""
    X, (left, top, right, bottom) = np.asarray(X, float), box
    low, high = X.min(axis=0), X.max(axis=0)
    unit = np.array([right - left, bottom - top]) / (high - low)
    unit = unit.min() if equal else unit
    middle = np.array([left + right, top + bottom]) / 2
    return middle + (X - (low + high) / 2) * unit * [1, -1]


def dots(P, labels=None, r=3.0):
    """Return points at pixels `P`, marked by cluster."""
    labels = np.full(len(P), -1) if labels is None else labels
    return "".join(mark(int(c), x, y, r) for c, (x, y) in zip(labels, P, strict=True))


def path(P, width=1.5, colour="currentColor", more=""):
    """Return a line through the pixels `P`."""
    where = "L".join(f"{x:.1f} {y:.1f}" for x, y in P)
    return f'<path d="M{where}" fill="none" stroke="{colour}" stroke-width="{width}" {more}/>'


def tree(Z, labels=None, cut=None, box=(EDGE, EDGE, W - EDGE, H - 16)):
    """Return the tree of `Z` in `box`, in the colours of `labels`, with a line at height `cut`."""
    (left, top, right, bottom), n = box, len(Z) + 1
    x, height = np.zeros(2 * n - 1), np.append(np.zeros(n), Z[:, 2])
    x[leaves_list(Z)] = np.linspace(left, right, n)
    inside = [-1] * n if labels is None else labels.tolist()
    y = bottom - (bottom - top) * height / height.max()
    out = []
    for i, (a, b) in enumerate(Z[:, :2].astype(int)):
        x[n + i] = (x[a] + x[b]) / 2
        inside.append(inside[a] if inside[a] == inside[b] else -1)
        colour = MARKS[inside[-1]].colour if inside[-1] >= 0 else "currentColor"
        out.append(path([(x[a], y[a]), (x[a], y[n + i]), (x[b], y[n + i]), (x[b], y[b])],
                        1.8, colour))  # fmt: skip
    if labels is not None:
        out.append(dots(np.column_stack([x[:n], np.full(n, bottom + 5)]), labels, 2.6))
    if cut is not None:
        level = bottom - (bottom - top) * cut / height.max()
        out.append(path([(4, level), (W - 4, level)], 1.8, more='stroke-dasharray="6 3"'))
    return "".join(out)


def twelve():
    """Chapter 0: twelve points in four groups."""
    return dots(fitted(datasets.twelve_points().X), np.repeat(range(4), 3), 5)


def levels():
    """Chapter 1: four levels below a Gaussian density."""
    x = np.linspace(-3, 3, 61)
    curve = fitted(np.column_stack([x, 4 * np.exp(-x * x / 2)]))
    stems = [(EDGE + (v + 3) / 6 * (W - 2 * EDGE)) for v in lloyd_max("gaussian", 4).levels]
    base = curve[0, 1]
    return path(curve) + "".join(
        path([(s, base), (s, base - 20)], 1.5) + mark(c, s, base - 20, 6)
        for c, s in enumerate(stems)
    )


def cells():
    """Chapter 2: the cells of eight code words."""
    X = datasets.gaussian_rows(600, 2)
    C = vq.kmeans2(X, 8, minit="++", rng=2)[0]
    P = fitted(C, (45, 22, W - 45, H - 22))
    walls = voronoi_polygons(P, (4, W - 4, 4, H - 4))
    return "".join(path([*wall, wall[0]], 1.2) for wall in walls) + dots(P, range(8), 5)


def palette():
    """Chapter 3: a photograph in eight colours."""
    small = datasets.flower()[::27, ::26].astype(float)[:16, :24]
    pixels = small.reshape(-1, 3)
    C, labels = vq.kmeans2(pixels, 8, minit="++", rng=1)
    rows, columns = small.shape[:2]
    unit = min((W - 2 * EDGE) / columns, (H - 2 * EDGE) / rows)
    left, top = (W - unit * columns) / 2, (H - unit * rows) / 2
    paint = ["#" + "".join(f"{int(v):02x}" for v in c) for c in C]
    return "".join(
        f'<rect x="{left + unit * (i % columns):.1f}" y="{top + unit * (i // columns):.1f}" '
        f'width="{unit + 0.3:.1f}" height="{unit + 0.3:.1f}" fill="{paint[c]}"/>'
        for i, c in enumerate(labels)
    )


def symbols():
    """Chapter 3b: noisy symbols and the lines between them."""
    g = np.random.default_rng(3)
    C = np.array([(a, b) for b in range(3) for a in range(4)], float)
    X = np.repeat(C, 6, axis=0) + g.normal(0, 0.16, (72, 2))
    P = fitted(np.vstack([C, X]))
    across, down = (P[0] + P[1])[0] / 2, (P[0] + P[4])[1] / 2
    step = P[1, 0] - P[0, 0]
    walls = [[(across + i * step, 4), (across + i * step, H - 4)] for i in range(3)]
    walls += [[(14, down - i * step), (W - 14, down - i * step)] for i in range(2)]
    lines = "".join(path(wall, 0.8) for wall in walls)
    return lines + dots(P[12:], r=2.6) + dots(P[:12], np.arange(12) % 8, 4.5)


def neighbours():
    """Chapter 3c: a query and the code words nearest to it."""
    C = datasets.gaussian_rows(40, 2)
    P, query = fitted(C, equal=False), np.array([112.0, 52.0])
    order = np.argsort(((P - query) ** 2).sum(axis=1))
    near = order[:4]
    labels = np.full(len(P), -1)
    labels[near] = 0
    return "".join(path([query, p], 1.2) for p in P[near]) + dots(P, labels, 4) + mark(5, *query, 7)


def walk():
    """Chapter 4: three code words on their way."""
    X = datasets.clouds().X
    steps = [s for s in lloyd_steps(X, X[[0, 1, 2]]) if s.step == "assign"]
    P = fitted(np.vstack([X, *[s.C for s in steps]]), equal=False)
    trails = P[len(X) :].reshape(len(steps), 3, 2)
    return dots(P[: len(X)], steps[-1].labels, 2.2) + "".join(
        path(trails[:, c], 2) + mark(c, *trails[-1, c], 6, 1.6) for c in range(3)
    )


def starts():
    """Chapter 5: the code words that k-means++ draws among fifteen clusters."""
    s2 = datasets.s_set(2)
    C = SEEDINGS["++"](s2.X, 15, np.random.default_rng(4))
    P = fitted(np.vstack([C, s2.X[::12]]))
    return dots(P[15:], r=2.2) + dots(P[:15], np.zeros(15), 4.5)


def ends():
    """Chapter 5b: the sorted errors at which random starts end."""
    X = datasets.s_set(1).X[::5]
    loss = []
    for seed in range(24):
        rows = np.random.default_rng(seed).choice(len(X), 15, replace=False)
        loss.append(list(lloyd_steps(X, X[rows]))[-1].sse)
    return bars(np.sort(loss) / max(loss))


def bars(values, colour=MARKS[0].colour):
    """Return one bar per value, from 0 to 1."""
    step = (W - 2 * EDGE) / len(values)
    return "".join(
        f'<rect x="{EDGE + i * step:.1f}" y="{H - EDGE - v * (H - 2 * EDGE):.1f}" '
        f'width="{0.75 * step:.1f}" height="{v * (H - 2 * EDGE):.1f}" fill="{colour}"/>'
        for i, v in enumerate(values)
    )


def elbow():
    """Chapter 6: the error for each k, and that of uniform noise."""
    both = []
    for X in (datasets.clouds().X, datasets.uniform_noise().X):
        Z = linkage(X, "ward")
        loss = np.cumsum(Z[:, 2] ** 2)[::-1][:9]
        both.append(loss / loss[0])
    k = np.linspace(EDGE, W - EDGE, 9)
    data, noise = (np.column_stack([k, H - EDGE - v * (H - 2 * EDGE)]) for v in both)
    return path(noise, 1.5, more='stroke-dasharray="4 3"') + path(data, 2) + dots(data, [0] * 9, 4)


def chunks():
    """Chapter 7: chunks of rows, one after the other."""
    s1 = datasets.s_set(1)
    X = np.random.default_rng(0).permutation(s1.X)
    near = vq.vq(X, s1.centres)[0]
    out = []
    for i in range(5):
        left = 5 + i * 31
        rows = np.arange(i * 60, i * 60 + 60)
        P = fitted(X[rows], (left + 3, 18, left + 23, 82), equal=False)
        frame = f'<rect x="{left}" y="14" width="26" height="72" {INK} stroke-width="1"/>'
        out.append(frame + dots(P, near[rows] % 8, 1.6))
    return "".join(out)


def machines():
    """Chapter 7b: many machines that send their sums to one."""
    boxes = [(14, y) for y in (14, 42, 70)]
    out = [path([(x + 34, y + 9), (112, 51)], 1.3) for x, y in boxes]
    g = np.random.default_rng(0)
    for c, (x, y) in enumerate([*boxes, (112, 36)]):
        w, h = (34, 18) if c < 3 else (34, 30)
        out.append(f'<rect x="{x}" y="{y}" width="{w}" height="{h}" rx="3" {INK} '
                   'stroke-width="1.5"/>')  # fmt: skip
        many = 7 if c < 3 else 12
        P = g.uniform((x + 4, y + 4), (x + w - 4, y + h - 4), (many, 2))
        out.append(dots(P, np.full(many, c) if c < 3 else np.arange(many) % 3, 2))
    return "".join(out)


def balls():
    """Chapter 8: the unit balls of three distances."""
    turn = np.linspace(0, 2 * np.pi, 121)
    u = np.column_stack([np.cos(turn), np.sin(turn)])
    out = []
    for c, p in enumerate((1, 2, np.inf)):
        ball = u / np.linalg.norm(u, p, axis=1)[:, None]
        out.append(path([W / 2, H / 2] + 38 * ball, 2.2, MARKS[c].colour))
    return "".join(out) + mark(-1, W / 2, H / 2, 6)


def pairs():
    """Chapter 9: two clusters, every distance between them, and the smallest."""
    g = np.random.default_rng(5)
    left, right = (g.normal((x, y), (13, 16), (5, 2)) for x, y in ((42, 54), (118, 46)))
    between = [(a, b) for a in left for b in right]
    nearest = min(between, key=lambda pair: np.linalg.norm(pair[0] - pair[1]))
    lines = "".join(path(pair, 0.5) for pair in between) + path(nearest, 2.5, MARKS[5].colour)
    return lines + dots(left, [0] * 5, 5) + dots(right, [1] * 5, 5)


def spanning():
    """Chapter 9b: the spanning tree of a hundred points."""
    X = datasets.clouds().X
    P = fitted(X, equal=False)
    edges = "".join(path(P[[a, b]], 1.2) for a, b, _ in prim_points(X))
    return edges + dots(P, [0] * len(P), 2.4)


def blocks():
    """Chapter 9c: the table of cophenetic distances, in the order of the tree."""
    X = datasets.clouds().X[::8]
    Z = linkage(X, "average")
    D = squareform(cophenet(Z))[np.ix_(leaves_list(Z), leaves_list(Z))]
    n, unit = len(D), (H - 12) / len(D)
    return "".join(
        f'<rect x="{(W - unit * n) / 2 + unit * j:.1f}" y="{6 + unit * i:.1f}" '
        f'width="{unit + 0.2:.1f}" height="{unit + 0.2:.1f}" fill="{MARKS[0].colour}" '
        f'fill-opacity="{1 - 0.95 * D[i, j] / D.max():.2f}"/>'
        for i in range(n)
        for j in range(n)
    )


def dendrogram():
    """Chapter 10: a tree."""
    return tree(linkage(datasets.clouds().X[::6], "average"))


def cut():
    """Chapter 11: a tree, and the clusters below a line."""
    Z = linkage(datasets.twelve_points().X, "ward")
    return tree(Z, fcluster(Z, 4, "maxclust") - 1, 3.0)


def flowers():
    """Chapter 12: two lengths of the iris flowers, by species."""
    iris = datasets.iris()
    return dots(fitted(iris.X[:, [2, 1]] * [1, 1.5]), iris.labels, 2.6)


def twins():
    """Chapter 13: one tree twice."""
    Z = linkage(datasets.twelve_points().X, "average")
    labels = fcluster(Z, 4, "maxclust") - 1
    halves = [tree(Z, labels, box=(x, 18, x + 56, 74)) for x in (8, 96)]
    return "".join(halves) + path([(74, 46), (86, 46)], 2.5) + path([(74, 53), (86, 53)], 2.5)


def mark_of_the_book():
    """Return the mark of the book: a tree of four leaves, cut, on a blue square."""
    Z = np.array([[0, 1, 1, 2], [2, 3, 1.6, 2], [4, 5, 3, 4]], float)
    branches = tree(Z, box=(11, 12, 53, 52)).replace("currentColor", "#fff")
    line = path([(5, 34), (59, 34)], 4, MARKS[1].colour)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64" role="img">'
        "<title>From Codebooks to Dendrograms</title>"
        f'<rect width="64" height="64" rx="12" fill="{MARKS[0].colour}"/>'
        f"{branches.replace('1.8', '4.5')}{line}</svg>"
    )


# By the stem of the chapter's file.
DRAWINGS = {
    "00_start_here": twelve,
    "01_scalar_quantizers": levels,
    "02_codebooks": cells,
    "03_codebooks_at_work": palette,
    "03b_decide": symbols,
    "03c_search": neighbours,
    "04_k_means": walk,
    "05_initialization": starts,
    "05b_starts": ends,
    "06_choosing_k": elbow,
    "07_more_data_than_memory": chunks,
    "07b_many_machines": machines,
    "08_distances": balls,
    "09_linkage": pairs,
    "09b_trees_of_many_points": spanning,
    "09c_ultrametrics": blocks,
    "10_dendrograms": dendrogram,
    "11_cutting": cut,
    "12_case_studies": flowers,
    "13_to_scipy_and_scikit_learn": twins,
}


def thumbnail(stem):
    """Return the picture of a chapter as an SVG element, for a page that names it in words."""
    drawn = DRAWINGS[stem]()
    return f'<svg viewBox="0 0 {W} {H}" aria-hidden="true" focusable="false">{drawn}</svg>'
