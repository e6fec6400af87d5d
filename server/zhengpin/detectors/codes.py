"""Numbers with check digits: GTINs (GS1) and registration codes of companies."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from stdnum import ean
from stdnum.br import cnpj
from stdnum.cn import uscc

_SEPARATORS = re.compile(r"[\s\-\u00ad\u200b-\u200f\u2010-\u2015\u202a-\u202e\u2060-\u2064\u2066-\u2069\u2212\ufeff]")
"""Spaces and dashes of any sort, and what is copied along from web pages and spreadsheets though nobody sees it."""


@dataclass(frozen=True, slots=True)
class Gtin:
    """What a GTIN says of itself, without asking anyone."""

    digits: str
    """14 digits with leading zeros; empty unless well formed."""
    well_formed: bool
    """8, 12, 13 or 14 digits with a right check digit, or a UPC-E of 8."""
    given: bool = True
    """False for what fills the field without naming a code: "N/A", "Does not apply", "-", nothing but zeros."""
    restricted: bool | None = False
    """For use inside one company or shop (GS1 prefixes 02, 04 and 2; GTIN-8 prefix 2).

    `None` for 8 digits that start with 0: a GTIN-8 with that prefix is a shop's own, but a UPC-E is no GTIN-8."""
    coupon_or_serial: bool = False
    """A coupon, a refund receipt, a periodical or a book (GS1 prefixes 05, 977 to 979, 98 and 99)."""

    @property
    def names_goods(self) -> bool:
        """Whether it names one article of trade over all sellers; books have numbers of their own that do."""
        return self.well_formed and self.restricted is False and not _is_coupon(self.digits[1:])


@lru_cache(maxsize=20_000)
def read_gtin(text: str) -> Gtin:
    """Read a GTIN as printed; spaces and hyphens are allowed.

    Source: GS1 General Specifications. The prefix names the office that issued it, never a country of origin.
    """
    printed = _SEPARATORS.sub("", text)
    if not any(each.isdecimal() and int(each) for each in printed):
        return Gtin("", well_formed=False, given=False)
    if not (printed.isascii() and printed.isdigit()):
        return Gtin("", well_formed=False)
    if _UPC_E.fullmatch(printed):
        return _read_upc_e(printed)
    return _read_gtin(printed) if ean.is_valid(printed) else Gtin("", well_formed=False)


_UPC_E = re.compile(r"[01]\d{7}")
"""What may be a UPC-E as well as a GTIN-8: number system, six digits, check digit."""


def _read_upc_e(printed: str) -> Gtin:
    """Read 8 digits that are a GTIN-8, a UPC-E, or either by chance."""
    expanded = _expanded(printed)
    if not ean.is_valid(printed):
        return _read_gtin(expanded) if ean.is_valid(expanded) else Gtin("", well_formed=False)
    return Gtin(printed.zfill(14), well_formed=True, restricted=None if printed[0] == "0" else False)


def _expanded(upc_e: str) -> str:
    """Give the UPC-A that a UPC-E stands for: its last digit but one tells where zeros were left out (GS1 §5.2.2.4)."""
    system, body, last, check = upc_e[0], upc_e[1:6], upc_e[6], upc_e[7]
    if last in "012":
        body = f"{body[:2]}{last}0000{body[2:]}"
    elif last == "3":
        body = f"{body[:3]}00000{body[3:]}"
    elif last == "4":
        body = f"{body[:4]}00000{body[4:]}"
    else:
        body = f"{body}0000{last}"
    return f"{system}{body}{check}"


def _read_gtin(printed: str) -> Gtin:
    """Read digits whose check digit is right."""
    digits = printed.zfill(14)
    if len(printed) == 8:  # noqa: PLR2004 - GTIN-8 has prefixes of its own
        return Gtin(digits, well_formed=True, restricted=printed[0] == "2")
    body = digits[1:]
    return Gtin(
        digits,
        well_formed=True,
        restricted=body.startswith(("02", "04", "2")),
        coupon_or_serial=_is_coupon(body) or body.startswith(("977", "978", "979")),
    )


def _is_coupon(body: str) -> bool:
    return body.startswith(("05", "98", "99"))


@lru_cache(maxsize=8192)
def is_registration_code_valid(code: str, country: str) -> bool | None:
    """Whether a company's number keeps its country's check digits; `None` where no check is known.

    China: unified social credit code (GB 32100-2015) and the organisation code in it (GB 11714); the registration
    numbers of 15 digits that it replaced are still in old licences, and nothing is said of them. Brazil: CNPJ.
    """
    if not code:
        return None
    if country == "CN":
        written = compact_code(code)
        return None if _OLD_REGISTRATION.fullmatch(written) else _is_social_credit_code(written)
    if country == "BR":
        return bool(cnpj.is_valid(code))
    return None


@lru_cache(maxsize=8192)
def company_key(code: str, country: str) -> str:
    """Name a company by its number, written one way; empty without a number that keeps its check digits.

    What can't be checked names nobody: many suppliers may have been told with the same "0" or "n/a". A company of which
    no country was told is looked for in the Chinese register.
    """
    register = country or "CN"
    if not is_registration_code_valid(code, register):
        return ""
    return f"{register}:{''.join(filter(str.isalnum, compact_code(code)))}"


def compact_code(text: str) -> str:
    """Give a number without its separators, in capitals, full-width characters as the plain ones they stand for.

    Whoever types with a Chinese keyboard writes １２３ for 123.
    """
    return _SEPARATORS.sub("", unicodedata.normalize("NFKC", text)).upper()


_OLD_REGISTRATION = re.compile(r"[0-9]{15}")
_SOCIAL_CREDIT_CODE = re.compile(r"[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}")
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


def _is_social_credit_code(code: str) -> bool:
    # Not uscc.is_valid: it refuses letters in the first two places, which GB 32100 allows.
    if not _SOCIAL_CREDIT_CODE.fullmatch(code):
        return False
    return bool(code[-1] == uscc.calc_check_digit(code[:-1])) and code[16] == organisation_check(code[8:16])


def organisation_check(body: str) -> str:
    """Give the check character of an organisation code (GB 11714) from its other eight: 10 is written X."""
    remainder = sum(int(each, 36) * weight for each, weight in zip(body, _ORGANISATION_WEIGHTS, strict=True)) % 11
    return "0X987654321"[remainder]
