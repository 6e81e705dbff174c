"""The call and the command that give the clusters of a page again.

Question: how do I come to the same labels without the page?
Chapter: 12, Case studies.

Both leave places for the cut: ``{t}``, a height, and ``{method}``.
"""

from __future__ import annotations

import shlex

__all__ = ["command", "including", "reproduced"]

FLAGS = {"columns": "only"}  # what the command calls otherwise


def reproduced(source, method, rng, standardize, metric):
    """Return the Python that gives labels again, with a place for the cut; None without a file."""
    if source is None or source[0] == "-":
        return None
    path, settings = source
    given = "".join(f", {key}={value!r}" for key, value in settings.items() if value)
    lines = (
        "from clusterlib.reports import explore, read_table\n\n"
        f"table = read_table({path!r}{given})\n"
        f"report = explore(table, standardize={standardize}, "
        f"method={method!r}, metric={metric!r}, rng={rng})\n"
    )
    return (
        f"{lines.replace('{', '{{').replace('}', '}}')}"
        'labels = report.labels(height={t}, method="{method}")  # of the rows table.records'
    )


def command(source, rng, standardize, metric="euclidean"):
    """Return the shell command up to the cut, or None without a file.

    Examples
    --------
    >>> command(("my data.csv", {"exclude": ["a", "b"], "header": False}), 0, True)
    "clusterlib explore 'my data.csv' --exclude a,b --no-header"
    """
    if source is None or source[0] == "-":
        return None
    path, settings = source
    words = ["clusterlib", "explore", path]
    for key, value in settings.items():
        flag = f"--{FLAGS.get(key, key)}"
        if key == "mixed":  # --metric gower says it
            continue
        value = "tab" if value == "\t" else value
        if isinstance(value, bool):
            words.append(flag if value else f"--no-{flag[2:]}")
        elif value:
            words += [flag, listing(value) if isinstance(value, list) else value]
    words += [] if standardize else ["--scale", "none"]
    words += ["--metric", metric] if metric != "euclidean" else []
    words += ["--seed", str(rng)] if rng else []
    return shlex.join(words)


def including(source, name):
    """Return the source with one more column that is put back; None without a file."""
    if source is None:
        return None
    path, settings = source
    return path, {**settings, "include": [*settings.get("include", []), name]}


def listing(names):
    """Return names as the command takes them, such as ``a,"b, c"``."""
    quoted = ['"' + name.replace('"', '""') + '"' if set(name) & set(',"\n') or name[:1] == " "
              else name for name in names]  # fmt: skip
    return ",".join(quoted)
