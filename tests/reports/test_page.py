"""The page follows the cut on screen, and every way to the labels gives the same ones."""

import io
import json
import re
import shlex
from html import unescape
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.cluster import hierarchy
from scipy.spatial.distance import pdist, squareform
from sklearn.metrics import adjusted_rand_score

from clusterlib import __main__ as command_line
from clusterlib import datasets
from clusterlib.distance import gower
from clusterlib.reports import explore
from clusterlib.reports.cluster_words import medoids
from clusterlib.reports.profiles import effect_sizes
from tests.reports.test_report import blobs, opened


@pytest.fixture(scope="module")
def named(tmp_path_factory):
    """Return a folder with a table of names, classes, years and quotes, and its report."""
    folder = tmp_path_factory.mktemp("named")
    wine = datasets.wine()
    frame = pd.DataFrame(wine.X, columns=list(wine.feature_names))
    frame.insert(0, "bottle", [f'No. {i}, the "{"ABC"[i % 3]}"' for i in range(len(frame))])
    frame["vintage year"] = 1990 + 7 * np.arange(len(frame)) % 3
    frame["grower"] = [wine.label_names[i] for i in wine.labels]
    frame = frame.drop(index=[5, 17])
    frame.loc[frame.index[3], "ash"] = np.nan
    frame.to_csv(folder / "bottles.csv", index=False)
    code = command_line.main(
        ["explore", str(folder / "bottles.csv"), "--labels-out", str(folder / "labels.csv"),
         "--quiet"]
    )  # fmt: skip
    assert code == 0
    return folder


def downloaded(page, button):
    with page.expect_download() as waiting:
        page.get_by_role("button", name=button).click()
    return Path(waiting.value.path()).read_bytes()


def test_the_rows_follow_the_cut_and_every_way_gives_the_same_labels(
    named, open_page, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    page, roots = opened(open_page, named / "bottles.html")
    page.locator("[data-part=clustermap] svg").wait_for()
    assert downloaded(page, "Download labels.csv") == (named / "labels.csv").read_bytes()
    for method, k in [("ward", 5), ("average", 7), ("single", 3)]:
        for patch in ({"method": method}, {"k": k}):
            roots.nth(0).evaluate("(r, p) => r.explorer.send(p, Object.keys(p)[0])", patch)
        page.wait_for_timeout(300)
        file = downloaded(page, "Download labels.csv")
        shown = pd.read_csv(io.BytesIO(file))
        room = {}
        exec(page.locator("[data-part=call]").inner_text(), room)
        assert room["labels"].tolist() == shown["cluster"].tolist()
        assert shown["cluster"].max() <= k
        settings = json.loads(downloaded(page, "Download settings"))
        assert settings["method"] == method
        assert settings["python"] == page.locator("[data-part=call]").inner_text()
        words = shlex.split(page.locator("[data-part=command]").inner_text())
        assert words[:2] == ["clusterlib", "explore"]
        assert command_line.main([*words[1:], "--out", "again.html", "--overwrite"]) == 0
        assert (tmp_path / "labels.csv").read_bytes() == file
        report = room["report"]
        state = report.found.by_cut.state(**roots.nth(0).evaluate("r => r.explorer.state.values"))
        fit, _ = report.found.crowd.scene.silhouettes(state["labels"])
        cells = page.locator("[data-part=rows] tbody tr").first.locator("td").all_inner_texts()
        assert cells[0] == str(report.records[0])
        assert cells[1] == report.row_names[0]
        assert float(cells[3]) == pytest.approx(fit[0], abs=6e-4)
        grower = room["table"].classes["grower"]
        ari = adjusted_rand_score(grower, state["labels"])
        assert float(page.locator("[data-ari]").inner_text()) == pytest.approx(ari, abs=6e-4)
        assert len(report.records) == len(shown)
    assert page.watch.faults == []


def test_the_height_slider_is_scaled_by_height_and_keys_go_merge_by_merge(named, open_page):
    page, roots = opened(open_page, named / "bottles.html")
    root = roots.nth(0)
    slider = root.locator("input[type=range]").first
    slider.scroll_into_view_if_needed()
    cuts = root.evaluate("r => r.explorer.state.cuts.t")
    box = slider.bounding_box()
    for share in (0.3, 0.6):
        page.mouse.click(box["x"] + share * box["width"], box["y"] + box["height"] / 2)
        at = root.evaluate("r => r.explorer.state.values.t")
        gap = max(np.diff(cuts))
        assert cuts[at] == pytest.approx(share * cuts[-1], abs=gap / 2 + 0.03 * cuts[-1])
        for key, by in [("ArrowLeft", -1), ("ArrowLeft", -2), ("ArrowRight", -1)]:
            slider.press(key)
            assert root.evaluate("r => r.explorer.state.values.t") == at + by
    assert page.watch.faults == []


def test_the_table_of_rows_is_sorted_searched_and_turned(named, open_page):
    page, _ = opened(open_page, named / "bottles.html")
    rows = page.locator("[data-part=rows]")
    rows.get_by_role("searchbox").wait_for()
    cells = lambda j: rows.locator(f"tbody tr td:nth-child({j})").all_inner_texts()  # noqa: E731
    assert "1 to 25 of 175 rows" in rows.inner_text()
    rows.get_by_role("button", name="silhouette").click()
    values = [float(v) for v in cells(4)]
    assert values == sorted(values)
    rows.get_by_role("button", name="silhouette").click()
    assert [float(v) for v in cells(4)] == sorted(map(float, cells(4)), reverse=True)
    rows.get_by_role("button", name="row", exact=True).click()
    rows.get_by_role("button", name="Next").click()
    assert "26 to 50 of 175 rows" in rows.inner_text()
    rows.get_by_role("searchbox").fill('no. 177, the "')
    assert cells(2) == ['No. 177, the "A"']
    rows.get_by_role("searchbox").fill("nothing like it")
    assert "No row matches." in rows.inner_text()


def test_a_doubtful_column_is_put_back_by_a_click(named, open_page):
    page, _ = opened(open_page, named / "bottles.html")
    page.locator("[data-part=clustermap] svg").wait_for()
    told = page.locator("[data-told]")
    assert not told.is_visible()
    page.get_by_role("button", name="Put back").click()
    assert "With vintage year as one more feature, the tree gives" in told.inner_text()
    words = shlex.split(told.locator("pre").inner_text())
    assert words[3:] == ["--include", "vintage year"]
    page.get_by_role("button", name="Leave out").click()
    assert not told.is_visible()


def test_the_page_without_a_script_tells_the_same_profiles(named, open_page):
    page, _ = opened(open_page, named / "bottles.html")
    page.locator("[data-part=clustermap] svg").wait_for()
    moving = page.locator("[data-part=profiles] :is(h3, p:not(:has-text('Mean of each')), li)")
    plain = (named / "bottles.html").read_text(encoding="utf-8")
    plain = re.search(r'data-part="profiles">(.*?)</div>', plain, re.DOTALL)[1]
    lines = re.findall(r"<(?:h3|p|li)>(.*?)</(?:h3|p|li)>", plain)
    shown = [unescape(re.sub(r"<[^>]+>", "", line)).strip() for line in lines]
    assert [line.strip() for line in moving.all_inner_texts()] == shown
    leaves = page.locator("[data-leaf]").all_text_contents()
    assert sorted(leaves) == sorted(pd.read_csv(named / "labels.csv")["name"])


def test_the_penguins_are_three_species_without_a_flag(tmp_path, capsys):
    data = Path(datasets.__file__).parent / "data" / "penguins.csv"
    out = tmp_path / "penguins.html"
    assert command_line.main(["explore", str(data), "--out", str(out),
                              "--labels-out", str(tmp_path / "labels.csv")]) == 0  # fmt: skip
    said = capsys.readouterr()
    assert "342 observations, 4 features; 3 clusters that come back in subsamples" in said.out
    assert "Doubtful and left out: column year, years, from 2007 to 2009." in said.err
    labels = pd.read_csv(tmp_path / "labels.csv")
    species = pd.read_csv(data)["species"].to_numpy()[labels["row"] - 1]
    assert pd.crosstab(species, labels["cluster"]).to_numpy().max(axis=1).tolist() == [151, 57, 123]


def genes(folder):
    """Write 50 patients of three subtypes by 20,000 genes, and return the file and subtypes."""
    g = np.random.default_rng(8)
    subtype = np.arange(50) % 3
    log = g.normal(7, 2, 20_000) + g.normal(0, 0.6, (50, 20_000))
    for c in range(3):
        log[np.ix_(subtype == c, range(600 * c, 600 * (c + 1)))] += g.normal(0, 1.5, 600)
    frame = pd.DataFrame(log.round(3), columns=[f"ENSG{i:011d}" for i in range(20_000)])
    frame.insert(0, "patient", [f"TCGA-{i:02d}-{'ABC'[i % 3]}" for i in range(50)])
    frame.to_csv(folder / "genes.csv", index=False)
    return folder / "genes.csv", subtype


def test_a_report_on_genes_names_its_patients(tmp_path, open_page):
    file, subtype = genes(tmp_path)
    assert command_line.main(["explore", str(file), "--metric", "correlation", "--quiet",
                              "--labels-out", str(tmp_path / "labels.csv")]) == 0  # fmt: skip
    labels = pd.read_csv(tmp_path / "labels.csv")
    assert labels["name"][4] == "TCGA-04-B"
    assert adjusted_rand_score(subtype, labels["cluster"]) == 1
    page, _ = opened(open_page, tmp_path / "genes.html")
    page.locator("[data-part=clustermap] svg").wait_for()
    leaves = page.locator("[data-leaf]").all_text_contents()
    assert sorted(leaves) == labels["name"].tolist()
    assert "Typical row: TCGA-" in page.locator("[data-part=profiles]").inner_text()
    assert downloaded(page, "Download labels.csv") == (tmp_path / "labels.csv").read_bytes()
    assert (tmp_path / "genes.html").stat().st_size < 3_000_000
    assert page.watch.faults == []


@pytest.mark.parametrize("metric", ["cityblock", "cosine", "gower"])
def test_trees_of_other_metrics_are_those_of_scipy(metric):
    X, _ = blobs(40, 4, 3)
    report = explore(X, metric=metric, standardize=False)
    theirs = gower(X) if metric == "gower" else pdist(X, metric)
    Z = hierarchy.linkage(theirs, "average")
    assert report.linkage[:, 2] == pytest.approx(Z[:, 2])
    assert adjusted_rand_score(report.labels(3), hierarchy.fcluster(Z, 3, "maxclust")) == 1


def test_mixed_columns_and_gaps_are_taken_as_they_are(tmp_path, capsys):
    g = np.random.default_rng(1)
    kind = np.arange(60) % 2
    frame = pd.DataFrame({
        "plan": np.array(["basic", "gold"])[kind], "town": np.array(["Ulm", "Bonn"])[kind],
        "pays": np.where(kind, 90, 10) + g.normal(0, 3, 60),
    })  # fmt: skip
    frame.loc[::9, "pays"] = np.nan
    frame.loc[5, "town"] = None
    frame.to_csv(tmp_path / "customers.csv", index=False)
    assert command_line.main(["explore", str(tmp_path / "customers.csv"), "--k", "2",
                              "--labels-out", str(tmp_path / "labels.csv")]) == 0  # fmt: skip
    said = capsys.readouterr()
    assert "Hardly any numbers beside categories: Gower's distances take both." in said.err
    assert "60 observations, 3 features; " in said.out
    labels = pd.read_csv(tmp_path / "labels.csv")["cluster"]
    assert adjusted_rand_score(kind, labels) == 1
    page = (tmp_path / "customers.html").read_text(encoding="utf-8")
    assert "<bdi>plan = gold</bdi>: 1 on average, 0 elsewhere" in page


def test_effect_sizes_and_medoids_are_those_of_their_definitions():
    X, labels = blobs(60, 4, 3)
    effect, inside, outside = effect_sizes(X, labels)
    for c in range(3):
        a, b = X[labels == c], X[labels != c]
        assert inside[c] == pytest.approx(a.mean(axis=0))
        assert outside[c] == pytest.approx(b.mean(axis=0))
        pooled = ((len(a) - 1) * a.var(axis=0, ddof=1) + (len(b) - 1) * b.var(axis=0, ddof=1)) / (
            len(X) - 2
        )
        assert effect[c] == pytest.approx((inside[c] - outside[c]) / np.sqrt(pooled))
    constant = np.column_stack([labels == 1, np.zeros(60)]).astype(float)
    apart = effect_sizes(constant, (labels == 1).astype(int))[0]
    assert apart.tolist() == [[-np.inf, 0], [np.inf, 0]]
    report = explore(X)
    typical = medoids(report.found)
    for c, row in enumerate(typical):
        own = np.flatnonzero(report.found.clusters == c)
        total = squareform(pdist(report.codebook))[np.ix_(own, own)].sum(axis=1)
        assert total[own == row] == pytest.approx(total.min())
