"""Names as they are compared: what anybody may write differently is folded, what imitations live on is kept."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from opencc import OpenCC

_HAN = r"\u3400-\u9fff"
_RUNS = re.compile(rf"[{_HAN}]+|[^\W_{_HAN}]+(?:['’][^\W_{_HAN}]+)*")
_HAN_ALONE = re.compile(rf"[{_HAN}]+")


@lru_cache(maxsize=50_000)
def folded(name: str) -> str:
    """Give the letters, digits and simplified characters of a name: width, case, accents and signs are left out."""
    if name.isascii():
        return "".join(filter(str.isalnum, name.lower()))
    parted = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", name).casefold())
    return simplified("".join(filter(str.isalnum, parted)))


def simplified(text: str) -> str:
    """Give the text with simplified characters for traditional ones."""
    return text if text.isascii() else _to_simplified().convert(text)


def is_han(text: str) -> bool:
    """Whether the text is made of Chinese characters alone."""
    return _HAN_ALONE.fullmatch(text) is not None


def runs(text: str) -> list[str]:
    """Give the words of a text as written; Chinese characters and letters that touch are two words."""
    return _RUNS.findall(text)


@cache
def _to_simplified() -> OpenCC:
    return OpenCC("t2s")
