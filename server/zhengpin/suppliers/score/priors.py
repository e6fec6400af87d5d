"""What is usual of suppliers, fitted to many of them: empirical Bayes by moments."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from zhengpin.domain.supplier_score import Prior, Priors
from zhengpin.suppliers.score.standards import STANDARDS, UNFITTED
from zhengpin.suppliers.score.sums import Counts

STRENGTHS: Final = (1.0, 1000.0)
"""No prior is worth less or more: of few suppliers moments say little, and alike suppliers are not the same."""
SHARES: Final = (1e-4, 0.9)
"""No bad share is expected below or above: nobody is beyond all doubt, nor beyond hope."""
FEWEST_SUPPLIERS: Final = 10


@dataclass(slots=True)
class _Moments:
    """Running sums over suppliers."""

    suppliers: int = 0
    events: float = 0.0
    bad: float = 0.0
    squared_events: float = 0.0
    bad_by_share: float = 0.0

    def add(self, good: float, bad: float) -> None:
        events = good + bad
        self.suppliers += 1
        self.events += events
        self.bad += bad
        self.squared_events += events * events
        self.bad_by_share += bad * bad / events


def fit_priors(suppliers: Iterable[tuple[Counts, ...]]) -> Priors:
    """Fit one category's priors to its suppliers' faded counts; what fewer than ten of them have keeps `UNFITTED`."""
    moments = [_Moments() for _ in STANDARDS]
    for components in suppliers:
        for of_component, (good, bad) in zip(moments, components, strict=True):
            if good + bad > 0:
                of_component.add(good, bad)
    return tuple(
        unfitted if each.suppliers < FEWEST_SUPPLIERS else _prior(each)
        for each, unfitted in zip(moments, UNFITTED, strict=True)
    )


def _prior(seen: _Moments) -> Prior:
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
