"""With whom an applicant may belong together, be it stored or not: what a first run over it would find."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from zhengpin.domain.ring import Attribute, Link
from zhengpin.domain.supplier import Supplier
from zhengpin.domain.supplier_fact import MADE_OUT_TO_ONE, KeyedToken, SupplierDocument, SupplierFact
from zhengpin.storage.supplier_values import Shared
from zhengpin.storage.work import Reader
from zhengpin.suppliers.rings.weighing import linked_by
from zhengpin.usecases.supplier_states import states_of
from zhengpin.usecases.supplier_traits import traits_of
from zhengpin.usecases.weigh_links import Neighbourhood

LIKELY: Final = 0.5
"""Nobody is held up for a link that is less likely than not."""


def likely_links(reader: Reader, applicant: Supplier, told: Iterable[SupplierFact]) -> tuple[Link, ...]:
    """Suppliers that more likely than not belong together with the applicant, the most certain first.

    `told` are its facts, stored and sent; its record and they take the place of what was linked of it before. Before
    the marketplace is linked for the first time nobody is found.
    """
    version = reader.link_models.state().version
    if not version:
        return ()
    own = applicant.supplier_id
    around = Neighbourhood(reader, reader.link_models.get(version), {own: traits_of(applicant, _values(told))})
    sharers = around.bearers(around.traits[own].keys()).values()
    others = {each for those in sharers for each in linked_by(those)} - {own}
    edges = around.edges({(min(own, each), max(own, each)) for each in others}, {own: applicant})
    likely = {
        edge.other if edge.one == own else edge.one: edge
        for edge in sorted(edges, key=lambda edge: (not edge.certain, -edge.probability, edge.pair))
        if edge.certain or edge.probability > LIKELY
    }
    states = states_of(reader, likely.keys())
    return tuple(
        Link(other, edge.probability, edge.certain, states[other], edge.evidence) for other, edge in likely.items()
    )


def _values(told: Iterable[SupplierFact]) -> dict[Shared, bool]:
    """What of the facts others may share; confirmed once is confirmed."""
    values: dict[Shared, bool] = {}
    for shared, verified in _shared(each for each in told if not each.withdrawn):
        values[shared] = verified or values.get(shared, False)
    return values


def _shared(told: Iterable[SupplierFact]) -> Iterator[tuple[Shared, bool]]:
    for each in told:
        match each.fact:
            case KeyedToken(kind, token, verified):
                yield (kind.value, token), verified
            case SupplierDocument(kind, sha256=sha256, verified=verified) if sha256 and kind in MADE_OUT_TO_ONE:
                yield (Attribute.DOCUMENT.value, sha256), verified
