"""Where in a title names may stand, and which of them are looked at."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from zhengpin.detectors.lookalikes.folding import folded, is_han, runs, simplified

_MOST_WORDS = 3
_MOST_RUNS = 60
_LONGEST_START = 40
_LONGEST_HAN_NAME = 6
_LETTER_BY_LETTER = re.compile(r"(?<![^\W_])(?:[^\W\d_][\s.*·_-]){2,}[^\W\d_](?![^\W_])")
"""N I K E, N-I-K-E."""


def spelt_out(title: str) -> list[str]:
    """Give the words that the title writes letter by letter."""
    return _LETTER_BY_LETTER.findall(title)


def words_alone(title: str, is_registered: Callable[[str], bool]) -> list[str]:
    """Give the title's words and pieces between signs, up to the most, without any that a true brand name covers."""
    parts = runs(title)[:_MOST_RUNS]
    taken = [False] * len(parts)
    for size in range(min(_MOST_WORDS, len(parts)), 0, -1):
        for start in range(len(parts) - size + 1):
            if is_registered(folded("".join(parts[start : start + size]))):
                taken[start : start + size] = [True] * size
    return [part for part, is_taken in zip(parts, taken, strict=True) if not is_taken]


def start_of(title: str) -> str:
    """Give a title's first word; of Chinese text, in simplified characters, as many as a long name has."""
    first = next(iter(runs(title[:_LONGEST_START])), "")
    return simplified(first)[:_LONGEST_HAN_NAME] if is_han(first) else first


def phrases(parts: Sequence[str]) -> Iterator[str]:
    """Give neighbouring Latin words of a title, longest first, joined by spaces."""
    latin = [part for part in parts if not is_han(part)]
    for size in range(_MOST_WORDS, 0, -1):
        for start in range(len(latin) - size + 1):
            yield " ".join(latin[start : start + size])


def windows(run: str, lengths: Sequence[int]) -> Iterator[tuple[int, str]]:
    """Give the pieces of a run of Chinese characters that are as long as a registered name, with their places."""
    for start in range(len(run)):
        for length in lengths:
            if start + length > len(run):
                break
            yield start, run[start : start + length]
