"""``{chapter-times}``: the minutes of each chapter, by the rule, and the chapters that it needs."""

import lecture_decks
import notebooks
import reading_time
from docutils import nodes
from docutils.parsers.rst import Directive
from docutils.statemachine import StringList


class ChapterTimes(Directive):
    """A table with a row for each chapter."""

    def run(self):
        """Return the table as parsed Markdown."""
        lines = ["| chapter | minutes | slides | needs |", "|---|---|---|---|"]
        books = reading_time.chapters()
        for path, book in books:
            self.state.document.settings.env.note_dependency(str(path))
            found = reading_time.LABEL.search(reading_time.opening(book))
            name = f"{{ref}}`{found[1]}`" if found else path.stem
            needs = ", ".join(f"{{ref}}`{label}`" for label in reading_time.needs(book))
            place = path.relative_to(notebooks.ROOT).with_suffix("").as_posix()
            deck = f'<a href="{lecture_decks.name_of(place)}">slides {path.stem[:3].strip("_")}</a>'
            lines.append(f"| {name} | {reading_time.minutes(book)} | {deck} | {needs or 'none'} |")
        total = sum(reading_time.minutes(book) for _, book in books)
        lines += ["", f"Together {total} minutes, {round(total / 60)} hours."]
        node = nodes.container(classes=["chapter-times"])
        self.state.nested_parse(StringList(lines, "chapter-times"), 0, node)
        return [node]


def setup(app):
    """Register the directive."""
    app.add_directive("chapter-times", ChapterTimes)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
