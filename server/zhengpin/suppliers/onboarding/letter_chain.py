"""Chains of letters that hold: how long they may be, and through whose hands they go (AUT-01, AUT-02)."""

from __future__ import annotations

from collections.abc import Iterator

from zhengpin.domain.brand import Authorisation
from zhengpin.domain.hit import Text
from zhengpin.domain.supplier import SupplierState
from zhengpin.domain.supplier_fact import DocumentKind
from zhengpin.suppliers.onboarding.brand_trade import BrandTrade, ids_of_letters
from zhengpin.suppliers.onboarding.finding import Consequence, Finding, Question
from zhengpin.suppliers.onboarding.papers import ids_of, invoices, is_any_verified

_DEPTH = Question("authorisation.depth", Text("授权级数在规定以内", "No more letters in a row than allowed"), "AUT-02")
_LICENSORS = Question(
    "authorisation.licensors",
    Text("授权链上没有被暂停或清退的供应商", "Nobody on the path is suspended or terminated"),
    "AUT-01",
)

Path = tuple[Authorisation, ...]


def check_chain(trading: BrandTrade, path: Path) -> Iterator[Finding]:
    """A flagship store takes the owner's own letter, a long chain takes invoices, and a stopped licensor limits."""
    depth, terms = len(path), trading.case.terms
    if trading.trade.flagship and depth > terms.flagship_depth:
        yield _too_deep_for_flagship(trading, path)
    elif trading.brand.gated and depth > terms.gated_depth:
        yield _too_deep_without_invoices(trading, path)
    elif trading.needs_letter:
        yield _DEPTH.passed(f"{depth} 级", f"level {depth}", evidence=ids_of_letters(path), **trading.about)
    stopped = [each for each in dict.fromkeys(letter.licensor_id for letter in path) if _is_stopped(trading, each)]
    if stopped:
        yield _LICENSORS.failed(
            "授权链上有供应商已被暂停或清退，由人工核对",
            "somebody on the path is suspended or terminated; a person looks",
            Consequence.LIMITS,
            evidence=tuple(stopped),
            **trading.about,
        )


def _too_deep_for_flagship(trading: BrandTrade, path: Path) -> Finding:
    allowed, depth = trading.case.terms.flagship_depth, len(path)
    return _DEPTH.failed(
        f"旗舰店须为 {allowed} 级授权，现为 {depth} 级",
        f"a flagship store takes level {allowed}, this is level {depth}",
        Consequence.PAPERS,
        paper=DocumentKind.AUTHORISATION_LETTER,
        evidence=ids_of_letters(path),
        **trading.about,
    )


def _too_deep_without_invoices(trading: BrandTrade, path: Path) -> Finding:
    allowed, depth = trading.case.terms.gated_depth, len(path)
    proofs = invoices(trading.case, trading.brand.brand_id)
    if proofs and not is_any_verified(trading.case, proofs):
        return _DEPTH.unknown(
            f"{depth} 级，另有进货发票，尚未核验",
            f"level {depth}, with invoices that nobody has verified yet",
            Consequence.LIMITS,
            evidence=ids_of(proofs),
            **trading.about,
        )
    if proofs:
        return _DEPTH.passed(
            f"{depth} 级，另有进货发票", f"level {depth}, with invoices", evidence=ids_of(proofs), **trading.about
        )
    return _DEPTH.failed(
        f"{depth} 级，超过 {allowed} 级，需提供近期进货发票",
        f"level {depth} is beyond {allowed}: recent invoices are needed",
        Consequence.PAPERS,
        paper=DocumentKind.INVOICE,
        evidence=ids_of_letters(path),
        **trading.about,
    )


def _is_stopped(trading: BrandTrade, supplier_id: str) -> bool:
    known = trading.case.known.suppliers.get(supplier_id)
    return known is not None and known.state is not SupplierState.ACTIVE
