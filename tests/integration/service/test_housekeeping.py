"""Answers to requests are kept for a week, and then forgotten."""

from datetime import timedelta

from builders import NOW
from zhengpin.storage import Store
from zhengpin.usecases.forget_answers import ForgetAnswers


def test_answers_older_than_a_week_are_forgotten_in_every_marketplace(store: Store) -> None:
    for marketplace in ("one", "two"):
        with store.begin(marketplace) as unit:
            unit.requests.add("ScreenListing", "old", "digest", b"{}", NOW - timedelta(days=7, seconds=1))
            unit.requests.add("ScreenListing", "young", "digest", b"{}", NOW - timedelta(days=6))
    assert ForgetAnswers(store, lambda: NOW)() == 2
    for marketplace in ("one", "two"):
        with store.read(marketplace) as reader:
            assert reader.requests.find("ScreenListing", "old") is None
            assert reader.requests.find("ScreenListing", "young") is not None
