"""What the pages ask of their interpreter; imported before its memory is saved."""

import ast
import builtins
import importlib
import json
import linecache
import os
import random
import re
import sys
import traceback
import types
import zipimport

import numpy as np

OUT = "/out"
ABSENT = {"scipy", "sklearn", "fastcluster", "dask", "distributed", "pandas", "ipywidgets"}


class Notebook:
    """The reader's namespace and the outputs of the cell that runs."""

    def __init__(self):
        self.main = types.ModuleType("__main__")
        self.main.__builtins__ = builtins
        self.count = 0

    def show(self, bundle):
        """Hand `bundle`, a dict from mime type to text, to the page."""
        sys.stdout.flush()
        self.count += 1
        with open(f"{OUT}/{self.count:06d}.json", "w", encoding="utf-8") as file:
            json.dump(bundle, file)

    def run(self, source, name):
        """Run a cell and tell the page whether it ended without an error."""
        self.show({"ok": self._run(source, name)})

    def _run(self, source, name):
        sys.modules["__main__"] = self.main
        linecache.cache[name] = (len(source), None, source.splitlines(True), name)
        try:
            tree = ast.parse(source, name)
            tree.body = [line for line in tree.body if not leave_out(line)]
            last = tree.body.pop() if ends_with_value(tree, source) else None
            exec(compile(tree, name, "exec"), self.main.__dict__)
            if last is not None:
                code = compile(ast.Expression(last.value), name, "eval")
                self.display(eval(code, self.main.__dict__))
            self.figures()
        except BaseException as error:
            self.figures()
            report(error)
            return False
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
        return True

    def display(self, value):
        """Show the value of a cell's last line, as a notebook does."""
        if value is None:
            return
        builtins._ = value
        self.show(bundle_of(value))

    def figures(self):
        """Show every open figure and close it."""
        pyplot = sys.modules.get("matplotlib.pyplot")
        if pyplot is None or not pyplot.get_fignums():
            return
        import io

        try:
            for number in pyplot.get_fignums():
                text = io.StringIO()
                pyplot.figure(number).savefig(text, format="svg", metadata={"Date": None})
                self.show({"image/svg+xml": text.getvalue()})
        finally:
            pyplot.close("all")  # one that cannot be drawn must not come back after each cell


def ends_with_value(tree, source):
    """Return whether the last statement is an expression that no semicolon hides."""
    return bool(tree.body) and isinstance(tree.body[-1], ast.Expr) and not hidden(source)


def leave_out(line):
    """Return whether `line` imports what pages do not have, and say so: the rest can run."""
    if not isinstance(line, (ast.Import, ast.ImportFrom)):
        return False
    one = isinstance(line, ast.ImportFrom)
    names = [line.module or ""] if one else [a.name for a in line.names]
    missing = {name.split(".")[0] for name in names} & ABSENT
    for name in sorted(missing):
        print(
            f"{name} is not part of the Python of this page: {ast.unparse(line)!r} was left out.",
            file=sys.stderr,
        )
    return bool(missing)


def hidden(source):
    """Return whether the last line of code ends with a semicolon."""
    lines = [line for line in source.splitlines() if line.split("#")[0].strip()]
    return bool(lines) and lines[-1].split("#")[0].rstrip().endswith(";")


def bundle_of(value):
    """Return the representations of `value` that a notebook would show."""
    if hasattr(value, "_repr_mimebundle_"):
        made = value._repr_mimebundle_()
        bundle = dict(made[0] if isinstance(made, tuple) else made)
    else:
        bundle = {}
        if hasattr(value, "_repr_html_") and (text := value._repr_html_()) is not None:
            bundle["text/html"] = text
    if hasattr(value, "passed") and hasattr(value, "hint"):
        bundle["application/vnd.clusterlib.outcome"] = "passed" if value.passed else "not yet"
    if "text/plain" not in bundle:
        bundle["text/plain"] = pretty(value)
    return {key: text for key, text in bundle.items() if isinstance(text, str)}


def pretty(value):
    """Return the text of `value`; long containers broken into lines as IPython does."""
    text = repr(value)
    if len(text) > 79 and isinstance(value, (dict, list, tuple, set)):
        import pprint

        text = pprint.pformat(value, width=79, sort_dicts=False)
    return text


def report(error):
    """Print the error with the reader's own lines, without those of this file."""
    frames = error.__traceback__
    while frames is not None and frames.tb_frame.f_code.co_filename == __file__:
        frames = frames.tb_next
    if isinstance(error, SystemExit):
        print(f"SystemExit: {error}", file=sys.stderr)
        return
    sys.stderr.write("".join(traceback.format_exception(type(error), error, frames)))


def no_input(prompt=""):
    raise RuntimeError("input() does not work on a page: put the value into the code")


def name_integers():
    """Give NumPy's integers the names that they have where pointers have 64 bits.

    `integers.py` says what the binary does; here the names of the module follow.
    """
    np.int32, np.int_, np.uint = np.intc, np.int64, np.uint64
    np._core.sctypeDict |= {"int32": np.intc, "int": np.int64, "int_": np.int64}
    np._core.arrayprint._typelessdata.append(np.int64)


def wake():
    """Do, once after the memory is restored, what must not be the same on every page."""
    random.seed()
    np.random.seed()
    zipimport._zip_directory_cache.clear()
    importlib.invalidate_caches()


def prepare():
    """Change, before the memory is saved, what a page cannot do or does otherwise."""
    builtins.input = no_input
    os.chdir("/book/chapters/part")
    import matplotlib.pyplot as plt

    plt.show = lambda *args, **kwargs: book.figures()
    from clusterlib.explorers.shared.explorer import Explorer

    # ipywidgets have no place here; the explorer's own front end answers in the page.
    Explorer.live = lambda self: self
    builtins.display = lambda *values: [book.display(value) for value in values] and None


book = Notebook()


def settle():
    """Close, before the memory is saved, what is open: fonts hold their files."""
    import functools
    import gc

    gc.collect()
    for thing in gc.get_objects():
        cached = type(thing) is functools._lru_cache_wrapper
        if cached and str(getattr(thing, "__module__", "")).startswith("matplotlib"):
            thing.cache_clear()
    re.purge()
    gc.collect()
