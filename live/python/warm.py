"""Import and draw once what pages need, so that the saved memory holds it."""

import importlib
import pkgutil

import own_data  # noqa: F401, the saved memory holds it
import prelude

prelude.name_integers()  # before other modules take them

import clusterlib  # noqa: E402

USEFUL = """argparse ast base64 bisect collections contextlib copy csv dataclasses decimal doctest
fractions functools gzip hashlib heapq html inspect io itertools json linecache math operator
pathlib pprint random re statistics string tempfile textwrap threading time timeit traceback
tracemalloc typing unicodedata urllib.parse uuid warnings zlib
numpy.fft numpy.linalg numpy.ma numpy.polynomial numpy.random numpy.testing numpy.typing
matplotlib.backends.backend_agg matplotlib.backends.backend_svg matplotlib.pyplot PIL.Image
PIL.JpegImagePlugin PIL.PngImagePlugin""".split()


def load():
    """Import the modules that pages use, and all of clusterlib."""
    for name in USEFUL:
        importlib.import_module(name)
    for module in pkgutil.walk_packages(clusterlib.__path__, "clusterlib."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)


def draw():
    """Draw each kind of mark once: the first drawing is the slow one."""
    import io

    import matplotlib.pyplot as plt
    import numpy as np

    x = np.random.default_rng(0).normal(size=(30, 2))
    fig, (a, b, c) = plt.subplots(1, 3, layout="constrained")
    a.scatter(*x.T, c=np.arange(30), label="x")
    a.set_title(r"$\alpha_i^2 \leq \sqrt{x}$")
    a.legend()
    b.imshow(x)
    b.contour(np.outer(np.arange(5), np.arange(5)))
    c.plot([1, 2], [3, 4], "--")
    c.bar([1, 2], [3, 4])
    c.hist(x[:, 0])
    c.annotate("a", (1, 1), (2, 2), arrowprops={"arrowstyle": "->"})
    c.set_xscale("log")
    fig.colorbar(a.collections[0])
    for kind in ("svg", "png"):
        fig.savefig(io.BytesIO(), format=kind, bbox_inches="tight")
    plt.close("all")


load()
draw()
prelude.prepare()
