"""The command line: ``python -m clusterlib explore data.csv --out report.html``.

Question: how do you cluster a file without writing Python?
Chapter: 12, Case studies.
Symbols: none of its own.

A command ends with 0 if it did what was asked and with 2 if it could not, with one line
that says why.  It never replaces a file unless it is told to.
"""

from __future__ import annotations

import argparse
import csv
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from clusterlib.hierarchy.lance_williams import RULES

__all__ = ["explore", "main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code.

    Parameters
    ----------
    arguments : sequence of str, optional
        What stands behind ``python -m clusterlib``; by default the command line.

    Returns
    -------
    int
        0 if all went well, 2 if not, 130 if it was interrupted.

    Examples
    --------
    >>> main(["explore", "data that is not there.csv"])
    2
    """
    options = parser().parse_args(arguments)
    try:
        options.run(options)
    except OSError as error:
        return fail(f"{error.filename or options.file}: {error.strerror or error}")
    except ValueError as error:
        return fail(f"{options.file}: {' '.join(str(error).split())}")
    except KeyboardInterrupt:
        return fail("interrupted; nothing was written", 130)
    return 0


def fail(message, code=2):
    """Say in one line what went wrong and return the exit code."""
    print(f"clusterlib: error: {printable(message)}", file=sys.stderr)
    return code


def printable(text):
    """Return `text` without characters that would steer a terminal."""
    return "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in text)


def natural(text):
    """Return `text` as a whole number of at least 0."""
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number of at least 0")
    return int(text)


# What `explore` takes: flags with their settings, as argparse has them.
OPTIONS: dict[str, dict] = {
    "file": {"type": Path, "help": "the CSV file, in UTF-8"},
    "--out": {
        "type": Path,
        "metavar": "FILE",
        "help": "the page to write; by default beside the data, ending in .html",
    },
    "--overwrite": {"action": "store_true", "help": "replace the page if it is there"},
    "--label": {
        "metavar": "COLUMN",
        "help": "a column of known classes; the page compares the clusters with them",
    },
    "--columns": {
        "metavar": "A,B",
        "help": "the columns to cluster; by default all measurements",
    },
    "--standardize": {
        "action": "store_true",
        "default": True,
        "help": "give each column mean 0 and standard deviation 1 (the default)",
    },
    "--raw": {
        "dest": "standardize",
        "action": "store_false",
        "help": "take the numbers as they are instead",
    },
    "--method": {
        "choices": list(RULES),
        "default": "ward",
        "help": "linkage method of the picture (default: ward)",
    },
    "--delimiter": {
        "metavar": "CHAR",
        "help": "what separates the fields, `tab` for a tab; by default found out",
    },
    "--header": {
        "action": argparse.BooleanOptionalAction,
        "help": "whether the first line holds names; by default found out",
    },
    "--title": {"help": "title of the page; by default the name of the file"},
    "--seed": {"type": natural, "default": 0, "help": "seed of all random numbers (default: 0)"},
    "--progress": {"action": "store_true", "help": "show a bar also where there is no terminal"},
    "--quiet": {"action": "store_true", "help": "say nothing unless something goes wrong"},
}


def parser():
    """Return the parser of the command line."""
    top = argparse.ArgumentParser("python -m clusterlib", description="Cluster a file.")
    commands = top.add_subparsers(title="commands", required=True, metavar="COMMAND")
    command = commands.add_parser(
        "explore",
        help="turn a CSV file into a page with two explorers, the numbers and the picture",
        description="Turn a CSV file into one offline page of HTML: the k explorer, the "
        "cut-height explorer, the numbers and the picture.",
    )
    command.set_defaults(run=explore)
    for name, settings in OPTIONS.items():
        command.add_argument(name, **settings)
    return top


def explore(options: argparse.Namespace) -> None:
    """Read the file, cluster it and write the page."""
    from clusterlib.reports import explore as report_on
    from clusterlib.reports import read_table  # here, so that --help answers at once

    out = options.out or options.file.with_suffix(".html")
    if out.exists() and out.is_file() and options.file.exists() and out.samefile(options.file):
        raise ValueError("the page cannot replace its own data; choose another --out")
    if out.is_dir():
        raise IsADirectoryError(21, "is a folder; --out needs the name of a file", out)
    if out.exists() and not options.overwrite:
        raise FileExistsError(17, "is there already; add --overwrite or choose another --out", out)
    if not out.parent.is_dir():
        raise FileNotFoundError(2, "there is no such folder for the page", out.parent)
    columns = None if options.columns is None else next(csv.reader([options.columns]), [])
    table = read_table(
        options.file,
        label=options.label,
        columns=columns,
        delimiter={"\\t": "\t", "tab": "\t"}.get(options.delimiter, options.delimiter),
        header=options.header,
    )
    notes = notes_of(table, options.file.name)
    show = (options.progress or sys.stderr.isatty()) and not options.quiet
    report = report_on(
        table.X,
        table.labels,
        names=table.names,
        title=options.title or f"Clusters in {options.file.name}",
        standardize=options.standardize,
        method=options.method,
        rng=options.seed,
        notes=notes,
        progress=Bar() if show else None,
    )
    report.save(out, overwrite=options.overwrite)
    if not options.quiet:
        for note in notes[1:]:
            print(printable(note), file=sys.stderr)
        print(f"{printable(str(out))}: {report.headline}")


def notes_of(table, name):
    """Return sentences on what the file held and what was left out."""
    notes = [f"File {name}: {table.rows:,} rows."]
    if table.incomplete:
        notes.append(
            f"Left out: {table.incomplete:,} of {table.rows:,} rows, in which a value is missing."
        )
    if table.label is not None:
        notes.append(f"Known classes come from column {table.label}.")
    out = [f"Left out: column {name}, {why}." for name, why in table.left_out.items()]
    more = [f"Left out: {len(out) - 20} more columns."] if len(out) > 20 else []
    return [*notes, *out[:20], *more, *table.notes]


class Bar:
    """A bar that grows on the terminal while work goes on."""

    def __init__(self) -> None:
        self.start = time.monotonic()
        self(0, 1)

    def __call__(self, done: int, total: int) -> None:
        filled = 30 * done // total
        spent = time.monotonic() - self.start
        line = f"\r[{'#' * filled}{'.' * (30 - filled)}] {100 * done // total:3d} %, {spent:.0f} s"
        print(line, end="\n" if done == total else "", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
