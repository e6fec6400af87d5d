"""What says most about a score, in words and numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from zhengpin.domain.hit import Text
from zhengpin.domain.supplier_score import Cap, ComponentName
from zhengpin.suppliers.score.points import NEWCOMER
from zhengpin.suppliers.score.standards import STANDARDS, Standard
from zhengpin.suppliers.score.sums import Counts
from zhengpin.suppliers.score.words import WORDS

MOST_REASONS: Final = 3
MANY: Final = 100
"""From so many events on, tenths say nothing."""
_SHARES: Final = frozenset({ComponentName.COMPLIANCE, ComponentName.COVER})
"""Of which nobody counts events: an audit has a mark, and a deposit covers so much."""
NOTHING_YET: Final = Text(
    f"证据还不足以加分或减分：新供应商从 {NEWCOMER} 分开始。",
    f"There is too little evidence for or against: newcomers begin with {NEWCOMER} points.",
)


def reasons_of(components: Sequence[Counts], caps: Sequence[Cap], moves: Sequence[float]) -> tuple[Text, ...]:
    """At most three: what bars from more, then what takes most, then the components that move the points farthest."""
    told = zip(moves, STANDARDS, components, strict=True)
    worst = min(0.0, *moves)
    farthest = sorted((move for move in told if round(move[0])), key=lambda move: (move[0] > worst, -abs(move[0])))
    return tuple(_told(caps, farthest))[:MOST_REASONS] or (NOTHING_YET,)


def _told(caps: Sequence[Cap], moves: Sequence[tuple[float, Standard, Counts]]) -> Iterator[Text]:
    for cap in caps:
        yield Text(f"最高 {cap.points} 分：{cap.why.zh}", f"At most {cap.points} points: {cap.why.en}")
    for move in moves:
        yield _because(*move)


def _because(points: float, standard: Standard, counts: Counts) -> Text:
    words, (good, bad) = WORDS[standard.name], counts
    of = f"{good / (good + bad):.0%}" if standard.name in _SHARES else f"{_count(good)} / {_count(good + bad)}"
    zh, en = ("加", "adds") if points > 0 else ("减", "takes")
    by = abs(round(points))
    return Text(
        f"{words.name.zh}{zh} {by} 分：{words.good.zh} {of}（容许的不良占比 {standard.tolerated:.1%}）。",
        f"{words.name.en} {en} {by} points: {of} {words.good.en} (a bad share of "
        f"{standard.tolerated:.1%} is tolerated).",
    )


def _count(events: float) -> str:
    """Faded events, with one decimal where there are few."""
    return f"{events:,.0f}" if events >= MANY else f"{events:.1f}".removesuffix(".0")
