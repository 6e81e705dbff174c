"""Reports on data of your own: what they hold, what they say, and what no text can do in them."""

import json
import os
import re
import signal
import subprocess
import sys
import xml.etree.ElementTree as ET
from base64 import b64decode
from html import unescape
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from axe_playwright_python.sync_playwright import Axe
from notebooks import ROOT
from scipy.cluster import hierarchy as scipy_hierarchy
from scipy.spatial.distance import pdist
from sklearn.metrics import adjusted_rand_score

from clusterlib import __main__ as command_line
from clusterlib import datasets
from clusterlib.explorers import CutExplorer, KExplorer, explore
from clusterlib.explorers.shared.explorer import frontend_module, to_json
from clusterlib.explorers.shared.scenes import (
    crowd_silhouettes,
    scene,
    written,
)
from clusterlib.reports import report
from clusterlib.reports.calls import command, including
from clusterlib.reports.reduction import gather, in_units
from clusterlib.reports.results import find
from clusterlib.reports.tables import read_table
from clusterlib.validity import silhouette_samples
from tests.explorers.test_pages import AXE, same, shown, states
from tests.reports.test_writing import no_file_beyond

RNG = np.random.default_rng
HOSTILE = [
    "</script><script>window.hacked=1</script>", "<img src=x onerror=window.hacked=2>",
    "`odd` number of ` backticks", "line\u2028separator \u202eoverride", "W" * 4000,
    "--><svg onload=window.hacked=3>", "\"'><b onclick=window.hacked=4>&amp;</b>",
    "\x00\x1b[31m\ufffe",
]  # fmt: skip


def blobs(n, d=5, k=6, seed=0):
    g = RNG(seed)
    labels = g.integers(0, k, n)
    return g.normal(0, 4, (k, d))[labels] + g.normal(size=(n, d)), labels


@pytest.fixture(scope="module")
def big(tmp_path_factory):
    """Return data of 20,000 rows, the file of their report and what was found for it."""
    X, labels = blobs(20_000, 4, 5, seed=2)
    path, found = tmp_path_factory.mktemp("big") / "big.html", []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(report, "find", lambda *a: found.append(find(*a)) or found[0])
        explore(X, labels, title="Many").save(path)
    return SimpleNamespace(X=X, labels=labels, path=path, found=found[0])


# ---------------------------------------------------------------- points that stand for many


def test_a_silhouette_of_a_crowd_is_that_of_its_members():
    X, labels = blobs(40, 3, 4)
    weights = RNG(1).integers(1, 6, 40)
    D = np.sqrt(((X[:, None] - X) ** 2).sum(axis=-1))
    each = silhouette_samples(np.repeat(X, weights, axis=0), np.repeat(labels, weights))
    assert np.repeat(crowd_silhouettes(D, labels, weights), weights) == pytest.approx(each)


def test_scores_of_a_crowd_are_those_of_its_members():
    X, _ = blobs(25, 2, 3)
    X, weights = np.round(X, 4), RNG(1).integers(1, 5, 25)
    many = np.repeat(X, weights, axis=0)
    by_k = KExplorer(scene(X, weights=weights))
    state = by_k.state(k=3)
    own = KExplorer(scene(many)).state(k=3)["witnesses"]
    for name in ("sse", "silhouette", "ch", "db"):
        assert state["witnesses"][name][:5] == pytest.approx(own[name][:5], nan_ok=True)
    assert sum(state["sizes"]) == len(many)
    for method in ("average", "centroid", "ward"):
        cut = CutExplorer(scene(X, weights=weights), method=method, k=3).state()
        Z = scipy_hierarchy.linkage(pdist(many), method)
        theirs = scipy_hierarchy.fcluster(Z, cut["count"], "maxclust")
        assert same(np.repeat(cut["labels"], weights), theirs)
        assert cut["sizes"] == sorted(np.bincount(theirs)[1:].tolist(), reverse=True)
        assert cut["silhouette"] == pytest.approx(silhouette_samples(many, theirs).mean())


def test_few_rows_stay_as_they_are():
    X = blobs(300)[0]
    crowd = gather(X, "abcde")
    assert np.array_equal(crowd.scene.X, np.round(X, 4))
    assert (crowd.scene.weights, crowd.scene.sample, crowd.lost, crowd.turned) == (
        None, None, 0, False,
    )  # fmt: skip


def test_many_equal_rows_lose_nothing():
    X = RNG(0).integers(0, 4, (5000, 3)).astype(float)
    crowd = gather(X, "abc")
    assert crowd.lost == 0
    assert np.array_equal(crowd.scene.X[crowd.member], X)
    assert np.array_equal(np.bincount(crowd.member), crowd.scene.weights)


def test_a_summary_says_what_it_loses():
    X = blobs(3000)[0]
    crowd = gather(X, "abcde", rng=3)
    assert crowd.scene.n == 3000
    inside = ((X - crowd.scene.X[crowd.member]) ** 2).sum()
    assert crowd.lost == pytest.approx(inside / ((X - X.mean(axis=0)) ** 2).sum(), rel=1e-4)
    assert np.isin(crowd.scene.sample, X).all()
    assert len(np.unique(crowd.scene.sample, axis=0)) == 500


def test_progress_is_told_while_the_tree_of_many_rows_grows(monkeypatch):
    monkeypatch.setattr(report, "LONG", 2500)
    told = []
    explore(RNG(0).normal(size=(2500, 2)), progress=lambda *step: told.append(step))
    assert told == sorted(set(told))
    assert {total for _, total in told} == {900}
    assert sum(done < 100 for done, _ in told) > 5  # of the tree
    assert told[-9:] == [(100 * i, 900) for i in range(1, 10)]


@pytest.mark.parametrize("d", [1, 2, 3])
def test_in_few_dimensions_wards_tree_is_that_of_all_rows(d):
    X = RNG(d).normal(size=(4000, d)) + 9 * RNG(9).integers(0, 3, (4000, 1))
    found = explore(X, standardize=False)
    crowd, Z = found.found.crowd, scipy_hierarchy.linkage(X, "ward")
    assert crowd.whole
    m = len(found.codebook)
    np.testing.assert_allclose(found.linkage[:, 2], Z[-m + 1 :, 2], atol=2e-3 * Z[-1, 2])
    theirs = scipy_hierarchy.fcluster(Z, 3, "maxclust")
    assert same(found.labels(3, method="ward"), theirs)
    assert f"all 4,000 observations; the page draws its last {m - 1} merges" in found.body


def test_in_more_dimensions_k_means_makes_the_cells():
    found = explore(blobs(3000)[0])
    assert not found.found.crowd.whole
    assert "k-means has put 3,000 observations into 300 small cells" in found.body


def test_more_features_than_points_lose_no_distance():
    X = RNG(0).normal(size=(60, 400))
    crowd = gather(X, [""] * 400)
    assert crowd.turned
    assert crowd.scene.X.shape == (60, 60)
    assert pdist(crowd.scene.X) == pytest.approx(pdist(X), abs=1e-3)


def test_units_bring_raw_numbers_into_reach():
    for scale in (1e-300, 1e-9, 1.0, 1e12, 1e300):
        X, unit = in_units(scale * np.array([[0.0, 1.0], [3.0, 1.0]]))
        assert 0.1 <= np.ptp(X) <= 1e5
        assert (X * unit).max() == pytest.approx(3 * scale)
    with pytest.raises(ValueError, match="standardize it"):
        in_units(np.array([[-1.7e308], [1.7e308]]))


def test_numbers_are_written_without_exponents():
    assert [written(v) for v in (176432.4, 0.123456, 0.0, np.nan)] == [
        "176432", "0.12346", "0", "not defined",
    ]  # fmt: skip


# ---------------------------------------------------------------- what a report says


def rows_of(html, caption):
    """Return the rows of the table below `caption`, as texts."""
    body = re.search(rf"{caption}.*?<table>(.*?)</table>", html, re.DOTALL)[1]
    return [
        [re.sub("<[^>]*>", "", c).strip() for c in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)]
        for row in body.split("<tr")[1:]
    ]


def test_the_numbers_are_those_of_the_observations(big):
    html = big.path.read_text(encoding="utf-8")
    X, labels, found = big.X, big.labels, big.found
    head, *rows = rows_of(html, "Each number of clusters")
    assert head[-2:] == ["agreement, k\u2011means", "agreement, tree"]
    for (k, *cells), row in zip(rows, found.rows, strict=True):
        assert int(k) == row["k"]
        for way, column in (("means", 0), ("tree", 1)):
            assert float(cells[column]) == pytest.approx(row[way]["sse"], rel=1e-4)
            assert float(cells[2 + column].replace("–", "nan")) == pytest.approx(
                row[way]["silhouette"], abs=1e-3, nan_ok=True
            )
            assert float(cells[5 + column]) == pytest.approx(row[way]["ari"], abs=1e-3)
    chosen, clusters = found.rows[found.chosen - 1]["tree"], found.clusters
    scaled = datasets.standardize(X)
    means = np.array([scaled[clusters == c].mean(axis=0) for c in range(found.chosen)])
    assert chosen["sse"] == pytest.approx(((scaled - means[clusters]) ** 2).sum())
    assert chosen["ari"] == pytest.approx(adjusted_rand_score(labels, clusters))
    sizes = [int(row[1]) for row in rows_of(html, "The clusters of the picture")[1:]]
    assert sizes == np.bincount(clusters).tolist()
    pairs = np.array([[int(n) for n in row[1:]] for row in rows_of(html, "Known classes and")[1:]])
    assert pairs.sum(axis=0).tolist() == sizes
    assert pairs.sum(axis=1).tolist() == np.bincount(labels).tolist()
    assert f"{100 * found.crowd.lost:.2g} % of the sum of squares" in html


@pytest.mark.parametrize("shape", [(50, 400), (500, 5)])
def test_k_means_is_never_worse_than_a_tree(shape):
    X = RNG(2).normal(size=shape)
    X[: shape[0] // 2, : shape[1] // 2] += 1.5
    report = explore(X)
    trees = report.found.by_cut
    for row in report.found.rows:
        assert row["means"]["sse"] <= row["tree"]["sse"] * (1 + 1e-9)
        for method in ("average", "complete"):
            cuts = trees.tree("yours", method).cuts["distance"]
            best = report.found.by_k.stage("yours", False)[1]["sse"][row["k"] - 1]
            at = [sse for sse, count in zip(cuts["sse"], cuts["count"], strict=True)
                  if count == row["k"]]  # fmt: skip
            assert best <= min(at, default=np.inf) * (1 + 1e-9)


def test_means_are_in_the_units_of_the_file():
    X = np.vstack([np.full((9, 2), 100.0), np.full((9, 2), 900.0)]) + RNG(0).normal(size=(18, 2))
    for standardize in (True, False):
        html = explore(X, names=["kg", "cm"], standardize=standardize).page()
        assert ("The features are standardized" in html) == standardize
        means = [[float(v) for v in row[4:]] for row in rows_of(html, "The clusters of the p")[1:]]
        assert np.sort(np.ravel(means)) == pytest.approx([100, 100, 900, 900], abs=1)


@pytest.mark.parametrize(
    ("X", "different"),
    [([[1.0, 2]], 1), ([[1, 2], [3, 4]], 2), ([[1, 2]] * 9, 1), (np.zeros((0, 2)), 0)],
)
def test_fewer_than_three_different_rows_are_refused(X, different):
    with pytest.raises(ValueError, match=f"the table has {different} different row"):
        explore(X)


def test_three_rows_are_enough():
    page = explore([[1.0], [2.0], [9.0]]).page()
    assert len(rows_of(page, "Each number")) == 3  # a head, k = 1 and 2


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"X": [[1, np.nan], [2, 3], [4, 5]]}, r"`X` holds .*nan.* at \(0, 1\)"),
        ({"X": [["a", "b"]]}, "`X` holds text"),
        ({"X": [1, 2, 3]}, "`X` has shape"),
        ({"labels": [1, 2]}, "`labels` has 2 entries for 20 rows"),
        ({"names": ["a"]}, "`names` has 1 entries for 5 columns"),
        ({"method": "middle"}, "`method` is 'middle'; it must be one of 'single'"),
        ({"rng": -1}, "`rng` is -1"),
    ],
)
def test_bad_arguments_are_named(arguments, message):
    with pytest.raises(ValueError, match=message):
        explore(**{"X": blobs(20)[0], **arguments})


@pytest.mark.parametrize(("metric", "kept"), [("euclidean", 88), ("gower", 90)])
def test_an_array_with_gaps_is_taken_as_a_file_with_gaps_is(metric, kept):
    X = np.random.default_rng(0).normal(size=(90, 3)) + np.repeat([0, 9, 18], 30)[:, None]
    X[3, 1] = X[77, 2] = np.nan
    report = explore(X, names=["a", "b", "c"], metric=metric)
    assert len(report.labels(3)) == kept
    assert set(range(1, 91)) - set(report.records.tolist()) == ({4, 78} if kept == 88 else set())
    with pytest.raises(ValueError, match="inf at"):
        explore(np.where(np.isnan(X), np.inf, X))


def test_a_data_frame_brings_its_names():
    X, labels = blobs(40, 3, 3)
    frame = pd.DataFrame(X, columns=["a<b", "c", "d"]).assign(e=7)
    given = frame.copy()
    known = pd.Series([None, np.nan, *("uvw"[i] for i in labels[2:])])
    page = explore(frame, known, title="Mine").page()
    assert "<title>Mine</title>" in page
    assert "<bdi>a&lt;b</bdi>" in page
    assert "constant, always 7" in page
    assert "2 rows have no class" in page
    assert frame.equals(given)


def test_many_classes_and_features_are_cut_short():
    X = blobs(60, 45, 3)[0]
    page = explore(X, range(60)).page()
    assert "There are 60 classes, too many for a table." in page
    assert "and 15 more" in page
    assert "(6 of 45 features)" in page
    data = json.loads(re.search(r'id="x-report-k".*?json">(.*?)</script>', page)[1])
    assert set(data["names"]) == {"points", "maximin", "++", "greedy ++", "||"}


@pytest.mark.parametrize("shape", [(3000, 5), (301, 40), (300, 41), (400, 300), (150, 1000)])
def test_no_explorer_weighs_more_than_300_kb(shape, big):
    crowd = gather(RNG(0).normal(size=shape), [""] * shape[1])
    scores = big.found.by_k.stage("yours", False)[1]
    explorer = KExplorer(crowd.scene, scores=scores)
    assert len(to_json(explorer.payload())) < 300_000
    assert len(to_json(big.found.by_cut.payload())) < 300_000


def test_the_same_call_gives_the_same_page():
    X, labels = blobs(60, 2, 3)
    told = []
    pages = [
        explore(X, labels, rng=5, progress=lambda *step: told.append(step)).page() for _ in "ab"
    ]
    assert pages[0] == pages[1]
    assert told == [(i, 9) for i in range(1, 10)] * 2
    X = blobs(1000)[0]
    crowds = [gather(X, "abcde", rng) for rng in (5, 5, 6)]
    assert np.array_equal(crowds[0].scene.X, crowds[1].scene.X)
    assert np.array_equal(crowds[0].scene.sample, crowds[1].scene.sample)
    assert not np.array_equal(crowds[0].scene.sample, crowds[2].scene.sample)


def test_a_report_shows_itself_in_a_notebook():
    report = explore(datasets.six_points().X)
    bundle = report._repr_mimebundle_()
    assert set(bundle) == {"text/plain", "text/html"}
    assert bundle["text/plain"] == f"<report 'Clusters in your data': {report.headline}>"
    assert bundle["text/html"].count("data-clx-frontend") == 1
    assert bundle["text/html"].count("data-explorer=") == 2


def test_save_replaces_only_what_it_may(tmp_path):
    report = explore(datasets.six_points().X)
    path = tmp_path / "r.html"
    assert report.save(path) == path
    assert path.read_text(encoding="utf-8") == report.page()
    path.write_text("mine")
    with pytest.raises(FileExistsError, match="overwrite"):
        report.save(path)
    assert path.read_text() == "mine"
    report.save(str(path), overwrite=True)
    assert path.read_text(encoding="utf-8") == report.page()
    with pytest.raises(FileNotFoundError):
        report.save(tmp_path / "no" / "r.html")
    assert [p.name for p in tmp_path.iterdir()] == ["r.html"]


# ---------------------------------------------------------------- the page


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """Return a folder with wine.csv and its report, made by the command line in a process."""
    folder = tmp_path_factory.mktemp("reports")
    wine = datasets.wine()
    frame = pd.DataFrame(wine.X, columns=list(wine.feature_names))
    frame["class"] = [wine.label_names[i] for i in wine.labels]
    frame.to_csv(folder / "wine.csv", index=False)
    done = subprocess.run(
        [sys.executable, "-m", "clusterlib", "explore", "wine.csv", "--label", "class",
         "--out", "wine.html"],
        cwd=folder, capture_output=True, text=True,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "Known classes come from column class.\n")
    assert done.stdout == (
        "wine.html: 178 observations, 13 features; 3 clusters that come back in subsamples\n"
    )
    return folder


def opened(open_page, path, **options):
    page = open_page(path.as_uri(), **options)
    page.locator("[data-explorer] .clx-body").nth(1).wait_for()
    return page, page.locator("[data-explorer]")


def test_every_slider_of_a_report_answers_keyboard_and_mouse(files, open_page):
    page, roots = opened(open_page, files / "wine.html")
    for root in roots.all():
        for slider in root.locator("input[type=range]:visible").all():
            if slider.evaluate("s => s.min === s.max"):
                continue
            slider.focus()
            page.keyboard.press("Home")
            page.wait_for_timeout(450)
            before = shown(root)
            page.keyboard.press("End")
            page.wait_for_timeout(450)
            after = shown(root)
            assert after[0] != before[0]
            assert after[1] != before[1]
            box = slider.bounding_box()
            page.mouse.click(box["x"] + box["width"] * 0.3, box["y"] + box["height"] / 2)
            page.wait_for_timeout(450)
            assert shown(root)[0] != after[0]
            assert shown(root)[1] != after[1]
    assert page.watch.faults == []


def test_a_report_agrees_with_the_package(files, open_page):
    _, roots = opened(open_page, files / "wine.html")
    table = read_table(files / "wine.csv", label="class")
    X = datasets.standardize(table.X)
    by_k = KExplorer(scene(np.round(X, 4)))
    for k, method in [(1, "++"), (3, "gaussian"), (5, "maximin"), (10, "||")]:
        patch = {"k": k, "method": method}
        (end,) = states(roots.nth(1), [{"patch": patch, "key": "k"}])
        state = by_k.state(**patch)
        assert end["steps"] == pytest.approx(state["trace"])
        assert same(end["labels"], state["labels"])
    for method in ("ward", "single", "average"):
        Z = scipy_hierarchy.linkage(X, method)
        for k in range(1, 9):
            moves = [
                {"patch": {"method": method}, "key": "method"},
                {"patch": {"k": k}, "key": "k"},
            ]
            end = states(roots.nth(0), moves)[1]
            theirs = scipy_hierarchy.fcluster(Z, k, "maxclust")
            assert same(end["labels"], theirs)


def test_a_summary_agrees_with_the_package(big, open_page):
    page, roots = opened(open_page, big.path)
    crowd = gather(datasets.standardize(big.X), ["", ""])
    by_k = KExplorer(crowd.scene, scores=big.found.by_k.stage("yours", False)[1])
    for k, method, seed in [(5, "++", 0), (3, "points", 1), (8, "maximin", 2)]:
        patch = {"k": k, "method": method, "seed": seed}
        (end,) = states(roots.nth(1), [{"patch": patch, "key": "k"}])
        state = by_k.state(**patch)
        assert end["steps"] == pytest.approx(state["trace"])
        assert end["mean"] == pytest.approx(state["silhouette"])
        page.wait_for_timeout(450)
        words = roots.nth(1).locator("[role=status]").inner_text()
        assert words.split(". The gap")[0] == by_k.say(state).split(". The gap")[0]
    by_cut = CutExplorer(crowd.scene)
    for patch in ({"k": 5}, {"method": "single", "k": 4}, {"criterion": "monocrit"}):
        roots.nth(0).evaluate("(r, p) => r.explorer.send(p, Object.keys(p).at(-1))", patch)
        page.wait_for_timeout(450)
        values = roots.nth(0).evaluate("r => r.explorer.state.values")
        words = roots.nth(0).locator("[role=status]").inner_text()
        assert words == by_cut.say(by_cut.state(**values))
    assert "The explorers show a summary" in page.locator("main").inner_text()
    assert page.watch.faults == []


@pytest.mark.parametrize("name", ["wine", "big"])
@pytest.mark.parametrize(("width", "scheme"), [(1280, "dark"), (360, "light")])
def test_a_report_is_accessible(files, big, open_page, name, width, scheme):
    path = files / "wine.html" if name == "wine" else big.path
    page, _ = opened(open_page, path, width=width, color_scheme=scheme, reduced_motion="reduce")
    # A thousand rows are as accessible as twenty, which are checked in a tenth of the time.
    rows = "document.querySelectorAll('tbody > tr:nth-child(n + 21)')"
    page.evaluate(f"{rows}.forEach(row => row.remove())")
    found = Axe().run(page, options=AXE).response["violations"]
    assert [(v["id"], v["nodes"][0]["html"][:200]) for v in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("document.documentElement.lang") == "en"
    assert page.title() == page.locator("h1").inner_text()
    assert page.watch.faults == []


def test_a_wide_table_agrees_with_the_package(tmp_path, open_page):
    X = RNG(0).normal(size=(120, 150)) + 2 * (np.arange(120) % 3)[:, None]
    explorer = KExplorer(gather(X, [""] * 150).scene)
    (tmp_path / "wide.html").write_text(explorer.page(), encoding="utf-8")
    page = open_page((tmp_path / "wide.html").as_uri())
    page.locator("[data-explorer] .clx-body").wait_for()
    for k, method in [(3, "++"), (6, "maximin"), (9, "||")]:
        (end,) = states(page.locator("[data-explorer]"),
                        [{"patch": {"k": k, "method": method}, "key": "k"}])  # fmt: skip
        state = explorer.state(k=k, method=method)
        assert end["steps"] == pytest.approx(state["trace"])
        assert same(end["labels"], state["labels"])
        assert end["mean"] == pytest.approx(state["silhouette"])
    assert page.watch.faults == []


def test_a_report_without_script_shows_pictures_and_numbers(files, open_page):
    page = open_page((files / "wine.html").as_uri(), java_script_enabled=False)
    assert page.locator("img[alt]:visible").count() == 2
    assert page.locator("table:visible").count() == 5
    for picture in page.locator("img").all():
        ET.fromstring(b64decode(picture.get_attribute("src").split(",")[1]))


# ---------------------------------------------------------------- no text of yours is a script


@pytest.mark.parametrize("two", [False, True])
def test_hostile_text_is_text(tmp_path, open_page, two):
    X, _ = blobs(40, 8, 3)
    names = HOSTILE[:2] if two else HOSTILE
    path = tmp_path / "hostile.html"
    explore(
        X[:, : len(names)], [HOSTILE[i % 8] for i in range(40)], names=names,
        title="</title><script>window.hacked=5</script>` \u202e", notes=HOSTILE,
    ).save(path)  # fmt: skip
    page, _ = opened(open_page, path, width=360)
    assert page.evaluate("window.hacked") is None
    text = page.locator("main").text_content()
    for part in HOSTILE[:4]:
        assert part in text
    assert "\ufffd\ufffd[31m\ufffd" in text
    assert page.locator("h1").text_content() == "</title><script>window.hacked=5</script>` \u202e"
    assert (
        page.locator("main script:not([type='application/json']), main b, main img[src=x]").count()
        == 0
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert page.watch.faults == []
    for picture in re.findall(r"svg\+xml;base64,([^\"]+)", path.read_text(encoding="utf-8")):
        ET.fromstring(b64decode(picture))


def test_the_policy_stops_what_would_slip_through(tmp_path, open_page):
    report = explore(datasets.six_points().X)
    bad = (
        "<img src=x onerror=window.hacked=1><script>window.hacked=2</script>"
        "<script src='data:text/javascript,window.hacked=3'></script>"
    )
    path = tmp_path / "slipped.html"
    path.write_text(report.page().replace("</h1>", "</h1>" + bad), encoding="utf-8")
    page, _ = opened(open_page, path)
    assert page.evaluate("window.hacked") is None
    assert sum("Content Security Policy" in fault for fault in page.watch.faults) >= 3


def test_the_front_end_can_stand_in_a_page():
    assert not re.search("</script|<!--|<script", frontend_module(), re.IGNORECASE)


# ---------------------------------------------------------------- the command line


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    """Return a function that runs one command in an own folder: code, output and error."""
    monkeypatch.chdir(tmp_path)

    def run_command(*arguments):
        code = command_line.main(["explore", *arguments])
        return code, *capsys.readouterr()

    run_command.folder = tmp_path
    return run_command


ROWS = "x,y,kind,id\n" + "".join(
    f"{i * 7 % 11},{i * 5 % 13 + (i % 2) * 40},{'ab'[i % 2]},{i}\n" for i in range(30)
)


def test_a_report_stands_beside_its_data(run):
    (run.folder / "d.csv").write_text(ROWS + ",3,a,30\n")
    code, out, error = run("d.csv")
    assert (code, out.split(":")[0]) == (0, "d.html")
    assert error.splitlines() == [
        "Left out: 1 of 31 rows, in which a value is missing.",
        'Left out: column kind, text, such as "a" in row 1; 2 classes, --label compares with them.',
        "Left out: column id, row numbers, from 0 to 30.",
    ]
    page = (run.folder / "d.html").read_text(encoding="utf-8")
    for line in ["File d.csv: 31 rows.", *error.splitlines()]:
        assert line.replace('"', "&quot;") in page
    assert run("d.csv", "--quiet", "--overwrite") == (0, "", "")


def test_options_reach_the_report(run):
    (run.folder / "d.csv").write_text(ROWS.replace(",", ";"))
    assert run("d.csv", "--label", "kind", "--columns", "y,x", "--raw", "--method", "single",
               "--title", "T <1>", "--seed", "4", "--delimiter", ";", "--header", "--quiet",
               "--out", "r.html") == (0, "", "")  # fmt: skip
    page = (run.folder / "r.html").read_text(encoding="utf-8")
    for piece in ("<title>T &lt;1&gt;</title>", "2 features: <bdi>y</bdi>, <bdi>x</bdi>",
                  "taken as they are", "and the single tree", "seed 4",
                  "Known classes come from column kind."):  # fmt: skip
        assert piece in page
    table = read_table("d.csv", label="kind", columns=["y", "x"])
    again = explore(table, standardize=False, method="single", title="T <1>", rng=4)
    assert rows_of(again.page(), "The rows and their")[1:] == rows_of(page, "The rows and")[1:]
    assert rows_of(again.page(), "Each number")[1:] == rows_of(page, "Each number of")[1:]


def test_the_printed_command_is_one_that_runs():
    said = command(("d.csv", {"mixed": True, "delimiter": "\t"}), 0, True, "gower")
    assert said == "clusterlib explore d.csv --delimiter tab --metric gower"
    source = including(("d.csv", {"include": ["a"]}), "b, c")
    assert command(source, 0, True) == "clusterlib explore d.csv --include 'a,\"b, c\"'"
    assert including(None, "b") is None


def test_page_and_labels_are_two_files(run):
    (run.folder / "d.csv").write_text(ROWS)
    code, _, error = run("d.csv", "--out", "a.html", "--labels-out", "./a.html")
    assert code != 0
    assert "--out and --labels-out name the same file" in error
    assert not (run.folder / "a.html").exists()


def test_page_file_and_printed_call_give_the_same_labels(run):
    (run.folder / "d.csv").write_text(ROWS.replace("\n20", "\n?"))
    code, _, _ = run("d.csv", "--labels-out", "labels.csv")
    assert code == 0
    labels = pd.read_csv("labels.csv", dtype={"name": str})
    assert labels.columns.tolist() == ["row", "name", "cluster"]
    page = (run.folder / "d.html").read_text(encoding="utf-8")
    rows = rows_of(page, "The rows and their clusters")[1:]
    assert [int(row[0]) for row in rows] == labels["row"].tolist()
    assert [int(row[2]) for row in rows] == labels["cluster"].tolist()
    linked = re.search(r'data:text/csv;base64,([^"]+)', page)[1]
    assert b64decode(linked) == (run.folder / "labels.csv").read_bytes()
    room = {}
    exec(unescape(re.search(r">(from clusterlib.*?)</code>", page, re.DOTALL)[1]), room)
    assert room["labels"].tolist() == labels["cluster"].tolist()
    assert room["table"].records.tolist() == labels["row"].tolist()


def test_a_cut_can_be_asked_for_by_number_or_height():
    report = explore(blobs(60, 2, 3)[0], rng=1)
    for k in (1, 2, 5, 60):
        theirs = scipy_hierarchy.fcluster(report.linkage, k, "maxclust")
        assert same(report.labels(k) - 1, theirs)
    for height in (0.0, 0.5, 3.0, 1e9):
        theirs = scipy_hierarchy.fcluster(report.linkage, height, "distance")
        assert same(report.labels(height=height) - 1, theirs)
    with pytest.raises(ValueError, match="not both"):
        report.labels(2, height=1.0)


def test_noise_has_no_structure_beyond_chance():
    assert "no structure beyond chance" in explore(RNG(0).uniform(size=(150, 4))).headline
    assert "3 clusters that come back" in explore(datasets.wine().X).headline


def test_progress_is_shown_if_asked_for(run):
    (run.folder / "d.csv").write_text(ROWS)
    _, _, error = run("d.csv", "--progress")
    assert re.match(r"\r\[\.{30}\]   0 %, 0 s.*\r\[#{30}\] 100 %, \d+ s\n", error, re.DOTALL)


@pytest.mark.parametrize(
    ("text", "arguments", "message"),
    [
        (None, [], "d.csv: No such file or directory"),
        ("", [], "d.csv: the file is empty"),
        ("a,b\n1,2\n3\n", [], "d.csv: line 3 has 1 fields and the first has 2"),
        ("a\n1\n", [], "d.csv: the table has 1 different row; there is nothing to cluster"),
        ("a\n5\n1\n", [], "d.csv: the table has 2 different rows"),
        ("a,b\n5,1\n5,1\n5,1\n", [], "d.csv: no column of numbers is left (\"a\": constant"),
        (ROWS, ["--label", "no"], 'd.csv: there is no label column "no"'),
        (ROWS, ["--columns", "kind"], 'd.csv: column "kind" cannot be clustered: text'),
        (ROWS, ["--out", "no/r.html"], "no: there is no such folder"),
        (ROWS, ["--out", "d.csv", "--overwrite"], "d.csv: --out would replace the data"),
        (ROWS, ["--out", "there.html"], "there.html: is there already; add --overwrite"),
        (ROWS, ["--out", ".", "--overwrite"], ".: is a folder"),
        (ROWS, ["--delimiter", "::"], "d.csv: the delimiter is '::'; it must be one character"),
        ("\x1b[31m,b\n1,inf\n3,4\n", [], "d.csv: column \"b\" holds 'inf' in row 1"),
        ("\x1b[31m,b\ninf,1\n3,4\n", [], 'd.csv: column "\\x1b[31m" holds'),
    ],
)  # fmt: skip
def test_what_goes_wrong_is_said_in_one_line(run, text, arguments, message):
    (run.folder / "there.html").write_text("mine")
    if text is not None:
        (run.folder / "d.csv").write_text(text)
    code, out, error = run("d.csv", *arguments)
    assert (code, out) == (2, "")
    assert error.startswith(f"clusterlib: error: {message}")
    assert error.count("\n") == 1
    assert (run.folder / "there.html").read_text() == "mine"
    assert text is None or (run.folder / "d.csv").read_text() == text
    assert not list(run.folder.glob("d.html"))


@pytest.mark.parametrize(
    "arguments", [[], ["cluster"], ["explore"], ["explore", "d.csv", "--seed", "-1"],
                  ["explore", "d.csv", "--method", "middle"]],
)  # fmt: skip
def test_a_wrong_use_ends_with_2(arguments, capsys):
    with pytest.raises(SystemExit) as ended:
        command_line.main(arguments)
    assert ended.value.code == 2
    assert "usage:" in capsys.readouterr().err


def test_an_interruption_leaves_nothing_behind(run, monkeypatch):
    def interrupt(*_):
        raise KeyboardInterrupt

    (run.folder / "d.csv").write_text(ROWS)
    monkeypatch.setattr(command_line.Bar, "__call__", interrupt)
    code, _, error = run("d.csv", "--progress")
    assert (code, error) == (130, "clusterlib: error: interrupted; no file was left half written\n")
    assert [p.name for p in run.folder.iterdir()] == ["d.csv"]


def test_a_full_disk_is_named_with_the_file_that_did_not_fit(run):
    (run.folder / "d.csv").write_text(ROWS)
    with no_file_beyond(50_000):
        code, _, error = run("d.csv")
    assert (code, error) == (2, "clusterlib: error: d.html: File too large\n")
    assert [p.name for p in run.folder.iterdir()] == ["d.csv"]


@pytest.mark.skipif(os.name != "posix", reason="only POSIX can interrupt one process")
def test_a_signal_ends_a_run_in_a_word(tmp_path):
    rows = RNG(0).normal(size=(20_000, 8))
    np.savetxt(tmp_path / "d.csv", rows, delimiter=",", header=",".join("abcdefgh"), comments="")
    command = [sys.executable, "-m", "clusterlib", "explore", "d.csv", "--progress"]
    path = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
    with subprocess.Popen(
        command, cwd=tmp_path, stderr=subprocess.PIPE, env=os.environ | {"PYTHONPATH": path}
    ) as running:
        assert running.stderr.read(1) == b"\r"  # the bar is there: the work has begun
        running.send_signal(signal.SIGINT)
        said = running.stderr.read().decode()
    assert said.endswith("clusterlib: error: interrupted; no file was left half written\n")
    assert "Traceback" not in said
    assert running.returncode == 130
    assert [p.name for p in tmp_path.iterdir()] == ["d.csv"]


def test_help_names_every_option(capsys):
    with pytest.raises(SystemExit) as ended:
        command_line.main(["explore", "--help"])
    assert ended.value.code == 0
    told = capsys.readouterr().out
    assert all(name in told for name in command_line.OPTIONS)
