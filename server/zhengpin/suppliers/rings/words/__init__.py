"""Words that names and addresses are made of: one list a file, a line a group, `#` for remarks."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def lines_of(name: str) -> tuple[tuple[str, ...], ...]:
    """Give the words of each line."""
    text = files(__name__).joinpath(name).read_text(encoding="utf-8")
    return tuple(tuple(line.split()) for line in text.splitlines() if line.strip() and not line.startswith("#"))


def words_of(name: str) -> frozenset[str]:
    """Give all words of a list."""
    return frozenset(word for line in lines_of(name) for word in line)
