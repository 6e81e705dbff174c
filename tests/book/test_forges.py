"""The workflow files call the commands that developers call, and publish the built book."""

import re

import pytest
import yaml
from notebooks import ROOT

FILES = [".github/workflows/book.yml", ".gitlab-ci.yml"]
FOUR = {"book", "test", "lint", "bench"}
EVERY = {"install", "lint", "book", "test", "release", "oldest", "newest", "clients", "fuzz"}


def strings(node):
    """Yield every string in a parsed YAML file."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict):
        for child in node.values():
            yield from strings(child)
    elif isinstance(node, list):
        for child in node:
            yield from strings(child)


def targets():
    """Return the targets that the Makefile describes."""
    return set(re.findall(r"^(\w+):.*## ", (ROOT / "Makefile").read_text(), re.MULTILINE))


def called(text):
    """Return the targets that the workflow file `text` calls, those of its matrix included."""
    found = list(strings(yaml.safe_load(text)))
    direct = {name for line in found for name in re.findall(r"\bmake (\w+)", line)}
    return direct | ({"release", "oldest", "newest"} & set(found))


@pytest.mark.parametrize("name", FILES)
def test_a_forge_calls_the_targets_of_the_makefile(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    assert called(text) == EVERY
    assert targets() >= EVERY


@pytest.mark.parametrize("name", FILES)
def test_a_forge_publishes_the_built_book(name):
    assert any("_build/html" in line for line in strings(yaml.safe_load((ROOT / name).read_text())))


def test_ci_calls_the_targets_of_the_makefile():
    steps = re.findall(r"^step .* make (\w+)$", (ROOT / ".ci" / "run").read_text(), re.MULTILINE)
    assert steps == ["install", "lint", "book", "test"]
    assert set(steps) <= targets()


def test_the_contribution_guide_names_the_four_commands():
    guide = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    named = re.findall(r"^\| `make (\w+)` \|", guide, re.MULTILINE)
    assert set(named[:4]) == FOUR  # the first table
    assert targets() >= set(named)


def test_a_call_of_another_target_is_found():
    assert called("job:\n  script: [make book, 'make bok']\n  matrix: [oldest]\n") == {
        "book", "bok", "oldest",
    }  # fmt: skip
