"""Territories whose borders the checks know (ISO 3166-1 alpha-2)."""

from __future__ import annotations

from zhengpin.domain.trader_law import EUROPEAN_UNION


def is_border_between(one: str, other: str) -> bool:
    """Whether goods from one to the other pass customs, as they do not inside of the European Union."""
    return one != other and not {one, other} <= EUROPEAN_UNION
