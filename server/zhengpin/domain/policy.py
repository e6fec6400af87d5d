"""From hits to a verdict: what may happen by itself, and what needs a person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from zhengpin.domain.hit import ActionKind, Family, Hit, Proof
from zhengpin.domain.ladder import DECISION_OF, OBJECTIONS, PEOPLE_ONLY, RESTRICTIONS, STRICTNESS, SUSPICIONS
from zhengpin.domain.quick_init import quickly_made
from zhengpin.domain.verdict import Action, Adjustment, Decision, Judgement, Reason, Restriction, Risk

_HARMLESS = frozenset({ActionKind.RECORD, ActionKind.BOOST})


@dataclass(frozen=True, slots=True)
class Policy:
    """The policy's numbers; the text of the law and the platform's terms stand behind each (domain.md §1.5, §6)."""

    hold: timedelta = timedelta(hours=24)
    demote: timedelta = timedelta(days=7)
    answer_documents: timedelta = timedelta(hours=72)
    families_for_restriction: int = 2
    new_listing: timedelta = timedelta(hours=24)
    """A listing that the marketplace has had for longer is demoted, not held: it is already on sale."""
    valid: timedelta = timedelta(days=7)
    """How long a verdict without a restriction holds."""
    review_suspicion: float = 0.5
    """From this probability on, by rules and classifier together, the model asks a person to look."""
    review_anomaly: float = 0.999
    """From here on a model without a classifier asks a person to look: at one listing in a thousand."""


@quickly_made
@dataclass(frozen=True, slots=True)
class Subject:
    """What the policy must know of the listing beside the hits."""

    as_of: datetime
    on_sale_since: datetime | None = None
    """When the marketplace first had it; `None` if just now."""
    allow_listed: bool = False
    restrictions: tuple[Restriction, ...] = ()
    """What the verdict before this one restricted, and since when."""
    model_chosen: bool = False
    """Whether somebody has chosen the model for this marketplace. The one that ships has seen no real one: it tells
    what it thinks, and people may take listings up in that order, but it opens no case."""


def judge(hits: tuple[Hit, ...], risk: Risk | None, subject: Subject, policy: Policy) -> Judgement:
    """Combine rules and risk: the strictest action that is left decides, and risk alone never restricts.

    - Deterministic proof may delist. A statistical rule that asks for it gets at most a hold or a demotion.
    - A hold or a demotion needs one deterministic hit that asks for as much, or suspicion from two families; else a
      person looks first. Votes and what buyers complain of are one: it may be the same people. Hits that only inform,
      label or ask for papers are no suspicion and count for no family.
    - A listing on sale is demoted where a new one would be held, and the other way round.
    - A restriction ends when its time is over, however often the listing is judged meanwhile: from then on a person
      decides. It may begin anew only after a verdict that did not ask for it.
    - Levels 6 to 9 are for people: such a rule opens a case that proposes the action.
    - An allow-list entry shields from statistical hits; never from proof.
    - A boost is for a listing that nothing else speaks against, from a label on; else it is only recorded.
    - A model that was chosen for this marketplace may ask a person to look, and no more.
    - Every shield and every lowering is named in the reason that it touched.
    """
    suspected = _is_suspected(risk, subject, policy)
    if not hits and not suspected:  # most listings
        return Judgement(Decision.ALLOW, (), (), Decision.ALLOW, subject.as_of + policy.valid)
    leave = _Leave(_may_restrict(hits, policy), not suspected and _may_boost(hits, subject))
    reasons = sorted((_weigh(hit, leave, subject, policy) for hit in hits), key=_strictest_first)
    taken = [reason.taken for reason in reasons]
    lane_decision = _decide(taken)
    if suspected:
        taken.append(ActionKind.OPEN_CASE)
    restrictions = _restrictions(reasons, subject, policy)
    actions = _actions(taken, restrictions, subject, policy)
    return Judgement(
        decision=_decide(taken),
        actions=actions,
        reasons=tuple(reasons),
        lane_decision=lane_decision,
        valid_until=min((each.until for each in actions if each.until), default=subject.as_of + policy.valid),
        restrictions=restrictions,
    )


def _is_suspected(risk: Risk | None, subject: Subject, policy: Policy) -> bool:
    """Whether a model that may ask for a look does so."""
    may_ask = subject.model_chosen and not subject.allow_listed
    return risk is not None and may_ask and asks_for_a_look(risk, policy)


def asks_for_a_look(risk: Risk, policy: Policy) -> bool:
    """Whether the model asks a person to look."""
    if risk.suspicion is None:
        return risk.anomaly >= policy.review_anomaly
    return risk.suspicion >= policy.review_suspicion


def _strictest_first(reason: Reason) -> tuple[int, int, str]:
    return -STRICTNESS[reason.taken], -reason.severity, reason.code


class _Leave(NamedTuple):
    """What the evidence as a whole permits a single hit to ask for."""

    restricts: bool
    boosts: bool


def _may_restrict(hits: tuple[Hit, ...], policy: Policy) -> bool:
    """Whether the evidence as a whole may restrict the listing without a person."""
    suspicions = [hit for hit in hits if hit.action in SUSPICIONS]
    proven = any(hit.proof is Proof.DETERMINISTIC and hit.action is not ActionKind.OPEN_CASE for hit in suspicions)
    families = {_witness(hit.family) for hit in suspicions}
    return proven or len(families) >= policy.families_for_restriction


def _witness(family: Family) -> Family:
    """Whom a family hears: votes may name the very orders that were complained of, so these two are one witness."""
    return Family.SERVICE if family is Family.VOTES else family


def _may_boost(hits: tuple[Hit, ...], subject: Subject) -> bool:
    """Whether nothing speaks against the listing, but for what it is shielded from."""
    return not any(hit.action in OBJECTIONS and not _is_shielded(hit, subject) for hit in hits)


def _is_shielded(hit: Hit, subject: Subject) -> bool:
    return subject.allow_listed and hit.proof is Proof.STATISTICAL and hit.action not in _HARMLESS


def _weigh(hit: Hit, leave: _Leave, subject: Subject, policy: Policy) -> Reason:
    """Turn a hit into a reason, with its action lowered to what may happen without a person."""
    taken, adjustments = _lower(hit, leave, subject, policy)
    return Reason(
        code=hit.rule_id,
        ref=hit.ref,
        rule_version=f"{hit.pack}/{hit.pack_version}",
        family=hit.family,
        severity=hit.severity,
        proof=hit.proof,
        proposed=hit.action,
        taken=taken,
        observed=hit.observed,
        threshold=hit.threshold,
        text=hit.because,
        evidence=hit.evidence,
        adjustments=adjustments,
    )


def _lower(hit: Hit, leave: _Leave, subject: Subject, policy: Policy) -> tuple[ActionKind, tuple[Adjustment, ...]]:
    """Lower one hit's action step by step, naming each step."""
    if _is_shielded(hit, subject):
        return ActionKind.RECORD, (Adjustment.SHIELDED_BY_ALLOW_LIST,)
    if hit.action is ActionKind.BOOST and not leave.boosts:
        return ActionKind.RECORD, (Adjustment.BOOST_NEEDS_NO_OBJECTION,)
    action, names = hit.action, []
    if action in PEOPLE_ONLY:
        action = ActionKind.OPEN_CASE
        names.append(Adjustment.LEFT_TO_PEOPLE)
    if action is ActionKind.DELIST and hit.proof is Proof.STATISTICAL:
        action = ActionKind.HOLD
        names.append(Adjustment.DELISTING_NEEDS_PROOF)
    if action in RESTRICTIONS and not leave.restricts:
        action = ActionKind.OPEN_CASE
        names.append(Adjustment.RESTRICTION_NEEDS_SECOND_FAMILY)
    if action in RESTRICTIONS:
        fitting, name = _fit_to_age(subject, policy)
        if action is not fitting:
            names.append(name)
        action = fitting
        if _used_up(Restriction(action, _since(action, subject)), subject, policy):
            action = ActionKind.OPEN_CASE
            names.append(Adjustment.RESTRICTION_USED_UP)
    return action, tuple(names)


def _since(kind: ActionKind, subject: Subject) -> datetime:
    """When a restriction began: now, unless the verdict before this one asked for it already."""
    return next((each.since for each in subject.restrictions if each.kind is kind), subject.as_of)


def _used_up(restriction: Restriction, subject: Subject, policy: Policy) -> bool:
    return subject.as_of >= restriction.since + _lasting(policy)[restriction.kind]


def _lasting(policy: Policy) -> Mapping[ActionKind, timedelta]:
    return {ActionKind.HOLD: policy.hold, ActionKind.DEMOTE: policy.demote}


def _restrictions(reasons: Sequence[Reason], subject: Subject, policy: Policy) -> tuple[Restriction, ...]:
    """What the reasons would restrict, used up or not."""
    wanted = {reason.taken for reason in reasons} & RESTRICTIONS
    if any(Adjustment.RESTRICTION_USED_UP in reason.adjustments for reason in reasons):
        wanted.add(_fit_to_age(subject, policy)[0])
    return tuple(Restriction(kind, _since(kind, subject)) for kind in sorted(wanted))


def _fit_to_age(subject: Subject, policy: Policy) -> tuple[ActionKind, Adjustment]:
    """Hold what is not on sale yet, demote what is."""
    on_sale = subject.on_sale_since is not None and subject.as_of - subject.on_sale_since >= policy.new_listing
    if on_sale:
        return ActionKind.DEMOTE, Adjustment.DEMOTED_AS_ON_SALE
    return ActionKind.HOLD, Adjustment.HELD_AS_NEW


def _decide(taken: list[ActionKind]) -> Decision:
    """The decision that the strictest action stands for; without any, the listing may be sold."""
    return DECISION_OF[max(taken, key=STRICTNESS.__getitem__, default=ActionKind.RECORD)]


def _actions(
    taken: list[ActionKind], restrictions: Sequence[Restriction], subject: Subject, policy: Policy
) -> tuple[Action, ...]:
    """Each kind once, the strictest first, with its end. A restriction always comes with a case."""
    kinds = set(taken) - {ActionKind.RECORD}
    if kinds & (RESTRICTIONS | {ActionKind.DELIST}):
        kinds.add(ActionKind.OPEN_CASE)
    ends = {each.kind: each.since + _lasting(policy)[each.kind] for each in restrictions}
    ends[ActionKind.ASK_DOCUMENTS] = subject.as_of + policy.answer_documents
    ordered = sorted(kinds, key=STRICTNESS.__getitem__, reverse=True)
    return tuple(Action(kind, ends.get(kind)) for kind in ordered)
