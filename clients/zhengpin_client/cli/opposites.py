"""Two flags that say opposite things, of which exactly one is to be given: neither is safe to assume."""

from __future__ import annotations

import typer


def is_first(**flags: bool) -> bool:
    """Whether the first of two opposite flags was given, rather than the second; both or neither is wrong usage."""
    first, second = flags
    if flags[first] and flags[second]:
        raise typer.BadParameter(f"give --{first} or --{second}, not both")
    if not flags[first] and not flags[second]:
        raise typer.BadParameter(f"give --{first} or --{second}")
    return flags[first]
