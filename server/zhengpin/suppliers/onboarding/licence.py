"""The business licence: whether it holds, and whether it covers what the applicant wants to sell (KYB-02)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from zhengpin.detectors.authorisation import covers
from zhengpin.domain.hit import Text
from zhengpin.domain.supplier_fact import DocumentKind
from zhengpin.suppliers.onboarding.case import Case
from zhengpin.suppliers.onboarding.finding import Consequence, Finding, Question
from zhengpin.suppliers.onboarding.licence_number import is_of_another
from zhengpin.suppliers.onboarding.papers import due_by, holding, ids_of

_VALID = Question("licence.valid", Text("营业执照在有效期内", "A business licence that has not ended"), "KYB-02")
_SCOPE = Question("licence.scope", Text("经营范围包含该类目", "The licence covers the category"), "KYB-02")


def check_licence(case: Case) -> Iterator[Finding]:
    """One licence that holds is enough; without one, or for goods outside its scope, a licence is asked for."""
    yield _validity(case)
    for category in dict.fromkeys(trade.category for trade in case.trades if trade.category):
        yield _scope(case, category)


def _validity(case: Case) -> Finding:
    papers = [paper for paper in holding(case, DocumentKind.LICENCE) if not paper.fact.category]
    registered = case.supplier.licence_valid_until
    last_days = [paper.fact.valid_to for paper in papers]
    if registered is not None and registered >= case.today.lasting:
        last_days.append(registered)
    if last_days:
        return _holds(case, last_days, ids_of(papers))
    ended = _ended(case)
    last = max(ended.values(), default=None)
    if last is not None:
        return _VALID.failed(
            f"已于 {last} 到期",
            f"it ended on {last}",
            Consequence.PAPERS,
            paper=DocumentKind.LICENCE,
            evidence=tuple(rests_on for rests_on, day in ended.items() if day == last),
        )
    verified = case.supplier.verified_at
    if verified is not None and verified <= case.as_of:
        day = verified.date()
        return _VALID.passed(f"已于 {day} 核验，无截止日", f"confirmed on {day}, without a last day")
    return _VALID.unknown(
        "未提供有效的营业执照", "no licence that holds was handed in", Consequence.PAPERS, paper=DocumentKind.LICENCE
    )


def _holds(case: Case, last_days: list[date | None], evidence: tuple[str, ...]) -> Finding:
    ending = [each for each in last_days if each is not None]
    if len(ending) < len(last_days):
        return _VALID.passed("长期有效", "it has no last day", evidence=evidence)
    last = max(ending)
    due = due_by(last, case)
    return _VALID.passed(
        f"有效期至 {last}",
        f"it holds until {last}",
        evidence=evidence,
        paper=None if due is None else DocumentKind.LICENCE,
        due_at=due,
    )


def _ended(case: Case) -> dict[str, date]:
    """The last days of its licences that have ended, by the fact that tells of one, or by the supplier's own id."""
    own, known = case.supplier.registration_code, case.papers.get(DocumentKind.LICENCE, ())
    licences = [paper for paper in known if not (paper.fact.category or is_of_another(paper.fact, own))]
    ends = {paper.fact_id: paper.fact.valid_to for paper in licences}
    ends.setdefault(case.supplier.supplier_id, case.supplier.licence_valid_until)
    return {rests_on: day for rests_on, day in ends.items() if day is not None and day < case.today.lasting}


def _scope(case: Case, category: str) -> Finding:
    trades = tuple(trade for trade in case.trades if trade.category == category)
    special = [paper for paper in holding(case, DocumentKind.LICENCE, category=category) if paper.fact.category]
    scope = case.supplier.licence_scope
    if special or any(covers(each, category) for each in scope):
        return _SCOPE.passed(
            f"包含 {category}", f"it covers {category}", evidence=ids_of(special), trades=trades, subject=category
        )
    if not scope:
        return _SCOPE.unknown("经营范围未知", "its scope is not known", trades=trades, subject=category)
    return _SCOPE.failed(
        f"范围为 {'、'.join(scope)}，不含 {category}",
        f"it covers {', '.join(scope)}, not {category}",
        Consequence.PAPERS,
        paper=DocumentKind.LICENCE,
        trades=trades,
        subject=category,
    )
