"""Make the notebooks that readers download: complete in one file, with nothing but Markdown.

The download button of a page gives ``_sources/<page>.ipynb``.  JupyterLab knows neither the tags
nor the directives of the book, so here sources of quizzes and solutions are folded, references
and citations are words and links, captions stand below their figures, boxes are quotes or folds,
marks for the tests are gone, and the records of measurements that a chapter reads are in it.
"""

import base64
import json
import re
from pathlib import Path

import nbformat
from checked_cells import without_mark
from nbformat.v4 import new_code_cell, new_markdown_cell
from pybtex.database import parse_file

FOLDED = {"remove-input", "hide-input", "hide-cell", "remove-cell", "solution"}
ROOT = Path(__file__).resolve().parent.parent
RECORD = re.compile(r'Path\("\.\./\.\./(benchmarks/[\w.]+\.json)"\)')
ROLE = re.compile(r"\{([\w:]+)\}`([^`<]*?)(?:\s*<([^`>]+)>)?`")
BOX = re.compile(
    r"^(?P<fence>`{3,}|:{3,})\{(?P<kind>[\w:-]+)\}[ \t]*(?P<title>.*)\n"
    r"(?P<options>(?::[\w-]+:.*\n)*)(?P<body>(?:.*\n)*?)(?P=fence)[ \t]*$",
    re.MULTILINE,
)
LABEL = re.compile(r"^\([\w-]+\)=\n", re.MULTILINE)


def cited(keys, entries, textual):
    """Return citations as words: "Lloyd (1982)" in the text, "(Lloyd, 1982)" beside it."""
    said = []
    for key in map(str.strip, keys.split(",")):
        if key not in entries:  # the build warns of it
            said.append(key)
            continue
        entry = entries[key]
        names = [" ".join(person.last_names) for person in entry.persons["author"]]
        who = names[0] if len(names) == 1 else " and ".join(names)
        who = who if len(names) < 3 else f"{names[0]} et al."
        year = entry.fields["year"]
        said.append(f"{who} ({year})" if textual else f"{who}, {year}")
    words = re.sub(r"[{}\\]|\\\W", "", "; ".join(said))
    return words if textual else f"({words})"


def role_as_words(match, entries, titles):
    """Return a role of the book as Markdown; `titles` maps a label to the title that it has."""
    role, text, target = match.groups()
    if role.startswith("cite"):
        return cited(text, entries, role == "cite:t")
    if role in ("ref", "numref", "doc"):
        return text if target else titles.get(text, "the figure" if role == "numref" else text)
    return text


def box_as_markdown(match):
    """Return a box of the book as a fold, where it folds, or as a quote."""
    kind, title, body = match["kind"], match["title"].strip(), match["body"].strip()
    if "dropdown" in match["options"] or kind == "dropdown":
        return f"<details><summary>{title or 'Show'}</summary>\n\n{body}\n\n</details>"
    name = kind.rpartition(":")[2].capitalize()
    head = title if kind == "admonition" else f"{name} ({title})" if title else name
    return "\n".join(f"> {line}".rstrip() for line in (f"**{head}.**", "", *body.splitlines()))


def plain(source, entries, titles):
    """Return the Markdown `source` without roles, labels and directives."""
    source = LABEL.sub("", source)
    source = ROLE.sub(lambda match: role_as_words(match, entries, titles), source)
    return BOX.sub(box_as_markdown, source)


def with_pictures(cell):
    """Put the pictures that a cell shows from beside the book into it."""
    found = re.search(r"```\{figure\} (\S+)\n((?::.*\n)*)\n?(.*?)\n```", cell.source, re.DOTALL)
    if found:
        path, alt = Path(found[1]), re.search(r":alt: (.*)", found[2])
        data = (ROOT / "benchmarks" / path.name).read_bytes()
        kind = "image/svg+xml" if path.suffix == ".svg" else f"image/{path.suffix[1:]}"
        cell.attachments = {path.name: {kind: base64.b64encode(data).decode()}}
        shown = f"![{alt[1] if alt else ''}](attachment:{path.name})\n\n*{found[3].strip()}*"
        cell.source = cell.source.replace(found[0], shown)
    return cell


def record_cell(records):
    """Return a folded cell that writes the records into a temporary folder."""
    lines = [
        "# The measurements that this chapter reads, so that the notebook runs alone.",
        "import tempfile",
        "from pathlib import Path",
        "records = Path(tempfile.mkdtemp())",
    ]
    for name in sorted(records):
        text = json.dumps(json.loads((ROOT / name).read_text(encoding="utf-8")))
        lines.append(f"(records / {Path(name).name!r}).write_text({text!r}, encoding='utf-8')")
    return new_code_cell("\n".join(lines) + ";", metadata={"jupyter": {"source_hidden": True}})


def edition(notebook, entries, titles):
    """Return the notebook as readers get it."""
    cells, records = [], set()
    for cell in notebook.cells:
        caption = cell.metadata.get("mystnb", {}).get("figure", {}).get("caption")
        if cell.cell_type == "markdown":
            cell = with_pictures(cell)
            cell.source = plain(cell.source, entries, titles)
        else:
            records |= set(RECORD.findall(cell.source))
            cell.source = RECORD.sub(
                lambda match: f"(records / {Path(match[1]).name!r})", without_mark(cell.source)
            )
            if FOLDED & set(cell.metadata.get("tags", [])):
                cell.metadata["jupyter"] = {"source_hidden": True}
        cells.append(cell)
        if caption:
            cells.append(new_markdown_cell(f"*{plain(caption, entries, titles)}*"))
    if records:
        cells.insert(1, record_cell(records))
    notebook.cells = cells
    return notebook


def write_editions(app, error):
    """Write the edition of every chapter in place of its source."""
    if error or app.builder.format != "html":
        return
    entries = parse_file(str(ROOT / "references.bib")).entries
    titles = {name: title for name, (_, _, title) in app.env.domains["std"].labels.items()}
    for path in (Path(app.outdir) / "_sources").rglob("*.ipynb"):
        source = Path(app.srcdir) / path.relative_to(Path(app.outdir) / "_sources")
        made = edition(nbformat.read(source, as_version=4), entries, titles)
        nbformat.write(made, path)


def setup(app):
    app.connect("build-finished", write_editions)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
