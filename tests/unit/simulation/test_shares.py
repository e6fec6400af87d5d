"""How often each kind of listing is met, and that nothing but the truth tells which it is."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from statistics import correlation

import pytest

from markets import a_market
from zhengpin.simulation import load_parameters
from zhengpin.simulation.chance import Chance
from zhengpin.simulation.kinds import Kind
from zhengpin.simulation.shares import Deal, kinds_of


def dealt(listings: int, *, fakes: float = 0.03, clever: float = 0.4, seed: int = 1) -> list[Kind]:
    """The kinds of a market's listings, without the listings."""
    deal = Deal(load_parameters(fakes=fakes, clever=clever), Chance(seed))
    return [deal.kind(*divmod(number, 500)) for number in range(listings)]


def test_fakes_are_as_many_as_was_asked_for() -> None:
    for fakes, clever in ((0.03, 0.4), (0.2, 0.75), (0.0, 0.4), (1.0, 1.0)):
        kinds = dealt(20_000, fakes=fakes, clever=clever)
        found = sum(kind.fake for kind in kinds)
        assert found == pytest.approx(20_000 * fakes, abs=3)
        assert sum(kind.clever for kind in kinds) == pytest.approx(20_000 * fakes * clever, abs=3)


def test_every_kind_has_its_share() -> None:
    counts = Counter(kind.name for kind in dealt(20_000))
    for kind in kinds_of(load_parameters(fakes=0.03, clever=0.4)):
        assert counts[kind.name] == pytest.approx(20_000 * kind.share, abs=3)


def test_neither_the_order_of_listings_nor_that_of_ids_tells_a_fake() -> None:
    offers = list(a_market(1500, fakes=0.3).offers())
    fake = [float(offer.kind.fake) for offer in offers]
    ids = [int(offer.listing["listingId"], 16) / 2**128 for offer in offers]
    # Of 1,500 pairs without any relation three of a thousand correlate more than 0.077.
    assert abs(correlation(fake, [float(number) for number in range(1500)])) < 0.077
    assert abs(correlation(fake, ids)) < 0.077
    assert abs(correlation(fake[1:], fake[:-1])) < 0.077


def test_ids_are_of_one_form() -> None:
    market = a_market(200, fakes=0.5)
    forms = {len(offer.listing[name]) for offer in market.offers() for name in ("listingId", "supplierId", "shopId")}
    assert forms == {32}
    parties = [next(iter(each.values())) for each in market.parties() if "supplier" in each]
    assert [each["supplierId"] for each in parties] == sorted(each["supplierId"] for each in parties)


def test_counterfeiters_sell_genuine_goods_too() -> None:
    sellers = Counter((o.truth["supplier"], o.kind.fake) for o in islice(a_market(2000, fakes=0.1).offers(), 1000))
    assert sellers["counterfeiter", False] > 20
    assert sellers["counterfeiter", True] > 20
    assert sellers["honest", True] == 0
