"""The entries of the page of known differences, and what their calls give."""

import importlib
import tomllib
import warnings

import numpy as np
from notebooks import ROOT

FILE = ROOT / "reference" / "known_differences.toml"
TABLE = tomllib.loads(FILE.read_text(encoding="utf-8"))
PAGES = TABLE["pages"]
DIFFERENCES = [(page, entry) for page in PAGES for entry in TABLE[page]]


def plain(value):
    """Return `value` as Python's own numbers, floats to six digits."""
    if isinstance(value, (np.ndarray, np.generic)):
        return plain(value.tolist())
    if isinstance(value, (tuple, list)):
        return type(value)(plain(entry) for entry in value)
    return float(f"{value:.6g}") if isinstance(value, float) else value


def outcome(call, page):
    """Return what the last line of `call` gives with the names of `page`, and its warnings."""
    names = vars(importlib.import_module(page)) | {"np": np}
    *before, last = call.strip().splitlines()
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            exec("\n".join(before), names)
            result = repr(plain(eval(last, names)))
        except NameError:
            raise
        except Exception as error:
            result = type(error).__name__
    kinds = sorted({warning.category.__name__ for warning in caught})
    return f"{result} with {' and '.join(kinds)}" if kinds else result
