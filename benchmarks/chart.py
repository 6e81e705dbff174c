"""Draw the speed table: one dot a case, our time over the peer's, a tick where it must be."""

import matplotlib as mpl
from promises import ROWS

from clusterlib.plotting import INK, MARKS, figure_svg, use_house_style

PEERS = {"SciPy": MARKS[0], "fastcluster": MARKS[1], "scikit-learn": MARKS[2]}


def draw(records):
    """Return an SVG: rows of the table from top to bottom, ratios to the peers across."""
    mpl.use("agg")
    use_house_style()
    from matplotlib.pyplot import close, subplots

    rows = [row for row in ROWS if any(r["row"] == row and r.get("peers") for r in records)]
    fig, ax = subplots(figsize=(7, 0.6 * len(rows) + 1.6), layout="constrained")
    for y, row in enumerate(rows):
        for record in (r for r in records if r["row"] == row):
            for i, (peer, mark) in enumerate(PEERS.items()):
                if peer in record["peers"]:
                    ratio = record["peers"][peer]["ratio"]["median"]
                    ax.plot(
                        ratio,
                        y + 0.2 * (i - 1),
                        mark.marker,
                        color=mark.colour,
                        mec=INK,
                        mew=0.6,
                        ms=6,
                        alpha=0.8,
                    )
            for p in record["promises"]:
                if p["against"] == "SciPy" and p["must"] is not None:
                    ax.plot(p["must"], y, "|", color=INK, ms=16)
    for peer, mark in PEERS.items():
        ax.plot([], [], mark.marker, color=mark.colour, mec=INK, mew=0.6, label=f"against {peer}")
    ax.plot([], [], "|", color=INK, ms=12, label="must, against SciPy")
    ax.axvline(1, color=INK, lw=1)
    ax.set(
        xscale="log",
        xlabel="our time / theirs (left of 1 we are faster)",
        yticks=range(len(rows)),
        yticklabels=rows,
        ylim=(len(rows) - 0.4, -0.6),
    )
    fig.legend(loc="outside lower center", ncols=2, fontsize=12)
    svg = figure_svg(fig)
    close(fig)
    return svg
