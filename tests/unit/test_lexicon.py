"""The quick search by cues finds what the lexicons' expressions, tried on every sentence, would find."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sentences import NOT_OF_THE_GOODS, OF_THE_GOODS
from zhengpin.detectors.cues import FragmentCues, WordCues
from zhengpin.detectors.lexicon import chinese, english, international, portuguese
from zhengpin.detectors.lexicon.entry import Entry, Lexicon
from zhengpin.detectors.passage import Passage
from zhengpin.detectors.phrases import CLAUSE_REACH, Phrase, phrases_of

LEXICONS = (chinese.LEXICON, english.LEXICON, international.LEXICON, portuguese.LEXICON)
ENTRIES = [(lexicon, entry) for lexicon in LEXICONS for entry in lexicon.entries]
_PHRASES = [phrase for lexicon in LEXICONS[1:] for phrase in phrases_of(lexicon)]
SPACED, UNSPACED = WordCues(_PHRASES), FragmentCues(phrases_of(chinese.LEXICON))

_SENTENCES = [*NOT_OF_THE_GOODS, *(text for texts in OF_THE_GOODS.values() for text in texts)]
_FRAGMENTS = [cue for _, entry in ENTRIES for cue in entry.cues]
_GLUE = [". ", ", ", " ", "。", "，", "! ", "\n", " não ", " not ", "不是", " se ", " if ", "x", "原"]
texts = st.lists(st.sampled_from([*_SENTENCES, *_FRAGMENTS, *_GLUE * 4]), max_size=8).map("".join)


def has_cue(lexicon: Lexicon, entry: Entry, text: str, start: int, end: int) -> bool:
    """Whether the match holds one of the entry's cues, within reach of both of its ends."""
    for cue in entry.cues:
        whole = lexicon.language != "zh" and cue.isalnum()
        expression = rf"(?<![^\W_]){re.escape(cue)}(?![^\W_])" if whole else re.escape(cue)
        for match in re.finditer(expression, text):
            if match.start() - entry.within <= start and end <= match.start() + entry.within:
                return True
    return False


@pytest.mark.parametrize(("lexicon", "entry"), ENTRIES, ids=lambda each: getattr(each, "says", "")[:30])
@settings(max_examples=10, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_whatever_says_a_phrase_holds_one_of_its_cues_within_reach(
    lexicon: Lexicon, entry: Entry, data: st.DataObject
) -> None:
    text = data.draw(st.from_regex(re.compile(entry.says, re.ASCII if lexicon.language != "zh" else 0), fullmatch=True))
    folded = re.sub(r"\s+", " ", text)
    for match in re.finditer(entry.says, folded):
        if len(match[0]) <= entry.within:
            assert has_cue(lexicon, entry, folded, match.start(), match.end())


def holds_within_reach(phrase: Phrase, sentence: str, start: int, end: int) -> bool:
    first = max(0, start - CLAUSE_REACH)
    return phrase.holds(sentence[first : end + CLAUSE_REACH], start - first, end - first)


def found_plainly(phrases: Iterable[Phrase], lines: str, field: str) -> Iterator[tuple[Entry, int]]:
    """Try every expression on every sentence: its first match that holds."""
    for phrase in phrases:
        if phrase.entry.title_only and field != "title":
            continue
        for sentence in re.finditer(r"[^\n]+", lines):
            holding = (
                sentence.start() + match.start()
                for match in re.finditer(phrase.entry.says, sentence[0])
                if holds_within_reach(phrase, sentence[0], match.start(), match.end())
            )
            if (place := next(holding, None)) is not None:
                yield phrase.entry, place
                break


@given(texts, st.sampled_from(["title", "description"]))
@settings(max_examples=50, deadline=None)
def test_cues_find_what_a_reading_of_every_sentence_finds(text: str, field: str) -> None:
    passage = Passage(field, text)
    quick = [*SPACED.found(passage.words_among(SPACED.words), passage), *UNSPACED.found(passage)]
    plain = {
        *found_plainly(_PHRASES, passage.latin, field),
        *found_plainly(phrases_of(chinese.LEXICON), passage.wide, field),
    }
    assert {(each.entry, each.place) for each in quick} == plain
