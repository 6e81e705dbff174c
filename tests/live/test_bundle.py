"""The modules of a page as one script."""

import re

import bundle
import pytest


def test_each_module_comes_once_and_after_what_it_needs():
    names = bundle.modules("page.js")
    assert len(set(names)) == len(names)
    for place, name in enumerate(names):
        needed = bundle.IMPORT.findall((bundle.PAGE / name).read_text(encoding="utf-8"))
        assert set(needed) <= set(names[:place])


def test_nothing_declares_the_same_name_twice():
    for script in ("page.js", "worker.js"):
        text = bundle.joined(script)
        names = re.findall(r"^(?:async )?(?:const|let|class|function) (\w+)", text, re.MULTILINE)
        assert len(names) > 5
        assert len(set(names)) == len(names)


def test_no_line_is_too_long():
    files = [*bundle.PAGE.glob("*.js"), *bundle.PAGE.parent.glob("*.mjs")]
    lines = [line for path in files for line in path.read_text(encoding="utf-8").split("\n")]
    assert [line for line in lines if len(line) > 100] == []


@pytest.mark.parametrize("line", ['import x from "./b.js";', "export default 3;"])
def test_forms_that_it_does_not_know_are_refused(tmp_path, monkeypatch, line):
    (tmp_path / "a.js").write_text(line + "\n")
    monkeypatch.setattr(bundle, "PAGE", tmp_path)
    with pytest.raises(ValueError, match="not known"):
        bundle.joined("a.js")


def test_a_circle_of_modules_is_refused(tmp_path, monkeypatch):
    (tmp_path / "a.js").write_text('import { b } from "./b.js";\n')
    (tmp_path / "b.js").write_text('import { a } from "./a.js";\n')
    monkeypatch.setattr(bundle, "PAGE", tmp_path)
    with pytest.raises(ValueError, match="imports itself"):
        bundle.joined("a.js")
