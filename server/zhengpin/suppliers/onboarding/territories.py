"""Territories whose laws or borders the checks know (ISO 3166-1 alpha-2)."""

from __future__ import annotations

from typing import Final

EUROPEAN_UNION: Final = frozenset(
    "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split()  # noqa: SIM905
)


def is_border_between(one: str, other: str) -> bool:
    """Whether goods from one to the other pass customs, as they do not inside of the European Union."""
    return one != other and not {one, other} <= EUROPEAN_UNION
