from __future__ import annotations

from pathlib import Path

import pytest

from zhengpin_client.importing.rows import BadRow, Row, UnusableFile
from zhengpin_client.importing.sources import Source, open_source


def read(folder: Path, content: bytes, encoding: str | None = None, delimiter: str | None = None) -> list[Row | BadRow]:
    file = folder / "shop.csv"
    file.write_bytes(content)
    return list(Source(file, "csv", encoding, delimiter).rows())


def cells(rows: list[Row | BadRow]) -> list[dict[str, object]]:
    return [dict(row.cells) for row in rows if isinstance(row, Row)]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_told_from_the_header(tmp_path: Path, delimiter: str) -> None:
    rows = read(tmp_path, delimiter.join(["id", "name"]).encode() + b"\n" + delimiter.join(["1", "a b"]).encode())

    assert cells(rows) == [{"id": "1", "name": "a b"}]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_byte_order_mark_tells_the_encoding(tmp_path: Path, encoding: str) -> None:
    assert cells(read(tmp_path, "编号,名称\n1,正品\n".encode(encoding))) == [{"编号": "1", "名称": "正品"}]


@pytest.mark.parametrize("encoding", ["gb18030", "latin-1", "cp1252"])
def test_any_encoding_can_be_given(tmp_path: Path, encoding: str) -> None:
    text = "正品" if encoding == "gb18030" else "Tinta é"

    assert cells(read(tmp_path, f"id,name\n1,{text}\n".encode(encoding), encoding)) == [{"id": "1", "name": text}]


def test_a_line_break_inside_quotes_belongs_to_the_text_and_lines_are_still_counted(tmp_path: Path) -> None:
    rows = read(tmp_path, b'id,name\r\n1,"a\r\nb"\r\n\r\n2,c\r\n')

    assert [(row.line, row.cells) for row in rows if isinstance(row, Row)] == [
        (2, {"id": "1", "name": "a\r\nb"}),
        (5, {"id": "2", "name": "c"}),
    ]


def test_a_quote_that_is_never_closed_costs_one_row_and_no_more(tmp_path: Path) -> None:
    bad, *good = read(tmp_path, b'id,name\n1,"open\n2,b\n3,c\n')

    assert str(bad) == (
        "shop.csv:2: unexpected end of data: is a quote opened and not closed, or not doubled inside a text?"
    )
    assert isinstance(bad, BadRow)
    assert bad.original == '1,"open'
    assert [(row.line, row.cells["name"]) for row in good if isinstance(row, Row)] == [(3, "b"), (4, "c")]


def test_a_row_with_too_many_cells_is_named_with_its_line(tmp_path: Path) -> None:
    good, bad = read(tmp_path, b"id,name\n1,a\n2,b,c\n")

    assert isinstance(good, Row)
    assert str(bad) == (
        "shop.csv:3: 3 cells where the header has 2: is a ',' or a line break inside a text that isn't quoted?"
    )


def test_bytes_of_another_encoding_spoil_their_own_row_only(tmp_path: Path) -> None:
    bad, good = read(tmp_path, b"id,name\n1,caf\xe9\n2,b\n")

    assert str(bad) == "shop.csv:2: column 'name' is not utf-8: name the file's encoding with --encoding"
    assert isinstance(bad, BadRow)
    assert bad.original == {"id": "1", "name": "caf\\xe9"}
    assert isinstance(good, Row)


@pytest.mark.parametrize(
    ("content", "wrong"),
    [
        (b"", "is empty: its first line must name the columns"),
        (b"id,id,name\n", "the columns 'id' stand twice in the header: rename one"),
    ],
)
def test_a_file_without_a_usable_header_is_refused(tmp_path: Path, content: bytes, wrong: str) -> None:
    with pytest.raises(UnusableFile, match=wrong):
        read(tmp_path, content)


def test_an_unknown_ending_asks_for_the_format(tmp_path: Path) -> None:
    file = tmp_path / "shop.xlsx"
    file.write_bytes(b"")

    with pytest.raises(UnusableFile, match="give --format csv, jsonl or parquet"):
        open_source(file, None, None, None)
