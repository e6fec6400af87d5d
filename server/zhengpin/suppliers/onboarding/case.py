"""An application as the checks read it: what counts of what was told, beside what is known around it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from zhengpin.detectors.local_day import Today, today_in
from zhengpin.domain.brand import Authorisation
from zhengpin.domain.held_against import is_held_against
from zhengpin.domain.onboarding import IntendedTrade, SupplierApplication
from zhengpin.domain.supplier import Supplier
from zhengpin.domain.supplier_fact import DocumentKind, Fact, SupplierDocument, SupplierFact, TraderDetail
from zhengpin.errors import FieldViolation, InvalidInput
from zhengpin.suppliers.onboarding.surroundings import Surroundings
from zhengpin.suppliers.terms import Terms

Kind = TypeVar("Kind", bound=Fact)
Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class Told(Generic[Kind]):
    """One fact in force."""

    fact_id: str
    observed_at: datetime
    fact: Kind


@dataclass(frozen=True, slots=True)
class Case:
    """One application at one moment."""

    application: SupplierApplication
    known: Surroundings
    as_of: datetime
    terms: Terms
    facts: Mapping[type, tuple[Told[Any], ...]]
    """In force, by what they tell; the oldest first."""
    papers: Mapping[DocumentKind, tuple[Told[SupplierDocument], ...]]
    """Those of the facts that are papers, by what they are."""
    stored: frozenset[str]
    """The facts that the marketplace has; of the others there is only the applicant's word."""
    letters: tuple[Authorisation, ...]
    """Stored ones and those that were handed in, each id once: as it is stored, where it is."""

    @property
    def supplier(self) -> Supplier:
        """Who applies."""
        return self.application.supplier

    @property
    def trades(self) -> tuple[IntendedTrade, ...]:
        """What it wants to sell."""
        return self.application.trades

    @property
    def brand_names(self) -> dict[str, str]:
        """What the brands are called that the trades name, by id."""
        return {brand_id: brand.name for brand_id, brand in self.known.brands.items()}

    @property
    def today(self) -> Today:
        """The day where the applicant sits."""
        return today_in(self.supplier.country, self.as_of)

    def told(self, kind: type[Kind]) -> tuple[Told[Kind], ...]:
        """Every fact of one kind, the oldest first."""
        return self.facts.get(kind, ())


def case_of(application: SupplierApplication, known: Surroundings, as_of: datetime, terms: Terms) -> Case:
    """Gather what counts.

    Raises `InvalidInput` for a fact of another supplier's, and for a moment without a time zone.
    """
    if as_of.tzinfo is None:
        raise InvalidInput(FieldViolation("as_of", "has no time zone; give one, such as UTC"))
    own = application.supplier.supplier_id
    foreign = [
        FieldViolation(
            f"facts[{nth}].supplier_id", f"{each.supplier_id!r} does not apply here, {own!r} does; leave it out"
        )
        for nth, each in enumerate(application.facts)
        if each.supplier_id not in {"", own}
    ]
    if foreign:
        raise InvalidInput(*foreign)
    letters = {each.authorisation_id: each for each in (*application.authorisations, *known.authorisations)}
    counting = counting_facts(known.facts, application.facts)
    told = [Told(each.fact_id, each.observed_at, each.fact) for each in counting]
    facts = _grouped(told, lambda each: type(each.fact))
    papers = _grouped(facts.get(SupplierDocument, ()), lambda each: each.fact.kind)
    stored = frozenset(each.fact_id for each in known.facts)
    return Case(application, known, as_of, terms, facts, papers, stored, tuple(letters.values()))


def _grouped(told: Iterable[Told[Any]], key: Callable[[Told[Any]], Key]) -> dict[Key, tuple[Told[Any], ...]]:
    groups: dict[Key, list[Told[Any]]] = {}
    for each in told:
        groups.setdefault(key(each), []).append(each)
    return {name: tuple(group) for name, group in groups.items()}


def counting_facts(stored: Sequence[SupplierFact], sent: Iterable[SupplierFact]) -> tuple[SupplierFact, ...]:
    """What counts of what is stored and what is sent of one supplier, the oldest first.

    Its papers and details are the applicant's to renew: they give way to a higher revision. Whatever else is stored
    stands whatever is sent, and so does a paper that is held against it: who applies would else take it back itself.
    """
    standing = {each.fact_id for each in stored if not _is_its_own(each.fact)}
    return in_force((*stored, *(each for each in sent if each.fact_id not in standing)))


def _is_its_own(fact: Fact) -> bool:
    return isinstance(fact, TraderDetail | SupplierDocument) and not is_held_against(fact)


def in_force(facts: Iterable[SupplierFact]) -> tuple[SupplierFact, ...]:
    """Of every fact the highest revision, unless it was withdrawn, and of the same revision the first that is given.

    The oldest first, whatever order they came in.
    """
    latest: dict[str, SupplierFact] = {}
    for fact in facts:
        standing = latest.get(fact.fact_id)
        if standing is None or fact.revision > standing.revision:
            latest[fact.fact_id] = fact
    kept = (each for each in latest.values() if not each.withdrawn)
    return tuple(sorted(kept, key=lambda each: (each.observed_at, each.fact_id)))
