"""Arguments in, clean arrays out.

Question: what did the caller give, and may an algorithm trust it?
Chapter: 0, Start here (what an error message owes you).
Symbols: X observations, y condensed distances, rng random numbers.

Every public function of the package starts with one line per argument from
this module.  A message names the argument, says what was given and what is
accepted, and what to do about it; after these lines the algorithms work on
arrays they can trust.
"""

from __future__ import annotations

import functools
import math
import numbers
import operator
from collections.abc import Callable
from typing import ParamSpec, TypeVar

import numpy as np

from clusterlib.core.containers import require_positions
from clusterlib.core.pairs import things_of_pairs

__all__ = [
    "as_code_book",
    "as_condensed",
    "as_condensed_count",
    "as_generator",
    "as_matrix",
    "as_pair",
    "as_random_state",
    "as_real",
    "as_real_pair",
    "as_vector",
    "as_weights",
    "at_least",
    "called",
    "choose",
    "describe",
    "flag",
    "one_of",
    "real_number",
    "require_finite",
    "rng_or_seed",
    "stretched",
    "whole_number",
]


P = ParamSpec("P")
R = TypeVar("R")


def describe(value):
    """Return a short description of `value` for an error message."""
    if isinstance(value, np.ndarray):
        return f"an array of shape {value.shape} and dtype {value.dtype}"
    text = repr(value)
    return text if len(text) <= 80 else text[:77] + "..."


def one_of(name, value, allowed) -> str:
    """Return `value` if it is one of `allowed`, else raise a ValueError that lists them."""
    if isinstance(value, str) and value in allowed:
        return value
    raise ValueError(
        f"`{name}` is {describe(value)}; it must be one of "
        + ", ".join(repr(a) for a in allowed)
        + "."
    )


def choose(name, value, table):
    """Return ``table[value]``, or raise a ValueError that lists the keys of `table`."""
    return table[one_of(name, value, table)]


def flag(name, value) -> bool:
    """Return whether `value` counts as true; whatever has axes, as an array does, is refused."""
    if getattr(value, "ndim", 0) == 0:
        return bool(value)
    raise ValueError(f"`{name}` is {describe(value)}; it must be True or False.")


def called(kind, name) -> str:
    """Return what an error calls a table of this kind: 'kind' alone, or "kind 'name'"."""
    if name is None or (isinstance(name, str) and not name):
        return kind
    return f"{kind} '{name if isinstance(name, str) else describe(name)}'"


def whole_number(name, value, low=None) -> int:
    """Return `value` as an int of at least `low`; booleans and fractions are refused."""
    if isinstance(value, (bool, np.bool_)):
        raise TypeError(f"`{name}` is {value!r}; it must be a whole number.")
    try:
        number = operator.index(value)
    except TypeError:
        array = np.asarray(value)
        if array.ndim or array.dtype.kind != "f" or not float(array).is_integer():
            raise ValueError(f"`{name}` is {describe(value)}; it must be a whole number.") from None
        number = int(array)
    return number if low is None else at_least(name, number, low)


def real_number(name, value, low=-math.inf, high=math.inf) -> float:
    """Return `value` as a float from `low` to `high`; text, arrays and NaN are refused."""
    single = value.ndim == 0 if isinstance(value, np.ndarray) else isinstance(value, numbers.Real)
    if not single:
        raise TypeError(f"`{name}` is {describe(value)}; it must be a number.")
    try:
        number = float(value)
    except OverflowError:
        number = math.copysign(math.inf, value)
    if low <= number <= high:
        return number
    if math.isnan(number):
        raise ValueError(f"`{name}` is NaN; it must be a number.")
    if high == math.inf:
        return at_least(name, number, low)
    raise ValueError(f"`{name}` is {describe(value)}; it must lie between {low} and {high}.")


def at_least(name, value, low):
    """Return `value` if it is at least `low` (NaN is not), else raise a ValueError."""
    single = isinstance(value, (numbers.Real, np.generic, np.ndarray)) and np.ndim(value) == 0
    if single and not np.iscomplexobj(value) and value >= low:
        return value
    raise ValueError(f"`{name}` is {describe(value)}; it must be at least {low}.")


def require_finite(name, array) -> np.ndarray:
    """Return `array` if it holds no NaN and no infinity, else say where the first one is."""
    if array.dtype.kind in "fc" and not np.isfinite(array).all():
        where = tuple(int(i) for i in np.argwhere(~np.isfinite(array))[0])
        raise ValueError(
            f"`{name}` holds {array[where]} at {where}; it must contain only finite "
            "numbers. Drop or fill such rows first."
        )
    return array


def as_array(name, value) -> np.ndarray:
    """Return `value` as a plain ndarray of numbers; masked, object and text input is refused."""
    if type(value) is np.ndarray and value.dtype.kind in "biufc":
        return value  # as nearly always
    if np.ma.isMaskedArray(value):
        if np.ma.is_masked(value):
            raise ValueError(
                f"`{name}` is a masked array; fill or drop its masked entries first "
                "(for example `name.filled(...)`)."
            )
        value = value.data
    if value is None:
        raise ValueError(f"`{name}` is None; it must hold numbers.")
    try:
        array = np.asarray(value)
    except ValueError as error:
        raise ValueError(f"`{name}` is not a rectangular array of numbers: {error}") from None
    require_positions(name, array)
    if array.dtype.kind in "SU":  # numbers that csv.reader left as text
        try:
            array = array.astype(float)
        except ValueError:
            raise ValueError(f"`{name}` holds text; it must hold numbers.") from None
    if array.dtype.kind == "O":
        try:
            array = array.astype(float)
        except (TypeError, ValueError):
            raise ValueError(f"`{name}` holds objects that are no numbers.") from None
        except OverflowError:
            raise ValueError(
                f"`{name}` holds whole numbers beyond the range of floating point numbers."
            ) from None
    if array.dtype.kind not in "biufc":
        raise ValueError(f"`{name}` has dtype {array.dtype}; it must hold numbers.")
    return array


def as_real(name, value) -> np.ndarray:
    """Return `value` as a plain ndarray of numbers that are not complex."""
    array = as_array(name, value)
    if array.dtype.kind == "c":
        raise ValueError(
            f"`{name}` holds complex numbers; it must hold real ones. Give real and imaginary "
            "parts as two columns."
        )
    return array


def as_matrix(name, value, *, finite=True) -> np.ndarray:
    """Return `value` as a two-dimensional array, one row an observation."""
    array = as_real(name, value)
    if array.ndim != 2:
        raise ValueError(
            f"`{name}` has shape {array.shape}; it must have two dimensions, "
            "one row an observation and one column a feature."
        )
    return require_finite(name, array) if finite else array


def as_code_book(name, value, d, ndim=2, *, finite=True) -> np.ndarray:
    """Return `value` as a codebook for observations of `d` features: one row a code word.

    Observations of `ndim` 1 are numbers; so are their code words, which become rows of one.
    """
    C = as_real(name, value)
    if finite:
        require_finite(name, C)
    if C.ndim != ndim or C.shape[1:] != (d,)[: ndim - 1] or C.size == 0:
        shape = f"(k, {d})" if ndim == 2 else "(k,)"
        raise ValueError(
            f"`{name}` has shape {C.shape}; a codebook for these observations must have shape "
            f"{shape} with k at least 1."
        )
    return C if ndim == 2 else C[:, None]


def as_vector(name, value, *, finite=True) -> np.ndarray:
    """Return `value` as a one-dimensional array."""
    array = as_real(name, value)
    if array.ndim != 1:
        raise ValueError(f"`{name}` has shape {array.shape}; it must have one dimension.")
    return require_finite(name, array) if finite else array


def as_condensed_count(name, m):
    """Return n, where `m` = n(n-1)/2 is the length of the condensed distances `name`."""
    n = things_of_pairs(m)
    if m == 0 or n == 0:
        raise ValueError(
            f"`{name}` has length {m}, which is no n(n-1)/2 for two or more observations, "
            "so it holds no condensed distances; `pdist(X)` or `squareform(D)` make them."
        )
    return n


def as_condensed(name, value, *, finite=True) -> np.ndarray:
    """Return `value` as float64 condensed distances: the upper triangle of D by rows."""
    y = np.asarray(as_vector(name, value, finite=finite), dtype=np.float64)
    as_condensed_count(name, len(y))
    return y


def as_generator(name, value) -> np.random.Generator:
    """Return `value` as a ``numpy.random.Generator``: None, a seed or a generator."""
    if isinstance(value, np.ndarray):
        value = np.asarray(value)  # a matrix would never end: its rows are matrices again
    try:
        return np.random.default_rng(value)
    except (TypeError, ValueError) as error:
        raise type(error)(
            f"`{name}` is {describe(value)}; it must be None, a whole number of at least 0, "
            f"a numpy.random.Generator or a BitGenerator ({error})."
        ) from None


def as_random_state(name, value):
    """Return `value` as random numbers with SciPy's older meaning of a seed.

    None stands for NumPy's global random state, a whole number seeds a ``RandomState``, and
    a ``RandomState`` or ``Generator`` is itself.
    """
    if value is None or value is np.random:
        return np.random.mtrand._rand
    if isinstance(value, (np.random.RandomState, np.random.Generator)):
        return value
    try:
        return np.random.RandomState(whole_number(name, value))
    except (TypeError, ValueError) as error:
        raise ValueError(
            f"`{name}` is {describe(value)}; it must be None, a whole number from 0 to 2**32 - 1, "
            f"a numpy.random.RandomState or a numpy.random.Generator ({error})."
        ) from None


def rng_or_seed(function: Callable[P, R]) -> Callable[P, R]:
    """Let `function` take random numbers as ``rng=`` or, as SciPy did before, as ``seed=``.

    ``rng=`` is read by `as_generator`; ``seed=``, or neither, by `as_random_state`.
    """

    @functools.wraps(function)
    def with_random_numbers(*args: P.args, **kwargs: P.kwargs) -> R:
        if "rng" in kwargs and "seed" in kwargs:
            raise TypeError(
                f"{function.__name__}() got both `rng` and `seed`; give one of them, best `rng`."
            )
        if "rng" in kwargs:
            kwargs["rng"] = as_generator("rng", kwargs["rng"])
        else:
            kwargs["rng"] = as_random_state("seed", kwargs.pop("seed", None))
        return function(*args, **kwargs)

    return with_random_numbers


def as_pair(u, v) -> tuple[np.ndarray, np.ndarray]:
    """Return `u` and `v` as two vectors of numbers of one length."""
    u, v = as_array("u", u), as_array("v", v)
    if u.ndim != 1 or v.ndim != 1:
        raise ValueError(
            f"Input vector should be 1-D; `u` has shape {u.shape} and `v` has shape {v.shape}. "
            "For rows of a table use pdist or cdist."
        )
    if len(u) != len(v):
        raise ValueError(
            f"`u` has {len(u)} entries and `v` has {len(v)}; they must be equally long."
        )
    return u, v


def as_real_pair(u, v) -> tuple[np.ndarray, np.ndarray]:
    """Return `u` and `v` as two vectors of real numbers of one length."""
    u, v = as_pair(u, v)
    if u.dtype.kind == "c" or v.dtype.kind == "c":
        raise TypeError("`u` and `v` must be real; a complex vector has real and imaginary parts.")
    return u, v


def as_weights(name, value, d, of="'u' and 'v'") -> np.ndarray | None:
    """Return `value` as `d` weights of at least 0, or None if it is None."""
    if value is None:
        return None
    w = np.array(as_real(name, value), dtype=np.float64)
    if w.shape != (d,):
        raise ValueError(
            f"'{name}' should have the same length as {of}. It has shape {w.shape}; "
            f"give {d} weights, one a feature."
        )
    if not (w >= 0).all():
        raise ValueError(f"`{name}` holds {w.min()}; weights must be non-negative numbers.")
    return w


def stretched(p, q):
    """Return two arrays in one shape."""
    try:
        return np.broadcast_arrays(p, q)
    except ValueError:
        shapes = f"`p` has shape {p.shape} and `q` has shape {q.shape}"
        raise ValueError(f"{shapes}, which cannot be broadcast together.") from None
