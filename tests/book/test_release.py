"""The wheel and the sdist hold what they should; `make release` also tries them elsewhere."""

import shutil
import zipfile

import pytest
import release
from notebooks import ROOT

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
        ({"drop": ["clusterlib/explorers/kit.js"]}, "it lacks clusterlib/explorers/kit.js"),
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


def test_a_file_that_the_sdist_lacks_is_found(built, monkeypatch):
    monkeypatch.setattr(release, "files_of", lambda *folders: {"tests/oracles.py", "tests/lost.py"})
    assert release.sdist_faults(built[1]) == ["it lacks tests/lost.py"]
