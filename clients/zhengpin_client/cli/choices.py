"""Values of the contract's enums as people write them: `block`, `red`, `poor_quality`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import typer

from zhengpin_client.importing.native import did_you_mean

Value = TypeVar("Value", bound=int)


def chosen(name: str, what: str, items: Sequence[tuple[str, Value]]) -> Value:
    """Find an enum's value by its short name in any case; `items` are all of the enum, the one for nothing said first.

    An empty name is nothing said.
    """
    unspecified, nothing = items[0]
    if not name:
        return nothing
    prefix = unspecified.removesuffix("UNSPECIFIED")
    known = {each.removeprefix(prefix).lower(): value for each, value in items[1:]}
    if name.lower() not in known:
        raise typer.BadParameter(f"'{name}' is no {what}: {did_you_mean(name.lower(), list(known))}")
    return known[name.lower()]
