"""What a listing's own text says of its goods: negations and sentences about other goods are told apart.

A cheap test for single words comes first; only sentences that hold one are read with the lexicon's expressions.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from zhengpin.detectors.compatible import CALLED_COMPATIBLE, said_compatible
from zhengpin.detectors.cues import FragmentCues, WordCues
from zhengpin.detectors.lexicon import chinese, english, international, portuguese
from zhengpin.detectors.lexicon.entry import Saying
from zhengpin.detectors.passage import Passage, sentence_around, without_gaps, without_invisible
from zhengpin.detectors.phrases import phrases_of
from zhengpin.detectors.spelling import corrected
from zhengpin.domain.listing import Listing
from zhengpin.domain.quick_init import quickly_made

__all__ = ["REPLICA_TERMS", "Finding", "Saying", "sayings"]


@quickly_made
@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence in which the listing says something of its own goods."""

    saying: Saying
    term: str
    """The trade's term for a copy, as the lexicon names it; else empty."""
    field: str
    """"title" or "description"."""
    sentence: str


_SPACED: Final = WordCues(
    (*phrases_of(portuguese.LEXICON), *phrases_of(english.LEXICON), *phrases_of(international.LEXICON))
)
_UNSPACED: Final = FragmentCues(phrases_of(chinese.LEXICON))
_VOCABULARY: Final = _SPACED.words | {word.encode() for word in CALLED_COMPATIBLE}
_LEXICONS: Final = (chinese.LEXICON, english.LEXICON, international.LEXICON, portuguese.LEXICON)
REPLICA_TERMS: Final = tuple(sorted({entry.term for one in _LEXICONS for entry in one.entries if entry.term}))
"""Every term that `text.replica_terms` may hold."""


def sayings(listing: Listing, brand_names: Iterable[str] = ()) -> tuple[Finding, ...]:
    """Find what title and description say of the goods: for each phrase and field the first sentence.

    `brand_names` are other names of the brand that the listing names.
    """
    title = Passage("title", without_gaps(corrected(without_invisible(listing.title))), written=listing.title)
    found = _findings(title, listing, brand_names)
    if listing.description:
        found += _findings(Passage("description", listing.description), listing, brand_names)
    return tuple(dict.fromkeys(found))


def _findings(passage: Passage, listing: Listing, brand_names: Iterable[str]) -> list[Finding]:
    words = passage.words_among(_VOCABULARY)
    phrases = [*_SPACED.found(words, passage)]
    if not passage.is_latin:
        phrases += _UNSPACED.found(passage)
    found = [
        Finding(entry.saying, entry.term, passage.field, passage.quote(start, end, place))
        for entry, start, end, place in phrases
    ]
    names = tuple(name for name in (listing.brand, *brand_names) if name)
    place = said_compatible(passage, words, listing.title, names)
    if place is not None:
        start, end = sentence_around(passage.latin, place)
        found.append(Finding(Saying.COMPATIBLE, "", passage.field, passage.quote(start, end, place)))
    return found
