"""Numbers with check digits: GTINs (GS1) and registration codes of companies."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from stdnum import ean
from stdnum.br import cnpj
from stdnum.cn import uscc

_SEPARATORS = re.compile(r"[\s-]")


@dataclass(frozen=True, slots=True)
class Gtin:
    """What a GTIN says of itself, without asking anyone."""

    digits: str
    """14 digits with leading zeros; empty unless well formed."""
    well_formed: bool
    """8, 12, 13 or 14 digits with a right check digit."""
    restricted: bool = False
    """For use inside one company or shop (GS1 prefixes 02, 04 and 2; GTIN-8 prefixes 0 and 2)."""
    coupon_or_serial: bool = False
    """A coupon, a refund receipt, a periodical or a book (GS1 prefixes 05, 977 to 979, 98 and 99)."""

    @property
    def names_goods(self) -> bool:
        """Whether it names one article of trade over all sellers; books have numbers of their own that do."""
        return self.well_formed and not self.restricted and not _is_coupon(self.digits[1:])


@lru_cache(maxsize=20_000)
def read_gtin(text: str) -> Gtin:
    """Read a GTIN as printed; spaces and hyphens are allowed.

    Source: GS1 General Specifications. The prefix names the office that issued it, never a country of origin.
    """
    printed = _SEPARATORS.sub("", text)
    if not (printed.isascii() and printed.isdigit() and ean.is_valid(printed)):
        return Gtin("", well_formed=False)
    digits = printed.zfill(14)
    if len(printed) == 8:  # noqa: PLR2004 - GTIN-8 has prefixes of its own
        return Gtin(digits, well_formed=True, restricted=printed[0] in "02")
    body = digits[1:]
    return Gtin(
        digits,
        well_formed=True,
        restricted=body.startswith(("02", "04", "2")),
        coupon_or_serial=_is_coupon(body) or body.startswith(("977", "978", "979")),
    )


def _is_coupon(body: str) -> bool:
    return body.startswith(("05", "98", "99"))


def is_registration_code_valid(code: str, country: str) -> bool | None:
    """Whether a company's number keeps its country's check digits; `None` where no check is known.

    China: unified social credit code (GB 32100-2015) and the organisation code in it (GB 11714). Brazil: CNPJ.
    """
    if not code:
        return None
    if country == "CN":
        return _is_social_credit_code(_SEPARATORS.sub("", code).upper())
    if country == "BR":
        return bool(cnpj.is_valid(code))
    return None


_SOCIAL_CREDIT_CODE = re.compile(r"[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}")
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


def _is_social_credit_code(code: str) -> bool:
    # Not uscc.is_valid: it refuses letters in the first two places, which GB 32100 allows.
    if not _SOCIAL_CREDIT_CODE.fullmatch(code):
        return False
    return bool(code[-1] == uscc.calc_check_digit(code[:-1])) and code[16] == _organisation_check(code[8:16])


def _organisation_check(body: str) -> str:
    """Give the check character of an organisation code (GB 11714): 10 is written X."""
    remainder = sum(int(each, 36) * weight for each, weight in zip(body, _ORGANISATION_WEIGHTS, strict=True)) % 11
    return "0X987654321"[remainder]
