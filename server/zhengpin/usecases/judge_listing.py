"""From a snapshot to a verdict: signals, then rules beside risk, then the policy. Reads and writes nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from zhengpin.domain.edition import Edition
from zhengpin.domain.explanation import Explanation
from zhengpin.domain.hit import Hit
from zhengpin.domain.policy import Policy, Subject, judge
from zhengpin.domain.rule_evidence import RuleEvidence
from zhengpin.domain.snapshot import Snapshot
from zhengpin.domain.verdict import Verdict
from zhengpin.rules.rulebook import RuleBook
from zhengpin.signals.catalogue import CATALOGUE
from zhengpin.signals.observe import observe
from zhengpin.signals.signal import Observation, SignalValues
from zhengpin.usecases.assess_risk import MODEL_ABSENT, Assessment

NO_RULES = RuleEvidence()
NO_MODEL = Assessment(None, (MODEL_ABSENT,))


class Assess(Protocol):
    """Asks a learned model."""

    def __call__(self, version: str, values: SignalValues, category: str, rules: RuleEvidence) -> Assessment:
        """Assess one listing by the model of a version; raises nothing."""


class JudgeListing:
    """Judge one listing by what a snapshot knows of it."""

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
        observation = self._observe(snapshot)
        evaluation = self._rulebook.evaluate(observation)
        assessment = self._assessed(snapshot, observation, evaluation.hits)
        subject = Subject(
            as_of=snapshot.as_of,
            on_sale_since=snapshot.on_sale_since,
            allow_listed=observation.values.get("listing.allow_listed") is True,
            restrictions=snapshot.restrictions,
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
            explanation=Explanation(self._edition, observation.values, evaluation.outcome.truths, snapshot.as_of),
        )

    def _assessed(self, snapshot: Snapshot, observation: Observation, hits: tuple[Hit, ...]) -> Assessment:
        if self._assess is None:
            return NO_MODEL
        rules = RuleEvidence.of((hit, hit.action) for hit in hits) if hits else NO_RULES
        return self._assess(snapshot.serving.live, observation.values, snapshot.listing.category, rules)
