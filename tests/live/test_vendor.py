"""The editor of the pages is built from what stands beside it, and its licences are there."""

import hashlib
import json
import os
import shutil
import subprocess

import pytest
from notebooks import ROOT

from tests.node import node_command

VENDOR = ROOT / "live" / "vendor"
PACKAGES = ROOT / ".venv" / "live" / "editor"


def locked():
    """Return {name: entry} of the packages that `package-lock.json` fixes."""
    entries = json.loads((VENDOR / "package-lock.json").read_text())["packages"]
    return {path.removeprefix("node_modules/"): entry for path, entry in entries.items() if path}


def test_the_lock_fixes_what_the_package_names():
    wanted = json.loads((VENDOR / "package.json").read_text())
    found = {name: entry["version"] for name, entry in locked().items()}
    assert found.items() >= (wanted["dependencies"] | wanted["devDependencies"]).items()
    assert all("integrity" in entry for entry in locked().values())


def test_each_package_in_the_bundle_brings_its_licence():
    texts = (VENDOR / "LICENCES.txt").read_text(encoding="utf-8")
    bundled = {name: entry for name, entry in locked().items() if not entry.get("dev")}
    assert len(bundled) > 10
    assert [n for n, entry in bundled.items() if f"{n} {entry['version']}\n" not in texts] == []


def test_the_bundle_names_the_sources_that_it_was_built_from():
    sources = b"".join((VENDOR / name).read_bytes() for name in ("editor.js", "package-lock.json"))
    first = (VENDOR / "codemirror.js").read_text(encoding="utf-8").split("\n", 1)[0]
    assert first.endswith(f"SHA-256 {hashlib.sha256(sources).hexdigest()}")


@pytest.mark.skipif(
    os.environ.get("LIVE_ALL") != "true",
    reason="`make live-test` brings the editor's packages from npm and builds it anew",
)
def test_the_bundle_is_built_anew_byte_by_byte(tmp_path):
    shutil.copytree(PACKAGES / "node_modules", tmp_path / "node_modules", symlinks=True)
    for name in ("editor.js", "build.mjs", "package.json", "package-lock.json"):
        shutil.copyfile(VENDOR / name, tmp_path / name)
    built = tmp_path / "built.js"
    subprocess.run([node_command(), "build.mjs", built], cwd=tmp_path, check=True)
    assert built.read_bytes() == (VENDOR / "codemirror.js").read_bytes()
