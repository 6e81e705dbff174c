"""Three hundred runs of every start on every set of chapter 5: the record that it shows.

    python benchmarks/starts.py            run, and write starts.json and the explorer's record

For each set and each seeding the record holds a string with a 1 for each run that found every
cluster and a 0 for each other, run r at place r, and three means over the runs: the squared
error at the end and at the start, both over that from the true centres, and the iterations.
Nothing in it depends on the clock.
"""

import argparse
import json
from pathlib import Path

import numpy as np

from clusterlib import datasets
from clusterlib.explorers import seeding
from clusterlib.validity import centroid_index
from clusterlib.vq.lloyd import lloyd
from clusterlib.vq.nearest import distortion
from clusterlib.vq.seeding import SEEDINGS

HERE = Path(__file__).parent
RUNS = 300
SETS = {
    **{f"S{i}": lambda i=i: datasets.s_set(i) for i in range(1, 5)},
    "U": datasets.unbalanced,
    "D32": datasets.d32,
}


def one_run(data, method, r):
    """Return success, the squared error at the end and at the start, and the iterations."""
    start = SEEDINGS[method](data.X, len(data.centres), np.random.default_rng([7, r]))
    end = lloyd(data.X, start)
    found = centroid_index(end.C, data.centres) == 0
    return found, end.sse, distortion(data.X, start), end.iteration - 1


def count(name, method, runs):
    """Return the record of one set and one seeding."""
    data = SETS[name]()
    ideal = lloyd(data.X, data.centres).sse
    outcomes = np.array([one_run(data, method, r) for r in range(runs)])
    ends = outcomes.mean(axis=0) / [1, ideal, ideal, 1]
    return {
        "found": "".join(str(int(v)) for v in outcomes[:, 0]),
        "end": round(ends[1], 6),
        "start": round(ends[2], 6),
        "iterations": round(ends[3], 6),
    }


def explorer_record(runs):
    """Return which runs of the seeding explorer find every cluster, as it reads them."""
    return {
        seeding.key(method, outlier): "".join(
            str(int(seeding.run(method, r, outlier)[2])) for r in range(runs)
        )
        for outlier in (False, True)
        for method in SEEDINGS
    }


def main():
    """Run all and write the record."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=RUNS)
    parser.add_argument("--into", type=Path, default=HERE)
    options = parser.parse_args()
    record = {
        name: {method: count(name, method, options.runs) for method in SEEDINGS} for name in SETS
    }
    text = json.dumps(record, indent=1)
    (options.into / "starts.json").write_text(text + "\n", encoding="utf-8")
    into = Path(seeding.__file__).parent if options.into == HERE else options.into
    text = json.dumps(explorer_record(options.runs), indent=1)
    (into / "seeding_runs.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
