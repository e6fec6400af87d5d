"""Everything that is told of a quarter's suppliers beside their records, and the truth about who belongs together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from itertools import chain

from zhengpin.simulation.quarter import Quarter
from zhengpin.simulation.records import Fields, Record, stamp
from zhengpin.simulation.sellers import Seller
from zhengpin.simulation.suppliers.accounts import days, deposits
from zhengpin.simulation.suppliers.addresses import registered_address
from zhengpin.simulation.suppliers.circles import Circle, Membership
from zhengpin.simulation.suppliers.neighbours import memberships_of
from zhengpin.simulation.suppliers.papers import documents, letters_handed_in, trader_details
from zhengpin.simulation.suppliers.quality import audits, samples
from zhengpin.simulation.suppliers.referrals import referrals
from zhengpin.simulation.suppliers.standing import incidents, terminations
from zhengpin.simulation.suppliers.successions import successions
from zhengpin.simulation.suppliers.tale import Subject, Tale
from zhengpin.simulation.suppliers.tokens import tokens

_OF_A_SUPPLIER = (tokens, trader_details, documents, audits, samples, deposits, days, incidents, terminations)
_OF_A_QUARTER = (letters_handed_in, referrals, successions)


def circles_in(truth: Record) -> list[Circle]:
    """The circles that a record of the truth names."""
    fields = truth["supplier_truth"]
    return [Circle(each) for each in (fields["circle"], *fields["shares"]) if each]


class Suppliers:
    """The suppliers of one quarter, and of its town with the town's first quarter."""

    def __init__(self, quarter: Quarter) -> None:
        """See who shares what with whom."""
        self._quarter = quarter
        self._circles: dict[str, list[Membership]] = memberships_of(quarter)

    def circles(self, seller: Seller) -> tuple[Membership, ...]:
        """The circles that a supplier is in."""
        return tuple(self._circles.get(seller.path, ()))

    def addresses(self) -> dict[str, str]:
        """Registered addresses by supplier."""
        return {
            each.supplier_id: registered_address(self._quarter, each, self.circles(each))
            for each in self._quarter.sellers
        }

    def facts(self) -> list[Record]:
        """Every fact in the order of the days on which it was so; their ids tell nothing."""
        numbers: Counter[str] = Counter()
        facts = [self._fact(seller, tale, numbers) for seller, tale in self._tales()]
        in_order = sorted(facts, key=lambda each: (str(each["observedAt"]), str(each["factId"])))
        return [{"supplier_fact": each} for each in in_order]

    def truths(self) -> list[Record]:
        """Who belongs together, and who only shares things: told to nobody but those who measure."""
        truths = [self._truth(each) for each in self._quarter.sellers]
        return [{"supplier_truth": each} for each in sorted(truths, key=lambda each: str(each["supplierId"]))]

    def _tales(self) -> Iterator[tuple[Seller, Tale]]:
        for seller in self._quarter.sellers:
            subject = Subject(self._quarter, seller, self.circles(seller))
            yield from ((seller, tale) for tell in _OF_A_SUPPLIER for tale in tell(subject))
        yield from chain.from_iterable(tell(self._quarter) for tell in _OF_A_QUARTER)

    def _fact(self, seller: Seller, tale: Tale, numbers: Counter[str]) -> Fields:
        world = self._quarter.world
        numbers[seller.path] += 1
        return {
            "factId": world.chance.id(f"{seller.path}/{self._quarter.path}/fact/{numbers[seller.path]}"),
            "supplierId": seller.supplier_id,
            "observedAt": stamp(world.now - timedelta(days=tale.days_ago)),
            **tale.fact,
        }

    def _truth(self, seller: Seller) -> Fields:
        circles = self.circles(seller)
        own = next((each for each in circles if each.circle.together), None)
        return {
            "supplierId": seller.supplier_id,
            "truth": seller.background.truth,
            "ring": self._quarter.world.chance.id(own.path) if own else "",
            "circle": own.circle.value if own else "",
            "manner": own.manner if own else "",
            "shares": sorted({each.circle.value for each in circles if not each.circle.together}),
        }
