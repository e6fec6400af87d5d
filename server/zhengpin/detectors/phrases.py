"""A lexicon's expressions, compiled, and the reading of one sentence with them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from zhengpin.detectors.lexicon.entry import Entry, Grammar, Lexicon

_NEVER = "(?!)"
CLAUSE_REACH = 200
"""So many characters on either side of a phrase are read for what turns it around."""
_MOST_TURNED = 20
"""A phrase turned around so often in one sentence is looked for no further in it: reading stays cheap."""


class _Rules:
    """A grammar, compiled."""

    def __init__(self, grammar: Grammar) -> None:
        self._clause = re.compile(grammar.clause)
        self._before = re.compile(f"(?:{grammar.negation})|(?:{grammar.condition})")
        self._dismissal = re.compile(grammar.dismissal or _NEVER)
        self.of_others = re.compile(grammar.of_others)

    def own_clause(self, before: str) -> str:
        start = 0
        for match in self._clause.finditer(before):
            start = match.end()
        return before[start:]

    def turn(self, clause: str, after: str) -> bool:
        return bool(self._before.search(clause) or self._dismissal.match(after))


class Phrase:
    """One entry, compiled."""

    def __init__(self, entry: Entry, rules: _Rules) -> None:
        """Compile once; `rules` are the language's."""
        self.entry = entry
        self._rules = rules
        self._says = re.compile(entry.says)
        self._not_after = re.compile(f"(?:{entry.not_after or _NEVER})$")
        self._not_before = re.compile(entry.not_before or _NEVER)

    def may_stand_in(self, field: str) -> bool:
        """Whether the phrase means something in a title or a description."""
        return field == "title" or not self.entry.title_only

    def place_in(self, sentence: str, cues: Iterable[int]) -> int | None:
        """Give where the sentence says it of the goods, near one of the places of its cues; `None` if it does not."""
        turned: set[tuple[str, int]] = set()
        for start, end in _stretches(cues, self.entry.within, sentence):
            for match in self._says.finditer(sentence, start, end):
                first = max(0, match.start() - CLAUSE_REACH)
                surroundings, place = sentence[first : match.end() + CLAUSE_REACH], match.start() - first
                if (surroundings, place) in turned:
                    continue
                if self.holds(surroundings, place, match.end() - first):
                    return match.start()
                turned.add((surroundings, place))
                if len(turned) >= _MOST_TURNED:
                    return None
        return None

    def holds(self, surroundings: str, start: int, end: int) -> bool:
        """Whether the phrase from start to end is said of the goods and not turned around by what surrounds it."""
        after = surroundings[end:]
        if self._not_before.match(after):
            return False
        clause = self._rules.own_clause(surroundings[:start])
        if self._not_after.search(clause) or self._rules.turn(clause, after):
            return False
        return not self._rules.of_others.search(surroundings)


def _stretches(places: Iterable[int], within: int, sentence: str) -> Iterator[tuple[int, int]]:
    """Give each part of a sentence that is within reach of the places, in their order.

    No part ends inside a word, which might then pass for another.
    """
    start = end = -1
    for place in places:
        if place - within > end:
            if end > start:
                yield start, end
            start = max(0, place - within)
        if place + within > end:
            end = sentence.find(" ", place + within)
            end = len(sentence) if end < 0 else end
    if end > start:
        yield start, end


def phrases_of(lexicon: Lexicon) -> tuple[Phrase, ...]:
    """Compile a language."""
    rules = _Rules(lexicon.grammar)
    return tuple(Phrase(entry, rules) for entry in lexicon.entries)
