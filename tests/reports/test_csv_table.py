"""Reading a CSV file: each kind of file has one outcome, and nothing is dropped in silence."""

import csv
import io

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clusterlib.reports.csv_table import TableError, read_table


@pytest.fixture
def read(tmp_path):
    def read_text(text, **options):
        path = tmp_path / "data.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read_table(path, **options)

    return read_text


# ---------------------------------------------------------------- headers and separators


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("a,b\n1,2\n3,5\n", ("a", "b")),
        ("1,2\n3,5\n", ("column 1", "column 2")),
        (",b\n1.5,2\n3,5\n", ("column 1", "b")),  # as pandas writes an index
        ("2019,2020\n1,2\n3,5\n", ("column 1", "column 2")),
        ("a,a,a (2)\n1,2,8\n3,5,9\n", ("a", "a (2)", "a (2) (2)")),
        ('"a, first","say ""b"""\n1,2\n3,5\n', ("a, first", 'say "b"')),
        ("NA,b\n1,2\n3,5\n", ("NA", "b")),
    ],
)
def test_a_header_is_found_by_its_text(read, text, names):
    assert read(text).names == names


def test_a_header_of_numbers_needs_to_be_told(read):
    assert read("2019,2020\n1,2\n3,5\n", header=True).names == ("2019", "2020")
    assert read("2019,2020\n1,2\n3,5\n").rows == 3
    with pytest.raises(TableError, match='column 1": text among numbers, "a" on line 1'):
        read("a\n1\n2\n", header=False)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_separator_is_found(read, delimiter):
    text = delimiter.join(["a", "b", "c"]) + "\n" + delimiter.join(["1.5", "2", "t"]) + "\n"
    table = read(text + delimiter.join(["2.5", "4", "u"]) + "\n")
    assert table.X.tolist() == [[1.5, 2], [2.5, 4]]


def test_a_separator_may_be_given(read):
    assert read("a b\n1 2\n3 5\n", delimiter=" ").X.tolist() == [[1, 2], [3, 5]]
    with pytest.raises(TableError, match="delimiter is ',,'; it must be one character"):
        read("a,,b\n1,,2\n", delimiter=",,")


def test_commas_inside_a_semicolon_file_are_decimal(read):
    table = read("a;b\n1,5;2\n-2,25;1e-3\n0,5;7\n")
    assert table.X.tolist() == [[1.5, 2], [-2.25, 0.001], [0.5, 7]]
    assert table.notes == ("Numbers were read with a decimal comma.",)
    assert read("a\n1,5\n2,5\n").X.tolist() == [[1.5], [2.5]]  # no comma in the header
    assert read("3,5\n1,5\n2,7\n").X.shape == (3, 2)
    assert read("a;b\n1.5;2\n2.5;3\n").notes == ()


def test_a_separator_inside_quotes_is_text(read):
    table = read('place,x\n"Ulm, south",1\n"Ulm, ""north""\nof it",2\n')
    assert table.X.tolist() == [[1], [2]]
    assert table.left_out["place"] == 'text, such as "Ulm, south" on line 2'


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_line_ends_marks_and_blank_lines_do_not_count(read, ending):
    text = ending.join(["a,b", "1,2", "", "   ", "3,5", "", ""])
    assert read(b"\xef\xbb\xbf" + text.encode()).X.tolist() == [[1, 2], [3, 5]]


# ---------------------------------------------------------------- what is left out


def test_rows_with_a_missing_value_are_left_out_and_counted(read):
    missing = ["", "NA", "n/a", "NaN", "?", "null", "#N/A", "  "]
    table = read("a,b\n1,2\n" + "".join(f"4,{word}\n" for word in missing) + "2,3\n" * 9)
    assert (table.rows, table.incomplete) == (18, 8)
    assert table.X.tolist() == [[1, 2]] + [[2, 3]] * 9


def test_a_label_that_is_missing_keeps_its_row(read):
    table = read("a,kind\n1,x\n2,\n3,y\n,x\n", label="kind")
    assert table.labels == ("x", None, "y")
    assert (table.label, table.names, table.incomplete) == ("kind", ("a",), 1)


def test_numbers_can_be_labels(read):
    table = read("a,b,digit\n1,2,0\n2,9,1\n4,7,0\n", label="digit")
    assert table.labels == ("0", "1", "0")
    assert table.names == ("a", "b")


@pytest.mark.parametrize(
    ("name", "cells", "reason"),
    [
        ("t", "uvuvuv", 'text, such as "u" on line 2; its 2 different values can be labels'),
        ("t", "uvwxyz", 'text, such as "u" on line 2'),
        ("t", ["1", "2", "3", "4", "5", "1_000"], 'text among numbers, "1_000" on line 7'),
        ("t", ["7"] * 6, "constant, always 7"),
        ("t", [""] * 6, "no value"),
        ("t", ["1", "", "", "?", "NA", "4"], "4 of 6 values missing"),
        ("t", "123456", "row numbers, from 1 to 6"),
        ("t", "012345", "row numbers, from 0 to 5"),
        ("patient_id", "907152", "an id, whole and different in each row"),
        ("ID", "907152", "an id, whole and different in each row"),
    ],
)
def test_a_column_is_left_out_with_a_reason(read, name, cells, reason):
    rows = "".join(f"{value},{cell}\n" for value, cell in zip("385614", cells, strict=True))
    table = read(f"a,{name}\n{rows}")
    assert table.left_out == {name: reason}
    assert table.names == ("a",)
    assert len(table.X) == 6


@pytest.mark.parametrize("cells", ["907152", "123456", "777777"])
def test_a_column_that_is_asked_for_stays(read, cells):
    text = "a,id\n" + "".join(f"{v},{c}\n" for v, c in zip("385614", cells, strict=True))
    table = read(text, columns=["id"])
    assert table.X.ravel().tolist() == [int(c) for c in cells]
    assert table.left_out == {}


def test_columns_come_in_the_order_asked_for(read):
    table = read("a,b,c\n1,2,3\n4,5,7\n", columns=["c", "a"])
    assert table.X.tolist() == [[3, 1], [7, 4]]


# ---------------------------------------------------------------- errors, one line each


@pytest.mark.parametrize(
    ("text", "options", "message"),
    [
        ("", {}, "the file is empty"),
        (" \n\n", {}, "the file is empty"),
        ("a,b\n", {}, "one line of names and no rows"),
        ("a,b\n1,2\n3\n4,5\n", {}, "line 3 has 1 fields and line 1 has 2"),
        ("a,b\n1,2\n3,4,5\n4,5\n", {}, "line 3 has 3 fields and line 1 has 2"),
        ("a,b\nx,y\nz,y\n", {}, 'no column of numbers is left .*"a": text, such as "x"'),
        ("a,b\n1,NA\nNA,2\n3,NA\nNA,4\n", {}, 'no row is complete; column "a" misses 2 of 4'),
        ("a,b\n1,inf\n2,3\n", {}, "column \"b\" holds 'inf' on line 2"),
        ("a,b\n1,2\n2,-1e999\n", {}, "column \"b\" holds '-1e999' on line 3"),
        ("a,b\n1,2\n2,3\n", {"columns": ["c"]}, 'no column "c"; the columns are "a", "b"'),
        ("a,b\n1,2\n2,3\n", {"label": "c"}, 'no label column "c"; the columns are "a", "b"'),
        ("a,b\n1,2\n2,3\n", {"label": "a", "columns": ["a"]}, '"a" cannot be feature and label'),
        ("a,b\n1,x\n2,x\n", {"columns": ["b"]}, '"b" cannot be clustered: text, such as "x" on'),
        ("a,b\n1,2\n2,3\n", {"columns": []}, "no column is left"),
        (b"a,b\n1,2\n\xe9,3\n", {}, "line 3: byte 0xe9 is no UTF-8"),
        ("a,b\n1,2\n".encode("utf-16"), {}, "line 1: byte 0xff is no UTF-8"),
        ('a,b\n1,"2\n2,3\n', {"delimiter": ","}, "line 3: unexpected end of data"),
        ("a,b\n1," + "x" * 200_000 + "\n", {"delimiter": ","}, "field larger than field limit"),
    ],
)
def test_what_cannot_be_read_is_named(read, text, options, message):
    with pytest.raises(TableError, match=message) as caught:
        read(text, **options)
    assert "\n" not in str(caught.value)


def test_a_file_that_cannot_be_opened(tmp_path):
    with pytest.raises(FileNotFoundError):
        read_table(tmp_path / "nowhere.csv")
    with pytest.raises(IsADirectoryError):
        read_table(tmp_path)


# ---------------------------------------------------------------- any table comes back


NUMBERS = st.lists(
    st.lists(st.floats(-1e6, 1e6), min_size=3, max_size=3), min_size=3, max_size=8
).filter(lambda X: all(len(set(c)) > 1 for c in zip(*X, strict=True)))
NAMES = st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Zl", "Zp"])),
                 min_size=3, max_size=3, unique_by=str.strip)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(X=NUMBERS, names=NAMES, delimiter=st.sampled_from(",;\t|"))
def test_what_was_written_is_read(tmp_path_factory, X, names, delimiter):
    path = tmp_path_factory.mktemp("t") / "data.csv"
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows([names, *X])
    path.write_text(out.getvalue(), encoding="utf-8", newline="")
    table = read_table(path, header=True, delimiter=delimiter, columns=None)
    kept = [i for i, name in enumerate(names) if (name.strip() or f"column {i + 1}") in table.names]
    assert np.array_equal(table.X, np.array(X)[:, kept])
    assert len(kept) + len(table.left_out) == 3
