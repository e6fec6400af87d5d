"""The parts of a company's name: where it is, what it is called, what it does, its legal form, and its branch.

A Chinese company's name is made of just these, in this order or with the region in brackets (Regulations on the
Administration of Enterprise Name Registration, art. 6); elsewhere the form stands last.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from zhengpin.detectors.folding import compatibility_form
from zhengpin.detectors.lookalikes.folding import folded, is_han, runs, simplified
from zhengpin.suppliers.rings.divisions import is_region, without_region
from zhengpin.suppliers.rings.words import words_of

_FORMS: Final = tuple(sorted(words_of("legal_forms_chinese.txt"), key=len, reverse=True))
_TRADES: Final = tuple(sorted(words_of("trades_chinese.txt"), key=len, reverse=True))
_BRANCH: Final = re.compile(r"(?<=公司).{0,20}(?:分公司|分店|分部|分厂|营业部|经营部|门店|办事处)$")
_BRACKETED: Final = re.compile(r"[(\[【]([^)\]】]*)[)\]】]")
_DOTTED: Final = re.compile(r"(?<=\b\w)\.\s?(?=\w\b)")
_LATIN_FORMS: Final = words_of("legal_forms_latin.txt")
_LATIN_TRADES: Final = words_of("trades_latin.txt")
_JOINING: Final = words_of("joining.txt")


@dataclass(frozen=True, slots=True)
class CompanyName:
    """The parts, folded; empty text where the name does not hold one."""

    region: str
    core: str
    """What tells it from others."""
    trade: str
    form: str
    branch: str


@lru_cache(maxsize=50_000)
def company_name(text: str) -> CompanyName:
    """Take a name apart. One that is nothing but region, trade and form is its own core."""
    plain = simplified(compatibility_form(text)).strip()
    if any(is_han(run) for run in runs(plain)):
        return _chinese(folded(_BRACKETED.sub(r"\1", _region_first(plain))))
    return _latin(plain)


def registered_name(text: str) -> str:
    """Give the whole name under which a company is in the register, folded; empty for a name without a legal form.

    A branch bears the name of its head office with its own after it (Regulations on the Administration of Enterprise
    Name Registration, 2020, art. 13), and no two companies of one place and trade may have the same (art. 17).
    """
    parts = company_name(text)
    return f"{parts.region}|{parts.core}|{parts.trade}|{parts.form}" if parts.form else ""


def _region_first(name: str) -> str:
    """Give 凯维（杭州）… as 杭州凯维…: both are written."""
    found = _BRACKETED.search(name)
    if found is None or not is_region(folded(found.group(1))):
        return name
    return found.group(1) + name[: found.start()] + name[found.end() :]


def _chinese(name: str) -> CompanyName:
    branch = _BRANCH.search(name)
    whole = name[: branch.start()] if branch else name
    form = next((each for each in _FORMS if whole.endswith(each)), "")
    region, rest = without_region(whole.removesuffix(form))
    core, trade = _without_trades(rest)
    return CompanyName(region, core or rest or whole, trade, form, branch.group() if branch else "")


def _without_trades(name: str) -> tuple[str, str]:
    core, trades = name, ""
    while trade := next((each for each in _TRADES if core.endswith(each)), ""):
        core, trades = core.removesuffix(trade), trade + trades
    return core, trades


def _latin(name: str) -> CompanyName:
    words = [folded(word) for word in runs(_DOTTED.sub("", name.replace("&", " and ")))]
    forms = [word for word in words[1:] if word in _LATIN_FORMS]
    bare = words[:1] + [word for word in words[1:] if word not in _LATIN_FORMS]
    rest = [word for word in bare if word not in _JOINING] or words
    trades = [word for word in rest if word in _LATIN_TRADES]
    region, core = without_region("".join(word for word in rest if word not in _LATIN_TRADES))
    return CompanyName(region, core or "".join(rest), "".join(trades), "".join(forms), "")
