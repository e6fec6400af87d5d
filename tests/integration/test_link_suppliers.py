"""Suppliers linked as they are told of, against one run over all; and what parts, joins and interrupts rings."""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import closing
from itertools import combinations, count
from random import Random

import pytest
from typer.testing import CliRunner

from bearing import Bearers
from builders import NOW, a_supplier
from ring_builders import a_gang, a_shared_paper, a_token, withdrawn
from zhengpin.__main__ import app
from zhengpin.domain.ring import Attribute, Edge, Trait
from zhengpin.domain.supplier import Supplier
from zhengpin.domain.supplier_fact import DocumentKind, KeyedToken, SupplierDocument, SupplierFact, TokenKind
from zhengpin.storage import Store
from zhengpin.suppliers.rings.linked import LinkedSuppliers
from zhengpin.suppliers.rings.weighing import HUB, holds
from zhengpin.usecases import link_suppliers
from zhengpin.usecases.learn_links import LEAST_SUPPLIERS
from zhengpin.usecases.link_suppliers import LinkSuppliers
from zhengpin.usecases.relink import relink
from zhengpin.usecases.weigh_links import is_kept

HERE = "here"
FAMILY = (
    TokenKind.RETURN_ADDRESS,
    TokenKind.NETWORK,
    TokenKind.PICKUP_POINT,
    TokenKind.DEVICE,
    TokenKind.PHONE,
    TokenKind.DEPOT,
)
"""What relatives with a shop each have in common: all of it their home."""


class Market:
    """A marketplace whose suppliers are linked whenever anybody asks."""

    def __init__(self, store: Store) -> None:
        self.store = store
        numbers = count()
        self.link = LinkSuppliers(store, lambda: NOW, lambda: f"id-{next(numbers):06}")

    def told(self, facts: Iterable[SupplierFact]) -> None:
        with self.store.begin(HERE) as unit:
            unit.supplier_facts.record_many(list(facts), NOW)

    def welcomed(self, *suppliers: Supplier) -> None:
        with self.store.begin(HERE) as unit:
            unit.suppliers.upsert_many(suppliers, NOW)

    def linked(self) -> set[frozenset[str]]:
        for _ in self.link():
            pass
        return self.rings()

    def rings(self) -> set[frozenset[str]]:
        return {frozenset(those) for those in self.by_id().values()}

    def by_id(self) -> dict[str, tuple[str, ...]]:
        with self.store.read(HERE) as reader:
            named = reader.supplier_links.rings_of(self.everybody())
            return reader.supplier_links.members(set(named.values()))

    def everybody(self) -> list[str]:
        with self.store.read(HERE) as reader:
            return reader.link_models.everybody("", 9999)

    def edges(self) -> dict[tuple[str, str], Edge]:
        with self.store.read(HERE) as reader:
            return {edge.pair: edge for edge in reader.supplier_links.edges_of(self.everybody())}


@pytest.fixture
def market(store: Store) -> Market:
    return Market(store)


def test_who_shares_an_account_a_paper_and_a_device_is_in_one_ring(market: Market) -> None:
    market.told([*a_gang("g", "a", "b", "c"), *a_gang("other", "x", "y")])
    assert market.linked() == {frozenset("abc"), frozenset("xy")}
    assert {each.attribute for each in market.edges()["a", "b"].evidence} == {"payout_account", "device", "document"}


def test_a_verified_account_of_two_is_an_identity(market: Market) -> None:
    market.told(a_token(each, TokenKind.PAYOUT_ACCOUNT, "own", verified=True) for each in ("a", "b"))
    market.linked()
    assert market.edges()["a", "b"].certain


def test_withdrawn_tokens_part_a_ring(market: Market) -> None:
    market.told(a_gang("g", "a", "b", "c"))
    market.linked()
    market.told(withdrawn(*a_gang("g", "c")))
    assert market.linked() == {frozenset("ab")}
    assert ("a", "c") not in market.edges()


def test_a_warehouse_makes_no_ring(market: Market) -> None:
    customers = [f"s{number:03}" for number in range(HUB + 1)]
    shared = (TokenKind.DEPOT, TokenKind.PHONE, TokenKind.PAYOUT_ACCOUNT)
    market.told(a_token(each, kind, "warehouse", verified=True) for each in customers for kind in shared)
    assert market.linked() == set()
    assert market.edges() == {}


def test_one_customer_more_makes_a_hub_and_one_less_none(market: Market) -> None:
    customers = [f"s{number:03}" for number in range(HUB)]
    market.told(a_token(each, TokenKind.PERSON, "agent", verified=True) for each in customers)
    assert market.linked() == {frozenset(customers)}
    market.told([a_token("one-more", TokenKind.PERSON, "agent", verified=True)])
    assert market.linked() == set()
    market.told(withdrawn(a_token("s007", TokenKind.PERSON, "agent", verified=True)))
    assert market.linked() == {frozenset({*customers, "one-more"} - {"s007"})}


def test_no_number_of_claims_parts_whom_a_verified_account_makes_one(market: Market) -> None:
    market.told(a_token(each, TokenKind.PAYOUT_ACCOUNT, "own", verified=True) for each in ("y", "z"))
    market.linked()
    before = market.edges()["y", "z"]
    market.told(a_token(f"s{number:03}", TokenKind.PAYOUT_ACCOUNT, "own") for number in range(2 * HUB))
    assert market.linked() == {frozenset("yz")}
    assert market.edges() == {("y", "z"): before}


def test_family_businesses_stay_apart(market: Market) -> None:
    market.told(a_token(each, kind, "home") for each in ("brother", "sister") for kind in FAMILY)
    assert market.linked() == set()


def test_customers_of_one_bookkeeper_stay_apart(market: Market) -> None:
    """Who registers firms for others does so with a telephone, a mailbox and a computer of its own."""
    office = (TokenKind.PHONE, TokenKind.EMAIL, TokenKind.DEVICE, TokenKind.NETWORK, TokenKind.RETURN_ADDRESS)
    market.told(a_token(each, kind, "office") for each in ("a", "b", "c") for kind in office)
    assert market.linked() == set()


def test_rings_that_come_to_share_an_account_become_one_and_keep_the_older_name(market: Market) -> None:
    market.told(a_gang("g", "x", "y"))
    market.linked()
    (oldest,) = market.by_id()
    market.told(a_gang("h", "a", "b", "c"))
    market.linked()
    market.told(a_gang("g", "a", "b"))
    market.linked()
    assert market.by_id() == {oldest: ("a", "b", "c", "x", "y")}


def test_of_a_ring_that_parts_most_keep_the_name(market: Market) -> None:
    market.told([*a_gang("g", "a", "b", "c", "d", "e")])
    market.linked()
    (name,) = market.by_id()
    market.told([*withdrawn(*a_gang("g", "a", "b")), *a_gang("h", "a", "b")])
    market.linked()
    found = market.by_id()
    assert found.pop(name) == ("c", "d", "e")
    assert [*found.values()] == [("a", "b")]


def test_a_number_in_the_register_that_was_confirmed_is_an_identity(market: Market) -> None:
    code = "91350100M000100Y43"
    market.welcomed(
        *(a_supplier(each, registration_code=code, country="CN", verified_at=NOW) for each in ("a", "b")),
        a_supplier("unconfirmed", registration_code=code, country="CN", verified_at=None),
    )
    market.linked()
    assert {pair: edge.certain for pair, edge in market.edges().items()} == {
        ("a", "b"): True,
        ("a", "unconfirmed"): False,
        ("b", "unconfirmed"): False,
    }
    market.welcomed(a_supplier("b", registration_code="", verified_at=NOW))
    market.linked()
    assert [*market.edges()] == [("a", "unconfirmed")]


def test_a_branch_belongs_to_whose_name_it_bears_and_whose_letter_it_shows(market: Market) -> None:
    names = {
        "office": "杭州凯维商贸有限公司",
        "branch": "杭州凯维商贸有限公司义乌分公司",
        "bare": "杭州凯维商贸有限公司泉州分公司",
        "other": "杭州凯维实业有限公司",
    }
    market.welcomed(*(a_supplier(each, name=name, registration_code="") for each, name in names.items()))
    market.told(a_shared_paper(each, "letter") for each in ("office", "branch", "other"))
    assert market.linked() == {frozenset(("office", "branch"))}
    shared = {pair: {each.attribute for each in edge.evidence} for pair, edge in market.edges().items()}
    assert shared["branch", "office"] == {"registered_name", "document"}
    assert shared["bare", "office"] == {"registered_name"}


@pytest.mark.parametrize(
    ("kind", "rings"),
    [
        (DocumentKind.AUTHORISATION_LETTER, {frozenset("ab")}),
        (DocumentKind.TEST_REPORT, set()),
        (DocumentKind.TRADEMARK_CERTIFICATE, set()),
    ],
)
def test_papers_on_goods_are_handed_in_by_whoever_sells_them_and_link_nobody(
    market: Market, kind: DocumentKind, rings: set[frozenset[str]]
) -> None:
    market.told(a_token(each, TokenKind.DEPOT, "depot") for each in "ab")
    market.told(a_shared_paper(each, "paper", kind) for each in "ab")
    assert market.linked() == rings


def test_a_kill_between_pages_loses_nothing(market: Market, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(link_suppliers, "PAGE_OF_ALL", 1)
    market.told([*a_gang("g", "a", "b"), *a_gang("h", "c", "d", "e")])
    parts = market.link()
    next(parts)
    del parts
    assert market.rings() == {frozenset("ab")}
    market.told(withdrawn(*a_gang("h", "c")))
    assert market.linked() == {frozenset("ab"), frozenset("de")}


def test_a_kill_before_the_first_link_loses_nothing(market: Market, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(link_suppliers, "PAGE_OF_ALL", 1)
    market.told(a_gang("g", "a", "b", "c"))

    def killed(_: int) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        next(LinkSuppliers(market.store, lambda: NOW, lambda: "id-", killed)())
    market.told(withdrawn(*a_gang("g", "a")))
    assert market.linked() == {frozenset("bc")}


def test_what_is_told_while_a_page_is_weighed_is_linked_next(market: Market) -> None:
    market.told(a_gang("g", "a", "b"))
    market.linked()
    market.told(a_gang("g", "c"))
    with market.store.read(HERE) as reader:
        marks = reader.unlinked_suppliers.behind("", 9)
    market.told(withdrawn(*a_gang("g", "c")))
    with market.store.begin(HERE) as unit:
        unit.unlinked_suppliers.clear(marks)
    market.linked()
    assert market.rings() == {frozenset("ab")}


def test_the_command_tells_what_it_found(database_url: str) -> None:
    store = Store(database_url)
    market = Market(store)
    market.welcomed(*map(a_supplier, "abcz"))
    market.told([*a_gang("g", "a", "b", "c"), *a_gang("h", "x", "y", verified=True)])
    store.close()
    command = ["link-suppliers", "--marketplace", HERE, "--database", database_url]

    told = json.loads(CliRunner().invoke(app, [*command, "--json"]).stdout)
    table = CliRunner().invoke(app, command).stdout

    counted = {"suppliers": 6, "links": 4, "certain_links": 1, "rings": 2, "members": 5, "largest_ring": 3}
    assert told == {HERE: counted}
    assert "│ rings              │    2 │" in table


def random_facts(dice: Random) -> list[SupplierFact]:
    """Some tokens and papers of a few suppliers, which share many of them."""
    everybody = [f"s{number:02}" for number in range(14)]
    kinds = (TokenKind.PAYOUT_ACCOUNT, TokenKind.PHONE, TokenKind.DEVICE, TokenKind.DEPOT, TokenKind.NETWORK)
    return [
        a_token(dice.choice(everybody), dice.choice(kinds), f"v{dice.randrange(4)}", verified=dice.random() < 0.2)
        if dice.random() < 0.8
        else a_shared_paper(dice.choice(everybody), f"v{dice.randrange(4)}")
        for _ in range(12)
    ]


def test_a_long_chain_of_identities_is_not_read_link_by_link(sqlite_url: str) -> None:
    def link(number: int) -> list[SupplierFact]:
        ends = (f"s{number:03}", f"s{number + 1:03}")
        return [a_token(each, TokenKind.PERSON, f"p{number}", verified=True) for each in ends]

    with closing(Store(sqlite_url)) as store:
        market = Market(store)
        market.told(fact for number in range(60) for fact in link(number))
        market.linked()
        market.told(link(60))
        with store.read(HERE) as reader:
            model = reader.link_models.get(reader.link_models.state().version)
            connection = reader._scope.connection.connection.dbapi_connection
            assert connection is not None
            statements: list[str] = []
            connection.set_trace_callback(statements.append)
            relinked = relink(reader, model, ["s060", "s061"], lambda: "another")
            connection.set_trace_callback(None)
        assert relinked.rings.keys() == {"s061"}
        assert len(statements) < 40
        assert market.linked() == {frozenset(f"s{number:03}" for number in range(62))}


@pytest.mark.parametrize("seed", range(6))
def test_links_kept_up_to_date_are_those_of_one_run_over_all_of_them(market: Market, seed: int) -> None:
    dice = Random(seed)  # noqa: S311  made-up facts
    told: dict[str, SupplierFact] = {}
    for _ in range(8):
        fresh = {fact.fact_id: fact for fact in random_facts(dice) if fact.fact_id not in told}
        gone = [told[key] for key in dice.sample(sorted(told), len(told) // 3) if not told[key].withdrawn]
        changes = [*fresh.values(), *withdrawn(*gone)]
        told |= {fact.fact_id: fact for fact in changes}
        market.told(changes)
        market.linked()
    kept, rings = market.edges(), market.rings()
    assert (kept, rings) == plain(told.values())
    last = withdrawn(*(each for each in told.values() if not each.withdrawn and dice.random() < 1 / 3))
    market.told(last)
    for _ in market.link.anew(HERE):
        pass
    assert (market.edges(), market.rings()) == plain((told | {fact.fact_id: fact for fact in last}).values())


def plain(facts: Iterable[SupplierFact]) -> tuple[dict[tuple[str, str], Edge], set[frozenset[str]]]:
    """Every two suppliers weighed, in memory."""
    bearers = Bearers(LEAST_SUPPLIERS)
    for each in facts:
        if not each.withdrawn:
            bearers.add(trait(each))
    suppliers = sorted({each.supplier_id for each in facts})
    edges = [bearers.edge(*pair) for pair in combinations(suppliers, 2)]
    linked = LinkedSuppliers(filter(holds, edges))
    rings = {linked.ring(each) for each in suppliers}
    return {edge.pair: edge for edge in edges if is_kept(edge)}, {ring for ring in rings if len(ring) > 1}


def trait(told: SupplierFact) -> Trait:
    match told.fact:
        case KeyedToken(kind, token, verified):
            return Trait(told.supplier_id, Attribute(kind.value), token, verified)
        case SupplierDocument(sha256=sha256):
            return Trait(told.supplier_id, Attribute.DOCUMENT, sha256)
    raise AssertionError(told)
