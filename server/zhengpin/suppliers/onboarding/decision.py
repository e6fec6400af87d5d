"""The decision over everything that the checks found."""

from __future__ import annotations

from datetime import datetime

from zhengpin.domain.hit import Text
from zhengpin.domain.onboarding import (
    Check,
    CheckResult,
    DocumentRequirement,
    IntendedTrade,
    OnboardingOutcome,
    ProbationLimits,
)
from zhengpin.domain.supplier_fact import DocumentKind
from zhengpin.suppliers.onboarding.case import Case
from zhengpin.suppliers.onboarding.finding import Consequence, Finding

Findings = tuple[Finding, ...]

_MOST_WHYS = 3
"""Reasons for which one paper is asked, that are told with it."""
_RESULTS = (CheckResult.FAILED, CheckResult.UNKNOWN, CheckResult.PASSED)


def outcome_of(case: Case, findings: Findings) -> OnboardingOutcome:
    """Say whether to let the applicant in.

    The hardest consequence of what concerns the applicant itself decides: a deterministic failure of the gravest kind
    refuses, and a person confirms it; a missing paper is asked for; anything less limits. Findings on single trades
    close these trades alone: as long as one of them stays open, the applicant may come in with what is open. Who has
    no history yet is limited, though nothing speaks against it. One more finding never makes the outcome milder.
    """
    own = max((each.consequence for each in findings if not each.trades), default=Consequence.NOTHING)
    hardest = max((each.consequence for each in findings), default=Consequence.NOTHING)
    mildest_trade = min(_by_trade(case, findings).values(), default=Consequence.NOTHING)
    limited = bool(newness(case)) or hardest is not Consequence.NOTHING
    return max(own, mildest_trade, Consequence.LIMITS if limited else Consequence.NOTHING).outcome


def _by_trade(case: Case, findings: Findings) -> dict[IntendedTrade, Consequence]:
    """The hardest consequence of what concerns each trade alone."""
    hardest = dict.fromkeys(case.trades, Consequence.NOTHING)
    for finding in findings:
        for trade in finding.trades:
            hardest[trade] = max(hardest[trade], finding.consequence)
    return hardest


def newness(case: Case) -> tuple[Text, ...]:
    """Why the applicant counts as new; empty for one with a history."""
    terms, joined, orders = case.terms, case.supplier.joined_at, case.known.delivered_orders
    reasons: list[Text] = []
    if joined is None or case.as_of - joined < terms.probation:
        days = terms.probation.days
        reasons.append(Text(f"入驻不满 {days} 天", f"it joined less than {days} days ago"))
    if orders < terms.probation_orders:
        least = terms.probation_orders
        reasons.append(Text(f"已妥投 {orders} 单，不满 {least} 单", f"{orders} delivered orders, fewer than {least}"))
    return tuple(reasons)


def requirements_of_all(case: Case, findings: Findings) -> tuple[DocumentRequirement, ...]:
    """Every paper that settles something, once for each subject with all that it is to settle, the earliest first."""
    usual = case.as_of + case.terms.papers_due
    asked: dict[tuple[DocumentKind, str], list[tuple[datetime, Text]]] = {}
    for finding in findings:
        if finding.paper is not None:
            asking = finding.due_at or usual, finding.check.observed
            asked.setdefault((finding.paper, finding.check.subject), []).append(asking)
    needed = (
        DocumentRequirement(paper, min(due for due, _ in those), _together([why for _, why in those]), subject)
        for (paper, subject), those in asked.items()
    )
    return tuple(sorted(needed, key=lambda each: (each.due_at, each.document, each.subject)))


def _together(told: list[Text]) -> Text:
    """Several reasons as one; of many, the first ones say enough."""
    some = [*dict.fromkeys(told)][:_MOST_WHYS]
    return Text("；".join(each.zh for each in some), "; ".join(each.en for each in some))


def limits_of(case: Case, findings: Findings) -> ProbationLimits:
    """What an applicant may do on probation, and until which day where only its youth speaks against it.

    Findings about one category, brand or code limit that alone; all others, and newness, limit its orders as a whole.
    """
    binding = [each for each in findings if each.consequence]
    new = newness(case)
    ends_by_itself = not binding and case.known.delivered_orders >= case.terms.probation_orders
    joined = case.supplier.joined_at or case.as_of
    is_whole = bool(new) or any(not each.check.subject for each in binding)
    is_open = [trade for trade, hardest in _by_trade(case, findings).items() if hardest <= Consequence.LIMITS]
    deposits = [each.deposit for each in binding if each.deposit is not None]
    return ProbationLimits(
        until=joined + case.terms.probation if ends_by_itself else None,
        categories=tuple(dict.fromkeys(trade.category for trade in is_open)),
        daily_orders=case.terms.probation_daily_orders if is_whole else None,
        deposit=deposits[0] if deposits else None,
        reasons=(*new, *(_with_subject(case, each.check) for each in binding)),
        trades=tuple(is_open),
    )


def _with_subject(case: Case, check: Check) -> Text:
    """What was observed, and of what, if it does not say so itself."""
    told, subject = check.observed, case.brand_names.get(check.subject, check.subject)
    return told if subject in told.en else Text(f"{subject}：{told.zh}", f"{subject}: {told.en}")


def in_order(findings: Findings) -> Findings:
    """What has the hardest consequence first, and of the same consequence what failed before what is unknown."""
    return tuple(sorted(findings, key=lambda each: (-each.consequence, _RESULTS.index(each.check.result))))
