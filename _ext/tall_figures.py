"""Show a tall figure of several rows on a slide: its upper rows left, its lower rows right.

A page is narrow, so its figures are tall; a slide is wide.  Scaled to the height of a slide, the
letters of a tall figure could not be read from the last row.  Matplotlib's SVG says where its
axes and its texts are; the cut goes through the empty space between two rows.
"""

import itertools
import re
from html import escape

WIDE, HIGH = 1180, 618  # pixels that a slide has for a figure
GAP = 30  # between the halves
WORTH = 1.15  # how many times larger the halves must be than the whole
ASCENT, DESCENT = 10, 4  # points of a line of text above and below its baseline
BOX = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')
AXES = re.compile(r'<g id="axes_\d+">\s*<g id="patch_\d+">\s*<path d="([^"]+)"')
TEXT = re.compile(r'<g id="text_\d+">.*?translate\(([\d.-]+) ([\d.-]+)\)([^"]*)"', re.DOTALL)


def rows_of(svg):
    """Return the upper and lower end of each row of axes, from top to bottom."""
    ends = []
    for path in AXES.findall(svg):
        heights = [float(y) for _, y in re.findall(r"[ML] ([\d.-]+) ([\d.-]+)", path)]
        ends.append([min(heights), max(heights)])
    rows = []
    for top, bottom in sorted(ends):
        if rows and top < rows[-1][1] - 1:
            rows[-1][1] = max(rows[-1][1], bottom)
        else:
            rows.append([top, bottom])
    return rows


def cuts_of(svg):
    """Return the heights at which a line of text begins, or nothing is, between two rows."""
    rows = rows_of(svg)
    texts = sorted(float(y) for _, y, turn in TEXT.findall(svg) if "rotate" not in turn)
    cuts = []
    for (_, bottom), (top, _) in itertools.pairwise(rows):
        lines = [y for y in texts if bottom < y < top + 2]
        starts = [y - ASCENT for y in lines] + [top]
        ends = [bottom] + [y + DESCENT for y in lines]
        space, cut = max((b - a, (a + b) / 2) for a, b in zip(ends, starts, strict=True))
        if space >= 0 and (lines or space >= ASCENT):
            cuts.append(cut)
    return cuts


def beside_each_other(svg, image):
    """Return the HTML of the two halves of a tall figure, or None if it is better left whole."""
    width, height = map(float, BOX.search(svg).groups())
    cuts = cuts_of(svg)
    if not cuts:
        return None
    cut = min(cuts, key=lambda y: max(y, height - y))
    whole = min(WIDE / width, HIGH / height)
    halves = min((WIDE - GAP) / 2 / width, HIGH / max(cut, height - cut))
    if halves < WORTH * whole:
        return None
    parts = []
    for top, bottom, name in ((0, cut, image.get("alt", "")), (cut, height, "")):
        said = f'role="img" aria-label="{escape(name)}"' if name else 'aria-hidden="true"'
        parts.append(
            f'<svg viewBox="0 {top:g} {width:g} {bottom - top:g}" width="{halves * width:.0f}" '
            f'height="{halves * (bottom - top):.0f}" {said}>'
            f'<image href="{escape(image["src"])}" width="{width:g}" height="{height:g}"/></svg>'
        )
    return f'<div class="halves">{"".join(parts)}</div>'
