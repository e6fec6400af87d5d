"""Who decides: the option that every command shares by which a person changes something."""

from __future__ import annotations

import getpass
from typing import Annotated

import typer


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container's user may have no name
        return "unknown"


ActorOption = Annotated[
    str, typer.Option(default_factory=_user, help="Who decides it.", show_default="the user of this machine")
]
