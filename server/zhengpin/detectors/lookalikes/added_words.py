"""Words that are put to a brand's name to make a name of one's own: 小米新品, Sharp Pioneer.

Names of goods (手机, Air Max) and of the brand's own shops (旗舰店, Store) are no such words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from zhengpin.detectors.lookalikes.folding import folded, is_han, runs
from zhengpin.detectors.lookalikes.ordinary import lines_of

_FEWEST_LETTERS = 4
"""Shorter words end many a name."""
_ONE_CHARACTER = "新老真小大王牌"
_FEWEST_FOR_ONE_CHARACTER = 3


def bare_names(name: str) -> Iterator[str]:
    """Give what a name may be without its added words, folded; nothing if it has none."""
    parts = [folded(part) for part in runs(name)]
    yield from _without_words(parts)
    whole = "".join(parts)
    yield from _without_affix(whole, (word for word in _words() if is_han(word) or len(word) >= _FEWEST_LETTERS))
    if is_han(whole) and len(whole) > _FEWEST_FOR_ONE_CHARACTER:
        yield from _without_affix(whole, _ONE_CHARACTER)


def _without_words(parts: list[str]) -> Iterator[str]:
    for start in range(len(parts)):
        for end in range(len(parts), start, -1):
            rest = "".join(parts[:start]), "".join(parts[end:])
            if any(rest) and all(each in _words() for each in rest if each):
                yield "".join(parts[start:end])


def _without_affix(whole: str, words: Iterable[str]) -> Iterator[str]:
    for word in words:
        if len(whole) <= len(word) + 1:
            continue
        if whole.endswith(word):
            yield whole[: -len(word)]
        if whole.startswith(word):
            yield whole[len(word) :]


@cache
def _words() -> frozenset[str]:
    return frozenset(word for line in lines_of("added.txt") for word in line.split())
