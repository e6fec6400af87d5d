"""How a process logs: several workers write to one standard error."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Generator

import pytest
import structlog

from zhengpin.logs import set_up_logs
from zhengpin.settings import Settings


class _Errors(io.StringIO):
    """Standard error as `PYTHONUNBUFFERED` makes it: each write is a system call."""

    def __init__(self) -> None:
        super().__init__()
        self.written: list[str] = []

    def write(self, text: str) -> int:
        self.written.append(text)
        return len(text)


@pytest.fixture
def log_as(monkeypatch: pytest.MonkeyPatch) -> Generator[Callable[[str], list[str]]]:
    """Worker 2 logs in a form; gives what is written to standard error from then on, write by write."""

    def begin(form: str) -> list[str]:
        stream = _Errors()
        monkeypatch.setattr("sys.stderr", stream)  # in the test: pytest puts its own there before each phase
        set_up_logs(Settings.model_validate({"log_form": form}), worker=2)
        return stream.written

    yield begin
    structlog.reset_defaults()


@pytest.mark.parametrize("form", ["json", "console"])
def test_a_line_and_its_end_are_one_write(log_as: Callable[[str], list[str]], form: str) -> None:
    """Else the line of another worker comes between them."""
    written = log_as(form)
    structlog.get_logger().info("started", port=1)
    (line,) = written
    assert line.endswith("\n")
    assert line.count("\n") == 1


def test_a_worker_names_itself(log_as: Callable[[str], list[str]]) -> None:
    written = log_as("json")
    structlog.get_logger().info("started", port=1)
    assert {"event": "started", "worker": 2, "port": 1}.items() <= json.loads(written[0]).items()
