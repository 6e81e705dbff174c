"""The joined front end: scopes kept apart, and faults named."""

import re
import subprocess
from pathlib import Path

import pytest

from clusterlib.explorers.shared.bundle import join_modules, module_order
from clusterlib.explorers.shared.explorer import frontend_sources
from tests.node import node_command

ROOT = Path(__file__).resolve().parents[2]

VENDORED = {"minisearch.js"}  # of others, as they wrote it


def run(script):
    done = subprocess.run(
        [node_command(), "--input-type=module", "-e", script],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_lines_of_the_front_end_are_at_most_100_characters():
    scripts = [
        path
        for part in ("clusterlib", "_ext", "live")
        for path in sorted((ROOT / part).rglob("*js"))
        if "vendor" not in path.parts and path.name not in VENDORED
    ]
    assert len(scripts) > len(frontend_sources())
    long = [
        f"{path.relative_to(ROOT)}, line {number}"
        for path in scripts
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if len(line) > 100
    ]
    assert long == []


def test_modules_keep_their_scopes():
    joined = join_modules({
        "main.js": 'import { f, g as h } from "./deep/f.js";\nconst own = 1;\n'
                   "export const answer = f(own) + h(own);",
        "deep/f.js": 'import { two } from "../two.js";\nconst own = 10;\n'
                     "export function f(x) { return x + own + two; }\nexport const g = (x) => -x;",
        "two.js": "export const two = 2;",
    })  # fmt: skip
    assert run(joined + "\nconsole.log(modules['main.js'].answer)") == "12"


@pytest.mark.parametrize(
    ("modules", "message"),
    [
        ({"a.js": 'import { b } from "./b.js";'}, "no such module: a.js -> b.js"),
        ({"a.js": 'import { b } from "./a.js";'}, "imports form a circle: a.js -> a.js"),
        ({"a.js": 'import { b } from "./b.js";', "b.js": ""}, "a.js: b.js exports no b"),
        ({"a.js": "export default 1;"}, "no form of import or export that is joined"),
        ({"a.js": 'import b from "./b.js";', "b.js": ""}, "no form of import or export"),
    ],
)
def test_what_cannot_be_joined_is_named(modules, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        join_modules(modules)


def test_the_front_end_imports_one_way():
    sources = frontend_sources()
    order = module_order(sources)
    assert sorted(order) == sorted(sources)
    assert order.index("shared/numbers.js") < order.index("shared/scatter.js")
    for path, source in sources.items():  # an explorer may not lean on another explorer
        if path.startswith("shared/"):
            assert '"../' not in source
        else:
            assert not re.search(r'from "\./(?!shared/)', source)
