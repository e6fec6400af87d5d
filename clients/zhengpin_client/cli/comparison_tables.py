"""Verdicts beside the truth, for a person or a program."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rich import box
from rich.table import Table
from rich.text import Text

from zhengpin.v1 import verdict_pb2
from zhengpin_client import words
from zhengpin_client.cli.session import Session
from zhengpin_client.cli.tables import COLOURS, decision_text, plain
from zhengpin_client.comparison import (
    STRICTEST_FIRST,
    UNJUDGED,
    Judged,
    Tally,
    Threshold,
    by_group,
    by_kind,
    examples,
    thresholds,
)
from zhengpin_client.words import Language, phrase


def show(judged: Sequence[Judged], degraded: Mapping[str, int], session: Session) -> None:
    """Print the decisions by kind, what they come to, and where to look."""
    lang = session.language
    session.out.print(_kinds(judged, lang))
    session.out.print(_thresholds(judged, lang))
    known = sum(each.known_before for each in judged if each.truth.fake)
    if known:
        session.out.print(phrase("known_before", lang, count=f"{known:,}"), soft_wrap=True)
    session.out.print()
    for line in _examples(judged, lang):
        session.out.print(line, soft_wrap=True)
    for what, count in degraded.items():
        session.out.print()
        session.out.print(plain(f"{phrase('degraded', lang)} ({count:,}): {words.degraded(what, lang)}"), style="dim")


def as_json(judged: Sequence[Judged]) -> dict[str, Any]:
    """Give the same as a program reads it."""
    return {
        "listings": len(judged),
        "unjudged": sum(each.decision == UNJUDGED for each in judged),
        "fakes_known_before": sum(each.known_before for each in judged if each.truth.fake),
        "at_least": [_threshold_json(each) for each in thresholds(judged)],
        "groups": [_tally_json(each) for each in by_group(judged)],
        "kinds": [_tally_json(each) for each in by_kind(judged)],
        "examples": {name: each.truth.listing_id for name, each in examples(judged).items()},
    }


def _kinds(judged: Sequence[Judged], lang: Language) -> Table:
    """Show a group with its kinds below it; listings without a verdict only where there are any."""
    columns = (*STRICTEST_FIRST, *((UNJUDGED,) if any(each.decision == UNJUDGED for each in judged) else ()))
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, collapse_padding=True)
    table.add_column(phrase("really", lang), overflow="fold")
    table.add_column(phrase("listings", lang), justify="right")
    for decision in columns:
        name = words.decision(decision, lang) if decision else phrase("unjudged", lang)
        table.add_column(name, justify="right", header_style=COLOURS.get(decision, ""))
    table.add_column(phrase("review_or_block", lang), justify="right")
    kinds = by_kind(judged)
    for group in by_group(judged):
        table.add_row(*_tally_row(phrase(group.group, lang), group, columns), style="bold")
        for kind in (each for each in kinds if each.group is group.group):
            table.add_row(*_tally_row(f"  {kind.kind}", kind, columns))
    return table


def _tally_row(name: str, tally: Tally, columns: Sequence[verdict_pb2.Decision.ValueType]) -> tuple[Text | str, ...]:
    counts = (f"{tally.decisions[decision]:,}" if tally.decisions[decision] else "·" for decision in columns)
    return plain(name), f"{tally.listings:,}", *counts, f"{tally.suspected:.0%}"


def _thresholds(judged: Sequence[Judged], lang: Language) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column(phrase("at_least", lang))
    for name in ("fakes_caught", "recall", "genuine_suspected", "precision"):
        table.add_column(phrase(name, lang), justify="right")
    for each in thresholds(judged):
        table.add_row(
            decision_text(each.decision, lang),
            phrase("of", lang, count=f"{each.caught:,}", total=f"{each.fakes:,}"),
            _recall(each),
            phrase("of", lang, count=f"{each.suspected:,}", total=f"{each.genuine:,}"),
            "–" if each.precision is None else f"{each.precision:.0%}",
        )
    return table


def _recall(threshold: Threshold) -> str:
    if threshold.recall is None or threshold.recall_interval is None:
        return "–"
    low, high = threshold.recall_interval
    return f"{threshold.recall:.0%} ({low * 100:.0f}–{high:.0%})"


def _examples(judged: Sequence[Judged], lang: Language) -> Iterator[Text]:
    """Say for each example what it is, and below it the command that tells why."""
    for sort, each in examples(judged).items():
        truth = each.truth
        like = phrase("like", lang, kind=truth.looks_like) if truth.looks_like else ""
        named = [plain(name) for name in (phrase(sort, lang), truth.kind, like) if name]
        yield Text(" · ").join([*named, decision_text(each.decision, lang)])
        yield plain(f"  zhengpin verdicts show {shlex.quote(truth.listing_id)}")


def _threshold_json(threshold: Threshold) -> dict[str, Any]:
    return {
        "decision": verdict_pb2.Decision.Name(threshold.decision),
        "fakes": threshold.fakes,
        "caught": threshold.caught,
        "recall": threshold.recall,
        "recall_interval_95": threshold.recall_interval,
        "genuine": threshold.genuine,
        "suspected": threshold.suspected,
        "precision": threshold.precision,
    }


def _tally_json(tally: Tally) -> dict[str, Any]:
    named = {"kind": tally.kind, "looks_like": tally.looks_like} if tally.kind else {}
    decisions = {verdict_pb2.Decision.Name(each): tally.decisions[each] for each in sorted(tally.decisions)}
    return {"group": tally.group, **named, "listings": tally.listings, "decisions": decisions}
