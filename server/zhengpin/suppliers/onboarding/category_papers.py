"""Papers that some categories ask for (KYB-02)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from zhengpin.detectors.authorisation import covers
from zhengpin.domain.hit import Text
from zhengpin.domain.onboarding import IntendedTrade
from zhengpin.domain.supplier_fact import DocumentKind
from zhengpin.suppliers.onboarding.audits import audits_in_force
from zhengpin.suppliers.onboarding.case import Case
from zhengpin.suppliers.onboarding.finding import Consequence, Finding, Question
from zhengpin.suppliers.onboarding.papers import NAMES, holding, ids_of, is_any_verified, unverified
from zhengpin.suppliers.onboarding.surroundings import CategoryRequirement

_NEEDED = Question(
    "category.papers", Text("类目要求的材料齐全且有效", "The papers that the category asks for"), "KYB-02"
)


def requirements_of(case: Case, trade: IntendedTrade) -> list[CategoryRequirement]:
    """What the marketplace asks for in the trade's category and in those above it."""
    return [
        each
        for each in case.known.categories
        if trade.category
        and covers(each.category, trade.category)
        and (not each.territories or not trade.territory or trade.territory in each.territories)
    ]


def check_category_papers(case: Case) -> Iterator[Finding]:
    """A category stays closed until each of its papers holds, and is limited until somebody has verified one."""
    asked: dict[tuple[str, DocumentKind], dict[IntendedTrade, list[Text]]] = {}
    for trade in case.trades:
        for requirement in requirements_of(case, trade):
            for kind in requirement.documents:
                of_trades = asked.setdefault((trade.category, kind), {})
                of_trades.setdefault(trade, []).append(requirement.source)
    for (category, kind), sources in sorted(asked.items()):
        named = dict.fromkeys(source for those in sources.values() for source in those)
        about = {"trades": tuple(sources), "subject": category, "expected": _as_asked_by(list(named))}
        yield _of_one(case, category, kind, about)


def _as_asked_by(sources: list[Text]) -> Text:
    zh, en = "、".join(each.zh for each in sources), "; ".join(each.en for each in sources)
    return Text(f"{_NEEDED.expected.zh}（{zh}）", f"{_NEEDED.expected.en} ({en})")


def _of_one(case: Case, category: str, kind: DocumentKind, about: dict[str, Any]) -> Finding:
    """A business licence is no licence for a category; an audit is its report, once the marketplace has it."""
    name, papers = NAMES[kind], holding(case, kind, category=category)
    if kind is DocumentKind.LICENCE:
        papers = [paper for paper in papers if paper.fact.category]
    audits = audits_in_force(case) if kind is DocumentKind.AUDIT_REPORT else ()
    evidence = (*ids_of(papers), *audits)
    if case.stored.intersection(audits) or is_any_verified(case, papers):
        return _NEEDED.passed(f"{name.zh}有效", f"the {name.en} holds", evidence=evidence, **about)
    if evidence:
        told = unverified(kind)
        return _NEEDED.unknown(told.zh, told.en, Consequence.LIMITS, evidence=evidence, **about)
    return _NEEDED.unknown(
        f"{category}：缺少有效的{name.zh}",
        f"{category}: no {name.en} that holds was handed in",
        Consequence.PAPERS,
        paper=kind,
        **about,
    )
