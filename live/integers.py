"""Give the interpreter's NumPy the default integer that it has on 64-bit computers.

This platform's pointers have 32 bits, and NumPy takes the pointer's width for its default
integer: sums would overflow beyond 2**31, and `np.arange(5).sum()` would be np.int32(10).
Few functions of NumPy choose that integer.  Each is changed here to choose NPY_LONGLONG, which
has 64 bits, by constants of the same length.  The binary is pinned, so each place is known, and
one that is not found stops the build.

Places in arrays (`argmax`, `nonzero`) stay NPY_LONG, 32 bits wide, as C code needs them.  Two
things make them behave as elsewhere: int64 arrays may serve as places (casts to NPY_LONG count
as safe), and NPY_LONG is called int64, NPY_INT int32, which are their names where pointers have
64 bits.
"""

from __future__ import annotations

from wasm import CODE, DATA, function_names, read_number, sections

UBYTE, LONG, ULONG, LONGLONG, ULONGLONG = 2, 7, 8, 9, 10  # numbers of NumPy's types
TYPES = 24
CALL, SET, LESS = b"\x10", b"\x21", b"\x4d"  # what follows: call, local.set, i32.le_u


def constant(number):
    """Return the instruction that pushes `number`, from 0 to 63."""
    return bytes([0x41, number])


def load(address):
    """Return the instruction that loads the word at `address`; the linker writes five bytes."""
    digits = [address >> shift & 127 for shift in range(0, 35, 7)]
    return b"\x28\x02" + bytes([*(digit | 128 for digit in digits[:-1]), digits[-1]])


DEFAULT = (constant(LONG) + CALL, constant(LONGLONG) + CALL)
INTP, INT64 = 27_642_972, 27_642_964  # where NumPy keeps these classes of dtypes
CODE_CHANGES = {
    # A list of Python integers, an empty list of them, dtype=int, np.arange, True + 1.
    "discover_descriptor_from_pylong": [
        DEFAULT,
        (constant(LONG) + constant(LONGLONG), 2 * constant(LONGLONG)),
    ],
    "int_default_descriptor": [DEFAULT],
    "_convert_from_any": [DEFAULT],
    "PyArray_ArangeObj": [DEFAULT],
    "int_common_dtype": [(load(INTP), load(INT64), 2)],
    # Sums and products of booleans and of integers that have fewer than 8 bytes.
    "reducelike_promote_and_resolve": [
        (constant(LONG) + SET, constant(LONGLONG) + SET),
        (constant(3) + LESS, constant(7) + LESS),
    ],
}
SUMS_OF = 22_081_920  # the type of sums, by the type of the terms from UBYTE on
SAFE_CASTS = 22_072_768  # whether casts are safe, by row (from) and column (to)
FORMATS = 22_075_228  # how integers print, four bytes by type from UBYTE (2) on
# A text of a package that the pages leave out, long enough to hold another.
UNUSED = b"sklearn.utils._vector_sentinel.__pyx_unpickle_StdVectorSentinel"
INT64_FORMAT = b"np.int64(%.0s%S)"  # the first value is the width of NPY_LONG, the second its text
DATA_CHANGES = [
    (SUMS_OF, bytes([ULONG, LONG] * 4), bytes([ULONGLONG, LONGLONG] * 4)),
    (SAFE_CASTS + TYPES * LONGLONG + LONG, b"\0", b"\1"),
]
NAMES = {b"numpy.int32": b"numpy.int64", b"numpy.intc": b"numpy.int32"}


def replaced(part, where, old, new, times=1):
    """Return the bytes `part` with `new` in place of `old`, which must occur so many `times`."""
    if part.count(old) != times or len(old) != len(new):
        raise ValueError(f"{where} holds {old.hex()} {part.count(old)} times, not {times}")
    return part.replace(old, new)


def with_wide_integers(binary):
    """Return `binary` with a NumPy whose default integer has 64 bits."""
    out = bytearray(binary)
    for name, (start, end) in bodies(binary, set(CODE_CHANGES)).items():
        for change in CODE_CHANGES[name]:
            out[start:end] = replaced(bytes(out[start:end]), name, *change)
    memory = Memory(out)
    for address, old, new in DATA_CHANGES:
        memory.change(address, old, new)
    for old, new in NAMES.items():
        memory.redirect(old, new)
    memory.say_int64()
    return bytes(out)


class Memory:
    """The memory that a binary starts with, written in place into its bytes."""

    def __init__(self, binary):
        self.binary = binary
        self.segments = list(data_segments(binary))

    def place(self, address):
        """Return where the binary holds what is at `address`."""
        return next(p + address - a for a, p, size in self.segments if a <= address < a + size)

    def change(self, address, old, new):
        """Put `new` at `address`, where `old` must stand."""
        place = self.place(address)
        found = bytes(self.binary[place : place + len(old)])
        self.binary[place : place + len(old)] = replaced(found, f"address {address}", old, new)

    def address_of(self, text):
        """Return the address of a text."""
        found = self.binary.index(b"\0" + text + b"\0") + 1
        return next(a + found - p for a, p, size in self.segments if p <= found < p + size)

    def redirect(self, old, new):
        """Let the one pointer to the text `old` point to the text `new`."""
        pointer = self.address_of(old).to_bytes(4, "little")
        found = [
            address + self.binary.index(pointer, place, place + size) - place
            for address, place, size in self.segments
            if self.binary.count(pointer, place, place + size) == 1
        ]
        if len(found) != 1:
            raise ValueError(f"not one pointer leads to {old.decode()}")
        self.change(found[0], pointer, self.address_of(new).to_bytes(4, "little"))

    def say_int64(self):
        """Let numbers of NPY_LONG print as np.int64(...)."""
        target = self.address_of(UNUSED)
        self.change(target, UNUSED, INT64_FORMAT.ljust(len(UNUSED), b"\0"))
        entry = FORMATS + 4 * (LONG - UBYTE)
        usual = self.binary[self.place(entry) : self.place(entry) + 4]
        self.change(entry, bytes(usual), target.to_bytes(4, "little"))


def bodies(binary, wanted):
    """Return {name: (start, end)} of the functions called `wanted`."""
    names = function_names(binary)
    code = next(start for kind, start, _ in sections(binary) if kind == CODE)
    count, place = read_number(binary, code)
    found = {}
    for index in range(len(names) - count, len(names)):
        size, place = read_number(binary, place)
        if names[index] in wanted:
            found[names[index]] = (place, place + size)
        place += size
    if missing := wanted - set(found):
        raise ValueError(f"the binary has no function {missing}")
    return found


def data_segments(binary):
    """Yield (address in memory, place in the binary, size) of each data segment."""
    start = next(start for kind, start, _ in sections(binary) if kind == DATA)
    count, place = read_number(binary, start)
    for _ in range(count):
        if binary[place : place + 2] != b"\x00\x41":  # active, its address a constant
            raise ValueError("a data segment has no fixed address")
        address, place = read_number(binary, place + 2)
        size, place = read_number(binary, place + 1)
        yield address, place, size
        place += size
