"""Time functions alternately in one process, and print ratios with their spread."""

import argparse
import time

import numpy as np


def alternately(*functions, repeats=5):
    """Call the functions in turn, `repeats` times; return the seconds, one row a function."""
    seconds = np.empty((len(functions), repeats))
    for i in range(-1, repeats):  # round -1 warms the caches
        for j, function in enumerate(functions):
            start = time.perf_counter()
            function()
            if i >= 0:
                seconds[j, i] = time.perf_counter() - start
    return seconds


def report(work, ours, peers, repeats=5):
    """Print and return the ratios of our time to that of each peer.

    `peers` is a dict name -> (function, bound), the bound None where there is no promise.
    """
    ours_s, *theirs = alternately(ours, *(f for f, _ in peers.values()), repeats=repeats)
    ratios = {}
    for (name, (_, bound)), peer in zip(peers.items(), theirs, strict=True):
        each = ours_s / peer
        ratios[name] = ratio = float(np.median(ours_s) / np.median(peer))
        promise = (
            "" if bound is None else f"must be <= {bound:g} {'ok' if ratio <= bound else 'MISSED'}"
        )
        print(
            f"{work:<44} {np.median(ours_s) * 1e3:9.3f} ms  {ratio:5.2f} x {name:<12}"
            f" [{each.min():.2f} .. {each.max():.2f}]  {promise}",
            flush=True,
        )
    return ratios


def quick():
    """Return whether the script was asked for a small run with ``--quick``."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true", help="small inputs, to see that it runs")
    return parser.parse_args().quick
