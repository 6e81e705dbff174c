"""Pictures without a browser's help: the static frame of an explorer, as SVG.

Question: what do readers see without JavaScript, on paper, or in an untrusted notebook?
Chapter: 0, Start here (how to use an explorer).
Symbols: X points, labels (-1 means none), C code words, Z linkage matrix.

A picture is a row or grid of panels; each function here draws one panel in a
box of `W` by `H` units.  The front end draws the same shapes with the same
marks; this module exists because a picture element can carry no script.
"""

from __future__ import annotations

import base64
import html
import math
import struct
import zlib

import numpy as np

from clusterlib.hierarchy.trees import leaves_list
from clusterlib.plotting import MARKS

__all__ = ["bars", "curve", "grid", "photo", "points", "silhouette_bars", "tree"]

W, H = 340.0, 270.0
LEFT, RIGHT, TOP, BOTTOM = 50.0, 12.0, 30.0, 38.0
GREY = "#7F7F7F"

# Corners of each marker for a radius of 1; the circle is the absence of corners.
SHAPES = {
    "s": [[-0.9, -0.9], [0.9, -0.9], [0.9, 0.9], [-0.9, 0.9]],
    "^": [[0, -1.1], [1.05, 0.85], [-1.05, 0.85]],
    "v": [[0, 1.1], [1.05, -0.85], [-1.05, -0.85]],
    "D": [[0, -1.2], [1.2, 0], [0, 1.2], [-1.2, 0]],
    "P": [[-.4, -1.1], [.4, -1.1], [.4, -.4], [1.1, -.4], [1.1, .4], [.4, .4], [.4, 1.1],
          [-.4, 1.1], [-.4, .4], [-1.1, .4], [-1.1, -.4], [-.4, -.4]],
    "X": [[-.6, -1.1], [0, -.5], [.6, -1.1], [1.1, -.6], [.5, 0], [1.1, .6], [.6, 1.1], [0, .5],
          [-.6, 1.1], [-1.1, .6], [-.5, 0], [-1.1, -.6]],
    "*": [[round((0.55 if i % 2 else 1.3) * math.sin(math.pi * i / 5), 3),
           round((0.55 if i % 2 else 1.3) * -math.cos(math.pi * i / 5), 3)] for i in range(10)],
}  # fmt: skip


def mark(label, x, y, r=4.0, width=0.8):
    """Return the mark of cluster `label` at pixel (x, y); -1 is a grey dot."""
    style = MARKS[label % len(MARKS)]
    corners = SHAPES.get(style.marker) if label >= 0 else None
    fill = style.colour if label >= 0 else GREY
    edge = f'fill="{fill}" stroke="#111" stroke-width="{width}"'
    if corners is None:
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r if label >= 0 else r * 0.6:.1f}" {edge}/>'
    where = " ".join(f"{x + r * a:.1f},{y + r * b:.1f}" for a, b in corners)
    return f'<polygon points="{where}" {edge}/>'


def text(x, y, words, anchor="middle", size=12.5):
    """Return a piece of text."""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size}">'
        f"{html.escape(str(words))}</text>"
    )


def path(xs, ys, colour="#111", width=1.6, dashes=""):
    """Return a line through the pixels (xs, ys)."""
    where = " ".join(f"{a:.1f},{b:.1f}" for a, b in zip(xs, ys, strict=True))
    pattern = f' stroke-dasharray="{dashes}"' if dashes else ""
    return (
        f'<polyline points="{where}" fill="none" stroke="{colour}" '
        f'stroke-width="{width}"{pattern}/>'
    )


class Axes:
    """A panel's axes: `x` and `y` turn data into pixels, `svg` collects what is drawn."""

    def __init__(self, xs, ys, title="", xlabel="", ylabel="", equal=False, w=W, h=H):
        (x0, x1), (y0, y1) = _span(xs), _span(ys)
        inner = w - LEFT - RIGHT, h - TOP - BOTTOM
        if equal:
            unit = max((x1 - x0) / inner[0], (y1 - y0) / inner[1])
            dx, dy = (unit * inner[0] - (x1 - x0)) / 2, (unit * inner[1] - (y1 - y0)) / 2
            x0, x1, y0, y1 = x0 - dx, x1 + dx, y0 - dy, y1 + dy
        self.w, self.h = w, h
        self.x = lambda v: LEFT + (v - x0) / (x1 - x0) * inner[0]
        self.y = lambda v: h - BOTTOM - (v - y0) / (y1 - y0) * inner[1]
        base = h - BOTTOM
        self.svg = [
            path([LEFT, LEFT, w - RIGHT], [TOP, base, base], width=1),
            text(4, 16, title, "start", 13.5),
        ]
        self.svg += (
            [text(self.x(t), base + 16, f"{t:g}") for t in _ticks(x0, x1)]
            if xlabel is not None
            else []
        )
        self.svg += [text(LEFT - 5, self.y(t) + 4, f"{t:g}", "end") for t in _ticks(y0, y1)]
        self.svg += [
            text(LEFT + inner[0] / 2, h - 6, xlabel or ""),
            text(LEFT + 5, TOP + 2, ylabel, "start"),
        ]

    def __str__(self):
        return "".join(self.svg)


def _span(values):
    """Return the range of the finite `values` with 5 per cent of room."""
    values = np.asarray(
        [v for v in np.ravel(values) if v is not None and np.isfinite(v)] or [0.0, 1.0]
    )
    low, high = float(values.min()), float(values.max())
    room = 0.05 * (high - low or 1.0)
    return low - room, high + room


def _ticks(low, high, count=4):
    """Return a few round numbers between `low` and `high`."""
    raw = (high - low) / count
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(m * power for m in (1, 2, 5, 10) if m * power >= raw * 0.999)
    first = math.ceil(low / step - 1e-9)
    return [round(i * step, 12) for i in range(first, int(high / step + 1e-9) + 1)]


def points(X, labels=None, C=None, title="", xlabel="", ylabel="", equal=True, r=4.0,
           words=(), rings=()):  # fmt: skip
    """Return a panel with the points of `X` marked by cluster, and the code words `C`.

    `words` are code words too many to tell apart by mark; `rings` are warnings; `r` is the
    radius of all marks or of each.
    """
    X = np.asarray(X, float)
    both = X if C is None else np.vstack([X, C])
    axes = Axes(both[:, 0], both[:, 1], title, xlabel, ylabel, equal)
    labels = [-1] * len(X) if labels is None else labels
    axes.svg += [
        mark(int(c), axes.x(a), axes.y(b), size)
        for c, (a, b), size in zip(labels, X, np.broadcast_to(r, len(X)), strict=True)
    ]
    for c, (a, b) in enumerate([] if C is None else C):
        axes.svg.append(mark(c, axes.x(a), axes.y(b), 7.5, 2.0))
    axes.svg += [mark(0, axes.x(a), axes.y(b), 6.0, 2.0) for a, b in words]
    for a, b in rings:
        axes.svg.append(
            f'<circle cx="{axes.x(a):.1f}" cy="{axes.y(b):.1f}" r="12" fill="none" '
            'stroke="#D55E00" stroke-width="3"/>' + text(axes.x(a), axes.y(b) - 14, "!")
        )
    return str(axes)


def curve(xs, ys, at=None, title="", xlabel="", ylabel=""):
    """Return a panel with a line through the points; the one at index `at` is ringed."""
    axes = Axes(xs, ys, title, xlabel, ylabel)
    known = [(axes.x(a), axes.y(b)) for a, b in zip(xs, ys, strict=True) if b is not None]
    if known:
        axes.svg.append(path(*zip(*known, strict=True)))
    axes.svg += [mark(0, a, b, 3.2) for a, b in known]
    if at is not None and ys[at] is not None:
        axes.svg.append(
            f'<circle cx="{axes.x(xs[at]):.1f}" cy="{axes.y(ys[at]):.1f}" r="8" '
            'fill="none" stroke="#111" stroke-width="2.5"/>'
        )
    return str(axes)


def bars(values, names, at=None, title="", xlabel="", ylabel="", w=W):
    """Return a panel with one bar a value; the bar at index `at` takes the second colour."""
    axes = Axes([-0.6, len(values) - 0.4], [0, *values], title, None, ylabel, w=w)
    width = (axes.x(1) - axes.x(0)) * 0.7
    for i, (value, name) in enumerate(zip(values, names, strict=True)):
        top, base = sorted((axes.y(value), axes.y(0)))
        axes.svg.append(
            f'<rect x="{axes.x(i) - width / 2:.1f}" y="{top:.1f}" width="{width:.1f}" '
            f'height="{base - top:.1f}" fill="{MARKS[int(i == at)].colour}" stroke="#111"/>'
        )
        axes.svg.append(text(axes.x(i), H - BOTTOM + 16, name))
    axes.svg.append(text(w / 2, H - 6, xlabel))
    return str(axes)


def silhouette_bars(values, labels, title="", xlabel="silhouette"):
    """Return a panel with the silhouettes of each cluster, longest first."""
    values, labels = np.asarray(values, float), np.asarray(labels)
    clusters = np.unique(labels)
    axes = Axes([min(0.0, float(values.min())), 1.0], [0, 1], title, xlabel)
    axes.svg = axes.svg[:2] + [s for s in axes.svg[2:] if 'text-anchor="end"' not in s]
    step, y = (H - TOP - BOTTOM) / (len(values) + 3 * len(clusters)), TOP
    for c in clusters:
        own = np.sort(values[labels == c])[::-1]
        outline = "".join(f"H{axes.x(v):.1f}V{y + (i + 1) * step:.1f}" for i, v in enumerate(own))
        axes.svg.append(
            f'<path d="M{axes.x(0):.1f} {y:.1f}{outline}H{axes.x(0):.1f}Z" '
            f'fill="{MARKS[int(c) % len(MARKS)].colour}" stroke="#111" stroke-width=".4"/>'
        )
        axes.svg.append(mark(int(c), 22, y + len(own) * step / 2, 5))
        y += (len(own) + 3) * step
    return str(axes)


def tree(Z, labels=None, cut=None, title="", names=None, w=2 * W, at=None):
    """Return a panel, two wide, with the tree of `Z`, its leaves marked and a line at `cut`.

    `at` are places of the leaves on the axis; by default they stand side by side.
    """
    Z = np.asarray(Z, float)
    n, order = len(Z) + 1, leaves_list(Z)
    x, height = np.zeros(2 * n - 1), np.concatenate([np.zeros(n), Z[:, 2]])
    x[order] = np.arange(n) if at is None else np.asarray(at)[order]
    inside = [-1 if labels is None else int(c) for c in labels] if labels is not None else [-1] * n
    ends = ([-0.8, n - 0.2], None) if at is None else (at, "")
    axes = Axes(ends[0], [0, float(Z[:, 2].max())], title, ends[1], "height", w=w)
    for i, (a, b) in enumerate(Z[:, :2].astype(int)):
        x[n + i] = (x[a] + x[b]) / 2
        inside.append(inside[a] if inside[a] == inside[b] else -1)
        style = MARKS[inside[-1] % len(MARKS)]
        colour = style.colour if inside[-1] >= 0 else "#111"
        top = axes.y(height[n + i])
        where = [axes.x(x[a])] * 2 + [axes.x(x[b])] * 2
        axes.svg.append(path(where, [axes.y(height[a]), top, top, axes.y(height[b])], colour, 1.8))
    gap = axes.x(1) - axes.x(0)
    for i, leaf in enumerate(order):
        if labels is not None and gap >= 6:
            down = 8 if at is None else 0
            axes.svg.append(mark(inside[leaf], axes.x(x[leaf]), H - BOTTOM + down, 4))
        if names is not None and gap >= 12:
            axes.svg.append(text(axes.x(i), H - BOTTOM + 26, names[leaf]))
    if cut is not None:
        axes.svg.append(path([LEFT, w - RIGHT], [axes.y(cut)] * 2, width=2.5, dashes="8 4"))
    return str(axes)


def photo(image, title=""):
    """Return a panel with a grey image; its pixels travel inside as a PNG."""
    pixels = np.asarray(image).clip(0, 255).astype(np.uint8)
    rows, columns = pixels.shape

    def chunk(kind, body):
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    raw = b"".join(b"\0" + row.tobytes() for row in pixels)
    head = struct.pack(">IIBBBBB", columns, rows, 8, 0, 0, 0, 0)
    png = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(raw, 9))
    code = base64.b64encode(png + chunk(b"IEND", b"")).decode()
    unit = min((W - 20) / columns, (H - TOP - 10) / rows)
    return text(4, 16, title, "start", 13.5) + (
        f'<image x="4" y="{TOP}" width="{columns * unit:.1f}" height="{rows * unit:.1f}" '
        f'href="data:image/png;base64,{code}"/>'
    )


def grid(*rows):
    """Return an SVG picture with the given rows of panels on a white ground."""
    width, height = max(sum(w for w, _ in row) for row in rows), H * len(rows)
    cells = []
    for i, row in enumerate(rows):
        left = 0.0
        for w, panel in row:
            cells.append(f'<g transform="translate({left:.0f} {i * H:.0f})">{panel}</g>')
            left += w
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" '
        f'width="{width:.0f}" height="{height:.0f}" font-family="sans-serif" fill="#111">'
        '<rect width="100%" height="100%" fill="#fff"/>' + "".join(cells) + "</svg>"
    )
