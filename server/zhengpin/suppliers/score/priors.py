"""What is usual of suppliers, fitted to many of them: empirical Bayes by moments."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from zhengpin.domain.supplier_score import Prior, Priors, PriorTable
from zhengpin.suppliers.score.standards import STANDARDS, UNFITTED
from zhengpin.suppliers.score.sums import Counts

STRENGTHS: Final = (1.0, 1000.0)
"""No prior is worth less or more: of few suppliers moments say little, and alike suppliers are not the same."""
SHARES: Final = (1e-4, 0.9)
"""No bad share is expected below or above: nobody is beyond all doubt, nor beyond hope."""
FEWEST_SUPPLIERS: Final = 10


@dataclass(slots=True)
class Moments:
    """Running sums over suppliers of one component."""

    suppliers: float = 0
    events: float = 0.0
    bad: float = 0.0
    squared_events: float = 0.0
    bad_by_share: float = 0.0

    def add(self, good: float, bad: float) -> None:
        """Add one supplier of whom anything is known."""
        events = good + bad
        self.suppliers += 1
        self.events += events
        self.bad += bad
        self.squared_events += events * events
        self.bad_by_share += bad * bad / events

    def merge(self, others: Moments) -> None:
        """Add other suppliers' sums."""
        self.suppliers += others.suppliers
        self.events += others.events
        self.bad += others.bad
        self.squared_events += others.squared_events
        self.bad_by_share += others.bad_by_share


class PriorFit:
    """A fit under way, to as many suppliers as are added; memory holds a few numbers for each category."""

    def __init__(self) -> None:
        self._moments: defaultdict[str, list[Moments]] = defaultdict(lambda: [Moments() for _ in STANDARDS])

    def add(self, category: str, components: Iterable[Counts]) -> None:
        """Add one supplier's faded counts to its category, and to all together."""
        everybody, alike = self._moments[""], self._moments[category] if category else None
        for place, (good, bad) in enumerate(components):
            if good + bad > 0:
                everybody[place].add(good, bad)
                if alike is not None:
                    alike[place].add(good, bad)

    def merge(self, category: str, component: int, moments: Moments) -> None:
        """Add what many suppliers of a category add up to in one component, named by its place."""
        self._moments[""][component].merge(moments)
        if category:
            self._moments[category][component].merge(moments)

    def table(self, version: str, fitted_on: date) -> PriorTable:
        """The priors of all categories.

        What fewer than ten suppliers of a category have is taken of all together, and there it keeps `UNFITTED`.
        """
        everybody = _fitted(self._moments[""], UNFITTED)
        by_category = {category: _fitted(moments, everybody) for category, moments in self._moments.items() if category}
        return PriorTable(version, fitted_on, {"": everybody, **by_category})


def fit_priors(suppliers: Iterable[tuple[Counts, ...]]) -> Priors:
    """Fit priors to the faded counts of suppliers who are all alike."""
    fit = PriorFit()
    for components in suppliers:
        fit.add("", components)
    return fit.table("", date.min).of("")


def _fitted(moments: Sequence[Moments], otherwise: Priors) -> Priors:
    return tuple(
        other if each.suppliers < FEWEST_SUPPLIERS else _prior(each)
        for each, other in zip(moments, otherwise, strict=True)
    )


def _prior(seen: Moments) -> Prior:
    """The Beta distribution with the mean of all events, and the variance between suppliers less that of sampling.

    Kleinman's weighted moments (JASA 1973): Σn(p − m)² = Σbad²/n − m·Σbad is (N − 1)·m(1 − m) by sampling alone, and
    each unit of variance between suppliers adds Σn − Σn²/Σn, less what sampling then lacks. Where nothing is left,
    suppliers are alike, and the prior is as strong as any may be.
    """
    mean = min(max(seen.bad / seen.events, SHARES[0]), SHARES[1])
    sampling = mean * (1 - mean)
    spread = seen.bad_by_share - mean * seen.bad - sampling * (seen.suppliers - 1)
    room = seen.events - seen.squared_events / seen.events - (seen.suppliers - 1)
    between = spread / room if room > 0 else 0.0
    strength = sampling / between - 1 if between > 0 else STRENGTHS[1]
    return Prior(mean, min(max(strength, STRENGTHS[0]), STRENGTHS[1]))
