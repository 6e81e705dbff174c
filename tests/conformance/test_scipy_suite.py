"""SciPy's own tests pass here: whoever changes the import keeps the behaviour."""

import pytest

from tests import scipy_suite

# how many tests of SciPy 1.17 pass at least: a suite that shrinks unseen would prove nothing
FLOOR = {"vq": 30, "hierarchy": 183, "distance": 450}


@pytest.mark.parametrize("suite", scipy_suite.SUITES)
def test_scipys_own_tests_pass(suite, tmp_path):
    outcomes = scipy_suite.run(suite, tmp_path)
    failed = {test: why for test, why in outcomes.items() if why.startswith("failed")}
    assert not failed, "\n".join(f"{test}  {why}" for test, why in failed.items())
    skipped = [why for why in outcomes.values() if why.startswith("skipped")]
    passed = [test for test, why in outcomes.items() if why == "passed"]
    assert len(skipped) <= 6, skipped
    assert len(passed) >= FLOOR[suite], len(passed)


def test_a_missing_suite_is_a_failure(tmp_path):
    with pytest.raises(FileNotFoundError):
        scipy_suite.run("vq", tmp_path, home=tmp_path / "nowhere")


def test_a_wrong_answer_is_seen(tmp_path):
    """The suite fails when a function of ours fails: here, when one is missing."""
    source = "from scipy.cluster.hierarchy import no_such_function\n\ndef test_it():\n    pass\n"
    home = tmp_path / "scipy"
    (home / "cluster" / "tests").mkdir(parents=True)
    (home / "cluster" / "tests" / "test_vq.py").write_text(source)
    (tmp_path / "run").mkdir()
    outcomes = scipy_suite.run("vq", tmp_path / "run", home=home)
    assert outcomes and all(why.startswith("failed") for why in outcomes.values())


def test_public_names_are_ours_and_private_ones_scipys():
    text = scipy_suite.redirected(
        "from scipy.cluster.vq import vq, _krandinit\nfrom . import data\nx = 'test_' + metric\n"
    )
    assert "from clusterlib.vq import vq\n" in text
    assert "from scipy.cluster.vq import _krandinit\n" in text
    assert "import data\n" in text and "x = metric" in text
