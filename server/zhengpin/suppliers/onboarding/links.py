"""Suppliers that the applicant belongs together with (KYB-06, RNG-01)."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from zhengpin.domain.hit import Text
from zhengpin.domain.ring import Attribute, Link
from zhengpin.domain.supplier import SupplierState
from zhengpin.domain.supplier_fact import SUCCESSION
from zhengpin.suppliers.onboarding.case import Case
from zhengpin.suppliers.onboarding.finding import Consequence, Finding, Question

_LINKED = Question(
    "links.stopped",
    Text("与被暂停或清退的供应商无关联", "No tie to a supplier that is suspended or terminated"),
    "RNG-01",
)


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
    """Say what follows; whom it is linked to and by what is not told to the applicant, and stands in the evidence."""
    zh = "清退" if link.state is SupplierState.TERMINATED else "暂停"
    other, evidence = f"a supplier that is {link.state}", (link.supplier_id,)
    if link.certain:
        return _LINKED.failed(
            f"与一家已被{zh}的供应商为同一主体",
            f"it is one and the same as {other}",
            Consequence.REFUSAL,
            evidence=evidence,
        )
    tie = _tie_of({each.attribute for each in link.evidence})
    return _LINKED.unknown(
        f"与一家已被{zh}的供应商{tie.zh}，由人工核对",
        f"it {tie.en} {other}; a person looks",
        Consequence.LIMITS,
        evidence=evidence,
    )


def _tie_of(shared: AbstractSet[str]) -> Text:
    if Attribute.REGISTRATION_CODE in shared:
        return Text("登记代码相同，但双方未全部核验", "bears the code, not verified on both sides, of")
    if SUCCESSION in shared:
        return Text("有承继关系", "goes on in, or goes on from,")
    return Text("可能有关联", "may belong together with")
