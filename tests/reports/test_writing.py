"""A file is written whole or not at all."""

import contextlib
import errno
import os

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


@contextlib.contextmanager
def no_file_beyond(size):
    """Let no file of this process grow beyond `size` bytes, as on a disk that is nearly full."""
    resource = pytest.importorskip("resource")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@contextlib.contextmanager
def without_rights():
    """Give up the right of root to write anywhere."""
    user = os.geteuid()
    if not user:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(user)


def test_a_full_disk_leaves_what_was_there(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("old")
    with no_file_beyond(1000), pytest.raises(OSError, match=r"a\.txt") as caught:
        write_whole(path, "new" * 1000)
    assert caught.value.errno == errno.EFBIG
    assert caught.value.filename == str(path)
    assert path.read_text() == "old"
    assert [file.name for file in tmp_path.iterdir()] == ["a.txt"]


@pytest.mark.skipif(os.name != "posix", reason="folders of other systems have other rights")
def test_a_folder_that_may_not_be_written_is_named_with_the_file(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("old")
    tmp_path.chmod(0o555)
    try:
        with without_rights(), pytest.raises(PermissionError) as caught:
            write_whole(path, "new")
    finally:
        tmp_path.chmod(0o755)
    assert caught.value.filename == str(path)
    assert path.read_text() == "old"
    assert [file.name for file in tmp_path.iterdir()] == ["a.txt"]
