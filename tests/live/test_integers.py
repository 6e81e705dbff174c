"""The pages' NumPy has the integers of a computer with 64 bits."""

import integers
import pytest
from wasm import CODE, CUSTOM, DATA, write_number


def section(kind, contents):
    return bytes([kind]) + write_number(len(contents)) + contents


def counted(items):
    return write_number(len(items)) + b"".join(items)


def sized(contents):
    return write_number(len(contents)) + contents


def program(bodies, segment, address):
    """Return a binary with the functions `bodies`, by name, and one data segment."""
    names = counted([write_number(i) + sized(n.encode()) for i, n in enumerate(bodies)])
    at = b"\x00\x41" + write_number(address) + b"\x0b"
    return b"".join(
        (
            b"\x00asm\x01\x00\x00\x00",
            section(CODE, counted([sized(body) for body in bodies.values()])),
            section(DATA, counted([at + sized(segment)])),
            section(CUSTOM, b"\x04name\x01" + sized(names)),
        )
    )


def test_functions_are_found_by_name():
    binary = program({"first": b"abc", "second": b"defg"}, b"", 0)
    found = integers.bodies(binary, {"second"})
    assert {name: binary[a:b] for name, (a, b) in found.items()} == {"second": b"defg"}
    with pytest.raises(ValueError, match="has no function"):
        integers.bodies(binary, {"third"})


def test_a_change_must_fit_its_place():
    assert integers.replaced(b"abcabc", "here", b"b", b"x", 2) == b"axcaxc"
    with pytest.raises(ValueError, match="here holds 62 2 times, not 1"):
        integers.replaced(b"abcabc", "here", b"b", b"x")
    with pytest.raises(ValueError, match="here holds 62"):
        integers.replaced(b"b", "here", b"b", b"longer")


def test_a_name_is_changed_by_its_one_pointer():
    old, new = 4096 + 1, 4096 + 5
    text = b"\0old\0new\0" + old.to_bytes(4, "little")
    memory = integers.Memory(bytearray(program({}, text, 4096)))
    memory.redirect(b"old", b"new")
    assert memory.binary.count(b"\0old\0new\0" + new.to_bytes(4, "little")) == 1
    with pytest.raises(ValueError, match="not one pointer leads to old"):
        memory.redirect(b"old", b"new")
