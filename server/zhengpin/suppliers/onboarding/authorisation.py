"""Brands: whether letters from their owners lead to the applicant (AUT-01, AUT-03)."""

from __future__ import annotations

from collections.abc import Iterator

from zhengpin.detectors.authorisation import last_day, standing_of
from zhengpin.domain.brand import Authorisation
from zhengpin.domain.hit import Text
from zhengpin.domain.onboarding import IntendedTrade
from zhengpin.domain.supplier import SupplierKind
from zhengpin.domain.supplier_fact import DocumentKind
from zhengpin.suppliers.onboarding.brand_trade import BrandTrade, ids_of_letters
from zhengpin.suppliers.onboarding.case import Case
from zhengpin.suppliers.onboarding.finding import Consequence, Finding, Question
from zhengpin.suppliers.onboarding.letter_chain import check_chain
from zhengpin.suppliers.onboarding.letter_paths import leading_to, least_broken, why_broken
from zhengpin.suppliers.onboarding.papers import due_by, holding, ids_of, invoices, is_any_verified

_KNOWN = Question(
    "authorisation.brand", Text("品牌及其权利人已登记", "A registered brand with a known owner"), "AUT-01"
)
_PATH = Question(
    "authorisation.path",
    Text(
        "自品牌方至申请人的授权链，今日有效，覆盖该类目和地区",
        "Letters from the owner to the applicant, in force today for the category and the territory",
    ),
    "AUT-01",
)


def check_authorisation(case: Case) -> Iterator[Finding]:
    """A trade in a brand waits for letters, or, where the brand is not gated and needs none, for invoices."""
    leading: dict[str, tuple[Authorisation, ...]] = {}
    for trade in dict.fromkeys(case.trades):
        brand_id = trade.brand_id
        brand = case.known.brands.get(brand_id)
        if not brand_id:
            continue
        if brand is None:
            yield _without_owner(case, trade, Text(f"品牌 {brand_id} 未登记", f"no brand {brand_id} is registered"))
            continue
        if brand_id not in leading:
            own = (letter for letter in case.letters if letter.brand_id == brand_id)
            leading[brand_id] = leading_to(case.supplier.supplier_id, own)
        yield from _of_trade(BrandTrade(case, trade, brand, leading[brand_id]))


def _without_owner(case: Case, trade: IntendedTrade, why: Text) -> Finding:
    """No path can be told from a false one; a trade mark certificate tells a person where paths begin."""
    marks = holding(case, DocumentKind.TRADEMARK_CERTIFICATE, brand_id=trade.brand_id)
    if marks:
        told = Text(f"{why.zh}，由人工核对商标注册证", f"{why.en}: a person reads the trade mark certificate")
    else:
        told = Text(f"{why.zh}，请提供商标注册证", f"{why.en}: the trade mark certificate is needed")
    return _KNOWN.unknown(
        told.zh,
        told.en,
        Consequence.LIMITS if marks else Consequence.PAPERS,
        paper=None if marks else DocumentKind.TRADEMARK_CERTIFICATE,
        evidence=ids_of(marks),
        subject=trade.brand_id,
        trades=(trade,),
    )


def _of_trade(trading: BrandTrade) -> Iterator[Finding]:
    case, brand = trading.case, trading.brand
    official = any(shop.official_store for shop in case.supplier.shops)
    standing = standing_of(
        trading.letters, brand.owner_id, trading.applicant_id, trading.place, trading.today, official_store=official
    )
    if standing.path is not None:
        yield _path_found(trading, standing.path)
        yield from check_chain(trading, standing.path)
    elif standing.vouched_for:
        yield _vouched_for(trading)
    elif not brand.owner_id:
        why = Text(f"{brand.name} 的权利人未知", f"who owns {brand.name} is not known")
        yield _without_owner(case, trading.trade, why)
    else:
        yield _no_path(trading)


def _vouched_for(trading: BrandTrade) -> Finding:
    told = Text(
        "平台已核实其为官方店，并持有授权书", "the marketplace vouches for its official store, and it holds a letter"
    )
    if not trading.is_stored(trading.letters):
        return _only_sent(trading, trading.letters, told)
    return _PATH.passed(told.zh, told.en, evidence=ids_of_letters(trading.letters), **trading.about)


def _path_found(trading: BrandTrade, path: tuple[Authorisation, ...]) -> Finding:
    if not path:
        return _PATH.passed("申请人即品牌方", "the applicant owns the brand", **trading.about)
    last = last_day(path)
    due = due_by(last, trading.case)
    told = Text(f"{len(path)} 级授权，有效期至 {last}", f"level {len(path)}, until {last}")
    if not trading.is_stored(path):
        return _only_sent(trading, path, told)
    return _PATH.passed(
        told.zh,
        told.en,
        evidence=ids_of_letters(path),
        paper=None if due is None else DocumentKind.AUTHORISATION_LETTER,
        due_at=due,
        **trading.about,
    )


def _only_sent(trading: BrandTrade, letters: tuple[Authorisation, ...], told: Text) -> Finding:
    """Anybody can send a letter of its own making."""
    return _PATH.unknown(
        f"{told.zh}；其中有平台尚未登记、仅由申请提交的授权书，由人工核对",
        f"{told.en}; only the application tells of some of these letters: a person looks",
        Consequence.LIMITS,
        evidence=ids_of_letters(letters),
        **trading.about,
    )


def _no_path(trading: BrandTrade) -> Finding:
    """Ask for letters; verified invoices stand for them where the brand is not gated.

    Within limits they let an importer in, and any others that nobody has verified yet.

    Importers who pass by the brand's agents are told from fakes by their papers: declarations and invoices.
    """
    case, path = trading.case, least_broken(trading)
    why = why_broken(trading, path)
    proofs = invoices(case, trading.brand.brand_id)
    if proofs and (not trading.needs_letter or _is_importer(trading)):
        is_enough = not trading.needs_letter and is_any_verified(case, proofs)
        return _PATH.unknown(
            f"{why.zh}；凭进货发票销售",
            f"{why.en}; it sells by its invoices",
            Consequence.NOTHING if is_enough else Consequence.LIMITS,
            evidence=ids_of(proofs),
            **trading.about,
        )
    answer = _PATH.failed if trading.letters else _PATH.unknown
    if not trading.needs_letter:
        why = Text(f"{why.zh}；提供近期进货发票亦可", f"{why.en}; a recent invoice will do")
    return answer(
        why.zh,
        why.en,
        Consequence.PAPERS,
        paper=DocumentKind.AUTHORISATION_LETTER if trading.needs_letter else DocumentKind.INVOICE,
        evidence=ids_of_letters(path or trading.letters),
        **trading.about,
    )


def _is_importer(trading: BrandTrade) -> bool:
    if trading.trade.flagship or trading.case.supplier.kind is not SupplierKind.IMPORTER:
        return False
    return bool(holding(trading.case, DocumentKind.CUSTOMS_DECLARATION, category=trading.trade.category))
