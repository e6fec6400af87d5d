"""Which suppliers are one company."""

from __future__ import annotations

import re

from zhengpin.detectors.codes import company_key
from zhengpin.domain.brand import normalised_name
from zhengpin.domain.supplier import Supplier

_COMPANY = re.compile(r".{4,}公司")
_BRANCH = re.compile(r".{0,20}(?:分公司|分店|分部|分厂|营业部|经营部|门店)")


def is_same_company(one: Supplier, other: Supplier) -> bool:
    """Whether both are one company by their number in its register, or one is a branch of the other by its name.

    A branch has no legal personality, and the company answers for it (Company Law of China, art. 13): it bears the
    company's full name with its own after it. Names count only where the papers of both have been confirmed.
    """
    key = company_key(one.registration_code, one.country)
    if key and key == company_key(other.registration_code, other.country):
        return True
    if one.verified_at is None or other.verified_at is None or one.country != other.country:
        return False
    first, second = normalised_name(one.name), normalised_name(other.name)
    return _is_branch(first, second) or _is_branch(second, first)


def _is_branch(name: str, company: str) -> bool:
    own = name.removeprefix(company)
    return own != name and bool(_COMPANY.fullmatch(company) and _BRANCH.fullmatch(own))
