"""Ways to reach a person that stand in somebody's own words: numbers, addresses and names on messengers.

Nobody's name is found by it: a name is a word as any other.
"""

from __future__ import annotations

import re

from zhengpin.detectors.folding import compatibility_form
from zhengpin.detectors.passage import without_invisible

MASK = "***"

_DIGIT = r"[\d零〇一二三四五六七八九幺壹贰叁肆伍陆柒捌玖]"
_NUMBER = rf"\+?{_DIGIT}(?:[\s\-–—.·*_/()~]{{0,3}}{_DIGIT}){{4,}}"
"""From five digits on, as the shortest number on QQ; whoever gives one away sets it wide or spells it out."""
_ADDRESS = r"(?<![a-z0-9_.+-])[a-z0-9_.+-]{1,64}\s*(?:@|[(\[]\s*at\s*[)\]])\s*[a-z0-9-]+(?:\s*\.\s*[a-z0-9-]+)+"
_HANDLE = r"@\s*[\w.-]+"
_MESSENGERS = (
    r"[微薇威v]\s*信|加\s*[微薇v]|we\s*chat|wei\s*xin|(?<![a-z])[vw]\s*x|(?<![a-z])q\s*q|扣\s*扣|企\s*鹅"
    r"|whats\s*app|telegram|抖\s*音|小\s*红\s*书"
)
_BETWEEN = r"(?:[\s:=,()\"'+号號码碼是为為]|(?:id|is|number|no)(?![a-z0-9_-]))*"
_ACCOUNT = r"(?:[a-z0-9_](?:\s[a-z0-9_]){4,}(?![a-z0-9_])|[a-z0-9_-]{6,})"
"""A name on a messenger has six signs or more; it is spelled out, or stands in one piece."""

_ON_MESSENGER = re.compile(rf"({_MESSENGERS})({_BETWEEN}){_ACCOUNT}", re.IGNORECASE)
_DIRECT = re.compile(rf"{_ADDRESS}|{_HANDLE}|{_NUMBER}", re.IGNORECASE)


def without_contacts(text: str) -> str:
    """Give a text with `MASK` in the place of phone numbers, e-mail addresses, @handles and messengers' accounts.

    Other runs of five digits and more go as well: an amount too many is hidden rather than a number too few. What is
    left is in Unicode's compatibility form, as what is hidden may be written in full-width letters.
    """
    read = without_invisible(compatibility_form(text))
    return _DIRECT.sub(MASK, _ON_MESSENGER.sub(rf"\1\2{MASK}", read))
