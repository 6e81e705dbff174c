"""The states of the explorers: every position finite, labelled and equal to an oracle."""

import base64
import functools
import itertools
import json
import re
import xml.etree.ElementTree as ET

import ipywidgets
import numpy as np
import pytest
from scipy.cluster import hierarchy as scipy_hierarchy
from scipy.spatial.distance import pdist

from clusterlib import datasets, explorers
from clusterlib.explorers import seeding as seedings
from clusterlib.explorers.cut import cut_state
from clusterlib.explorers.shared import cut_trees as cuts
from clusterlib.explorers.shared import explorer as base
from clusterlib.explorers.shared import scenes
from clusterlib.explorers.shared.live import live_widget
from clusterlib.hierarchy.cutting import fcluster
from clusterlib.hierarchy.inconsistency import inconsistent
from clusterlib.validity import centroid_index
from clusterlib.vq.seeding import greedy_steps, plus_plus_steps

ALL = [getattr(explorers, name) for name in explorers.__all__ if name.endswith("Explorer")]
ALL.remove(explorers.Explorer)


@pytest.fixture(scope="module", params=ALL, ids=lambda kind: kind.__name__)
def explorer(request):
    return request.param()


def positions(explorer, values, spec):
    """Yield the values of the control `spec`: all options, or up to 25 places of its range."""
    if spec["kind"] == "range":
        places = np.linspace(spec["min"], spec["max"], min(25, spec["max"] - spec["min"] + 1))
        return sorted(set(places.round().astype(int).tolist()))
    return spec["options"] if spec["kind"] == "select" else [False, True]


def walk(explorer):
    """Yield the state at every place of each control, the others as they stand."""
    start = explorer.state()["values"]
    for spec in explorer.controls(**start):
        for place in positions(explorer, start, spec):
            moved = explorer.change({**start, spec["key"]: place}, spec["key"])
            yield explorer.state(**moved)


def test_every_position_can_be_drawn_and_said(explorer):
    seen = set()
    for state in walk(explorer):
        words = explorer.say(state)
        assert "nan" not in words and "None" not in words
        picture = explorer.draw(state)
        assert "nan" not in picture
        ET.fromstring(picture)
        seen.add(words)
    assert len(seen) > 5


def test_state_keeps_values_that_it_returned(explorer):
    for state in walk(explorer):
        assert explorer.state(**state["values"])["values"] == state["values"]


def test_the_output_is_a_picture_data_and_one_front_end(explorer):
    bundle = explorer._repr_mimebundle_()
    assert bundle["text/plain"] == f"<explorer {explorer.name!r}: {explorer.title}>"
    text = bundle["text/html"]
    assert text.count("data-clx-frontend") == 1
    assert re.search(rf'data-explorer="{explorer.name}" id="x-{explorer.uid}"', text)
    payload = re.search(r'<script type="application/json">(.*?)</script>', text, re.DOTALL)[1]
    assert json.loads(payload) == json.loads(json.dumps(explorer.payload()))
    assert len(payload) < 300_000
    picture = re.search(r'src="data:image/svg\+xml;base64,([^"]+)"', text)[1]
    ET.fromstring(base64.b64decode(picture))
    assert text == type(explorer)()._repr_mimebundle_()["text/html"]


def test_the_alternative_text_says_what_is_to_be_seen(explorer):
    assert 25 <= len(explorer.alt.split()) <= 90


def test_the_question_has_an_answer(explorer):
    question = explorer.question
    assert 0 <= question.answer < len(question.options) >= 2
    for words in (question.ask, question.explain, *question.options):
        assert base.rich(words)


def test_the_front_end_is_light_and_plain():
    assert len(base.frontend_script()) < 5_000 * len(ALL)
    assert not re.search(r"https?://(?!www\.w3\.org/)", base.frontend_module())


def test_two_explorers_of_one_kind_take_two_names():
    assert 'id="x-second"' in explorers.CutExplorer(uid="second").html()


# ---------------------------------------------------------------- widgets


def test_live_controls_answer(explorer):
    box = live_widget(explorer)
    controls, sentence, picture = box.children
    sliders = [
        c for c in controls.children if isinstance(c, ipywidgets.IntSlider) and c.min < c.max
    ]
    assert sliders
    for slider in (s for s in sliders if s.min < s.max):
        before = sentence.value, picture.value
        slider.value = slider.min if slider.value == slider.max else slider.max
        assert (sentence.value, picture.value) != before


def test_live_sliders_are_tied():
    box = explorers.CutExplorer().live()
    by_name = {control.description: control for control in box.children[0].children}
    by_name["Clusters k"].value = 2
    assert "got 2" in box.children[1].value
    by_name["Cut"].value = 0
    assert by_name["Clusters k"].value == 12
    by_name["Data"].value = "wine"
    assert by_name["Cut"].max == 177


def test_a_page_without_kernel_says_so(monkeypatch, explorer):
    monkeypatch.setenv(base.STATIC_PAGE, "1")
    note = explorer.live()
    assert "JupyterLab" in repr(note)
    assert "widget" not in "".join(note._repr_mimebundle_())


# ---------------------------------------------------------------- the cut


@pytest.fixture(scope="module")
def cut():
    return explorers.CutExplorer()


def same_partition(a, b):
    return len(set(zip(a, b, strict=True))) == len(set(a)) == len(set(b))


@pytest.mark.parametrize("data", ["twelve", "clouds", "iris", "wine"])
def test_all_cuts_are_those_of_scipy(cut, data):
    X = scenes.SCENES[data]().X
    for method in cuts.METHODS:
        tree = cut.tree(data, method)
        Z = np.array(tree.Z)  # with ties the tree is a convention, its cuts are not
        for criterion, statistic in cuts.CRITERIA.items():
            # SciPy's search for the least threshold takes `monocrit` to be sorted; sizes are not.
            oracle = fcluster if criterion == "maxclust_monocrit" else scipy_hierarchy.fcluster
            if criterion == "inconsistent":  # SciPy finds a spread among equal heights
                oracle = functools.partial(oracle, R=inconsistent(Z))
            scope = {"Z": Z, "fcluster": oracle}
            stops = tree.cuts[statistic]
            assert stops["count"] == sorted(stops["count"], reverse=True)
            for t in range(0, len(stops["t"]), 1 if len(X) < 50 else 17):
                state = cut_state(tree, criterion, t, k=stops["count"][t])
                assert same_partition(state["labels"], eval(state["call"], scope))
                assert sum(state["sizes"]) == len(X)


def test_every_distinct_cut_is_a_stop(cut):
    tree = cut.tree("twelve", "ward")
    assert tree.cuts["distance"]["count"] == [12, 8, 4, 2, 1]
    assert tree.cuts["inconsistent"]["count"] == [8, 4, 1]
    assert [round(v, 6) for v in tree.cuts["distance"]["silhouette"][1:4]] == [
        0.097631, 0.614320, 0.384280]  # fmt: skip


def test_thresholds_lie_strictly_between_values():
    t, limits = cuts.thresholds(np.array([0.5, 0.5, 0.50001, 2.0]))
    assert 0 < t[0] < 0.5 < t[1] < 0.50001 < t[2] < 2 < t[3]
    assert limits == [0, 1, 2, 3]
    assert cuts.thresholds(np.array([0.0, 1.0]))[1] == [1, 2]  # nothing lies below a height of 0
    assert cuts.thresholds(np.array([0.0, 0.0]))[1] == [1]
    assert cuts.thresholds(np.array([2.0, 3.0, 5.0])) == ([1, 2, 3, 5], [0, 1, 2, 3])


def test_heights_that_differ_by_rounding_are_one():
    t, _ = cuts.thresholds(np.array([1.0, 1.0 + 1e-15, 2.0]))
    assert len(t) == 3


def test_asking_for_three_gives_two(cut):
    state = cut.state(data="twelve", criterion="maxclust", k=3)
    assert (state["count"], state["sizes"]) == (2, [6, 6])
    assert "merges tie" in cut.say(state)


def test_cuts_of_iris_and_wine(cut):
    for data, expected in [
        ("iris", {2: 0.686735, 3: 0.554324, 4: 0.488967}),
        ("wine", {2: 0.267013, 3: 0.277444, 4: 0.225837}),
    ]:
        for k, score in expected.items():
            state = cut.state(data=data, criterion="maxclust", k=k)
            assert (state["count"], round(state["silhouette"], 6)) == (k, score)
    assert np.allclose(cut.tree("iris", "ward").room()[:2], [20.147211, 5.900989], atol=1e-6)


def test_own_data_in_one_and_many_features():
    for X in (np.arange(6.0)[:, None] ** 2, np.random.default_rng(0).normal(size=(9, 5))):
        own = explorers.CutExplorer(X)
        assert own.question is None
        assert own.state(criterion="maxclust", k=2)["count"] == 2
        own.html()


def test_own_data_must_be_a_table():
    for kind in (explorers.CutExplorer, explorers.KExplorer):
        with pytest.raises(ValueError, match="`X` has shape"):
            kind(np.arange(3.0))
        with pytest.raises(ValueError, match="finite"):
            kind(np.array([[0.0, np.nan], [1, 2]]))


# ---------------------------------------------------------------- seeding


def test_the_weights_of_k_means_plus_plus():
    X, centres = seedings.stage(False)
    theatre = explorers.SeedingExplorer()
    choices = list(plus_plus_steps(X, len(centres), np.random.default_rng([7, 4])))
    for step in range(1, len(centres)):
        state = theatre.state(method="++", seed=4, step=step)
        assert np.array_equal(state["C"][-1], X[choices[step - 1].chosen[0]])
        assert np.allclose(state["weights"], choices[step].weights)


def test_success_is_a_centroid_index_of_zero():
    _, centres = seedings.stage(False)
    theatre = explorers.SeedingExplorer()
    for seed in range(4):
        last, cost, found = seedings.run("++", seed, False)
        state = theatre.state(seed=seed, iteration=last)
        assert state["sse"] == pytest.approx(cost)
        assert found == (centroid_index(state["C"], centres) == 0)


def test_the_outlier_ruins_maximin():  # its chance to be taken is 1
    X, _ = seedings.stage(True)
    for seed in range(seedings.SEEDS):
        assert X[-1].tolist() in seedings.start("maximin", seed, True).tolist()
    assert "1" not in seedings.successes()["maximin+"]
    assert seedings.successes()["maximin"].count("1") == 171


def test_the_candidates_are_those_that_greedy_k_means_plus_plus_draws():
    X, centres = seedings.stage(False)
    drawn = list(greedy_steps(X, len(centres), np.random.default_rng([7, 2])))
    for step in range(1, len(centres) + 1):
        state = explorers.SeedingExplorer().state(method="greedy ++", seed=2, step=step)
        assert state["candidates"] == drawn[step - 1].candidates.tolist()
        assert np.array_equal(state["C"][-1], X[drawn[step - 1].chosen[0]])
    assert explorers.SeedingExplorer().state(method="++", step=5)["candidates"] == []


# ---------------------------------------------------------------- one k


@pytest.fixture(scope="module")
def one_k():
    return explorers.KExplorer()


BEST = {  # k, best SSE, silhouette, CH, DB
    "clouds": [
        (3, 341.3718737, 0.594983, 179.7022, 0.540451),
        (6, 142.9031334, 0.473922, 192.5109, 0.718875),
    ],
    "iris": [
        (2, 152.3479518, 0.681046, 513.9245, 0.404293),
        (3, 78.85144143, 0.552819, 561.6278, 0.661972),
    ],
    "uniform": [(4, 20.35583457, 0.405988, 489.5922, 0.778973)],
}


@pytest.mark.parametrize("data", BEST)
def test_witnesses_at_the_best_partitions(one_k, data):
    scores = one_k.stage(data, False)[1]
    for k, *expected in BEST[data]:
        found = [scores[name][k - 1] for name in ("sse", "silhouette", "ch", "db")]
        assert found == pytest.approx(expected, rel=1e-3)
    assert all(b < a for a, b in itertools.pairwise(scores["sse"]))


def test_the_gap_can_answer_one(one_k):
    assert one_k.stage("clouds", False)[1]["chosen"] == 3
    assert one_k.stage("wine", True)[1]["chosen"] == 4
    assert one_k.stage("uniform", False)[1]["chosen"] == 1


def test_a_run_never_rises(one_k):
    for data in BEST:
        for method in seedings.NAMES:
            trace = one_k.state(data=data, method=method, k=5)["trace"]
            assert all(b <= a * (1 + 1e-12) for a, b in itertools.pairwise(trace))


def test_k_is_held_to_what_the_data_can_give():
    own = explorers.KExplorer(np.array([[0.0, 0], [1, 1], [5, 5], [6, 7]]))
    assert own.state(k=9)["values"]["k"] == 3


# ---------------------------------------------------------------- quizzes and pages


def quiz(**changes):
    given = {
        "question": "Is `t` < 1?",
        "answers": {"<b>yes</b>": "No & no.", "no": "Yes."},
        "right": 1,
    }
    return explorers.Quiz(**{**given, **changes})


def test_a_quiz_gives_feedback_for_every_answer():
    text = quiz()._repr_mimebundle_()["text/html"]
    assert "<code>t</code> &lt; 1?" in text
    assert "<b>" not in text
    assert text.count('type="radio"') == text.count('class="feedback"') == 2
    assert text.count("Right.") == 1
    assert "<script" not in text
    assert repr(quiz()) == "Quiz: Is `t` < 1?\n  (a) no\n  (b) <b>yes</b>"  # turned by its words
    assert quiz().uid == quiz().uid != quiz(question="Another?").uid


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"right": 2}, "`right` is 2"),
        ({"right": -1}, "`right` is -1"),
        ({"answers": {"one": "x"}}, "at least two answers"),
        ({"answers": ["a", "b"]}, "at least two answers"),
        ({"answers": {"a": "", "b": "x"}}, "write it out"),
        ({"question": " "}, "write it out"),
        ({"question": "a ` b"}, "even number of backticks"),
    ],
)
def test_a_quiz_that_cannot_be_answered_is_refused(changes, message):
    with pytest.raises(ValueError, match=message):
        quiz(**changes)


def test_nothing_in_the_data_runs_as_script():
    evil = "</script><script>alert(1)</script><!--"
    assert "<" not in base.to_json({evil: evil})
    assert "<script>alert" not in base.page(evil, "<p>x</p>")


def test_the_plane_is_that_of_the_covariance():
    X = datasets.iris().X
    shown = scenes.scene(X)
    values = np.sort(np.linalg.eigvalsh(np.cov(X.T)))[::-1]
    assert np.allclose(shown.points.var(axis=0, ddof=1), values[:2])
    assert shown.axes[0] == "principal axis 1 (92 %)"
    assert np.allclose(pdist(scenes.scene(X[:, :2]).points), pdist(X[:, :2]))
