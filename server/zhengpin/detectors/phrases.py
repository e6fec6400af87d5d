"""A lexicon's expressions, compiled, and the reading of one sentence with them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from zhengpin.detectors.lexicon.entry import Entry, Grammar, Lexicon
from zhengpin.detectors.passage import sentence_around

_NEVER = "(?!)"
_REACH = 60
"""So many characters on either side of a cue its phrase may reach."""
_CLAUSE_REACH = 200
"""So many characters before a phrase are read for what turns it around."""


class Found(NamedTuple):
    """An entry that holds of the goods: the sentence's start and end, and the phrase's place."""

    entry: Entry
    start: int
    end: int
    place: int


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

    def first(self, places: Iterable[int], lines: str) -> Found | None:
        """Find the first sentence near one of the places, where its cues stand, in which it holds of the goods."""
        read = 0
        for place in places:
            start, end = sentence_around(lines, place)
            window = max(start, place - _REACH, read), min(end, place + _REACH)
            if (said := self._said(lines, start, end, window)) is not None:
                return Found(self.entry, start, end, said)
            read = place
        return None

    def _said(self, lines: str, start: int, end: int, window: tuple[int, int]) -> int | None:
        rules = self._rules
        for match in self._says.finditer(lines, *window):
            after = lines[match.end() : end]
            if self._not_before.match(after):
                continue
            clause = rules.own_clause(lines[max(start, match.start() - _CLAUSE_REACH) : match.start()])
            if self._not_after.search(clause) or rules.turn(clause, after):
                continue
            if not rules.of_others.search(lines, start, end):
                return match.start()
        return None


def phrases_of(lexicon: Lexicon) -> tuple[Phrase, ...]:
    """Compile a language."""
    rules = _Rules(lexicon.grammar)
    return tuple(Phrase(entry, rules) for entry in lexicon.entries)


def _places(cue: str, lines: str) -> Iterator[int]:
    place = lines.find(cue)
    while place >= 0:
        yield place
        place = lines.find(cue, place + len(cue))


def _is_whole(cue: str, place: int, lines: str) -> bool:
    if not cue.isalnum():
        return True
    end = place + len(cue)
    return not (place and lines[place - 1].isalnum()) and not (end < len(lines) and lines[end].isalnum())


class WordCues:
    """Languages that put spaces between words: an entry is tried only where the text has one of its words."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        """Index the phrases by word."""
        self._by_word: dict[str, list[Phrase]] = {}
        for phrase in phrases:
            for word in phrase.entry.cues:
                self._by_word.setdefault(word, []).append(phrase)
        self._words = frozenset(self._by_word)
        self._signs = tuple(cue for cue in self._by_word if not cue.isalnum())

    def found(self, words: frozenset[str], lines: str, *, in_title: bool) -> Iterator[Found]:
        """Give one sentence for each entry that holds of the goods; `words` are those of `lines`."""
        present: dict[Phrase, list[int]] = {}
        cues = sorted(self._words & words) + [cue for cue in self._signs if cue in lines]
        for word in cues:
            places = [place for place in _places(word, lines) if _is_whole(word, place, lines)]
            for phrase in self._by_word[word]:
                present.setdefault(phrase, []).extend(places)
        for phrase, places in present.items():
            if (in_title or not phrase.entry.title_only) and (found := phrase.first(sorted(places), lines)):
                yield found


class FragmentCues:
    """Languages without spaces: an entry is tried only where the text has one of its fragments."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        """Keep the phrases in their order."""
        self._phrases = tuple(phrases)

    def found(self, lines: str, *, in_title: bool) -> Iterator[Found]:
        """Give one sentence for each entry that holds of the goods."""
        for phrase in self._phrases:
            places = sorted(place for cue in phrase.entry.cues if cue in lines for place in _places(cue, lines))
            if places and (in_title or not phrase.entry.title_only) and (found := phrase.first(places, lines)):
                yield found
