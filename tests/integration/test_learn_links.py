"""What the links of a marketplace are weighed by, learned from some of its suppliers where they are many."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from builders import NOW, a_supplier
from zhengpin.domain.link_model import LinkModel
from zhengpin.domain.supplier import Supplier
from zhengpin.simulation import names
from zhengpin.storage import Store
from zhengpin.suppliers.rings.likeness import Degree
from zhengpin.suppliers.rings.particulars import table_of
from zhengpin.usecases import learn_links as learning
from zhengpin.usecases.learn_links import LEAST_NAMES, learn_links

HERE = "here"
EVERYBODY = 3 * LEAST_NAMES
PLACES = [column.name for column in table_of(()).columns]
ROAD, NUMBER = PLACES.index("address.road"), PLACES.index("address.number")


def firms() -> list[Supplier]:
    """Firms in the order of their ids: the later half alone has told its address, and all of it one road."""
    dice = Random(7)  # noqa: S311  made-up firms
    return [
        a_supplier(
            f"s{number:03}",
            name=names.firm(dice),
            address=f"杭州市凯维路{dice.randint(1, 900)}号" if number >= EVERYBODY // 2 else "",
        )
        for number in range(EVERYBODY)
    ]


@pytest.fixture
def store(sqlite_url: str) -> Store:
    store = Store(sqlite_url)
    store.migrate()
    with store.begin(HERE) as unit:
        unit.suppliers.upsert_many(firms(), NOW)
    return store


def learned(store: Store) -> LinkModel:
    return learn_links(store, HERE, "v")


def test_of_many_those_learned_from_are_drawn_from_all(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = learned(store).texts
    monkeypatch.setattr(learning, "MOST_LEARNED_FROM", EVERYBODY // 4)
    drawn = learned(store).texts
    assert whole is not None
    assert drawn is not None
    assert drawn.u != whole.u
    # Those who told an address are half of all: some of them were drawn, or nothing would be known of roads.
    assert drawn.u[ROAD][Degree.SAME] > 0.99
    assert drawn.u[NUMBER][Degree.UNLIKE] == pytest.approx(whole.u[NUMBER][Degree.UNLIKE], abs=0.05)
    store.close()


def test_how_rare_a_text_is_counts_all_however_few_were_learned_from(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = learned(store).texts
    monkeypatch.setattr(learning, "MOST_LEARNED_FROM", EVERYBODY // 4)
    drawn = learned(store).texts
    assert whole is not None
    assert drawn is not None
    assert (drawn.counts, drawn.known) == (whole.counts, whole.known)
    assert drawn.counts[ROAD] == {"凯维road": EVERYBODY // 2}
    store.close()


def test_the_same_suppliers_teach_the_same(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(learning, "MOST_LEARNED_FROM", EVERYBODY // 4)
    assert learned(store) == learned(store)
    assert replace(learned(store), version="another") == learn_links(store, HERE, "another")
    store.close()
