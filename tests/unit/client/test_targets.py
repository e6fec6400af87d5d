"""Targets of votes as people write them."""

from __future__ import annotations

import pytest

from zhengpin.v1 import vote_pb2
from zhengpin_client.targets import FIELDS, name_of, read_target


@pytest.mark.parametrize("word", FIELDS)
def test_a_target_is_read_back_as_it_was_written(word: str) -> None:
    target = read_target(f"{word}:a:b/中国 1")
    assert getattr(target, FIELDS[word]) == "a:b/中国 1"
    assert name_of(target) == f"{word}:a:b/中国 1"


def test_every_sort_of_target_of_the_contract_has_a_word() -> None:
    subjects = {each.name for each in vote_pb2.VoteTarget.DESCRIPTOR.oneofs_by_name["subject"].fields}
    assert set(FIELDS.values()) == subjects


@pytest.mark.parametrize("name", ["acme", "brand:", "shop:s-1", ""])
def test_what_is_no_target_is_refused_with_how_one_is_written(name: str) -> None:
    with pytest.raises(ValueError, match=r"is no target: write what it is before a colon, such as brand:acme \("):
        read_target(name)
