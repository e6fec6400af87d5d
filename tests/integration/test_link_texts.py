"""Links by names and addresses, learned from a marketplace in which a few suppliers are there twice."""

from __future__ import annotations

from random import Random

from builders import NOW, a_supplier
from zhengpin.domain.supplier import Supplier
from zhengpin.simulation import names
from zhengpin.storage import Store
from zhengpin.time_ordered_id import time_ordered_id
from zhengpin.usecases.learn_links import LEAST_NAMES
from zhengpin.usecases.link_suppliers import LinkSuppliers

HERE = "here"
TWINS = 20


def town() -> list[Supplier]:
    """Suppliers with names and addresses of their own, some of them there twice, written another way."""
    dice = Random(7)  # noqa: S311  made-up firms
    firms = [
        a_supplier(f"s{number:03}", name=names.firm(dice), address=names.address(dice), registration_code="")
        for number in range(LEAST_NAMES)
    ]
    again = [
        a_supplier(
            f"again-{each.supplier_id}", name=f"{each.name} ", address=f"中国{each.address}", registration_code=""
        )
        for each in firms[:TWINS]
    ]
    return [*firms, *again]


def linked(store: Store, suppliers: list[Supplier]) -> LinkSuppliers:
    with store.begin(HERE) as unit:
        unit.suppliers.upsert_many(suppliers, NOW)
    link = LinkSuppliers(store, lambda: NOW, time_ordered_id)
    for _ in link():
        pass
    return link


def test_who_has_one_name_and_one_address_belongs_together(sqlite_url: str) -> None:
    store = Store(sqlite_url)
    store.migrate()
    link = linked(store, town())
    everybody = [each.supplier_id for each in town()]
    with store.read(HERE) as reader:
        rings = set(reader.supplier_links.members(set(reader.supplier_links.rings_of(everybody).values())).values())
        edges = {edge.pair: edge for edge in reader.supplier_links.edges_of(everybody)}
    assert rings >= {(f"again-s{number:03}", f"s{number:03}") for number in range(TWINS)}
    assert len(rings) == TWINS
    assert {each.attribute for each in edges["again-s000", "s000"].evidence} == {
        "registered_name",
        "company_name",
        "address",
    }

    linked(store, [a_supplier("again-s000", name="Another firm", address="9 Elsewhere Road", registration_code="")])
    with store.read(HERE) as reader:
        kept = {edge.pair: edge for edge in reader.supplier_links.edges_of(everybody)}
        version = reader.link_models.state().version
    assert "again-s000" not in {each for pair in kept for each in pair}
    linked(store, [town()[LEAST_NAMES]])
    with store.read(HERE) as reader:
        assert {edge.pair: edge for edge in reader.supplier_links.edges_of(everybody)} == edges
        assert reader.link_models.state().version == version
    for _ in link.anew(HERE):
        pass
    with store.read(HERE) as reader:
        assert {edge.pair: edge for edge in reader.supplier_links.edges_of(everybody)} == edges
    store.close()
