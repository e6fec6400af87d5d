"""A brand's very name, written as nobody writes it who has no reason to hide it."""

from __future__ import annotations

import re

from zhengpin.detectors.lookalikes.folding import folded
from zhengpin.domain.look_alike import Imitation

_WIDE = re.compile(r"[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]")
_INSIDE = re.compile(r"(?<=[a-z])(?=[A-Z])")
_INNER_CAPITAL = re.compile(r"[a-z][A-Z]")
_MARK = re.compile(r"[\u0300-\u036f]")
_USUAL_SIGNS = frozenset("'’`´&®™©")
_FEW_LETTERS = 5


def oddity(written: str, registered: str) -> Imitation | None:
    """Say what is odd in a name that folds to the registered one; `None` where it is simply the brand's name."""
    if written == registered:
        return None
    if _WIDE.search(written) and not _WIDE.search(registered):
        return Imitation.WIDTH
    if not written.isascii() and registered.isascii():
        return Imitation.HOMOGLYPHS
    if _gaps(written) - _gaps(registered) - _joints(registered):
        return Imitation.SPACING
    return Imitation.CASE if _is_oddly_capitalised(written, registered) else None


def _gaps(name: str) -> set[int]:
    """The places, in letters, before which something other than letters stands inside a name."""
    gaps: set[int] = set()
    letters = 0
    for sign in name.strip():
        if folded(sign):
            letters += len(folded(sign))
        elif sign not in _USUAL_SIGNS:
            gaps.add(letters)
    return gaps - {0, letters}


def _joints(name: str) -> set[int]:
    """The places where a name may be taken apart: before inner capitals, between scripts, beside digits."""
    letters = [sign for sign in name if folded(sign)]
    return {
        place
        for place in range(1, len(letters))
        if _kind(letters[place - 1]) != _kind(letters[place])
        or (letters[place - 1].islower() and letters[place].isupper())
    }


def _kind(sign: str) -> str:
    if sign.isdigit():
        return "digit"
    return "latin" if sign.isascii() else "other"


def _is_oddly_capitalised(written: str, registered: str) -> bool:
    words = [word for word in re.split(r"[\W_]+", written) if word.isascii() and word.isalpha()]
    usual = {*re.split(r"[\W_]+", registered)}
    return any(word not in usual and _is_odd(word) for word in words)


def _is_odd(word: str) -> bool:
    if word.islower() or word.isupper() or word.istitle():
        return False
    inner = len(_INNER_CAPITAL.findall(word))
    return word[0].islower() or inner > 1 or len(word) <= _FEW_LETTERS or not _INSIDE.split(word)[-1][1:].islower()
