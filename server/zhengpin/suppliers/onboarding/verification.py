"""How long ago somebody last verified the applicant's papers (KYB-03)."""

from __future__ import annotations

from collections.abc import Iterator

from zhengpin.domain.hit import Text
from zhengpin.domain.supplier_fact import DocumentKind
from zhengpin.suppliers.onboarding.case import Case
from zhengpin.suppliers.onboarding.category_papers import requirements_of
from zhengpin.suppliers.onboarding.finding import Consequence, Finding, Question

_RECENT = Question("verification.age", Text("资质按期核验", "Papers verified as often as is due"), "KYB-03")


def check_verification(case: Case) -> Iterator[Finding]:
    """Who was never verified is limited until it is; who was not lately is asked, and after ten days paused."""
    terms, verified = case.terms, case.supplier.verified_at
    touches_health = any(each.life_and_health for trade in case.trades for each in requirements_of(case, trade))
    within = terms.life_and_health_verified_within if touches_health else terms.verified_within
    expected = Text(f"{within.days} 天内核验过", f"Verified within {within.days} days")
    if verified is None:
        yield _RECENT.unknown(
            "资质尚未核验，由人工核验",
            "its papers were never verified; a person verifies them",
            Consequence.LIMITS,
            expected=expected,
        )
        return
    age = case.as_of - verified
    if age.total_seconds() < 0:
        yield _RECENT.failed(
            f"核验日 {verified.date()} 尚未到来",
            f"verified on {verified.date()}, which has not come",
            Consequence.LIMITS,
            expected=expected,
        )
    elif age > within:
        due = verified + within + terms.papers_due
        yield _RECENT.failed(
            f"{age.days} 天前核验",
            f"verified {age.days} days ago",
            Consequence.PAPERS if due < case.as_of else Consequence.NOTHING,
            paper=DocumentKind.LICENCE,
            due_at=max(due, case.as_of),
            expected=expected,
        )
    else:
        yield _RECENT.passed(f"{age.days} 天前核验", f"verified {age.days} days ago", expected=expected)
