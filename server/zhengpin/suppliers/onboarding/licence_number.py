"""Whose a licence is by the social credit code that it bears."""

from __future__ import annotations

from zhengpin.detectors.codes import compact_code
from zhengpin.domain.supplier_fact import SupplierDocument
from zhengpin.suppliers.onboarding.social_credit_code import LENGTH, read_code


def company_on(licence: SupplierDocument) -> str:
    """The social credit code on a licence, be it typed with O and I or not.

    Empty for numbers of other sorts, which are of permits or old licences.
    """
    number = compact_code(licence.number)
    if len(number) != LENGTH:
        return ""
    reading = read_code(number)
    return reading.corrected if reading.wrong else number


def is_of_nobody(licence: SupplierDocument) -> bool:
    """Whether the number on a licence has the form of a social credit code, and check characters that no code has."""
    number = compact_code(licence.number)
    if len(number) != LENGTH:
        return False
    wrong = read_code(number).wrong
    return bool(wrong) and all(each.expected for each in wrong)


def is_of_another(licence: SupplierDocument, registration_code: str) -> bool:
    """Whether a licence bears another company's code than the one that is told, be that typed with O and I or not."""
    own, number = compact_code(registration_code), company_on(licence)
    return bool(number) and len(own) == LENGTH and number not in {own, read_code(own).corrected}
