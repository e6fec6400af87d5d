"""One listing of the marketplace, with what was before it, what became of it, and what it really is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from random import Random

from zhengpin.simulation.draft import Draft, Rates, rates_of
from zhengpin.simulation.kinds import Kind
from zhengpin.simulation.orders import Order, Sold, order_events
from zhengpin.simulation.records import Fields, Record, money, stamp

_ORDER_DAYS = 90
_HISTORY_DAYS = 90
_MOST_IN_AN_ORDER = 12
_SOURCES = ("TEST_BUY", "LABORATORY", "BRAND")
_FOUND = {
    "FAKE": "Material and serial number differ from the maker's sample.",
    "GENUINE": "Material and serial number are the maker's.",
}
_REASONS = {"DENY": "Thrown out for selling fakes.", "WATCH": "Complaints are looked into."}


@dataclass
class Offer:
    """One listing and its surroundings; whatever is asked for is made then."""

    kind: Kind
    draft: Draft

    @cached_property
    def listing(self) -> Fields:
        """The listing as it stands now: the fields of the contract's Listing."""
        return self.draft.listing()

    @property
    def truth(self) -> Fields:
        """What it really is. This is told to nobody but those who measure."""
        return {
            "listingId": self.listing["listingId"],
            "supplierId": self.draft.seller.supplier_id,
            "kind": self.kind.name,
            "fake": self.kind.fake,
            "clever": self.kind.clever,
            "looksLike": self.kind.looks_like,
            "supplier": self.draft.seller.background.truth,
            "ring": self.draft.seller.background.ring,
        }

    def history(self) -> Iterator[Record]:
        """What it was before it was edited in the last 90 days, and what had been sold by then; nothing for most."""
        former = self.draft.former
        recent = former if former and former.days_ago <= _HISTORY_DAYS else None
        changes = self._former_offer() | (recent.changes if recent else {})
        if not changes:
            return
        if "images" in changes:
            changes["images"] = self.draft.images(changes["images"])
        before = {name: value for name, value in (self.listing | changes).items() if value and name != "editedAt"}
        yield {"listing": before}
        if recent:
            yield from self._sold_before(recent.units_sold, recent.days_ago)

    def _former_offer(self) -> Fields:
        """The offer before its price was cut, where a price is crossed out that was asked indeed."""
        draft = self.draft
        if not (draft.was and draft.was_asked):
            return {}
        before = {name: value for name, value in self.listing["offer"].items() if name != "wasPrice"}
        regular = {"singlePrice": money(draft.was * draft.units), "saleKind": "SALE_KIND_REGULAR"}
        return {"offer": before | regular}

    def _sold_before(self, units: int, days_ago: float) -> Iterator[Record]:
        world = self.draft.quarter.world
        dice = world.chance.random(f"{self.draft.path}/history")
        sold = self._sold(rates_of(world.parameters.trade))
        edited = world.now - timedelta(days=days_ago)
        number = 0
        while units > 0:
            quantity = min(units, 1 + int(dice.random() * _MOST_IN_AN_ORDER))
            paid_at = edited - timedelta(days=12 + dice.random() * 60)
            order = Order(sold, f"{self.draft.path}/former order/{number}", world.chance, dice)
            yield from order_events(order, paid_at, quantity)
            units -= quantity
            number += 1

    def trade(self) -> Iterator[Record]:
        """Prices that were seen, orders, and what somebody found out or decided."""
        dice = self.draft.quarter.world.chance.random(f"{self.draft.path}/trade")
        yield from self._prices(dice)
        yield from self._orders(dice)
        yield from self._outcome(dice)
        yield from self._list_entry()

    def _prices(self, dice: Random) -> Iterator[Record]:
        """The present price, and where a price is crossed out what was asked five weeks ago."""
        world, draft = self.draft.quarter.world, self.draft
        if not draft.names_a_product:
            return
        times = int(world.parameters.trade.observed + dice.random())
        span = draft.was_until if draft.was and draft.was_asked else 28
        seen = [(dice.random() * span, draft.price) for _ in range(times)]
        if draft.was:
            seen.append((32 + dice.random() * 20, draft.was if draft.was_asked else draft.price))
        for number, (days, price) in enumerate(seen):
            if days < draft.age:
                yield {"price": self._observation(number, days, price * draft.units)}

    def _observation(self, number: int, days: float, price: int) -> Fields:
        world, draft = self.draft.quarter.world, self.draft
        return {
            "observationId": world.chance.id(f"{draft.path}/price/{number}"),
            "listingId": self.listing["listingId"],
            "paid": money(price),
            "units": draft.units,
            "saleKind": f"SALE_KIND_{draft.sale}",
            "capturedAt": stamp(world.now - timedelta(days=days)),
        }

    def _orders(self, dice: Random) -> Iterator[Record]:
        world, draft = self.draft.quarter.world, self.draft
        trade = world.parameters.trade
        sold = self._sold(draft.rates)
        days = min(draft.age, _ORDER_DAYS)
        # Demand is skewed: most listings sell little, a few sell much.
        mean = trade.orders * draft.popularity * days / _ORDER_DAYS
        for number in range(int(dice.expovariate(1) * mean + dice.random())):
            order = Order(sold, f"{draft.path}/order/{number}", world.chance, dice)
            paid_at = world.now - timedelta(days=days * dice.random())
            quantity = 1 if dice.random() < 9 / 10 else 2
            yield from order_events(order, paid_at, quantity)

    def _sold(self, rates: Rates) -> Sold:
        world, listing = self.draft.quarter.world, self.listing
        price = self.draft.price * self.draft.units
        return Sold(listing["listingId"], listing["supplierId"], price, world.now, rates, world.parameters.trade)

    def _outcome(self, dice: Random) -> Iterator[Record]:
        """What somebody found out; of honest goods a few are looked at too."""
        world, draft = self.draft.quarter.world, self.draft
        found = draft.outcome
        if not self.kind.fake and dice.random() < world.parameters.trade.confirmed_genuine:
            found = "GENUINE"
        if not found:
            return
        source = _SOURCES[int(dice.random() * len(_SOURCES))]
        yield {
            "outcome": {
                "outcomeId": world.chance.id(f"{draft.path}/outcome"),
                "listingId": self.listing["listingId"],
                "kind": f"OUTCOME_KIND_{found}",
                "source": f"OUTCOME_SOURCE_{source}",
                "foundAt": stamp(world.now - timedelta(days=min(draft.age, 60) * dice.random())),
                "note": _FOUND[found],
            }
        }

    def _list_entry(self) -> Iterator[Record]:
        draft = self.draft
        if draft.listed:
            yield {
                "list_entry": {
                    "entryId": draft.quarter.world.chance.id(f"{draft.seller.path}/list entry"),
                    "kind": f"LIST_KIND_{draft.listed}",
                    "subjectKind": "LIST_SUBJECT_SUPPLIER",
                    "subject": draft.seller.supplier_id,
                    "reason": _REASONS[draft.listed],
                }
            }
