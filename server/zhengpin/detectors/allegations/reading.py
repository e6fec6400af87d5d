"""The reading of claims: each word for fake or genuine, turned around by what surrounds it in its clause."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from operator import attrgetter

from zhengpin.detectors.allegations.claim import NO_CLAIM, Claim, ClaimKind
from zhengpin.detectors.allegations.language import Language
from zhengpin.detectors.allegations.mention import OUTRIGHT, Mention, Statement, mentions_in
from zhengpin.detectors.allegations.sentences import folded, readings_of, sentences_of

TAKEN_BACK = 0.95
IN_JEST = 0.8
ANSWERED = 0.8
DENIED = 0.75
MOCKED = 0.75
DOUBTED = 0.65
ASKED = 0.5
FORMERLY = 0.45
HEARSAY = 0.45
SOLD_AS = 0.3
HEDGED = 0.75
"""An impression is so much of what is said outright."""
OF_LOOKS = 0.6
"""So much of it is left where only an artificial look is told of."""
_LONGEST_ECHO = 40
"""Characters of a question that the next sentence answers in a word."""
_SAYS_NOTHING = Statement(ClaimKind.OTHER, 0.0)
_QUESTION = Statement(ClaimKind.QUESTION, ASKED)


def claim_of(text: str) -> Claim:
    """Tell what a text claims of the goods: its strongest sentence decides, of equally strong ones the last."""
    return max(reversed(claims_of(text)), key=attrgetter("certainty"), default=NO_CLAIM)


def claims_of(text: str) -> tuple[Claim, ...]:
    """Give every claim that a text makes of the goods, in its order; those of kind `OTHER` are left out."""
    sentences = sentences_of(text)
    return tuple(
        Claim(kind, sentence, certainty)
        for language in readings_of(text)
        for sentence, following in pairwise([*sentences, ""])
        for kind, certainty in _statements(sentence, following, language)
    )


def _statements(sentence: str, following: str, language: Language) -> Iterator[Statement]:
    text = folded(sentence, language)
    mentions = [*mentions_in(language.masked.sub(" ", text), language)]
    answer = folded(following, language) if mentions and following else ""
    for mention in mentions:
        heard = _read(mention)
        if heard.kind is not ClaimKind.OTHER:
            yield heard
        if heard.kind is ClaimKind.QUESTION and len(text) <= _LONGEST_ECHO:
            yield from _answered(mention, answer)
    if mentions and _is_taken_back(mentions[-1], answer):
        yield Statement(mentions[-1].turned, TAKEN_BACK)


def _answered(mention: Mention, answer: str) -> Iterator[Statement]:
    """Read "Genuine? Not at all.": a short question and the word that answers it."""
    if mention.kind is ClaimKind.QUESTION:
        return
    if mention.language.no.match(answer):
        yield Statement(mention.turned, ANSWERED)
    elif mention.language.yes.match(answer):
        yield Statement(mention.kind, ANSWERED)


def _is_taken_back(last: Mention, following: str) -> bool:
    """Read "Sold as genuine. It isn't."."""
    if last.is_phrase:
        return False
    ellipsis = last.language.ellipsis
    return bool(ellipsis.search(last.sentence, last.end) or ellipsis.match(following))


def _read(mention: Mention) -> Statement:
    """Tell what a mention says once its surroundings have been heard: the first that has a say decides."""
    return next(heard for hearing in _HEARINGS if (heard := hearing(mention)))


def _as_question(mention: Mention) -> Statement | None:
    return Statement(mention.kind, mention.certainty) if mention.kind is ClaimKind.QUESTION else None


def _denied(mention: Mention) -> Statement | None:
    return Statement(mention.turned, DENIED) if mention.language.denial.search(mention.before) else None


def _left_open(mention: Mention) -> Statement | None:
    if mention.language.formerly.search(mention.before):
        return None
    return _QUESTION if mention.language.undecided.search(mention.before) else None


def _of_a_case(mention: Mention) -> Statement | None:
    if not mention.language.condition.search(mention.before):
        return None
    in_jest = mention.language.absurd.search(mention.sentence)
    return Statement(mention.turned, IN_JEST) if in_jest else _SAYS_NOTHING


def _of_others(mention: Mention) -> Statement | None:
    return _SAYS_NOTHING if mention.language.of_others.search(mention.clause) else None


def _mocked(mention: Mention) -> Statement | None:
    if not mention.praises:
        return None
    language = mention.language
    mocked = language.scoff_before.search(mention.before) or language.scoff.search(mention.sentence)
    return Statement(ClaimKind.FAKE, MOCKED) if mocked else None


def _asked(mention: Mention) -> Statement | None:
    around = mention.before + mention.after if mention.is_phrase else mention.clause
    return _QUESTION if mention.language.asked.search(around) else None


def _checked(mention: Mention) -> Statement | None:
    """Hear what a check found: as sure as what is said outright, so it outweighs what was heard or feared before."""
    language = mention.language
    check = language.checked.search(mention.since)
    if not check or language.unchecked.search(mention.since) or language.hedge.search(mention.since, check.end()):
        return None
    return Statement(mention.turned if mention.is_negated else mention.kind, max(mention.certainty, OUTRIGHT))


def _disbelieved(mention: Mention) -> Statement | None:
    opposite = mention.kind if mention.is_negated else mention.turned
    if mention.language.formerly.search(mention.before):
        return Statement(opposite, FORMERLY)
    return Statement(opposite, DOUBTED) if mention.language.doubt.search(mention.before) else None


def _only_sold_as(mention: Mention) -> Statement | None:
    if not mention.praises:
        return None
    if mention.language.alleged.search(mention.before):
        return Statement(ClaimKind.FAKE, HEARSAY)
    return Statement(ClaimKind.GENUINE, SOLD_AS) if mention.language.sold_as.search(mention.before) else None


def _in_own_words(mention: Mention) -> Statement:
    kind = mention.turned if mention.is_negated else mention.kind
    if mention.language.others_say.search(mention.before):
        return Statement(kind, HEARSAY)
    if mention.is_of_looks:
        return Statement(kind, mention.certainty * OF_LOOKS)
    hedged = mention.language.hedge.search(mention.before)
    return Statement(kind, mention.certainty * HEDGED if hedged else mention.certainty)


_HEARINGS: tuple[Callable[[Mention], Statement | None], ...] = (
    _as_question,
    _denied,
    _of_others,
    _left_open,
    _of_a_case,
    _mocked,
    _asked,
    _checked,
    _disbelieved,
    _only_sold_as,
    _in_own_words,
)
