"""The wheel and the sdist hold what they should; `make release` also tries them elsewhere."""

import importlib.metadata
import re
import shutil
import sys
import tomllib
import zipfile

import pytest
import release
from notebooks import ROOT
from test_architecture import imported_at_the_top

import clusterlib.__main__

OWN = release.NAME.replace("_", "-")
NOT_COPIED = (".git", ".venv", "_build", "build", "dist", "*.egg-info", "__pycache__", ".*_cache")


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Build both distributions from a copy, so that the repository stays clean."""
    folder = tmp_path_factory.mktemp("dist")
    source = folder / "source"
    shutil.copytree(ROOT, source, ignore=shutil.ignore_patterns(*NOT_COPIED))
    return release.build(folder, source=source)


def test_the_wheel_is_pure_small_and_complete(built):
    assert release.wheel_faults(built[0]) == []


def test_the_sdist_is_the_repository(built):
    assert release.sdist_faults(built[1]) == []


def test_one_name_of_the_distribution_everywhere_and_a_warning_of_the_other(capsys):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert project["name"] == OWN
    with pytest.raises(SystemExit):
        clusterlib.__main__.main(["--version"])
    assert capsys.readouterr().out == f"clusterlib {project['version']} ({OWN})\n"
    for page in ("README.md", "index.md", "reference/index.md"):
        text = (ROOT / page).read_text(encoding="utf-8")
        assert OWN in text and "belongs to another project" in text, page
    for name in release.files_of("clusterlib", "chapters", "reference", "assignments", "live"):
        text = (ROOT / name).read_bytes()
        assert b"clusterlib[" not in text, name
        calls = text.count(b"pip install clusterlib")
        assert calls == text.count(b"Do not type `pip install clusterlib`"), name


def test_the_example_of_the_readme_gives_what_it_says(capsys):
    exec(release.readme_example(), {})
    assert capsys.readouterr().out.strip() in release.readme_example()


def changed(wheel, folder, *, drop=(), add=(), metadata=lambda text: text):
    """Return a copy of `wheel` with files dropped and added and its metadata changed."""
    copy = folder / wheel.name
    with zipfile.ZipFile(wheel) as old, zipfile.ZipFile(copy, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name.endswith("/METADATA"):
                data = metadata(data.decode()).encode()
            if name not in drop:
                new.writestr(name, data)
        for name, data in add:
            new.writestr(name, data)
    return copy


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"drop": ["clusterlib/datasets/data/iris.csv"]}, "it lacks clusterlib/datasets/data/iris"),
        (
            {"drop": ["clusterlib/explorers/shared/scatter.js"]},
            "it lacks clusterlib/explorers/shared/scatter.js",
        ),
        ({"add": [("tests/oracles.py", "")]}, "it carries tests/oracles.py"),
        ({"add": [("clusterlib/fast.so", b"0" * 2_000_000)]}, "bytes, not less than 2,000,000"),
        (
            {"metadata": lambda text: text.replace("Requires-Dist: numpy", "Requires-Dist: scipy")},
            "not NumPy only",
        ),
        ({"metadata": lambda text: text.replace("Summary:", "X:")}, "metadata lacks Summary"),
        (
            {"metadata": lambda text: text.replace("\nVersion: ", "\nVersion: 9")},
            "CITATION.cff has no 'version: 9",
        ),
    ],
)
def test_a_fault_of_the_wheel_is_found(built, tmp_path, change, message):
    found = release.wheel_faults(changed(built[0], tmp_path, **change))
    assert any(message in fault for fault in found), found


def test_a_wheel_for_one_machine_is_found(built, tmp_path):
    name = built[0].name.replace("py3-none-any", "cp311-cp311-linux_x86_64")
    copy = shutil.copy(built[0], tmp_path / name)
    assert any("not pure" in fault for fault in release.wheel_faults(copy))


def test_a_python_that_makes_no_environment_is_named(tmp_path):
    broken = tmp_path / "python3.99"
    broken.write_text("#!/bin/sh\necho no module named venv >&2\nexit 127\n")
    for python, said in ((broken, "no module named venv"), (tmp_path / "none", "does not start")):
        if python == broken:
            python.chmod(0o755)
        with pytest.raises(SystemExit, match=re.escape(str(python))) as error:
            release.empty_environment(python, tmp_path / "env")
        assert said in str(error.value)


def needed_by_the_unit_tests():
    """Return the packages that tests/*.py import, and those that the helpers they use import."""
    helpers = {
        p.stem: p for folder in ("tests", "scripts", "_ext") for p in (ROOT / folder).glob("*.py")
    }
    of_the_book = {"book", "live"}
    unit_tests = [p for p in (ROOT / "tests").rglob("*.py") if not of_the_book & {*p.parts}]
    todo, found = sorted(unit_tests), set()
    while todo:
        new = imported_at_the_top(todo.pop().read_text(encoding="utf-8")) - found
        found |= new
        todo += [helpers[name] for name in new if name in helpers]
    return found - set(helpers) - sys.stdlib_module_names - {"tests", "benchmarks", "clusterlib"}


def extra(name, table):
    """Return the packages of an extra, and the extras of them: dask and distributed."""
    found = set()
    for requirement in table[name]:
        base, *inner = re.match(r"[\w,[-]+", requirement)[0].replace("[", ",").split(",")
        found |= set().union(*(extra(i, table) for i in inner)) if base == OWN else {
            base, *inner}  # fmt: skip
    return found


def lacking(names, given):
    """Return the imported names that come with none of the `given` packages."""
    source = importlib.metadata.packages_distributions()
    return {n for n in names if not {d.lower() for d in source.get(n, [n])} & given}


def test_the_extra_of_the_unit_tests_names_what_they_import():
    table = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    given = extra("unit", table["optional-dependencies"]) | {"numpy"}
    assert lacking(needed_by_the_unit_tests(), given) == set()
    assert lacking(needed_by_the_unit_tests(), given - {"docutils", "scikit-learn"}) == {
        "docutils", "sklearn",
    }  # fmt: skip


def test_a_file_that_the_sdist_lacks_is_found(built, monkeypatch):
    monkeypatch.setattr(release, "files_of", lambda *folders: {"tests/oracles.py", "tests/lost.py"})
    assert release.sdist_faults(built[1]) == ["it lacks tests/lost.py"]
