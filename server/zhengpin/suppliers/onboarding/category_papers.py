"""Papers that some categories ask for (KYB-02)."""

from __future__ import annotations

from collections.abc import Iterator

from zhengpin.detectors.authorisation import covers
from zhengpin.domain.hit import Text
from zhengpin.domain.onboarding import IntendedTrade
from zhengpin.domain.supplier_fact import DocumentKind
from zhengpin.suppliers.onboarding.audits import audits_in_force
from zhengpin.suppliers.onboarding.case import Case
from zhengpin.suppliers.onboarding.finding import Consequence, Finding, Question
from zhengpin.suppliers.onboarding.papers import NAMES, holding, ids_of
from zhengpin.suppliers.onboarding.surroundings import CategoryRequirement

_NEEDED = Question(
    "category.papers", Text("类目要求的材料齐全且有效", "The papers that the category asks for"), "KYB-02"
)


def requirements_of(case: Case, trade: IntendedTrade) -> list[CategoryRequirement]:
    """What the marketplace asks for in the trade's category and in those above it."""
    return [each for each in case.known.categories if trade.category and covers(each.category, trade.category)]


def check_category_papers(case: Case) -> Iterator[Finding]:
    """A category stays closed until each of its papers holds."""
    asked: dict[tuple[str, DocumentKind], list[IntendedTrade]] = {}
    for trade in case.trades:
        kinds = {kind for requirement in requirements_of(case, trade) for kind in requirement.documents}
        for kind in sorted(kinds):
            asked.setdefault((trade.category, kind), []).append(trade)
    for (category, kind), trades in asked.items():
        yield _of_one(case, category, kind, tuple(trades))


def _of_one(case: Case, category: str, kind: DocumentKind, trades: tuple[IntendedTrade, ...]) -> Finding:
    name, evidence = NAMES[kind], _handed_in(case, category, kind)
    if evidence:
        return _NEEDED.passed(
            f"{name.zh}有效", f"the {name.en} holds", evidence=evidence, trades=trades, subject=category
        )
    return _NEEDED.unknown(
        f"{category}：缺少有效的{name.zh}",
        f"{category}: no {name.en} that holds was handed in",
        Consequence.PAPERS,
        paper=kind,
        trades=trades,
        subject=category,
    )


def _handed_in(case: Case, category: str, kind: DocumentKind) -> tuple[str, ...]:
    """The facts that stand for the paper. A business licence is no licence for a category; an audit is its report."""
    papers = holding(case, kind, category=category)
    if kind is DocumentKind.LICENCE:
        papers = [paper for paper in papers if paper.fact.category]
    audits = audits_in_force(case) if kind is DocumentKind.AUDIT_REPORT else ()
    return (*ids_of(papers), *audits)
