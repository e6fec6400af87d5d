"""How well single signals tell fakes: areas under their curves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import inf

from zhengpin.domain.hit import Value
from zhengpin.domain.verdict import Decision
from zhengpin.signals.catalogue import CATALOGUE
from zhengpin.simulation import Offer

LEAST, MOST = 0.25, 0.75
"""Of the area under the curve: no single signal may tell a clever fake better."""


@dataclass(frozen=True)
class Judged:
    """What was observed of a listing, and what the shipped rules decided."""

    offer: Offer
    signals: dict[str, Value]
    decision: Decision


def areas(fakes: Sequence[Judged], genuine: Sequence[Judged]) -> Iterator[tuple[str, float]]:
    """Each signal with the area under its curve; an unknown value is once the lowest of all and once the highest."""
    for name, signal in CATALOGUE.items():
        for choice in signal.choices or ("",):
            for unknown in (-inf, inf):
                label = f"{name} {choice} unknown={unknown}"
                both = ([_read(each, name, choice, unknown) for each in some] for some in (fakes, genuine))
                yield label, area(*both)


def _read(each: Judged, name: str, choice: str, unknown: float) -> float:
    value = each.signals.get(name)
    if value is None:
        return unknown
    if isinstance(value, (str, tuple)):
        return float(choice == value or (isinstance(value, tuple) and choice in value))
    return float(value)


def area(fakes: Sequence[float], genuine: Sequence[float]) -> float:
    """The chance that a fake has the higher value, ties counted by half (Mann and Whitney 1947)."""
    ranked = sorted([(value, 1) for value in fakes] + [(value, 0) for value in genuine])
    wins, below, start = 0.0, 0, 0
    while start < len(ranked):
        end = start
        while end < len(ranked) and ranked[end][0] == ranked[start][0]:
            end += 1
        fakes_here = sum(is_fake for _, is_fake in ranked[start:end])
        genuine_here = end - start - fakes_here
        wins += fakes_here * (below + genuine_here / 2)
        below += genuine_here
        start = end
    return wins / (len(fakes) * len(genuine))
