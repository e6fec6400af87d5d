"""Books: what should be stored and what is stored, in one form, and the breaches between the two."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

from faults.ledger import Breach, Promise
from faults.told_apart import told_apart

Book: TypeAlias = Mapping[Any, Any]
"""Entries by key. A whole number is a count, and one that is missing is 0; anything else is compared as it is."""

Books: TypeAlias = Mapping[str, Book]
"""By what they are about, such as "units sold"."""


def compare(marketplace: str, expected: Books, found: Books) -> tuple[Breach, ...]:
    """Every entry that is missing, differs, or is there without having been asked for."""
    return (*losses(marketplace, expected, found), *_surplus(marketplace, expected, found))


def losses(marketplace: str, expected: Books, found: Books) -> tuple[Breach, ...]:
    """Every expected entry that is missing, smaller or different; what is stored beyond it is let be."""
    return tuple(_losses(marketplace, expected, found))


def _losses(marketplace: str, expected: Books, found: Books) -> Iterable[Breach]:
    for name, book in expected.items():
        for key, value in book.items():
            stored = found[name].get(key)
            if not _holds(stored, value):
                yield Breach(Promise.LOST, f"{marketplace}, {name} {_named(key)}: {_told(value, stored)}")


def _surplus(marketplace: str, expected: Books, found: Books) -> Iterable[Breach]:
    for name, book in expected.items():
        for key, stored in found[name].items():
            value = book.get(key)
            if _exceeds(stored, value):
                yield Breach(Promise.TWICE, f"{marketplace}, {name} {_named(key)}: {_told(value, stored)}")


def _holds(stored: Any, expected: Any) -> bool:
    """Whether at least what was expected is there."""
    if isinstance(expected, int):
        return int(stored or 0) >= expected
    return bool(stored == expected)


def _exceeds(stored: Any, expected: Any) -> bool:
    """Whether more is there than was expected."""
    if isinstance(stored, int):
        return stored > int(expected or 0)
    return expected is None


def _named(key: Any) -> str:
    return " / ".join(map(str, key)) if isinstance(key, tuple) else str(key)


def _told(expected: Any, stored: Any) -> str:
    asked, there = told_apart(expected, stored)
    return f"{asked} acknowledged, {there} stored"
