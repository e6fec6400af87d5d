"""What votes that call the goods fake count together."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from builders import NOW
from zhengpin.domain.fake_vote import CountedFakeVote
from zhengpin.reputation.fake_words import fake_words


def said(circle: str, weight: float = 0.5, days: float = 0, sentence: str = "") -> CountedFakeVote:
    return CountedFakeVote("", NOW - timedelta(days=days), sentence, circle, 0.3, trust=weight)


def test_strangers_add_up() -> None:
    words = fake_words([said("a"), said("b"), said("c")], NOW)
    assert words.votes == 3
    assert words.weight == pytest.approx(1.5)


def test_four_acquaintances_count_as_two() -> None:
    assert fake_words([said("a", 0.5) for _ in range(4)], NOW).weight == pytest.approx(1.0)


def test_a_trusted_buyer_around_the_seller_counts_no_more_than_a_fifth() -> None:
    related = replace(said("a", weight=1.0), at_most=0.2)
    assert fake_words([related], NOW).weight == pytest.approx(0.2)


def test_words_fade_by_half_in_180_days() -> None:
    assert fake_words([said("a", 0.8, days=180)], NOW).weight == pytest.approx(0.4)


def test_the_newest_sentences_are_quoted_each_once() -> None:
    written = ["假货!", "", "假货!", "It's a fake.", "不是正品", "older"]
    votes = [said(str(place), sentence=sentence) for place, sentence in enumerate(written)]
    assert fake_words(votes, NOW).quotes == ("假货!", "It's a fake.", "不是正品")
