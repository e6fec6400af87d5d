"""Suppliers' scores on their way out, and what is asked of lists of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from zhengpin.domain.hit import Text
from zhengpin.domain.scored_supplier import ScoreChange, ScoreChangeFilter, ScoreFilter
from zhengpin.domain.supplier_score import Band, Cap, Component, Improvement, SupplierScore
from zhengpin.service.convert.scalars import EnumPair, write_moment
from zhengpin.v1 import supplier_score_pb2 as pb
from zhengpin.v1 import supplier_service_pb2, verdict_pb2

BANDS: Final = EnumPair(Band, pb.ScoreBand, "SCORE_BAND_")


def score_to_proto(score: SupplierScore) -> pb.SupplierScore:
    """A score without its trend."""
    message = pb.SupplierScore()
    write_score(message, score)
    return message


def write_score(message: pb.SupplierScore, score: SupplierScore) -> None:
    """Write a score into a message, where it stands."""
    message.supplier_id = score.supplier_id
    message.points = score.points
    message.low = score.low
    message.high = score.high
    message.band = BANDS.to_proto(score.band)
    message.evidence_count = score.evidence_count
    message.version = score.version
    write_moment(message.as_of, score.as_of)
    for component in score.components:
        _write_component(message.components.add(), component)
    for cap in score.caps:
        _write_cap(message.caps.add(), cap)
    for reason in score.reasons:
        _write_text(message.reasons.add(), reason)
    if score.next_improvement is not None:
        write_improvement(message.next_improvement, score.next_improvement)


def write_improvement(message: pb.ScoreImprovement, improvement: Improvement) -> None:
    """Write what would raise a score into a message, where it stands."""
    message.about = improvement.about
    message.gain = improvement.gain
    _write_text(message.how, improvement.how)


def write_trend(message: pb.SupplierScore, trend: Sequence[ScoreChange]) -> None:
    """Add what a score was to its message."""
    for change in trend:
        point = message.trend.add(points=change.stands.points)
        write_moment(point.as_of, change.changed_at)


def write_change(message: supplier_service_pb2.ScoreChange, change: ScoreChange) -> None:
    """Write a change into a message, where it stands."""
    message.supplier_id = change.supplier_id
    write_moment(message.changed_at, change.changed_at)
    message.points_before = change.points_before
    message.band_before = BANDS.to_proto(change.band_before)
    message.points = change.stands.points
    message.low = change.stands.low
    message.high = change.stands.high
    message.band = BANDS.to_proto(change.stands.band)


def score_filter_from_proto(message: supplier_service_pb2.ListSupplierScoresRequest) -> ScoreFilter:
    """Which part of the ranking is asked for."""
    return ScoreFilter(message.category, tuple(BANDS.from_proto(each) for each in message.bands))


def change_filter_from_proto(message: supplier_service_pb2.WatchSupplierScoresRequest) -> ScoreChangeFilter:
    """Which changes are asked for."""
    return ScoreChangeFilter(tuple(message.supplier_ids), message.band_changes_only)


def _write_component(message: pb.ScoreComponent, component: Component) -> None:
    message.name = component.name
    message.weight = component.weight
    message.value = component.value
    message.low = component.low
    message.high = component.high
    message.k = component.k
    message.n = component.n


def _write_cap(message: pb.ScoreCap, cap: Cap) -> None:
    message.code = cap.code
    message.points = cap.points
    _write_text(message.why, cap.why)
    message.evidence.extend(cap.evidence)
    if cap.until is not None:
        write_moment(message.until, cap.until)


def _write_text(message: verdict_pb2.LocalizedText, text: Text) -> None:
    message.zh = text.zh
    message.en = text.en
