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
from collections.abc import Sequence
from pathlib import Path

import clusterlib
from clusterlib.core.progress import Bar
from clusterlib.distance.pairwise import METRICS
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
        return fail("interrupted; no file was left half written", 130)
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


def positive(text):
    """Return `text` as a whole number of at least 1."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number of at least 1")
    return int(text)


METRIC_NAMES = (*METRICS, "gower")
# What `explore` takes: flags with their settings, as argparse has them.
OPTIONS: dict[str, dict] = {
    "file": {"type": Path, "help": "CSV, gzip, zip, Excel or Parquet; - reads standard input"},
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
    "--only": {
        "metavar": "A,B",
        "help": "the columns to cluster; by default all measurements",
    },
    "--columns": {"dest": "only", "metavar": "A,B", "help": "the same as --only"},
    "--include": {"metavar": "A,B", "help": "doubtful columns to put back"},
    "--exclude": {"metavar": "A,B", "help": "columns to leave out"},
    "--log": {"metavar": "A,B", "help": "columns to replace by their logarithms to base 10"},
    "--names": {
        "metavar": "COLUMN",
        "help": "the column that names the rows; by default one of texts that are all different",
    },
    "--labels-out": {
        "type": Path,
        "metavar": "FILE",
        "help": "write the cluster of each row as CSV: row (counted from 1), name, cluster",
    },
    "--k": {"type": positive, "help": "the number of clusters; by default chosen, and said why"},
    "--height": {"type": float, "help": "cut the tree at this height instead"},
    "--scale": {
        "choices": ["standardize", "none"],
        "default": "standardize",
        "help": "give each column mean 0 and standard deviation 1 (the default), or do not",
    },
    "--missing": {
        "metavar": "A,B",
        "help": "words for a missing value, besides NA, null, - and the like",
    },
    "--decimal": {"choices": [".", ","], "help": "the decimal sign; by default found out"},
    "--encoding": {"help": "encoding of the file, such as cp1252; by default found out"},
    "--sheet": {"help": "sheet of a workbook; by default the first that is not empty"},
    "--standardize": {
        "dest": "scale",
        "action": "store_const",
        "const": "standardize",
        "help": "the same as --scale standardize",
    },
    "--raw": {
        "dest": "scale",
        "action": "store_const",
        "const": "none",
        "help": "the same as --scale none",
    },
    "--method": {
        "choices": list(RULES),
        "help": "linkage method of the picture (default: ward, or average with another metric)",
    },
    "--metric": {
        "choices": list(METRIC_NAMES),
        "default": "euclidean",
        "metavar": "NAME",
        "help": "distance between rows (default: euclidean): correlation for genes, gower for "
        f"mixed columns and missing values, or one of {', '.join(METRIC_NAMES)}",
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
    top = argparse.ArgumentParser("clusterlib", description="Cluster a file.")
    version = f"clusterlib {clusterlib.__version__} (codebooks-to-dendrograms)"
    top.add_argument("--version", action="version", version=version)
    commands = top.add_subparsers(title="commands", required=True, metavar="COMMAND")
    command = commands.add_parser(
        "explore",
        help="turn a table into a page with two explorers, the numbers and the picture",
        description="Turn a table into one offline page of HTML: the k explorer, the "
        "cut-height explorer, the numbers and the picture.",
    )
    command.set_defaults(run=explore)
    for name, settings in OPTIONS.items():
        command.add_argument(name, **settings)
    return top


def explore(options: argparse.Namespace) -> None:
    """Read the file, cluster it and write the page and the labels."""
    from clusterlib.reports import explore as report_on
    from clusterlib.reports import read_table  # here, so that --help answers at once
    from clusterlib.reports.writing import write_whole

    piped = str(options.file) == "-"
    out = _page_of(options)
    settings = {
        "label": options.label, "columns": listed(options.only), "names": options.names,
        "include": listed(options.include) or [],
        "exclude": listed(options.exclude) or [], "log": listed(options.log) or [],
        "delimiter": {"\\t": "\t", "tab": "\t"}.get(options.delimiter, options.delimiter),
        "header": options.header, "decimal": options.decimal,
        "missing": listed(options.missing) or [], "encoding": options.encoding,
        "sheet": options.sheet, "mixed": options.metric == "gower" or None,
    }  # fmt: skip
    table = read_table(options.file, **settings)
    name = "standard input" if piped else options.file.name
    notes = notes_of(table, name)
    show = (options.progress or sys.stderr.isatty()) and not options.quiet
    report = report_on(
        table,
        title=options.title or f"Clusters in {name}",
        standardize=options.scale == "standardize",
        method=options.method,
        metric=options.metric,
        rng=options.seed,
        k=options.k,
        height=options.height,
        notes=notes,
        source=(str(options.file), settings),
        progress=Bar() if show else None,
    )
    report.save(out, overwrite=options.overwrite)
    if options.labels_out is not None:
        write_whole(options.labels_out, report.labels_csv(), newline="")
    if not options.quiet:
        for note in notes[1:]:
            print(printable(note), file=sys.stderr)
        print(f"{printable(str(out))}: {report.headline}")


def _page_of(options):
    """Return the file of the page, if it and that of the labels can be written without harm."""
    piped = str(options.file) == "-"
    out = options.out or (Path("report.html") if piped else options.file.with_suffix(".html"))
    for path, flag in [(out, "--out"), (options.labels_out, "--labels-out")]:
        if path is not None:
            _require_new(path, flag, options)
    if options.labels_out is not None and options.labels_out.resolve() == out.resolve():
        raise ValueError("--out and --labels-out name the same file; the page needs one of its own")
    return out


def _require_new(path, flag, options):
    """Raise an error unless `path` can be written without harm."""
    if path.exists() and path.is_file() and options.file.exists() and path.samefile(options.file):
        raise ValueError(f"{flag} would replace the data; choose another file")
    if path.is_dir():
        raise IsADirectoryError(21, f"is a folder; {flag} needs the name of a file", path)
    if path.exists() and not options.overwrite:
        raise FileExistsError(
            17, f"is there already; add --overwrite or choose another {flag}", path
        )
    if not path.parent.is_dir():
        raise FileNotFoundError(2, f"there is no such folder for {flag}", path.parent)


def listed(text):
    """Return the names in a list such as ``a,"b, c"``, or None."""
    return None if text is None else next(csv.reader([text], skipinitialspace=True), [])


def notes_of(table, name):
    """Return sentences on what the file held and what was left out."""
    notes = [f"File {name}: {table.rows:,} rows."]
    if table.incomplete:
        notes.append(
            f"Left out: {table.incomplete:,} of {table.rows:,} rows, in which "
            f"{'half of the values or more are' if table.categorical else 'a value is'} missing."
        )
    if table.label is not None:
        notes.append(f"Known classes come from column {table.label}.")
    by_name = [v.name for v in table.verdicts if v.use == "names"]
    notes += [f"Rows are named by column {name}." for name in by_name]
    out = [
        f"{'Doubtful and left out' if v.use == 'doubtful' else 'Left out'}: column {v.name}, "
        f"{v.reason}."
        for v in table.verdicts
        if v.use in ("left out", "doubtful") and v.reason != "not asked for"
    ]
    more = [f"Left out: {len(out) - 20} more columns."] if len(out) > 20 else []
    read = [
        f"Column {v.name}: {v.reason}."
        for v in table.verdicts
        if v.use == "used" and v.reason not in ("numbers", "asked for")
    ]
    return [*notes, *out[:20], *more, *read[:20], *table.notes]


if __name__ == "__main__":
    sys.exit(main())
