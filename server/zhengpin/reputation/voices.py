"""Whether those who came together say something else than everybody: if they don't, little is lost by counting them."""

from __future__ import annotations

from typing import Final

from scipy.special import gammaincc

UNLIKE_OTHERS: Final = 0.25
"""In one window this may be chance, but then there is other evidence besides."""
GROUP_UNLIKE_OTHERS: Final = 0.01
"""Of a group in all its windows together: it speaks often enough to be sure."""


def chance_of_such_unity(dissenting: int, expected: float) -> float:
    """The chance of no more dissent, if `expected` votes would dissent among voters who think as the others do.

    As of a Poisson count, which allows for somewhat more than votes that are independent of one another.
    """
    return float(gammaincc(dissenting + 1, expected))
