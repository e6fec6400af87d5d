"""Charts as SVG that takes its colours from the page around it, light or dark."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from rich.cells import cell_len, chop_cells, set_cell_size

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
    "#050505": "var(--page)",
}
"""Colours that are drawn, and the page's own that take their place, light or dark."""
TEXT, FAINT, ALLOW, WATCH, REVIEW, BLOCK, ACCENT, PAGE = _STAND_INS
_STYLE: Any = {
    "svg.fonttype": "none",
    "svg.hashsalt": "zhengpin",
    "text.parse_math": False,
    "font.family": "sans-serif",
    "font.size": 10,
    "text.color": TEXT,
    "axes.edgecolor": FAINT,
    "axes.labelcolor": TEXT,
    "xtick.color": TEXT,
    "ytick.color": TEXT,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.spines.left": False,
}
RATIOS = (0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2, 4, 10, 20, 50, 100)
"""Where a scale of prices over their median has its marks."""
_LONGEST_LABEL = 28


def shortened(label: str) -> str:
    """A label that leaves room for what it names."""
    return label if len(label) <= _LONGEST_LABEL else label[: _LONGEST_LABEL - 1] + "…"


def folded(label: str, width: int, most: int) -> str:
    """A label on at most so many lines of so many columns, of which a Chinese character takes two.

    It is broken between words where there are any, and ends in an ellipsis where it is longer.
    """
    words = (part for word in label.split() for part in chop_cells(word, width))
    lines: list[str] = []
    for word in words:
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and cell_len(joined) <= width:
            lines[-1] = joined
        else:
            lines.append(word)
    if len(lines) > most:
        lines[most - 1 :] = [f"{set_cell_size(lines[most - 1], width - 1).rstrip()}…"]
    return "\n".join(lines)


def svg(draw: Callable[[Axes], None], height: float, width: float = 6.0) -> str:
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
