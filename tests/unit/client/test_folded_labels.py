"""Labels of graphs, which stand beside one another."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from zhengpin_client.report.drawing import folded


@pytest.mark.parametrize(
    ("label", "lines"),
    [
        ("Acme", ["Acme"]),
        ("Acme Kettles Limited", ["Acme", "Kettles", "Limited"]),
        ("义乌市小商品城贸易行", ["义乌市小", "商品城贸", "易行"]),
        ("supplier-0001-branch-b-more", ["supplier", "-0001-br", "anch-b-…"]),
        ("Old Tea and Kettle Works", ["Old Tea", "and", "Kettle…"]),
    ],
)
def test_a_label_is_broken_between_words_or_else_anywhere(label: str, lines: list[str]) -> None:
    assert folded(label, 8, 3).split("\n") == lines


@given(st.text("ab 义乌、", max_size=40))
def test_no_line_is_wider_than_its_place(label: str) -> None:
    lines = folded(label, 8, 2).split("\n")
    assert len(lines) <= 2
    assert all(cell_len(line) <= 8 for line in lines)
