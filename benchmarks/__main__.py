"""Measure the speed table: ``python benchmarks [--quick] [--only ROW] [--into FOLDER]``.

Prints each case with its ratios, their spread, and whether what must be and what was aimed
at is reached; writes `results.json` and `speed.svg` for the book.
"""

import argparse
import importlib
import json
import os
import platform
from pathlib import Path

import numpy as np
from chart import draw
from clock import measure
from promises import MIB, ROWS, promise

HERE = Path(__file__).parent
UNITS = {"": ((1, ""),), "s": ((1, "s"), (1e-3, "ms"), (1e-6, "µs")), "B": ((MIB, "MiB"),)}


def main():
    """Run the cases of every bench_*.py, in the order of the table."""
    options = _options()
    only = set(options.only or [*ROWS, "growth"])
    modules = [importlib.import_module(f.stem) for f in sorted(HERE.glob("bench_*.py"))]
    modules = [m for m in modules if only & set(getattr(m, "ROWS", ROWS))]
    cases = (case for module in modules for case in module.cases(options.quick))
    results = {"machine": machine(), "quick": options.quick, "cases": []}
    for case in cases:
        if getattr(case, "row", "growth") not in only:
            continue
        record = judge(measure(case))
        results["cases"].append(record)
        print(line(record), flush=True)
    print(summary(results["cases"]))
    options.into.mkdir(parents=True, exist_ok=True)
    (options.into / "results.json").write_text(json.dumps(results, indent=1) + "\n")
    (options.into / "speed.svg").write_text(draw(results["cases"]))


def _options():
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="small inputs, to see that it runs")
    rows = [*ROWS, "growth"]
    parser.add_argument("--only", choices=rows, action="append", help="measure this row; repeat")
    parser.add_argument("--into", type=Path, default=HERE, help="folder of results.json")
    return parser.parse_args()


def machine():
    """Return what the numbers depend on."""
    versions = {}
    for name in ("numpy", "scipy", "sklearn", "fastcluster"):
        versions[name] = importlib.import_module(name).__version__
    threads = os.environ.get("OPENBLAS_NUM_THREADS", "as many as cores")
    return {
        "python": platform.python_version(),
        "processor": platform.machine(),
        "cores": os.cpu_count(),
        "threads": threads,
        "load": os.getloadavg()[0],
        **versions,
    }


def judge(record):
    """Add to each number that has a bound what it must be, what it should be, and if it is."""
    if record["row"] == "growth":
        return record
    numbers = {"ours": record["median"]}
    numbers |= {name: peer["ratio"]["median"] for name, peer in record["peers"].items()}
    record["promises"] = []
    for against, number in numbers.items():
        must, aim = promise(record["row"], record["name"], against)
        if (must, aim) != (None, None):
            met = {
                "must met": None if must is None else number <= must,
                "aim met": None if aim is None else number <= aim,
            }
            record["promises"].append(
                {"against": against, "number": number, "must": must, "aim": aim, **met}
            )
    return record


def line(record):
    """Return one line of the printed table."""
    if record["row"] == "growth":
        ns = f"n={record['n'][0]}..{record['n'][-1]}"
        return f"growth: {record['name']} {ns} time ~ n^{record['power']:.2f} {record['route']}"
    parts = [f"{record['row'] + ': ' + record['name']:<56} {scaled(record['median'], record):>9}"]
    for name, peer in record["peers"].items():
        r = peer["ratio"]
        parts.append(f"{r['median']:5.2f} x {name} [{r['low']:.2f} .. {r['high']:.2f}]")
    for p in record["promises"]:
        for word in ("must", "aim"):
            if p[word] is not None:
                bound = scaled(p[word], record) if p["against"] == "ours" else f"{p[word]:g}"
                parts.append(f"{word} {bound} {'ok' if p[word + ' met'] else 'MISSED'}")
    return "  ".join([*parts, record["route"]]).rstrip()


def scaled(number, record):
    """Return a number with a unit that suits it."""
    size, unit = next(
        (u for u in UNITS[record["unit"]] if number >= u[0]), UNITS[record["unit"]][-1]
    )
    return f"{number / size:.3g} {unit}"


def summary(records):
    """Return how many bounds were met, and which were not."""
    met = [(r, p) for r in records if r["row"] != "growth" for p in r["promises"]]
    lines = []
    for word in ("must", "aim"):
        bound = [(r, p) for r, p in met if p[word] is not None]
        missed = [(r, p) for r, p in bound if not p[word + " met"]]
        lines.append(f"\n{word}: {len(bound) - len(missed)} of {len(bound)} met")
        lines += [
            f"  missed: {r['row']}: {r['name']}, {p['number']:.3g} > {p[word]:g} "
            f"(against {p['against']})"
            for r, p in missed
        ]
    growth = [r["power"] for r in records if r["row"] == "growth"]
    if growth:
        lines.append(f"\ngrowth: from n^{np.min(growth):.2f} to n^{np.max(growth):.2f}")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
