"""Verdicts, and the filters that choose them."""

from __future__ import annotations

import threading

from zhengpin.domain.edition import PackVersion
from zhengpin.domain.explanation import Explanation, NotEvaluated, RuleTruth, SignalReading
from zhengpin.domain.hit import ActionKind, Evidence, Family, Proof, Severity, Text, Value
from zhengpin.domain.verdict import Action, Adjustment, Decision, Reason, Risk, Verdict
from zhengpin.domain.verdict_filter import VerdictFilter
from zhengpin.service.convert.scalars import EnumPair, moment_to_proto, optional_moment_from_proto, write_moment
from zhengpin.signals.catalogue import CATALOGUE
from zhengpin.v1 import screening_service_pb2
from zhengpin.v1 import verdict_pb2 as pb

DECISIONS = EnumPair(Decision, pb.Decision, "DECISION_")
ACTION_KINDS = EnumPair(ActionKind, pb.ActionKind, "ACTION_KIND_")
SEVERITIES = EnumPair(Severity, pb.Severity, "SEVERITY_")
FAMILIES = EnumPair(Family, pb.Family, "FAMILY_")
PROOFS = EnumPair(Proof, pb.Proof, "PROOF_")
ADJUSTMENTS = EnumPair(Adjustment, pb.Adjustment, "ADJUSTMENT_")
TRUTHS = EnumPair(RuleTruth, pb.RuleTruth, "RULE_TRUTH_")


MOST_SHARED = 1024
"""Parts that verdicts share and that are kept as bytes, some 2 kB each; then the oldest is forgotten."""


def verdict_to_proto(verdict: Verdict, *, explain: bool = False) -> pb.Verdict:
    """A verdict as it is answered, with every signal and rule behind it only if asked for."""
    message = pb.Verdict()
    write_verdict(message, verdict, explain=explain)
    return message


def write_verdict(message: pb.Verdict, verdict: Verdict, *, explain: bool = False) -> None:
    """Write a verdict into an empty message, where it stands: a message within another is dear to copy."""
    message.MergeFromString(_shared_parts.of(verdict))
    message.verdict_id = verdict.verdict_id
    message.listing_id = verdict.listing_id
    message.supplier_id = verdict.supplier_id
    message.decision = DECISIONS.to_proto(verdict.decision)
    message.lane_decision = DECISIONS.to_proto(verdict.lane_decision)
    message.supersedes = verdict.supersedes
    message.case_id = verdict.case_id
    write_moment(message.evaluated_at, verdict.evaluated_at)
    write_moment(message.as_of, verdict.as_of)
    write_moment(message.valid_until, verdict.valid_until)
    if verdict.degraded:
        message.degraded.extend(verdict.degraded)
    if verdict.reasons:
        message.reasons.extend([_reason_to_proto(reason) for reason in verdict.reasons])
    if verdict.actions:
        message.actions.extend([_action_to_proto(action) for action in verdict.actions])
    if verdict.risk:
        message.risk.CopyFrom(_risk_to_proto(verdict.risk))
    if explain and verdict.explanation:
        message.explanation.CopyFrom(_explanation_to_proto(verdict.explanation))


class _SharedParts:
    """The packs and the rules that were not evaluated: the same for many verdicts, and two thirds of each.

    They are found by identity, for the rule book gives equal verdicts the same tuples. What is kept keeps its tuples
    too, so that no other can have their identity.
    """

    def __init__(self) -> None:
        self._known: dict[int, tuple[tuple[NotEvaluated, ...], tuple[PackVersion, ...], bytes]] = {}
        self._changing = threading.Lock()

    def of(self, verdict: Verdict) -> bytes:
        """The parts as they stand in a message."""
        known = self._known.get(id(verdict.not_evaluated))
        if known is not None and known[1] is verdict.packs:
            return known[2]
        written = pb.Verdict(
            pack_versions=[
                pb.PackVersion(name=each.name, version=each.version, digest=each.digest) for each in verdict.packs
            ],
            not_evaluated=[
                pb.NotEvaluated(rule_id=each.rule_id, missing=each.missing) for each in verdict.not_evaluated
            ],
        ).SerializeToString()
        with self._changing:
            if len(self._known) >= MOST_SHARED:
                del self._known[next(iter(self._known))]
            self._known[id(verdict.not_evaluated)] = verdict.not_evaluated, verdict.packs, written
        return written


_shared_parts = _SharedParts()


def _action_to_proto(action: Action) -> pb.Action:
    return pb.Action(
        kind=ACTION_KINDS.to_proto(action.kind),
        until=moment_to_proto(action.until) if action.until else None,
        params=dict(action.params),
    )


def _reason_to_proto(reason: Reason) -> pb.Reason:
    return pb.Reason(
        code=reason.code,
        ref=reason.ref,
        rule_version=reason.rule_version,
        family=FAMILIES.to_proto(reason.family),
        severity=SEVERITIES.to_proto(reason.severity),
        proof=PROOFS.to_proto(reason.proof),
        proposed=ACTION_KINDS.to_proto(reason.proposed),
        taken=ACTION_KINDS.to_proto(reason.taken),
        observed=[pb.ObservedSignal(signal=name, value=_value_to_proto(value)) for name, value in reason.observed],
        threshold=reason.threshold,
        text=_text_to_proto(reason.text),
        evidence=[_evidence_to_proto(each) for each in reason.evidence],
        adjustments=[ADJUSTMENTS.to_proto(each) for each in reason.adjustments],
    )


def _text_to_proto(text: Text) -> pb.LocalizedText:
    return pb.LocalizedText(zh=text.zh, en=text.en)


def _evidence_to_proto(evidence: Evidence) -> pb.Evidence:
    return pb.Evidence(kind=evidence.kind, reference=evidence.reference, quote=evidence.quote)


def _value_to_proto(value: Value) -> pb.SignalValue:
    match value:
        case bool():
            return pb.SignalValue(boolean=value)
        case int():
            return pb.SignalValue(integer=value)
        case float():
            return pb.SignalValue(number=value)
        case str():
            return pb.SignalValue(text=value)
        case tuple():
            return pb.SignalValue(set=pb.TextSet(items=value))


def _risk_to_proto(risk: Risk) -> pb.Risk:
    return pb.Risk(
        probability=risk.probability,
        anomaly=risk.anomaly,
        model_version=risk.model_version,
        suspicion=risk.suspicion,
        contributions=[
            pb.Contribution(signal=each.signal, value=each.value, effect=each.effect) for each in risk.contributions
        ],
    )


def _explanation_to_proto(explanation: Explanation) -> pb.Explanation:
    return pb.Explanation(
        signals=[_reading_to_proto(reading) for reading in explanation.signals],
        rules=[
            pb.RuleOutcome(rule_id=each.rule_id, truth=TRUTHS.to_proto(each.truth), missing=each.missing)
            for each in explanation.rules
        ],
    )


def _reading_to_proto(reading: SignalReading) -> pb.SignalReading:
    signal = CATALOGUE.get(reading.name)  # a stored verdict may name a signal that has been retired since
    return pb.SignalReading(
        name=reading.name,
        value=None if reading.value is None else _value_to_proto(reading.value),
        as_of=moment_to_proto(reading.as_of),
        unit=signal.unit if signal else "",
        doc=_text_to_proto(signal.doc) if signal else None,
    )


def filter_from_proto(message: screening_service_pb2.VerdictFilter) -> VerdictFilter:
    """Which verdicts are wanted."""
    return VerdictFilter(
        listing_id=message.listing_id,
        supplier_id=message.supplier_id,
        decisions=tuple(DECISIONS.from_proto(each) for each in message.decisions if each),
        reason_code=message.reason_code,
        evaluated_from=optional_moment_from_proto(message, "evaluated_from"),
        evaluated_before=optional_moment_from_proto(message, "evaluated_before"),
        latest_only=message.latest_only,
    )
