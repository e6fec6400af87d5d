"""What `--help` says of each command can be read in a terminal of 80 columns."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import Any

import pytest
import typer

from zhengpin.__main__ import app as server
from zhengpin_client.cli.app import app as client

WIDTH = 78
"""Rich keeps the line breaks of all paragraphs but the first, and a column on each side."""


def commands(command: Any, *path: str) -> Iterator[tuple[str, str]]:
    """Each command with its help, those of groups too."""
    yield " ".join(path), inspect.cleandoc(command.help or "")
    for name, each in getattr(command, "commands", {}).items():
        yield from commands(each, *path, name)


HELPS = [
    *commands(typer.main.get_command(client), "zhengpin"),
    *commands(typer.main.get_command(server), "zhengpin-server"),
]


@pytest.mark.parametrize(("command", "said"), HELPS, ids=[command for command, _ in HELPS])
def test_no_line_of_a_commands_help_is_broken_twice(command: str, said: str) -> None:
    _, *others = said.split("\n\n")
    broken = [line for paragraph in others if "\n" in paragraph for line in paragraph.split("\n") if len(line) > WIDTH]
    assert not broken, command
