"""Show a learner's progress: on each chapter, and for the whole course.

After the build the pages themselves say what there is to do: their explorers with a question,
their quizzes and their exercises.  The list goes into ``_static/course.js``, so that the front
page can count what stands on other pages.
"""

import json
import shutil
from pathlib import Path

from bs4 import BeautifulSoup

ASSETS = Path(__file__).parent / "assets"
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


def write_course(app, error):
    """Write what there is to do on each page of the book, in reading order."""
    if error or app.builder.format != "html":
        return
    course, folder = {}, Path(app.outdir)
    for name in sorted(app.env.found_docs):
        if not name.startswith("chapters/"):
            continue
        path = f"{name}.html"
        page = BeautifulSoup((folder / path).read_text(encoding="utf-8"), "html.parser")
        items = items_of(page)
        if items:
            title = page.find("h1").find(string=True, recursive=False).strip()
            course[Path(name).name] = {"title": title, "path": path, "items": items}
    shutil.copyfile(ASSETS / "course_progress.js", folder / "_static" / "course_progress.js")
    text = json.dumps(course, ensure_ascii=False, indent=0)
    (folder / "_static" / "course.js").write_text(f"window.cbdCourse = {text};\n", "utf-8")


def setup(app):
    for file in FILES:
        app.add_js_file(file, loading_method="defer")
    app.connect("build-finished", write_course)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
