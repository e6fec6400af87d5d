"""Papers and letters that somebody else has handed in as well (KYB-07)."""

from __future__ import annotations

from collections.abc import Iterator

from zhengpin.domain.hit import Text
from zhengpin.domain.supplier_fact import MADE_OUT_TO_ONE, DocumentKind, SupplierDocument
from zhengpin.suppliers.onboarding.case import Case
from zhengpin.suppliers.onboarding.finding import Consequence, Finding, Question
from zhengpin.suppliers.onboarding.papers import NAMES

_OWN = Question(
    "paper.used-elsewhere", Text("该文件仅由该主体提交过", "No other company handed in the same file"), "KYB-07"
)


def check_borrowed_papers(case: Case) -> Iterator[Finding]:
    """A paper that is made out to one company refuses where it is another's, as verified or as told first."""
    seen = tuple(_own_files(case))
    borrowed = False
    for sha256, name, reference in seen:
        strangers = case.known.lenders.get(sha256, ())
        if not strangers:
            continue
        borrowed = True
        yield _OWN.failed(
            f"{name.zh}与另一主体提交的文件完全相同",
            f"the {name.en} is the very file that another company handed in",
            Consequence.REFUSAL,
            evidence=(reference, *(each.supplier_id for each in strangers)),
        )
    if seen and not borrowed:
        yield _OWN.passed(f"{len(seen)} 份文件", f"{len(seen)} file{'s' * (len(seen) > 1)}")


def _own_files(case: Case) -> Iterator[tuple[str, Text, str]]:
    for paper in case.told(SupplierDocument):
        if paper.fact.sha256 and paper.fact.kind in MADE_OUT_TO_ONE:
            yield paper.fact.sha256, NAMES[paper.fact.kind], paper.fact_id
    letter_name = NAMES[DocumentKind.AUTHORISATION_LETTER]
    for letter in case.letters:
        if letter.document_sha256 and letter.licensee_id == case.supplier.supplier_id:
            yield letter.document_sha256, letter_name, letter.authorisation_id
