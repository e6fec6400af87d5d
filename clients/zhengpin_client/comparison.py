"""Verdicts beside the truth: what was caught, what was missed, and which honest listings were suspected."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import sqrt
from typing import TypeAlias

from zhengpin.v1 import verdict_pb2
from zhengpin_client.truth import Group, Truth

Decision: TypeAlias = verdict_pb2.Decision.ValueType

UNJUDGED = verdict_pb2.DECISION_UNSPECIFIED
"""Stands for the decision on a listing without a verdict: nobody suspected it."""
STRICTEST_FIRST = (
    verdict_pb2.DECISION_BLOCK,
    verdict_pb2.DECISION_REVIEW,
    verdict_pb2.DECISION_WATCH,
    verdict_pb2.DECISION_ALLOW,
)
SORTS = ("caught", "missed", "suspected", "passed")
"""Fakes that were sent to a person or blocked, and that were not; genuine listings that were, and that were not."""
_SUSPECTED = verdict_pb2.DECISION_REVIEW
_Z95 = 1.959964
"""The standard normal distribution's 97.5 % point."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One listing whose truth is known, and what was decided on it."""

    truth: Truth
    decision: Decision = UNJUDGED
    families: int = 0
    """Kinds of evidence among the reasons."""
    known_before: bool = False
    """Blocked since somebody had told that it is fake: an outcome, a deny list."""

    @property
    def suspected(self) -> bool:
        """Whether a person was called, or more."""
        return self.decision >= _SUSPECTED


@dataclass(frozen=True, slots=True)
class Tally:
    """Decisions on the listings of one kind, or of one group."""

    group: Group
    kind: str = ""
    looks_like: str = ""
    decisions: Counter[Decision] = field(default_factory=Counter)

    @property
    def listings(self) -> int:
        """How many there are."""
        return self.decisions.total()

    @property
    def suspected(self) -> float:
        """The share that was sent to a person or blocked."""
        return sum(count for decision, count in self.decisions.items() if decision >= _SUSPECTED) / self.listings


@dataclass(frozen=True, slots=True)
class Threshold:
    """What it comes to when every verdict at least this strict is taken as "fake"."""

    decision: Decision
    fakes: int
    caught: int
    genuine: int
    suspected: int

    @property
    def recall(self) -> float | None:
        """The share of all fakes that was caught, judged or not; `None` without fakes."""
        return self.caught / self.fakes if self.fakes else None

    @property
    def precision(self) -> float | None:
        """The share of fakes in what was taken for fake; `None` where nothing was."""
        taken = self.caught + self.suspected
        return self.caught / taken if taken else None

    @property
    def recall_interval(self) -> tuple[float, float] | None:
        """The recall that this many fakes can tell of, at 95 %; `None` without fakes."""
        return wilson(self.caught, self.fakes) if self.fakes else None


def judge(truth: Truth, verdict: verdict_pb2.Verdict | None) -> Judged:
    """Hold a verdict beside the truth of its listing."""
    if verdict is None:
        return Judged(truth)
    return Judged(
        truth,
        verdict.decision,
        len({reason.family for reason in verdict.reasons}),
        any(
            reason.family == verdict_pb2.FAMILY_PROOF and reason.taken == verdict_pb2.ACTION_KIND_DELIST
            for reason in verdict.reasons
        ),
    )


def wilson(count: int, total: int) -> tuple[float, float]:
    """Give the 95 % interval of a share (Wilson 1927)."""
    share, square = count / total, _Z95**2 / total
    middle = (share + square / 2) / (1 + square)
    reach = _Z95 * sqrt(share * (1 - share) / total + square / (4 * total)) / (1 + square)
    return max(middle - reach, 0.0), min(middle + reach, 1.0)


def by_group(judged: Iterable[Judged]) -> list[Tally]:
    """Tally decisions by group, in the order of groups."""
    found: dict[Group, Tally] = {}
    for each in judged:
        found.setdefault(each.truth.group, Tally(each.truth.group)).decisions[each.decision] += 1
    return [found[group] for group in Group if group in found]


def by_kind(judged: Iterable[Judged]) -> list[Tally]:
    """Tally decisions by kind, the most frequent first within their group; without names there are no kinds."""
    found: dict[tuple[Group, str, str], Tally] = {}
    for each in judged:
        key = (each.truth.group, each.truth.kind, each.truth.looks_like)
        found.setdefault(key, Tally(*key)).decisions[each.decision] += 1
    order = list(Group)
    named = (tally for tally in found.values() if tally.kind)
    return sorted(named, key=lambda tally: (order.index(tally.group), -tally.listings, tally.kind))


def thresholds(judged: Sequence[Judged]) -> list[Threshold]:
    """Say what each decision but the mildest catches, the strictest first."""
    fakes = Counter(each.decision for each in judged if each.truth.fake)
    genuine = Counter(each.decision for each in judged if not each.truth.fake)
    return [
        Threshold(
            least,
            fakes.total(),
            sum(count for decision, count in fakes.items() if decision >= least),
            genuine.total(),
            sum(count for decision, count in genuine.items() if decision >= least),
        )
        for least in STRICTEST_FIRST[:-1]
    ]


def examples(judged: Iterable[Judged]) -> dict[str, Judged]:
    """Pick listings worth reading about, the most telling verdict of each sort; a sort without any is left out."""
    found: dict[str, Judged] = {}
    for each in (each for each in judged if each.decision != UNJUDGED):
        sort = _sort_of(each)
        if sort not in found or _telling(each) > _telling(found[sort]):
            found[sort] = each
    return {sort: found[sort] for sort in SORTS if sort in found}


def _sort_of(each: Judged) -> str:
    caught, missed, suspected, passed = SORTS
    if each.truth.fake:
        return caught if each.suspected else missed
    return suspected if each.suspected else passed


def _telling(each: Judged) -> tuple[bool, bool, int, bool]:
    """Rank: what was not told before, look-alikes before other genuine listings, much evidence, clever fakes."""
    truth = each.truth
    return not each.known_before, truth.looks_like != "", each.families, truth.clever is True
