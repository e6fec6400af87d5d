"""Goods that cross a border: declared at customs, and of a certified origin."""

from __future__ import annotations

from collections.abc import Iterator

from zhengpin.domain.hit import Text
from zhengpin.domain.onboarding import IntendedTrade
from zhengpin.domain.supplier_fact import DocumentKind
from zhengpin.suppliers.onboarding.case import Case
from zhengpin.suppliers.onboarding.finding import Consequence, Finding, Question
from zhengpin.suppliers.onboarding.papers import NAMES, holding, ids_of, is_any_verified, unverified
from zhengpin.suppliers.onboarding.territories import is_border_between

_PAPERS = Question(
    "border.papers", Text("跨境商品有报关单和原产地证明", "A customs declaration and a certificate of origin")
)
_NEEDED = (DocumentKind.CUSTOMS_DECLARATION, DocumentKind.ORIGIN_CERTIFICATE)


def check_border_papers(case: Case) -> Iterator[Finding]:
    """Goods that are sent over a border wait for both papers; where it is not told what they cross, limits hold."""
    for trade in dict.fromkeys(case.trades):
        sent_from = trade.ships_from or case.supplier.country
        if not sent_from:
            continue
        if not trade.territory:
            told = Text(
                f"自 {sent_from} 发货，未限定销售地，跨越哪些边境未知",
                f"sold everywhere from {sent_from}: over which borders goods go is not told",
            )
            yield _limited(trade, told)
        elif not is_border_between(sent_from, trade.territory):
            continue
        elif trade.ships_from:
            yield from _crossing(case, trade)
        else:
            told = Text(
                f"申请人在 {sent_from}，销往 {trade.territory}，未说明发货地",
                f"it sits in {sent_from}, sells to {trade.territory}, and does not tell where goods are sent from",
            )
            yield _limited(trade, told)


def _limited(trade: IntendedTrade, told: Text) -> Finding:
    return _PAPERS.unknown(told.zh, told.en, Consequence.LIMITS, trades=(trade,), subject=trade.category)


def _crossing(case: Case, trade: IntendedTrade) -> Iterator[Finding]:
    way = f"{trade.ships_from} → {trade.territory}"
    for kind in _NEEDED:
        papers, name = holding(case, kind, category=trade.category), NAMES[kind]
        if papers and not is_any_verified(case, papers):
            told = unverified(kind)
            yield _PAPERS.unknown(
                f"{way}：{told.zh}",
                f"{way}: {told.en}",
                Consequence.LIMITS,
                evidence=ids_of(papers),
                trades=(trade,),
                subject=trade.category,
            )
        elif papers:
            yield _PAPERS.passed(
                f"{way}：{name.zh}",
                f"{way}: {name.en}",
                evidence=ids_of(papers),
                trades=(trade,),
                subject=trade.category,
            )
        else:
            yield _PAPERS.unknown(
                f"{way}：缺少有效的{name.zh}",
                f"{way}: no {name.en} that holds",
                Consequence.PAPERS,
                paper=kind,
                trades=(trade,),
                subject=trade.category,
            )
