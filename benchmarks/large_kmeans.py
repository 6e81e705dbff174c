"""k-means of 10 million x 16 observations that are never in memory at once.

Each chunk is drawn when it is needed and dropped after its sums are taken.  The script prints
seconds for each iteration and the peak memory of every process, for one and two workers:

    python benchmarks/large_kmeans.py --seeding           10 million rows, 1 and 2 workers
    python benchmarks/large_kmeans.py --rows 2e6 --weak   rows in proportion to the workers
"""

import argparse
import logging
import resource
import time

import dask.array as da
import numpy as np

from clusterlib.scaling import connect, dask_kmeans

D, K, CHUNK = 16, 64, 100_000


def draw(_, block_info, seed=7):
    """Return the rows of one chunk: 64 Gaussian clouds, the same whoever draws them."""
    number = block_info[0]["chunk-location"][0]
    rows = block_info[None]["chunk-shape"][0]
    rng = np.random.default_rng([seed, number])
    centres = np.random.default_rng(seed).normal(scale=4, size=(K, D))
    return centres[rng.integers(0, K, rows)] + rng.normal(size=(rows, D))


def observations(n):
    """Return n rows in chunks that are drawn when they are needed."""
    chunks = da.core.normalize_chunks((CHUNK, D), (n, D), dtype=float)
    frame = da.empty((n, 1), chunks=(chunks[0], 1), dtype=np.int8)
    return frame.map_blocks(draw, dtype=float, chunks=chunks, meta=np.empty((0, 0)))


def peak_memory():
    """Return the peak resident memory of this process in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def seed(n, workers):
    """Choose k code words by k-means||; print what that took."""
    with connect(workers=workers) as client:
        client.wait_for_workers(workers, timeout=300)
        start = time.perf_counter()
        dask_kmeans.parallel(observations(n), K, rng=0)
        seconds, peak = time.perf_counter() - start, max(client.run(peak_memory).values())
    print(
        f"n = {n:>11,d}  workers {workers}  k-means|| {seconds:7.1f} s  "
        f"peak of a worker {peak:.0f} MB",
        flush=True,
    )


def fit(n, workers, moves):
    """Run `moves` iterations of Lloyd's algorithm from the first rows; print what they took."""
    with connect(workers=workers) as client:
        client.wait_for_workers(workers, timeout=300)
        idle = max(client.run(peak_memory).values())
        X = observations(n)
        C, clock = X[:K].compute(), [time.perf_counter()]
        last = dask_kmeans.lloyd(X, C, moves, callback=lambda _: clock.append(time.perf_counter()))
        peak = max(client.run(peak_memory).values())
    seconds = np.diff(clock)
    print(
        f"n = {n:>11,d}  workers {workers}  data {n * D * 8 / 1e6:7.0f} MB  "
        f"iteration {np.median(seconds):7.2f} s [{seconds.min():.2f} .. {seconds.max():.2f}]  "
        f"peak of a worker {peak:.0f} MB (idle {idle:.0f})  here {peak_memory():.0f} MB  "
        f"error a row {last.sse / n:.6f}",
        flush=True,
    )
    return float(np.median(seconds))


def main():
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rows", type=float, default=1e7)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--moves", type=int, default=2)
    parser.add_argument("--weak", action="store_true", help="give each worker as many rows")
    parser.add_argument("--seeding", action="store_true", help="time k-means|| as well")
    options = parser.parse_args()
    logging.getLogger("distributed").setLevel(logging.ERROR)
    rows = {w: int(options.rows) * (w if options.weak else 1) for w in options.workers}
    times = {w: fit(rows[w], w, options.moves) for w in options.workers}
    base = options.workers[0]
    for w, seconds in times.items():
        gain = times[base] / seconds * rows[w] / rows[base]
        print(f"workers {w}: {gain:.2f} times as many rows a second as {base}", flush=True)
    if options.seeding:
        seed(int(options.rows), max(options.workers))


if __name__ == "__main__":
    main()
