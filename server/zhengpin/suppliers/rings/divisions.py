"""Provinces and cities of China, as names and addresses begin with them."""

from __future__ import annotations

from functools import cache
from typing import Final

from zhengpin.suppliers.rings.text_table import spoken
from zhengpin.suppliers.rings.words import words_of

_LONG_IN_LETTERS: Final = 7
"""A shorter one may be the start of another word."""
_LEVELS: Final = ("特别行政区", "壮族自治区", "回族自治区", "维吾尔自治区", "自治区", "省", "市")

_OTHERS: Final = "区县旗镇乡路街道巷"
"""What follows the name of a city where it is a district's or a road's: 北京市朝阳区, 南京路."""


def without_region(name: str) -> tuple[str, str]:
    """Part a folded name into the province or city at its start, in pinyin, and the rest; the narrower of both stands.

    Nothing is taken from a name of which nothing would be left.
    """
    region, rest = "", name
    while found := _first_division(rest):
        without = rest[len(found) :]
        after = next((without[len(level) :] for level in _LEVELS if without.startswith(level)), without)
        if not after or without[0] in _OTHERS:
            break
        region, rest = spoken(found), after
    return region, rest


def is_region(name: str) -> bool:
    """Whether the folded name is that of a province or city and nothing else."""
    found = _first_division(name)
    return bool(found) and name[len(found) :] in ("", *_LEVELS)


def _first_division(name: str) -> str:
    """Give the longest division that the name starts with, as it stands there."""
    table = _by_start()
    return next((name[:size] for size in range(min(len(name), 12), 1, -1) if name[:size] in table), "")


@cache
def _by_start() -> frozenset[str]:
    written = words_of("divisions.txt")
    latin = frozenset(each for each in map(spoken, written) if len(each) >= _LONG_IN_LETTERS)
    return written | latin
