"""The modules of a page as one script; how they are joined is tested with the explorers."""

import subprocess

import bundle
import pytest

from tests.node import node_command


def test_every_module_is_in_the_page_or_in_its_worker():
    names = {path.name for path in bundle.PAGE.glob("*.js")}
    assert names > bundle.WORKER
    page = bundle.page_script()
    assert all(f'modules["{name}"] = ' in page for name in names - bundle.WORKER)
    assert 'modules[\\"worker.js\\"] = ' in page


@pytest.mark.parametrize("text", [bundle.page_script(), bundle.script(bundle.WORKER)])
def test_the_script_is_one_that_a_browser_reads(tmp_path, text):
    (tmp_path / "script.js").write_text(text, encoding="utf-8")
    done = subprocess.run(
        [node_command(), "--check", tmp_path / "script.js"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
