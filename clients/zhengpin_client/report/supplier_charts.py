"""The charts of a supplier's report."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from math import exp, log
from typing import TYPE_CHECKING

from zhengpin.v1 import supplier_report_pb2, supplier_score_pb2
from zhengpin_client import words
from zhengpin_client.amounts import amount
from zhengpin_client.report.drawing import ACCENT, ALLOW, FAINT, RATIOS, REVIEW, TEXT, shortened, svg
from zhengpin_client.score_figures import of_orders
from zhengpin_client.words import Language, phrase

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_JUST_KEPT = 0.7
"""The value of a component whose tolerated share is just kept."""
_BAND_BORDERS = (100, 200, 400, 700)
_MOST_POINTS = 1000
_DATES = 5
_CLOSE_RATIOS = (0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 2)
"""Where a scale has its marks if no price is twice or half the median."""


def component_chart(score: supplier_score_pb2.SupplierScore, language: Language) -> str:
    """Draw each component's value within its 90 % interval; the line is what is just tolerated."""
    shown = list(score.components)[::-1]

    def draw(axes: Axes) -> None:
        axes.axvline(_JUST_KEPT, color=TEXT, linewidth=1, linestyle=(0, (4, 3)))
        for height, each in enumerate(shown):
            colour = REVIEW if each.high < _JUST_KEPT else ALLOW if each.low >= _JUST_KEPT else ACCENT
            axes.plot(
                [each.low, each.high], [height, height], color=colour, linewidth=7, alpha=0.45, solid_capstyle="butt"
            )
            axes.plot([each.value], [height], color=colour, marker="o", markersize=7)
        axes.set_yticks(
            range(len(shown)), [f"{words.component(each.name, language)} ({each.weight:.0%})" for each in shown]
        )
        axes.set_xlim(-0.02, 1.02)
        axes.set_xticks([0, 0.25, 0.5, _JUST_KEPT, 1], ["0%", "25%", "50%", "70%", "100%"])
        axes.grid(axis="x", color=FAINT, linewidth=0.5)
        axes.set_axisbelow(True)

    return svg(draw, height=0.6 + 0.34 * len(shown))


def trend_chart(score: supplier_score_pb2.SupplierScore) -> str:
    """Draw what the points were, from change to change until now; empty where that is one moment."""
    now = supplier_score_pb2.ScorePoint(as_of=score.as_of, points=score.points)
    stood = [*score.trend, now]
    times, points = [each.as_of.ToDatetime(UTC).timestamp() for each in stood], [each.points for each in stood]
    if times[0] == times[-1]:
        return ""

    def draw(axes: Axes) -> None:
        for border in _BAND_BORDERS:
            axes.axhline(border, color=FAINT, linewidth=0.8)
        axes.plot(times, points, color=ACCENT, linewidth=2, drawstyle="steps-post")
        axes.plot(times[-1:], points[-1:], color=ACCENT, marker="o", markersize=6)
        axes.annotate(f"{points[-1]}", (times[-1], points[-1]), xytext=(0, 7), textcoords="offset points", ha="right")
        axes.set_ylim(0, _MOST_POINTS)
        axes.set_yticks([0, *_BAND_BORDERS, _MOST_POINTS])
        step = (times[-1] - times[0]) / (_DATES - 1)
        marks = {_date(times[0] + step * place): times[0] + step * place for place in range(_DATES)}
        axes.set_xticks([*marks.values()], [*marks])

    return svg(draw, height=2.6)


def _date(timestamp: float) -> str:
    return f"{datetime.fromtimestamp(timestamp, UTC):%Y-%m-%d}"


def trouble_chart(report: supplier_report_pb2.SupplierReport, language: Language) -> str:
    """Draw what share of orders had each trouble, and as a mark what is usual; empty without orders."""
    if not report.orders:
        return ""
    shown = list(report.troubles)[::-1]
    colours = [REVIEW if each.HasField("usual_share") and each.share > each.usual_share else ACCENT for each in shown]

    def draw(axes: Axes) -> None:
        axes.barh(range(len(shown)), [each.share for each in shown], color=colours, height=0.55)
        for height, each in enumerate(shown):
            if each.HasField("usual_share"):
                axes.plot([each.usual_share] * 2, [height - 0.42, height + 0.42], color=TEXT, linewidth=2)
            end = (max(each.share, each.usual_share), height)
            told = f"{each.share:.1%} · {of_orders(each, report)}"
            axes.annotate(told, end, xytext=(6, 0), textcoords="offset points", va="center")
        axes.set_yticks(range(len(shown)), [words.trouble(each.trouble, language) for each in shown])
        axes.margins(x=0.25, y=0.02)
        axes.set_xlim(left=0)
        axes.xaxis.set_visible(False)
        axes.spines["bottom"].set_visible(False)

    return svg(draw, height=0.3 + 0.34 * len(shown))


def position_chart(products: Sequence[supplier_report_pb2.ProductPosition], language: Language) -> str:
    """Draw what each product asks over the median of others; empty where none has such a median."""
    shown = [(each, over) for each in products if (over := over_market(each)) is not None][::-1]
    if not shown:
        return ""
    furthest = max(abs(log(over)) for _, over in shown) + 0.1
    marks = _CLOSE_RATIOS if furthest < log(2) else RATIOS

    def draw(axes: Axes) -> None:
        axes.axvline(1, color=TEXT, linewidth=1.2)
        axes.hlines(range(len(shown)), 1, [over for _, over in shown], color=FAINT, linewidth=2, zorder=1)
        axes.scatter([over for _, over in shown], range(len(shown)), color=ACCENT, s=38, zorder=2)
        axes.set_yticks(range(len(shown)), [shortened(each.title or each.listing_id) for each, _ in shown])
        axes.set_xscale("log")
        axes.set_xticks(marks, [f"{ratio:.0%}" for ratio in marks])
        axes.set_xticks([], minor=True)
        axes.set_xlim(exp(-furthest), exp(furthest))
        axes.grid(axis="x", color=FAINT, linewidth=0.5)
        axes.set_axisbelow(True)
        axes.set_xlabel(phrase("vs_market", language))

    return svg(draw, height=0.8 + 0.32 * len(shown))


def over_market(position: supplier_report_pb2.ProductPosition) -> float | None:
    """A price over the market's median; `None` where either is not known, or nothing is asked."""
    own, market = amount(position.price), amount(position.market_price)
    return own / market if own > 0 and market > 0 else None
