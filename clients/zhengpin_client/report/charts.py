"""A report's charts, as SVG that takes its colours from the page."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Callable, Sequence
from math import exp, log
from typing import TYPE_CHECKING, Any

from zhengpin.v1 import verdict_pb2
from zhengpin_client import words
from zhengpin_client.report.rows import Report
from zhengpin_client.words import Language, phrase

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_STAND_INS = {
    "#010101": "var(--text)",
    "#020202": "var(--faint)",
    "#030301": "var(--allow)",
    "#030302": "var(--watch)",
    "#030303": "var(--review)",
    "#030304": "var(--block)",
    "#040404": "var(--accent)",
}
"""Colours that are drawn, and the page's own that take their place, light or dark."""
_TEXT, _FAINT, _ALLOW, _WATCH, _REVIEW, _BLOCK, _ACCENT = _STAND_INS
_DECISION_COLOURS = {
    verdict_pb2.DECISION_ALLOW: _ALLOW,
    verdict_pb2.DECISION_WATCH: _WATCH,
    verdict_pb2.DECISION_REVIEW: _REVIEW,
    verdict_pb2.DECISION_BLOCK: _BLOCK,
}
_STYLE: Any = {
    "svg.fonttype": "none",
    "svg.hashsalt": "zhengpin",
    "text.parse_math": False,
    "font.family": "sans-serif",
    "font.size": 10,
    "text.color": _TEXT,
    "axes.edgecolor": _FAINT,
    "axes.labelcolor": _TEXT,
    "xtick.color": _TEXT,
    "ytick.color": _TEXT,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.spines.left": False,
}
_RATIOS = (0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2, 4, 10, 20, 50, 100)
"""Where a scale of prices over their median has its marks."""
_MOST_BARS = 15
_MOST_PRODUCTS = 14
_LONGEST_LABEL = 28


def decision_chart(report: Report, language: Language) -> str:
    """Draw how many verdicts there are of each decision."""
    counts = report.decisions()
    shown = [each for each in _DECISION_COLOURS if counts[each]]
    labels = [words.decision(each, language) for each in shown]
    return _bars(labels, [counts[each] for each in shown], [_DECISION_COLOURS[each] for each in shown])


def reason_chart(report: Report) -> str:
    """Draw how many listings each of the most frequent reasons was found on."""
    shown = report.reasons()[:_MOST_BARS][::-1]
    return _bars([code for code, _ in shown], [count for _, count in shown], [_ACCENT] * len(shown))


def price_chart(report: Report, language: Language, row_links: Sequence[str]) -> str:
    """Draw each listing's unit price over its market's median; a point leads to its row (`row_links`, by row)."""
    products = list(report.products().values())[:_MOST_PRODUCTS][::-1]
    if not products:
        return ""

    furthest = max(abs(log(report.rows[place].against_market or 1)) for places in products for place in places)

    def draw(axes: Axes) -> None:
        axes.axvline(1, color=_TEXT, linewidth=1.2, zorder=1)
        for height, places in enumerate(products):
            _draw_points(axes, report, places, height, row_links)
        axes.set_yticks(range(len(products)), [_label(report, places) for places in products])
        axes.set_xscale("log")
        axes.set_xticks(_RATIOS, [f"{ratio:.0%}" for ratio in _RATIOS])
        axes.set_xticks([], minor=True)
        axes.set_xlim(exp(-1.1 * furthest - 0.1), exp(1.1 * furthest + 0.1))
        axes.grid(axis="x", color=_FAINT, linewidth=0.5)
        axes.set_axisbelow(True)
        axes.set_xlabel(phrase("vs_market", language))

    return _svg(draw, height=0.8 + 0.32 * len(products))


def _draw_points(axes: Axes, report: Report, places: Sequence[int], height: int, row_links: Sequence[str]) -> None:
    """Draw a product's listings in one line, the stricter over the milder; points keep apart up and down."""
    ordered = sorted(places, key=lambda place: report.rows[place].decision)
    rows = [report.rows[place] for place in ordered]
    spread = [height + ((place * 7) % 11 - 5) / 28 for place in range(len(rows))]
    points = axes.scatter(
        [row.against_market or 0 for row in rows],
        spread,
        s=26,
        color=[_DECISION_COLOURS.get(row.decision, _ACCENT) for row in rows],
        alpha=0.85,
        linewidths=0,
        zorder=2,
    )
    points.set_urls([row_links[place] or None for place in ordered])


def _label(report: Report, places: Sequence[int]) -> str:
    row = report.rows[places[0]]
    name = row.product if len(row.product) <= _LONGEST_LABEL else row.product[: _LONGEST_LABEL - 1] + "…"
    return f"{name} ({row.currency}, {len(places)})"


def _bars(labels: list[str], counts: list[int], colours: list[str]) -> str:
    """Draw labelled horizontal bars."""

    def draw(axes: Axes) -> None:
        bars = axes.barh(range(len(counts)), counts, color=colours, height=0.65)
        axes.set_yticks(range(len(labels)), labels)
        axes.bar_label(bars, padding=4)
        axes.margins(x=0.1, y=0.02)
        axes.xaxis.set_visible(False)
        axes.spines["bottom"].set_visible(False)

    return _svg(draw, height=0.3 + 0.28 * max(len(counts), 1))


def _svg(draw: Callable[[Axes], None], height: float, width: float = 6.0) -> str:
    """Draw with the page's colours and hand out the bare <svg> element; sizes in inches."""
    from matplotlib import rc_context  # noqa: PLC0415 - an extra: only reports draw
    from matplotlib.backends.backend_svg import FigureCanvasSVG  # noqa: PLC0415
    from matplotlib.figure import Figure  # noqa: PLC0415

    with rc_context(_STYLE), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph")  # the browser brings the fonts
        figure = Figure(figsize=(width, height), layout="constrained")
        FigureCanvasSVG(figure)
        axes = figure.add_subplot()
        axes.tick_params(left=False)
        draw(axes)
        drawn = io.StringIO()
        figure.savefig(drawn, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    return _for_page(drawn.getvalue())


def _for_page(svg: str) -> str:
    """Take the element out of its document, let it scale, and give it the page's colours."""
    element = svg[svg.index("<svg") :]
    element = re.sub(
        r'<svg[^>]*?viewBox="([^"]*)"[^>]*>',
        r'<svg viewBox="\1" xmlns:xlink="http://www.w3.org/1999/xlink">',
        element,
        count=1,
    )
    element = re.sub(r"<metadata>.*?</metadata>", "", element, flags=re.DOTALL)
    for drawn, own in _STAND_INS.items():
        element = element.replace(drawn, own)
    return element
