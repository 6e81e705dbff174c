"""Whatever is given to whatever argument: an answer, or an error that the docstring names.

Every argument of every public function is replaced by each value of `tests.hostile`, one at
a time.  The call ends soon, in little memory, with an answer or with a documented error whose
message says something; it warns only as documented, and leaves its arguments as they were.
"""

import contextlib
import copy
import inspect
import itertools
import re
import signal
import sys
import warnings
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import sparse

from clusterlib import distance, hierarchy
from clusterlib.quantization import information, scalar
from clusterlib.vq import seeding
from tests.calls import CALLS, LEFT_OUT, X, function_of, public
from tests.hostile import HOSTILE, variants

resource = pytest.importorskip("resource", reason="Windows sets no limits of memory")
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="it reads /proc")

SECONDS = 5  # of the processor, for one call; other programs take none of it
MEGABYTES = 300  # for one call
ALWAYS = {"ValueError", "TypeError"}  # what any function says of arguments that are none
# How much work to do: ten to the thirtieth restarts take as long as they take.
WORK = {"restarts", "draws", "references", "iter", "max_iter", "sample", "n",
        "count", "swaps"}  # fmt: skip
FEW = 12  # drawing takes long: every twelfth value
ENDLESS = {repr(number) for number in (10**30, 1e20, 1e300)}
NOT_FUZZED = {
    "plotting.style.figure_svg",
    "hierarchy.linkage_matrix.ClusterWarning",
    "vq.lloyd.ClusterError",
}  # no arguments


class Late(BaseException):
    """A call took too long; no `except Exception` catches it."""


@contextlib.contextmanager
def in_time(seconds):
    """Raise Late in a body that computes for longer."""

    def ring(*_):
        raise Late

    before = signal.signal(signal.SIGPROF, ring)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


@contextlib.contextmanager
def in_memory(megabytes):
    """Give a body so much memory and no more: what asks for more meets a MemoryError."""
    taken = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (taken + megabytes * 2**20, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def section(function, head):
    """Return the names that a section of the docstring lists."""
    text = inspect.getdoc(function) or ""
    found = re.search(rf"^{head}\n-+\n(.*?)(?=^\w+\n-+\n|\Z)", text, re.MULTILINE | re.DOTALL)
    return set(re.findall(r"^(\w+(?:, \w+)*)\b", found[1], re.MULTILINE)) if found else set()


def documented(name, function):
    """Return the names of the errors and of the warnings that the docstring announces."""
    model = hierarchy.linkage if name.startswith("hierarchy.merging.") else function
    errors = {e for line in section(model, "Raises") for e in line.split(", ")}
    return errors | ALWAYS, section(model, "Warns")


def frozen(value):
    """Return what changes when `value` changes."""
    if isinstance(value, (pd.DataFrame, pd.Series)):
        return repr(value.to_dict())
    if isinstance(value, sparse.csr_array):
        return repr(value.toarray())
    if isinstance(value, np.ndarray) and not value.dtype.hasobject:
        whole = value.base if isinstance(value.base, np.ndarray) else value
        return whole.tobytes() + value.tobytes()
    return repr(value)


def use_up(result):
    """Run a generator for a while."""
    return list(itertools.islice(result, 20)) if inspect.isgenerator(result) else result


def fault_of(function, arguments, errors, allowed):
    """Call; return what is wrong with how it went, or None."""
    before = {name: frozen(value) for name, value in arguments.items()}
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            with in_time(SECONDS), in_memory(MEGABYTES):
                use_up(function(**arguments))
        except Late:
            return f"did not end within {SECONDS} s of computing"
        except Exception as error:
            kinds = {kind.__name__ for kind in type(error).__mro__}
            if not kinds & errors:
                return f"{type(error).__name__}: {error}"
            if not str(error).strip():
                return f"{type(error).__name__} without a message"
    for warning in caught:
        drawn = "matplotlib" in warning.filename  # it draws numbers of any size, and says so
        if warning.category.__name__ not in allowed and not drawn:
            return f"warned: {warning.category.__name__}: {warning.message}"
    changed = [name for name, value in arguments.items() if frozen(value) != before[name]]
    return f"changed {changed}" if changed and changed != ["out"] else None


def parameters(function):
    """Return the parameters that can be given by name, with their defaults."""
    kinds = (inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.KEYWORD_ONLY)
    return [p for p in inspect.signature(function).parameters.values() if p.kind in kinds]


def test_every_public_function_is_called():
    assert set(public()) - set(CALLS) - set(LEFT_OUT) == set(), "give it a call in tests/calls.py"
    stale = {name for name in CALLS if "ProductQuantizer" not in name} - set(public())
    assert stale | (set(LEFT_OUT) - set(public())) == set(), "no such function any more"


def attacks(name, function):
    """Yield for every argument of every call: the call, and what to put in its place."""
    names = {p.name for p in parameters(function)} | {key for call in CALLS[name] for key in call}
    for call in CALLS[name]:
        for argument in sorted(names):
            value = call.get(argument)
            near = variants(value) if isinstance(value, np.ndarray) and value.ndim else {}
            far = dict(list(HOSTILE.items())[:: FEW if name.startswith("plotting.") else 1])
            for label, make in (far | near).items():
                if not (argument in WORK and label in ENDLESS):
                    yield call, argument, label, make


@pytest.mark.parametrize("name", [name for name in CALLS if name not in NOT_FUZZED])
def test_hostile_arguments(name):
    function = function_of(name)
    errors, allowed = documented(name, function)
    for call in CALLS[name]:
        assert fault_of(function, copy.deepcopy(call), errors, allowed) is None
    faults = []
    for call, argument, label, make in attacks(name, function):
        with warnings.catch_warnings(action="ignore"):
            given = copy.deepcopy(call) | {argument: make()}
        fault = fault_of(function, given, errors, allowed)
        if fault:
            faults.append(f"{argument} = {label}: {fault}"[:200])
    faults = sorted(set(faults))
    assert not faults, f"{len(faults)} faults\n" + "\n".join(faults[:60])


# Numbers in whose place an array may stand, or which the function hands to matplotlib.
ARRAYS_TOO = {
    "vq.lloyd.kmeans2 thresh",  # is not read, as in SciPy
    "distance.vectors.jensenshannon base",  # one base for each result
    "distance.vectors.jensenshannon axis",  # NumPy reads it
    "datasets.synthetic.autoregressive_rows seed",
    "datasets.synthetic.gaussian_rows seed",
    "hierarchy.dendrograms.dendrogram leaf_font_size",
    "hierarchy.dendrograms.dendrogram leaf_rotation",
    "plotting.style.mark_error x",
    "plotting.style.mark_error y",
    "plotting.scores.plot_roc mark",
}


def flags_and_numbers():
    """Yield function and parameter for each parameter that is annotated as one flag or number."""
    for name in sorted(set(CALLS) - NOT_FUZZED):
        for parameter in parameters(function_of(name)):
            kinds = set(str(parameter.annotation).split(" | "))
            if kinds != {"None"} and kinds <= {"bool", "float", "int", "None"}:
                yield name, parameter.name


def test_the_list_of_arrays_too_is_no_longer_than_it_must_be():
    assert set(map(" ".join, flags_and_numbers())) > ARRAYS_TOO


@pytest.mark.parametrize(
    ("name", "argument"), [p for p in flags_and_numbers() if " ".join(p) not in ARRAYS_TOO]
)
@pytest.mark.parametrize("shape", [0, 1, (1, 1), (2, 3)])
def test_an_array_is_no_flag_and_no_number(name, argument, shape):
    """NumPy took arrays of no and of one entry, with a warning or without, as its version went."""
    given = copy.deepcopy(CALLS[name][0]) | {argument: np.ones(shape)}
    with pytest.raises((TypeError, ValueError), match=f"`{argument}`"):
        use_up(function_of(name)(**given))


# function -> how its answer changes when the data are multiplied
UNITS = {
    "datasets.types.standardize": 0,
    "validity.indices.calinski_harabasz": 0,
    "validity.indices.davies_bouldin": 0,
    "validity.indices.silhouette_samples": 0,
    "quantization.signals.gaussian_score": 0,
    "quantization.information.snr_db": 0,
    "vq.seeding.gaussian": 1,
}


@pytest.mark.parametrize("name", UNITS)
@pytest.mark.parametrize("exponent", [-600, 600])
def test_extreme_data_are_ordinary_data_in_other_units(name, exponent):
    """A power of two changes no digit, though squares overflow or vanish."""
    call, function = CALLS[name][0], function_of(name)
    data = {"X", "background", "signal", "coded"} & set(call)
    scaled = call | {key: np.ldexp(call[key], exponent) for key in data}
    expected = np.ldexp(function(**call), exponent * UNITS[name])
    np.testing.assert_allclose(function(**scaled), expected, rtol=1e-9)


def test_levels_variances_and_peaks_of_any_size():
    ordinary = scalar.optimal_levels([0.0, 1.0, 9.0, 10.0], 2)
    huge = scalar.optimal_levels([0.0, 1e200, 9e200, 10e200], 2, weights=[1e-200] * 4)
    np.testing.assert_allclose(huge.levels, ordinary.levels * 1e200)
    assert distance.seuclidean([0.0, 1.0], [0.0, 2.0], [1.0, 2.0**-1040]) == 2.0**520
    assert information.psnr([0.0, 1e200], [0.0, 2e200], peak=1e200) == pytest.approx(3.0103)


def test_a_matrix_seeds_or_is_refused():
    """NumPy alone recurses into a matrix until the interpreter dies."""
    matrix = np.array([[0.5, 1.5]]).view(np.matrix)
    with pytest.raises(TypeError, match="`rng`"):
        seeding.points(X, 2, rng=matrix)


def test_faults_are_seen():
    """Each kind of fault, put in on purpose."""

    def check(function, argument):
        return fault_of(function, {"x": argument}, {"ValueError"}, {"UserWarning"})

    assert check(lambda x: x, 1) is None
    assert check(lambda x: float(x[0]), "a") is None
    assert check(lambda x: 1 / x, 0).startswith("ZeroDivisionError")
    assert check(lambda x: x[9], []).startswith("IndexError")
    assert "MemoryError" in check(lambda x: np.ones(2 * x), 10**9)
    assert check(lambda x: warnings.warn("oh", UserWarning, stacklevel=1), 0) is None
    assert check(lambda x: -np.log(x), -1.0).startswith("warned: RuntimeWarning")
    assert check(lambda x: x.sort(), [2, 1]) == "changed ['x']"
    assert check(lambda x: x.sort(), np.array([2, 1])) == "changed ['x']"
    assert check(lambda x: x.fill(0), np.ones(4)[::2]) == "changed ['x']"

    def silent(x):
        raise ValueError

    assert check(silent, 0) == "ValueError without a message"


def test_a_call_without_end_is_stopped():
    def endless():
        while True:
            pass

    with pytest.raises(Late), in_time(0.05):
        endless()
