"""The front end in one piece: ES modules joined for a page that may load no file.

Question: how does a module that imports others travel inside a single HTML page?
Chapter: 0, Start here (how to use an explorer).
Symbols: none.

A page opened from a disk may not import the file beside it, so the modules are joined.  Each
becomes a function with a scope of its own, which returns what the module exports; its imports
become constants.  No tool outside Python is needed.  The modules keep to the part of the language
that this takes: ``import { a, b } from "./file.js";`` and ``export`` before a declaration.
"""

from __future__ import annotations

import json
import posixpath
import re

__all__ = ["join_modules", "module_order"]

IMPORT = re.compile(r'^import \{([^}]*)\} from "(\.[^"]+)";$', re.MULTILINE)
EXPORT = re.compile(r"^export (?=(?:async )?(?:const|let|function|class) (\w+))", re.MULTILINE)
OTHER = re.compile(r"^(?:import|export)\b.*$", re.MULTILINE)


def resolved(path, address):
    """Return the path of the module that the module at `path` calls `address`."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), address))


def check_names(path, names, other, source):
    """Raise a ValueError if the module at `path` imports a name that `other` does not export."""
    wanted = {name.split(" as ")[0].strip() for name in names.split(",") if name.strip()}
    missing = sorted(wanted - set(EXPORT.findall(source)))
    if missing:
        raise ValueError(f"{path}: {other} exports no {', '.join(missing)}.")


def module_order(modules):
    """Return the paths of `modules`, each after those that it imports.

    Examples
    --------
    >>> module_order({"a.js": 'import { b } from "./b.js";', "b.js": "export const b = 1;"})
    ['b.js', 'a.js']
    """
    order, open_paths = [], []

    def visit(path):
        if path in order:
            return
        if path in open_paths or path not in modules:
            way = " -> ".join([*open_paths, path])
            reason = "imports form a circle" if path in open_paths else "no such module"
            raise ValueError(f"`modules`: {reason}: {way}.")
        open_paths.append(path)
        for found in IMPORT.finditer(modules[path]):
            other = resolved(path, found[2])
            visit(other)
            check_names(path, found[1], other, modules[other])
        open_paths.pop()
        order.append(path)

    for path in sorted(modules):
        visit(path)
    return order


def as_function(path, source):
    """Return the module at `path` as an expression: a call that returns its exports."""

    def constant(found):
        names = found[1].replace(" as ", ": ").strip().strip(",")
        return f"const {{ {names} }} = modules[{json.dumps(resolved(path, found[2]))}];"

    names = EXPORT.findall(source)
    body = EXPORT.sub("", IMPORT.sub(constant, source))
    left = OTHER.search(body)
    if left:
        raise ValueError(f"{path}: {left[0]!r} is no form of import or export that is joined.")
    return f"(() => {{\n{body}\nreturn {{ {', '.join(names)} }};\n}})()"


def join_modules(modules):
    """Return one script that runs `modules` and keeps their exports in the constant `modules`.

    Parameters
    ----------
    modules : dict of str to str
        The source of each ES module by its path.

    Returns
    -------
    str
        The joined source.

    Raises
    ------
    ValueError
        If an import has no module, if imports form a circle, or if a module uses another
        form of import or export.

    Examples
    --------
    >>> print(join_modules({"a.js": "export const a = 1;"}))
    const modules = {};
    modules["a.js"] = (() => {
    const a = 1;
    return { a };
    })();
    """
    parts = [
        f"modules[{json.dumps(path)}] = {as_function(path, modules[path])};"
        for path in module_order(modules)
    ]
    return "\n".join(["const modules = {};", *parts])
