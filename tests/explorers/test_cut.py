"""The cut explorer: its small form, and numbers that are those of the call it prints."""

from clusterlib.explorers import CutExplorer
from clusterlib.hierarchy import fcluster
from tests.browsing import moved, opened, status


def test_the_small_form_has_two_controls_and_two_pictures(open_page, tmp_path):
    explorer = CutExplorer(small=True)
    root = opened(open_page, tmp_path, explorer)
    assert root.locator(".clx-control:visible").count() == 2
    assert root.locator(".clx-panel:visible").count() == 2
    page = moved(root, {"k": 3}, "k", "values", "count")
    state = explorer.state(**page["values"])
    assert page["count"] == state["count"] == 2
    assert (
        status(root)
        == explorer.say(state)
        == ("Asked for 3, got 2: merges tie, so no cut gives 3. Sizes 6, 6.")
    )
    assert [c["key"] for c in explorer.controls()] == ["t", "k"]
    assert root.page.watch.faults == []


def test_the_table_lists_the_labels_that_the_printed_call_gives(open_page, tmp_path):
    root = opened(open_page, tmp_path, CutExplorer())
    explorer = CutExplorer()
    for k in (6, 4, 2):  # colours are kept on the way, so their numbers have gaps
        moved(root, {"data": "iris", "method": "ward", "k": k}, "k", "values")
        labels = fcluster(explorer.tree("iris", "ward").Z, k, "maxclust")
        rows = root.locator("[data-panel=sizes] tbody tr").all_inner_texts()
        told = [tuple(int(v) for v in row.split()) for row in rows]
        assert told == [(c, int((labels == c).sum())) for c in range(1, k + 1)]


def test_a_figure_opens_on_the_data_that_it_is_given():
    explorer = CutExplorer(data="wine")
    assert explorer.state()["values"]["data"] == "wine"
    assert explorer.question is None and CutExplorer().question is not None
    assert CutExplorer().state()["values"]["data"] == "twelve"
