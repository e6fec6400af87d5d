"""Signals of the text: what the listing says of its own goods, and where that contradicts what is declared."""

from __future__ import annotations

from zhengpin.detectors.text import Finding, Saying, sayings
from zhengpin.domain.hit import Evidence, Value
from zhengpin.domain.listing import AuthenticityClaim, Condition, Listing
from zhengpin.signals.sheet import Sheet

_SAID_IN = {
    Saying.EMPTY: "text.says_empty",
    Saying.COMPATIBLE: "text.says_compatible",
    Saying.EXPIRED: "text.says_expired",
    Saying.USED: "text.says_used",
    Saying.RECHARGED: "text.says_recharged",
    Saying.WITHOUT_BOX: "text.says_without_box",
    Saying.REPLICA: "text.says_replica",
    Saying.LEAKED_FACTORY_GOODS: "text.says_leaked_factory_goods",
    Saying.SAME_STYLE: "text.says_same_style",
    Saying.GENUINE: "text.says_genuine",
    Saying.OFF_PLATFORM_CONTACT: "text.off_platform_contact",
}
_NOT_GENUINE = frozenset(
    {Saying.EMPTY, Saying.COMPATIBLE, Saying.RECHARGED, Saying.REPLICA, Saying.LEAKED_FACTORY_GOODS, Saying.SAME_STYLE}
)
_ADMITTED = {
    Condition.USED: frozenset({Saying.RECHARGED}),
    Condition.REFURBISHED: frozenset({Saying.RECHARGED}),
}
"""What a declared condition says already: a refurbished article may be the brand's own."""


_SAYS_NOTHING: dict[str, Value] = {
    **dict.fromkeys((*_SAID_IN.values(), "text.contradicts_claim"), False),
    "text.replica_terms": (),
}


def note_text(sheet: Sheet, listing: Listing, brand_names: tuple[str, ...]) -> None:
    """Note every `text.*` signal; each is known as soon as there is a text."""
    if not listing.title and not listing.description:
        return
    said = sayings(listing, brand_names)
    sheet.note_all(_SAYS_NOTHING)
    genuine = [each for each in said if each.saying is Saying.GENUINE]
    claimed = _claims_genuine(listing, genuine)
    sheet.note("text.claims_genuine", claimed, *(map(_sentence, genuine) if claimed else ()))
    if listing.condition is not Condition.UNKNOWN:
        used = [each for each in said if listing.condition is Condition.NEW and each.saying is Saying.USED]
        _note(sheet, "text.contradicts_condition", used)
    if said:
        _note_said(sheet, said)
        against = _NOT_GENUINE - _ADMITTED.get(listing.condition, frozenset())
        _note(sheet, "text.contradicts_claim", [each for each in said if claimed and each.saying in against])


def _claims_genuine(listing: Listing, said: list[Finding]) -> bool:
    if listing.authenticity_claim is AuthenticityClaim.NONE:
        return bool(said)
    return listing.authenticity_claim is AuthenticityClaim.GENUINE


def _note_said(sheet: Sheet, said: tuple[Finding, ...]) -> None:
    for saying in dict.fromkeys(each.saying for each in said):
        _note(sheet, _SAID_IN[saying], [each for each in said if each.saying is saying])
    terms = [each for each in said if each.term]
    if terms:
        sheet.note("text.replica_terms", tuple(sorted({each.term for each in terms})), *map(_sentence, terms))


def _note(sheet: Sheet, name: str, findings: list[Finding]) -> None:
    sheet.note(name, bool(findings), *map(_sentence, findings))


def _sentence(finding: Finding) -> Evidence:
    return Evidence("sentence", finding.field, finding.sentence)
