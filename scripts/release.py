"""Build wheel and sdist into dist/, say what is wrong with them, and try them where nothing is.

    release.py [--python PYTHON] [--constraint FILE] [REQUIREMENT ...]

The wheel is installed alone into an empty environment, where the example of the
README must run with NumPy only.  Then the sdist passes its own unit tests there,
with each REQUIREMENT, such as "numpy==1.26.*", held.
"""

from __future__ import annotations

import argparse
import email
import os
import re
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NAME = "codebooks_to_dendrograms"  # the distribution, as its files spell it
LARGEST = 2_000_000  # bytes of the wheel
NOT_SHIPPED = {"__pycache__", ".ipynb_checkpoints"}
FOLDERS = (".ci", ".github", "_ext", "_static", "assignments", "benchmarks", "chapters",
           "clusterlib", "live", "reference", "scripts", "tests")  # fmt: skip
FIELDS = ("Name", "Version", "Summary", "Author", "License-Expression", "License-File",
          "Keywords", "Classifier", "Requires-Python", "Description-Content-Type")  # fmt: skip


def build(folder, source=ROOT):
    """Build wheel and sdist of `source` into `folder` and return their paths."""
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, source]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"The build failed:\n{done.stdout}\n{done.stderr}")
    return [next(Path(folder).glob(f"{NAME}-*{suffix}")) for suffix in (".whl", ".tar.gz")]


def files_of(*folders):
    """Return the files in `folders` of the repository, by their names in it."""
    return {
        path.relative_to(ROOT).as_posix()
        for folder in folders
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and not NOT_SHIPPED & set(path.parts) and path.suffix != ".pyc"
    }


def wheel_faults(path):
    """Return a sentence for everything that is wrong with the wheel at `path`."""
    with zipfile.ZipFile(path) as wheel:
        names = set(wheel.namelist())
        info = next(n.split("/")[0] for n in names if n.endswith(".dist-info/METADATA"))
        metadata = email.message_from_bytes(wheel.read(f"{info}/METADATA"))
    inside = {name for name in names if not name.startswith(f"{info}/")}
    package = files_of("clusterlib")
    found = [f"it lacks {name}" for name in sorted(package - inside)]
    found += [f"it carries {name}, which is no file of the package"
              for name in sorted(inside - package)]  # fmt: skip
    if not path.name.endswith("-py3-none-any.whl"):
        found.append(f"it is not pure: {path.name}")
    if (size := path.stat().st_size) >= LARGEST:
        found.append(f"it has {size:,} bytes, not less than {LARGEST:,}")
    return found + metadata_faults(metadata)


def metadata_faults(metadata):
    """Return a sentence for each field that is missing or contradicts another file."""
    found = [f"its metadata lacks {field}" for field in FIELDS if not metadata.get(field)]
    needed = [r for r in metadata.get_all("Requires-Dist", []) if "extra ==" not in r]
    if [re.match(r"\w+", name)[0] for name in needed] != ["numpy"]:
        found.append(f"at run time it needs {needed}, not NumPy only")
    version = metadata["Version"]
    for name, line in (("CITATION.cff", f"version: {version}"), ("CHANGELOG.md", f"## {version}")):
        if line not in (ROOT / name).read_text(encoding="utf-8"):
            found.append(f"{name} has no {line!r}")
    return found


def sdist_faults(path):
    """Return a sentence for each file of the repository that the sdist at `path` lacks."""
    with tarfile.open(path) as sdist:
        names = {member.name.partition("/")[2] for member in sdist if member.isfile()}
    top = {p.name for p in ROOT.iterdir() if p.suffix in {".md", ".yml", ".cff", ".toml", ".bib"}}
    wanted = files_of(*FOLDERS) | top | {"Makefile", "LICENSE", "LICENSE-TEXT", "constraints.txt"}
    return [f"it lacks {name}" for name in sorted(wanted - names)]


def readme_example():
    """Return the Python example of the README."""
    return re.search(r"```python\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)[1]


def empty_environment(python, folder):
    """Make an empty environment with `python`, or exit saying why not; return its Python."""
    command = [python, "-m", "venv", folder]
    try:
        done = subprocess.run(command, check=False, capture_output=True, text=True)
    except OSError as error:
        sys.exit(f"{python} does not start: {error}")
    if done.returncode:
        sys.exit(
            f"{python} makes no environment:\n{done.stdout}{done.stderr}"
            "It needs its modules venv and ensurepip (on Debian: apt-get install python3-venv)."
        )
    return Path(folder) / "bin" / "python"


def try_out(wheel, sdist, folder, options):
    """Install the wheel alone and run the README's example; then run the tests of the sdist."""
    python = empty_environment(options.python, folder / "env")
    pip = [python, "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
    if options.constraint:
        pip += ["--constraint", options.constraint.resolve()]
    clean = {k: v for k, v in os.environ.items() if k not in {"PYTHONPATH", "PYTHONHOME"}}
    numpy = [r for r in options.requirements if r.startswith("numpy")]
    for name, command in (
        ("installs", [*pip, wheel, *numpy]),
        ("answers", [python, "-W", "error", "-c", readme_example()]),
        ("installs with tests", [*pip, f"{wheel}[unit]", *options.requirements]),
    ):
        print(f"the wheel {name} ...", flush=True)
        if subprocess.run(command, check=False, cwd=folder, env=clean).returncode:
            sys.exit(f"It does not; this failed: {[str(part) for part in command]}")
    with tarfile.open(sdist) as archive:
        archive.extractall(folder, filter="data")
    source = folder / sdist.name.removesuffix(".tar.gz")
    versions = "import sys, numpy; print('Python', sys.version, 'NumPy', numpy.__version__)"
    subprocess.run([python, "-c", versions], check=True)
    tests = [python, "-m", "pytest", "-q", "-n2", "--dist", "loadfile",
             "--ignore", "tests/book", "--ignore", "tests/live"]  # fmt: skip
    return subprocess.run(tests, check=False, cwd=source, env=clean).returncode


def main(arguments=None):
    """Build, check and try; return the exit status."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--python", default=sys.executable)
    parser.add_argument("--constraint", type=Path)
    parser.add_argument("requirements", nargs="*")
    options = parser.parse_args(arguments)
    dist = ROOT / "dist"
    for old in dist.glob("*-*"):
        old.unlink()
    wheel, sdist = build(dist)
    found = [f"{wheel.name}: {fault}" for fault in wheel_faults(wheel)]
    found += [f"{sdist.name}: {fault}" for fault in sdist_faults(sdist)]
    print(*found, sep="\n", end="\n" if found else "")
    if found:
        return 1
    for path in (wheel, sdist):
        print(f"{path.name}: {path.stat().st_size:,} bytes")
    with tempfile.TemporaryDirectory() as folder:
        return try_out(wheel, sdist, Path(folder), options)


if __name__ == "__main__":
    sys.exit(main())
