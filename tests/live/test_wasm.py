"""The pages' binary: what stays, what goes, and the limit of its memory."""

import pytest
import wasm


@pytest.mark.parametrize("number", [0, 1, 127, 128, 300, 8192, 2**32 - 1])
def test_numbers_come_back(number):
    data = wasm.write_number(number)
    assert wasm.read_number(b"\x00" + data, 1) == (number, 1 + len(data))


def section(kind, contents):
    return bytes([kind]) + wasm.write_number(len(contents)) + contents


def name_section(names):
    entries = b"".join(
        wasm.write_number(i) + wasm.write_number(len(n)) + n.encode() for i, n in names.items()
    )
    entries = wasm.write_number(len(names)) + entries
    body = bytes([1]) + wasm.write_number(len(entries)) + entries
    return section(wasm.CUSTOM, b"\x04name" + body)


def test_unused_functions_are_emptied_and_the_memory_is_limited(monkeypatch):
    body = bytes([5, 0, 1, 1, 1, 0x0B])  # size, no locals, three nops, end
    code = section(wasm.CODE, b"\x03" + 3 * body)
    memory = section(wasm.MEMORY, b"\x01\x00\x02")
    head = b"\x00asm\x01\x00\x00\x00"
    data = section(wasm.DATA, b"\x00")
    names = name_section({0: "keep", 1: "unused", 2: "_PyShared"})
    monkeypatch.setattr(wasm, "unused_ranges", lambda names: [(1, 3)])
    expected_memory = b"\x01\x01\x02" + wasm.write_number(wasm.PAGES_OF_MEMORY)
    assert wasm.trimmed(head + memory + code + data + names) == (
        head
        + section(wasm.MEMORY, expected_memory)
        + section(wasm.CODE, b"\x03" + body + wasm.STUB + body)
    )


def test_a_binary_without_names_is_refused():
    with pytest.raises(ValueError, match="holds no names"):
        wasm.trimmed(b"\x00asm\x01\x00\x00\x00")
