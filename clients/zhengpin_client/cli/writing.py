"""Files that commands write where a person says: one that can't be written is an error of one line."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import typer

from zhengpin_client.errors import ZhengpinError
from zhengpin_client.importing.rows import UnusableFile
from zhengpin_client.report.pages import check_extra


class CannotWrite(ZhengpinError):
    """A file or folder can't be written."""

    def __init__(self, path: str, reason: str) -> None:
        """Name it, and what the system says of it."""
        super().__init__(f"can't write {path}: {reason}")
        self.path = path
        self.reason = reason


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Write to this path, or below it; raises CannotWrite where the system refuses."""
    try:
        yield
    except OSError as error:
        raise CannotWrite(str(error.filename or path), error.strerror or str(error)) from None


def write_page(path: Path, page: str) -> None:
    """Write a page; raises CannotWrite where the system refuses."""
    with writing(path):
        path.write_text(page, encoding="utf-8")


def able_to_draw() -> None:
    """Refuse to begin where pages can't be made; raises `BadParameter`, which says what to install."""
    try:
        check_extra()
    except UnusableFile as error:
        raise typer.BadParameter(str(error)) from None
