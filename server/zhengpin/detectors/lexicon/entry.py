"""What an entry of a lexicon is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Saying(StrEnum):
    """What a text can say of the goods that it sells."""

    EMPTY = "empty"
    COMPATIBLE = "compatible"
    EXPIRED = "expired"
    USED = "used"
    RECHARGED = "recharged"
    WITHOUT_BOX = "without_box"
    REPLICA = "replica"
    LEAKED_FACTORY_GOODS = "leaked_factory_goods"
    SAME_STYLE = "same_style"
    GENUINE = "genuine"
    OFF_PLATFORM_CONTACT = "off_platform_contact"


@dataclass(frozen=True, slots=True)
class Entry:
    """One phrase of the trade. `says`, `not_after` and `not_before` are regular expressions within one sentence."""

    saying: Saying
    cues: tuple[str, ...]
    """Of these the text must hold at least one: a cheap test before the expression is tried. Whole words in languages
    that put spaces between words, unless they hold signs; else fragments."""
    says: str
    not_after: str = ""
    """Words right before the phrase that turn it to something else: `peso` vazio."""
    not_before: str = ""
    """Words right after the phrase that turn it to something else: usado `em impressoras`."""
    term: str = ""
    """The term's name in `text.replica_terms`, for words that mean a copy."""
    within: int = 60
    """So many characters before and after the start of a cue its phrase may reach: the fewer, the less is read."""
    title_only: bool = False
    """Too common in honest descriptions; a title is short and chosen with care."""


@dataclass(frozen=True, slots=True)
class Grammar:
    """How a language turns a phrase around."""

    clause: str
    """Where a clause starts anew: what stands before it does not reach the phrase."""
    negation: str
    """Before the phrase, at the end of what precedes it in the clause."""
    condition: str
    """At any place before the phrase in its clause: the text speaks of a case, not of the goods."""
    of_others: str
    """At any place in the sentence: it speaks of other goods, of the buyer's old ones, or warns of such."""
    dismissal: str = ""
    """Right after the phrase: the seller has nothing to do with such goods."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """One language's entries and grammar."""

    language: str
    grammar: Grammar
    entries: tuple[Entry, ...]
    misspelt: tuple[str, ...] = ()
    """Words so long that one letter too many, too few, wrong or swapped still means them; looked for in titles."""
