"""The quick reading of a title gives what its plain definition, tried at every place, gives."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from zhengpin.detectors.lexicon import variants
from zhengpin.detectors.lookalike import written_plainly
from zhengpin.detectors.names import candidate_names
from zhengpin.detectors.unit_counts import counts_in, without_sizes
from zhengpin.detectors.wording import codes, colour_mentions, colours, measures, plain, without_measures, words
from zhengpin.domain.brand import normalised_name

_PIECES = (
    *(
        "Acme K15",
        "HP664",
        "664xl",
        "664 XL",
        "h p 6 6 4",
        "te-3",
        "F6V29AB",
        "foo--12",
        "A1B2",
        "K1NG",
        "xl",
        "Pro Max",
    ),
    *(
        "kit",
        "kit 2",
        "lote c/ 3",
        "pack of 4",
        "setof2",
        "kitcom3",
        "box",
        "3 pcs",
        "2un",
        "10 unidades",
        "3 -pc",
        "12 ct",
    ),
    *(
        "1,5 l",
        "500 ml",
        "500毫升",
        "2 升装",
        "3ml2",
        "2x500ml",
        "3 x 100 g",
        "60 x 40 cm",
        "4 x 4",
        "8x zoom",
        "x3",
        "100g*12",
    ),
    *(
        "2件装",
        "两只",
        "十包",
        "第2件",
        "满3件",
        "一",
        "preto",
        "2 pretos",
        "黑色",
        "ciano",
        "tri-color",
        "+",
        "gift",
        "送",
        "×",
    ),
    *("1", "12", "1.5", "100", "0", " ", ",", ".", "-", "_", "'", "é", "①", "Ａ", "½"),
)
titles = st.lists(st.sampled_from(_PIECES), max_size=9).flatmap(
    lambda pieces: st.sampled_from(["", " ", " ", "-"]).map(lambda glue: glue.join(pieces))
)
_LENGTHS = "mm|cm|mts?|m|pol|inch(?:es)?"
_UNITS = "|".join(sorted(map(re.escape, variants.MEASURES), key=len, reverse=True))
_MEASURE = re.compile(rf"(?<![\w.,])(\d+(?:[.,]\d+)?)\s*({_UNITS})(?![a-z0-9])")
_SIZE = re.compile(rf"(?<![\w.,])(?:\d[\d.,]*\s?(?:(?:{_LENGTHS})\s?)?[x*×]\s?)+\d[\d.,]*\s?(?:{_LENGTHS})(?![a-z0-9])")
_KIT_OF = re.compile(
    r"\b(?:kit|lote|combo|conjunto|pack|set|box|caixa)\s*(?:c/|com|de|of|with)?\s*(\d{1,3})"
    r"(?![\d.,]|\s*(?:em|in)\b|\s?[x*×]\s?\d)"
)
_OF_UNITS = re.compile(rf"(?<![\w.,])(\d{{1,3}})\s*-?\s*(?:{variants.UNIT_WORDS})\b")
_LEADING = re.compile(r"^(\d{1,3})\s+[a-z]{3,}s\b")
_CHINESE = re.compile(
    rf"(?<![\d.满第])(\d{{1,3}}|[两二三四五六八十])\s*(?:{variants.UNIT_MEASURE_WORDS})(?!套)(?:装|入)?"
)
_NUMBERS = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "八": 8, "十": 10}


@given(titles)
def test_measures_and_sizes_are_found_wherever_they_stand(title: str) -> None:
    text = plain(title)
    assert without_measures(text) == _MEASURE.sub(" ", text)
    assert bool(measures(text)) == bool(_MEASURE.search(text))
    assert without_sizes(title) == _SIZE.sub(" ", text)


@given(titles)
@settings(max_examples=75)
def test_numbers_of_units_are_found_wherever_they_stand(title: str) -> None:
    written = without_sizes(title)
    text = _MEASURE.sub(" ", written)
    stated = {
        _NUMBERS.get(match[1]) or int(match[1])
        for pattern in (_KIT_OF, _OF_UNITS, _LEADING, _CHINESE)
        for match in pattern.finditer(text)
    }
    counted = counts_in(written)
    assert counted >= stated - {0}
    # Beyond them stand multiples only: 3x caneta, 500 ml x 6.
    assert counted == stated - {0} or re.search(r"[x*×]", written)


@given(titles, st.sampled_from(["", "hp", "acme"]))
def test_codes_are_found_wherever_they_stand(title: str, brand: str) -> None:
    def joined(match: re.Match[str]) -> str:
        return match[0].replace(" ", "")

    text = plain(title)
    suffixes = "|".join(sorted(variants.MODEL_SUFFIXES, key=len, reverse=True))
    spelt = re.sub(r"(?<![a-z0-9])(?:[a-z0-9] ){2,}[a-z0-9](?![a-z0-9])", joined, text)
    spelt = re.sub(rf"\d[a-z0-9]*(?:\s+(?:{suffixes})\b)+", joined, spelt)
    found = (code.replace("-", "") for code in re.findall(r"(?=[a-z-]*\d)[a-z0-9]+(?:-[a-z0-9]+)*", spelt))
    own = {code.removeprefix(brand) if brand and code != brand else code for code in found}
    assert codes(text, brand) == own - {""}


@given(titles)
def test_digits_that_look_like_letters_are_read_as_letters_in_words_with_one_of_them(title: str) -> None:
    def lettered(match: re.Match[str]) -> str:
        word = match[0]
        one = sum(each.isdigit() for each in word) == 1
        return word.translate(str.maketrans("0135", "oies")) if one else word

    assert written_plainly(title) == re.sub(r"(?<![^\W_])(?=\w*[0135])[^\W_]{4,}(?![^\W_])", lettered, title)


@given(titles, st.sampled_from(["", "Acme", "H.P."]))
def test_every_run_of_up_to_four_words_may_be_a_name(title: str, brand: str) -> None:
    names = candidate_names(title, brand)
    for text in (plain(title), plain(written_plainly(title))):
        parts = words(text)
        runs = {"".join(parts[start:end]) for start in range(len(parts)) for end in range(start + 1, start + 5)}
        assert runs <= names
    assert {normalised_name(brand)} - {""} <= names


@given(titles)
def test_a_title_names_a_colour_if_one_of_its_words_does(title: str) -> None:
    parts = words(plain(title))
    assert bool(colour_mentions(parts)) == bool(colours(parts))
