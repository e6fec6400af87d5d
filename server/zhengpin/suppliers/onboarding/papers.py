"""Papers: which of them hold, and what is wrong with the others."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time

from zhengpin.detectors.authorisation import covers
from zhengpin.detectors.local_day import Today
from zhengpin.domain.hit import Text
from zhengpin.domain.supplier_fact import DocumentKind, SupplierDocument
from zhengpin.suppliers.onboarding.case import Case, Told
from zhengpin.suppliers.onboarding.finding import Consequence, Finding, Question
from zhengpin.suppliers.onboarding.licence_number import is_of_another

Paper = Told[SupplierDocument]

_DATES = Question("paper.dates", Text("已签发且在有效期内", "Issued by now, and not ended"), "KYB-02")
_GENUINE = Question("paper.edited", Text("图片未经改动", "Its picture is unedited"), "KYB-07")


def check_papers(case: Case) -> Iterator[Finding]:
    """An edited picture refuses; a paper that ended, or is dated ahead, counts as if it had not been handed in."""
    papers = case.told(SupplierDocument)
    for paper in papers:
        if paper.fact.edited:
            name = name_of(paper)
            yield _GENUINE.failed(
                f"{name.zh}的图片有改动痕迹",
                f"the picture of the {name.en} was edited",
                Consequence.REFUSAL,
                evidence=(paper.fact_id,),
            )
    troubles = [(paper, trouble) for paper in papers if (trouble := _trouble(paper.fact, case.today)) is not None]
    for paper, trouble in troubles:
        name = name_of(paper)
        yield _DATES.failed(
            f"{name.zh}{trouble.zh}",
            f"the {name.en} {trouble.en}",
            Consequence.NOTHING,
            evidence=(paper.fact_id,),
            subject=paper.fact.category or paper.fact.brand_id,
        )
    sound = len(papers) - len(troubles)
    if sound:
        yield _DATES.passed(f"{sound} 份材料", f"{sound} paper{'s' * (sound > 1)}")


def holding(case: Case, kind: DocumentKind, *, category: str = "", brand_id: str = "") -> list[Paper]:
    """Papers of one kind that hold today, for a category and a brand where these are named.

    A paper without a category is for all of them; one without a brand proves nothing of any. A blank one is none, and
    so is a licence with another company's code.
    """
    today, code = case.today, case.supplier.registration_code
    return [
        paper
        for paper in case.papers.get(kind, ())
        if not (paper.fact.edited or _is_blank(paper.fact))
        and not (kind is DocumentKind.LICENCE and is_of_another(paper.fact, code))
        and _trouble(paper.fact, today) is None
        and (not category or not paper.fact.category or covers(paper.fact.category, category))
        and (not brand_id or paper.fact.brand_id == brand_id)
    ]


def invoices(case: Case, brand_id: str) -> list[Paper]:
    """Invoices for a brand's goods that are recent enough to tell where today's goods come from."""
    since = case.today.lasting - case.terms.invoices_within
    recent = holding(case, DocumentKind.INVOICE, brand_id=brand_id)
    return [paper for paper in recent if paper.fact.issued_on is not None and paper.fact.issued_on >= since]


def due_by(last_day: date, case: Case) -> datetime | None:
    """When to ask for what follows a paper that ends soon; `None` for one that does not."""
    ends = datetime.combine(last_day, time(), UTC)
    return max(ends, case.as_of) if ends - case.as_of < case.terms.reminded_before_end else None


def is_any_verified(case: Case, papers: list[Paper]) -> bool:
    """Whether somebody verified one of the papers, itself or with its supplier after it was told."""
    return any(paper.fact.verified or _is_verified_with_supplier(case, paper) for paper in papers)


def _is_verified_with_supplier(case: Case, paper: Paper) -> bool:
    verified = case.supplier.verified_at
    return verified is not None and paper.observed_at <= verified <= case.as_of


def unverified(kind: DocumentKind) -> Text:
    """Say that papers of a kind were handed in that nobody has verified."""
    return Text(f"{NAMES[kind].zh}尚未核验", f"nobody has verified the {NAMES[kind].en} yet")


def ids_of(papers: list[Paper]) -> tuple[str, ...]:
    """The facts that they were told by."""
    return tuple(paper.fact_id for paper in papers)


def _is_blank(paper: SupplierDocument) -> bool:
    """Whether nothing is told of it by which it could be found again, and nobody has verified it."""
    return not (paper.verified or paper.number or paper.sha256 or paper.issued_on or paper.valid_to)


def _trouble(paper: SupplierDocument, today: Today) -> Text | None:
    issued, last = paper.issued_on, paper.valid_to
    if issued is not None and last is not None and last < issued:
        return Text(f"的截止日 {last} 早于签发日 {issued}", f"ends on {last}, before it was issued on {issued}")
    if issued is not None and issued > today.begun:
        return Text(f"的签发日 {issued} 尚未到来", f"is dated {issued}, which has not come")
    if last is not None and last < today.lasting:
        return Text(f"已于 {last} 到期", f"ended on {last}")
    return None


NAMES = {
    DocumentKind.LICENCE: Text("营业执照或许可证", "licence"),
    DocumentKind.IDENTITY: Text("身份证明", "proof of identity"),
    DocumentKind.AUTHORISATION_LETTER: Text("授权书", "letter of authorisation"),
    DocumentKind.TRADEMARK_CERTIFICATE: Text("商标注册证", "trade mark certificate"),
    DocumentKind.INVOICE: Text("进货发票", "invoice"),
    DocumentKind.TEST_REPORT: Text("检测报告", "test report"),
    DocumentKind.ORIGIN_CERTIFICATE: Text("原产地证明", "certificate of origin"),
    DocumentKind.CUSTOMS_DECLARATION: Text("报关单", "customs declaration"),
    DocumentKind.COST_SHEET: Text("成本表", "cost sheet"),
    DocumentKind.AUDIT_REPORT: Text("验厂报告", "audit report"),
    DocumentKind.DEPOSIT_CONTRACT: Text("保证金协议", "deposit contract"),
    DocumentKind.TRADER_DETAILS: Text("经营者信息", "trader's details"),
}


def name_of(paper: Paper) -> Text:
    """The paper as people call it, with its number."""
    name, number = NAMES[paper.fact.kind], paper.fact.number
    return Text(f"{name.zh} {number} ", f"{name.en} {number}") if number else name
