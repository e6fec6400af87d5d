"""Patterns of the contract are told in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from zhengpin.errors import InvalidInput
from zhengpin.service.pattern_words import pattern_in_words
from zhengpin.service.validation import check
from zhengpin.v1 import vote_pb2

PROTOS = Path(__file__).parents[2] / "protos" / "zhengpin" / "v1"


def _patterns() -> Iterator[str]:
    for proto in PROTOS.glob("*.proto"):
        yield from re.findall(r'pattern ?[=:] "(\^[^"]*\$)"', proto.read_text("utf-8"))


PATTERNS = sorted({written.replace("\\\\", "\\") for written in _patterns()})


@pytest.mark.parametrize("pattern", PATTERNS)
def test_every_pattern_of_the_contract_has_its_words(pattern: str) -> None:
    assert pattern_in_words(pattern)


def test_a_pattern_that_is_not_known_has_none() -> None:
    assert pattern_in_words("^[x-z]{1,2}$") is None
    assert pattern_in_words("^a+$") is None


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("^[0-9]{6,12}$", "must have 6 to 12 characters, only digits"),
        ("^[a-z0-9.-]{0,128}$", "must have at most 128 characters, only letters a-z, digits, and . -"),
        ("^([A-Z]{2})?$", "must have exactly 2 characters, only capital letters A-Z, or be empty"),
    ],
)
def test_words_tell_how_many_characters_and_which(pattern: str, words: str) -> None:
    assert pattern_in_words(pattern) == words


AN_ID = "must have 1 to 128 characters, only letters A-Z and a-z, digits, and . _ : / -"


@pytest.mark.parametrize(
    ("brand_id", "problem"),
    [
        ("Li Hua", f"{AN_ID}, but is 'Li Hua'"),
        ("x" * 129, f"{AN_ID}, but has 129"),
    ],
)
def test_an_id_that_is_refused_says_which_characters_it_may_have(brand_id: str, problem: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        check(vote_pb2.VoteTarget(brand_id=brand_id))
    assert [(each.field, each.description) for each in caught.value.violations] == [("brand_id", problem)]
