"""A request id is answered once, and a stream never goes back."""

from datetime import timedelta

import pytest

from builders import NOW
from zhengpin.storage import Store
from zhengpin.storage.requests import FORGOTTEN_AT_ONCE, StoredAnswer

HERE = "here"


def test_an_answer_is_kept_by_method_and_request_id(store: Store) -> None:
    with store.begin(HERE) as unit:
        unit.requests.add("Upsert", "id-1", "digest", b"\0answer", NOW)
    with store.read(HERE) as reader:
        assert reader.requests.find("Upsert", "id-1") == StoredAnswer("digest", b"\0answer")
        assert reader.requests.find("Upsert", "id-2") is None
        assert reader.requests.find("Delete", "id-1") is None


def test_a_second_answer_to_one_request_id_undoes_its_unit_of_work(store: Store) -> None:
    with store.begin(HERE) as unit:
        unit.requests.add("Upsert", "id-1", "digest", b"first", NOW)

    def answer_again() -> None:
        with store.begin(HERE) as unit:
            unit.streams.advance("stream", 1, NOW)
            unit.requests.add("Upsert", "id-1", "digest", b"second", NOW)

    with pytest.raises(Exception, match=r"(?i)unique"):
        answer_again()
    with store.read(HERE) as reader:
        assert reader.requests.find("Upsert", "id-1") == StoredAnswer("digest", b"first")
        assert reader.streams.committed_offset("stream") == 0


def test_a_replaced_answer_is_as_young_as_a_new_one_and_leaves_the_others(store: Store) -> None:
    with store.begin(HERE) as unit:
        for each in ("id-1", "id-2"):
            unit.requests.add("Upsert", each, "digest", b"first", NOW - timedelta(days=8))
    with store.begin(HERE) as unit:
        unit.requests.replace("Upsert", "id-1", "digest", b"second", NOW)
        assert unit.requests.find("Upsert", "id-2") == StoredAnswer("digest", b"first")
        assert unit.requests.forget_before(NOW - timedelta(days=7)) == 1
    with store.read(HERE) as reader:
        assert reader.requests.find("Upsert", "id-1") == StoredAnswer("digest", b"second")


def test_old_answers_are_forgotten(store: Store) -> None:
    with store.begin(HERE) as unit:
        unit.requests.add("Upsert", "old", "digest", b"", NOW - timedelta(days=7, seconds=1))
        unit.requests.add("Upsert", "young", "digest", b"", NOW - timedelta(days=7))
        assert unit.requests.forget_before(NOW - timedelta(days=7)) == 1
        assert unit.requests.find("Upsert", "old") is None
        assert unit.requests.find("Upsert", "young") is not None


def test_the_oldest_answers_are_forgotten_first_and_only_so_many_at_once(store: Store) -> None:
    for marketplace in (HERE, "there"):
        with store.begin(marketplace) as unit:
            for age in (3, 1, 2):
                named = [(f"{age}-{number}", StoredAnswer("digest", b"")) for number in range(FORGOTTEN_AT_ONCE // 2)]
                unit.requests.add_many("Upsert", named, NOW - timedelta(days=age))
    with store.begin(HERE) as unit:
        assert unit.requests.forget_before(NOW) == FORGOTTEN_AT_ONCE
        kept = unit.requests.find_many("Upsert", [f"{age}-0" for age in (1, 2, 3)])
        assert set(kept) == {"1-0"}
        assert unit.requests.forget_before(NOW) == FORGOTTEN_AT_ONCE // 2
        assert unit.requests.forget_before(NOW) == 0
    with store.read("there") as reader:
        assert len(reader.requests.find_many("Upsert", [f"{age}-0" for age in (1, 2, 3)])) == 3


def test_a_stream_advances_and_never_goes_back(store: Store) -> None:
    with store.begin(HERE) as unit:
        assert unit.streams.committed_offset("stream") == 0
        unit.streams.advance("stream", 3, NOW)
        unit.streams.advance("stream", 2, NOW)
        assert unit.streams.committed_offset("stream") == 3
        unit.streams.advance("stream", 4, NOW)
        assert unit.streams.committed_offset("stream") == 4
