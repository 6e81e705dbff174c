"""Give each figure drawn by Matplotlib a second variant for dark pages.

The notebooks draw dark ink on light paper.  A dark page gets the same picture with light ink on
the page's own dark ground: greys are turned over, colours stay, photographs stay.  The theme
shows one of two pictures by the classes `only-light` and `only-dark`; the hidden one is neither
fetched nor read out.
"""

import re
from pathlib import Path

GROUND = "#121212"  # of a dark page
PAPER = ("#fcfcfa", "#ffffff")
# Text in these colours is too dim on a dark ground.
BRIGHTER = {"#a83f00": "#ff9a5c", "#0072b2": "#4aa8e0"}
COLOUR = re.compile(r"#[0-9a-f]{6}\b", re.IGNORECASE)
PICTURE = re.compile(
    r'<img (?P<before>[^>]*?)src="(?P<src>[^"]*_images/[^"]+)\.svg"(?P<after>[^>]*)>'
)


def in_the_dark(colour):
    """Return what stands for `colour` on a dark ground; a grey turns over."""
    colour = colour.lower()
    if colour in PAPER:
        return GROUND
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    if red == green == blue:
        return "#" + 3 * f"{255 - round(red * 235 / 255):02x}"
    return BRIGHTER.get(colour, colour)


def darkened(svg):
    """Return the text of a drawing with the colours of a dark page."""
    return COLOUR.sub(lambda match: in_the_dark(match[0]), svg)


def is_drawn(svg):
    """Return whether Matplotlib wrote this drawing."""
    return "Matplotlib v" in svg[:2000]


def two_variants(html, drawn):
    """Return a page in which each picture whose path is in `drawn` has a dark variant."""

    def both(match):
        name = match["src"].rpartition("/")[2]
        if name not in drawn or "only-" in match[0]:
            return match[0]
        light = (
            f'<img class="only-light" {match["before"]}src="{match["src"]}.svg"{match["after"]}>'
        )
        dark = (
            f'<img class="only-dark" loading="lazy" {match["before"]}'
            f'src="{match["src"]}-dark.svg"{match["after"]}>'
        )
        return light + dark

    return PICTURE.sub(both, html)


def finish(app, error):
    """Write the dark variants and put them into the pages of the built book."""
    if error or app.builder.format != "html":
        return
    out, drawn = Path(app.outdir), set()
    for path in (out / "_images").glob("*.svg"):
        svg = path.read_text(encoding="utf-8")
        if is_drawn(svg) and not path.stem.endswith("-dark"):
            path.with_name(f"{path.stem}-dark.svg").write_text(darkened(svg), encoding="utf-8")
            drawn.add(path.stem)
    for path in out.rglob("*.html"):
        html = path.read_text(encoding="utf-8")
        changed = two_variants(html, drawn)
        if changed != html:
            path.write_text(changed, encoding="utf-8")


def setup(app):
    app.connect("build-finished", finish)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
