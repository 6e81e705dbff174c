"""A file is written whole or not at all."""

import pytest

from clusterlib.reports.writing import write_whole


def test_line_ends_are_kept_as_asked(tmp_path):
    write_whole(tmp_path / "a.csv", "a\r\nb\n", newline="")
    assert (tmp_path / "a.csv").read_bytes() == b"a\r\nb\n"


def test_what_was_there_stays_when_writing_fails(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("old")
    with pytest.raises(UnicodeEncodeError):
        write_whole(path, "new \ud800")
    assert path.read_text() == "old"
    assert [file.name for file in tmp_path.iterdir()] == ["a.txt"]
