"""The simulated marketplace: a row of quarters, each made from the seed and its number alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import lru_cache

from zhengpin.errors import InvalidSettings
from zhengpin.simulation import names
from zhengpin.simulation.chance import Chance
from zhengpin.simulation.elsewhere import prices_elsewhere
from zhengpin.simulation.kinds import Kind
from zhengpin.simulation.links import links_of
from zhengpin.simulation.offer import Offer
from zhengpin.simulation.parameters import Parameters
from zhengpin.simulation.parameters_file import load_parameters
from zhengpin.simulation.quarter import Quarter
from zhengpin.simulation.records import Record
from zhengpin.simulation.scene import Scene
from zhengpin.simulation.shares import Deal
from zhengpin.simulation.shelves import brands_of_a_quarter
from zhengpin.simulation.stories import STORIES
from zhengpin.simulation.suppliers.facts import Suppliers
from zhengpin.simulation.votes.ballot import Ballot
from zhengpin.simulation.votes.cast import ballots
from zhengpin.simulation.votes.polls import Polls, Precinct
from zhengpin.simulation.votes.rhythm import Rhythm
from zhengpin.simulation.world import World

_QUARTERS_KEPT = 64
_RUN = 20
"""So many fresh listings come from one quarter before the next one's turn, so that quarters need not be made anew."""


class Marketplace:
    """A marketplace of any size in little memory.

    The same parameters, seed and time make the same marketplace; a longer one begins as a shorter one does, but for
    where the shorter one breaks off.
    """

    def __init__(self, parameters: Parameters | None = None, *, seed: int, now: datetime, listings: int) -> None:
        """Take the shipped parameters unless others are given; `now` needs a time zone.

        Raises InvalidSettings for no listings, and for more than there are names of brands for.
        """
        parameters = parameters or load_parameters()
        most = names.MOST_BRANDS // brands_of_a_quarter(parameters) * parameters.quarter.listings
        if not 1 <= listings <= most:
            raise InvalidSettings(f"listings: {listings} is not from 1 to {most}, the most with these parameters")
        self.listings = listings
        self.listings_of_a_quarter = parameters.quarter.listings
        self.quarters = -(-listings // self.listings_of_a_quarter)
        now = now.astimezone(UTC).replace(microsecond=0, tzinfo=None)
        self._world = World(parameters, Chance(seed), now)
        self._deal = Deal(parameters, self._world.chance)
        self._quarter = lru_cache(maxsize=_QUARTERS_KEPT)(self._make_quarter)
        self._precinct = lru_cache(maxsize=_QUARTERS_KEPT)(self._make_precinct)
        self._suppliers = lru_cache(maxsize=1)(self._make_suppliers)
        self._rhythm = Rhythm(now, parameters.votes.voter.season)

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """Every kind with its share of all listings."""
        return self._deal.kinds

    @property
    def votes_reach(self) -> int:
        """How many quarters before its own a voter may know."""
        return self._world.parameters.votes.voter.reach

    def parties(self) -> Iterator[Record]:
        """Every supplier, brand and authorisation: what must be told first."""
        for number in range(self.quarters):
            yield from self.parties_of(number)

    def parties_of(self, quarter: int) -> list[Record]:
        """Every supplier, brand and authorisation of one quarter, and of its town with the town's first quarter."""
        addresses = self._suppliers(quarter).addresses()
        return [_with_address(each, addresses) for each in self._quarter(quarter).parties()]

    def supplier_facts(self) -> Iterator[Record]:
        """What is told of suppliers beside their records: tokens, papers, audits, samples, accounts, incidents."""
        for number in range(self.quarters):
            yield from self.supplier_facts_of(number)

    def supplier_facts_of(self, quarter: int) -> list[Record]:
        """What is told of the suppliers of one quarter, and of its town with the town's first quarter."""
        return self._suppliers(quarter).facts()

    def supplier_truths(self) -> Iterator[Record]:
        """Which suppliers belong together: those of one `ring`. Circles of honest ones only share things."""
        for number in range(self.quarters):
            yield from self.supplier_truths_of(number)

    def supplier_truths_of(self, quarter: int) -> list[Record]:
        """The truth about the suppliers of one quarter, and of its town with the town's first quarter."""
        return self._suppliers(quarter).truths()

    def offers(self) -> Iterator[Offer]:
        """Every listing with its surroundings."""
        return map(self.offer, range(self.listings))

    def offers_of(self, quarter: int) -> Iterator[Offer]:
        """Every listing of one quarter with its surroundings."""
        first = quarter * self.listings_of_a_quarter
        return map(self.offer, range(first, min(first + self.listings_of_a_quarter, self.listings)))

    def offer(self, number: int) -> Offer:
        """One listing, by its number from 0; made anew each time, always the same."""
        quarter, place = divmod(number, self.listings_of_a_quarter)
        return self._offer(quarter, place)

    def fresh(self, number: int) -> Offer:
        """A listing that the marketplace does not have yet, by number from 0 without end, of its sellers and brands."""
        turn, place = divmod(number, _RUN)
        lap, quarter = divmod(turn, self.quarters)
        return self._offer(quarter, self.listings_of_a_quarter + lap * _RUN + place)

    def elsewhere(self) -> Iterator[Record]:
        """What the products cost on other platforms."""
        for number in range(self.quarters):
            yield from self.elsewhere_of(number)

    def elsewhere_of(self, quarter: int) -> Iterator[Record]:
        """What one quarter's products cost on other platforms."""
        return prices_elsewhere(self._quarter(quarter))

    def links(self) -> Iterator[Record]:
        """Which sellers are really linked, by what: of rings, and of honest ones that share something too."""
        for number in range(self.quarters):
            yield from self.links_of(number)

    def links_of(self, quarter: int) -> Iterator[Record]:
        """The links of one quarter, and of its town with the town's first quarter."""
        return links_of(self._quarter(quarter))

    def ballots(self) -> Iterator[Ballot]:
        """Every vote with the truth about it, in no particular order; a voter may speak of one target again."""
        for number in range(self.quarters):
            yield from self.ballots_of(number)

    def ballots_of(self, quarter: int) -> Iterator[Ballot]:
        """The votes of one quarter's people; those who know several quarters know them up to this one."""
        known = [self._precinct(number) for number in range(max(quarter - self.votes_reach, 0), quarter + 1)]
        return ballots(Polls(known, self._rhythm))

    def _offer(self, quarter: int, place: int) -> Offer:
        kind = self._deal.kind(quarter, place)
        scene = Scene(self._quarter(quarter), f"quarter/{quarter}/listing/{place}")
        return Offer(kind, STORIES[kind.name](scene))

    def _make_quarter(self, number: int) -> Quarter:
        return Quarter(self._world, number)

    def _make_precinct(self, number: int) -> Precinct:
        return Precinct(self._quarter(number))

    def _make_suppliers(self, number: int) -> Suppliers:
        return Suppliers(self._quarter(number))


def _with_address(record: Record, addresses: Mapping[str, str]) -> Record:
    """A supplier's record with its address; any other one as it is."""
    supplier = record.get("supplier")
    return {"supplier": supplier | {"address": addresses[supplier["supplierId"]]}} if supplier else record
