"""Whether goods are called compatible: made by another to fit a brand's, and not merely fitting a device.

"Compatible cartridge for HP 664" is somebody else's cartridge; "HP 664 cartridge, compatible with DeskJet 2136" is HP's
own. What tells them apart is where the brand stands in the title, and whether a word for what it fits follows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from zhengpin.detectors.passage import Passage, folded_latin, sentence_around, simplified

CALLED_COMPATIBLE = frozenset({"compativel", "compativeis", "compatible", "compatibles", "compative", "compatibel"})
"""Of these words, in lower case without accents, a text that is not Chinese must hold one."""
_WORD = re.compile(r"\bcompat(?:ive[l]?|iveis|ibles?|ibel)\b")
_FITS = re.compile(r"\s*,?\s*(?:\w+mente\s+)?(?:tambem\s+)?(?:com|em|para|p/|pra|ao?s?|with|for|to|in|as|the)\b|\s*:")
_DEVICE = re.compile(
    r"\b(?:impressoras?|multifuncion\w+|modelos?|aparelhos?|dispositivos?|equipamentos?|celular\w*|smartphones?|veiculos?"
    r"|carros?|motos?|linhas?|series?|sistemas?|hardware|printers?|models?|devices?|phones?|vehicles?|cars?|machines?"
    r"|e|sao|ser|seja|sejam|is|are|be|being|totalmente|fully|nao|not|impressao|software)\s+(?:\S+\s+){0,2}$"
)
_FITS_NOTHING_NAMED = re.compile(r"\W*$|\W*[^\W\d_]")
_CHINESE = re.compile(r"适用于?|兼容|适配|通用")
_STOPWORDS = frozenset(
    ["para", "with", "from", "original", "novo", "nova", "kit", "com", "the", "and", "pack", "lote", "combo"]
)
_HEAD_WORDS = 3
_WORDS_BETWEEN = 7
_CLAUSE_END = re.compile(r"[.,;:()]")
_REACH = 80
"""So many characters before the word the goods are looked for."""


def said_compatible(passage: Passage, words: Iterable[str], title: str, brand_names: tuple[str, ...]) -> int | None:
    """Give the first place where the passage calls the goods compatible; `None` without one.

    `words` are at least those of `CALLED_COMPATIBLE` that the passage holds.
    """
    called = not CALLED_COMPATIBLE.isdisjoint(words)
    if passage.field != "title":
        return _in_description(passage, title) if called else None
    place = _in_title(passage, brand_names) if called else None
    if place is None and not passage.is_latin:
        return _in_chinese_title(passage.wide, brand_names)
    return place


def _in_title(passage: Passage, brand_names: tuple[str, ...]) -> int | None:
    for match in _WORD.finditer(passage.latin):
        before, after = passage.latin[: match.start()], passage.latin[match.end() :]
        if _DEVICE.search(before[-_REACH:]):
            continue
        named_before = _names(before, brand_names)
        fits = _FITS.match(after)
        if fits and not named_before and _names(after, brand_names):
            return match.start()
        if (
            not fits
            and (not named_before or _FITS_NOTHING_NAMED.match(after))
            and not _leads(after, brand_names, named_before)
        ):
            return match.start()
    return None


def _leads(after: str, brand_names: tuple[str, ...], named_before: bool) -> bool:
    """Whether a brand that the goods bear already follows at once: "HP 664 compatível HP DeskJet" fits a device."""
    return named_before and _names(after[:20], brand_names)


def _in_chinese_title(title: str, brand_names: tuple[str, ...]) -> int | None:
    match = _CHINESE.search(title)
    if match is None or not brand_names:
        return None
    before, after = title[: match.start()], title[match.end() :]
    return match.start() if _names(after, brand_names) and not _names(before, brand_names) else None


def _names(text: str, brand_names: tuple[str, ...]) -> bool:
    return any(_name_expression(name).search(text) for name in brand_names)


@lru_cache(maxsize=10_000)
def _name_expression(name: str) -> re.Pattern[str]:
    folded = folded_latin(name).strip()
    # Chinese names have no spaces around them; Latin names may be followed by the model's digits at once.
    if "?" in folded or not folded:
        return re.compile(re.escape(simplified(name.strip().lower())))
    return re.compile(rf"(?<![a-z0-9]){re.escape(folded)}(?![a-z])")


def _in_description(passage: Passage, title: str) -> int | None:
    goods = _goods(title)
    if not goods:
        return None
    for match in _WORD.finditer(passage.latin):
        start, end = sentence_around(passage.latin, match.start())
        if _FITS.match(passage.latin[match.end() : end]):
            continue
        before = _CLAUSE_END.split(passage.latin[max(start, match.start() - _REACH) : match.start()])[-1]
        if _is_named(goods, before) and not _DEVICE.search(before):
            return match.start()
    return None


def _is_named(goods: tuple[str, ...], before: str) -> bool:
    return any(word.removesuffix("s") in goods for word in before.split()[-_WORDS_BETWEEN:])


def _goods(title: str) -> tuple[str, ...]:
    """Give the words that name the goods: the first long words of the title, without their plural ending."""
    words = [word.removesuffix("s") for word in re.findall(r"[a-z]{5,}", folded_latin(title))]
    return tuple(dict.fromkeys(word for word in words if word not in _STOPWORDS))[:_HEAD_WORDS]
