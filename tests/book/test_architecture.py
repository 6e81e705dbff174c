"""Imports go down, bodies and modules stay small, facades stay facades."""

import ast
import importlib
import re
import subprocess
import sys
from pathlib import Path

import pytest
from notebooks import ROOT, toc_notebooks
from pages import notebook

import clusterlib

PACKAGE = ROOT / "clusterlib"
FILES = sorted(PACKAGE.rglob("*.py"))
# `from clusterlib.vq.lloyd import lloyd`: the algorithm has one name.
NAMED_AS_ITS_FUNCTION = {"clusterlib/vq/lloyd.py", "clusterlib/core/lower_bounds.py"}
BODY, CODE, LINES = 40, 250, 600
# Documented by SciPy, or raised by its functions, but not in its __all__.
PUBLIC_BUT_UNLISTED = {"ClusterError", "ClusterWarning", "py_vq"}


def name_of(path):
    """Return the file as it is called in the repository."""
    return path.relative_to(ROOT).as_posix()


def code_lines(source):
    """Return the numbers of the lines of `source` that hold code."""
    lines = {
        number
        for number, line in enumerate(source.splitlines(), start=1)
        if line.strip() and not line.strip().startswith("#")
    }
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef)) and ast.get_docstring(
            node
        ):
            text = node.body[0]
            lines -= set(range(text.lineno, text.end_lineno + 1))
    return lines


def long_bodies(source, limit=BODY):
    """Return the functions of `source` whose body, without docstring, exceeds `limit` lines."""
    lines = code_lines(source)
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            count = len(lines & set(range(node.body[0].lineno, node.end_lineno + 1)))
            if count > limit:
                found.append(f"{node.name}: {count} lines of code, at most {limit}")
    return found


def imported_at_the_top(source):
    """Return the names of the packages that `source` imports as soon as it is imported."""
    found = set()
    todo = list(ast.parse(source).body)
    while todo:
        node = todo.pop()
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found.add(node.module.split(".")[0])
        elif isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            continue
        elif not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            todo.extend(ast.iter_child_nodes(node))
    return found


def lint_imports(folder=ROOT):
    """Run import-linter with the contracts of `folder` and return its process."""
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True)


def test_imports_go_down():
    process = lint_imports()
    assert process.returncode == 0, process.stdout


@pytest.mark.parametrize(
    ("module", "line", "message"),
    [
        ("core/checks", "from clusterlib import vq", "A part imports only parts below it BROKEN"),
        ("hierarchy/trees", "import scipy", "no other clustering library BROKEN"),
        ("unlisted", "import math", "clusterlib.unlisted"),
    ],
)
def test_an_upward_import_is_found(tmp_path, module, line, message):
    for path in FILES:
        copy = tmp_path / path.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text())
    target = tmp_path / "clusterlib" / f"{module}.py"
    target.write_text((target.read_text() if target.exists() else "") + f"\n{line}\n")
    process = lint_imports(tmp_path)
    assert process.returncode != 0
    assert message in process.stdout


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_a_module_needs_numpy_only(path):
    allowed = set(sys.stdlib_module_names) | {"numpy", "clusterlib"}
    assert imported_at_the_top(path.read_text(encoding="utf-8")) <= allowed


def test_a_drawing_import_at_the_top_is_found():
    source = (
        "import numpy\nif True:\n    from matplotlib import pyplot\ndef f():\n    import dask\n"
    )
    assert imported_at_the_top(source) == {"numpy", "matplotlib"}


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_bodies_and_modules_are_short(path):
    source = path.read_text(encoding="utf-8")
    assert long_bodies(source) == []
    assert len(code_lines(source)) <= CODE, "split the module by idea"
    assert source.count("\n") <= LINES, "split the module by idea"


def test_a_long_body_is_found():
    source = 'def f():\n    """Say."""\n' + "    # why\n    x = 1\n\n" * 41
    assert long_bodies(source) == ["f: 41 lines of code, at most 40"]
    assert long_bodies(source.replace("x = 1", "", 1)) == []


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_no_module_is_named_like_a_function_in_it(path):
    names = {
        node.name
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef)
    }
    assert path.stem not in names or name_of(path) in NAMED_AS_ITS_FUNCTION


def test_the_root_imports_no_functions():
    assert [name for name in vars(clusterlib) if callable(vars(clusterlib)[name])] == []


@pytest.mark.parametrize(
    ("ours", "scipys"),
    [("clusterlib.vq", "scipy.cluster.vq"), ("clusterlib.hierarchy", "scipy.cluster.hierarchy")],
)
def test_a_facade_has_scipys_names(ours, scipys):
    page, model = importlib.import_module(ours), importlib.import_module(scipys)
    assert set(model.__all__) <= set(page.__all__)
    more = set(page.__all__) - set(model.__all__)
    assert more <= PUBLIC_BUT_UNLISTED
    assert all(hasattr(model, name) for name in more)


@pytest.mark.parametrize("ours", ["vq", "hierarchy", "distance"])
def test_a_facade_holds_imports_only(ours):
    tree = ast.parse((PACKAGE / ours / "__init__.py").read_text(encoding="utf-8"))
    kinds = {type(node) for node in tree.body}
    assert kinds <= {ast.Expr, ast.Import, ast.ImportFrom, ast.Assign}


def test_distance_has_scipys_names():
    ours = importlib.import_module("clusterlib.distance")
    model = importlib.import_module("scipy.spatial.distance")
    assert set(model.__all__) <= set(ours.__all__)


def heads(path):
    """Return the lines `Question:`, `Chapter:` and `Symbols:` that open a module."""
    text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return dict(re.findall(r"^(Question|Chapter|Symbols): (\S.*)$", text, re.MULTILINE))


# The book's parts.  Exercises, explorers and reports open with what they are for.
TAUGHT = ("core", "datasets", "distance", "hierarchy", "plotting", "quantization", "scaling",
          "validity", "vq")  # fmt: skip
TAUGHT_FILES = [p for p in FILES if p.relative_to(PACKAGE).parts[0] in TAUGHT
                and p.stem != "__init__"]  # fmt: skip


@pytest.mark.parametrize("path", TAUGHT_FILES, ids=name_of)
def test_a_module_opens_with_question_chapter_and_symbols(path):
    assert set(heads(path)) == {"Question", "Chapter", "Symbols"}


def names_used(path):
    """Return the names that the code cells of a chapter import from the package or call."""
    found = set()
    for cell in notebook(path).cells:
        if cell.cell_type != "code":
            continue
        for node in ast.walk(ast.parse(cell.source)):
            if isinstance(node, ast.ImportFrom):
                found |= {node.module.rpartition(".")[2], *(alias.name for alias in node.names)}
            elif isinstance(node, ast.Attribute):
                found.add(node.attr)
            elif isinstance(node, ast.Name):
                found.add(node.id)
    return found


PUBLIC_PARTS = ("vq", "hierarchy", "distance", "quantization", "validity", "scaling", "datasets",
                "plotting", "explorers")  # fmt: skip


@pytest.mark.parametrize("part", PUBLIC_PARTS)
def test_a_chapter_uses_each_part(part):
    page = importlib.import_module(f"clusterlib.{part}")
    numbers = {int(n) for n in re.findall(r"\d+", heads(PACKAGE / part / "__init__.py")["Chapter"])}
    used = set().union(*(names_used(p) for p in toc_notebooks() if int(p.name[:2]) in numbers))
    assert used & set(page.__all__), f"chapters {numbers} use nothing of {part}"
