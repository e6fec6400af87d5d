"""A word or phrase that calls goods fake or genuine, in its clause."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from zhengpin.detectors.allegations.claim import ClaimKind
from zhengpin.detectors.allegations.language import Language

OUTRIGHT = 0.9
"""Certainty of what a writer says of the goods without more."""
_MOST_MENTIONS = 12
"""Of one sentence: whoever says "fake" more often says nothing new."""
_OPPOSITE = {ClaimKind.FAKE: ClaimKind.GENUINE, ClaimKind.GENUINE: ClaimKind.FAKE}


class Statement(NamedTuple):
    """What a clause says of the goods, and how surely."""

    kind: ClaimKind
    certainty: float


@dataclass(frozen=True, slots=True)
class Mention:
    """A word or phrase, with what stands around it in its clause and sentence."""

    kind: ClaimKind
    """What it says before its surroundings are heard."""
    certainty: float
    is_phrase: bool
    """Whether it claims something by itself, so that nothing right before it negates it."""
    before: str
    after: str
    clause: str
    sentence: str
    end: int
    """Where it ends in the sentence."""
    since: str
    """The sentence from the end of the mention before to the end of this one."""
    language: Language

    @property
    def turned(self) -> ClaimKind:
        """The opposite of what it says."""
        return _OPPOSITE.get(self.kind, self.kind)

    @property
    def is_negated(self) -> bool:
        """Whether a negation right before or after it turns it around."""
        if self.is_phrase:
            return False
        return bool(self.language.negation.search(self.before) or self.language.negation_after.match(self.after))

    @property
    def is_of_looks(self) -> bool:
        """Whether it may only say that the goods look artificial."""
        return bool(self.language.looks.search(self.since) and not self.language.of_the_brand.search(self.sentence))

    @property
    def praises(self) -> bool:
        """Whether it is a word for genuine that no negation turns around."""
        return self.kind is ClaimKind.GENUINE and not self.is_phrase and not self.is_negated


def mentions_in(sentence: str, language: Language) -> Iterator[Mention]:
    """Give, in their order, the phrases that claim something by themselves and the words that stand in none of them."""
    found: dict[tuple[int, int], tuple[ClaimKind, float, bool]] = {}
    for phrase in language.phrases:
        for match in phrase.says.finditer(sentence):
            if not _overlaps(match.span(), found):
                found[match.span()] = phrase.kind, phrase.certainty, True
    for kind, words in ((ClaimKind.FAKE, language.fake), (ClaimKind.GENUINE, language.genuine)):
        for match in words.finditer(sentence):
            if not _overlaps(match.span(), found):
                found[match.span()] = kind, OUTRIGHT, False
    told = 0
    for (start, end), (kind, certainty, is_phrase) in sorted(found.items())[:_MOST_MENTIONS]:
        first, last = _clause_around(start, end, sentence, language)
        before, after = sentence[first:start], sentence[end:last]
        clause, since = sentence[first:last], sentence[told:end]
        yield Mention(kind, certainty, is_phrase, before, after, clause, sentence, end, since, language)
        told = end


def _overlaps(span: tuple[int, int], taken: Iterable[tuple[int, int]]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in taken)


def _clause_around(start: int, end: int, sentence: str, language: Language) -> tuple[int, int]:
    first, last = 0, len(sentence)
    for boundary in language.clause.finditer(sentence):
        if boundary.end() <= start:
            first = boundary.end()
        elif boundary.start() >= end:
            last = boundary.start()
            break
    return first, last
