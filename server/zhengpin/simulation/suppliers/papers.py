"""What suppliers hand in, and what they tell of themselves as the law asks for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from zhengpin.simulation.quarter import Quarter
from zhengpin.simulation.records import Fields, day
from zhengpin.simulation.sellers import Seller
from zhengpin.simulation.suppliers.tale import Subject, Tale

_DETAILS = (
    "NAME",
    "ADDRESS",
    "PHONE",
    "EMAIL",
    "IDENTITY",
    "PAYMENT_ACCOUNT",
    "TRADE_REGISTER",
    "SELF_CERTIFICATION",
    "TAX_ID",
)
_REPORT_DAYS = 730


def trader_details(subject: Subject) -> Iterator[Tale]:
    """What it has told of itself, if it was asked; how much of that was checked."""
    plan = subject.plan.papers
    if subject.throw("details") >= plan.details:
        return
    dice = subject.dice("details")
    days_ago = subject.long_ago(dice)
    details = list[Fields]()
    for name in _DETAILS:
        told, checked = dice.random() >= subject.of(plan.untold), dice.random() < subject.of(plan.checked)
        if told:
            details.append({"field": f"TRADER_FIELD_{name}"} | ({"verified": True} if checked else {}))
    if len(details) < len(_DETAILS):
        days_ago = min(days_ago, subject.of(plan.patience) * dice.random())
    yield from (Tale(days_ago, {"traderDetail": each}) for each in details)


def documents(subject: Subject) -> Iterator[Tale]:
    """Its licence, its person's identity document, and of some a laboratory's report."""
    supplier, days_ago = subject.supplier, subject.seller.age * subject.throw("papers")
    licence = {"number": supplier["registrationCode"], "validTo": supplier["licenceValidUntil"]}
    yield Tale(days_ago, _document(subject, "LICENCE", f"{subject.seller.path}/licence", **licence))
    yield Tale(days_ago, _document(subject, "IDENTITY", f"{subject.seller.path}/identity"))
    yield from _test_report(subject)


def _test_report(subject: Subject) -> Iterator[Tale]:
    """Shops of a brand hand in its owner's report, as they may; some counterfeiters do, as they may not."""
    plan, quarter = subject.plan.papers, subject.quarter
    if subject.throw("test report") >= plan.test_reports:
        return
    dice = subject.dice("test report")
    borrowed = dice.random() < subject.of(plan.borrowed)
    brand = quarter.shelves.brands[dice.randrange(len(quarter.shelves.brands))]
    licensed = bool(subject.seller.letter) and subject.seller.path.startswith(brand.path)
    another = borrowed or licensed
    source = brand.path if another else subject.seller.path
    tested = day(quarter.world.now - timedelta(days=dice.randint(1, _REPORT_DAYS)))
    brand_told = {"brandId": brand.brand_id} if another else {}
    report = _document(subject, "TEST_REPORT", f"{source}/test report", issuedOn=tested, **brand_told)
    yield Tale(subject.long_ago(dice, _REPORT_DAYS), report)


def _document(subject: Subject, kind: str, source: str, **fields: object) -> Fields:
    """A paper; that of another supplier has the same hash."""
    edited = subject.throw(f"edited/{kind}") < subject.of(subject.plan.papers.edited)
    checked = subject.throw(f"checked/{kind}") < subject.of(subject.plan.papers.checked)
    told = {"kind": f"DOCUMENT_KIND_{kind}", "sha256": subject.quarter.world.chance.sha256(source), **fields}
    return {"document": told | ({"edited": True} if edited else {"verified": True} if checked else {})}


def letters_handed_in(quarter: Quarter) -> Iterator[tuple[Seller, Tale]]:
    """The letters of a quarter as papers of those who show them: copies have one hash."""
    licensees = tuple(map(quarter.people.ring_licensee, range(quarter.people.rings)))  # told with the town
    sellers = {each.supplier_id: each for each in quarter.sellers + licensees}
    today = quarter.world.now.date()
    for each in quarter.letters.all():
        letter = each["authorisation"]
        handed_in = {
            "kind": "DOCUMENT_KIND_AUTHORISATION_LETTER",
            "sha256": letter["documentSha256"],
            "issuedOn": letter["validFrom"],
            "validTo": letter["validTo"],
            "brandId": letter["brandId"],
        }
        yield sellers[letter["licenseeId"]], Tale((today - date(**letter["validFrom"])).days, {"document": handed_in})
