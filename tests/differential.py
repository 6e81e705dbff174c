"""The same call of SciPy and of this package: two outcomes, and whether they are one."""

import importlib
import linecache
import sys
import traceback
import warnings
from dataclasses import dataclass, replace

import numpy as np
from scipy.cluster import hierarchy as scipy_hierarchy

from clusterlib import hierarchy
from tests.described import Case, shape
from tests.outcomes import DIFFERENCES, PAGES
from tests.random_calls import Own, call_number

TOLERANCE = 1e-10
# what becomes an array of objects
OBJECTS = {
    "object",
    "text in objects",
    "decimal",
    "fraction",
    "dates in objects",
    "none",
    "pandas NA",
    "nullable",
    "sparse",
    "set",
    "dict",
    "generator",
    "map",
    "nothing",
}


@dataclass
class Outcome:
    """What a call gave: a value, or the class of an error; and the classes of its warnings."""

    value: object = None
    error: type | None = None
    text: str = ""
    warned: frozenset = frozenset()
    meant: bool = True  # whether a `raise` of the library's own made the error

    def __repr__(self):
        shown = f"{self.error.__name__}: {self.text}" if self.error else repr(self.value)
        return f"{shown} {'warns ' + ', '.join(sorted(self.warned)) if self.warned else ''}"


def argument(value, page):
    """Return an argument as the library has it: its own function for the name of one."""
    return getattr(getattr(page, "distance", page), value.name) if isinstance(value, Own) else value


def is_meant(error):
    """Tell whether the innermost line of an error's way is a `raise` of the library."""
    *_, (frame, line) = traceback.walk_tb(error.__traceback__)
    text = linecache.getline(frame.f_code.co_filename, line)
    return "raise " in text and "numpy" not in frame.f_code.co_filename


def outcome(i, module, change=None):
    """Run call number i with one library, on request with changed arguments."""
    call = call_number(i)
    page = importlib.import_module(module)
    given = {key: argument(value, page) for key, value in call.arguments.items()}
    given = change(given) if change else given
    if "seed" in given or "rng" in given:
        np.random.seed(5)
    with warnings.catch_warnings(record=True) as caught, np.errstate(all="warn", under="ignore"):
        warnings.simplefilter("always")
        try:
            value = plain(getattr(page, call.name)(**given))
            result = Outcome(value)
        except Exception as error:
            result = Outcome(error=type(error), text=str(error)[:150], meant=is_meant(error))
    result.warned = frozenset(w.category.__name__ for w in caught)
    return result


def plain(value):
    """Return nodes and sets as what they hold."""
    if type(value).__name__ == "ClusterNode":
        return ("node", [(n.id, float(n.dist), n.count) for n in nodes_of(value)])
    if type(value).__name__ == "DisjointSet":
        return ("sets", [sorted(map(str, subset)) for subset in value.subsets()])
    if isinstance(value, dict):
        return {key: plain(value[key]) for key in sorted(value)}
    if isinstance(value, (list, tuple)):
        return type(value)(map(plain, value))
    return bool(value) if isinstance(value, np.bool_) else value


def nodes_of(root):
    todo = [root]
    while todo:
        node = todo.pop()
        yield node
        todo += [child for child in (node.right, node.left) if child is not None]


def equal(a, b):
    """Tell whether two values are the same: type, shape, and numbers to ten digits."""
    if isinstance(a, np.ndarray) or isinstance(b, np.ndarray):
        return (
            isinstance(a, np.ndarray)
            and isinstance(b, np.ndarray)
            and a.dtype == b.dtype
            and a.shape == b.shape
            and close(a, b)
        )
    if isinstance(a, (list, tuple)):
        return type(a) is type(b) and len(a) == len(b) and all(map(equal, a, b))
    if isinstance(a, dict):
        return isinstance(b, dict) and a.keys() == b.keys() and all(equal(a[k], b[k]) for k in a)
    if isinstance(a, (float, int, complex, np.generic)) and not isinstance(a, bool):
        same_type = np.asarray(a).dtype == np.asarray(b).dtype
        return same_type and close(np.asarray(a), np.asarray(b))
    return type(a) is type(b) and (a is b or a == b)


def close(a, b):
    if a.dtype.kind not in "fc":
        return bool(np.array_equal(a, b))
    digits = max(TOLERANCE, 8 * np.finfo(a.dtype).eps)
    with np.errstate(all="ignore"):
        size = np.abs(a[np.isfinite(a)]).max(initial=0)
        return bool(
            np.allclose(a, b, rtol=digits, atol=float(digits * min(size, 1)), equal_nan=True)
        )


def refused_alike(ours, scipys):
    """Both refuse: with the class of error that SciPy chose, or in words where it stumbles."""
    if scipys.meant:
        return scipys.error.__name__ in {kind.__name__ for kind in ours.error.__mro__}
    return ours.meant or (ours.error is scipys.error and ours.text == scipys.text)


def same(ours, scipys):
    """Tell whether two outcomes are one."""
    if ours.error and scipys.error:
        return refused_alike(ours, scipys)
    if ours.error or scipys.error:
        return False
    return ours.warned == scipys.warned and equal(ours.value, scipys.value)


RULES = [
    (page, set(entry["functions"]), compile(entry["when"], entry["text"][:40], "eval"), entry)
    for page, entry in DIFFERENCES
    if "when" in entry
]


def entry_of(call, ours, scipys):
    """Return the entry of the page of known differences that speaks of this call, or None."""

    def run(change):
        changed = replace(call, arguments=change(call_number(call.number).arguments))
        if ends_scipy(changed):
            return Outcome(error=RuntimeError, text="SciPy must not be asked")
        return outcome(call.number, PAGES[call.page], change)

    names = Case(call, ours, scipys, run, equal).names()
    for page, functions, when, entry in RULES:
        if page == call.page and call.name in functions:
            try:
                if eval(when, names):
                    return entry
            except Exception:
                continue
    return None


# Calls for which SciPy reads or writes foreign memory, and may end: here they are refused.
ENDS_SCIPY = {
    "leaders": lambda a: np.shape(a["T"]) != (len(a["Z"]) + 1,),
    "optimal_leaf_ordering": lambda a: observations(a["y"]) != len(a["Z"]) + 1,
    "fcluster": lambda a: a.get(used_by(a)) is not None and len(a[used_by(a)]) != len(a["Z"]),
    "maxinconsts": lambda a: len(a["R"]) != len(a["Z"]),
    "maxRstat": lambda a: len(a["R"]) != len(a["Z"]),
    "mahalanobis": lambda a: np.shape(a["VI"]) != 2 * np.shape(a["u"]),
}


def used_by(a):
    """Return which argument a criterion of `fcluster` reads, besides the tree."""
    criterion = a.get("criterion", "inconsistent")
    return "R" if criterion == "inconsistent" else "monocrit" if "mono" in criterion else None


def observations(y):
    """Return the number of observations of condensed distances or of a table."""
    shape = np.shape(y)
    return round((1 + (1 + 8 * shape[0]) ** 0.5) / 2) if len(shape) == 1 else (*shape, 0)[0]


def ends_scipy(call):
    """Tell whether SciPy must not be asked."""
    try:
        if call.page == "hierarchy" and "Z" in call.arguments:
            Z = np.asarray(call.arguments["Z"], dtype=float)
            if scipy_hierarchy.is_valid_linkage(Z) and not hierarchy.is_valid_linkage(Z):
                return not call.name.startswith("is_valid")
        return call.name in ENDS_SCIPY and bool(ENDS_SCIPY[call.name](call.arguments))
    except (TypeError, ValueError):
        return False


def undefined(call):
    """Tell whether SciPy answers what memory held, as where no code word is nearest."""
    if call.name == "squareform":  # SciPy copies objects without counting that they are used
        return bool(call.kinds & OBJECTS)
    words = call.arguments.get("code_book", call.arguments.get("k", 1))
    return call.page == "vq" and (
        "huge" in call.kinds
        or (not call.arguments.get("check_finite", True) and bool(call.kinds & {"nan", "inf"}))
        or 0 in shape(words)
        or (call.arguments.get("minit", "random") == "random" and "one row" in call.kinds)
    )


def difference(i):
    """Return (call, our outcome, SciPy's) if they differ and no entry says so, else None."""
    call = call_number(i)
    ours = outcome(i, f"clusterlib.{call.page}")
    if undefined(call):  # here the call ends: there is nothing to compare
        return None
    if ends_scipy(call):
        return None if ours.error else (call, ours, Outcome(text="the end"))
    scipys = outcome(i, PAGES[call.page])
    if same(ours, scipys) or entry_of(call, ours, scipys):
        return None
    return call, ours, scipys


def first_calls(first, last):
    """Return the number of the first call that each rule speaks of."""
    found = {}
    for i in range(first, last):
        call = call_number(i)
        ours = outcome(i, f"clusterlib.{call.page}")
        if undefined(call) or ends_scipy(call):
            continue
        scipys = outcome(i, PAGES[call.page])
        entry = None if same(ours, scipys) else entry_of(call, ours, scipys)
        if entry:
            found.setdefault((call.page, entry["text"]), i)
    return found


if __name__ == "__main__":
    for rule, number_of_call in first_calls(*map(int, sys.argv[1:])).items():
        print(number_of_call, *rule)
