"""With whom a supplier belongs together, as one page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from zhengpin.v1 import ring_pb2, supplier_pb2
from zhengpin_client.report.pages import fill_page
from zhengpin_client.words import Language, word


@dataclass(frozen=True, slots=True)
class LinkRow:
    """One link in words."""

    supplier_id: str
    name: str
    state: str
    tie: str
    evidence: tuple[str, ...]


def links_page(found: ring_pb2.SupplierLinks, links: Sequence[LinkRow], language: Language) -> str:
    """Make the page, with the ring as a graph; nothing on it comes from elsewhere."""
    from markupsafe import Markup  # noqa: PLC0415 - an extra: only reports need it

    from zhengpin_client.report.ring_chart import MOST_MEMBERS, ring_chart  # noqa: PLC0415

    ring = found.ring if found.HasField("ring") else None
    drawn = ring_chart(ring, found.supplier_id) if ring else ""
    return fill_page(
        "links_page.html.j2",
        language,
        supplier_id=found.supplier_id,
        links=links,
        ring=ring,
        most=MOST_MEMBERS,
        members=sorted(ring.members, key=lambda each: (each.role, each.supplier_id)) if ring else (),
        role=lambda value: word(ring_pb2.ChainRole.Name(value), language),
        state=lambda value: word(supplier_pb2.SupplierState.Name(value), language),
        shape=word(ring_pb2.ChainShape.Name(ring.shape), language) if ring else "",
        ring_chart=Markup(drawn),  # noqa: S704 - drawn here, its texts are escaped
    )
