"""Audits of the factory or company: whether they were passed, and hold today."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time

from zhengpin.domain.brand import normalised_name
from zhengpin.domain.hit import Text
from zhengpin.domain.supplier_fact import Audit, DocumentKind
from zhengpin.suppliers.audit_schemes import BSCI, ZERO_TOLERANCE, AuditWorth, scheme_of, worth_of
from zhengpin.suppliers.onboarding.case import Case, Told
from zhengpin.suppliers.onboarding.finding import Consequence, Finding, Question
from zhengpin.suppliers.onboarding.papers import due_by

_AUDIT = Question(
    "audit.in-force",
    Text(
        "已知体系（amfori BSCI、ISO 9001、SA8000）的审核，合格且在有效期内",
        "An audit by amfori BSCI, ISO 9001 or SA8000, passed and in force",
    ),
)
_FOLLOWED_UP = frozenset("CD")
"""Bands of amfori BSCI that ask for a follow-up within their year."""


def check_audits(case: Case) -> Iterator[Finding]:
    """The latest audit of each scheme and site counts. Zero tolerance refuses; one that was not passed is done anew."""
    for told in _latest(case):
        yield _judged(case, told)
    for told in case.told(Audit):
        day = told.fact.audited_on
        if day > case.today.begun:
            yield _AUDIT.failed(
                f"{told.fact.scheme} 的审核日 {day} 尚未到来",
                f"the audit by {told.fact.scheme} is dated {day}, which has not come",
                Consequence.NOTHING,
                evidence=(told.fact_id,),
            )


def audits_in_force(case: Case) -> tuple[str, ...]:
    """The facts of audits that were passed and hold today."""
    return tuple(told.fact_id for told in _latest(case) if _holds(case, told.fact))


def _holds(case: Case, audit: Audit) -> bool:
    worth = worth_of(audit, case.terms.certificate_years)
    return worth is not None and worth.years > 0 and worth.last_day(audit) >= case.today.lasting


def _latest(case: Case) -> list[Told[Audit]]:
    """The audits that stand, of each scheme and site one.

    A grade that nothing is known of takes no other's place, and only an audit that was passed that of zero tolerance:
    what the application alone tells of settles nothing that is stored.
    """
    standing: dict[tuple[str, str], tuple[Told[Audit], AuditWorth]] = {}
    unreadable: list[Told[Audit]] = []
    for told, worth in sorted(_past(case), key=_by_day):
        if worth is None:
            unreadable.append(told)
            continue
        site = worth.scheme, normalised_name(told.fact.site)
        stopped_by = _stopping(standing.get(site))
        settles = worth.years > 0 and (told.fact_id in case.stored or stopped_by not in case.stored)
        if not stopped_by or settles:
            standing[site] = told, worth
    return [*(told for told, _ in standing.values()), *unreadable]


def _stopping(standing: tuple[Told[Audit], AuditWorth] | None) -> str:
    """The fact of an audit with zero tolerance; empty for any other."""
    return standing[0].fact_id if standing is not None and standing[1].grade == ZERO_TOLERANCE else ""


def _past(case: Case) -> list[tuple[Told[Audit], AuditWorth | None]]:
    told = (each for each in case.told(Audit) if each.fact.audited_on <= case.today.begun)
    return [(each, worth_of(each.fact, case.terms.certificate_years)) for each in told]


def _by_day(audited: tuple[Told[Audit], AuditWorth | None]) -> tuple[date, bool, str]:
    """The oldest first, and of one day zero tolerance last."""
    told, worth = audited
    return told.fact.audited_on, worth is not None and worth.grade == ZERO_TOLERANCE, told.fact_id


def _judged(case: Case, told: Told[Audit]) -> Finding:
    audit, evidence = told.fact, (told.fact_id,)
    worth = worth_of(audit, case.terms.certificate_years)
    if worth is None:
        return _not_known(audit, evidence)
    if not worth.years:
        return _AUDIT.failed(
            f"{worth.scheme}：{_not_passed(worth).zh}，需重新审核",
            f"{worth.scheme}: {_not_passed(worth).en}; it must be audited anew",
            Consequence.REFUSAL if worth.grade == ZERO_TOLERANCE else Consequence.PAPERS,
            paper=DocumentKind.AUDIT_REPORT,
            evidence=evidence,
        )
    return _by_date(case, audit, worth, evidence)


def _not_passed(worth: AuditWorth) -> Text:
    if worth.grade == ZERO_TOLERANCE:
        return Text("零容忍", ZERO_TOLERANCE)
    return Text(f"{worth.grade} 级", f"grade {worth.grade}") if worth.scheme == BSCI else Text("未通过", "not passed")


def _not_known(audit: Audit, evidence: tuple[str, ...]) -> Finding:
    scheme = scheme_of(audit.scheme)
    if scheme and not audit.grade.strip():
        return _AUDIT.unknown(f"{scheme}：未注明等级", f"{scheme}: no grade is told", evidence=evidence)
    if scheme:
        return _AUDIT.unknown(
            f"{scheme} 没有“{audit.grade}”这一等级", f'{scheme} has no grade "{audit.grade}"', evidence=evidence
        )
    return _AUDIT.unknown(
        f"未知体系“{audit.scheme}”，不作判断",
        f'"{audit.scheme}" is no scheme that is known here: it says nothing',
        evidence=evidence,
    )


def _by_date(case: Case, audit: Audit, worth: AuditWorth, evidence: tuple[str, ...]) -> Finding:
    name = f"{worth.scheme} {worth.grade}" if worth.scheme == BSCI else worth.scheme
    last = worth.last_day(audit)
    if last < case.today.lasting:
        return _AUDIT.failed(
            f"{name} 已于 {last} 到期", f"{name} ended on {last}", Consequence.NOTHING, evidence=evidence
        )
    due = due_by(last, case)
    if worth.scheme == BSCI and worth.grade in _FOLLOWED_UP:
        due = due or datetime.combine(last, time(), UTC)
    return _AUDIT.passed(
        f"{name}，有效期至 {last}",
        f"{name}, in force until {last}",
        evidence=evidence,
        paper=None if due is None else DocumentKind.AUDIT_REPORT,
        due_at=due,
    )
