"""What the simulated marketplace tells: complete, possible, and with the marks of each fraud."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

from stdnum import ean
from stdnum.cn import uscc

from markets import NOW, a_market, trade_of
from zhengpin.simulation import load_parameters
from zhengpin.simulation.kinds import LOOKS_LIKE, Group
from zhengpin.simulation.names import brand_name, chinese_name
from zhengpin.simulation.shares import kinds_of
from zhengpin.simulation.stories import STORIES


def test_every_kind_has_a_story_and_a_share() -> None:
    assert {kind.name for kind in kinds_of(load_parameters())} == STORIES.keys()
    assert LOOKS_LIKE.keys() == {kind.name for kind in kinds_of(load_parameters()) if kind.group is Group.LOOK_ALIKE}
    assert set(LOOKS_LIKE.values()) <= STORIES.keys()


def test_nothing_is_told_of_a_seller_or_a_brand_that_is_not_there() -> None:
    market = a_market(300, fakes=0.5)
    ids: defaultdict[str, set[str]] = defaultdict(set)
    for record in market.parties():
        for kind, fields in record.items():
            ids[kind].add(fields[f"{kind}Id"])
    for record in market.parties():
        if "authorisation" in record:
            letter = record["authorisation"]
            assert {letter["licensorId"], letter["licenseeId"]} <= ids["supplier"]
            assert letter["brandId"] in ids["brand"]
    for offer in market.offers():
        assert offer.listing["supplierId"] in ids["supplier"]
        assert set(offer.listing.get("authorisationIds", ())) <= ids["authorisation"]
    assert {supplier for link in market.links() for supplier in link["link"]["suppliers"]} <= ids["supplier"]


def test_every_id_is_given_once() -> None:
    market = a_market(300)
    told_ids = [(kind, fields.get(f"{kind}Id")) for record in market.parties() for kind, fields in record.items()]
    told_ids += [("listing", offer.listing["listingId"]) for offer in market.offers()]
    told_ids += [(kind, _own_id(fields)) for record in trade_of(market) for kind, fields in record.items()]
    twice = [each for each, count in Counter(told_ids).items() if count > 1 and each[0] != "list_entry"]
    assert not twice


def _own_id(fields: dict[str, Any]) -> str:
    names = ("observationId", "eventId", "outcomeId", "entryId")
    return next(str(fields[name]) for name in names if name in fields)


def test_codes_are_right_unless_they_are_the_fraud() -> None:
    market = a_market(300, fakes=0.5)
    suppliers = [each["supplier"] for each in market.parties() if "supplier" in each]
    assert all(uscc.is_valid(each["registrationCode"]) for each in suppliers)
    for offer in market.offers():
        if "gtin" in offer.listing:
            assert ean.is_valid(offer.listing["gtin"]) is (offer.kind.name != "impossible-code")


def test_brands_do_not_share_names() -> None:
    assert len({brand_name(number) for number in range(0, 512_000, 17)}) == len(range(0, 512_000, 17))
    assert len({chinese_name(number) for number in range(30_000)}) == 30_000


def test_nothing_has_happened_yet_that_will_happen_later() -> None:
    latest = NOW.isoformat().replace("+00:00", "Z")
    for record in trade_of(a_market(300)):
        for fields in record.values():
            assert max(fields.get(name, "") for name in ("happenedAt", "capturedAt", "foundAt")) <= latest


def test_a_hijacked_listing_was_another_article_before() -> None:
    market = a_market(500, fakes=0.6)
    hijacked = [offer for offer in market.offers() if offer.kind.name == "hijacked-listing" and list(offer.history())]
    assert hijacked
    for offer in hijacked:
        before, *orders = offer.history()
        assert before["listing"]["listingId"] == offer.listing["listingId"]
        assert before["listing"]["images"] != offer.listing["images"]
        assert before["listing"]["gtin"] != offer.listing.get("gtin")
        assert orders


def test_copies_are_other_files_that_look_nearly_the_same() -> None:
    market = a_market(500, fakes=0.3)
    official = {int(each["image"]["phash"]): each["image"]["sha256"] for each in market.parties() if "image" in each}
    shown = [image for offer in market.offers() for image in offer.listing["images"]]
    near = [
        (image["sha256"] == sha256, (int(image["phash"]) ^ phash).bit_count())
        for image in shown
        for phash, sha256 in official.items()
        if (int(image["phash"]) ^ phash).bit_count() <= 8
    ]
    assert {bits for same, bits in near if same} == {0}
    assert {bits for same, bits in near if not same} == {1, 2, 3, 4, 5}


def test_half_of_the_look_alike_brands_goods_are_shown_with_the_famous_brands_pictures() -> None:
    market = a_market(1500, fakes=0.6)
    official = [int(each["image"]["phash"]) for each in market.parties() if "image" in each]
    imitations = [offer for offer in market.offers() if offer.kind.name == "look-alike-brand"]
    borrowed = [
        any((int(image["phash"]) ^ phash).bit_count() <= 5 for image in offer.listing["images"] for phash in official)
        for offer in imitations
    ]
    assert 0.3 < sum(borrowed) / len(borrowed) < 0.7


def test_the_shops_of_a_ring_show_common_pictures_and_hold_one_letter() -> None:
    market = a_market(500, fakes=0.6)
    shops = {supplier for link in market.links() if link["link"]["ring"] for supplier in link["link"]["suppliers"]}
    letters = [each["authorisation"] for each in market.parties() if "authorisation" in each]
    documents = Counter(letter["documentSha256"] for letter in letters)
    assert any(letter["licenseeId"] in shops for letter in letters)
    pictures = {
        (offer.listing["supplierId"], int(image["phash"]))
        for offer in market.offers()
        if offer.kind.name == "ring"
        for image in offer.listing["images"]
    }
    copies = [{one, other} for one, phash in pictures for other, near in pictures if (phash ^ near).bit_count() <= 10]
    assert max(map(len, copies)) > 1
    assert max(documents.values()) > 1
