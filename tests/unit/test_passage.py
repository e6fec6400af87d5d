"""The quick folding of a text gives what the plain definition gives."""

from __future__ import annotations

import re
import sys
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from zhengpin.detectors.folding import compatibility_form
from zhengpin.detectors.lexicon.traditional import SIMPLIFIED
from zhengpin.detectors.lookalike import invisible, latin_letters
from zhengpin.detectors.passage import Passage

EVERY_CHARACTER = "".join(map(chr, (*range(0xD800), *range(0xE000, sys.maxunicode + 1))))
FORMAT = frozenset(each for each in EVERY_CHARACTER if unicodedata.category(each) == "Cf")
FILLERS_AND_MARKS = re.compile(r"[\u0300-\u036f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u3164\ufe00-\ufe0f]")
texts = st.text() | st.lists(
    st.sampled_from(
        ["réplica. ", "Ａ货！", "高仿，", "1：1", "\u0430货", "re\u200bplica", "外貿", "İ", "ß; ", "’", "\xad", "🎁"]
    )
).map("".join)


def read_plainly(text: str) -> str:
    return latin_letters("".join(each for each in FILLERS_AND_MARKS.sub("", text) if each not in FORMAT))


def latin_plainly(read: str) -> str:
    letters = read.replace("\u2019", "'").encode("latin-1", "replace").decode("latin-1")
    bases = ((each, unicodedata.normalize("NFKD", each.lower())[0]) for each in letters)
    folded = "".join(base if base.isascii() else each for each, base in bases)
    return re.sub("[!?;*|\r\x95\xb6\xb7]", "\n", folded).replace(". ", ".\n")


def wide_plainly(read: str) -> str:
    if all(ord(each) < 0x100 for each in read):
        return ""
    lowered = read.lower() if len(read.lower()) == len(read) else read
    return re.sub("[。!?;*|•]", "\n", lowered.translate(SIMPLIFIED))


def test_every_format_character_is_invisible_and_nothing_else_but_fillers_and_marks() -> None:
    hidden = FORMAT.union(FILLERS_AND_MARKS.findall(EVERY_CHARACTER))
    found = invisible(EVERY_CHARACTER)
    assert found >= hidden
    assert {unicodedata.category(each) for each in found - hidden} <= {"Cn"}  # of a later Unicode


@given(st.text() | texts)
def test_the_compatibility_form_is_that_of_unicode(text: str) -> None:
    assert compatibility_form(text) == unicodedata.normalize("NFKC", text)


@given(texts)
def test_a_passage_is_folded_as_its_definition_says(text: str) -> None:
    read = read_plainly(unicodedata.normalize("NFKC", text))
    passage = Passage("description", text)
    assert passage.latin == latin_plainly(read)
    assert passage.wide == wide_plainly(read)


def test_no_character_that_needs_care_is_passed_by() -> None:
    changed = zip(EVERY_CHARACTER, latin_letters(EVERY_CHARACTER).translate(SIMPLIFIED), strict=True)
    foreign = {each for each, written in changed if each != written}
    for each in foreign | FORMAT | {*FILLERS_AND_MARKS.findall(EVERY_CHARACTER)}:
        text = f"货{each}"
        if unicodedata.normalize("NFKC", text) == text:
            assert Passage("title", text).wide == wide_plainly(read_plainly(text)), each


@given(texts, st.sets(st.sampled_from(["replica", "a", "e", "1", "pli"])))
def test_words_are_whole_runs_of_letters_and_digits(text: str, wanted: set[str]) -> None:
    passage = Passage("title", text)
    held = {"".join(run) for run in re.findall(r"[^\W_]+", passage.latin)}
    assert passage.words_among(frozenset(each.encode() for each in wanted)) == sorted(wanted & held)
