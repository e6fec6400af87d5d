"""What is told of suppliers beside their records: who shares what, and nothing in the clear."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from markets import NOW
from zhengpin.simulation import Marketplace, load_parameters
from zhengpin.simulation.suppliers.circles import Circle

TOWN = "[town]\nquarters = 3\nring_fakes = 1\n"
OFTEN = """
[suppliers]
agency.often = 1
family.often = 8
[suppliers.standing]
pyramids = 1.0
[suppliers.succession]
often = 1.0
"""


def a_town(folder: Path, changes: str = OFTEN, *, seed: int = 4) -> Marketplace:
    """A town of three quarters with many rings, changed as the test needs it."""
    file = folder / "changes.toml"
    file.write_text(TOWN + changes, "utf-8")
    return Marketplace(load_parameters(file, fakes=0.2, clever=0.75), seed=seed, now=NOW, listings=1500)


@dataclass(frozen=True)
class Told:
    """What a market tells of its suppliers."""

    market: Marketplace
    facts: Sequence[Mapping[str, Any]]
    truths: Mapping[str, Mapping[str, Any]]
    """By supplier."""

    def of(self, kind: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """Suppliers with what is told of this kind."""
        return ((each["supplierId"], each[kind]) for each in self.facts if kind in each)

    def holders(self, kind: str) -> dict[str, set[str]]:
        """The suppliers of each token of a kind."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for supplier, token in self.of("token"):
            if token["kind"] == f"TOKEN_KIND_{kind.upper()}":
                found[token["token"]].add(supplier)
        return found

    def rings(self, circle: Circle, manner: str = "") -> list[set[str]]:
        """Those who belong together for this reason."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for supplier, truth in self.truths.items():
            if (truth["circle"], truth["manner"]) == (circle, manner):
                found[truth["ring"]].add(supplier)
        return list(found.values())

    def sharing(self, circle: Circle) -> set[str]:
        """Those who are in an honest circle of this sort."""
        return {supplier for supplier, truth in self.truths.items() if circle in truth["shares"]}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    market = a_town(tmp_path_factory.mktemp("town"))
    truths = [each["supplier_truth"] for each in market.supplier_truths()]
    facts = [each["supplier_fact"] for each in market.supplier_facts()]
    return Told(market, facts, {each["supplierId"]: each for each in truths})


def test_facts_are_the_same_for_a_seed_whatever_was_made_before(told: Told, tmp_path: Path) -> None:
    last = [each["supplier_fact"] for each in a_town(tmp_path).supplier_facts_of(2)]
    assert last == told.facts[-len(last) :]
    assert a_town(tmp_path, seed=2).supplier_facts_of(1) != told.market.supplier_facts_of(1)


def test_what_is_told_of_suppliers_changes_nothing_else(told: Told, tmp_path: Path) -> None:
    changed = a_town(tmp_path, "[suppliers]\nbeside = 0.1\nagency.often = 9\nfamily.often = 0\n")
    for number in (0, 700, 1499):
        assert changed.offer(number).listing == told.market.offer(number).listing
        assert list(changed.offer(number).trade()) == list(told.market.offer(number).trade())
    assert list(changed.ballots_of(1)) == list(told.market.ballots_of(1))
    assert list(changed.links()) == list(told.market.links())
    assert list(map(_without_address, changed.parties_of(0))) == list(map(_without_address, told.market.parties_of(0)))


def _without_address(record: Mapping[str, Any]) -> Mapping[str, Any]:
    return {kind: {name: told for name, told in fields.items() if name != "address"} for kind, fields in record.items()}


def test_facts_speak_of_suppliers_that_are_told_and_of_what_has_happened(told: Told) -> None:
    assert {each["supplierId"] for each in told.facts} == told.truths.keys()
    assert max(each["observedAt"] for each in told.facts) <= NOW.isoformat().replace("+00:00", "Z")
    referrers = {referral["referrerId"] for _, referral in told.of("referral")}
    successors = {succession["successorId"] for _, succession in told.of("succession")}
    assert referrers | successors <= told.truths.keys()


def test_ids_are_given_once_and_facts_told_as_they_came(told: Told) -> None:
    ids = [each["factId"] for each in told.facts]
    assert len(set(ids)) == len(ids)
    assert {len(each) for each in ids} == {32}
    of_a_quarter = [each["supplier_fact"] for each in told.market.supplier_facts_of(1)]
    assert [each["observedAt"] for each in of_a_quarter] == sorted(each["observedAt"] for each in of_a_quarter)


def test_tokens_are_keyed_hashes_and_nothing_else(told: Told, tmp_path: Path) -> None:
    tokens = {token["token"] for _, token in told.of("token")}
    assert all(re.fullmatch("[0-9a-f]{64}", each) for each in tokens)
    others = (each["supplier_fact"].get("token", {}) for each in a_town(tmp_path, seed=2).supplier_facts_of(1))
    assert not tokens & {each["token"] for each in others if each}


def test_accounts_and_persons_are_shared_by_those_alone_who_belong_together(told: Told) -> None:
    shared = [
        holders for kind in ("person", "payout_account") for holders in told.holders(kind).values() if len(holders) > 1
    ]
    assert len(shared) > 10
    for holders in shared:
        rings = {told.truths[each]["ring"] for each in holders}
        assert len(rings) == 1
        assert rings != {""}


def test_an_open_ring_shares_accounts_and_a_weak_one_only_what_proves_little(told: Told) -> None:
    open_rings, weak = told.rings(Circle.RING, "open"), told.rings(Circle.RING, "weak")
    assert open_rings
    assert weak
    assert all(pairs_sharing(told, ring, "payout_account") for ring in open_rings)
    for ring in weak:
        assert not any(pairs_sharing(told, ring, kind) for kind in ("person", "payout_account", "return_address"))
        assert pairs_sharing(told, ring, "depot")
        assert pairs_sharing(told, ring, "contact_name")


def test_in_a_ring_that_hides_each_shares_with_others_another_thing(told: Told) -> None:
    rings = told.rings(Circle.RING, "split")
    assert rings
    for ring in rings:
        by_kind = {kind: pairs_sharing(told, ring, kind) for kind in ("payout_account", "phone", "device")}
        assert all(len(pairs) < len(ring) * (len(ring) - 1) / 4 for pairs in by_kind.values())
        assert len(set(map(frozenset, by_kind.values()))) > 1


def pairs_sharing(told: Told, members: set[str], kind: str) -> set[tuple[str, str]]:
    """Pairs of members with a common token of a kind."""
    return {pair for holders in told.holders(kind).values() for pair in combinations(sorted(holders & members), 2)}


def test_forty_honest_shops_send_from_one_depot(told: Told) -> None:
    shops = told.sharing(Circle.WAREHOUSE)
    assert len(shops) == 40
    assert any(shops <= each for each in told.holders("depot").values())
    assert max(map(len, told.holders("return_address").values())) > 25


def test_an_agency_serves_twenty_to_sixty_shops_with_its_own_telephone(told: Told) -> None:
    clients = {each for each in told.sharing(Circle.AGENCY) if told.truths[each]["circle"] != Circle.RING}
    served = list(told.holders("phone").values())
    assert 20 <= len(clients) <= 60
    assert any(len(holders) > len(clients) / 3 for holders in served)


def test_families_are_few_at_one_address_with_accounts_of_their_own(told: Told) -> None:
    relatives = told.sharing(Circle.FAMILY)
    sizes = {len(each & relatives) for each in told.holders("return_address").values() if len(each & relatives) > 1}
    assert sizes <= {2, 3}
    assert sizes
    alone = {each for each in relatives if not told.truths[each]["ring"]}
    assert alone
    assert not any(pairs_sharing(told, alone, kind) for kind in ("person", "payout_account"))


def test_relatives_may_share_the_telephone_and_the_place_their_parcels_leave_from(told: Told) -> None:
    relatives = told.sharing(Circle.FAMILY)
    at_home = pairs_sharing(told, relatives, "return_address")
    assert at_home & pairs_sharing(told, relatives, "phone") & pairs_sharing(told, relatives, "depot")


@pytest.mark.parametrize("kind", ["network", "pickup_point", "depot"])
def test_strangers_share_what_carriers_and_chance_give_them(told: Told, kind: str) -> None:
    alone = {each for each, truth in told.truths.items() if not truth["ring"] and not truth["shares"]}
    assert sum(len(each & alone) > 1 for each in told.holders(kind).values()) > 2


def test_single_things_change_hands(told: Told) -> None:
    for circle, kind in ((Circle.SECOND_HAND_DEVICE, "device"), (Circle.RECYCLED_PHONE, "phone")):
        buyers = told.sharing(circle)
        assert len(buyers) >= 10
        assert all(any(each in one and len(one) > 1 for one in told.holders(kind).values()) for each in buyers)


def test_tokens_are_known_and_verified_as_often_as_the_parameters_say(told: Told) -> None:
    plan = load_parameters().suppliers
    for kind, share in (("payout_account", plan.known["payout_account"]), ("email", plan.known["email"])):
        known = {each for holders in told.holders(kind).values() for each in holders}
        assert len(known) / len(told.truths) == pytest.approx(share, abs=0.05)
    accounts = [token for _, token in told.of("token") if token["kind"] == "TOKEN_KIND_PAYOUT_ACCOUNT"]
    verified = sum("verified" in each for each in accounts) / len(accounts)
    assert verified == pytest.approx(plan.verified["payout_account"], abs=0.06)


def test_the_terminated_are_told_as_such_and_come_back(told: Told) -> None:
    parties = [each["supplier"] for each in told.market.parties() if "supplier" in each]
    terminated = {each["supplierId"] for each in parties if each["state"] == "SUPPLIER_STATE_TERMINATED"}
    thrown_out = {supplier for supplier, each in told.of("termination") if each["reason"] == "Sold fakes."}
    assert thrown_out == terminated
    for supplier in terminated:
        ring = told.truths[supplier]["ring"]
        others = {each for each, truth in told.truths.items() if truth["ring"] == ring} - {supplier}
        assert others - terminated
    assert any(told.truths[each]["circle"] == Circle.RING for each in terminated)


def test_samples_find_what_the_truth_is(told: Told) -> None:
    bad: Counter[str] = Counter()
    units: Counter[str] = Counter()
    for supplier, sample in told.of("sample"):
        found = [sample.get(name, 0) for name in ("critical", "major", "minor")]
        assert sum(found) <= sample["sampleSize"] <= int(sample["lotSize"])
        sort = "honest" if told.truths[supplier]["truth"] == "honest" else "faker"
        bad[sort] += sum(found[:2])
        units[sort] += sample["sampleSize"]
    assert bad["honest"] / units["honest"] < 0.015 < bad["faker"] / units["faker"]


def test_a_borrowed_paper_has_the_hash_of_anothers(told: Told) -> None:
    bearers: defaultdict[str, set[str]] = defaultdict(set)
    for supplier, paper in told.of("document"):
        bearers[paper["kind"] + paper["sha256"]].add(supplier)
    for kind in ("DOCUMENT_KIND_TEST_REPORT", "DOCUMENT_KIND_AUTHORISATION_LETTER"):
        shared = [each for name, each in bearers.items() if name.startswith(kind) and len(each) > 1]
        truths = {told.truths[supplier]["truth"] for each in shared for supplier in each}
        assert {"honest", "counterfeiter"} <= truths
    assert all(len(each) == 1 for name, each in bearers.items() if name.startswith("DOCUMENT_KIND_IDENTITY"))


def test_nobody_brought_in_whoever_brought_him_in_and_a_scheme_has_levels(told: Told) -> None:
    above = {supplier: referral["referrerId"] for supplier, referral in told.of("referral")}
    levels = {supplier: len(list(_up(above, supplier))) for supplier in above}
    scheme = {supplier for supplier, referral in told.of("referral") if "entryFee" in referral}
    assert len(scheme) > 30
    assert max(levels[each] for each in scheme) >= 3
    honest = above.keys() - scheme
    assert 0 < len(honest) < 0.12 * len(told.truths)


def _up(above: Mapping[str, str], supplier: str) -> Iterator[str]:
    """Everyone above; nobody is above himself."""
    seen = {supplier}
    while supplier in above:
        supplier = above[supplier]
        assert supplier not in seen
        seen.add(supplier)
        yield supplier


def test_days_are_told_of_a_share_of_suppliers_and_each_once(told: Told) -> None:
    days = Counter((supplier, *each["day"].values()) for supplier, each in told.of("sales"))
    assert set(days.values()) == {1}
    accounted = {supplier for supplier, *_ in days}
    plan = load_parameters().suppliers.accounts
    assert len(accounted) / len(told.truths) == pytest.approx(plan.accounted, abs=0.05)
    for _, each in told.of("service"):
        assert int(each["resolved"]) <= int(each["answered"]) <= int(each["contacts"])
