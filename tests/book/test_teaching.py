"""The teachers' page and the learner's progress: what they name exists, and what they do works."""

import json
import re

import nbformat
import pytest
import reading_time
from bs4 import BeautifulSoup
from notebooks import ROOT, toc_notebooks
from pages import CHAPTERS

import assignments

PAGE = (ROOT / "teaching.md").read_text(encoding="utf-8")
LINKS = re.findall(r'<a href="(chapters/[^"#]+\.html)#([\w-]+):([^"]+)">', PAGE)
BOOKS = {path.stem: book for path, book in reading_time.chapters()}
LONGEST = 60  # minutes


@pytest.mark.parametrize("name", BOOKS)
def test_a_chapter_promises_the_minutes_of_the_rule(name):
    assert abs(reading_time.stated(BOOKS[name]) - reading_time.minutes(BOOKS[name])) <= 5
    assert reading_time.minutes(BOOKS[name]) <= LONGEST


def test_paths_promise_the_hours_of_their_chapters():
    source = "\n".join(c.source for c in BOOKS["00_start_here"].cells if c.cell_type == "markdown")
    assert source.count(" hours |") == 4
    promised, measured = (
        [float(h) for h in re.findall(r"\| ([\d.]+) hours \|", text)]
        for text in (source, reading_time.with_hours(source))
    )
    assert max(abs(a - b) for a, b in zip(promised, measured, strict=True)) <= 0.5


def test_the_rule_counts_what_it_says():
    def book(*cells):
        return nbformat.v4.new_notebook(cells=list(cells))

    markdown, code = nbformat.v4.new_markdown_cell, nbformat.v4.new_code_cell
    assert reading_time.minutes(book(markdown("word " * 1440))) == 10
    assert reading_time.minutes(book(markdown("### Exercise 1.1\n### Exercise 1.2"))) == 10
    assert reading_time.minutes(book(*[code("1")] * 20)) == 10
    hidden = code("1", metadata={"tags": ["remove-cell"]})
    assert reading_time.minutes(book(*[hidden] * 20)) == 5


def test_exercises_and_tasks_that_the_page_names_exist():
    prose = "\n".join(c.source for p in toc_notebooks() for c in nbformat.read(p, 4).cells)
    exercises = set(re.findall(r"^### Exercise (\d+\.\d+)", prose, re.MULTILINE))
    rows = "".join(re.findall(r"^\|.*\|.*\|.*\d+\.\d+.*\|$", PAGE, re.MULTILINE))
    named = set(re.findall(r"\b(\d{1,2}\.\d)\b", rows))
    meetings = "".join(re.findall(r"\*\*(?:In class|Homework)\.\*\*.*", PAGE))
    named |= set(re.findall(r"\b(\d{1,2}\.\d)\b", meetings))
    assert len(named) > 30
    assert named <= exercises
    for number in re.findall(r"problem sets? (\d)", PAGE):
        assert f"ps{number}" in assignments.problem_sets()
    assert len(re.findall(r"^### Meeting \d+:", PAGE, re.MULTILINE)) == 12


@pytest.mark.parametrize("link", LINKS, ids=[place for _, place, _ in LINKS])
def test_a_link_opens_the_figure_in_its_state(link, site, chromium):
    path, place, state = link
    page = chromium.new_page()
    page.goto(f"{site}/{path}#{place}:{state}")
    page.wait_for_selector(f"#{place}[data-ready]")
    values = page.evaluate("(id) => document.getElementById(id).explorer.state.values", place)
    for key, value in (pair.split("=") for pair in state.split(";")):
        wanted = values[key] if isinstance(values[key], str) else json.dumps(values[key])
        assert wanted.removesuffix(".0") == value.removesuffix(".0"), key
    page.close()


def test_the_page_links_each_figure_of_the_chapters(book):
    def parsed(path):
        return BeautifulSoup((book / path).read_text("utf-8"), "html.parser")

    links = {a["href"] for a in parsed("teaching.html").select(".course-figures a")}
    figures = {
        f"{name}#{figure['id']}"
        for name in CHAPTERS
        for figure in parsed(name).select("[data-explorer][id]")
    }
    assert len(links) > 10
    assert links == figures


@pytest.fixture
def learner(chromium):
    context = chromium.new_context(accept_downloads=True)
    yield context.new_page()
    context.close()


CHAPTER = "chapters/3_hierarchy/09_linkage.html"


def test_progress_is_counted_kept_saved_forgotten_and_read_again(learner, site, tmp_path):
    learner.goto(f"{site}/{CHAPTER}")
    line = learner.locator(".course-done")
    total = int(re.match(r"0 of (\d+) done$", line.inner_text())[1])
    boxes = learner.locator(".course-box input")
    assert total > boxes.count() >= 4
    boxes.first.check()
    assert line.inner_text() == f"1 of {total} done, 1 right"
    option = learner.locator(".clx-quiz .option:not(.right) input").first
    option.check()
    assert line.inner_text() == f"2 of {total} done, 1 right"
    learner.reload()
    assert line.inner_text() == f"2 of {total} done, 1 right"
    assert boxes.first.is_checked()

    learner.goto(f"{site}/progress.html")
    whole = learner.locator("[data-course-progress] > p[role=status]")
    assert re.match(r"2 of \d+ done, 1 right\.$", whole.inner_text())
    rows = learner.locator(".course-table tr")
    assert rows.count() == 1 + sum(1 for _ in BOOKS) - without_tasks()
    with learner.expect_download() as saved:
        learner.get_by_role("button", name="Save to a file").click()
    saved.value.save_as(tmp_path / "progress.json")
    learner.once("dialog", lambda dialog: dialog.accept())
    learner.get_by_role("button", name="Forget all").click()
    assert whole.inner_text().startswith("0 of ")
    for text, said in (("{", "no file of saved progress"), ('{"a": 1}', "no answers")):
        (tmp_path / "bad.json").write_text(text)
        learner.locator("input[type=file]").set_input_files(tmp_path / "bad.json")
        learner.get_by_text(said).wait_for()
    learner.locator("input[type=file]").set_input_files(tmp_path / "progress.json")
    learner.get_by_text("2 answers were read").wait_for()
    assert whole.inner_text().startswith("2 of ")


def test_the_front_page_can_say_what_is_done_and_where_to_go_on(learner, site):
    learner.goto(f"{site}/{CHAPTER}")
    learner.locator(".course-box input").first.check()
    learner.goto(f"{site}/progress.html")
    learner.evaluate(
        """() => { const place = document.createElement("div");
        place.dataset.courseProgress = "summary"; place.id = "summary";
        document.querySelector("article").prepend(place);
        const again = document.createElement("script"); again.src = "_static/course_progress.js";
        document.body.append(again); }"""
    )
    said = learner.locator("#summary p")
    assert re.match(r"You have done 1 of \d+ tasks, 1 right\. Go on with ", said.inner_text())
    assert said.locator("a").first.get_attribute("href") == "chapters/00_start_here.html"
    learner.once("dialog", lambda dialog: dialog.accept())
    learner.get_by_role("button", name="Forget all").first.click()
    assert learner.locator("#summary").is_hidden()


def test_the_page_of_results_prints_whole_and_alone(learner, site):
    learner.goto(f"{site}/{CHAPTER}")
    learner.locator(".course-box input").first.check()
    learner.goto(f"{site}/progress.html")
    learner.get_by_label("Name, for the print").fill("Ada Lovelace")
    assert learner.locator(".course-date").is_hidden()
    learner.emulate_media(media="print")
    assert re.match(r"\d{1,2} \w+ \d{4}$", learner.locator(".course-date").inner_text())
    for hidden in (".course-buttons", ".bd-sidebar-primary", ".bd-header"):
        assert learner.locator(hidden).first.is_hidden(), hidden
    learner.set_viewport_size({"width": 718, "height": 1000})  # A4 with the browser's margins
    wide = learner.evaluate("document.documentElement.scrollWidth")
    assert wide <= 718
    row = learner.locator(".course-table tr", has_text="9 ").filter(has_text="inkage").first
    assert row.locator("td").nth(0).inner_text() == "1"
    assert learner.pdf().startswith(b"%PDF")


def without_tasks():
    """Return how many chapters have nothing to answer."""
    marks = ("### Exercise", "Explorer(", "Quiz(")
    return sum(
        not any(mark in cell.source for cell in book.cells for mark in marks)
        for book in BOOKS.values()
    )


def test_pages_work_where_nothing_can_be_stored(learner, site):
    learner.add_init_script("Storage.prototype.setItem = () => { throw new Error('full'); }")
    learner.goto(f"{site}/{CHAPTER}")
    assert re.match(r"0 of \d+ done$", learner.locator(".course-done").inner_text())
    learner.locator(".course-box input").first.check()
    learner.goto(f"{site}/progress.html")
    said = learner.locator("[data-course-progress] > p[role=status]").inner_text()
    assert "keeps nothing" in said


def test_both_scripts_use_one_key():
    scripts = ("_ext/assets/course_progress.js", "clusterlib/explorers/shared/progress.js")
    keys = {re.search(r'KEY = "([\w-]+)"', (ROOT / s).read_text("utf-8"))[1] for s in scripts}
    assert len(keys) == 1
