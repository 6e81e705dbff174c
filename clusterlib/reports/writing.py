"""Write a file whole or not at all.

Question: what is left of my file when the disk is full or I interrupt?
Chapter: 12, Case studies.
Symbols: none.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

__all__ = ["write_whole"]


def write_whole(path: Path, text: str, newline: str | None = None) -> None:
    """Write `text` into the file at `path`, which keeps what it held if that fails.

    Parameters
    ----------
    path : pathlib.Path
        The file; its folder must be there.
    text : str
        What it shall hold, in UTF-8.
    newline : str, optional
        As for `open`; an empty text keeps line ends as they are.

    Raises
    ------
    OSError
        If the file cannot be written; the error names `path`.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_whole(Path(folder, "a.txt"), "whole")
    ...     Path(folder, "a.txt").read_text()
    'whole'
    """
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        part.write_text(text, encoding="utf-8", newline=newline)
        part.replace(path)
    except OSError as error:  # which names another file, or none where the disk is full
        raise OSError(error.errno, error.strerror, str(path)) from error
    finally:
        with contextlib.suppress(OSError):
            part.unlink()
