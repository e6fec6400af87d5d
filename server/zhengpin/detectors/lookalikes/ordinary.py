"""What is no imitation although it is close to a brand: words of the language, and other makers' well-known names."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from zhengpin.detectors.lookalikes.folding import folded

_WORDS = files("zhengpin.detectors.lookalikes").joinpath("words")


def lines_of(file: str) -> Iterator[str]:
    """Give the lines of one of the package's lists, without its remarks."""
    text = _WORDS.joinpath(file).read_text(encoding="utf-8")
    return (line for line in text.splitlines() if line and not line.startswith("#"))


@cache
def words() -> frozenset[str]:
    """Give ordinary words, and names of people and places, folded."""
    return frozenset(
        word for file in ("english.txt", "chinese.txt") for line in lines_of(file) for word in line.split()
    )


@cache
def marks() -> frozenset[str]:
    """Give the names of well-known makers, folded."""
    return frozenset(folded(name) for line in lines_of("marks.txt") for name in line.split(","))
