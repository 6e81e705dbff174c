"""Keep the notebooks of the book clean, deterministic and checked.

    notebooks.py list                    the notebooks of _toc.yml, in reading order
    notebooks.py check [FILES]           fail, naming notebook and cell, where one is not clean
    notebooks.py clean [FILES]           put notebooks into their normal form
    notebooks.py refresh [FILES]         run them and store the outputs of the checked cells
    notebooks.py from-md DRAFT FILE      make a notebook from a MyST Markdown or percent draft
    notebooks.py to-md FILE DRAFT        make a MyST Markdown draft from a notebook

A notebook stores no outputs except the text of cells that carry the comment
``# NBVAL_CHECK_OUTPUT``: the numbers that the prose uses.  Everything else is
computed afresh by the build, so nothing stored can go stale unseen.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import nbformat
import yaml

ROOT = Path(__file__).resolve().parent.parent
MARK = "# NBVAL_CHECK_OUTPUT"
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
CELL_KEYS = {"tags", "mystnb", "differs_in_page"}
NOTEBOOK_KEYS = {"kernelspec", "language_info", "given"}
LINE = 76  # characters that a page shows without a scroll bar
TIMEOUT = 120  # seconds a cell may take, as in the build and in the tests


def toc_files(toc=ROOT / "_toc.yml"):
    """Return the files that the table of contents names, in reading order."""

    def walk(node):
        for key in ("root", "file"):
            if key in node:
                yield node[key]
        for key in ("parts", "chapters", "sections"):
            for child in node.get(key, []):
                yield from walk(child)

    return [toc.parent / name for name in walk(yaml.safe_load(toc.read_text(encoding="utf-8")))]


def toc_notebooks(toc=ROOT / "_toc.yml"):
    """Return the notebooks of the table of contents, in reading order."""
    return [path for path in toc_files(toc) if path.suffix == ".ipynb"]


def is_checked(cell):
    """Return whether the outputs of `cell` are stored and compared."""
    return cell.cell_type == "code" and MARK in cell.source.splitlines()


def cell_id(path, index):
    """Return the id of a cell: page and place, such as 07b-012, so that it can be looked up."""
    return f"{Path(path).stem.partition('_')[0]}-{index + 1:03d}"


def stored_count(cell):
    """Return the execution count of `cell` as stored: nbval compares no cell without one."""
    return 1 if is_checked(cell) and cell.outputs else None


def text_outputs(cell):
    """Return the outputs of a checked cell as they are stored: text and nothing else."""
    outputs = []
    for output in cell.outputs:
        if output.output_type == "stream" and output.name == "stdout":
            if outputs and outputs[-1].output_type == "stream":
                outputs[-1]["text"] += output.text
            else:
                outputs.append(nbformat.v4.new_output("stream", name="stdout", text=output.text))
        elif output.output_type == "execute_result" and set(output.data) == {"text/plain"}:
            data = {"text/plain": output.data["text/plain"]}
            outputs.append(nbformat.v4.new_output("execute_result", data=data))
        else:
            raise ValueError(
                f"cell {cell.id} is marked {MARK!r} but gives a {output.output_type}; "
                "a checked cell prints text only: put the figure or table in a cell of its own."
            )
    return outputs


def normalize(notebook, path):
    """Put `notebook` into the normal form, in place, and return it."""
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    kept = {key: notebook.metadata[key] for key in NOTEBOOK_KEYS & set(notebook.metadata)}
    notebook.metadata = nbformat.from_dict(
        kept | {"kernelspec": KERNEL, "language_info": {"name": "python"}}
    )
    for index, cell in enumerate(notebook.cells):
        cell["id"] = cell_id(path, index)
        cell["source"] = cell.source.strip("\n")
        cell["metadata"] = {key: cell.metadata[key] for key in CELL_KEYS & set(cell.metadata)}
        if cell.cell_type == "code":
            cell["outputs"] = text_outputs(cell) if is_checked(cell) else []
            cell["execution_count"] = stored_count(cell)
        else:
            cell.pop("attachments", None)
    return notebook


def render(notebook):
    """Return the text of `notebook` as it is stored."""
    return nbformat.writes(notebook, version=4) + "\n"


def read(path):
    """Return the notebook at `path`."""
    return nbformat.read(path, as_version=4)


def write(notebook, path):
    """Normalize `notebook`, check it against the format and store it at `path`."""
    normalize(notebook, path)
    nbformat.validate(notebook)
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text(render(notebook), encoding="utf-8")


def cell_problems(cell, expected):
    """Yield a sentence for everything that is not clean in `cell`."""
    if cell.get("id") != expected:
        yield f"the id should be {expected!r}"
    if extra := set(cell.metadata) - CELL_KEYS:
        yield f"metadata {sorted(extra)} is not kept in the repository"
    if cell.cell_type != "code":
        return
    for number, line in enumerate(cell.source.splitlines(), start=1):
        if len(line) > LINE:
            yield f"line {number} has {len(line)} characters, {LINE} fit the page"
    if cell.execution_count != stored_count(cell):
        yield f"it stores the execution count {cell.execution_count}; run `clean`"
    if cell.outputs and not is_checked(cell):
        yield f"it stores an output and is not marked {MARK!r}"
    if is_checked(cell):
        if not cell.outputs:
            yield f"it is marked {MARK!r} but stores no output; run `refresh`"
        try:
            text_outputs(cell)
        except ValueError as error:
            yield str(error)


def problems(path):
    """Return a sentence for everything that is not clean in the notebook at `path`."""
    stored = Path(path).read_text(encoding="utf-8")
    notebook = nbformat.reads(stored, as_version=4)
    found = [
        f"cell {index + 1} ({cell.get('id')}): {problem}"
        for index, cell in enumerate(notebook.cells)
        for problem in cell_problems(cell, cell_id(path, index))
    ]
    if notebook.metadata.get("kernelspec") != KERNEL:
        found.append(f"the kernel is {notebook.metadata.get('kernelspec')}, not {KERNEL}")
    if not found and stored != render(normalize(notebook, path)):
        found.append("it is not in normal form; run `clean`")
    return found


def run(notebook, path):
    """Execute `notebook` in its folder, as the build does; the outputs are left in it."""
    from nbclient import NotebookClient

    resources = {"metadata": {"path": str(Path(path).parent)}}
    NotebookClient(notebook, timeout=TIMEOUT, kernel_name="python3", resources=resources).execute()


def check(paths):
    """Print what is not clean; return the exit status."""
    count = 0
    for path in paths:
        for problem in problems(path):
            print(f"{path}: {problem}")
            count += 1
    print(f"{len(paths)} notebooks checked, {count} problems")
    return int(count > 0)


def clean(paths):
    """Put each notebook into normal form."""
    for path in paths:
        write(read(path), path)
    return 0


def refresh(paths):
    """Run each notebook and store the outputs of its checked cells."""
    from nbclient.exceptions import CellExecutionError

    failed = 0
    for path in paths:
        notebook = normalize_ids(read(path), path)
        try:
            run(notebook, path)
            write(notebook, path)
            print(f"{path}: refreshed")
        except (CellExecutionError, ValueError) as error:
            culprit = failing_cell(notebook)
            print(f"{path}: {culprit}{error}", file=sys.stderr)
            failed += 1
    return int(failed > 0)


def normalize_ids(notebook, path):
    """Give the cells of `notebook` their ids, so that messages can name them."""
    for index, cell in enumerate(notebook.cells):
        cell["id"] = cell_id(path, index)
    return notebook


def failing_cell(notebook):
    """Return the name of the cell that raised, or nothing."""
    for index, cell in enumerate(notebook.cells):
        for output in cell.get("outputs", []):
            if output.output_type == "error":
                return f"cell {index + 1} ({cell.id}) raises {output.ename}\n"
    return ""


def from_md(draft, path):
    """Make the notebook at `path` from a draft; outputs that still fit are kept."""
    import jupytext

    draft = Path(draft)
    fmt = "md:myst" if draft.suffix == ".md" else "py:percent"
    notebook = jupytext.reads(draft.read_text(encoding="utf-8"), fmt=fmt)
    if Path(path).exists():
        stored = {cell.source.strip("\n"): cell for cell in read(path).cells if is_checked(cell)}
        for cell in notebook.cells:
            cell["source"] = cell.source.strip("\n")
            if is_checked(cell) and cell.source in stored:
                cell["outputs"] = stored[cell.source].outputs
    write(notebook, path)
    return 0


def to_md(path, draft):
    """Make a MyST Markdown draft from the notebook at `path`."""
    import jupytext

    notebook = read(path)
    notebook.metadata["jupytext"] = {"notebook_metadata_filter": ",".join(sorted(NOTEBOOK_KEYS))}
    Path(draft).write_text(jupytext.writes(notebook, fmt="md:myst"), encoding="utf-8")
    return 0


def main(arguments=None):
    """Read the command line, do the work and return the exit status."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("list")
    for name in ("check", "clean", "refresh"):
        commands.add_parser(name).add_argument("files", nargs="*", type=Path)
    for name, first, second in (("from-md", "draft", "file"), ("to-md", "file", "draft")):
        command = commands.add_parser(name)
        command.add_argument(first)
        command.add_argument(second)
    options = parser.parse_args(arguments)
    if options.command == "list":
        print(*(path.relative_to(ROOT) for path in toc_notebooks()), sep="\n")
        return 0
    if options.command == "from-md":
        return from_md(options.draft, options.file)
    if options.command == "to-md":
        return to_md(options.file, options.draft)
    paths = options.files or sorted((ROOT / "chapters").rglob("[0-9]*.ipynb"))
    return {"check": check, "clean": clean, "refresh": refresh}[options.command](paths)


if __name__ == "__main__":
    sys.exit(main())
