"""Reading a CSV file: each kind of file has one outcome, and nothing is dropped in silence."""

import csv
import gzip
import io
import itertools
import zipfile

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clusterlib.reports.columns import SENTINELS
from clusterlib.reports.tables import TableError, read_table, table_of


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
        ("2019,2020\n1,2\n3,5\n", ("2019", "2020")),
        ("0,1,2\n1.5,2,8\n3,5,9\n", ("0", "1", "2")),  # as pandas writes no names
        ("2019,2021\n2019,2021\n2018,5\n", ("column 1", "column 2")),
        ("a,a,a (2)\n1,2,8\n3,5,9\n", ("a", "a (2)", "a (2) (2)")),
        ('"a, first","say ""b"""\n1,2\n3,5\n', ("a, first", 'say "b"')),
        ("NA,b\n1,2\n3,5\n", ("NA", "b")),
    ],
)
def test_a_header_is_found_by_its_text(read, text, names):
    assert read(text).names == names


def test_a_header_can_be_told(read):
    assert read("2019,2020\n1,2\n3,5\n", header=True).names == ("2019", "2020")
    assert read("2019,2020\n1,2\n3,5\n", header=False).rows == 3
    with pytest.raises(TableError, match='column 1": text among numbers, "a" in row 1'):
        read("a\n1\n2\n", header=False)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_separator_is_found(read, delimiter):
    text = delimiter.join(["a", "b", "c"]) + "\n" + delimiter.join(["1.5", "2", "t"]) + "\n"
    table = read(text + delimiter.join(["2.5", "4", "u"]) + "\n")
    assert table.X.tolist() == [[1.5, 2], [2.5, 4]]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", " "])
def test_long_numbers_are_read(read, delimiter):
    """Each separator is tried on whole lines of digits, whose readings must not multiply."""
    wanted = [[(i * i + 3 * j * i) % 11 for j in range(8)] for i in range(1, 6)]
    rows = [delimiter.join(f"{x}.{'3' * 40}e-01" for x in row) for row in wanted]
    table = read("\n".join([delimiter.join("abcdefgh"), *rows, ""]))
    assert pytest.approx(np.array(wanted) / 10 + 1 / 30) == table.X


def test_a_separator_may_be_given(read):
    assert read("a b\n1 2\n3 5\n", delimiter=" ").X.tolist() == [[1, 2], [3, 5]]
    with pytest.raises(TableError, match="delimiter is ',,'; it must be one character"):
        read("a,,b\n1,,2\n", delimiter=",,")


def test_commas_inside_a_semicolon_file_are_decimal(read):
    table = read("a;b\n1,5;2\n-2,25;1e-3\n0,5;7\n")
    assert table.X.tolist() == [[1.5, 2], [-2.25, 0.001], [0.5, 7]]
    assert "decimal comma" in table.verdicts[0].reason
    assert read("a\n1,5\n2,5\n").X.tolist() == [[1.5], [2.5]]  # no comma in the header
    assert read("3,5\n1,5\n2,7\n").X.shape == (3, 2)
    assert read("a;b\n1.5;2\n2.5;3\n").notes == ()


def test_a_separator_inside_quotes_is_text(read):
    table = read('place,x\n"Ulm, south",1\n"Ulm, ""north""\nof it",2\n')
    assert table.X.tolist() == [[1], [2]]
    assert table.row_names == ("Ulm, south", 'Ulm, "north"\nof it')


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
        ("t", "uvuvuv", 'text, such as "u" in row 1; 2 classes, --label compares with them'),
        ("t", "uvwxyz", "the names of the rows"),
        (
            "t",
            ["1", "2", "3", "4", "5_0", "1_000"],
            'text among numbers, "5_0" in row 5; name the word with --missing if it means no value',
        ),
        ("t", ["7"] * 6, "constant, always 7"),
        ("t", [""] * 6, "no value"),
        ("t", ["1", "", "", "?", "NA", "4"], "4 of 6 values missing"),
        ("t", "123456", "row numbers, from 1 to 6"),
        ("t", "012345", "row numbers, from 0 to 5"),
        ("patient_id", "907152", "the names of the rows"),
        ("ID", "907152", "the names of the rows"),
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
    assert table.left_out == {"a": "not asked for"}


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
        ("a,b\n1,2\n3\n4,5\n", {}, "line 3 has 1 fields and the first has 2"),
        ("a,b\n1,2\n3,4,5\n4,5\n", {}, "line 3 has 3 fields and the first has 2"),
        ("a,b\nx,y\nz,y\n", {}, 'no column of numbers is left .*"b": text, such as "y"'),
        ("a,b\n1,inf\n2,3\n", {}, "column \"b\" holds 'inf' in row 1"),
        ("a,b\n1,2\n2,-1e999\n", {}, "column \"b\" holds '-1e999' in row 2"),
        ("a,b\n1,2\n2,3\n", {"columns": ["c"]}, 'no column "c"; the columns are "a", "b"'),
        ("a,b\n1,2\n2,3\n", {"label": "c"}, 'no label column "c"; the columns are "a", "b"'),
        ("a,b\n1,2\n2,3\n", {"label": "a", "columns": ["a"]}, '"a" cannot be feature and label'),
        ("a,b\n1,x\n2,x\n", {"columns": ["b"]}, '"b" cannot be clustered: text, such as "x" in'),
        ("a,b\n1,2\n2,3\n", {"columns": []}, "no column is left"),
        ('a,b\n1,"2\n2,3\n', {"delimiter": ","}, "told apart: unexpected end of data"),
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
    with pytest.raises(TableError, match="this is a folder"):
        read_table(tmp_path)
    with pytest.raises(TableError, match="this is an address"):
        read_table("https://example.com/data.csv")


# ---------------------------------------------------------------- any table comes back


# Numbers that may stand for a missing value, such as 99, have tests of their own.
MEASURED = st.floats(-1e6, 1e6).filter(lambda x: x not in SENTINELS)
NUMBERS = st.lists(st.lists(MEASURED, min_size=3, max_size=3), min_size=3, max_size=8).filter(
    lambda X: all(len(set(c)) > 1 for c in zip(*X, strict=True))
)
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
    if names[0].startswith("#"):  # a header in a comment is one all the same, without the sign
        names = [names[0].lstrip("#"), *names[1:]]
    kept = [i for i, name in enumerate(names) if (name.strip() or f"column {i + 1}") in table.names]
    assert np.array_equal(table.X, np.array(X)[:, kept])
    assert len(kept) + len(table.left_out) == 3


@pytest.mark.parametrize("header", [True, None])
def test_a_header_in_a_comment_costs_no_row(tmp_path, header):
    path = tmp_path / "t.csv"
    path.write_text("#a,b\n1.5,2\n3.5,7\n2,5\n")
    table = read_table(path, header=header)
    assert table.names == ("a", "b")
    assert table.X.tolist() == [[1.5, 2], [3.5, 7], [2, 5]]
    path.write_text("# from, vets\na,b\n1.5,2\n3.5,7\n2,5\n")
    assert read_table(path, header=True).names == ("a", "b")


# ---------------------------------------------------------------- files of all kinds


ROWS = "name,kg,cm\nTom,4.25,46\nRex,31.5,60\nIda,0.875,20\nBob,7.5,33\n"
X = [[4.25, 46], [31.5, 60], [0.875, 20], [7.5, 33]]


def zipped(**files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return out.getvalue()


def workbook(**sheets):
    out = io.BytesIO()
    with pd.ExcelWriter(out) as writer:
        for name, text in sheets.items():
            pd.read_csv(io.StringIO(text)).to_excel(writer, sheet_name=name, index=False)
    return out.getvalue()


def parquet(text):
    out = io.BytesIO()
    pd.read_csv(io.StringIO(text)).to_parquet(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "note"),
    [
        (ROWS, None),
        (gzip.compress(ROWS.encode()), None),
        (zipped(a=ROWS), "The table is a inside the zip."),
        (workbook(pets=ROWS), None),
        (workbook(pets=ROWS, other="a,b\n1,2\n"), "The table is sheet pets"),
        (parquet(ROWS), None),
        (ROWS.encode("utf-16"), "encoded in UTF-16"),
        (ROWS.encode("utf-16-be").join([b"\xfe\xff", b""]), "encoded in UTF-16"),
        (ROWS.encode("utf-8-sig"), None),
        (ROWS.replace("Tom", "Töm").encode("latin-1"), "read as cp1252"),
        ("# from the vet\n# in 2024\n" + ROWS, "2 comment lines"),
        (ROWS.replace(",", "  "), "separated by spaces"),
        (ROWS.replace(",", "\t"), None),
        ("sep=;\n" + ROWS.replace(",", ";"), None),
        (ROWS.replace(",", ";").replace(".", ","), None),
        (ROWS.replace("Tom", ",kg,cm\nTom"), "holds units (kg, cm)"),
        (ROWS + "Total,44.125,159\n", 'Row 5 says "Total"'),
        (ROWS.replace("\n", "\r\n"), None),
        (ROWS.replace("name,", "").replace(",", " "), "separated by spaces"),  # as R writes it
    ],
    ids=map(str, itertools.count()),  # a workbook holds the time of its making
)
def test_a_file_of_any_kind_gives_the_same_table(read, content, note):
    table = read(content)
    assert table.X.tolist() == X
    assert table.names == ("kg", "cm")
    assert [name[0] for name in table.row_names] == ["T", "R", "I", "B"]
    assert table.records.tolist() == [1, 2, 3, 4]
    assert any(note in said for said in table.notes) if note else table.notes == ()


@pytest.mark.parametrize(
    ("cells", "values", "said"),
    [
        (["42,024", "1,050", "3,100,000"], [42024, 1050, 3100000], "thousands separators"),
        (["$49,067.49", "$1.50", "-$3"], [49067.49, 1.5, -3], "currency $"),
        (["58.8%", "5 %", "7%"], [58.8, 5, 7], "percent"),
        (["21.878,50", "1.002,25", "3,5"], [21878.5, 1002.25, 3.5], "decimal comma"),
        (["1 kg", "2.5 kg", "4 kg"], [1, 2.5, 4], "unit kg"),
        (["1 000", "2 500", "12 000"], [1000, 2500, 12000], "thousands separators"),
        (["(12.5)", "3.5", "4.5"], [-12.5, 3.5, 4.5], ""),
        (["€ 3", "€ 4.5", "€ 9"], [3, 4.5, 9], "currency €"),
        (["1e3", "2.5E-1", "7"], [1000, 0.25, 7], ""),
        (["−3", "4", "7"], [-3, 4, 7], ""),
        ([".5", "4.", "7"], [0.5, 4, 7], ""),
    ],
    ids=lambda value: str(value)[:20],
)
def test_numbers_as_people_write_them(read, cells, values, said):
    out = io.StringIO(newline="")
    csv.writer(out).writerows([["a", "b"], *zip(cells, "385", strict=True)])
    table = read(out.getvalue())
    assert table.X[:, 0] == pytest.approx(values)
    assert said in table.verdicts[0].reason


@pytest.mark.parametrize("word", ["n.a.", "-", "None", "missing", "kaputt", "#DIV/0!"])
def test_one_word_for_a_missing_value_drops_its_row_only(read, word):
    text = "a,b\n" + "".join(f"{i * 7 % 31},{i * i}\n" for i in range(30)) + f"{word},5\n"
    table = read(text)
    assert (table.names, table.rows, table.incomplete) == (("a", "b"), 31, 1)


def test_a_sentinel_is_a_missing_value(read):
    text = "a,b\n" + "".join(f"{i * 7 % 31},{i * i}\n" for i in range(30)) + "-999,5\n"
    table = read(text)
    assert (table.rows, table.incomplete) == (31, 1)
    assert "-999 in 1 rows taken as missing" in table.verdicts[0].reason


@pytest.mark.parametrize(
    ("name", "cells", "reason"),
    [
        ("year", [2007, 2008, 2009], "years, from 2007 to 2009"),
        ("sex", [0, 1], "codes: only 2 different whole numbers"),
        ("target", [0, 1, 2], "3 class labels"),
        ("zip", [10115, 20095, 50667, 80331], "its name says that it holds codes"),
        ("Sample Number", range(1, 11), "its name says that it is a number of something"),
    ],
)
def test_a_doubtful_column_waits_until_it_is_asked_for(read, name, cells, reason):
    cells = [c for c in cells for _ in range(40 // len(cells))]
    lines = [f"{i * 7 % 41 / 4},{i * 13 % 37 / 8},{c}" for i, c in enumerate(cells)]
    text = f"a,b,{name}\n" + "\n".join(lines)
    table = read(text)
    assert table.names == ("a", "b")
    assert table.verdicts[2].use == "doubtful"
    assert reason in table.verdicts[2].reason
    assert read(text, columns=["a", name]).names == ("a", name)


def test_a_table_of_codes_only_is_used(read):
    text = "q1,q2\n" + "".join(f"{i % 5 + 1},{i // 2 % 5 + 1}\n" for i in range(60))
    table = read(text)
    assert table.names == ("q1", "q2")
    assert all("nothing else is left" in v.reason for v in table.verdicts)


def test_a_duplicate_counts_once(read):
    text = "a,b,inches\n" + "".join(
        f"{v},{i * i % 17},{v / 2.54}\n" for i, v in enumerate(range(3, 43))
    )
    table = read(text)
    assert table.names == ("a", "b")
    assert table.left_out == {"inches": "almost the same numbers as a"}


@pytest.mark.parametrize(
    ("content", "options", "message"),
    [
        (zipped(a=ROWS, b=ROWS), {}, r"the zip holds 2 files \(a, b\)"),
        (gzip.compress(ROWS.encode())[:30], {}, "the gzip file is damaged"),
        (workbook(pets=ROWS), {"sheet": "birds"}, "no sheet 'birds'; the sheets are pets"),
        (ROWS, {"sheet": "birds"}, "only a workbook has sheets"),
        (ROWS, {"encoding": "klingon"}, "there is no encoding 'klingon'"),
        ("é".encode(), {"encoding": "ascii"}, "byte 0 of the file is no ascii"),
        (bytes(range(256)), {}, "this is no table"),
        ("# nothing\n# here\n", {}, "comments only"),
        (ROWS, {"decimal": ";"}, "the decimal sign is ';'"),
        (ROWS, {"log": ["name"]}, 'column "name" has no logarithms'),
        (ROWS, {"names": "who"}, 'no column of names "who"'),
        (b"PAR1 is not enough", {}, "this Parquet file cannot be read"),
    ],
    ids=map(str, itertools.count()),
)
def test_a_file_that_is_no_table_is_named(read, content, options, message):
    with pytest.raises(TableError, match=message) as caught:
        read(content, **options)
    assert "\n" not in str(caught.value)


def test_options_choose_columns_and_names(read):
    table = read(ROWS, exclude=["cm"], log=["kg"], names="cm")
    assert table.X.ravel() == pytest.approx(np.log10([4.25, 31.5, 0.875, 7.5]))
    assert table.row_names == ("46", "60", "20", "33")


def test_a_data_frame_is_judged_as_a_file():
    frame = pd.read_csv(io.StringIO(ROWS)).set_index("name").assign(day=pd.Timestamp("2024-01-01"))
    frame.loc["Rex", "kg"] = None
    table = table_of(frame)
    assert table.X.tolist() == [X[0], X[2], X[3]]
    assert table.row_names == ("Tom", "Ida", "Bob")
    assert "dates" in table.left_out["day"]
