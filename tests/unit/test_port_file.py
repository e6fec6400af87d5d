"""The file that tells on which port a server takes calls."""

from __future__ import annotations

from pathlib import Path

import pytest

from zhengpin.__main__ import _write_at_once
from zhengpin.errors import InvalidSettings


def test_what_was_there_is_replaced_and_nothing_else_is_left(tmp_path: Path) -> None:
    for port in ("7443\n", "7444\n"):
        _write_at_once(tmp_path / "port", port)
    assert [(each.name, each.read_text("utf-8")) for each in tmp_path.iterdir()] == [("port", "7444\n")]


def test_a_file_that_can_not_be_written_is_named_with_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "absent" / "port"
    with pytest.raises(InvalidSettings) as caught:
        _write_at_once(path, "7443\n")
    remedy = "let this user write there, or name another file"
    assert str(caught.value) == f"{path} can't be written: No such file or directory: {remedy}"
