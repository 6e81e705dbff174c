"""How long the fits of chapter 7 take and how good they are: the record of its figure.

    python benchmarks/time_quality.py            measure, and write time_quality.json

The methods are the chapter's own: the cells that define them run here, as they stand.  Each
method runs from seven seeds, the methods in turn, each run three times, and the shortest time
counts.  The loss does not depend on the machine; the chapter compares it with what it has just
computed.  The seconds do, and stand in the record with the machine that they were taken on.
"""

import argparse
import json
import os
import platform
import time
from pathlib import Path

import nbformat
import numpy as np

HERE = Path(__file__).parent
CHAPTER = HERE.parent / "chapters" / "2_kmeans" / "07_more_data_than_memory.ipynb"
TRIES = 3


def chapter_methods():
    """Return the names that the chapter's cells define up to its dict of methods."""
    names = {}
    cells = [c.source for c in nbformat.read(CHAPTER, 4).cells if c.cell_type == "code"]
    (methods,) = [source for source in cells if "\nMETHODS = {" in source]
    for source in (cells[0], methods):
        exec(source, names)  # the project's own notebook
    return names


def measure(seeds):
    """Return for each method the seconds, passes and losses of its runs."""
    names = chapter_methods()
    X, truth, distortion = names["X"], names["truth"], names["nearest"].distortion
    record = {name: {"seconds": [], "passes": [], "loss": []} for name in names["METHODS"]}
    for method in names["METHODS"].values():
        method(np.random.default_rng(0))  # warms the caches
    for seed in range(seeds):
        for name, method in names["METHODS"].items():
            seconds = []
            for _ in range(TRIES):
                start = time.perf_counter()
                passes, C = method(np.random.default_rng(seed))
                seconds.append(time.perf_counter() - start)
            record[name]["seconds"].append(round(min(seconds), 5))
            record[name]["passes"].append(round(float(passes), 6))
            record[name]["loss"].append(round(float(distortion(X, C) / truth), 9))
    return {"machine": f"{platform.machine()}, {os.cpu_count()} cores", "methods": record}


def main():
    """Measure and write the record."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", type=int, default=7)
    parser.add_argument("--into", type=Path, default=HERE)
    options = parser.parse_args()
    text = json.dumps(measure(options.seeds), indent=1)
    (options.into / "time_quality.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
