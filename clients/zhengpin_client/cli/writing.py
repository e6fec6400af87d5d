"""Files that commands write where a person says: one that can't be written is an error of one line."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from zhengpin_client.errors import ZhengpinError


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
