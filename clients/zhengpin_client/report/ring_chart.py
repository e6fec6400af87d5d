"""A ring of suppliers as a graph, from its factories at the top to its shops at the bottom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias

from zhengpin.v1 import ring_pb2, supplier_pb2
from zhengpin_client.report.drawing import ACCENT, ALLOW, BLOCK, FAINT, PAGE, TEXT, WATCH, folded, svg

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MOST_MEMBERS = 60
"""Of a larger ring the first ones of the chain are drawn, and whom the page is about."""
_A_ROW = 5
_LABEL = 20
"""Columns of a label: 1.4 inches at 8 points of a bold face, of the 1.6 that each member has."""
_LINES = 2
_STOPPED = {supplier_pb2.SUPPLIER_STATE_SUSPENDED, supplier_pb2.SUPPLIER_STATE_TERMINATED}
_COLOURS = {ring_pb2.CHAIN_ROLE_FACTORY: ACCENT, ring_pb2.CHAIN_ROLE_AGENT: WATCH}

Places: TypeAlias = Mapping[str, tuple[float, float]]


def ring_chart(ring: ring_pb2.Ring, supplier_id: str) -> str:
    """Draw members by their place in the chain, what ties them, and arrows for who supplies whom.

    A line is solid where both are one and the same, else dashed and the fainter, the less likely they are.
    """
    ordered = sorted(ring.members, key=lambda each: (each.role, each.supplier_id))
    others = [each for each in ordered if each.supplier_id != supplier_id][: MOST_MEMBERS - 1]
    shown = [each for each in ordered if each.supplier_id == supplier_id or each in others]
    rows = _rows(shown)
    places = {
        each.supplier_id: (place - (len(row) - 1) / 2, -float(height))
        for height, row in enumerate(rows)
        for place, each in enumerate(row)
    }

    def draw(axes: Axes) -> None:
        _draw_ties(axes, ring, places)
        for each in shown:
            _draw_member(axes, each, places[each.supplier_id], is_asked=each.supplier_id == supplier_id)
        axes.set_xlim(-_A_ROW / 2, _A_ROW / 2)
        axes.set_ylim(-len(rows) + 0.3, 0.5)
        axes.set_axis_off()

    return svg(draw, height=0.5 + 1.05 * len(rows), width=8.0)


def _rows(members: Sequence[ring_pb2.RingMember]) -> list[list[ring_pb2.RingMember]]:
    """Those of one role beside one another, and below them the next role; long rows are broken."""
    rows = []
    for role in sorted({each.role for each in members}):
        alike = [each for each in members if each.role == role]
        rows += [alike[start : start + _A_ROW] for start in range(0, len(alike), _A_ROW)]
    return rows


def _draw_ties(axes: Axes, ring: ring_pb2.Ring, places: Places) -> None:
    for edge in ring.edges:
        looks = {"linewidth": 2.0} if edge.certain else {"linestyle": (0, (4, 3)), "alpha": edge.probability}
        _connect(axes, places, (edge.one_id, edge.other_id), arrowstyle="-", color=TEXT, bend=0.12, **looks)
    for supply in ring.supplies:
        _connect(axes, places, (supply.source_id, supply.target_id), arrowstyle="-|>", color=ALLOW, bend=-0.15)


def _connect(axes: Axes, places: Places, ends: tuple[str, str], *, bend: float, **looks: object) -> None:
    """Draw a bent line between two members, if both are drawn."""
    if not places.keys() >= {*ends}:
        return
    bent = {"connectionstyle": f"arc3,rad={bend}", "shrinkA": 11, "shrinkB": 11}
    axes.annotate("", xy=places[ends[1]], xytext=places[ends[0]], arrowprops={**bent, **looks})


def _draw_member(axes: Axes, member: ring_pb2.RingMember, place: tuple[float, float], *, is_asked: bool) -> None:
    colour = BLOCK if member.state in _STOPPED else _COLOURS.get(member.role, FAINT)
    edge = TEXT if is_asked else colour
    axes.scatter(*place, s=230, color=colour, edgecolors=edge, linewidths=2.5, zorder=3)
    axes.annotate(
        folded(member.name or member.supplier_id, _LABEL, _LINES),
        place,
        xytext=(0, -15),
        textcoords="offset points",
        ha="center",
        va="top",
        fontsize=8,
        weight="bold" if is_asked else "normal",
        bbox={"facecolor": PAGE, "edgecolor": "none", "alpha": 0.8, "pad": 0.8},
        zorder=4,
    )
