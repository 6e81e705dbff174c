"""The reader's own table, read in the page."""

import sys

import numpy as np
import pytest
from notebooks import ROOT

sys.path.insert(0, str(ROOT / "live" / "python"))
import own_data


def read(tmp_path, content, name="t.csv"):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return own_data.read_csv(path)


@pytest.mark.parametrize(
    "text",
    ["a,b\n1,2.5\n3,4\n", "a;b\n1;2,5\n3;4\n", "a\tb\n1\t2.5\n3\t4\n", "\ufeffa|b\n1|2.5\n\n3|4\n"],
)
def test_separators_and_decimal_commas(tmp_path, text):
    own = read(tmp_path, text)
    assert own.names == ("a", "b")
    np.testing.assert_array_equal(own.X, [[1, 2.5], [3, 4]])


def test_a_file_without_names(tmp_path):
    assert read(tmp_path, "4,2\n3,9\n").names == ("column 1", "column 2")


def test_what_cannot_be_clustered_is_left_out_with_the_reason(tmp_path):
    own = read(tmp_path, "no,a,same,word,gone,b\n1,5,7,x,,3\n2,6,7,y,,NA\n3,9,7,z,,4\n")
    assert own.names == ("a", "b")
    np.testing.assert_array_equal(own.X, [[5, 3], [9, 4]])
    assert own.notes == (
        "left out: no, it numbers the rows",
        "left out: same, all its values are equal",
        "left out: word, it holds texts",
        "left out: gone, most of its values are missing",
        "left out: 1 rows in which a value is missing",
    )


def test_encodings(tmp_path):
    for encoding in ("utf-8", "cp1252", "utf-16"):
        own = read(tmp_path, "größe,b\n1.5,2\n3,9\n".encode(encoding))
        assert own.names == ("größe", "b")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "empty"),
        ("a,b\n", "0 rows"),
        ("a,b\n1,2\n", "1 rows"),
        ("a,b\nx,y\nz,w\n", "no column of numbers"),
        ("a,b\n1,\n,2\n3,\n,4\n", "complete rows"),
        (b"PK\x03\x04\x00\x00", "not a text"),
    ],
)
def test_what_is_no_table_is_refused_in_a_sentence(tmp_path, content, message):
    with pytest.raises(ValueError, match=message):
        read(tmp_path, content)
