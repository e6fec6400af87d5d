"""How a process that screens looks for garbage."""

import gc
import weakref

from zhengpin.garbage import NEW_OBJECTS, seldom_collected


class _Knot:
    """An object that holds itself."""

    def __init__(self) -> None:
        self.own = self


def test_what_was_there_before_is_looked_at_no_more_and_all_is_as_it_was_afterwards() -> None:
    before = gc.get_threshold()
    with seldom_collected():
        assert gc.get_freeze_count() > 0
        assert gc.get_threshold()[0] == NEW_OBJECTS
    assert gc.get_threshold() == before
    assert gc.get_freeze_count() == 0


def test_cycles_that_come_later_are_still_found() -> None:
    with seldom_collected():
        gone = weakref.ref(_Knot())
        made = [_Knot() for _ in range(NEW_OBJECTS + 1)]
        assert gone() is None
    assert made
