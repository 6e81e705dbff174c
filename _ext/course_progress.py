"""Show a learner's progress: on each chapter, and for the whole course.

After the build the pages themselves say what there is to do: their explorers with a question,
their quizzes and their exercises.  The list goes into ``_static/course.js``, so that the front
page can count what stands on other pages; the page for teachers gets a link to each figure.
"""

import html
import json
import shutil
from pathlib import Path

from bs4 import BeautifulSoup

ASSETS = Path(__file__).parent / "assets"
FIGURES = '<ul class="course-figures"></ul>'  # stands in teaching.md, and the build fills it
FILES = ("course.js", "course_progress.js")


def items_of(page):
    """Return the kind of each thing to do on a parsed page, by its id."""
    found = {}
    for explorer in page.select("[data-explorer][id]"):
        data = explorer.find("script", type="application/json")
        if data and json.loads(data.string).get("question"):
            found[explorer["id"]] = "prediction"
    found |= {quiz["id"]: "quiz" for quiz in page.select(".clx-quiz[id]")}
    return found | {e["id"]: "exercise" for e in page.select('section[id^="exercise-"]')}


def figures_of(page):
    """Return the title and the id of each explorer on a parsed page."""
    found = [
        (json.loads(explorer.find("script", type="application/json").string), explorer["id"])
        for explorer in page.select("[data-explorer][id]")
    ]
    return [(data["title"], place) for data, place in found]


def list_figures(teaching, figures):
    """Put a link to each figure into the page for teachers."""
    if not teaching.exists():
        return
    links = "".join(
        f'<li><a href="{html.escape(path)}#{place}">{html.escape(title)}</a>, '
        f"{html.escape(chapter)}</li>"
        for title, place, path, chapter in figures
    )
    text = teaching.read_text(encoding="utf-8").replace(FIGURES, FIGURES[:-5] + links + "</ul>")
    teaching.write_text(text, encoding="utf-8")


def write_course(app, error):
    """Write what there is to do on each page of the book, in reading order."""
    if error or app.builder.format != "html":
        return
    course, figures, folder = {}, [], Path(app.outdir)
    for name in sorted(app.env.found_docs):
        if not name.startswith("chapters/"):
            continue
        path = f"{name}.html"
        page = BeautifulSoup((folder / path).read_text(encoding="utf-8"), "html.parser")
        items = items_of(page)
        title = page.find("h1").find(string=True, recursive=False).strip()
        figures += [(name, place, path, title) for name, place in figures_of(page)]
        if items:
            course[Path(name).name] = {"title": title, "path": path, "items": items}
    list_figures(folder / "teaching.html", figures)
    shutil.copyfile(ASSETS / "course_progress.js", folder / "_static" / "course_progress.js")
    text = json.dumps(course, ensure_ascii=False, indent=0)
    (folder / "_static" / "course.js").write_text(f"window.cbdCourse = {text};\n", "utf-8")


def setup(app):
    for file in FILES:
        app.add_js_file(file, loading_method="defer")
    app.connect("build-finished", write_course)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
