"""What is stored around an applicant: its facts, its letters, who else has its papers, and what was decided before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from itertools import chain
from typing import Final

from zhengpin.detectors.codes import compact_code, read_gtin
from zhengpin.domain.brand import Authorisation, Brand
from zhengpin.domain.onboarding import SupplierApplication
from zhengpin.domain.outcome import SubjectKind
from zhengpin.domain.ring import Link
from zhengpin.domain.supplier import Supplier
from zhengpin.domain.supplier_fact import (
    MADE_OUT_TO_ONE,
    Audit,
    DayOfSales,
    Deposit,
    Fact,
    KeyedToken,
    SampleInspection,
    Succession,
    SupplierDocument,
    SupplierFact,
    Termination,
    TraderDetail,
)
from zhengpin.domain.trader_law import INFORM_CONSUMERS_ACT
from zhengpin.storage.work import Reader
from zhengpin.suppliers.onboarding.case import counting_facts
from zhengpin.suppliers.onboarding.category_laws import CATEGORY_LAWS
from zhengpin.suppliers.onboarding.high_volume import LOOKED_BACK, high_volume_since
from zhengpin.suppliers.onboarding.surroundings import Surroundings
from zhengpin.usecases.borrowed_papers import lenders
from zhengpin.usecases.identity_links import identity_links
from zhengpin.usecases.link_names import with_names

_LASTING: Final[dict[type[Fact], int]] = {
    SupplierDocument: 40,
    Audit: 25,
    SampleInspection: 50,
    TraderDetail: 3,
    Deposit: 1,
    Termination: 10,
    KeyedToken: 10,
    Succession: 10,
}
"""What is read however old it is, and of each aspect how many: a supplier may have a million of each."""
_EVER: Final = datetime(1, 1, 2, tzinfo=UTC)
_SALES: Final = timedelta(days=32)
"""Sales of the last 30 days, which may have been told a day or two after theirs."""
_MOST_DAYS: Final = 70
"""Of sales: every day in two currencies."""
_PRINTED: Final = (13, 12, 8)
"""Digits of a GTIN as goods bear it."""


def surroundings_of(reader: Reader, application: SupplierApplication, now: datetime) -> Surroundings:
    """Read what concerns an applicant."""
    own = application.supplier.supplier_id
    facts = _stored_facts(reader, own, now)
    told = counting_facts(facts, application.facts)
    brands = reader.brands.by_ids({trade.brand_id for trade in application.trades} - {""})
    letters = _letters(reader, application, brands)
    return Surroundings(
        facts=facts,
        brands=brands,
        authorisations=letters,
        suppliers=_licensors(reader, (*letters, *application.authorisations)),
        lenders=_lenders(reader, application.supplier, told, (*letters, *application.authorisations)),
        list_entries=reader.list_entries.about(set(_subjects(application))),
        links=_links(reader, application.supplier, told),
        categories=CATEGORY_LAWS,
        high_volume_since=_high_volume_since(reader, application, now),
        delivered_orders=reader.orders.delivered(own),
    )


def _high_volume_since(reader: Reader, application: SupplierApplication, now: datetime) -> date | None:
    """Orders are counted only where one of the trades is with the law's buyers."""
    if all(trade.territory and trade.territory not in INFORM_CONSUMERS_ACT.territories for trade in application.trades):
        return None
    today = now.astimezone(UTC).date()
    return high_volume_since(reader.orders.sold(application.supplier.supplier_id, today - LOOKED_BACK), today)


def _links(reader: Reader, applicant: Supplier, told: tuple[SupplierFact, ...]) -> tuple[Link, ...]:
    """Who is one with the applicant by what is told of both, then whoever else likely belongs together with it."""
    from zhengpin.usecases.likely_links import likely_links  # noqa: PLC0415  brings numpy

    certain = {link.supplier_id: link for link in identity_links(reader, applicant, told)}
    likely = {link.supplier_id: link for link in likely_links(reader, applicant, told)}
    return with_names(reader, [*certain.values(), *(link for other, link in likely.items() if other not in certain)])


def _stored_facts(reader: Reader, supplier_id: str, now: datetime) -> tuple[SupplierFact, ...]:
    facts = reader.supplier_facts
    lasting = (facts.latest(supplier_id, (kind,), _EVER, now, most) for kind, most in _LASTING.items())
    return (*chain.from_iterable(lasting), *facts.latest(supplier_id, (DayOfSales,), now - _SALES, now, _MOST_DAYS))


def _letters(
    reader: Reader, application: SupplierApplication, brands: Mapping[str, Brand]
) -> tuple[Authorisation, ...]:
    """Letters on paths to the applicant, and to whoever a letter that is sent comes from."""
    own = application.supplier.supplier_id
    licensors = {(letter.licensor_id, letter.brand_id) for letter in application.authorisations}
    pairs = {(own, brand_id) for brand_id in brands} | {pair for pair in licensors if pair[1] in brands}
    graph = reader.authorisations
    paths = graph.paths_to_many(graph.licensees_among(pairs))
    return tuple({letter.authorisation_id: letter for path in paths.values() for letter in path}.values())


def _licensors(reader: Reader, letters: Iterable[Authorisation]) -> dict[str, Supplier]:
    """Whoever gave one of the letters, as far as they are stored."""
    return reader.suppliers.without_shops({letter.licensor_id for letter in letters})


def _lenders(
    reader: Reader, applicant: Supplier, told: Iterable[SupplierFact], letters: Iterable[Authorisation]
) -> dict[str, tuple[Supplier, ...]]:
    papers = [each.fact for each in told if isinstance(each.fact, SupplierDocument)]
    held = {each.document_sha256 for each in letters if each.licensee_id == applicant.supplier_id}
    hashes = held | {paper.sha256 for paper in papers if paper.kind in MADE_OUT_TO_ONE}
    return lenders(reader, applicant, hashes, {paper.sha256 for paper in papers if paper.verified})


def _subjects(application: SupplierApplication) -> Iterator[tuple[SubjectKind, str]]:
    """What list entries about the applicant may speak of."""
    yield SubjectKind.SUPPLIER, application.supplier.supplier_id
    for shop in application.supplier.shops:
        yield SubjectKind.SHOP, shop.shop_id
    for trade in application.trades:
        if trade.brand_id:
            yield SubjectKind.BRAND, trade.brand_id
    for text in application.gtins:
        for form in _forms(text):
            yield SubjectKind.GTIN, form


def _forms(gtin: str) -> Iterator[str]:
    """How lists may write a GTIN: as it is told, plainly, and with any number of the zeros that lead it."""
    yield gtin
    yield compact_code(gtin)
    digits = read_gtin(compact_code(gtin)).digits
    if digits:
        yield digits
        yield from (digits[-length:] for length in _PRINTED if not digits[:-length].strip("0"))
