"""From a snapshot to a verdict: signals, then rules beside risk, then the policy. Reads and writes nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, NamedTuple, Protocol, TypeVar

from zhengpin.domain.edition import Edition
from zhengpin.domain.explanation import Explanation
from zhengpin.domain.policy import Policy, Subject, judge
from zhengpin.domain.rule_evidence import RuleEvidence
from zhengpin.domain.snapshot import Snapshot
from zhengpin.domain.verdict import Verdict
from zhengpin.risk.sighting import Sighting
from zhengpin.rules.hits import Evaluation
from zhengpin.rules.rulebook import RuleBook
from zhengpin.signals.catalogue import CATALOGUE
from zhengpin.signals.observe import observe
from zhengpin.signals.signal import Observation
from zhengpin.usecases.assess_risk import MODEL_ABSENT, Assessment

NO_RULES = RuleEvidence()
Answer = TypeVar("Answer")
NO_MODEL = Assessment(None, (MODEL_ABSENT,))


class Assess(Protocol):
    """Asks a learned model."""

    def __call__(self, version: str, asked: Sequence[Sighting]) -> list[Assessment]:
        """Assess listings by the model of a version, in their order; raises nothing."""


class JudgeListing:
    """Judge listings by what snapshots know of them."""

    def __init__(  # noqa: PLR0917  what a judge needs
        self,
        rulebook: RuleBook,
        policy: Policy,
        clock: Callable[[], datetime],
        new_id: Callable[[], str],
        assess: Assess | None = None,
        observe: Callable[[Snapshot], Observation] = observe,
    ) -> None:
        self._rulebook = rulebook
        self._edition = Edition(rulebook.packs, tuple(CATALOGUE), rulebook.rules)
        self._policy = policy
        self._clock = clock
        self._new_id = new_id
        self._assess = assess
        self._observe = observe

    def __call__(self, snapshot: Snapshot) -> Verdict:
        """Decide; the same snapshot, packs and model give the same decision."""
        seen = self._see(snapshot)
        return self._conclude(seen, *self._assessed([seen]))

    def page(self, snapshots: Sequence[Snapshot]) -> list[Verdict | Exception]:
        """Decide on listings together, in their order, each as it would be alone; a fault stays with its listing."""
        seen = [_or_fault(self._see, snapshot) for snapshot in snapshots]
        assessments = iter(self._assessed([each for each in seen if isinstance(each, _Seen)]))
        return [
            _or_fault(self._conclude, each, next(assessments)) if isinstance(each, _Seen) else each for each in seen
        ]

    def _see(self, snapshot: Snapshot) -> _Seen:
        observation = self._observe(snapshot)
        return _Seen(snapshot, observation, self._rulebook.evaluate(observation))

    def _assessed(self, seen: Sequence[_Seen]) -> Sequence[Assessment]:
        """What the model says: one model, for a page is of one marketplace and one state of it."""
        if self._assess is None or not seen:
            return [NO_MODEL] * len(seen)
        return self._assess(seen[0].snapshot.serving.live, [each.sighting for each in seen])

    def _conclude(self, seen: _Seen, assessment: Assessment) -> Verdict:
        snapshot, evaluation = seen.snapshot, seen.evaluation
        subject = Subject(
            as_of=snapshot.as_of,
            on_sale_since=snapshot.on_sale_since,
            allow_listed=seen.observation.values.get("listing.allow_listed") is True,
            restrictions=snapshot.restrictions,
            model_chosen=bool(snapshot.serving.live),
        )
        judgement = judge(evaluation.hits, assessment.risk, subject, self._policy)
        return Verdict(
            verdict_id=self._new_id(),
            listing_id=snapshot.listing.listing_id,
            supplier_id=snapshot.listing.supplier_id,
            decision=judgement.decision,
            actions=judgement.actions,
            reasons=judgement.reasons,
            lane_decision=judgement.lane_decision,
            packs=self._edition.packs,
            not_evaluated=evaluation.not_evaluated,
            degraded=assessment.degraded,
            evaluated_at=self._clock(),
            as_of=snapshot.as_of,
            valid_until=judgement.valid_until,
            risk=assessment.risk,
            restrictions=judgement.restrictions,
            explanation=Explanation(self._edition, seen.observation.values, evaluation.outcome.truths, snapshot.as_of),
        )


class _Seen(NamedTuple):
    """A listing, its signals, and what the rules say of them."""

    snapshot: Snapshot
    observation: Observation
    evaluation: Evaluation

    @property
    def sighting(self) -> Sighting:
        """As the model is told of it."""
        hits = self.evaluation.hits
        rules = RuleEvidence.of((hit, hit.action) for hit in hits) if hits else NO_RULES
        return Sighting(self.observation.values, self.snapshot.listing.category, rules)


def _or_fault(work: Callable[..., Answer], *arguments: Any) -> Answer | Exception:
    try:
        return work(*arguments)
    except Exception as fault:  # noqa: BLE001  the other listings of the page are judged all the same
        return fault
