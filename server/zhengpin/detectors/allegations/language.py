"""What one language needs for its claims to be read: data for linguists to review, no logic.

All expressions are regular expressions. Latin languages are read in lower case without accents, Chinese in simplified
characters without gaps. "Mention" is a word that calls goods fake or genuine, before anything turns it around.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from zhengpin.detectors.allegations.claim import ClaimKind

NEVER = re.compile("(?!)")


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that make a claim by themselves, whatever single words stand in them."""

    kind: ClaimKind
    says: re.Pattern[str]
    certainty: float = 0.85


@dataclass(frozen=True, slots=True)
class Language:
    """One language's words for fake and genuine, and what turns them around."""

    name: str
    clause: re.Pattern[str]
    """Where a clause starts anew."""
    masked: re.Pattern[str]
    """What only looks like a mention or like a negation of one: it is read over."""
    phrases: tuple[Phrase, ...]
    fake: re.Pattern[str]
    genuine: re.Pattern[str]
    negation: re.Pattern[str]
    """Ends right before the mention that it turns around."""
    negation_after: re.Pattern[str]
    """Begins right after the mention that it turns around."""
    denial: re.Pattern[str]
    """In the clause, before the mention: who says so is wrong."""
    doubt: re.Pattern[str]
    """In the clause, before the mention: the writer does not believe it."""
    formerly: re.Pattern[str]
    """In the clause, before the mention: the writer believed or feared it, and no longer does."""
    scoff_before: re.Pattern[str]
    """Ends right before a word for genuine: the writer mocks it."""
    scoff: re.Pattern[str]
    """Anywhere in a sentence that says genuine: the writer mocks it."""
    condition: re.Pattern[str]
    """In the clause, before the mention: a case, not the goods."""
    absurd: re.Pattern[str]
    """What follows from a condition only in jest, so that the condition does not hold."""
    asked: re.Pattern[str]
    """In the clause: a question."""
    undecided: re.Pattern[str]
    """In the clause, before the mention: the writer does not know."""
    alleged: re.Pattern[str]
    """In the clause, before a word for genuine: so it was sold, says a writer who does not say it is."""
    sold_as: re.Pattern[str]
    """In the clause, before a word for genuine: the seller says so."""
    others_say: re.Pattern[str]
    """In the clause, before the mention: people at large say so."""
    hedge: re.Pattern[str]
    """In the clause, before the mention: an impression."""
    checked: re.Pattern[str]
    """Since the mention before: somebody who can tell has looked at the goods."""
    unchecked: re.Pattern[str]
    """Since the mention before: nobody has yet, only the seller says so, or it is granted as proof of nothing."""
    looks: re.Pattern[str]
    """Ends with the mention: the goods look artificial, which needn't mean counterfeit."""
    of_the_brand: re.Pattern[str]
    """In the sentence: looks are spoken of as a sign of who made the goods."""
    of_others: re.Pattern[str]
    """In the clause: other goods, other times or fakes in general."""
    ellipsis: re.Pattern[str]
    """What ends a sentence, or is the next, and turns its last mention around: "…, but it isn't"."""
    yes: re.Pattern[str]
    """What begins the answer that affirms a short question."""
    no: re.Pattern[str]
    """What begins the answer that denies it."""
    function_words: str = ""
    """By which the language is known, where several share the Latin script."""
    endings: re.Pattern[str] = NEVER
    """Of words that only this one of them has: -mente, -ing."""
    long_words: tuple[str, ...] = ()
    """Words so long that one letter too many, too few, wrong or swapped still means them."""
