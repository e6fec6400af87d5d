"""Figures of scores as people read them."""

from __future__ import annotations

from typing import Final

from zhengpin.v1 import supplier_report_pb2, supplier_score_pb2, verdict_pb2

_MARKED: Final = frozenset({"compliance", "cover"})
"""Components of which nobody counts events: an audit has a mark, and a deposit covers so much."""
_LEAST_CHANCE: Final = 0.01


def good_of_all(component: supplier_score_pb2.ScoreComponent) -> str:
    """How many of a component's events were good, or the share where they are no events; a dash of nothing."""
    if component.n <= 0:
        return "–"
    if component.name in _MARKED:
        return f"{component.k / component.n:.0%}"
    return f"{component.k:,.1f}/{component.n:,.1f}"


def range_text(score: supplier_score_pb2.SupplierScore) -> str:
    """The range of a score; one number where a cap leaves no more."""
    return f"{score.low}–{score.high}" if score.low < score.high else f"{score.high}"


def other_reasons(score: supplier_score_pb2.SupplierScore) -> list[verdict_pb2.LocalizedText]:
    """The reasons of a score but those that say again what bars it, for whoever shows that beside them."""
    barred = [cap.why.zh or cap.why.en for cap in score.caps]
    return [each for each in score.reasons if not any(why and why in (each.zh or each.en) for why in barred)]


def of_orders(trouble: supplier_report_pb2.TroubleShare, report: supplier_report_pb2.SupplierReport) -> str:
    """How many of a supplier's orders had a trouble."""
    return f"{trouble.orders:,}/{report.orders:,}"


def chance_text(chance: float) -> str:
    """A chance in percent; nothing that may happen is said to be impossible or certain."""
    if chance < _LEAST_CHANCE:
        return "<1%"
    return ">99%" if chance > 1 - _LEAST_CHANCE else f"{chance:.0%}"
