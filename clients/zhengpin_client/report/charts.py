"""A screening report's charts."""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, log
from typing import TYPE_CHECKING

from zhengpin.v1 import verdict_pb2
from zhengpin_client import words
from zhengpin_client.report.drawing import ACCENT, ALLOW, BLOCK, FAINT, RATIOS, REVIEW, TEXT, WATCH, shortened, svg
from zhengpin_client.report.rows import Report
from zhengpin_client.words import Language, phrase

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_DECISION_COLOURS = {
    verdict_pb2.DECISION_ALLOW: ALLOW,
    verdict_pb2.DECISION_WATCH: WATCH,
    verdict_pb2.DECISION_REVIEW: REVIEW,
    verdict_pb2.DECISION_BLOCK: BLOCK,
}
_MOST_BARS = 15
_MOST_PRODUCTS = 14


def decision_chart(report: Report, language: Language) -> str:
    """Draw how many verdicts there are of each decision."""
    counts = report.decisions()
    shown = [each for each in _DECISION_COLOURS if counts[each]]
    labels = [words.decision(each, language) for each in shown]
    return _bars(labels, [counts[each] for each in shown], [_DECISION_COLOURS[each] for each in shown])


def reason_chart(report: Report) -> str:
    """Draw how many listings each of the most frequent reasons was found on."""
    shown = report.reasons()[:_MOST_BARS][::-1]
    return _bars([code for code, _ in shown], [count for _, count in shown], [ACCENT] * len(shown))


def price_chart(report: Report, language: Language, row_links: Sequence[str]) -> str:
    """Draw each listing's unit price over its market's median; a point leads to its row (`row_links`, by row)."""
    products = list(report.products().values())[:_MOST_PRODUCTS][::-1]
    if not products:
        return ""

    furthest = max(abs(log(report.rows[place].against_market or 1)) for places in products for place in places)

    def draw(axes: Axes) -> None:
        axes.axvline(1, color=TEXT, linewidth=1.2, zorder=1)
        for height, places in enumerate(products):
            _draw_points(axes, report, places, height, row_links)
        axes.set_yticks(range(len(products)), [_label(report, places) for places in products])
        axes.set_xscale("log")
        axes.set_xticks(RATIOS, [f"{ratio:.0%}" for ratio in RATIOS])
        axes.set_xticks([], minor=True)
        axes.set_xlim(exp(-1.1 * furthest - 0.1), exp(1.1 * furthest + 0.1))
        axes.grid(axis="x", color=FAINT, linewidth=0.5)
        axes.set_axisbelow(True)
        axes.set_xlabel(phrase("vs_market", language))

    return svg(draw, height=0.8 + 0.32 * len(products))


def _draw_points(axes: Axes, report: Report, places: Sequence[int], height: int, row_links: Sequence[str]) -> None:
    """Draw a product's listings in one line, the stricter over the milder; points keep apart up and down."""
    ordered = sorted(places, key=lambda place: report.rows[place].decision)
    rows = [report.rows[place] for place in ordered]
    spread = [height + ((place * 7) % 11 - 5) / 28 for place in range(len(rows))]
    points = axes.scatter(
        [row.against_market or 0 for row in rows],
        spread,
        s=26,
        color=[_DECISION_COLOURS.get(row.decision, ACCENT) for row in rows],
        alpha=0.85,
        linewidths=0,
        zorder=2,
    )
    points.set_urls([row_links[place] or None for place in ordered])


def _label(report: Report, places: Sequence[int]) -> str:
    row = report.rows[places[0]]
    return f"{shortened(row.product)} ({row.currency}, {len(places)})"


def _bars(labels: list[str], counts: list[int], colours: list[str]) -> str:
    """Draw labelled horizontal bars."""

    def draw(axes: Axes) -> None:
        bars = axes.barh(range(len(counts)), counts, color=colours, height=0.65)
        axes.set_yticks(range(len(labels)), labels)
        axes.bar_label(bars, padding=4)
        axes.margins(x=0.1, y=0.02)
        axes.xaxis.set_visible(False)
        axes.spines["bottom"].set_visible(False)

    return svg(draw, height=0.3 + 0.28 * max(len(counts), 1))
