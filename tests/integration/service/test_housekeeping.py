"""Answers to requests are kept for a week, and then forgotten, page by page; no bad round is the last."""

import threading
from collections.abc import Iterator
from datetime import timedelta

from builders import NOW
from zhengpin.errors import Unavailable
from zhengpin.service.housekeeping import Housekeeping
from zhengpin.storage import Store
from zhengpin.storage.requests import FORGOTTEN_AT_ONCE, StoredAnswer
from zhengpin.usecases.forget_answers import ForgetAnswers

METHOD = "ScreenListing"
LONG_AGO = NOW - timedelta(days=7, seconds=1)


def test_answers_older_than_a_week_are_forgotten_in_every_marketplace(store: Store) -> None:
    for marketplace in ("one", "two"):
        with store.begin(marketplace) as unit:
            unit.requests.add(METHOD, "old", "digest", b"{}", LONG_AGO)
            unit.requests.add(METHOD, "young", "digest", b"{}", NOW - timedelta(days=6))
    assert sum(ForgetAnswers(store, lambda: NOW)()) == 2
    for marketplace in ("one", "two"):
        with store.read(marketplace) as reader:
            assert reader.requests.find(METHOD, "old") is None
            assert reader.requests.find(METHOD, "young") is not None


def test_many_answers_are_forgotten_page_by_page_while_others_write(store: Store) -> None:
    ids = [str(number) for number in range(2 * FORGOTTEN_AT_ONCE + 1)]
    with store.begin("here", len(ids)) as unit:
        unit.requests.add_many(METHOD, [(each, StoredAnswer("digest", b"{}")) for each in ids], LONG_AGO)
    left: list[tuple[int, int]] = []
    for forgotten in ForgetAnswers(store, lambda: NOW)():
        with store.begin("here") as unit:
            unit.requests.add(METHOD, f"new-{len(left)}", "digest", b"{}", NOW)
        with store.read("here") as reader:
            left.append((forgotten, len(reader.requests.find_many(METHOD, ids))))
    assert left == [(FORGOTTEN_AT_ONCE, FORGOTTEN_AT_ONCE + 1), (FORGOTTEN_AT_ONCE, 1), (1, 0)]
    with store.read("here") as reader:
        assert len(reader.requests.find_many(METHOD, [f"new-{page}" for page in range(3)])) == 3


def test_a_round_that_fails_is_not_the_last() -> None:
    rounds: list[int] = []
    third = threading.Event()

    def task() -> Iterator[int]:
        rounds.append(len(rounds))
        if len(rounds) == 1:
            raise RuntimeError("whatever")
        if len(rounds) == 2:
            yield 1
            raise Unavailable("the store is busy")
        third.set()

    stopping = threading.Event()
    housekeeping = Housekeeping(task, stopping, every_seconds=0.001)
    housekeeping.start()
    came = third.wait(20)
    stopping.set()
    housekeeping.join()
    assert came


def test_a_server_that_stops_waits_only_for_the_part_that_is_under_way() -> None:
    parts: list[int] = []
    stopping = threading.Event()

    def task() -> Iterator[int]:
        for part in range(1000):
            parts.append(part)
            if part == 2:
                stopping.set()
            yield 1

    housekeeping = Housekeeping(task, stopping)
    housekeeping.start()
    housekeeping.join()
    assert parts == [0, 1, 2]
