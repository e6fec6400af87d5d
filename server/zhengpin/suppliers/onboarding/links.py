"""Suppliers that the applicant belongs together with (KYB-06, RNG-01)."""

from __future__ import annotations

from collections.abc import Iterator

from zhengpin.domain.hit import Text
from zhengpin.domain.ring import Attribute, Link
from zhengpin.domain.supplier import SupplierState
from zhengpin.suppliers.onboarding.case import Case
from zhengpin.suppliers.onboarding.finding import Consequence, Finding, Question

_LINKED = Question(
    "links.stopped",
    Text("与被暂停或清退的供应商无关联", "No tie to a supplier that is suspended or terminated"),
    "RNG-01",
)

SUCCESSION = "succession"
"""The attribute of a link to a supplier that goes on in the applicant, or in whom the applicant does."""


def check_links(case: Case) -> Iterator[Finding]:
    """Only who is one and the same as a stopped supplier is refused; whoever merely may be is looked at by a person."""
    stopped = [each for each in case.known.links if each.state is not SupplierState.ACTIVE]
    for link in sorted(stopped, key=lambda each: (not each.certain, -each.probability, each.supplier_id)):
        yield _told(link)
    if not stopped:
        ties = len(case.known.links)
        if ties:
            yield _LINKED.passed(f"{ties} 个关联供应商均正常", f"{ties} known tie{'s' * (ties > 1)}, to none of these")
        else:
            yield _LINKED.passed("无已知关联", "no tie to anybody is known")


def _told(link: Link) -> Finding:
    shared = ", ".join(each.attribute for each in link.evidence if each.bits > 0 or each.certain) or "—"
    zh = "已清退" if link.state is SupplierState.TERMINATED else "已暂停"
    if link.certain:
        return _LINKED.failed(
            f"与{zh}的 {link.supplier_id} 为同一主体（{shared}）",
            f"it is one and the same as {link.supplier_id}, which is {link.state} ({shared})",
            Consequence.REFUSAL,
            evidence=(link.supplier_id,),
        )
    if any(each.attribute == Attribute.REGISTRATION_CODE for each in link.evidence):
        return _LINKED.unknown(
            f"与{zh}的 {link.supplier_id} 登记代码相同，但双方未全部核验，由人工核对",
            f"it was told with the code of {link.supplier_id}, which is {link.state}, and not both were verified;"
            " a person looks",
            Consequence.LIMITS,
            evidence=(link.supplier_id,),
        )
    if any(each.attribute == SUCCESSION for each in link.evidence):
        return _LINKED.unknown(
            f"与{zh}的 {link.supplier_id} 有承继关系，由人工核对",
            f"one of it and {link.supplier_id}, which is {link.state}, goes on in the other; a person looks",
            Consequence.LIMITS,
            evidence=(link.supplier_id,),
        )
    return _LINKED.unknown(
        f"与{zh}的 {link.supplier_id} 可能有关联（概率 {link.probability:.0%}：{shared}），由人工核对",
        f"it may belong to {link.supplier_id}, {link.state} ({link.probability:.0%}: {shared}); a person looks",
        Consequence.LIMITS,
        evidence=(link.supplier_id,),
    )
