"""Names that are few letters apart, found by what is left when a letter is left out (SymSpell, Garbe 2012).

Letters are first drawn together with those that they are taken for, so that one that is left out may stand beside any
number of those.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

_CLASSES = str.maketrans("aeiouybdpthckqgjszxmnrvwf", "aaaaaabbbbbcccccsssmmmvvv")
_REPEATED = re.compile(r"(.)\1+")


class Neighbourhood:
    """Names by what is left of their sketch without one letter."""

    def __init__(self, names: Iterable[str]) -> None:
        """Take in names in plain letters."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for name in names:
            for rest in _rests(name):
                found[rest].append(name)
        self._names = {rest: tuple(names) for rest, names in found.items()}

    def near(self, name: str) -> set[str]:
        """Give the names that may be near this one, and some that are not."""
        known = self._names
        return {each for rest in _rests(name) if rest in known for each in known[rest]}


def _rests(name: str) -> set[str]:
    sketch = name.translate(_CLASSES)
    rests = (sketch, *(sketch[:place] + sketch[place + 1 :] for place in range(len(sketch))))
    return {_REPEATED.sub(r"\1", rest) for rest in rests}
