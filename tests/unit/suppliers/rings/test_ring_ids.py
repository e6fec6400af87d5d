"""Names of rings that grow, shrink, part and become one."""

from itertools import count

from zhengpin.suppliers.rings.ring_ids import named_rings


def named(groups: list[str], before: dict[str, str]) -> dict[str, str | None]:
    """Groups and members by their letters."""
    fresh = count()
    return named_rings([frozenset(group) for group in groups], before, lambda: f"new-{next(fresh)}")


def test_a_ring_that_grows_keeps_its_name() -> None:
    assert named(["abc"], {"b": "1", "c": "1"}) == dict.fromkeys("abc", "1")


def test_who_is_alone_is_in_no_ring() -> None:
    assert named(["a", "bc"], dict.fromkeys("abc", "1")) == {"a": None, "b": "1", "c": "1"}


def test_each_new_ring_has_a_name_of_its_own() -> None:
    assert named(["ab", "cd"], {}) == {"a": "new-0", "b": "new-0", "c": "new-1", "d": "new-1"}


def test_where_rings_become_one_the_oldest_name_stays() -> None:
    assert named(["abcde"], {**dict.fromkeys("ab", "1"), **dict.fromkeys("cde", "2")}) == dict.fromkeys("abcde", "1")


def test_of_a_ring_that_parts_most_keep_the_name() -> None:
    found = named(["ab", "cde"], dict.fromkeys("abcde", "1"))
    assert found == {**dict.fromkeys("ab", "new-0"), **dict.fromkeys("cde", "1")}


def test_a_name_is_never_given_twice() -> None:
    """The larger part of 2 takes in 1, whose name is older."""
    before = {"a": "1", **dict.fromkeys("bcde", "2")}
    assert named(["abc", "de"], before) == {**dict.fromkeys("abc", "1"), **dict.fromkeys("de", "new-0")}
